"""One small network drawn as a graph, watched while it trains."""

from .watching import Kind, watch

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
    """Yield a Watch of one small network before each step.

    `lines` is what its connections show, `layer` and `unit` (from 1) whose picture is shown large.
    """
    shown = {"gamma": gamma, "lines": lines, "layer": layer, "unit": unit}
    yield from watch(data, layers, units, seed, [Kind(activation, variance)], shown)
