"""One network, watched while it trains."""

from lecture_lib.digits_networks.nets import Added

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
    alpha=0.0,
    normalisation="none",
):
    """Yield a Watch of one network before each step with all samples; `view` is what is shown of
    its layers, `alpha` the strength of its skip connections.
    """
    kinds = [Kind(activation, variance, added=Added(alpha, normalisation))]
    shown = {"gamma": gamma, "view": view}
    yield from watch(data, depth, trained_width, seed, kinds, shown, optimiser)
