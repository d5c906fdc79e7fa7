"""A prediction is an explorer of its own shape: a guess first, the answer when it is asked for."""

from .controls import Choice, Slider
from .declaration import Explorer
from .guess import reveal
from .guess_picture import make_guess_drawing, make_guess_sentence


def prediction(name, question, label, truth, default, low, high, log=False, step=1):
    """The declaration of a prediction.

    `truth()` is an array, one value per run; `label` says what they are. The guess is a slider from
    `low` to `high`.
    """
    frame, draw = make_guess_drawing(label, low, high, log)
    return Explorer(
        name=name,
        question=question,
        compute=reveal(truth),
        frame=frame,
        draw=draw,
        sentence=make_guess_sentence(log),
        controls=(
            Slider("mine", "your guess", default, low, high, step, label, log=log),
            Choice("answer", "answer", "hidden", ("hidden", "shown")),
        ),
        is_prediction=True,
        panels=((0.05, 0.47, 0.9, 0.5),),
        size=(880, 110),
    )
