"""Long work comes in slices: a generator yields None where it only pauses, so that others get a
turn.
"""

SLICE = 300  # layers that are trained between two pauses: ten steps of 30 layers, say


def wait_for(work):
    """Yield None as long as `work` does, and return what it yields then; None where it has ended.

    Used as `row = yield from wait_for(work)` in a generator that pauses together with `work`.
    """
    for part in work:
        if part is not None:
            return part
        yield None
    return None
