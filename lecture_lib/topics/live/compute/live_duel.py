"""Two networks on the same data, watched while they train."""

from .watching import VIEWS, Kind, watch


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
    """Yield a Watch of networks A and B before each step; they differ in activation and variance
    alone (R1).
    """
    kinds = [Kind(activation, variance), Kind(activation_b, variance_b)]
    shown = {"gamma": gamma, "view": view}
    yield from watch(data, depth, trained_width, seed, kinds, shown)
