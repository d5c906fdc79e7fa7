"""What a step of backpropagation does, in words and numbers."""

from dataclasses import dataclass

from lecture_lib.explore.style import subscript
from lecture_lib.small_networks.illustration import edge_name

from ..compute.backprop_player import STEPS
from .numbers import three_digits


@dataclass(frozen=True)
class Story:
    """What a step does, in words and numbers."""

    title: str  # what is done, and where
    lines: list  # of text: symbols, numbers, result


def name_delta(node):
    """The delta of a node; that of the output is the error."""
    return "δ" if node == 6 else subscript(f"δ{node}")


def name_output(source):
    """The output of a node, or an input."""
    return subscript(source if isinstance(source, str) else f"Y{source}")


def in_brackets(*values):
    """Numbers as the factors of a product."""
    return "".join(f"({three_digits(value)})" for value in values)


def tell_step(data):
    """The Story of a step."""
    tell = {
        "forward": tell_forward,
        "error": tell_error,
        "delta": tell_delta,
        "update": tell_update,
    }
    what, lines = tell[data.kind](data)
    return Story(f"Step {data.step} of {len(STEPS)}: {what}", lines)


def tell_forward(data):
    """A unit's sum, output and slope."""
    v, n = data.v, data.node
    symbols = []
    numbers = []
    for edge in data.uses:
        source, _ = edge
        symbols.append(subscript(edge_name(edge)) + name_output(source))
        numbers.append(in_brackets(data.weights[edge], v.Y[source]))
    output = subscript(f"Y{n} = F{n}(e{n}) = ") + three_digits(v.Y[n])
    slope = subscript(f",   F{n}′ = ") + three_digits(v.slope[n])
    lines = [
        subscript(f"e{n} = ") + " + ".join(symbols),
        f"   = {' + '.join(numbers)} = {three_digits(v.e[n])}",
        output + slope,
    ]
    return f"forward through unit {n}", lines


def tell_error(data):
    """The error at the output."""
    output, error = three_digits(data.v.Y[6]), three_digits(data.v.delta[6])
    lines = [f"δ = Z − Y₆ = 1 − {output} = {error}", f"E = δ²/2 = {three_digits(data.v.E)}"]
    return "the error", lines


def tell_delta(data):
    """A delta from those behind it; the spoken rule has no F'."""
    v, n = data.v, data.node
    has_slope = data.rule == "right"
    symbols = []
    numbers = []
    for edge in data.uses:
        _, to = edge
        slope_symbol = subscript(f" F{to}′") if has_slope else ""
        slope = [v.slope[to]] if has_slope else []
        symbols.append(f"{subscript(edge_name(edge))}{slope_symbol} {name_delta(to)}")
        numbers.append(in_brackets(data.weights[edge], *slope, v.delta[to]))
    found, true = three_digits(v.delta[n]), three_digits(data.right.delta[n])
    lines = [
        f"{name_delta(n)} = {' + '.join(symbols)}",
        f"   = {' + '.join(numbers)}",
        f"{name_delta(n)} = {found},   −∂E/∂{name_output(n)} = {true}",
    ]
    return f"δ back to unit {n}, {data.rule} rule", lines


def tell_update(data):
    """The new weights into a unit."""
    v, n = data.v, data.node
    slope = subscript(f"F{n}′")
    lines = [
        f"new W = W − γ ∂E/∂W,   ∂E/∂W = −{name_delta(n)} {slope} · input",
        f"{name_delta(n)} = {three_digits(v.delta[n])},   {slope} = {three_digits(v.slope[n])}",
    ]
    return f"new weights into unit {n}, {data.rule} rule", lines
