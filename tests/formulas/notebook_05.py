"""The formulas of notebook 05, each with its check."""

import numpy as np

from lecture_lib.activations import ACTIVATIONS
from lecture_lib.chain import run_chain
from lecture_lib.jacobian import carry_back, carry_forward
from lecture_lib.network import Params, backward, delta_sizes, forward, initialise, mlp
from lecture_lib.optimisers import OPTIMISERS, init_state, step
from shared.numerical_derivative import central_difference

F = ACTIVATIONS["sigmoid"]
CHAINS = [run_chain(np.random.default_rng(k).uniform(-2, 2, 4), 0.5 + k) for k in range(4)]


def close(a, b):
    return np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-300)


def nudged(chain, k, X):
    """dO/dW_k of a chain with input X, without the chain rule."""
    up, down = (run_chain(chain.W + h * np.eye(4)[k - 1], X).output for h in (1e-5, -1e-5))
    return (up - down) / 2e-5


def nested():
    for k, c in enumerate(CHAINS):
        W1, W2, W3, W4 = c.W
        close(c.output, F.f(W4 * F.f(W3 * F.f(W2 * F.f(W1 * (0.5 + k))))))


def chain_rule():
    """Each of the eight derivatives by nudging its own line, multiplied."""

    for k, c in enumerate(CHAINS):
        X = 0.5 + k
        product = 1.0
        for l in (3, 2, 1):
            product *= central_difference(F.f, c.theta[l]) * central_difference(
                lambda y, w=c.W[l]: w * y, c.y[l - 1]
            )
        product *= central_difference(F.f, c.theta[0]) * central_difference(
            lambda w, x=X: w * x, c.W[0]
        )
        np.testing.assert_allclose(product, nudged(c, 1, X), rtol=1e-5)
        close(c.gradients()[0], X * np.prod(c.slope) * np.prod(c.W[1:]))


def first():
    for k, c in enumerate(CHAINS):
        (_, W2, W3, W4), (f1, f2, f3, f4) = c.W, c.slope
        close((0.5 + k) * f1 * W2 * f2 * W3 * f3 * W4 * f4, c.gradients()[0])
        np.testing.assert_allclose(c.gradients()[0], nudged(c, 1, 0.5 + k), rtol=1e-5)


def second():
    for k, c in enumerate(CHAINS):
        (_, _, W3, W4), (_, f2, f3, f4) = c.W, c.slope
        close(c.y[0] * f2 * W3 * f3 * W4 * f4, c.gradients()[1])
        np.testing.assert_allclose(c.gradients()[1], nudged(c, 2, 0.5 + k), rtol=1e-5)


def largest_slope():
    x = np.linspace(-30, 30, 600_001)
    assert F.df(x).max() == F.df(0.0) == 0.25 and abs(x[F.df(x).argmax()]) < 1e-9


def needs_four():
    """At the largest slope the factor is 1 from |W| = 4 on; below 4 no theta makes it 1."""
    theta = np.linspace(-30, 30, 60_001)
    for W in (-5.0, -4.0, -3.99, 0.3, 3.99, 4.0, 7.0):
        assert (np.abs(W * F.df(theta)).max() >= 1) == (abs(W) >= 4)


def ratio():
    for k, c in enumerate(CHAINS):
        close(abs(c.gradients()[0] / c.gradients()[1]), abs((0.5 + k) * c.W[1] * (1 - c.y[0])))


def update():
    rng = np.random.default_rng(0)
    (w, b), (g, h) = ((rng.normal(size=(3, 2)), rng.normal(size=(1, 2))) for _ in range(2))
    params = Params((None, w), (None, b))
    rule = OPTIMISERS["gd"]
    new, _ = step(rule, params, Params((None, g), (None, h)), init_state(rule, params), 0.3)
    close(new.W[1], w - 0.3 * g)


def chi():
    """Wide sigmoid layers: what one layer does to the mean square of delta, over seeds, against n
    Var(W) E[F'^2].
    """
    n = 400
    rng = np.random.default_rng(0)
    squares = []
    net = mlp((n, n, n, n), "sigmoid")
    x = rng.normal(size=(8, n))
    d = 100 * rng.normal(size=(8, n))  # targets that know nothing of the weights
    for _ in range(10):
        params = initialise(net, rng, 5 / n)
        trace = forward(net, params, x)
        one, two = np.square(delta_sizes(backward(net, params, trace, d).delta))[:2]
        squares.append((one, two, 5 * np.square(F.df(trace.z[1])).mean()))
    one, two, predicted = np.mean(squares, axis=0)
    assert abs(one / two / predicted - 1) < 0.05


