"""Compare the four numbers of notebook 06 in PyTorch, as its text has them, with this library.

The program is cut out of the notebook, so what is compared is what a student copies. Usage, in an
environment with the packages of requirements.txt: python benchmarks/four_numbers.py
"""

import json
import re
from pathlib import Path

import numpy as np
import torch

from lecture_lib import data
from lecture_lib.digits_networks.nets import initial_backprop
from lecture_lib.jacobian import forward_spread
from lecture_lib.network import backward, delta_sizes, norm

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "06_remedies.ipynb"
GAMMA = 0.05
SAMPLES = 128
NETS = (("sigmoid", "1"), ("tanh", "1/n"), ("relu", "2/n"))
MODULES = {"sigmoid": torch.nn.Sigmoid, "tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}


def slope_of_sigmoid(z):
    """F'(z) = F(1 - F)."""
    a = torch.sigmoid(z)
    return a * (1 - a)


def slope_of_tanh(z):
    """F'(z) = 1 - F^2."""
    return 1 - torch.tanh(z) ** 2


def slope_of_relu(z):
    """1 where z is above 0, else 0."""
    return (z > 0).double()


SLOPES = {"sigmoid": slope_of_sigmoid, "tanh": slope_of_tanh, "relu": slope_of_relu}


def cut_out_program():
    """The Python text between the fences of the notebook's PyTorch fold."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    prose = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    [program] = re.findall(r"```python\n(import torch\n.*?)```", prose, flags=re.S)
    return program


def make_model(net, params, activation):
    """The same network in PyTorch, in float64."""
    layers = []
    for l in range(1, net.depth + 1):
        linear = torch.nn.Linear(net.widths[l - 1], net.widths[l]).double()
        linear.weight.data = torch.tensor(params.W[l].T.copy())
        linear.bias.data = torch.tensor(params.b[l][0].copy())
        layers.append(linear)
        if l < net.depth:
            layers.append(MODULES[activation]())
    return torch.nn.Sequential(*layers)


def compute_here(net, params, trace, d):
    """The table of this library: one row per hidden layer."""
    back = backward(net, params, trace, d)
    sizes = delta_sizes(back.delta)
    spread = forward_spread(trace)
    rows = []
    for l in range(1, net.depth):
        update = GAMMA * norm(back.gradient.W[l]) / norm(params.W[l])
        flat = (np.abs(net.activations[l].df(trace.z[l])).max(axis=0) < 0.01).mean()
        rows.append((sizes[l - 1], spread[l], update, flat))
    return np.array(rows)


def main():
    """Compare the two for each of NETS; AssertionError where they differ."""
    space = {}
    exec(cut_out_program(), space)
    cost = torch.nn.CrossEntropyLoss()
    d = data.digits().d[:SAMPLES]
    for activation, variance in NETS:
        net, params, trace, _ = initial_backprop(8, 32, activation, variance, 0)
        model = make_model(net, params, activation)
        x = torch.tensor(trace.a[0].copy())
        theirs = space["four_numbers"](
            model, cost, SLOPES[activation], x, torch.tensor(d.copy()), GAMMA
        )
        ours = compute_here(net, params, trace, d)
        np.testing.assert_allclose(np.array(theirs), ours, rtol=1e-9, atol=1e-15)
        print(f"{activation}, {variance}: 4 numbers of {len(ours)} layers agree to 1e-9")


if __name__ == "__main__":
    main()
