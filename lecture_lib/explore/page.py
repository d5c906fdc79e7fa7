"""The widget shell of every explorer: the only place that knows ipywidgets.

One output is live where a kernel runs and a picture with its sentence where none does. A bad value shows one
sentence and keeps the last good picture. Work in parts goes on between the reader's moves and is dropped
when a setting changes; work that is played goes on while the reader wants it to. Where nobody waits, as when
notebooks are built, it is finished before it is shown.
"""

import asyncio
import base64
import threading
from html import escape
from importlib.resources import files
from itertools import islice
from math import inf, isclose, log10
from time import perf_counter

import ipywidgets as widgets
from IPython import get_ipython

from . import table
from .canvas import Canvas
from .controls import Choice, Slider

SLICE = 0.08  # seconds of work between two pictures of a played explorer, and of rest after each
SPEED = Choice(
    "speed",
    "speed",
    10,
    (1, 10, 100, 1000),
    ("1 step a picture", "10 steps", "100 steps", "1,000 steps"),
    "steps from one picture to the next, as far as the machine can follow",
)

_PAGE = files(__package__) / "front_end"
_STYLE = (_PAGE / "explorer.css").read_text("utf-8")
_ON_LOAD = escape((_PAGE / "picture.js").read_text("utf-8"))


def _watched():
    """Whether a page waits for this cell: pages name the cell they run, programs that store its output do not."""
    shell = get_ipython()
    return hasattr(shell, "get_parent") and "cellId" in shell.get_parent().get("metadata", {})


