"""The catalogue: every explorer by name. `explorers.gradient_profile(depth=30)` shows one.

Each module holds the explorers of one notebook, one declaration each: compute + draw + sentence + controls.
"""

from importlib import import_module

from ..explorer import Explorer

TOPICS = ("perceptron", "multilayer", "backpropagation", "numeric_example", "gradients", "remedies", "live",
          "predictions")

EXPLORERS = {}
for _topic in TOPICS:
    for _value in vars(import_module(f"{__name__}.{_topic}")).values():
        if isinstance(_value, Explorer):
            EXPLORERS[_value.name] = _value
globals().update(EXPLORERS)

__all__ = ["EXPLORERS", *EXPLORERS]
