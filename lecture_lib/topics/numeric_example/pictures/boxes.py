"""Where the numbers of the 2-2-1 network stand: boxes of rows, from the inputs to the output."""

from dataclasses import dataclass

HEIGHT = 315  # of both panels, in pixels of the page
WIDTHS = (471, 409)
ROW = 17.5
PAD = 3  # above the first row of a box and below the last


@dataclass(frozen=True)
class Box:
    """A box with a row for each of its numbers."""

    panel: int  # the number of its panel, from 0
    left: float  # in units of the panel, as right and top
    right: float  # its right end
    top: float  # its upper end
    title: str  # above it; may be empty
    rows: tuple  # of (name in the example, how it is written)

    @property
    def bottom(self):
        """The height of its lower edge."""
        return self.top - len(self.rows) * ROW - 2 * PAD

    @property
    def middle(self):
        """The height of its middle."""
        return (self.top + self.bottom) / 2

    def find_height(self, row):
        """The middle of a row, from 0."""
        return self.top - PAD - (row + 0.5) * ROW


def make_weight(i, panel, left, top):
    """The box of a weight."""
    rows = (
        (f"W{i}", f"$W_{i}$"),
        (f"dE_dW{i}", rf"$\partial E/\partial W_{i}$"),
        (f"W{i}_new", f"new $W_{i}$"),
    )
    return Box(panel, left, left + 194, top, "", rows)


def make_unit(name, bias, title, panel, left, top, more=()):
    """The box of a unit, with its bias."""
    rows = (
        (bias, f"bias ${bias[:1]}_{bias[1]}$"),
        (f"in_{name}", "in"),
        (f"out_{name}", "out"),
        *more,
        (f"dE_dout_{name}", r"$\partial E/\partial out$"),
        (f"dout_{name}_din_{name}", "slope"),
        (f"delta_{name}", r"$\delta$"),
    )
    return Box(panel, left, left + 178, top, title, rows)


ERROR = (("target", "target"), ("E", "error E"))
BOXES = {
    "X1": Box(0, 6, 70, 243, "", (("X1", "$X_1$"),)),
    "X2": Box(0, 6, 70, 103, "", (("X2", "$X_2$"),)),
    "W1": make_weight(1, 0, 86, 290),
    "W2": make_weight(2, 0, 86, 220),
    "W3": make_weight(3, 0, 86, 144),
    "W4": make_weight(4, 0, 86, 74),
    "H1": make_unit("H1", "B1_H1", "hidden unit $H_1$", 0, 290, 278),
    "H2": make_unit("H2", "B1_H2", "hidden unit $H_2$", 0, 290, 128),
    "W5": make_weight(5, 1, 14, 253),
    "W6": make_weight(6, 1, 14, 103),
    "o": make_unit("o", "B2", "output unit", 1, 226, 231, ERROR),
}
# (from, to, the number that passes)
LINKS = (
    ("X1", "W1", "X1"),
    ("X1", "W3", "X1"),
    ("X2", "W2", "X2"),
    ("X2", "W4", "X2"),
    ("W1", "H1", "W1"),
    ("W2", "H1", "W2"),
    ("W3", "H2", "W3"),
    ("W4", "H2", "W4"),
    ("H1", "W5", "out_H1"),
    ("H2", "W6", "out_H2"),
    ("W5", "o", "W5"),
    ("W6", "o", "W6"),
)
