"""The size of the gradient over initial variance and depth, for all depths in one pass."""

import numpy as np

from lecture_lib import data
from lecture_lib.network import norm
from lecture_lib.powers_of_ten import log10_floored
from lecture_lib.topics.vanishing_exploding_gradients.compute.digits_nets import digits_net

VARIANCES = np.geomspace(0.1, 1000, 49)  # n Var(W)
DEPTH_AXIS = np.arange(2, 57, 2)


def phase_diagram(activation, width=64, variances=VARIANCES, depths=DEPTH_AXIS, seed=0, samples=16):
    """log10 ||delta_1|| / ||delta_last hidden|| of real networks, as an array (depths, variances); both ascend.

    `variances` are n Var(W). All nets use the same draw: W_l = sqrt(n Var(W)) G_l. One of depth L is the first L - 1
    hidden layers and the output layer; so one forward pass serves all depths, and their backward passes join on
    the way: delta has the axes (depths so far, variances, samples, units).
    """
    net, params = digits_net(max(depths), width, activation, "1/n", np.random.default_rng(seed))
    x, d = data.digits().x[:samples], data.digits().d[:samples]
    (_, *G, out), F, gain = params.W, net.activations[1], np.sqrt(variances)[:, None, None]
    z = [gain * (x @ G[0])]
    for g in G[1:]:
        z.append(gain * (F.f(z[-1]) @ g))
    delta, last = np.empty((0, *z[0].shape)), []
    for l in range(len(z) - 1, -1, -1):
        slope = F.df(z[l])
        if len(delta):
            delta = (delta @ G[l + 1].T) * (gain * slope)
        if l + 2 in depths:
            top = (net.cost.df(gain * (F.f(z[l]) @ out), d) @ out.T) * (gain * slope)
            delta, last = np.concatenate([delta, top[None]]), [*last, norm(top)]
    return (log10_floored(norm(delta)) - log10_floored(np.array(last)))[::-1]
