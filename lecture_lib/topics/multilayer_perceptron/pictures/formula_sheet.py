"""The nested formula in two rows, each with its numbers below, and the six results in their order.

Places across are points from the left edge of the panel, so that letters keep their distance;
places up are parts of its height.
"""

from dataclasses import dataclass

import numpy as np

from lecture_lib.explore import style

NUMBERS = "①②③④⑤⑥"
STEP_OF = {"V1": 1, "H1": 2, "V2": 3, "H2": 4, "V": 5, "Y": 6}
LETTER = 0.66  # width of a letter, in parts of the font's size
LARGEST = 11.5  # of the font's size
SMALLEST = 9.5
# Heights of the symbols, the numbers, the bracket and the results of each hidden unit.
ROWS = ((0.95, 0.865, 0.815, 0.75), (0.6, 0.515, 0.465, 0.4))
TOTAL = 0.235  # height of step 5
END = 0.1  # of step 6
RESULT = style.mix(style.ACCENT, style.INK, 0.5)


@dataclass(frozen=True)
class Token:
    """A piece of the formula."""

    symbol: str  # how it is written
    number: str  # what is written below it
    step: int  # in which it becomes part of a number; 0 for one that never does
    is_value: bool  # an input or a weight


def write_value(value, in_brackets=True):
    """An input or a weight as a number; a negative one in brackets if it follows a sign."""
    text = f"{value:g}".replace("-", "−")
    return f"({text})" if value < 0 and in_brackets else text


def list_tokens(v, unit):
    """The Tokens of the row of hidden unit 1 or 2."""
    inner = STEP_OF[f"V{unit}"]
    start = "Y = φ( " if unit == 1 else "+ "
    opens = STEP_OF["Y" if unit == 1 else "V"]
    total = STEP_OF["V"]
    tokens = [Token(start, "", opens, False), make_value(v, f"W{unit}", total)]
    tokens.append(Token("·", "·", total, False))
    tokens.append(Token("φ( ", "φ( ", STEP_OF[f"H{unit}"], False))
    for k in (1, 2, 3):
        if k > 1:
            tokens.append(Token(" + ", " + ", inner, False))
        tokens.append(make_value(v, f"W{k}{unit}", inner))
        tokens.append(Token("·", "·", inner, False))
        tokens.append(make_value(v, f"X{k}", inner))
    tokens.append(Token(" )", " )", STEP_OF[f"H{unit}"], False))
    if unit == 2:
        tokens.append(Token(" )", "", STEP_OF["Y"], False))
    return tokens


def make_value(v, name, step):
    """The Token of an input or a weight."""
    symbol = name[0] + style.subscript(name[1:])
    return Token(symbol, write_value(v[name]), step, True)


def measure(token):
    """How many letters wide a Token is."""
    return max(len(token.symbol), len(token.number))


def frame_formula_sheet(ax):
    """A panel without axes, as many points wide as it is."""
    ax.set_axis_off()
    points = ax.bbox.width * 72 / ax.figure.dpi
    ax.set(xlim=(0, points), ylim=(0, 1))


def draw_formula_sheet(ax, v, step, write):
    """The formula after `step` of its six steps; `write` writes a result as text."""
    rows = [list_tokens(v, unit) for unit in (1, 2)]
    indent = measure(rows[0][0]) - measure(rows[1][0])
    letters = max(sum(measure(token) for token in rows[0]), indent + sum(map(measure, rows[1])))
    room = ax.get_xlim()[1] / letters  # points for a letter
    size = np.clip(room / LETTER, SMALLEST, LARGEST)
    letter = min(LETTER * size, room)
    for unit, tokens, start in ((1, rows[0], 0.0), (2, rows[1], indent * letter)):
        draw_row(ax, tokens, start, size, letter, step, unit)
        write_hidden(ax, v, unit, ROWS[unit - 1][3], step, write)
    write_end(ax, v, step, write)


def draw_row(ax, tokens, across, size, letter, step, unit):
    """The symbols of a row with their numbers below, and a bracket below the inner sum; what the
    step uses is lit. The row begins at `across`, and a `letter` is so many points wide.
    """
    symbols, numbers, bracket, _ = ROWS[unit - 1]
    inner = STEP_OF[f"V{unit}"]
    ends = []
    for token in tokens:
        width = measure(token) * letter
        is_now = token.step == step
        color = style.GREY if token.step < step else style.INK
        look = {"ha": "center", "va": "center", "fontsize": size, "zorder": 4}
        look["fontweight"] = "bold" if is_now else "normal"
        middle = across + width / 2
        ax.text(middle, symbols, token.symbol.strip(), color=color, **look)
        number_color = style.INK if is_now else style.GREY
        if token.is_value and not is_now:
            number_color = RESULT
        ax.text(middle, numbers, token.number.strip(), color=number_color, **look)
        if is_now:
            light = {"color": style.LIT, "linewidth": 0, "zorder": 0, "gid": "ground"}
            ax.fill_between([across, across + width], numbers - 0.045, symbols + 0.045, **light)
        if token.step == inner:
            ends += [across, across + width]
        across += width
    look = {"color": RESULT if step >= inner else style.PALE, "linewidth": 1.8, "gid": "ground"}
    left = ends[0]
    right = ends[-1]
    tip = bracket + 0.02
    ax.plot([left, left, right, right], [tip, bracket, bracket, tip], **look)


def write_hidden(ax, v, unit, height, step, write):
    """The sum and the output of a hidden unit, below its row."""
    half = ax.get_xlim()[1] * 0.36
    number = style.subscript(unit)
    total = f"V{unit}"
    output = f"H{unit}"
    known = write(v[total]) if step >= STEP_OF[total] else f"V{number}"
    write_result(ax, 0.12 * half, height, total, f"V{number} = ", v, step, write)
    write_result(ax, half, height, output, f"H{number} = φ({known}) = ", v, step, write)


def write_end(ax, v, step, write):
    """The last two steps: the sum of the output and the output."""
    products = []
    for unit in (1, 2):
        name = f"H{style.subscript(unit)}"
        value = write(v[f"H{unit}"]) if step >= STEP_OF[f"H{unit}"] else name
        products.append(f"{write_value(v[f'W{unit}'], unit == 2)}·{value}")
    left = 0.0432 * ax.get_xlim()[1]
    write_result(ax, left, TOTAL, "V", f"V = {' + '.join(products)} = ", v, step, write)
    known = write(v["V"]) if step >= STEP_OF["V"] else "V"
    write_result(ax, left, END, "Y", f"Y = φ({known}) = ", v, step, write, size=15)


def write_result(ax, x, y, name, text, v, step, write, size=10.5):
    """A step with its number in a circle: grey and without a result before it is done, lit when it
    is the last one done.
    """
    number = STEP_OF[name]
    is_done = number <= step
    result = write(v[name]) if is_done else "?"
    look = {"va": "center", "fontsize": size, "zorder": 4}
    look["color"] = RESULT if is_done else style.GREY
    look["fontweight"] = "bold" if is_done else "normal"
    if number == step:
        look["bbox"] = {"facecolor": style.LIT, "edgecolor": "none", "pad": 2.5}
        look["color"] = style.INK
    ax.text(x, y, f"{NUMBERS[number - 1]} {text}{result}", **look)