def _loop():
    """The event loop that runs here, or None."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _in_main():
    return threading.current_thread() is threading.main_thread()


def _on_main(act):
    """Do it where the cells run: JupyterLab calls a widget from a thread of its own, and drawing knows no threads."""
    if _in_main() or Live.loop is None:
        act()
    else:
        acted = threading.Event()

        def answer():
            try:
                act()
            finally:
                acted.set()

        Live.loop.call_soon_threadsafe(answer)
        acted.wait(5)  # the page sends its next move when this one is answered


class Live(widgets.VBox):
    """An explorer with its controls. `settings` is where it stands, `code` the line that brings it back."""

    loop = None  # of the kernel, where cells and all explorers run
    player = None  # the one that plays; no two do at a time
    waiting = []  # those with work left, the one last touched first; long work waits for its turn, playing does not

    def __init__(self, explorer, settings):
        if _in_main():
            Live.loop = _loop()
        self.explorer, self.settings = explorer, settings
        self._canvas, self._task, self._quiet = Canvas(explorer), None, False
        self.data, self._playing, self._speed = None, False, SPEED.default
        self._picture, self._message = widgets.HTML(), widgets.HTML()
        self._code, self._numbers, self._folds = widgets.HTML(), widgets.HTML(), None
        self._large = (
            widgets.ToggleButton()
        )  # pressed by the page where the explorer fills the screen
        self._large.observe(lambda _: _on_main(self._resize), "value")
        self._large.add_class("lecture-large")
        self._fields = {c.name: _Field(c, self._moved) for c in explorer.controls}
        if explorer.live and Live.player:  # a cell that runs again leaves no hidden training behind
            Live.player.play(False)
        self._work, self._done = self._begin(settings), 0
        for part in islice(self._work, explorer.preview_steps or (1 if _watched() else None)):
            self.data, self._done = self.data if part is None else part, self._done + 1
        self._goal = self._done if explorer.live else inf
        self._show(settings, self.data)
        super().__init__(
            [*self._rows(), self._large, self._message, self._picture],
            layout=widgets.Layout(max_width=f"{explorer.size[0] + 16}px"),
        )
        self._picture.add_class("lecture-picture")
        self.add_class("lecture-explorer")
        self.add_class(f"explorer-{explorer.name}")
        self._sync()
        self._go_on(first=False)

    # -- the parts of the page -------------------------------------------------------------------------

    def _rows(self):
        ex = self.explorer
        rows = [
            widgets.HTML(
                f'<style>{_STYLE}</style><b>{escape(ex.question)}</b> <button class="lecture-full" '
                'data-lm-suppress-shortcuts="true">full screen</button>'
                '<div aria-live="polite" class="lecture-told"></div>'
            ),
            widgets.Box([f.box for n, f in self._fields.items() if n not in ex.folded]),
        ]
        rows[1].add_class("lecture-sliders")
        buttons = [self._preset("reset", {})] + [self._preset(n, s) for n, s in ex.presets.items()]
        if ex.live:
            self._toggle = self._button("play", lambda: self.play(not self._playing))
            speed = _Field(SPEED, lambda _, value: setattr(self, "_speed", value))
            transport = [
                self._toggle,
                self._button("one step", self.step),
                self._button("to the start", self.restart),
                speed.box,
            ]
            rows.append(widgets.Box(transport))
            rows[2].add_class("lecture-play")
        fold = [self._fields[name].box for name in ex.folded] + [self._code]
        self._folds = widgets.Accordion(
            [widgets.Box(fold), self._numbers],
            selected_index=None,
            titles=("more controls" if ex.folded else "this state as code", "the numbers"),
        )
        self._folds.observe(lambda _: _on_main(self._list), "selected_index")
        return [*rows, widgets.Box(buttons), self._folds]

    def _button(self, name, act):
        button = widgets.Button(description=name)
        button.on_click(lambda _: _on_main(act))
        return button

    def _preset(self, name, settings):
        return self._button(name, lambda: self.set(**{**self.explorer.defaults, **settings}))

    # -- moving ----------------------------------------------------------------------------------------

    @property
    def code(self):
        return self.explorer.code(self.settings)

    def _moved(self, name, value):
        if not (self._quiet and _in_main()):
            _on_main(lambda: self.set(**{name: value}))

    def set(self, **changes):
        """Change settings; a value that is not allowed is told in a sentence and the picture stays."""
        self._change(changes, self.explorer.preview_steps or inf)

    def play(self, on=True):
        """Let a played explorer go on, or pause it."""
        if on and Live.player not in (None, self):
            Live.player.play(False)
        self._drop()
        self._stand(on)
        self._go_on()

    def _stand(self, on):
        self._playing, self._goal = on, inf if on else self._done
        self._toggle.description = "pause" if on else "play"
        if on or Live.player is self:
            Live.player = self if on else None

    def step(self):
        """Pause, and take one step."""
        self.play(False)
        self._goal += 1
        self._go_on()

    def restart(self):
        """Back to the first part, which nothing has trained; a player goes on from there."""
        self._change({}, 1)

    def _begin(self, settings):
        return (
            self.explorer.compute(**settings)
            if self.explorer.live
            else self.explorer.parts(settings)
        )

    def _change(self, changes, goal):
        """Show the first part for the changed settings and go on to part number `goal`, or to none if it plays."""
        self._drop()
        try:
            settings = self.explorer.settings(**{**self.settings, **changes})
            if (
                changes and set(changes) <= set(self.explorer.live_controls) and self._work.gi_frame
            ):  # it has not ended
                self._show(settings, self._work.send({name: settings[name] for name in changes}))
            else:
                work = self._begin(settings)
                self._show(settings, next(work))
                self._work, self._done, self._goal = work, 1, inf if self._playing else goal
            self.settings = settings
            self._say("")
        except (ValueError, TypeError) as error:
            self._say(str(error))
        except Exception as error:  # a fault of ours: the reader keeps the sliders and a sentence
            self._say(f"This setting could not be drawn ({type(error).__name__}: {error}).")
        else:
            self._sync()
        self._go_on()

    def _go_on(self, first=True):
        """Work up to the goal in slices on the kernel's event loop, or at once where no loop runs."""
        if not self.explorer.is_job:
            return
        if loop := _loop():
            self._task = loop.create_task(self._run(first))
        else:
            self._goal = min(self._goal, self._done + self._speed) if self._playing else self._goal
            for _ in self._slices():
                pass

    async def _run(self, first):
        Live.waiting.insert(0 if first else len(Live.waiting), self)
        try:
            for rest in self._slices():
                await asyncio.sleep(rest)  # the reader's next move comes in here
                while not self.explorer.live and Live.waiting[0] is not self:
                    await asyncio.sleep(0.05)
        finally:
            Live.waiting.remove(self)

    def _slices(self):
        """Advance to the goal with a picture after each slice, and yield how many seconds to rest."""
        plays = self.explorer.live
        try:
            while self._done < self._goal:
                end, data, before = perf_counter() + SLICE, None, self._done
                steps = self._speed if self._playing else self._goal - self._done if plays else 1
                for part in islice(self._work, steps):
                    data, self._done = data if part is None else part, self._done + 1
                    if perf_counter() > end:
                        break
                if self._done == before:
                    break
                if data is not None:  # None: a pause without a new picture
                    self._show(self.settings, data)
                yield SLICE if plays else 0.01
        except Exception as error:
            self._say(f"The work stopped ({type(error).__name__}: {error}).")
        if self._playing:  # the work has ended
            self._stand(False)

    def _drop(self):
        if self._task:
            self._task.cancel()

    # -- showing ---------------------------------------------------------------------------------------

    def _resize(self):
        self._canvas = Canvas(self.explorer, large=self._large.value)
        self._show(self.settings, self.data)

    def _show(self, settings, data):
        png = self._canvas.png(settings, data)
        self.sentence, self.data = self.explorer.sentence(data), data
        width, height = self._canvas.size
        source, code = base64.b64encode(png).decode(), escape(self.explorer.code(settings))
        self._picture.value = (
            f'<img src="data:image/png;base64,{source}" alt="{escape(self.sentence)}" onload="{_ON_LOAD}" '
            f'data-code="{code}" style="max-width:{width}px;aspect-ratio:{width}/{height}">'
            f'<div class="lecture-caption">{escape(self.sentence)}</div>'
        )
        self._code.value = f"<code>{code}</code>"
        self._list()

    def _list(self):
        """The numbers behind the picture, where their fold is open."""
        self._numbers.value = (
            table.html(self.data) if self._folds and self._folds.selected_index == 1 else ""
        )

    def _say(self, sentence):
        self._message.value = f'<div role="alert">{escape(sentence)}</div>' if sentence else ""

    def _sync(self):
        """Put every control where the settings are."""
        self._quiet = True
        try:
            for name, field in self._fields.items():
                field.put(self.settings[name])
        finally:
            self._quiet = False

    def _repr_mimebundle_(self, **options):
        """The live widget, and beside it the picture and the sentence for where no kernel runs."""
        bundle = super()._repr_mimebundle_(**options)
        png = self._canvas.still(self.settings, self.data, self.sentence)
        return {**bundle, "image/png": base64.b64encode(png).decode(), "text/plain": self.sentence}