def small_network():
    """(net, params, trace, rng) with three hidden layers of different widths."""
    rng = np.random.default_rng(5)
    net = mlp((4, 6, 5, 7, 3), "tanh")
    params = initialise(net, rng, "1/n", bias_variance=0.3)
    return net, params, forward(net, params, rng.normal(size=(2, 4))), rng


def nudge():
    """The change of the sums one layer on, against networks whose biases are moved."""
    net, params, trace, rng = small_network()
    for l in (1, 2, 3):
        dz = rng.normal(size=(1, net.widths[l]))

        def moved(h, l=l, dz=dz):
            b = list(params.b)
            b[l] = b[l] + h * dz
            return forward(net, Params(params.W, tuple(b)), trace.a[0]).z[l + 1]

        slope = net.activations[l].df(trace.z[l])
        difference = (moved(1e-5) - moved(-1e-5)) / 2e-5
        np.testing.assert_allclose((slope * dz) @ params.W[l + 1], difference, rtol=1e-6, atol=1e-9)


def back():
    net, params, trace, rng = small_network()
    delta = backward(net, params, trace, rng.normal(size=(2, 3))).delta
    for l in (1, 2, 3):
        close((delta[l + 1] @ params.W[l + 1].T) * net.activations[l].df(trace.z[l]), delta[l])


def transpose():
    """The whole matrix of one sample, built column by column, and its transpose."""
    net, params, trace, rng = small_network()
    columns = []
    for unit in range(6):
        u = np.zeros((2, 6))
        u[:, unit] = 1
        columns.append(carry_forward(net, params, trace, u)[4][0])
    D = np.array(columns).T
    u, g = rng.normal(size=6), rng.normal(size=3)
    close(g @ (D @ u), (D.T @ g) @ u)
    back_way = carry_back(net, params, trace, np.array([g, g]), 4)[1][0]
    close(D.T @ g, back_way)


FORMULAS = {
    "nudge": (r"dz_{l+1} = (F_l'(z_l)\, dz_l)\, W_{l+1}", nudge),
    "back": (r"\delta_l = (\delta_{l+1} W_{l+1}^T)\, F_l'(z_l)", back),
    "transpose": (r"\langle g,\, D u\rangle = \langle D^T g,\, u\rangle", transpose),
    "chain": (r"O = F_4(W_4\, F_3(W_3\, F_2(W_2\, F_1(W_1 X))))", nested),
    "chain-rule": (
        r"""
        \frac{\partial O}{\partial W_1} =
        \frac{\partial O}{\partial \theta_4}\frac{\partial \theta_4}{\partial F_3}
        \frac{\partial F_3}{\partial \theta_3}\frac{\partial \theta_3}{\partial F_2}
        \frac{\partial F_2}{\partial \theta_2}\frac{\partial \theta_2}{\partial F_1}
        \frac{\partial F_1}{\partial \theta_1}\frac{\partial \theta_1}{\partial W_1}""",
        chain_rule,
    ),
    "gradient-1": (
        r"""
        \frac{\partial O}{\partial W_1} = X\, F_1'\, W_2\, F_2'\, W_3\, F_3'\, W_4\, F_4' \qquad (1)""",
        first,
    ),
    "gradient-2": (
        r"\frac{\partial O}{\partial W_2} = F_1\, F_2'\, W_3\, F_3'\, W_4\, F_4' \qquad (2)",
        second,
    ),
    "largest-slope": (r"\max F' = \tfrac12 \cdot \tfrac12 = \tfrac14", largest_slope),
    "needs-four": (r"|W_l F_l'| \ge 1 \quad\text{needs}\quad |W_l| \ge 4.", needs_four),
    "ratio": (
        (
            r"\left|\frac{\partial O/\partial W_1}{\partial O/\partial W_2}\right| = |X\, W_2\, (1"
            r" - F_1)|"
        ),
        ratio,
    ),
    "update": (r"W(t+1) = W(t) - \eta\, \frac{\partial E}{\partial W}", update),
    "chi": (r"\chi = n\,\mathrm{Var}(W)\; E[F'(\theta)^2].", chi),
}
