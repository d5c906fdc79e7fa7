"""The races of what came after the lecture: a training step of a deep network with skip connections
or with normalisation, beside the plain network's and the same network in PyTorch.
"""

from functools import partial

import numpy as np
import torch
from race import Race
from race_training import STEP, half_squared_error

from lecture_lib.network import initialise, mlp
from lecture_lib.normalisation import EPSILON
from lecture_lib.training import train

DEPTH = 56
WIDTH = 32
SAMPLES = 64
OUTPUTS = 10
# What is added, and the largest time that is aimed at, in that of the plain network.
ADDITIONS = {
    "skip": ({"skip": 1.0}, 1.15),
    "batch normalisation": ({"normalisation": "batch"}, 2.5),
    "layer normalisation": ({"normalisation": "layer"}, 2.5),
}
AIM = 0.95  # of PyTorch's time


def make_torch_parameters(params):
    """([W_1, ..., W_L], [b_1, ..., b_L]) as tensors with gradients."""
    W = [torch.tensor(w, requires_grad=True) for w in params.W[1:]]
    b = [torch.tensor(v, requires_grad=True) for v in params.b[1:]]
    return W, b


def normalise_in_torch(kind, z):
    """Mean 0 and mean square 1 over the samples ("batch") or the units ("layer")."""
    if kind == "batch":
        return torch.nn.functional.batch_norm(z, None, None, training=True, eps=EPSILON)
    return torch.nn.functional.layer_norm(z, z.shape[-1:], eps=EPSILON)


def run_torch(net, W, b, x):
    """The outputs of the network, with its skips and its normalisation."""
    a = x
    before = None
    for l in range(1, net.depth + 1):
        z = torch.addmm(b[l - 1], a, W[l - 1])
        if net.has_skip(l):
            z = z + net.skip * before
        before = z
        if l == net.depth:
            return z
        argument = normalise_in_torch(net.normalisation, z) if net.has_normalisation(l) else z
        a = torch.relu(argument)
    return a


def step_in_torch(net, W, b, x, d):
    """One step of gradient descent, in place."""
    cost = half_squared_error(run_torch(net, W, b, x), d)
    gradient = torch.autograd.grad(cost, [*W, *b])
    with torch.no_grad():
        for parameter, slope in zip([*W, *b], gradient):
            parameter -= STEP * slope


def check_step(net, params, x, d):
    """One step from the same weights must arrive at the same ones, here and in PyTorch."""
    ours = next(train(net, params, x, d, STEP)).after
    W, b = make_torch_parameters(params)
    step_in_torch(net, W, b, torch.tensor(x), torch.tensor(d))
    for l, w in enumerate(W, 1):
        wrong = np.abs(w.detach().numpy() - ours.W[l]).max()
        allowed = 1e-9 * np.abs(ours.W[l] - params.W[l]).max() + 1e-15
        assert wrong < allowed, f"torch steps elsewhere: {wrong:.1e}"


def start_network(added):
    """(network, its weights): ReLU, the outer layers with 2/n, the inner ones so small that no
    skip makes anything explode.
    """
    widths = (WIDTH, *[WIDTH] * (DEPTH - 1), OUTPUTS)
    net = mlp(widths, "relu", output="linear", **added)
    rng = np.random.default_rng(0)
    return net, initialise(net, rng, "2/n", inner_variance="2/(nL)" if net.skip else None)


def make_addition_race(name):
    """The Race of one training step with what is added to the network, by its name."""
    added, aim_of_plain = ADDITIONS[name]
    rng = np.random.default_rng(1)
    x = rng.standard_normal((SAMPLES, WIDTH))
    d = rng.standard_normal((SAMPLES, OUTPUTS))
    net, params = start_network(added)
    check_step(net, params, x, d)
    W, b = make_torch_parameters(params)
    plain_net, plain_params = start_network({})
    runs = {
        "this library": partial(next, train(net, params, x, d, gamma=STEP)),
        "torch": partial(step_in_torch, net, W, b, torch.tensor(x), torch.tensor(d)),
        "plain": partial(next, train(plain_net, plain_params, x, d, gamma=STEP)),
    }
    title = f"training step, {DEPTH} x {WIDTH}, {name} (unit: the plain network)"
    return Race(title, runs, "plain", AIM, aim_of_plain)
