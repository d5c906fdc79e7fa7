"""An explorer is a pure function with declared controls, a way to draw its answer, and a sentence
about it.

    compute(**settings) -> data  NumPy alone; for long work a generator of better and better data
    draw(axes, data)             adds artists to prepared axes
    sentence(data) -> str        the finding with its numbers: caption, alt text, text output

Nothing here knows a widget. Calling an explorer shows it live; `still` gives its picture for
anywhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import isgeneratorfunction
from itertools import islice

from lecture_lib import check

from .reading import Drag


@dataclass(frozen=True, eq=False)
class Explorer:
    """Declaration of one explorer."""

    name: str  # by which it is called: explorers.name()
    question: str  # what it answers, its headline
    compute: Callable  # compute(**settings) -> data, or a generator of data
    draw: Callable  # draw(axes, data) adds what changes
    sentence: Callable  # sentence(data) -> str
    controls: tuple  # of controls.Slider and controls.Choice
    frame: Callable = lambda axes, data: None  # prepares limits, ticks and labels
    # Names of controls; the frame is drawn again when one of them changes.
    frame_depends_on: tuple = ()
    # window(data): the axes' limits, in a few steps; when they change the frame is drawn again.
    window: Callable | None = None
    readings: Callable | None = None  # readings(data): the reading.Readings under the pointer
    drag: Drag | None = None  # what can be dragged in the picture
    # (left, bottom, width, height) in parts of the figure
    panels: tuple = ((0.08, 0.16, 0.9, 0.76),)
    size: tuple = (880, 340)  # of the figure, in pixels of the page
    folded: tuple = ()  # names of controls that start folded away
    presets: dict = field(default_factory=dict)  # settings by the name on their button

    # Whether the reader guesses first, and what came out is shut until it is asked for.
    is_prediction: bool = False

    # A live explorer is played instead of run to its end: its generator goes on for ever. A change
    # of one of its
    # `live_controls` reaches the running generator as `send({name: value})`, which yields the same
    # part with it; any
    # other change starts again.
    live: bool = False
    preview_steps: int = 0  # parts that are taken where nobody plays it
    live_controls: tuple = ()  # names of controls

    sentence_lines: int = 2  # lines of the page that its longest sentence takes

    # For a lecture room, and for the static site.
    keeps_panel_heights: bool = False  # whether the panels of a large picture must not be cut
    states_ahead: int = 120  # states that are computed ahead, at most
    # Pixels to which panels may be pushed together before words touch; below, words are smaller.
    squeezed_width: int = 800
    # Pixels of a narrow picture: shown 340 wide, words of 9.5 pt are 11 px high.
    narrow_width: int = 405
    narrow_panel_height: int = 300  # pixels of its panels, at most

    @property
    def defaults(self):
        """{control: where it starts}."""
        return {control.name: control.default for control in self.controls}

    @property
    def is_job(self):
        """Whether `compute` is a generator: work in slices, each with a picture or, where it yields
        None, without.
        """
        return isgeneratorfunction(self.compute)

    def settings(self, **given):
        """All settings, checked: the defaults with `given` in their place."""
        for name in given:
            check.one_of(f"control of {self.name}", name, tuple(self.defaults))
        return {c.name: c.check(given.get(c.name, c.default)) for c in self.controls}

    def parts(self, settings):
        """The data of `settings`, in as many parts as the work is cut into; the last one is the
        answer. The first one can be drawn: pauses before it are not passed on.
        """
        if not self.is_job:
            yield self.compute(**settings)
            return
        parts = islice(self.compute(**settings), self.preview_steps or None)
        for part in parts:
            if part is not None:
                yield part
                break
        yield from parts

    def data(self, **given):
        """The finished data for these settings."""
        *_, last = self.parts(self.settings(**given))
        return last

    def code(self, settings):
        """The one line that opens this explorer with these settings."""
        changed = []
        for name, value in settings.items():
            if value != self.defaults[name]:
                changed.append(f"{name}={value!r}")
        return f"explorers.{self.name}({', '.join(changed)})"

    def still(self, **given):
        """The picture as PNG bytes with its sentence written below, and the sentence."""
        from .canvas import STILL_DPI, Canvas

        settings = self.settings(**given)
        data = self.data(**given)
        sentence = self.sentence(data)
        return Canvas(self, STILL_DPI).still(settings, data, sentence), sentence

    def save(self, path, overwrite=False, **given):
        """Write the picture of these settings to a file that ends in .png, .svg or .pdf, and return
        its path: `explorers.gradient_profile.save("figure.svg", depth=56)`.

        Raises ValueError or TypeError for a path that cannot be written, for a file that exists
        already unless `overwrite` is True, and for settings that are not allowed.
        """
        from .picture_file import check_path, save_picture

        check_path(path, overwrite)  # before the work, which may take a while
        settings = self.settings(**given)
        return save_picture(self, settings, self.data(**given), path, overwrite)

    def __call__(self, **given):
        """Show it live in a notebook, starting from these settings."""
        from .page import make_view

        return make_view(self, self.settings(**given))


def row(*widths, left=0.08, right=0.985, bottom=0.16, top=0.88, gap=0.08):
    """Panels side by side, their widths in proportion: row(2, 1) gives two, the first twice as
    wide.
    """
    room = right - left - gap * (len(widths) - 1)
    unit = room / sum(widths)
    panels = []
    x = left
    for width in widths:
        panels.append((x, bottom, unit * width, top - bottom))
        x += unit * width + gap
    return tuple(panels)
