"""One neuron per layer: O = F_L(W_L ... F_2(W_2 F_1(W_1 X))), the lecture's toy (V5), for any depth.

    theta_l = W_l y_{l-1} + B_l,   y_l = F_l(theta_l),   y_0 = X,   O = y_L                          (V6)
    dO/dW_k = y_{k-1} F_k'(theta_k)  prod_{l>k} W_l F_l'(theta_l)                                    (V9, V10)

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
    """All values of one chain (or of many): arrays (..., L), entry l-1 for layer l; `before` is y_{l-1}."""

    W: np.ndarray
    theta: np.ndarray
    y: np.ndarray
    slope: np.ndarray  # F_l'(theta_l)
    before: np.ndarray

    @property
    def output(self):
        return self.y[..., -1]

    def log10_factors(self):
        """log10 |W_l F_l'(theta_l)| by layer: what each layer contributes; -inf where a factor is 0."""
        with np.errstate(divide="ignore"):
            return np.log10(np.abs(self.W)) + np.log10(np.abs(self.slope))

    def log10_gradients(self):
        """log10 |dO/dW_k| for k = 1..L (last axis)."""
        with np.errstate(divide="ignore"):
            own = np.log10(np.abs(self.before)) + np.log10(np.abs(self.slope))
        later = np.flip(np.cumsum(np.flip(self.log10_factors(), -1), -1), -1)
        return own + np.concatenate([later[..., 1:], np.zeros_like(later[..., :1])], -1)

    def gradients(self):
        """dO/dW_k for k = 1..L; 0 or inf where float64 ends (log10_gradients goes on)."""
        signs = np.sign(self.W) * np.sign(self.slope)
        later = np.flip(np.cumprod(np.flip(signs, -1), -1), -1)
        later = np.concatenate([later[..., 1:], np.ones_like(later[..., :1])], -1)
        with np.errstate(over="ignore", under="ignore"):
            size = 10.0 ** self.log10_gradients()
        return np.where(size > 0, np.sign(self.before) * np.sign(self.slope) * later * size, 0.0)


def _weights(W):
    W = check.array("W", W)
    if W.ndim == 0:
        raise ValueError(
            "W was a single number; it must be one weight a layer, such as [0.5, -1.2]."
        )
    check.integer("depth", W.shape[-1], 1, MAX_CHAIN)
    return W


def run_chain(W, X=1.0, activation="sigmoid", B=0.0):
    """Forward pass of the chain with weights W (..., L), input X, biases B (a number or one a layer)."""
    W = _weights(W)
    depth = W.shape[-1]
    B = check.array("B", B)
    if B.shape not in ((), (depth,), W.shape):
        raise ValueError(
            f"B had shape {B.shape}; it must be one number, or {depth} of them, one a layer."
        )
    B = np.broadcast_to(B, W.shape)
    F = find_activation(activation)
    theta, y, before = (np.empty_like(W) for _ in range(3))
    value = np.broadcast_to(check.real("X", X), W.shape[:-1])
    with np.errstate(over="ignore", invalid="ignore"):
        for l in range(depth):
            before[..., l] = value
            theta[..., l] = W[..., l] * value + B[..., l]
            value = y[..., l] = F.f(theta[..., l])
        slope = F.df(theta)
    return Chain(W, theta, y, slope, before)


def first_gradient_by_depth(W, X=1.0, activation="sigmoid", block=4096):
    """log10 |dO/dW_1| of the chains of depth 1, 2, ..., L that share their first weights W (..., L).

    A chain of depth L starts with the chain of depth L-1, so one forward pass serves all depths; `block` chains at
    a time, layer by layer, so that their numbers stay in the processor's cache.
    """
    W, F = _weights(W), find_activation(activation)
    result, flat = np.empty(W.shape), W.reshape(-1, W.shape[-1])
    X = check.real("X", X)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for first in range(0, len(flat), block):
            rows = np.ascontiguousarray(flat[first : first + block].T)
            logs, y = np.empty_like(rows), X
            for l, w in enumerate(rows):
                before, (y, slope) = y, F.value_and_derivative(w * y)
                np.log(np.abs((w if l else before) * slope), out=logs[l])
                if l:
                    logs[l] += logs[l - 1]
            np.multiply(logs.T, LOG10_E, out=result.reshape(flat.shape)[first : first + block])
    return result
