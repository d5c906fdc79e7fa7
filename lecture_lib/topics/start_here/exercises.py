"""Exercises of notebook 00: what the lecture takes for granted."""

from lecture_lib.exercise import Exercise

chain_of_three = Exercise(
    "chain_of_three",
    "I5",
    "y = f(g(h(x))), and at some x the slopes are h′ = 0.2, g′ = 0.5, f′ = 0.3. What is dy/dx?",
    right=0.03,
    mistakes=(
        (1.0, "the derivatives were added; along one path they are multiplied."),
        (0.3, "that is the outermost factor alone; the other two functions have slopes too."),
        (0.15, "the innermost function was left out."),
        (0.06, "the function in the middle was left out."),
        (0.1, "the outermost function was left out."),
        (
            1 / 3,
            (
                "no mean is taken; nudge x a little, and follow the nudge through the three"
                " functions."
            ),
        ),
    ),
    hints=(
        "Nudge x a little: how much does h(x) change?",
        "The change of h(x) is the nudge of g.",
        "Each function multiplies the nudge by its own derivative.",
    ),
    solution=(
        "0.2 · 0.5 · 0.3 = 0.03: a product with a factor for each function on the way. In"
        " a network there are many such factors."
    ),
)

powers_of_ten = Exercise(
    "powers_of_ten",
    "I5",
    "A curve falls evenly from 10⁻³ at layer 7 to 10⁻⁹ at layer 1. By what number does each of"
    " the six steps multiply the value?",
    right=0.1,
    mistakes=(
        (1e-6, "that is all six steps together."),
        (1e6, "that is all six steps together, and upwards."),
        (10.0, "that is upwards, from layer 1 to layer 7; the question goes down to layer 1."),
        (1e-12, "exponents are subtracted in a ratio: −9 − (−3)."),
        (1e-6 / 6, "six equal factors are not found by division: they multiply."),
        (
            -1.0,
            (
                "that is what each step adds to the exponent; by what number does it multiply the"
                " value?"
            ),
        ),
    ),
    hints=(
        "On an axis with powers of ten, equal distances mean equal factors.",
        "First the whole way: which power of ten is 10⁻⁹ divided by 10⁻³?",
        "Which number, raised to the sixth power, gives this?",
    ),
    solution="0.1: the whole way is 10⁻⁶, and 0.1 to the sixth power is 10⁻⁶.",
)

shape_of_sums = Exercise(
    "shape_of_sums",
    "I5",
    "x holds 4 samples of 3 inputs, W leads from them to 2 units. What is the shape of x @ W?",
    right="B",
    choices={"A": "(3, 2)", "B": "(4, 2)", "C": "(2, 4)", "D": "(4, 3)"},
    mistakes=(
        ("A", "that is the shape of W; the result must still have 4 samples."),
        ("C", "samples and units are exchanged: here each row is a sample."),
        ("D", "that is the shape of x; the result has one column for each of the 2 units."),
    ),
    hints=(
        "x has the shape (4, 3): each row is a sample.",
        "W[i, j] leads from input i to unit j: W has shape (3, 2).",
        "In (4, 3) @ (3, 2) the two inner numbers must agree and drop out; the outer two stay.",
    ),
    solution="(4, 2): one row for each sample and one column for each unit.",
)
