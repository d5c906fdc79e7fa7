"""The races of what is no training: the phase diagram, scalar chains, one sample."""

from functools import partial

import jax
import jax.numpy as jnp
import micrograd.nn
import numpy as np
import torch
from race import Race

from lecture_lib import data
from lecture_lib.chain_by_depth import first_gradient_by_depth
from lecture_lib.digits_networks.phase_diagram import phase_diagram
from lecture_lib.fast_pass import FastPass
from lecture_lib.network import initialise, mlp

# -- the phase diagram

VARIANCES = np.geomspace(0.1, 1000, 20)
DEPTHS = np.arange(2, 42, 2)
WIDTH = 64
SAMPLES = 16
SEEDS = 8
CALM = 1.5  # the largest variance at which tanh nets are not chaotic, so that rounding stays small


def find_phases_here():
    """log10 ||delta_1|| / ||delta_last hidden||, an array (seeds, depths, variances)."""
    maps = []
    for seed in range(SEEDS):
        maps.append(phase_diagram("tanh", WIDTH, VARIANCES, DEPTHS, seed, SAMPLES))
    return np.array(maps)


def make_phase_weights():
    """The weights of the deepest networks: a tensor (seeds, n, n) for each layer."""
    net = mlp((64, *[WIDTH] * 39, 10), "tanh", "cross_entropy")
    drawn = [initialise(net, np.random.default_rng(seed), "1/n") for seed in range(SEEDS)]
    return [torch.tensor(np.stack([params.W[l] for params in drawn])) for l in range(1, 41)]


def find_phases_torch(W, x, d):
    """The same with PyTorch, one batch for each depth; W as make_phase_weights has them."""
    gain = torch.tensor(np.sqrt(VARIANCES))[:, None, None, None]
    found = []
    for depth in DEPTHS:
        first = (gain * (x @ W[0])).requires_grad_()
        z = first
        for l in range(1, depth - 1):
            z = gain * (torch.tanh(z) @ W[l])
        score = gain * (torch.tanh(z) @ W[-1])
        cost = -(torch.log_softmax(score, -1) * d).sum()
        deltas = torch.autograd.grad(cost, [first, z])
        size_first, size_last = [delta.square().sum((-2, -1)).sqrt() for delta in deltas]
        found.append(torch.log10(size_first) - torch.log10(size_last))
    return torch.stack(found).permute(2, 0, 1)


def make_phase_race():
    """The Race of a phase diagram."""
    digits = data.digits()
    x = torch.tensor(digits.x[:SAMPLES])
    d = torch.tensor(digits.d[:SAMPLES])
    with_torch = partial(find_phases_torch, make_phase_weights(), x, d)
    wrong = np.abs(find_phases_here() - with_torch().numpy())
    # Beyond, rounding grows with every layer
    assert wrong[..., VARIANCES < CALM].max() < 1e-6
    assert wrong[:, :5].max() < 1e-6
    runs = {"this library": find_phases_here, "torch": with_torch}
    name = "phase diagram, 20 variances x 20 depths x 8 seeds (unit: ours)"
    return Race(name, runs, "this library", aim=0.5, seconds=10)


# -- scalar chains


def chain_torch(W):
    """log10 of the first weight's gradient up to each depth; W has a chain in each row."""
    y = torch.ones(len(W), dtype=torch.float64)
    total = torch.zeros(len(W), dtype=torch.float64)
    out = []
    for l in range(W.shape[1]):
        y = torch.sigmoid(W[:, l] * y)
        total = total + torch.log10(y * (1 - y))
        if l:
            total = total + torch.log10(W[:, l].abs())
        out.append(total)
    return torch.stack(out, 1)


def chain_layer_jax(carry, w):
    """One layer of the chains: (what the next one needs, the sum up to here)."""
    y, total, is_first = carry
    y = jax.nn.sigmoid(w * y)
    slope = jnp.log10(y * (1 - y))
    total = total + slope + jnp.where(is_first, 0.0, jnp.log10(jnp.abs(w)))
    return (y, total, False), total


@jax.jit
def scan_chains_jax(W):
    """The same with JAX."""
    start = (jnp.ones(len(W)), jnp.zeros(len(W)), True)
    _, sums = jax.lax.scan(chain_layer_jax, start, W.T)
    return sums.T


def chain_jax(W):
    """The same, waiting for the result."""
    return jax.block_until_ready(scan_chains_jax(W))


def make_chain_race():
    """The Race of a million scalar chains."""
    W = np.random.default_rng(0).standard_normal((1_000_000, 50))
    runs = {
        "this library": partial(first_gradient_by_depth, W),
        "torch": partial(chain_torch, torch.tensor(W)),
        "jax": partial(chain_jax, jnp.asarray(W)),
    }
    right = runs["this library"]()
    for name, run in runs.items():
        assert np.abs(np.asarray(run()) - right).max() < 1e-6, name
    name = "scalar chain, 1e6 draws x depths 1-50 (unit: ours)"
    return Race(name, runs, "this library", aim=0.8, seconds=4)


# -- one sample

INPUTS = [0.3, 0.8]
TARGET = 0.5


def make_micrograd(params):
    """A 2-3-2-1 network of single numbers with the same parameters."""
    model = micrograd.nn.MLP(2, [3, 2, 1])
    for l, layer in enumerate(model.layers, 1):
        for j, neuron in enumerate(layer.neurons):
            neuron.b.data = float(params.b[l][0, j])
            for i, w in enumerate(neuron.w):
                w.data = float(params.W[l][i, j])
    return model


def pass_micrograd(model):
    """The gradients of all weights, neuron by neuron."""
    model.zero_grad()
    error = model(INPUTS) - TARGET
    (error * error * 0.5).backward()
    gradients = []
    for layer in model.layers:
        gradients.append([w.grad for neuron in layer.neurons for w in neuron.w])
    return np.concatenate(gradients)


def make_one_sample_race():
    """The Race of one sample through 2-3-2-1 ReLU units: where an autograd of single numbers is at
    home.
    """
    net = mlp((2, 3, 2, 1), "relu", output="linear")
    params = initialise(net, np.random.default_rng(3), "2/n", bias_variance=0.1)
    work = FastPass(net, 1)
    runs = {
        "this library": partial(work.run, params, np.array([INPUTS]), np.array([[TARGET]])),
        "micrograd": partial(pass_micrograd, make_micrograd(params)),
    }
    runs["this library"]()
    right = np.concatenate([gradient.T.ravel() for gradient in work.gradient.W[1:]])
    assert np.abs(right).max() > 0
    assert np.abs(runs["micrograd"]() - right).max() < 1e-12
    return Race("one sample, 2-3-2-1 (unit: ours)", runs, "this library", aim=1.0)
