"""Exercises on the way downhill: which path, and which learning rate."""

from lecture_lib.exercise import Exercise

which_path = Exercise(
    "which_path",
    "B12",
    "A bowl has the curvature λ = 2, and γ is 0.9. What does the path do?",
    choices={
        "A": "walk straight to the minimum",
        "B": "swing from side to side and arrive",
        "C": "swing for ever",
        "D": "leave the bowl",
    },
    right="B",
    mistakes=(
        ("A", "the factor 1 − γλ is negative here, so each step crosses the minimum."),
        ("C", "that needs a factor of size exactly 1; how large is 1 − γλ?"),
        ("D", "that needs a factor larger than 1 in size; how large is 1 − γλ?"),
    ),
    hints=(
        "One step multiplies the distance to the minimum by 1 − γλ.",
        (
            "The sign of that factor says which side the next point is on, and its size says"
            " whether that point is nearer."
        ),
        "Compare γ with 1/λ and with 2/λ.",
    ),
    solution=(
        "B: the factor is 1 − 1.8 = −0.8, so the side changes each time and the distance shrinks by"
        " a fifth."
    ),
)

one_step_rate = Exercise(
    "one_step_rate",
    "B13",
    "A bowl has the curvature λ = 4. Which γ reaches the minimum in one step from anywhere?",
    right=0.25,
    mistakes=(
        (1.0, "that is the rate for λ = 1; this bowl is four times as steep."),
        (4.0, "that is λ itself; the steeper the bowl, the smaller the step must be."),
        (0.5, "with this rate the path swings for ever; any larger rate diverges."),
        (-0.25, "the sign is wrong; the update rule has the minus already."),
    ),
    otherwise="Put your γ into 1 − γλ: nothing of the distance may be left.",
    hints=(
        "The distance after a step is (1 − γλ) times the distance before.",
        '"In one step" means that this factor is 0.',
        "Solve 1 − γ · 4 = 0.",
    ),
    solution="γ = 1/λ = 0.25, for then 1 − γλ = 0.",
)
