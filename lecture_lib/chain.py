"""One neuron per layer: O = F_L(W_L ... F_2(W_2 F_1(W_1 X))), the lecture's toy (V5), for any
depth.

    theta_l = W_l y_{l-1} + B_l,   y_l = F_l(theta_l),   y_0 = X,   O = y_L                     (V6)
    dO/dW_k = y_{k-1} F_k'(theta_k)  prod_{l>k} W_l F_l'(theta_l)                          (V9, V10)

The product is kept as a sign and a sum of logarithms, so 10,000 factors of 1/8 do not underflow.
Leading axes of W are draws; the last axis is the layer.
"""

from dataclasses import dataclass

import numpy as np

from . import check
from .activations import activation as find_activation

MAX_CHAIN = 10_000
LOG10_E = np.log10(np.e)


@dataclass(frozen=True)
class Chain:
    """All values of one chain, or of many: arrays (..., L), entry l - 1 for layer l."""

    W: np.ndarray
    theta: np.ndarray  # W_l y_{l-1} + B_l
    y: np.ndarray  # F_l(theta_l)
    slope: np.ndarray  # F_l'(theta_l)
    before: np.ndarray  # y_{l-1}

    @property
    def output(self):
        """O (...)."""
        return self.y[..., -1]

    def log10_factors(self):
        """log10 |W_l F_l'(theta_l)| by layer (..., L): what each layer contributes; -inf where a
        factor is 0.
        """
        with np.errstate(divide="ignore"):
            return np.log10(np.abs(self.W)) + np.log10(np.abs(self.slope))

    def log10_gradients(self):
        """log10 |dO/dW_k| for k = 1..L (..., L); -inf where it is 0 (V7, V8, V9, V10)."""
        with np.errstate(divide="ignore"):
            own = np.log10(np.abs(self.before)) + np.log10(np.abs(self.slope))
        return own + _sum_of_later(self.log10_factors())

    def gradients(self):
        """dO/dW_k for k = 1..L (..., L); 0 or inf where float64 ends (log10_gradients goes on)."""
        own = np.sign(self.before) * np.sign(self.slope)
        later = _product_of_later(np.sign(self.W) * np.sign(self.slope))
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


def _check_weights(W):
    """W (..., L) as an array; raises ValueError or TypeError if it cannot be the weights of a
    chain.
    """
    W = check.array("W", W)
    if W.ndim == 0:
        raise ValueError(
            "W was a single number; it must be one weight a layer, such as [0.5, -1.2]."
        )
    check.integer("depth", W.shape[-1], 1, MAX_CHAIN)
    return W


def run_chain(W, X=1.0, activation="sigmoid", B=0.0):
    """The Chain with weights W (..., L), input X, and biases B, a number or one per layer (V5, V6).

    Raises ValueError or TypeError for arguments that do not fit.
    """
    W = _check_weights(W)
    depth = W.shape[-1]
    B = check.array("B", B)
    if B.shape not in ((), (depth,), W.shape):
        raise ValueError(
            f"B had shape {B.shape}; it must be one number, or {depth} of them, one a layer."
        )
    B = np.broadcast_to(B, W.shape)
    F = find_activation(activation)
    theta = np.empty_like(W)
    y = np.empty_like(W)
    before = np.empty_like(W)
    value = np.broadcast_to(check.real("X", X), W.shape[:-1])
    with np.errstate(over="ignore", invalid="ignore"):
        for l in range(depth):
            before[..., l] = value
            theta[..., l] = W[..., l] * value + B[..., l]  # V6
            value = F.f(theta[..., l])
            y[..., l] = value
        slope = F.df(theta)
    return Chain(W=W, theta=theta, y=y, slope=slope, before=before)


def first_gradient_by_depth(W, X=1.0, activation="sigmoid", block=4096):
    """log10 |dO/dW_1| of the chains of depth 1, 2, ..., L that share their first weights W (...,
    L): an array (..., L).

    A chain of depth L starts with the chain of depth L - 1, so one forward pass serves all depths.
    `block` chains are computed at a time, so that their numbers stay in the processor's cache.
    """
    W = _check_weights(W)
    F = find_activation(activation)
    X = check.real("X", X)
    chains = W.reshape(-1, W.shape[-1])
    result = np.empty(chains.shape)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for first in range(0, len(chains), block):
            rows = slice(first, first + block)
            logs = _sum_logs(np.ascontiguousarray(chains[rows].T), X, F)
            np.multiply(logs.T, LOG10_E, out=result[rows])
    return result.reshape(W.shape)


def _sum_logs(weights, X, F):
    """ln |dO/dW_1| of chains by depth (L, chains), from their weights by layer (L, chains)."""
    logs = np.empty_like(weights)
    y = X
    for l, w in enumerate(weights):
        before = y
        y, slope = F.value_and_derivative(w * y)
        if l == 0:
            np.log(np.abs(before * slope), out=logs[0])  # the input X and F_1'
        else:
            np.log(np.abs(w * slope), out=logs[l])  # W_l F_l'
            logs[l] += logs[l - 1]
    return logs
