"""The races of training: one step of gradient descent, and ten epochs on the handwritten digits."""

import warnings
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
import torch
from race import Race
from race_passes import make_job, prepare_bare
from sklearn.neural_network import MLPClassifier

from lecture_lib import data
from lecture_lib.network import Network, Params, initialise, mlp
from lecture_lib.training import train

MODULES = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}
STEP = 1e-3  # learning rate of the race of one step
EPOCHS = 10
BATCH = 64
GAMMA = 0.05


# -- PyTorch


def make_torch_model(net, params):
    """The same network in PyTorch, with the same weights."""
    layers = []
    for l in range(1, net.depth + 1):
        linear = torch.nn.Linear(net.widths[l - 1], net.widths[l], dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(params.W[l].T))
            linear.bias.copy_(torch.tensor(params.b[l][0]))
        layers.append(linear)
        if l < net.depth:
            layers.append(MODULES[net.activations[1].name]())
    return torch.nn.Sequential(*layers)


def make_torch_step(model, gamma, cost):
    """A function that takes a step of gradient descent on x, d; `cost` is of outputs and d."""
    optimiser = torch.optim.SGD(model.parameters(), lr=gamma)

    def step(x, d):
        optimiser.zero_grad()
        cost(model(x), d).backward()
        optimiser.step()

    return step


def half_squared_error(a, d):
    """Half the squared error, its mean over the batch."""
    return 0.5 * (a - d).square().sum() / len(a)


def check_step(net, params, x, d, gamma, cost):
    """One step from the same weights must arrive at the same ones, here and in PyTorch."""
    ours = next(train(net, params, x, d, gamma)).after
    model = make_torch_model(net, params)
    make_torch_step(model, gamma, cost)(torch.tensor(x), torch.tensor(d))
    theirs = [layer for layer in model if hasattr(layer, "weight")]
    for l, layer in enumerate(theirs, 1):
        wrong = np.abs(layer.weight.detach().numpy().T - ours.W[l]).max()
        allowed = 1e-9 * np.abs(ours.W[l] - params.W[l]).max() + 1e-15
        assert wrong < allowed, f"torch steps elsewhere: {wrong:.1e}"


# -- one step


def make_step_race(depth, width, m, aim):
    """The Race of one training step with a batch of m samples."""
    job = make_job(depth, width, "tanh", m)
    check_step(job.net, job.params, job.x, job.d, STEP, half_squared_error)
    steps = train(job.net, job.params, job.x, job.d, gamma=STEP)
    model = make_torch_model(job.net, job.params)
    torch_step = make_torch_step(model, STEP, half_squared_error)
    runs = {
        "this library": partial(next, steps),
        "torch": partial(torch_step, torch.tensor(job.x), torch.tensor(job.d)),
        "bare": prepare_bare(job),
    }
    return Race(f"training step, {depth} x {width}, batch {m}", runs, "bare", aim)


# -- ten epochs


@dataclass(frozen=True)
class Digits:
    """What is trained: a network on the handwritten digits."""

    net: Network
    params: Params  # at the start
    x: np.ndarray  # inputs (1437, 64)
    d: np.ndarray  # targets (1437, 10)
    labels: np.ndarray  # the same as numbers from 0 to 9

    @property
    def batches(self):
        """How many an epoch has."""
        return len(self.x) // BATCH


def train_here(task):
    """EPOCHS epochs with this library."""
    rng = np.random.default_rng(0)
    steps = train(task.net, task.params, task.x, task.d, GAMMA, batch=BATCH, rng=rng)
    last = EPOCHS * task.batches - 1
    return next(islice(steps, last, None))


def train_torch(task, x, d):
    """EPOCHS epochs with PyTorch, on tensors x and d."""
    model = make_torch_model(task.net, task.params)
    step = make_torch_step(model, GAMMA, torch.nn.functional.cross_entropy)
    for _ in range(EPOCHS):
        order = torch.randperm(len(x))
        for k in range(task.batches):
            rows = order[k * BATCH : (k + 1) * BATCH]
            step(x[rows], d[rows])


def train_sklearn(task):
    """EPOCHS epochs with scikit-learn."""
    model = MLPClassifier(
        task.net.widths[1:-1],
        activation="tanh",
        solver="sgd",
        alpha=0.0,
        batch_size=BATCH,
        learning_rate_init=GAMMA,
        momentum=0.0,
        max_iter=EPOCHS,
        n_iter_no_change=10**6,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(task.x, task.labels)


def make_digits_race(depth):
    """The Race of EPOCHS epochs: width 32, tanh at 1/n, softmax cross-entropy."""
    digits = data.digits()
    net = mlp((64, *[32] * (depth - 1), 10), "tanh", "cross_entropy")
    params = initialise(net, np.random.default_rng(0), "1/n")
    task = Digits(net, params, digits.x, digits.d, digits.labels)
    check_step(net, params, task.x, task.d, GAMMA, torch.nn.functional.cross_entropy)
    runs = {
        "this library": partial(train_here, task),
        "torch": partial(train_torch, task, torch.tensor(task.x), torch.tensor(task.d)),
        "sklearn": partial(train_sklearn, task),
    }
    name = f"digits, {EPOCHS} epochs, {depth} layers (unit: ours)"
    return Race(name, runs, "this library", aim=0.9, seconds=6)
