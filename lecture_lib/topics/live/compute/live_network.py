"""One small network drawn as a graph, watched while it trains."""

from .watching import watch

LINES = ("weights", "gradient")


def compute_live_network(
    data="spirals",
    layers=3,
    units=6,
    activation="tanh",
    variance="1/n",
    gamma=2.0,
    seed=0,
    lines=LINES[0],
    layer=1,
    unit=1,
):
    """One small net, its connections drawn by weight or by gradient, and the picture of one unit."""
    shown = {"gamma": gamma, "lines": lines, "layer": layer, "unit": unit}
    yield from watch(data, layers, units, seed, [(activation, variance, 1.0)], "gd", shown)
