"""The log in which the kernel notes what it does, for bench_ui.py: one line of JSON an event."""

import json
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """Something that the kernel did."""

    kind: str  # "begin", "compute", "draw", "encode", or "end" of the work for a picture
    at: float  # when it began, in seconds since 1970
    ms: float  # how long it took
    settings: dict | None = None  # of what was drawn
    bytes: int | None = None  # of what was encoded

    @property
    def begin(self):
        """When it began, in ms since 1970."""
        return 1000 * self.at

    @property
    def end(self):
        """When it was over, in ms since 1970."""
        return self.begin + self.ms


def note(log, kind, begin, **more):
    """Add an event that began at `begin` (seconds since 1970) and is over now."""
    event = {"kind": kind, "at": begin, "ms": 1000 * (time.time() - begin), **more}
    with open(log, "a", encoding="utf-8") as file:
        file.write(json.dumps(event) + "\n")


def read_log(log):
    """The Events in their order."""
    lines = log.read_text(encoding="utf-8").splitlines()
    return [Event(**json.loads(line)) for line in lines]
