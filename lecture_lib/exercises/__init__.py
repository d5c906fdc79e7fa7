"""The exercises by name: `exercises.delta_output(my_function)` says whether it is right, or which step is wrong.

Each module holds the exercises of one notebook.
"""

from importlib import import_module

from .exercise import Answer, Exercise

TOPICS = ("start", "perceptron", "multilayer", "backpropagation", "numeric_example", "gradients", "remedies", "notes")

EXERCISES = {}
for _topic in TOPICS:
    for _value in vars(import_module(f"{__name__}.{_topic}")).values():
        if isinstance(_value, Exercise):
            EXERCISES[_value.name] = _value
globals().update(EXERCISES)

__all__ = ["EXERCISES", "Answer", "Exercise", *EXERCISES]
