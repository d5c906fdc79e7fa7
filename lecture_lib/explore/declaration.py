"""An explorer is a pure function with declared controls, a way to draw its answer, and a sentence about it.

    compute(**settings) -> data      NumPy alone; a generator yields better and better data for long work
    draw(axes, data)                 adds artists to prepared axes
    sentence(data) -> str            the finding in words, with its numbers: caption, alt text, text output

Nothing here knows a widget. Calling an explorer shows it live; `still` gives its picture for anywhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import isgeneratorfunction
from itertools import islice

from lecture_lib import check


@dataclass(frozen=True)
class Explorer:
    """Declaration of one explorer.

    `panels` are rectangles (left, bottom, width, height) in parts of the figure of `size` pixels; `frame(axes,
    data)` prepares limits, ticks and labels and runs again only when a control named in
    `frame_depends_on` changes. `folded` names controls that start folded away. `presets` are settings by the name on their button.

    A `live` explorer is played instead of run to its end: its generator goes on until a part's `over` is true,
    and the first `preview_steps` parts are shown where nobody plays it. A change of the controls in `live_controls` reaches the
    running generator as `send({name: value})`, which yields the same part with them; any other change starts again.

    For a page that is read at a distance: `keeps_panel_heights` where the panels of a large picture must not be cut.
    For the static site: at most `states_ahead` states are computed ahead; a narrow picture is `narrow_width` pixels
    wide (405 is shown 340 wide, so that words of 9.5 pt are 11 px high), its panels `narrow_panel_height` at most.
    """

    name: str
    question: str
    compute: Callable
    draw: Callable
    sentence: Callable
    controls: tuple
    frame: Callable = lambda axes, data: None
    frame_depends_on: tuple = ()
    panels: tuple = ((0.08, 0.16, 0.9, 0.76),)
    size: tuple = (1000, 380)
    folded: tuple = ()
    presets: dict = field(default_factory=dict)
    live: bool = False
    preview_steps: int = 0
    live_controls: tuple = ()
    keeps_panel_heights: bool = False
    states_ahead: int = 120
    narrow_width: int = 405
    narrow_panel_height: int = 300

    @property
    def defaults(self):
        return {control.name: control.default for control in self.controls}

    @property
    def is_job(self):
        """Whether `compute` is a generator: work in slices, each with a picture or, where it yields None, without."""
        return isgeneratorfunction(self.compute)

    def settings(self, **given):
        """All settings, checked: the defaults with `given` in their place."""
        for name in given:
            check.one_of(f"control of {self.name}", name, tuple(self.defaults))
        return {c.name: c.check(given.get(c.name, c.default)) for c in self.controls}

    def parts(self, settings):
        """The data of `settings`, in as many parts as the work is cut into; the last one is the answer."""
        if self.is_job:
            yield from islice(self.compute(**settings), self.preview_steps or None)
        else:
            yield self.compute(**settings)

    def data(self, **given):
        """The finished data for these settings."""
        *_, last = self.parts(self.settings(**given))
        return last

    def code(self, settings):
        """The one line that opens this explorer with these settings."""
        changed = (f"{k}={v!r}" for k, v in settings.items() if v != self.defaults[k])
        return f"explorers.{self.name}({', '.join(changed)})"

    def still(self, **given):
        """The picture as PNG bytes with its sentence written below, and the sentence."""

        from .canvas import Canvas

        settings, data = self.settings(**given), self.data(**given)
        sentence = self.sentence(data)
        return Canvas(self).still(settings, data, sentence), sentence

    def __call__(self, **given):
        """Show it live in a notebook, starting from these settings."""

        from .page import Live

        return Live(self, self.settings(**given))


def row(*widths, left=0.07, right=0.985, bottom=0.16, top=0.9, gap=0.07):
    """Panels side by side, their widths in proportion: row(2, 1) gives two, the first twice as wide."""
    unit = (right - left - gap * (len(widths) - 1)) / sum(widths)
    panels, at = [], left
    for width in widths:
        panels.append((at, bottom, unit * width, top - bottom))
        at += unit * width + gap
    return tuple(panels)
