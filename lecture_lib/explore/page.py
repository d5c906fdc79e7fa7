"""The page of an explorer in a notebook: one Jupyter widget.

Its settings are traits: `view.depth = 30`, `view.observe(act, "depth")` and ipywidgets' `link` work
as with any widget. Where no kernel runs its output is a picture with its sentence. A bad value
shows one sentence and keeps the last good picture.

The page asks by messages, one at a time (front_end/kernel_source.js), and is answered by the traits
_state and _picture; the picture is drawn for the pixels that the page says it has (look.py).
"""

import base64
from functools import lru_cache
from importlib.resources import files
from math import inf

import anywidget
import ipywidgets
import traitlets

from . import kernel
from .canvas import STILL_DPI, Canvas
from .kernel import KERNEL
from .look import find_shown_size, make_canvas
from .page_spec import SPEED, describe_explorer, write_value
from .picture_file import save_picture
from .questions import Questions
from .runner import Runner
from .table import NOTE, list_rows

_FRONT_END = files(__package__) / "front_end"


def read_front_end(name):
    """The text of a file of the front end."""
    return (_FRONT_END / name).read_text("utf-8")


class FrontEnd(ipywidgets.Widget):
    """The page's script and style, which all explorers of a kernel share: sent once."""

    script = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


def get_front_end():
    """The FrontEnd of this kernel."""
    if KERNEL.front_end is None or KERNEL.front_end.comm is None:
        script = read_front_end("explorer.js") + read_front_end("kernel_source.js")
        KERNEL.front_end = FrontEnd(script=script, style=read_front_end("explorer.css"))
    return KERNEL.front_end


class Setting(traitlets.TraitType):
    """The trait of one control: it takes what the control takes."""

    def __init__(self, control):
        super().__init__(default_value=control.default, help=control.help)
        self.control = control

    def validate(self, obj, value):
        """The value as the control holds it; ValueError or TypeError in one sentence otherwise."""
        return self.control.check(value)


class View(Questions, anywidget.AnyWidget):
    """An explorer in a notebook. `settings` is where it stands, `code` the line that brings it
    back, `sentence` what it has found.
    """

    _esm = read_front_end("load.js")
    _front_end = traitlets.Instance(FrontEnd).tag(sync=True, **ipywidgets.widget_serialization)
    _spec = traitlets.Dict().tag(sync=True)
    _state = traitlets.Dict().tag(sync=True)
    _picture = traitlets.Bytes().tag(sync=True)
    _table = traitlets.Dict().tag(sync=True)

    def __init__(self, explorer, settings):
        if kernel.is_main_thread():
            KERNEL.loop = kernel.get_running_loop()
        if explorer.live and KERNEL.player:  # a cell that runs again leaves no training behind
            KERNEL.player.play(False)
        self.explorer = explorer
        self.settings = settings
        self.sentence = ""
        self._message = ""
        self._is_table_open = False
        self._is_read = True  # until a page says where its pointer is
        self._is_syncing = False
        self._look = KERNEL.look
        self._canvas = make_canvas(explorer, self._look)
        self._runner = Runner(
            explorer, settings, SPEED.default, self._show_part, self._fail, self._tell
        )
        super().__init__(_front_end=get_front_end(), _spec=describe_explorer(explorer), **settings)
        self.observe(self._on_trait, list(settings))
        self.on_msg(self._on_message)
        self._show(settings, self._runner.take_first())
        self._runner.schedule(first=False)

    # -- what people and programs do with it

    @property
    def code(self):
        """The line that opens this explorer as it stands."""
        return self.explorer.code(self.settings)

    def set(self, **changes):
        """Change settings; a value that is not allowed is told in a sentence and the picture
        stays.
        """
        self._change(changes, self.explorer.preview_steps or inf)

    def play(self, on=True):
        """Let a played explorer go on, or pause it."""
        self._runner.play(on)

    def take_step(self):
        """Pause a played explorer, and take one step."""
        self._runner.take_step()

    def restart(self):
        """Back to the first part, which nothing has trained; a player goes on from there."""
        self._change({}, 1)

    def save(self, path, overwrite=False):
        """Write the picture as it stands to a .png, .svg or .pdf file; see `Explorer.save`."""
        return save_picture(self.explorer, self.settings, self._data, path, overwrite)

    def _on_trait(self, change):
        if not self._is_syncing:
            self.set(**{change["name"]: change["new"]})

    # -- changing

    def _change(self, changes, goal):
        """Show the first part for the changed settings and go on to part number `goal`, or to none
        if it plays.
        """
        self._runner.cancel()
        try:
            settings = self.explorer.settings(**{**self.settings, **changes})
            data = self._runner.change(settings, changes, goal)
            self._message = ""
            self._show(settings, data)
        except (ValueError, TypeError) as error:
            self._say(str(error))
        except Exception as error:  # a fault of ours: the reader keeps the sliders and a sentence
            self._say(f"This setting could not be drawn ({type(error).__name__}: {error}).")
        self._runner.schedule()

    # -- showing

    def _show_part(self, data):
        self._show(self.settings, data)

    def _show(self, settings, data):
        """The picture, sentence and code of these settings, and the numbers if they are open."""
        picture = self._canvas.png(settings, data)
        self.sentence = self.explorer.sentence(data)
        self.settings = settings
        self._data = data
        with self.hold_sync():
            self._picture = picture
            self._tell()
            self._update_table()
        self._sync_traits()

    def _sync_traits(self):
        """Put the traits where the settings are."""
        self._is_syncing = True
        try:
            for name, value in self.settings.items():
                setattr(self, name, value)
        finally:
            self._is_syncing = False

    def _tell(self):
        """Tell the page what is shown."""
        width, height = find_shown_size(self._canvas, self._look)
        drag = self.explorer.drag
        if drag is not None:
            drag = {"box": self._canvas.find_box(drag.panel), "hint": drag.hint}
        self._state = {
            "settings": self.settings,
            "written": {name: write_value(value) for name, value in self.settings.items()},
            "sentence": self.sentence,
            "code": self.code,
            "message": self._message,
            "playing": self._runner.playing,
            "width": width,
            "height": height,
            "readings": self._canvas.find_readings(self._data) if self._is_read else [],
            "drag": drag,
        }

    def _say(self, sentence):
        """Show a message; the picture stays."""
        self._message = sentence
        self._tell()

    def _fail(self, error):
        self._say(f"The work stopped ({type(error).__name__}: {error}).")

    def _update_table(self):
        """The numbers behind the picture, where they are open."""
        is_open = self._is_table_open
        self._table = {"note": NOTE, "rows": list_rows(self._data)} if is_open else {}

    def _repr_mimebundle_(self, **options):
        """The live widget, and beside it the picture and the sentence for where no kernel runs."""
        bundle, about = super()._repr_mimebundle_(**options)
        png = Canvas(self.explorer, STILL_DPI).still(self.settings, self._data, self.sentence)
        still = {"image/png": base64.b64encode(png).decode(), "text/plain": self.sentence}
        return {**bundle, **still}, {**about, "image/png": {"alt": self.sentence}}


@lru_cache
def make_view_class(explorer):
    """The widget class of an explorer: View with a trait for each control."""
    traits = {control.name: Setting(control) for control in explorer.controls}
    return type(f"View_{explorer.name}", (View,), traits)


def make_view(explorer, settings):
    """The explorer in a notebook, starting from these settings."""
    return make_view_class(explorer)(explorer, settings)
