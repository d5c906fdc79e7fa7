"""What the page of an explorer asks, one message at a time (front_end/kernel_source.js)."""

from .kernel import KERNEL, listen_after_move, run_in_main_thread
from .look import make_canvas, read_look
from .page_spec import SPEED
from .picture_file import FORMATS, encode_picture


class Questions:
    """The part of a page.View that answers the messages of its page."""

    def _on_message(self, _, told, buffers):
        run_in_main_thread(lambda: self._hear(told))

    def _hear(self, told):
        """Do what the page asks, and say when it is done."""
        kind = told.get("kind")
        try:
            if kind == "move":
                listen_after_move(self)
                self.set(**told["changes"])
            elif kind == "drag":
                self._drag(told["x"], told["y"])
            elif kind == "play":
                self.play(not self._runner.playing)
            elif kind == "step":
                self.take_step()
            elif kind == "restart":
                self.restart()
            elif kind == "speed":
                self._runner.work.speed = SPEED.check(told["value"])
            elif kind == "numbers":
                self._is_table_open = bool(told["open"])
                self._update_table()
            elif kind == "read":
                self._read_off(bool(told["on"]))
            elif kind == "save":
                self._send_file(told["format"])
            elif kind == "look":
                self._change_look(read_look(told))
        except (ValueError, TypeError, KeyError) as error:
            self._say(str(error))
        if kind in ("move", "drag"):
            self.send({"kind": "answer"})

    def _drag(self, across, down):
        """Move the handle of the picture to a place in parts of the picture."""
        drag = self.explorer.drag
        if drag is not None:
            x, y = self._canvas.find_point(drag.panel, float(across), float(down))
            self.set(**drag.change(self.settings, x, y))

    def _read_off(self, on):
        """From now on tell what can be read under the pointer, or no longer: for a map of a
        thousand places that takes about as long as its picture.
        """
        self._is_read = on
        if on:
            self._tell()

    def _send_file(self, format):
        """Send the picture as a file, which the browser keeps as a download."""
        content = encode_picture(self.explorer, self.settings, self._data, format)
        about = {"name": f"{self.explorer.name}.{format}", "type": FORMATS[format]}
        self.send({"kind": "file", **about}, [content])

    def _change_look(self, look):
        """Draw for the pixels, the theme and the screen that the page says it has."""
        if not look.large:
            KERNEL.look = look
        if look != self._look:
            self._look = look
            self._canvas = make_canvas(self.explorer, look)
            self._show(self.settings, self._data)
