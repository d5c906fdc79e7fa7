"""The formulas of notebook 07, each with its check."""

import numpy as np

from lecture_lib import theory_residual
from lecture_lib.activations import ACTIVATIONS
from lecture_lib.network import backward, delta_sizes, forward, initialise, mlp
from shared.slow_twin import close, problem

RELU = ACTIVATIONS["relu"]


def skip_forward():
    net, params, x, _ = problem((3, 5, 5, 5, 2), 6, skip=0.7, activation="tanh")
    trace = forward(net, params, x)
    for l in (1, 2, 3, 4):
        plain = trace.a[l - 1] @ params.W[l] + params.b[l]
        skipped = 0.7 * trace.z[l - 1] if 1 < l < 4 else 0.0
        close(trace.z[l], plain + skipped)


def skip_backward():
    net, params, x, d = problem((3, 5, 5, 5, 2), 6, skip=0.7, activation="tanh")
    trace = forward(net, params, x)
    delta = backward(net, params, trace, d).delta
    for l in (1, 2):
        slope = ACTIVATIONS["tanh"].df(trace.z[l])
        close(delta[l], (delta[l + 1] @ params.W[l + 1].T) * slope + 0.7 * delta[l + 1])


def wide_factor(n_var, **how):
    """The mean square of delta one layer back, as measured in wide ReLU nets."""
    n = 400
    net = mlp((n, n, n, n, n), "relu", **how)
    rng = np.random.default_rng(0)
    x = rng.normal(size=(100, n))
    d = 100 * rng.normal(size=(100, n))  # targets that know nothing of the weights
    sizes = []
    for _ in range(6):
        params = initialise(net, rng, n_var / n)
        sizes.append(delta_sizes(backward(net, params, forward(net, params, x), d).delta))
    _, two, three, _ = np.square(sizes).mean(axis=0)  # layer 1 sees x, not outputs of ReLU
    return two / three


def skip_chi():
    for alpha, n_var in ((1.0, 2.0), (0.6, 1.5)):
        chi = alpha**2 + n_var * 0.5  # E[F'^2] = 1/2
        assert abs(wide_factor(n_var, skip=alpha) - chi) < 0.05 * chi
        assert abs(theory_residual.chi_with_skip("relu", 1.0, n_var, alpha) - chi) < 1e-9


def depth_variance():
    for L in (3, 20, 56, 1000):
        chi = theory_residual.chi_with_skip("relu", 1.0, 2 / L, 1.0)
        assert abs(chi - (1 + 1 / L)) < 1e-12
        product = chi ** (L - 2)
        assert product < np.e


def normalised():
    for kind, axis in (("batch", 0), ("layer", 1)):
        net, params, x, _ = problem((3, 6, 6, 2), 9, normalisation=kind, activation="tanh")
        trace = forward(net, params, x)
        for l in (1, 2):
            rest = trace.z[l] - trace.z[l].mean(axis=axis, keepdims=True)
            s = np.sqrt((rest**2).mean(axis=axis, keepdims=True) + 1e-5)
            close(trace.a[l], np.tanh(rest / s))


def batch_chi():
    """The slopes and the spread are measured, for normal numbers before the activation."""
    rng = np.random.default_rng(0)
    y = rng.normal(size=2_000_000)
    slope = RELU.df(y)
    for n_var in (0.5, 2.0):
        s_squared = n_var * RELU.f(y).var()
        chi = n_var * (slope**2).mean() / s_squared
        assert abs(wide_factor(n_var, normalisation="batch") - chi) < 0.06


def batch_relu():
    rng = np.random.default_rng(0)
    y = rng.normal(size=2_000_000)
    a = RELU.f(y)
    assert abs(RELU.df(y).mean() - 0.5) < 0.002
    assert abs(a.var() - (0.5 - 1 / (2 * np.pi))) < 0.002
    assert abs(0.5 / (0.5 - 1 / (2 * np.pi)) - np.pi / (np.pi - 1)) < 1e-12
    assert abs(theory_residual.batch_chi("relu") - np.pi / (np.pi - 1)) < 1e-9


def both_chi():
    for kind, c in (("batch", 1 - 1 / np.pi), ("layer", 1.0)):
        v = 1.3 + c * np.arange(9)  # v_1 is 1.3
        found = theory_residual.normalised_profile(kind, "relu", 2.0, 1.0, 1.3, 10)
        np.testing.assert_allclose(10 ** (2 * found[0]), np.prod(1 + 1 / v), rtol=1e-9)


FORMULAS = {
    "skip-forward": (
        r"""z_l = a_{l-1} W_l + b_l + \alpha\, z_{l-1}, \qquad 1 < l < L .""",
        skip_forward,
    ),
    "skip-backward": (
        r"""\delta_l = \left(\delta_{l+1} W_{l+1}^{\mathsf T}\right) \odot F'(z_l) + \alpha\, \delta_{l+1}""",
        skip_backward,
    ),
    "skip-chi": (
        r"""\mathrm{E}\,\|\delta_l\|^2 = \underbrace{\left(\alpha^2 + n\,\mathrm{Var}(W)\,\mathrm{E}[F'^2]\right)}_{\chi}\; \mathrm{E}\,\|\delta_{l+1}\|^2 .""",
        skip_chi,
    ),
    "depth-variance": (
        r"""\mathrm{Var}(W) = \frac{2}{nL} \quad\Rightarrow\quad \chi^{L-2} = \left(1 + \frac1L\right)^{L-2} < e .""",
        depth_variance,
    ),
    "normalise": (
        r"""y = \frac{z - \bar z}{s}, \qquad s = \sqrt{\overline{(z - \bar z)^2} + 10^{-5}}, \qquad a = F(y) .""",
        normalised,
    ),
    "batch-chi": (
        r"""\chi = \frac{n\,\mathrm{Var}(W)\,\mathrm{E}[F'^2]}{s^2} .""",
        batch_chi,
    ),
    "batch-relu": (
        r"""\chi = \frac{\frac12}{\frac12 - \frac1{2\pi}} = \frac{\pi}{\pi - 1} .""",
        batch_relu,
    ),
    "both-chi": (
        r"""\chi_l = 1 + \frac{1}{v_l}, \qquad v_l = v_1 + c\,(l-1), \qquad c = 1 - \tfrac1\pi \text{ (batch)}, \; 1 \text{ (layer)} .""",
        both_chi,
    ),
}
