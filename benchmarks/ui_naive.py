"""An explorer as most notebooks have it: `interact` and pyplot, a new figure at each move.

bench_ui.py shows it below the explorer, in a cell of its own, so that nothing of it is loaded while
the explorer's first picture is made.
"""

import ipywidgets as widgets
import matplotlib.pyplot as plt

from lecture_lib.explore.controls import Slider


def make_widget(control):
    """The widget that `interact` would have for a control."""
    if not isinstance(control, Slider):
        return widgets.Dropdown(options=control.shown(), value=control.default)
    if control.log:
        return widgets.SelectionSlider(options=control.grid(), value=control.default)
    kind = widgets.IntSlider if control.whole else widgets.FloatSlider
    return kind(value=control.default, min=control.low, max=control.high, step=control.step)


def make_naive(explorer):
    """The naive version of an explorer, a widget with the CSS class "naive"."""
    width, height = explorer.size

    def show(**settings):
        data = explorer.data(**settings)
        figure = plt.figure(figsize=(width / 100, height / 100))
        axes = [figure.add_axes(panel) for panel in explorer.panels]
        explorer.frame(axes, data)
        explorer.draw(axes, data)
        plt.show()
        print(explorer.sentence(data))

    inputs = {control.name: make_widget(control) for control in explorer.controls}
    made = widgets.interactive(show, **inputs)
    made.add_class("naive")
    for name, widget in inputs.items():
        widget.add_class(f"control-{name}")
    return made
