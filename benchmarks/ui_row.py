"""A row of the table that bench_ui.py prints, from what was measured."""

from dataclasses import dataclass

import numpy as np
import ui_page

PARTS = ("compute", "draw", "encode")
FIRST_PICTURE = 4  # events up to it: begin, compute, draw, encode


@dataclass(frozen=True)
class Measured:
    """What was measured of an explorer."""

    begun: list  # Events of the kernel until its first picture
    events: list  # all of them
    stay: list  # Moves that leave the axes as they are
    change: list  # Moves that may change them
    drag: ui_page.Drag
    right: bool  # whether the last picture was that of the slider's last place
    blank: int  # frames of the screen without a picture
    jumps: int  # how often the height of the explorer changed
    naive: list  # Moves of the naive version
    has_end: bool  # whether its work is cut into slices and ends


@dataclass(frozen=True)
class Row:
    """The numbers of an explorer; times in ms, NaN where there was nothing to measure."""

    first: float  # from the start of the cell to the first picture
    kB: float  # median of the pictures that were sent
    moves: int  # that were timed
    median: float  # from key to picture, where the axes stay
    p95: float  # 95 of 100 take less
    axes: float  # the same where the axes may change
    compute: float  # medians of the parts
    draw: float
    encode: float
    transport: float  # the rest
    slice: float  # longest stretch in which the kernel does not listen
    fps: float  # new pictures a second while a slider is dragged
    drawn: float  # pictures a second that were drawn: one like the last is not new
    places: float  # places a second that it passes
    lag: float  # from its release to the next picture
    naive: float  # median of the naive version
    ratio: float  # our median to that
    right: bool  # whether the last picture was that of the slider's last place
    blank: int  # frames of the screen without a picture
    jumps: int  # how often the height of the explorer changed


def find_percentile(moves, part):
    """The ms from key to picture that `part` of 100 moves do not exceed."""
    times = [move.shown - move.key for move in moves]
    return np.percentile(times, part) if times else np.nan


def time_first(events):
    """ms from the start of the cell to its first picture."""
    encoded = [event for event in events if event.kind == "encode"]
    return encoded[0].end - events[0].begin


def find_size(events, moves):
    """The median of the pictures that were sent between key and picture, in kB."""
    sizes = []
    for move in moves:
        for event in events:
            if event.kind == "encode" and move.key <= event.begin <= move.shown:
                sizes.append(event.bytes)
    return np.median(sizes) / 1000 if sizes else np.nan


def split_move(events, move):
    """{part: ms} of what the kernel did between key and picture, and of the rest."""
    inside = [event for event in events if move.key <= event.begin and event.end <= move.shown]
    found = {}
    for part in PARTS:
        found[part] = sum(event.ms for event in inside if event.kind == part)
    found["transport"] = move.shown - move.key - sum(found.values())
    return found


def split_moves(events, moves):
    """{part: median ms over the moves}."""
    found = [split_move(events, move) for move in moves]
    medians = {}
    for part in (*PARTS, "transport"):
        medians[part] = np.median([one[part] for one in found]) if found else np.nan
    return medians


def find_longest_slice(events):
    """The longest stretch of one part with its drawing and encoding, after the first picture, in
    ms.
    """
    longest = 0.0
    begin = None
    for event in events[FIRST_PICTURE:]:
        if event.kind == "compute":
            begin = event.begin
        if event.kind == "encode" and begin is not None:
            longest = max(longest, event.end - begin)
    return longest


def count_drawn(events, drag):
    """How many pictures were drawn in a second of a drag."""
    drawn = [event for event in events if event.kind == "draw"]
    during = [event for event in drawn if drag.begin <= event.end <= drag.up]
    return len(during) / ui_page.DRAG


def summarise(measured):
    """The Row of what was measured."""
    timed = measured.stay or measured.change
    naive = find_percentile(measured.naive, 50)
    return Row(
        first=time_first(measured.begun),
        kB=find_size(measured.events, measured.stay + measured.change),
        moves=len(measured.stay) + len(measured.change),
        median=find_percentile(measured.stay, 50),
        p95=find_percentile(measured.stay, 95),
        axes=find_percentile(measured.change, 95),
        **split_moves(measured.events, timed),
        slice=find_longest_slice(measured.events) if measured.has_end else np.nan,
        fps=measured.drag.fps,
        drawn=count_drawn(measured.events, measured.drag),
        places=measured.drag.places,
        lag=measured.drag.lag,
        naive=naive,
        ratio=find_percentile(timed, 50) / naive,
        right=measured.right,
        blank=measured.blank,
        jumps=measured.jumps,
    )
