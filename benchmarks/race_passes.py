"""The race of single passes: forward and backward through one network with one batch.

Each contender prepares what it needs and returns a function that does one pass, which gives the
gradients of W and b layer by layer.
"""

import inspect
import warnings
from dataclasses import dataclass

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import numpy as np
import torch
from race import Race
from sklearn.neural_network import MLPRegressor

from lecture_lib.fast_pass import FastPass
from lecture_lib.network import Network, Params, backward, forward, initialise, loss, mlp

OUTPUTS = 10


@dataclass(frozen=True)
class Job:
    """One network and one batch; the cost is half the squared error, its mean over the batch."""

    net: Network
    params: Params
    activation: str  # of the hidden units
    x: np.ndarray  # inputs (m, width)
    d: np.ndarray  # targets (m, OUTPUTS)

    @property
    def m(self):
        """How many samples the batch has."""
        return len(self.x)

    @property
    def depth(self):
        """How many weight layers the network has."""
        return self.net.depth

    @property
    def W(self):
        """The weights as a list, without the empty entry 0."""
        return list(self.params.W[1:])

    @property
    def b(self):
        """The biases as a list, each (1, n), without the empty entry 0."""
        return list(self.params.b[1:])


def make_job(depth, width, activation, m=128):
    """The Job of a network with so many layers of so many units, on random numbers."""
    rng = np.random.default_rng(0)
    net = mlp((width, *[width] * (depth - 1), OUTPUTS), activation, output="linear")
    variance = "2/n" if activation == "relu" else "1/n"
    params = initialise(net, rng, variance, bias_variance=0.01)
    x = rng.standard_normal((m, width))
    d = rng.standard_normal((m, OUTPUTS))
    return Job(net, params, activation, x, d)


# -- contenders


def prepare_bare(job):
    """The matrix products alone, the least that a NumPy program needs; they give nothing."""
    W = job.W
    outs = [np.empty((job.m, n)) for n in job.net.widths]
    grads = [np.empty(w.shape) for w in W]

    def run():
        # Fresh numbers: those that shrink with every run would end as slow subnormals
        outs[0][...] = job.x
        for l, w in enumerate(W):
            np.matmul(outs[l], w, out=outs[l + 1])
        for l in range(len(W) - 1, -1, -1):
            np.matmul(outs[l].T, outs[l + 1], out=grads[l])
            if l:
                np.matmul(outs[l + 1], W[l].T, out=outs[l])

    return run


def prepare_here(job):
    """This library as it trains."""
    work = FastPass(job.net, job.m)

    def run():
        work.run(job.params, job.x, job.d)
        return [*work.gradient.W[1:], *work.gradient.b[1:]]

    return run


def prepare_reference(job):
    """This library as it is read: the lecture's formulas."""

    def run():
        trace = forward(job.net, job.params, job.x)
        loss(job.net, trace, job.d)
        gradient = backward(job.net, job.params, trace, job.d).gradient
        return [*gradient.W[1:], *gradient.b[1:]]

    return run


def prepare_torch(job):
    """PyTorch."""
    F = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[job.activation]
    W = [torch.tensor(w, requires_grad=True) for w in job.W]
    b = [torch.tensor(v, requires_grad=True) for v in job.b]
    x = torch.tensor(job.x)
    d = torch.tensor(job.d)

    def run():
        a = x
        for l in range(len(W)):
            a = torch.addmm(b[l], a, W[l])
            if l < len(W) - 1:
                a = F(a)
        cost = 0.5 * (a - d).square().sum() / len(x)
        return torch.autograd.grad(cost, [*W, *b])

    return run


def make_cost(job, library, F):
    """The cost as a function of (W, b), written with a library that has NumPy's functions."""

    def compute_cost(params):
        W, b = params
        a = job.x
        for l in range(len(W)):
            a = library.dot(a, W[l]) + b[l]
            if l < len(W) - 1:
                a = F(a)
        return 0.5 * library.sum((a - job.d) ** 2) / job.m

    return compute_cost


def relu_jax(z):
    """max(z, 0)."""
    return jnp.maximum(z, 0.0)


def prepare_jax(job):
    """JAX, compiled."""
    F = {"sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "relu": relu_jax}[job.activation]
    grad = jax.jit(jax.value_and_grad(make_cost(job, jnp, F)))
    params = ([jnp.asarray(w) for w in job.W], [jnp.asarray(v) for v in job.b])

    def run():
        _, (W, b) = jax.block_until_ready(grad(params))
        return [*W, *b]

    return run


def sigmoid_autograd(z):
    """1 / (1 + exp(-z))."""
    return 1.0 / (1.0 + anp.exp(-z))


def relu_autograd(z):
    """max(z, 0)."""
    return anp.maximum(z, 0.0)


def prepare_autograd(job):
    """autograd."""
    F = {"sigmoid": sigmoid_autograd, "tanh": anp.tanh, "relu": relu_autograd}[job.activation]
    grad = autograd.value_and_grad(make_cost(job, anp, F))
    params = (job.W, job.b)

    def run():
        _, (W, b) = grad(params)
        return [*W, *b]

    return run


def fit_sklearn(job):
    """scikit-learn's network with the same parameters; it makes its own when it is fitted."""
    model = MLPRegressor(
        hidden_layer_sizes=job.net.widths[1:-1],
        alpha=0.0,
        max_iter=1,
        solver="sgd",
        activation={"sigmoid": "logistic"}.get(job.activation, job.activation),
        batch_size=job.m,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(job.x, job.d)
    model.coefs_ = job.W
    model.intercepts_ = [v[0] for v in job.b]
    return model


def prepare_sklearn(job):
    """scikit-learn, by the functions with which it trains."""
    model = fit_sklearn(job)
    widths = job.net.widths[1:]
    outs = [job.x, *(np.empty((job.m, n)) for n in widths)]
    deltas = [np.empty((job.m, n)) for n in widths]
    gW = [np.empty_like(w) for w in job.W]
    gb = [np.empty(n) for n in widths]
    weights = []  # of the samples; older versions have no such argument
    if "sample_weight" in inspect.signature(model._backprop).parameters:
        weights.append(None)

    def run():
        model._forward_pass(outs)
        model._backprop(job.x, job.d, *weights, outs, deltas, gW, gb)
        return [*gW, *gb]

    return run


CONTENDERS = {
    "this library": prepare_here,
    "reference": prepare_reference,
    "torch": prepare_torch,
    "jax": prepare_jax,
    "sklearn": prepare_sklearn,
    "autograd": prepare_autograd,
}


# -- the race


def flatten(arrays):
    """All numbers of some arrays in one."""
    return np.concatenate([np.asarray(array, float).ravel() for array in arrays])


def check_gradients(runs):
    """All contenders give the gradients of the reference, to 1e-9 of their norm."""
    right = flatten(runs["reference"]())
    for name, run in runs.items():
        wrong = np.linalg.norm(flatten(run()) - right) / np.linalg.norm(right)
        assert wrong < 1e-9, f"{name} gives other gradients: {wrong:.1e}"


def make_pass_race(depth, width, activation, aim, aim_of_products):
    """The Race of one pass through a network."""
    job = make_job(depth, width, activation)
    runs = {name: prepare(job) for name, prepare in CONTENDERS.items()}
    check_gradients(runs)
    runs["bare"] = prepare_bare(job)
    name = f"pass, {depth} x {width}, {activation}"
    return Race(name, runs, "bare", aim, aim_of_products)
