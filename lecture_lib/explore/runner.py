"""The work of one explorer between the reader's moves.

Work in parts goes on in slices on the kernel's event loop and is dropped when a setting changes;
work that is played goes on while the reader wants it to. Where no loop runs it is done at once.
"""

import asyncio

from . import kernel
from .kernel import KERNEL
from .work import FIRST_REST, REST, SLICE, Work

TURN = 0.05  # seconds until an explorer asks again whether it is its turn


class Runner:
    """Runs an explorer's work; `show(data)` is called after each slice, `fail(error)` if it stops.

    `changed()` is called when it begins or ends to play.
    """

    def __init__(self, explorer, settings, speed, show, fail, changed):
        self.explorer = explorer
        self.work = Work(explorer, settings)
        self.work.speed = speed
        self.show = show
        self.fail = fail
        self.changed = changed
        self.task = None

    @property
    def playing(self):
        """Whether it is played."""
        return self.work.playing

    def take_first(self):
        """The data of the first picture: all of the work where nobody waits for it."""
        if self.explorer.live:
            data = self.work.take(self.explorer.preview_steps)
            self.work.set_playing(False)
            return data
        return self.work.take(1 if kernel.is_watched() else None)

    def change(self, settings, changes, goal):
        """The data of the first part for these settings; the rest, up to part number `goal` (or
        none if it plays), is done when it is scheduled.
        """
        if self._can_send(changes):
            return self.work.parts.send({name: settings[name] for name in changes})
        parts = self.work.begin(settings)
        first = next(parts)
        self.work.restart(parts, goal)
        return first

    def _can_send(self, changes):
        """Whether the running work takes these changes."""
        live = set(self.explorer.live_controls)
        return bool(changes) and set(changes) <= live and not self.work.has_ended()

    def play(self, on):
        """Go on, or pause; of all explorers of a kernel one plays."""
        if on and KERNEL.player not in (None, self):
            KERNEL.player.play(False)
        self.cancel()
        self._set_playing(on)
        self.schedule()

    def _set_playing(self, on):
        self.work.set_playing(on)
        if on:
            KERNEL.player = self
        elif KERNEL.player is self:
            KERNEL.player = None
        self.changed()

    def take_step(self):
        """Pause, and take one step."""
        self.play(False)
        self.work.goal += 1
        self.schedule()

    def cancel(self):
        """Drop what is scheduled."""
        if self.task:
            self.task.cancel()

    def schedule(self, first=True):
        """Work up to the goal; `first` before other explorers that have work left."""
        if not self.explorer.is_job:
            return
        loop = kernel.get_running_loop()
        if loop is not None:
            self.task = loop.create_task(self._run(first))
            return
        if self.work.playing:
            self.work.goal = min(self.work.goal, self.work.done + self.work.speed)
        for _ in self._run_slices():
            pass

    async def _run(self, first):
        KERNEL.waiting.insert(0 if first else len(KERNEL.waiting), self)
        rest = SLICE if self.explorer.live else REST
        try:
            if not self.explorer.live:
                await asyncio.sleep(FIRST_REST)
            for _ in self._run_slices():
                if self.playing:
                    kernel.listen_to_interrupt()
                await asyncio.sleep(rest)  # the reader's next move comes in here
                while not self.explorer.live and KERNEL.waiting[0] is not self:
                    await asyncio.sleep(TURN)
        finally:
            KERNEL.waiting.remove(self)

    def _run_slices(self):
        """Advance to the goal with a picture after each slice."""
        try:
            for data in self.work.slices():
                if data is not None:
                    self.show(data)
                yield
        except Exception as error:
            self.fail(error)
        if self.work.playing:  # the work has ended
            self._set_playing(False)
