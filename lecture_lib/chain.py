"""One neuron per layer: O = F_L(W_L ... F_2(W_2 F_1(W_1 X))), the lecture's toy (V5), for any
depth.

    theta_l = W_l y_{l-1} + B_l,   y_l = F_l(theta_l),   y_0 = X,   O = y_L                     (V6)
    dO/dW_k = y_{k-1} F_k'(theta_k)  prod_{l>k} W_l F_l'(theta_l)                          (V9, V10)

The product is kept as a sign and a sum of logarithms, so 10,000 factors of 1/8 do not underflow.
A chain whose sums leave the middle of float64 is computed again with numbers that have an exponent
of their own (`wide_chain`). Leading axes of W are draws; the last axis is the layer.
"""

from dataclasses import dataclass

import numpy as np

from . import check
from .activations import activation as find_activation
from .wide import SMALL
from .wide_chain import find_middle, run_wide

MAX_CHAIN = 10_000


@dataclass(frozen=True)
class Chain:
    """All values of one chain, or of many: arrays (..., L), entry l - 1 for layer l.

    Beyond float64, `theta`, `y`, `slope` and `before` are 0 or inf; their signs and logarithms are
    right there too.
    """

    W: np.ndarray  # the weights
    theta: np.ndarray  # W_l y_{l-1} + B_l
    y: np.ndarray  # F_l(theta_l)
    slope: np.ndarray  # F_l'(theta_l)
    before: np.ndarray  # y_{l-1}
    sign_slope: np.ndarray  # -1, 0 or 1
    sign_before: np.ndarray  # -1, 0 or 1
    log10_slope: np.ndarray  # of the size; -inf of 0
    log10_before: np.ndarray  # of the size; -inf of 0

    @property
    def output(self):
        """O (...)."""
        return self.y[..., -1]

    def log10_factors(self):
        """log10 |W_l F_l'(theta_l)| by layer (..., L): what each layer contributes; -inf where a
        factor is 0.
        """
        with np.errstate(divide="ignore"):
            return np.log10(np.abs(self.W)) + self.log10_slope

    def log10_gradients(self):
        """log10 |dO/dW_k| for k = 1..L (..., L); -inf where it is 0 (V7, V8, V9, V10, V16)."""
        own = self.log10_before + self.log10_slope
        with np.errstate(over="ignore", invalid="ignore"):
            logs = own + _sum_of_later(self.log10_factors())
        return np.where(np.isnan(logs), -np.inf, logs)  # a factor of 0 makes the product 0

    def gradients(self):
        """dO/dW_k for k = 1..L (..., L); 0 or inf where float64 ends (log10_gradients goes on)."""
        own = self.sign_before * self.sign_slope
        later = _product_of_later(np.sign(self.W) * self.sign_slope)
        with np.errstate(over="ignore", under="ignore"):
            size = 10.0 ** self.log10_gradients()
        return np.where(size > 0, own * later * size, 0.0)


def _sum_of_later(x):
    """For each entry of the last axis the sum of those behind it; 0 for the last one."""
    sums = np.flip(np.cumsum(np.flip(x, -1), -1), -1)
    return np.concatenate([sums[..., 1:], np.zeros_like(x[..., :1])], -1)


def _product_of_later(x):
    """For each entry of the last axis the product of those behind it; 1 for the last one."""
    products = np.flip(np.cumprod(np.flip(x, -1), -1), -1)
    return np.concatenate([products[..., 1:], np.ones_like(x[..., :1])], -1)


def check_weights(W):
    """W (..., L) as an array; raises ValueError or TypeError if it cannot be the weights of a
    chain.
    """
    W = check.array("W", W)
    if W.ndim == 0:
        raise ValueError(
            "W was a single number; it must be one weight per layer, such as [0.5, -1.2]."
        )
    check.integer("depth", W.shape[-1], 1, MAX_CHAIN)
    return W


def run_chain(W, X=1.0, activation="sigmoid", B=0.0):
    """The Chain with weights W (..., L), input X, and biases B, a number or one per layer (V5, V6).

    A value or slope of an activation of one's own counts as 0 where its function returns 0. Raises
    ValueError or TypeError for arguments that do not fit, or for sums beyond float64 at which an
    activation of one's own is no power of its sum.
    """
    W = check_weights(W)
    depth = W.shape[-1]
    B = check.array("B", B)
    if B.shape not in ((), (depth,), W.shape):
        raise ValueError(
            f"B had shape {B.shape}; it must be one number, or {depth} of them, one per layer."
        )
    B = np.broadcast_to(B, W.shape)
    F = find_activation(activation)
    X = check.real("X", X)
    values = _run_float(W, X, F, B)
    left = _has_left_float64(W, B, F, values)
    if left.any():
        for name, part in run_wide(W[left], X, F, B[left]).items():
            values[name][left] = part
    return Chain(W=W, **values)


def _run_float(W, X, F, B):
    """The fields of a Chain, as float64 alone computes them."""
    theta = np.empty_like(W)
    y = np.empty_like(W)
    before = np.empty_like(W)
    value = np.broadcast_to(X, W.shape[:-1])
    with np.errstate(all="ignore"):
        for l in range(W.shape[-1]):
            before[..., l] = value
            theta[..., l] = W[..., l] * value + B[..., l]  # V6
            value = F.f(theta[..., l])
            y[..., l] = value
        slope = F.df(theta)
        return {
            "theta": theta,
            "y": y,
            "slope": slope,
            "before": before,
            "sign_slope": np.sign(slope),
            "sign_before": np.sign(before),
            "log10_slope": np.log10(np.abs(slope)),
            "log10_before": np.log10(np.abs(before)),
        }


def _has_left_float64(W, B, F, values):
    """Which chains (...) may be wrong as float64: a sum in the tails of F, too large, or too small
    to be told from 0.
    """
    theta = values["theta"]
    lowest, highest, smallest = find_middle(F)
    is_middle = (theta >= lowest) & (theta <= highest) & (np.abs(theta) >= smallest)
    # A sum is 0 for a factor that is 0, or for a bias that cancels the product.
    is_zero = (W == 0) | (values["before"] == 0) | (np.abs(B) >= SMALL)
    return ~(is_middle | (theta == 0) & is_zero).all(axis=-1)
