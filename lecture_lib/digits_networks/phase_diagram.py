"""The size of the gradient over initial variance and depth, for all depths in one pass.

All networks use the same random draw, W_l = sqrt(n Var(W)) G_l, and the one of depth L is the first
L - 1 hidden layers and the output layer. So one forward pass serves all depths, and the backward
pass of each depth joins those of the larger ones on the way down. Arrays of the forward pass have
the axes (variances, samples, units); delta has one more in front, for the depths that have joined
so far.
"""

import numpy as np

from lecture_lib import data
from lecture_lib.network import norm
from lecture_lib.powers_of_ten import log10_floored, make_finite

from .nets import digits_net

VARIANCES = np.geomspace(0.1, 1000, 49)  # n Var(W)
DEPTH_AXIS = np.arange(2, 57, 2)


def phase_diagram(
    activation, width=64, variances=VARIANCES, depths=DEPTH_AXIS, seed=0, samples=16, skip=0.0
):
    """log10 ||delta_1|| / ||delta_last hidden|| of real networks, an array (depths, variances).

    `depths` count weight layers and `variances` are n Var(W); both ascend. The networks are those
    of `digits_net`, on the first `samples` digits (I5, R5). With `skip` alpha they have skip
    connections, which came after the lecture.
    """
    net, params = digits_net(max(depths), width, activation, "1/n", np.random.default_rng(seed))
    _, *hidden, out = params.W
    gain = np.sqrt(variances)[:, None, None]
    F = net.activations[1]
    digits = data.digits()
    z = run_forward(hidden, gain, F, digits.x[:samples], skip)

    delta = np.empty((0, *z[0].shape))
    sizes_at_top = []
    for l in range(len(z) - 1, -1, -1):
        slope = gain * F.df(z[l])
        if len(delta):
            delta = pass_back(delta, hidden[l + 1], slope, skip)
        depth = l + 2  # of the network whose last hidden layer this is
        if depth in depths:
            error = net.cost.df(gain * (F.f(z[l]) @ out), digits.d[:samples])
            top = pass_back(error, out, slope)
            delta = np.concatenate([delta, top[None]])
            sizes_at_top.append(norm(top))
    decades = log10_floored(norm(delta)) - log10_floored(np.array(sizes_at_top))
    return make_finite(decades[::-1])


def run_forward(hidden, gain, F, x, skip=0.0):
    """The inputs z_l of all hidden layers, for every variance at once: a list of arrays (variances,
    samples, n_l).
    """
    z = [gain * (x @ hidden[0])]
    for G in hidden[1:]:
        branch = gain * (F.f(z[-1]) @ G)
        z.append(branch + skip * z[-1] if skip else branch)
    return z


def pass_back(delta, G, slope, skip=0.0):
    """The delta of a layer from that of the next one, which the matrix G leads to; `slope` is
    sqrt(n Var(W)) F'(z) of the layer.
    """
    through_weights = (delta @ G.T) * slope  # B25
    return through_weights + skip * delta if skip else through_weights