class _Field:
    """A control as a row: label, slider or list, and for a number a field to type in."""

    def __init__(self, control, moved):
        self.control, self.typed, self.play = control, None, None
        label = widgets.HTML(f'<span title="{escape(control.help)}">{escape(control.label)}</span>')
        slides = isinstance(control, Slider)
        if slides or control.free:
            self.typed = widgets.Text(continuous_update=False)
            self.typed.observe(lambda change: moved(control.name, change["new"]), "value")
        self.main = (
            self._slider()
            if slides
            else widgets.Dropdown(options=control.shown(), value=control.default)
        )
        self.main.observe(lambda change: moved(control.name, change["new"]), "value")
        row = [label, self.main] + ([self.typed] if self.typed else [])
        if getattr(control, "play", False):
            self.play = widgets.Play(
                value=control.default,
                min=control.low,
                max=control.high,
                step=control.step,
                interval=600,
            )
            widgets.jslink((self.play, "value"), (self.main, "value"))
            row.append(self.play)
        self.box = widgets.HBox(row)
        self.box.add_class("lecture-control")
        self.box.add_class(f"control-{control.name}")

    def _slider(self):
        c = self.control
        if c.log:
            return widgets.SelectionSlider(options=c.grid(), value=c.default, readout=False)
        kind = widgets.IntSlider if c.whole else widgets.FloatSlider
        return kind(value=c.default, min=c.low, max=c.high, step=c.step, readout=False)

    def put(self, value):
        """Stand at `value`; a log slider at the nearest of its round numbers, the typed field at the value itself."""
        near = value
        if getattr(self.control, "free", ()) and value not in (
            *self.control.options,
            self.main.value,
        ):
            self.main.options = (*self.control.shown(), (value, value))
        if getattr(self.control, "log", False):
            near = min(self.control.grid(), key=lambda v: abs(log10(v) - log10(value)))
        # A slider that the page moved stands there but for rounding. Told again, it would pull back the reader's hand.
        there = (
            isclose(self.main.value, near, abs_tol=1e-9)
            if isinstance(near, float)
            else self.main.value == near
        )
        for part in (
            () if there else filter(None, (self.play, self.main))
        ):  # the page moves the second with the first
            part.value = near
        if self.typed is not None:
            text = f"{value:g}" if isinstance(value, float) else str(value)
            if self.typed.value != text:
                self.typed.value = text
