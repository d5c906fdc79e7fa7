"""Two networks on the same data, watched while they train."""

from .watching import VIEWS, watch


def compute_live_duel(
    data="moons",
    depth=10,
    trained_width=16,
    activation="sigmoid",
    variance="1",
    activation_b="relu",
    variance_b="2/n",
    gamma=0.5,
    seed=0,
    view=VIEWS[0],
):
    """Two nets A and B that differ in activation and variance alone, stepped together."""
    kinds = [(activation, variance, 1.0), (activation_b, variance_b, 1.0)]
    yield from watch(data, depth, trained_width, seed, kinds, "gd", {"gamma": gamma, "view": view})
