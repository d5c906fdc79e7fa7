"""A control as widgets in a row: its label, a slider or a list, and for a number a field to type
in.
"""

from html import escape
from math import isclose, log10

import ipywidgets as widgets

from .controls import Slider

PLAY_INTERVAL = 600  # milliseconds between two values of a play button


class Field:
    """The widgets of one control; `on_move(name, value)` is called when the reader moves it."""

    def __init__(self, control, on_move):
        self.control = control
        self.is_slider = isinstance(control, Slider)
        self.main = self._make_slider() if self.is_slider else self._make_list()
        self.typed = None
        self.play = None
        label = f'<span title="{escape(control.help)}">{escape(control.label)}</span>'
        row = [widgets.HTML(label), self.main]
        if self.is_slider or control.free:
            self.typed = widgets.Text(continuous_update=False)
            row.append(self.typed)
        if self.is_slider and control.play:
            self.play = self._make_play_button()
            row.append(self.play)
        self.box = widgets.HBox(row)
        self.box.add_class("lecture-control")
        self.box.add_class(f"control-{control.name}")

        def moved(change):
            on_move(control.name, change["new"])

        self.main.observe(moved, "value")
        if self.typed is not None:
            self.typed.observe(moved, "value")

    def _make_list(self):
        return widgets.Dropdown(options=self.control.shown(), value=self.control.default)

    def _make_slider(self):
        control = self.control
        if control.log:
            grid = control.grid()
            return widgets.SelectionSlider(options=grid, value=control.default, readout=False)
        kind = widgets.IntSlider if control.whole else widgets.FloatSlider
        return kind(
            value=control.default,
            min=control.low,
            max=control.high,
            step=control.step,
            readout=False,
        )

    def _make_play_button(self):
        control = self.control
        play = widgets.Play(
            value=control.default,
            min=control.low,
            max=control.high,
            step=control.step,
            interval=PLAY_INTERVAL,
        )
        widgets.jslink((play, "value"), (self.main, "value"))
        return play

    def put(self, value):
        """Stand at `value`: a log slider at the nearest of its round numbers, the typed field at
        the value itself.
        """
        if self.is_slider:
            self._move_slider(value)
        else:
            self._choose(value)
        if self.typed is not None:
            text = f"{value:g}" if isinstance(value, float) else str(value)
            if self.typed.value != text:
                self.typed.value = text

    def _choose(self, value):
        """Choose an option; a free value becomes one."""
        control = self.control
        if control.free and value not in (*control.options, self.main.value):
            self.main.options = (*control.shown(), (value, value))
        if self.main.value != value:
            self.main.value = value

    def _move_slider(self, value):
        """Move the slider, unless it stands there but for rounding: told again, it would pull back
        the reader's hand.
        """
        if self.control.log:
            value = min(self.control.grid(), key=lambda v: abs(log10(v) - log10(value)))
        if isinstance(value, float):
            stands_there = isclose(self.main.value, value, abs_tol=1e-9)
        else:
            stands_there = self.main.value == value
        if stands_there:
            return
        if self.play is not None:  # the page moves the slider with it
            self.play.value = value
        self.main.value = value
