"""How far the work of an explorer has come, and how far it is to go."""

from itertools import islice
from math import inf
from time import perf_counter

SLICE = 0.08  # seconds of work between two pictures of a played explorer, and of rest after each
FIRST_REST = 0.04  # seconds in which the page may show the first picture before work goes on
REST = 0.01  # seconds of rest between two slices of work that is run to its end


class Work:
    """The parts of an explorer's answer for some settings; see Explorer.parts.

    `done` of them are taken and `goal` are wanted; one that plays has no goal and takes `speed`
    parts per picture.
    """

    def __init__(self, explorer, settings):
        self.explorer = explorer
        self.playing = False
        self.speed = 1
        self.parts = self.begin(settings)
        self.done = 0
        self.goal = inf

    def begin(self, settings):
        """The parts from the beginning; those of a live explorer go on for ever."""
        if self.explorer.live:
            return self.explorer.compute(**settings)
        return self.explorer.parts(settings)

    def take(self, count, seconds=inf):
        """Take up to `count` parts (None: all) in about so many seconds; the last that is no pause,
        or None.
        """
        end = perf_counter() + seconds
        data = None
        for part in islice(self.parts, count):
            self.done += 1
            if part is not None:
                data = part
            if perf_counter() > end:
                break
        return data

    def restart(self, parts, goal):
        """Go on with other parts, of which the first is taken already."""
        self.parts = parts
        self.done = 1
        self.goal = inf if self.playing else goal

    def has_ended(self):
        """Whether there are no more parts to change or to take."""
        return self.parts.gi_frame is None

    def set_playing(self, on):
        """Play on without a goal, or stop where it is."""
        self.playing = on
        self.goal = inf if on else self.done

    def choose_slice_size(self):
        """How many parts to take before the next picture."""
        if self.playing:
            return self.speed
        if self.explorer.live:
            return self.goal - self.done
        return 1

    def slices(self):
        """Go on to the goal; after each slice yield its data, or None where it only pauses."""
        while self.done < self.goal:
            before = self.done
            data = self.take(self.choose_slice_size(), SLICE)
            if self.done == before:  # no parts are left
                return
            yield data
