"""The page of an explorer in a notebook: controls, picture, sentence, numbers.

One output is live where a kernel runs and a picture with its sentence where none does. A bad value
shows one sentence and keeps the last good picture. Work in parts goes on between the reader's moves
and is dropped when a setting changes; work that is played goes on while the reader wants it to.
Where nobody waits, as when notebooks are built, it is finished before it is shown.
"""

import asyncio
import base64
from html import escape
from importlib.resources import files
from math import inf

import ipywidgets as widgets

from . import kernel, table
from .canvas import Canvas
from .controls import Choice
from .fields import Field
from .kernel import KERNEL, run_in_main_thread
from .work import REST, SLICE, Work

SPEED = Choice(
    "speed",
    "speed",
    10,
    (1, 10, 100, 1000),
    ("1 step a picture", "10 steps", "100 steps", "1,000 steps"),
    "steps from one picture to the next, as far as the machine can follow",
)
TURN = 0.05  # seconds until an explorer asks again whether it is its turn
NUMBERS = 1  # the second fold

_FRONT_END = files(__package__) / "front_end"
_STYLE = (_FRONT_END / "explorer.css").read_text("utf-8")
_ON_LOAD = escape((_FRONT_END / "picture.js").read_text("utf-8"))


class Live(widgets.VBox):
    """An explorer with its controls. `settings` is where it stands, `code` the line that brings it
    back.
    """

    def __init__(self, explorer, settings):
        if kernel.is_main_thread():
            KERNEL.loop = kernel.get_running_loop()
        if explorer.live and KERNEL.player:  # a cell that runs again leaves no training behind
            KERNEL.player.play(False)
        self.explorer = explorer
        self.settings = settings
        self._canvas = Canvas(explorer)
        self._task = None
        self._is_syncing = False
        self._picture = widgets.HTML()
        self._message = widgets.HTML()
        self._code = widgets.HTML()
        self._numbers = widgets.HTML()
        self._folds = None
        self._fields = {c.name: Field(c, self._on_move) for c in explorer.controls}

        self._work = Work(explorer, settings)
        self._work.speed = SPEED.default
        first = self._take_first_parts()
        self._show(settings, first)
        width = widgets.Layout(max_width=f"{explorer.size[0] + 16}px")
        super().__init__(self._make_rows(), layout=width)
        self.add_class("lecture-explorer")
        self.add_class(f"explorer-{explorer.name}")
        self._sync_fields()
        self._schedule(first=False)

    def _take_first_parts(self):
        """What is shown at first: all of it where nobody waits."""
        work = self._work
        if self.explorer.live:
            data = work.take(self.explorer.preview_steps)
            work.set_playing(False)
            return data
        return work.take(1 if kernel.is_watched() else None)

    # -- the parts of the page

    def _make_rows(self):
        ex = self.explorer
        head = widgets.HTML(
            f'<style>{_STYLE}</style><b>{escape(ex.question)}</b> <button class="lecture-full" '
            'data-lm-suppress-shortcuts="true">full screen</button>'
            '<div aria-live="polite" class="lecture-told"></div>'
        )
        in_view = [field.box for name, field in self._fields.items() if name not in ex.folded]
        sliders = widgets.Box(in_view)
        sliders.add_class("lecture-sliders")
        rows = [head, sliders]
        if ex.live:
            rows.append(self._make_transport())
        presets = [self._make_preset("reset", {})]
        presets += [self._make_preset(name, settings) for name, settings in ex.presets.items()]
        rows += [widgets.Box(presets), self._make_folds()]
        self._large = widgets.ToggleButton()  # pressed by the page that fills the screen
        self._large.observe(lambda _: run_in_main_thread(self._resize), "value")
        self._large.add_class("lecture-large")
        self._picture.add_class("lecture-picture")
        return [*rows, self._large, self._message, self._picture]

    def _make_button(self, name, act):
        button = widgets.Button(description=name)
        button.on_click(lambda _: run_in_main_thread(act))
        return button

    def _make_preset(self, name, settings):
        whole = {**self.explorer.defaults, **settings}
        return self._make_button(name, lambda: self.set(**whole))

    def _make_transport(self):
        """Play, one step, back to the start, speed."""

        def set_speed(_, value):
            self._work.speed = value

        self._toggle = self._make_button("play", lambda: self.play(not self._work.playing))
        step = self._make_button("one step", self.step)
        back = self._make_button("to the start", self.restart)
        box = widgets.Box([self._toggle, step, back, Field(SPEED, set_speed).box])
        box.add_class("lecture-play")
        return box

    def _make_folds(self):
        """More controls with the code, and the numbers."""
        folded = [self._fields[name].box for name in self.explorer.folded]
        title = "more controls" if folded else "this state as code"
        self._folds = widgets.Accordion(
            [widgets.Box([*folded, self._code]), self._numbers],
            selected_index=None,
            titles=(title, "the numbers"),
        )
        self._folds.observe(lambda _: run_in_main_thread(self._update_table), "selected_index")
        return self._folds

    # -- moving

    @property
    def code(self):
        """The line that opens this explorer as it stands."""
        return self.explorer.code(self.settings)

    def _on_move(self, name, value):
        if not (self._is_syncing and kernel.is_main_thread()):
            run_in_main_thread(lambda: self.set(**{name: value}))

    def set(self, **changes):
        """Change settings; a value that is not allowed is told in a sentence and the picture
        stays.
        """
        self._change(changes, self.explorer.preview_steps or inf)

    def play(self, on=True):
        """Let a played explorer go on, or pause it."""
        if on and KERNEL.player not in (None, self):
            KERNEL.player.play(False)
        self._cancel()
        self._set_playing(on)
        self._schedule()

    def _set_playing(self, on):
        self._work.set_playing(on)
        self._toggle.description = "pause" if on else "play"
        if on:
            KERNEL.player = self
        elif KERNEL.player is self:
            KERNEL.player = None

    def step(self):
        """Pause, and take one step."""
        self.play(False)
        self._work.goal += 1
        self._schedule()

    def restart(self):
        """Back to the first part, which nothing has trained; a player goes on from there."""
        self._change({}, 1)

    def _change(self, changes, goal):
        """Show the first part for the changed settings and go on to part number `goal`, or to none
        if it plays.
        """
        self._cancel()
        try:
            settings = self.explorer.settings(**{**self.settings, **changes})
            if self._can_send(changes):
                sent = {name: settings[name] for name in changes}
                self._show(settings, self._work.parts.send(sent))
            else:
                parts = self._work.begin(settings)
                self._show(settings, next(parts))
                self._work.restart(parts, goal)
        except (ValueError, TypeError) as error:
            self._show_error(str(error))
        except Exception as error:  # a fault of ours: the reader keeps the sliders and a sentence
            self._show_error(f"This setting could not be drawn ({type(error).__name__}: {error}).")
        else:
            self.settings = settings
            self._show_error("")
            self._sync_fields()
        self._schedule()

    def _can_send(self, changes):
        """Whether the running work takes these changes."""
        live = set(self.explorer.live_controls)
        return bool(changes) and set(changes) <= live and not self._work.has_ended()

    def _schedule(self, first=True):
        """Work up to the goal in slices on the kernel's event loop, or at once where no loop
        runs.
        """
        if not self.explorer.is_job:
            return
        loop = kernel.get_running_loop()
        if loop is not None:
            self._task = loop.create_task(self._run(first))
            return
        work = self._work
        if work.playing:
            work.goal = min(work.goal, work.done + work.speed)
        for _ in self._run_slices():
            pass

    async def _run(self, first):
        KERNEL.waiting.insert(0 if first else len(KERNEL.waiting), self)
        rest = SLICE if self.explorer.live else REST
        try:
            for _ in self._run_slices():
                await asyncio.sleep(rest)  # the reader's next move comes in here
                while not self.explorer.live and KERNEL.waiting[0] is not self:
                    await asyncio.sleep(TURN)
        finally:
            KERNEL.waiting.remove(self)

    def _run_slices(self):
        """Advance to the goal with a picture after each slice."""
        try:
            for data in self._work.slices():
                if data is not None:
                    self._show(self.settings, data)
                yield
        except Exception as error:
            self._show_error(f"The work stopped ({type(error).__name__}: {error}).")
        if self._work.playing:  # the work has ended
            self._set_playing(False)

    def _cancel(self):
        if self._task:
            self._task.cancel()

    # -- showing

    def _resize(self):
        self._canvas = Canvas(self.explorer, large=self._large.value)
        self._show(self.settings, self.data)

    def _show(self, settings, data):
        """The picture, sentence and code of these settings, and the numbers if they are open."""
        png = self._canvas.png(settings, data)
        self.sentence = self.explorer.sentence(data)
        self.data = data
        width, height = self._canvas.size
        source = base64.b64encode(png).decode()
        sentence = escape(self.sentence)
        code = escape(self.explorer.code(settings))
        self._picture.value = (
            f'<img src="data:image/png;base64,{source}" alt="{sentence}" onload="{_ON_LOAD}" '
            f'data-code="{code}" style="max-width:{width}px;aspect-ratio:{width}/{height}">'
            f'<div class="lecture-caption">{sentence}</div>'
        )
        self._code.value = f"<code>{code}</code>"
        self._update_table()

    def _update_table(self):
        """The numbers behind the picture, where their fold is open."""
        is_open = self._folds is not None and self._folds.selected_index == NUMBERS
        self._numbers.value = table.html(self.data) if is_open else ""

    def _show_error(self, sentence):
        self._message.value = f'<div role="alert">{escape(sentence)}</div>' if sentence else ""

    def _sync_fields(self):
        """Put every control where the settings are."""
        self._is_syncing = True
        try:
            for name, field in self._fields.items():
                field.put(self.settings[name])
        finally:
            self._is_syncing = False

    def _repr_mimebundle_(self, **options):
        """The live widget, and beside it the picture and the sentence for where no kernel runs."""
        bundle = super()._repr_mimebundle_(**options)
        png = self._canvas.still(self.settings, self.data, self.sentence)
        return {**bundle, "image/png": base64.b64encode(png).decode(), "text/plain": self.sentence}
