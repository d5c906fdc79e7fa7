"""One network, watched while it trains."""

from .watching import VIEWS, Kind, watch


def compute_live_training(
    data="moons",
    depth=6,
    trained_width=8,
    activation="sigmoid",
    variance="1",
    gamma=2.0,
    optimiser="gd",
    seed=0,
    view=VIEWS[0],
):
    """Yield a Watch of one network before each step with all samples; `view` is what is shown of
    its layers.
    """
    kinds = [Kind(activation, variance)]
    shown = {"gamma": gamma, "view": view}
    yield from watch(data, depth, trained_width, seed, kinds, shown, optimiser)
