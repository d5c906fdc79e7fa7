"""A sigmoid network that computes what a tanh network computes."""

from lecture_lib.params import Params, as_float_params


def centred_sigmoid(params):
    """The parameters with which a sigmoid network computes what a tanh network computes with
    `params`.

    It follows from sigma(x) = (1 + tanh(x / 2)) / 2: a hidden unit's output is (1 + a) / 2 in place
    of a, and its sum is doubled. The output layer is linear in both. Of tanh at variance 1/n this
    makes weights of variance 16/n and biases B_j = -1/2 sum_i W_ij between hidden layers (slip
    K62).
    """
    params = as_float_params("params", params)
    last = len(params.W) - 1
    W = [None]
    b = [None]
    for l in range(1, last + 1):
        weights, biases = params.W[l], params.b[l]
        if l > 1:  # its inputs are (1 + a) / 2
            weights = 2.0 * weights
            biases = biases - weights.sum(axis=-2, keepdims=True) / 2
        if l < last:  # its units are hidden
            weights = 2.0 * weights
            biases = 2.0 * biases
        W.append(weights)
        b.append(biases)
    return Params(tuple(W), tuple(b))
