"""Means over a normal distribution by quadrature: E[f(sqrt(q) z)] for z ~ N(0, 1)."""

from functools import cache

import numpy as np

from . import check, own

FIRST_EDGE = 1e-4  # where the first panel of the quadrature ends

NODES = 24  # in each panel


def gaussian_mean(f, q):
    """E[f(sqrt(q) z)] for z ~ N(0, 1), by quadrature (about 12 digits for every activation here, at
    every q from 0 to 1e300); inf where float64 ends.

    `f` works element by element on arrays. Raises TypeError or ValueError if it does not, or for
    another q.
    """
    if not callable(f):
        raise TypeError(f"f was {check.shorten(f)}; it must be a function.")
    root = np.sqrt(check.real("q", q, 0, 1e300))

    def sum_parts(z, weight):
        """The sum over both signs, and the part of it that the first panel has."""
        scaled = root * z
        both = own.call_function("f", f, scaled) + own.call_function("f", f, -scaled)
        return weight @ both, weight[:NODES] @ both[:NODES]

    with np.errstate(all="ignore"):
        total, first = sum_parts(*_quadrature())
        width = root * FIRST_EDGE
        if width > 1 and np.isfinite(total):
            # By fours, so that there are few sets of nodes; the first panel is at most 1 wide then.
            finer, _ = sum_parts(*_quadrature_near_0(4 * int(np.ceil(np.log10(width) / 4))))
            total += finer - first
    return float(total)


@cache
def _quadrature():
    """(z, weight): Gauss-Legendre nodes z > 0 with their N(0, 1) weights; the panels shrink towards
    the kink at 0.
    """
    return _lay_nodes(np.concatenate([[0.0], np.geomspace(FIRST_EDGE, 13.0, 40)]))


@cache
def _quadrature_near_0(decades):
    """The same for the first of those panels alone, cut into panels that shrink by so many decades
    more.
    """
    lowest = FIRST_EDGE * 10.0**-decades
    return _lay_nodes(np.concatenate([[0.0], np.geomspace(lowest, FIRST_EDGE, 8 * decades + 1)]))


def _lay_nodes(edges):
    """(z, weight): NODES nodes in each panel, with their N(0, 1) weights."""
    x, w = np.polynomial.legendre.leggauss(NODES)
    half = np.diff(edges)[:, None] / 2
    z = (edges[:-1, None] + half * (1 + x)).ravel()
    weight = (half * w).ravel() * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    z.setflags(write=False)
    weight.setflags(write=False)
    return z, weight
