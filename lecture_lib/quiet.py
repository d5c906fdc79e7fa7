"""Floating-point events that are this library's subject, not accidents, and so are not warned
of.
"""

from functools import wraps
from inspect import isgeneratorfunction

import numpy as np


def quiet(*events):
    """A decorator for functions and generators: while they run, NumPy does not warn of `events`.

    `events` are names of np.errstate: "under", "over", "invalid", "divide" or "all". A generator is
    quiet while it works, not while its caller looks at what it yielded.
    """
    ignored = dict.fromkeys(events, "ignore")

    def decorate(job):
        if not isgeneratorfunction(job):
            return np.errstate(**ignored)(job)

        @wraps(job)
        def run_quietly(*args, **settings):
            work = job(*args, **settings)
            sent = None
            while True:
                try:
                    with np.errstate(**ignored):
                        part = work.send(sent)
                except StopIteration:
                    return
                sent = yield part

        return run_quietly

    return decorate
