"""The slow, obvious twin of the fast code: one number at a time, with 40 digits, and no formula of
a backward pass.

`EXACT` says each activation and its derivative in mpmath, in another form than the library's.
`Value` is a scalar automatic differentiation: it knows sums, products and single functions, and
nothing about networks.
"""

import numpy as np
from mpmath import mp, mpf

mp.dps = 40

# The very float64 constants of SELU
LAMBDA, ALPHA = (
    mpf(1.0507009873554805),
    mpf(1.6732632423543772),
)

EXACT = {
    "linear": (lambda x: x, lambda x: mpf(1)),
    "sigmoid": (
        lambda x: (1 + mp.tanh(x / 2)) / 2 if x > -50 else mp.exp(x) / (1 + mp.exp(x)),
        lambda x: 1 / (4 * mp.cosh(x / 2) ** 2),
    ),
    "tanh": (mp.tanh, lambda x: mp.sech(x) ** 2),
    "relu": (lambda x: (x + abs(x)) / 2, lambda x: mpf(x > 0)),
    "leaky_relu": (lambda x: max(x, mpf(0.01) * x), lambda x: mpf(1) if x > 0 else mpf(0.01)),
    "elu": (lambda x: x if x > 0 else mp.expm1(x), lambda x: mp.exp(min(x, 0))),
    "gelu": (
        lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
        lambda x: mp.erfc(-x / mp.sqrt(2)) / 2 + x * mp.npdf(x),
    ),
    "selu": (
        lambda x: LAMBDA * (x if x > 0 else ALPHA * mp.expm1(x)),
        lambda x: LAMBDA * (1 if x > 0 else ALPHA * mp.exp(x)),
    ),
}


class Value:
    """A number that remembers what it was made of: `parents` are pairs (value, derivative with
    respect to it).
    """

    def __init__(self, x, parents=()):
        self.x = mpf(x)
        self.parents = parents
        self.grad = mpf(0)

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.x + other.x, ((self, 1), (other, 1)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.x * other.x, ((self, other.x), (other, self.x)))

    def through(self, f, df):
        return Value(f(self.x), ((self, df(self.x)),))

    def backward(self):
        order = []
        seen = set()

        def visit(value):
            if id(value) not in seen:
                seen.add(id(value))
                for parent, _ in value.parents:
                    visit(parent)
                order.append(value)

        visit(self)
        self.grad = mpf(1)
        for value in reversed(order):
            for parent, slope in value.parents:
                parent.grad += slope * value.grad


def total(values):
    result = Value(0)
    for value in values:
        result = result + value
    return result


EXACT_COSTS = {
    "squared_error": lambda a, d: total((y + -t) * (y + -t) for y, t in zip(a, d)) * mpf("0.5"),
    "cross_entropy": lambda a, d: (
        total(y.through(mp.exp, mp.exp) for y in a).through(mp.log, lambda s: 1 / s)
        + total(y * -t for y, t in zip(a, d))
    ),
}


def standardised(values):
    """Some Values less their mean, over the root of their mean square (and 1e-5)."""
    mean = total(values) * (mpf(1) / len(values))
    rest = [value + mean * -1 for value in values]
    variance = total(value * value for value in rest) * (mpf(1) / len(values)) + 1e-5
    factor = variance.through(lambda v: v ** mpf(-0.5), lambda v: -(v ** mpf(-1.5)) / 2)
    return [value * factor for value in rest]


def turned(rows):
    return [list(column) for column in zip(*rows)]


ARGUMENTS = {  # of the activation, from the sums [sample][unit]
    "none": lambda sums: sums,
    "batch": lambda sums: turned(map(standardised, turned(sums))),
    "layer": lambda sums: list(map(standardised, sums)),
}


def twin(net, params, x, d):
    """(J, delta, dW, db) as the library gives them (index 0 is None), computed neuron by neuron."""
    layers = range(1, net.depth + 1)
    W = [None, *([[Value(w) for w in row] for row in params.W[l]] for l in layers)]
    b = [None, *([Value(w) for w in params.b[l][0]] for l in layers)]
    z = [[None, *([] for _ in layers)] for _ in x]
    a = [[Value(value) for value in inputs] for inputs in x]
    for l in layers:
        for s, row in enumerate(a):
            z[s][l] = [
                total(row[i] * W[l][i][j] for i in range(len(row))) + b[l][j]
                for j in range(net.widths[l])
            ]
            if 1 < l < net.depth:
                z[s][l] = [unit + z[s][l - 1][j] * net.skip for j, unit in enumerate(z[s][l])]
        sums = [z[s][l] for s in range(len(x))]
        if l < net.depth:
            sums = ARGUMENTS[net.normalisation](sums)
        a = [[unit.through(*EXACT[net.activations[l].name]) for unit in row] for row in sums]
    cost = Value(0)
    for outputs, target in zip(a, d):
        cost = cost + EXACT_COSTS[net.cost.name](outputs, target)
    cost = cost * (mpf(1) / len(x))
    cost.backward()

    def gradient(rows):
        return np.array([[float(value.grad) for value in row] for row in rows])

    # of one sample's cost
    delta = [
        None,
        *(len(x) * gradient([z[s][l] for s in range(len(x))]) for l in layers),
    ]
    return (
        float(cost.x),
        delta,
        [None, *(gradient(W[l]) for l in layers)],
        [None, *(gradient([b[l]]) for l in layers)],
    )


def close(actual, expected, rtol=1e-12, atol=0.0):
    """Every entry equal within `rtol` of the largest expected one of its array, or within
    `atol`.
    """
    actual, expected = np.asarray(actual, float), np.asarray(expected, float)
    assert actual.shape == expected.shape
    scale = np.abs(expected).max(initial=0.0)
    np.testing.assert_allclose(actual, expected, rtol=0.0, atol=max(rtol * scale, atol))


def problem(widths=(3, 4, 3, 2), samples=3, seed=0, variance="1/n", distribution="normal", **net):
    """A network, its parameters, inputs and targets (one-hot for more than one output), all drawn
    from `seed`.

    The biases are random: with zero biases a dead sample puts the next layer exactly on the kink of
    ReLU, and a finite difference straddles it.
    """
    from lecture_lib.network import initialise, mlp

    rng = np.random.default_rng(seed)
    net = mlp(widths, **net)
    params = initialise(net, rng, variance, distribution, bias_variance=0.3)
    x = rng.standard_normal((samples, widths[0]))
    d = (
        np.eye(widths[-1])[rng.integers(widths[-1], size=samples)]
        if widths[-1] > 1
        else rng.uniform(size=(samples, 1))
    )
    return net, params, x, d
