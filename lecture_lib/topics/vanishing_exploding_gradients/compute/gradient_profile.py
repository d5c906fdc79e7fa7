"""The gradient by layer at the start of training, over twenty seeds, beside mean-field theory."""

from dataclasses import dataclass

import numpy as np

from lecture_lib import theory
from lecture_lib.digits_networks.nets import initial_gradients
from lecture_lib.initialisers import weight_variance
from lecture_lib.powers_of_ten import log10_floored, make_finite
from lecture_lib.quiet import quiet

SEEDS = 20
SHOWN_AFTER = (1, 5, 10, 15, SEEDS)  # seeds after which a picture is worth drawing
LARGE = 4000  # depth times width from which on each seed takes long enough for a picture


@dataclass(frozen=True)
class GradientProfile:
    """The gradient of each layer before training, in decades."""

    delta: np.ndarray  # (seeds, L): log10 ||delta_l||
    gradient: np.ndarray  # (seeds, L): log10 ||dJ/dW_l||
    theory: np.ndarray  # (L - 1,): mean field, for the hidden layers
    typical: np.ndarray | None  # (L - 1,): what is typical at this width, for ReLU with 2/n
    update: np.ndarray  # (L,): log10 ||gamma dJ/dW_l|| / ||W_l|| of the first seed (V17)
    # Share of W_1 of the first seed that a step leaves the same: (in float32, in float64).
    unmoved: tuple
    samples: int  # how many digits it is measured on
    chaotic: bool  # whether the forward pass amplifies rounding
    width: int  # units in every hidden layer
    activation: str  # of the hidden layers, by name
    variance: str  # the rule of the initial weights


@quiet("under", "over", "invalid")
def compute_gradient_profile(
    depth=20, width=32, activation="sigmoid", variance="1", gamma=0.1, seed=0
):
    """Yield a GradientProfile of the networks of `seed` and the nineteen seeds after it, as they
    come in (V1, V13).

    The largest networks get fewer samples, so that each seed takes about the same time.
    """
    samples = int(np.clip(6e7 / (depth * width**2), 16, 128))
    n_var = width * weight_variance(variance, width, width)
    seeds = range(seed, seed + SEEDS)
    network = {"width": width, "activation": activation, "variance": variance}
    deltas = []
    gradients = []
    for start in initial_gradients(depth, **network, seeds=seeds, samples=samples):
        if not deltas:
            first = describe_first_step(start, gamma)
            shape = predict_shape(start, activation, n_var, depth)
        deltas.append(start.delta)
        gradients.append(start.gradient)
        if len(deltas) in SHOWN_AFTER or depth * width > LARGE:
            yield GradientProfile(
                delta=np.array(deltas),
                gradient=np.array(gradients),
                samples=samples,
                chaotic=is_chaotic(activation, n_var, depth),
                **predict_layers(deltas, shape, activation, n_var, width),
                **first,
                **network,
            )


def describe_first_step(start, gamma):
    """`update` and `unmoved` of a GradientProfile, for a step with learning rate gamma from this
    start.
    """
    size = np.array([np.linalg.norm(w) for w in start.params.W[1:]])
    step = gamma * start.passes.gradient.W[1]
    return {
        "update": np.log10(gamma) + start.gradient - log10_floored(size),
        "unmoved": share_unmoved(start.params.W[1], step),
    }


def share_unmoved(w, step):
    """The share of the weights that stay the same bit for bit after w - step: (in float32, in
    float64) (V18).
    """
    shares = []
    for kind in (np.float32, np.float64):
        with np.errstate(all="ignore"):
            before = w.astype(kind)
            after = before - step.astype(kind)
        shares.append(float((after == before).mean()))
    return tuple(shares)


def measure_first_sums(start):
    """The mean square of the sums of layer 1."""
    sums = start.passes.a[0] @ start.params.W[1] + start.params.b[1]
    return np.square(sums).mean()


def predict_shape(start, activation, n_var, depth):
    """Mean field: log10 of ||delta_l|| over that of the last hidden layer, for the hidden
    layers.
    """
    mean_square = measure_first_sums(start)
    variances = [n_var] * (depth - 2)
    profile = theory.gradient_profile(activation, variances, mean_square)
    return make_finite(log10_floored(profile))


def predict_layers(deltas, shape, activation, n_var, width):
    """`theory` and `typical` of a GradientProfile: the shape of mean field through the median of
    the last hidden layer.
    """
    predicted = np.median(np.array(deltas)[:, -2]) + shape
    typical = predict_typical(predicted, activation, n_var, width)
    return {"theory": predicted, "typical": typical}


def predict_typical(predicted, activation, n_var, width):
    """For ReLU with 2/n what a typical network of this width keeps, by layer; None for any other
    network.
    """
    if activation != "relu" or not np.isclose(n_var, 2):
        return None
    layers_behind = np.arange(len(predicted))[::-1]
    return predicted + np.log10(theory.he_relu_typical_factor(width)) * layers_behind


def is_chaotic(activation, n_var, depth):
    """Whether nearby inputs move apart from layer to layer, so that the early layers depend on
    rounding.
    """
    if depth <= 10 or activation not in ("sigmoid", "tanh"):
        return False
    _, chi = theory.fixed_point(activation, n_var)
    return chi > 1.2
