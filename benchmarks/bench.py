"""Where this library stands: the same jobs, the same numbers, in one run, beside what people would
use instead.

`make bench` runs it in an environment of its own. Every peer first has to give the same gradients
(1e-9 of their norm); then all take turns, one thread, and the medians of the ratios to the bare
matrix products are printed. The first line names the machine, the last one the rows that are
behind. Tables of several machines are kept in docs/speed.md.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_ENABLE_X64"] = "1"
# Linux: one core for all of it, whatever threads a peer would start
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import subprocess
import sys
import time
import warnings
from itertools import islice

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import micrograd.nn
import numpy as np
import torch
from machine import describe_machine
from sklearn.neural_network import MLPClassifier, MLPRegressor

from lecture_lib import data
from lecture_lib.chain import first_gradient_by_depth
from lecture_lib.fast_pass import FastPass
from lecture_lib.network import (
    backward,
    forward,
    initialise,
    loss,
    mlp,
)
from lecture_lib.topics.remedies.compute.phase_diagram import phase_diagram
from lecture_lib.training import train

torch.set_num_threads(1)
MENU = ("sigmoid", "tanh", "relu")


def flat(arrays):
    return np.concatenate([np.asarray(a, float).ravel() for a in arrays])


class Job:
    """One network, one batch, and a function a contender: a forward and a backward pass, half
    squared error.
    """

    def __init__(self, depth, width, activation, m=128, outputs=10):
        rng = np.random.default_rng(0)
        self.widths = (width, *[width] * (depth - 1), outputs)
        self.net = mlp(self.widths, activation, output="linear")
        self.params = initialise(
            self.net, rng, "1/n" if activation != "relu" else "2/n", bias_variance=0.01
        )
        self.x, self.d = rng.standard_normal((m, width)), rng.standard_normal((m, outputs))
        self.activation, self.depth, self.m = activation, depth, m
        self.W, self.b = list(self.params.W[1:]), list(self.params.b[1:])

    def bare(self):
        outs = [np.empty((self.m, n)) for n in self.widths]
        grads = [np.empty(w.shape) for w in self.W]

        def run():
            # Fresh numbers: those that shrink with every run would end as slow subnormals
            outs[0][...] = self.x
            for l, w in enumerate(self.W):
                np.matmul(outs[l], w, out=outs[l + 1])
            for l in range(self.depth - 1, -1, -1):
                np.matmul(outs[l].T, outs[l + 1], out=grads[l])
                if l:
                    np.matmul(outs[l + 1], self.W[l].T, out=outs[l])

        return run

    def engine(self):
        work = FastPass(self.net, self.m)

        def run():
            work.run(self.params, self.x, self.d)
            return [*work.gradient.W[1:], *work.gradient.b[1:]]

        return run

    def reference(self):
        def run():
            trace = forward(self.net, self.params, self.x)
            loss(self.net, trace, self.d)
            gradient = backward(self.net, self.params, trace, self.d).gradient
            return [*gradient.W[1:], *gradient.b[1:]]

        return run

    def torch(self):
        F = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}[self.activation]
        W, b = ([torch.tensor(p, requires_grad=True) for p in part] for part in (self.W, self.b))
        x, d = torch.tensor(self.x), torch.tensor(self.d)

        def run():
            a = x
            for l in range(self.depth):
                a = torch.addmm(b[l], a, W[l])
                if l < self.depth - 1:
                    a = F(a)
            return torch.autograd.grad(0.5 * (a - d).square().sum() / self.m, [*W, *b])

        return run

    def _loss(self, lib, sigmoid):
        F = {"sigmoid": sigmoid, "tanh": lib.tanh, "relu": lambda z: lib.maximum(z, 0.0)}[
            self.activation
        ]

        def value(params):
            a, (W, b) = self.x, params
            for l in range(self.depth):
                a = lib.dot(a, W[l]) + b[l]
                if l < self.depth - 1:
                    a = F(a)
            return 0.5 * lib.sum((a - self.d) ** 2) / self.m

        return value

    def jax(self):
        grad = jax.jit(jax.value_and_grad(self._loss(jnp, jax.nn.sigmoid)))
        params = ([jnp.asarray(w) for w in self.W], [jnp.asarray(v) for v in self.b])

        def run():
            _, (W, b) = jax.block_until_ready(grad(params))
            return [*W, *b]

        return run

    def autograd(self):
        grad = autograd.value_and_grad(self._loss(anp, lambda z: 1.0 / (1.0 + anp.exp(-z))))

        def run():
            _, (W, b) = grad((self.W, self.b))
            return [*W, *b]

        return run

    def sklearn(self):
        model = MLPRegressor(
            hidden_layer_sizes=self.widths[1:-1],
            alpha=0.0,
            max_iter=1,
            solver="sgd",
            activation={"sigmoid": "logistic"}.get(self.activation, self.activation),
            batch_size=self.m,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(self.x, self.d)
        model.coefs_ = self.W
        model.intercepts_ = [v[0] for v in self.b]
        outs = [self.x, *(np.empty((self.m, n)) for n in self.widths[1:])]
        deltas = [np.empty((self.m, n)) for n in self.widths[1:]]
        gW = [np.empty_like(w) for w in self.W]
        gb = [np.empty(v.shape[1]) for v in self.b]
        wants_weight = "sample_weight" in model._backprop.__code__.co_varnames[:4]

        def run():
            extra = (None,) if wants_weight else ()
            model._forward_pass(outs)
            model._backprop(self.x, self.d, *extra, outs, deltas, gW, gb)
            return [*gW, *gb]

        return run


PEERS = ("torch", "jax", "sklearn", "autograd")
COLUMNS = ("this library", "reference", *PEERS, "micrograd")


def interleaved(contenders, seconds=1.5):
    """Median time of each, all taking turns for about `seconds` together.

    It is the processor's time for this process: what others do on the machine counts less.
    """
    for run in contenders.values():
        run()
    times = {name: [] for name in contenders}
    end = time.perf_counter() + seconds * len(contenders) ** 0.5
    while time.perf_counter() < end or min(map(len, times.values())) < 3:
        for name, run in contenders.items():
            start = time.process_time()
            run()
            times[name].append(time.process_time() - start)
    return {name: float(np.median(t)) for name, t in times.items()}


BEHIND = []  # the rows that miss an aim


def row(name, times, unit, aim, aim_of_products=None):
    """One line of the table: each contender in units of `unit`, and ours against the fastest peer.

    `aim` is the largest ratio to the fastest peer that is aimed at, `aim_of_products` to the unit.
    """
    ours = times["this library"]
    peers = {k: v for k, v in times.items() if k in COLUMNS[2:]}
    best = min(peers, key=peers.get)
    ratio = ours / peers[best]
    shown = " | ".join(f"{times[k] / times[unit]:.2f}" if k in times else "" for k in COLUMNS)
    aims = f"{aim}"
    missed = []
    if ratio > aim:
        missed.append(f"{ratio:.2f} of {best}, aim {aim}")
    if aim_of_products is not None:
        aims += f", {aim_of_products}"
        if ours / times[unit] > aim_of_products:
            missed.append(f"{ours / times[unit]:.2f} of the products, aim {aim_of_products}")
    if missed:
        BEHIND.append(f"{name} ({'; '.join(missed)})")
    print(
        f"| {name} | {times[unit] * 1e3:.2f} | {shown} | {ratio:.2f} ({best}) | {aims} |",
        flush=True,
    )


def print_behind():
    """The last line: which rows miss an aim."""
    if BEHIND:
        print(f"\nBehind: {', '.join(BEHIND)}.")
    else:
        print("\nNo row is behind.")


def passes():
    for depth, width, aims in (
        (20, 64, (0.95, 1.55)),
        (56, 64, (0.95, 1.55)),
        (20, 16, (0.65, 2.3)),
        (56, 16, (0.65, 2.3)),
    ):
        for activation in MENU:
            job = Job(depth, width, activation)
            runs = {
                "this library": job.engine(),
                "reference": job.reference(),
                **{p: getattr(job, p)() for p in PEERS},
            }
            right = flat(runs["reference"]())
            for name, run in runs.items():
                wrong = np.linalg.norm(flat(run()) - right) / np.linalg.norm(right)
                assert wrong < 1e-9, f"{name} gives other gradients: {wrong:.1e}"
            row(
                f"pass, {depth} x {width}, {activation}",
                interleaved({**runs, "bare": job.bare()}),
                "bare",
                *aims,
            )


def torch_net(net, params, gamma, loss):
    """(model with the same weights, a function that takes a step of SGD on x, d)."""
    layers = []
    for l in range(1, net.depth + 1):
        linear = torch.nn.Linear(net.widths[l - 1], net.widths[l], dtype=torch.float64)
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(params.W[l].T))
            linear.bias.copy_(torch.tensor(params.b[l][0]))
        layers += [
            linear,
            {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[net.activations[1].name](),
        ]
    model = torch.nn.Sequential(*layers[:-1])
    optimiser = torch.optim.SGD(model.parameters(), lr=gamma)

    def step(x, d):
        optimiser.zero_grad()
        loss(model(x), d).backward()
        optimiser.step()

    return model, step


def same_step(net, params, x, d, gamma, model, step):
    """Both take one step from the same weights; they must arrive at the same ones."""
    ours = next(train(net, params, x, d, gamma)).after
    step(torch.tensor(x), torch.tensor(d))
    theirs = [layer for layer in model if hasattr(layer, "weight")]
    for l, layer in enumerate(theirs, 1):
        wrong = np.abs(layer.weight.detach().numpy().T - ours.W[l]).max()
        assert wrong < 1e-9 * np.abs(ours.W[l] - params.W[l]).max() + 1e-15, (
            f"torch steps elsewhere: {wrong:.1e}"
        )


def training():
    for depth, width, m, aim in ((20, 64, 128, 0.83), (6, 8, 128, 0.33)):
        job = Job(depth, width, "tanh", m)
        args = job.net, job.params, 1e-3, lambda a, d, m=m: 0.5 * (a - d).square().sum() / m
        same_step(*args[:2], job.x, job.d, 1e-3, *torch_net(*args))
        steps = train(job.net, job.params, job.x, job.d, gamma=1e-3)
        (_, step) = torch_net(*args)
        x, d = torch.tensor(job.x), torch.tensor(job.d)
        times = interleaved(
            {
                "this library": lambda steps=steps: next(steps),
                "torch": lambda step=step, x=x, d=d: step(x, d),
                "bare": job.bare(),
            }
        )
        row(f"training step, {depth} x {width}, batch {m}", times, "bare", aim)


def digits_epochs(epochs=10, batch=64, gamma=0.05):
    """Ten epochs on the handwritten digits: 1,437 samples, width 32, tanh at 1/n, softmax
    cross-entropy.
    """
    digits = data.digits()
    tx, td = torch.tensor(digits.x), torch.tensor(digits.d)
    for depth in (4, 20):
        net = mlp((64, *[32] * (depth - 1), 10), "tanh", "cross_entropy")
        params = initialise(net, np.random.default_rng(0), "1/n")
        same_step(
            net,
            params,
            digits.x,
            digits.d,
            gamma,
            *torch_net(net, params, gamma, torch.nn.functional.cross_entropy),
        )
        per_epoch = len(digits.x) // batch

        def ours(net=net, params=params, per_epoch=per_epoch):
            run = train(
                net, params, digits.x, digits.d, gamma, batch=batch, rng=np.random.default_rng(0)
            )
            return next(islice(run, epochs * per_epoch - 1, None))

        def with_torch(net=net, params=params, per_epoch=per_epoch):
            _, step = torch_net(net, params, gamma, torch.nn.functional.cross_entropy)
            for _ in range(epochs):
                order = torch.randperm(len(tx))
                for k in range(per_epoch):
                    rows = order[k * batch : (k + 1) * batch]
                    step(tx[rows], td[rows])

        def with_sklearn(net=net):
            model = MLPClassifier(
                net.widths[1:-1],
                activation="tanh",
                solver="sgd",
                alpha=0.0,
                batch_size=batch,
                learning_rate_init=gamma,
                momentum=0.0,
                max_iter=epochs,
                n_iter_no_change=10**6,
            )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                model.fit(digits.x, digits.labels)

        row(
            f"digits, {epochs} epochs, {depth} layers (unit: ours)",
            interleaved({"this library": ours, "torch": with_torch, "sklearn": with_sklearn}, 6),
            "this library",
            0.9,
        )


def phases(width=64, samples=16, seeds=8):
    """||delta_1|| / ||delta_last hidden|| of 20 variances x 20 depths x 8 seeds; torch: one batch
    for each depth.
    """
    variances = np.geomspace(0.1, 1000, 20)
    depths = np.arange(2, 42, 2)
    digits = data.digits()

    def ours():
        return np.array(
            [phase_diagram("tanh", width, variances, depths, s, samples) for s in range(seeds)]
        )

    nets = [
        initialise(
            mlp((64, *[width] * 39, 10), "tanh", "cross_entropy"), np.random.default_rng(s), "1/n"
        )
        for s in range(seeds)
    ]
    gain = torch.tensor(np.sqrt(variances))[:, None, None, None]
    W = [torch.tensor(np.stack([p.W[l] for p in nets])) for l in range(1, 41)]
    x, d = torch.tensor(digits.x[:samples]), torch.tensor(digits.d[:samples])

    def with_torch():
        found = []
        for depth in depths:
            first = z = (gain * (x @ W[0])).requires_grad_()
            for l in range(1, depth - 1):
                z = gain * (torch.tanh(z) @ W[l])
            score = gain * (torch.tanh(z) @ W[-1])
            cost = -(torch.log_softmax(score, -1) * d).sum()
            sizes = [g.square().sum((-2, -1)).sqrt() for g in torch.autograd.grad(cost, [first, z])]
            found.append(torch.log10(sizes[0]) - torch.log10(sizes[1]))
        return torch.stack(found).permute(2, 0, 1)

    right = ours()
    other = with_torch().numpy()
    calm = variances < 1.5  # beyond, tanh nets are chaotic, and rounding grows with every layer
    assert (
        np.abs(right - other)[..., calm].max() < 1e-6 and np.abs(right - other)[:, :5].max() < 1e-6
    )
    row(
        "phase diagram, 20 variances x 20 depths x 8 seeds (unit: ours)",
        interleaved({"this library": ours, "torch": with_torch}, 10),
        "this library",
        0.5,
    )


def scalars():
    """One sample through 2-3-2-1 ReLU units: where an autograd of single numbers is at home."""
    net = mlp((2, 3, 2, 1), "relu", output="linear")
    params = initialise(net, np.random.default_rng(3), "2/n", bias_variance=0.1)
    x = np.array([[0.3, 0.8]])
    d = [[0.5]]
    work = FastPass(net, 1)
    model = micrograd.nn.MLP(2, [3, 2, 1])
    for l, layer in enumerate(model.layers, 1):
        for j, neuron in enumerate(layer.neurons):
            neuron.b.data = float(params.b[l][0, j])
            for i, w in enumerate(neuron.w):
                w.data = float(params.W[l][i, j])

    def with_micrograd():
        model.zero_grad()
        error = model([0.3, 0.8]) - 0.5
        (error * error * 0.5).backward()
        return np.concatenate(
            [[w.grad for neuron in layer.neurons for w in neuron.w] for layer in model.layers]
        )

    d = np.array(d)

    def ours():
        return work.run(params, x, d)

    ours()
    right = np.concatenate([g.T.ravel() for g in work.gradient.W[1:]])
    assert np.abs(right).max() > 0 and np.abs(with_micrograd() - right).max() < 1e-12
    row(
        "one sample, 2-3-2-1 (unit: ours)",
        interleaved({"this library": ours, "micrograd": with_micrograd}),
        "this library",
        1.0,
    )


def chains():
    W = np.random.default_rng(0).standard_normal((1_000_000, 50))
    tW = torch.tensor(W)
    (jW,) = (jnp.asarray(W),)

    def with_torch():
        y = torch.ones(len(W), dtype=torch.float64)
        total = torch.zeros(len(W), dtype=torch.float64)
        out = []
        for l in range(W.shape[1]):
            y = torch.sigmoid(tW[:, l] * y)
            slope = torch.log10(y * (1 - y))
            total = total + slope + (torch.log10(tW[:, l].abs()) if l else 0)
            out.append(total)
        return torch.stack(out, 1)

    @jax.jit
    def with_jax(W):
        def layer(carry, w):
            y, total, first = carry
            y = jax.nn.sigmoid(w * y)
            total = total + jnp.log10(y * (1 - y)) + jnp.where(first, 0.0, jnp.log10(jnp.abs(w)))
            return (y, total, False), total

        return jax.lax.scan(layer, (jnp.ones(len(W)), jnp.zeros(len(W)), True), W.T)[1].T

    runs = {
        "this library": lambda: first_gradient_by_depth(W),
        "torch": with_torch,
        "jax": lambda: jax.block_until_ready(with_jax(jW)),
    }
    right = runs["this library"]()
    assert all(np.abs(np.asarray(run()) - right).max() < 1e-6 for run in runs.values())
    row(
        "scalar chain, 1e6 draws x depths 1-50 (unit: ours)",
        interleaved(runs, 4),
        "this library",
        0.8,
    )


def scaling():
    depths = np.array([20, 50, 100, 200])
    seconds = [interleaved({"pass": Job(int(L), 32, "tanh").engine()}, 1)["pass"] for L in depths]
    exponent = np.polyfit(np.log(depths), np.log(seconds), 1)[0]
    print(
        f"\nCost grows like depth to the power {exponent:.2f} from 20 to 200 layers (target 1.1 at"
        " most)."
    )


def imports():
    """Seconds and peak memory (Linux) of an import: the least of five fresh processes, all modules
    taking turns.
    """

    def cost(module):
        code = (
            f"import time; t = time.perf_counter(); import {module}; t = time.perf_counter() - t;"
            " print(t, next(line.split()[1] for line in open('/proc/self/status') if"
            " line.startswith('VmHWM')))"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        return [float(word) for word in run.stdout.split()]

    modules = ("lecture_lib.network", "numpy", "torch")
    ours, numpy, peer = np.array([[cost(module) for module in modules] for _ in range(5)]).min(
        axis=0
    )
    print(
        f"`import lecture_lib`, the network module included, takes {ours[0] / numpy[0]:.2f} times"
        f" as long as `import numpy` (target 1.5 at most) and {ours[1] / numpy[1]:.2f} times its"
        f" memory; `import torch` {peer[0] / numpy[0]:.1f} times as long and"
        f" {peer[1] / numpy[1]:.1f} times the memory."
    )


if __name__ == "__main__":
    print(f"{describe_machine(('numpy', 'torch', 'jax', 'scikit-learn'))}\n")
    print(
        "| job | unit, ms | this library | its reference | torch | JAX jit | scikit-learn |"
        " autograd | micrograd | ours / fastest peer | aim |\n|" + "---|" * 11
    )
    passes()
    training()
    digits_epochs()
    phases()
    chains()
    scalars()
    scaling()
    imports()
    print_behind()
