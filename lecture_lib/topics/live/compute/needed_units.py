"""Which hidden units a network needs: those without which it is wrong more often.

A unit is put out by holding its output at its mean over the samples, which a bias could do as well.
One at a time would mislead, for each of two that do the same can go, but not both: so they are put
out one after the other, the least missed first, and stay out as long as the others make up for it.
"""

import numpy as np

ALLOWED = 0.01  # by which the share of wrong answers may rise


def find_needed_units(net, params, trace, d):
    """The hidden units (layer, index from 0) that are needed, a frozenset; `trace` is the forward
    pass of the samples with targets d (m, 1), one output between 0 and 1.
    """
    units = [(l, j) for l in range(1, net.depth) for j in range(net.widths[l])]
    means = [None, *(a.mean(axis=0) for a in trace.a[1:-1])]

    def count_wrong(out):
        return share_wrong(net, params, trace.a[0], d, means, out)

    limit = count_wrong(()) + ALLOWED
    missed = {unit: count_wrong((unit,)) for unit in units}
    units.sort(key=missed.get)
    out = ()
    more = True
    while more:  # what is out may make room for another one
        before = len(out)
        for unit in units:
            if unit not in out and count_wrong((*out, unit)) <= limit:
                out = (*out, unit)
        more = len(out) > before
    return frozenset(units) - frozenset(out)


def share_wrong(net, params, x, d, means, out):
    """The share of wrong answers with the units `out` held at their means."""
    a = x
    for l in range(1, net.depth + 1):
        a = net.activations[l].f(a @ params.W[l] + params.b[l])
        for layer, j in out:
            if layer == l:
                a[:, j] = means[l][j]
    return float(np.mean((a > 0.5) != (d > 0.5)))
