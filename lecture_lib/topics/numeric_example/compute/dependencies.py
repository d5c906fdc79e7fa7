"""Which numbers of the numeric example are computed from which, and what follows a change."""

SETTINGS = ("X1", "X2", "target", "W1", "W2", "W3", "W4", "W5", "W6", "B1", "B2", "gamma")
FORWARD = ("in_H1", "out_H1", "in_H2", "out_H2", "in_o", "out_o", "E")
GRADIENTS = ("dE_dW1", "dE_dW2", "dE_dW3", "dE_dW4", "dE_dW5", "dE_dW6")

# Each value with those that stand in its formula, in the order in which they are computed (N4-N19).
USES = {
    "in_H1": ("W1", "X1", "W2", "X2", "B1"),
    "out_H1": ("in_H1",),
    "in_H2": ("W3", "X1", "W4", "X2", "B1"),
    "out_H2": ("in_H2",),
    "in_o": ("W5", "out_H1", "W6", "out_H2", "B2"),
    "out_o": ("in_o",),
    "E": ("target", "out_o"),
    "dE_dout_o": ("target", "out_o"),
    "dout_o_din_o": ("out_o",),
    "delta_o": ("dE_dout_o", "dout_o_din_o"),
    "dE_dout_H1": ("delta_o", "W5"),
    "dout_H1_din_H1": ("out_H1",),
    "delta_H1": ("dE_dout_H1", "dout_H1_din_H1"),
    "dE_dout_H2": ("delta_o", "W6"),
    "dout_H2_din_H2": ("out_H2",),
    "delta_H2": ("dE_dout_H2", "dout_H2_din_H2"),
    "dE_dW1": ("delta_H1", "X1"),
    "dE_dW2": ("delta_H1", "X2"),
    "dE_dW3": ("delta_H2", "X1"),
    "dE_dW4": ("delta_H2", "X2"),
    "dE_dW5": ("delta_o", "out_H1"),
    "dE_dW6": ("delta_o", "out_H2"),
    "W1_new": ("W1", "gamma", "dE_dW1"),
    "W2_new": ("W2", "gamma", "dE_dW2"),
    "W3_new": ("W3", "gamma", "dE_dW3"),
    "W4_new": ("W4", "gamma", "dE_dW4"),
    "W5_new": ("W5", "gamma", "dE_dW5"),
    "W6_new": ("W6", "gamma", "dE_dW6"),
}


def find_followers(moved):
    """All values in whose computation one of the settings `moved` takes part, a frozenset."""
    reached = set(moved)
    for name, uses in USES.items():
        if reached.intersection(uses):
            reached.add(name)
    return frozenset(reached.difference(moved))
