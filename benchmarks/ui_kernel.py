"""What bench_ui.py does in the kernel: note how long computing, drawing and encoding take."""

import time

from ui_log import note

from lecture_lib.explore import canvas
from lecture_lib.explore.canvas import Canvas
from lecture_lib.explore.declaration import Explorer

ENDED = object()  # what no explorer yields: None is a pause


def time_parts(log, parts):
    """`Explorer.parts` that notes how long each part takes to compute."""

    def run(self, settings):
        work = parts(self, settings)
        while True:
            begin = time.time()
            part = next(work, ENDED)
            note(log, "compute", begin)
            if part is ENDED:
                break
            yield part
        note(log, "end", time.time())

    return run


def time_paint(log, paint):
    """`Canvas.paint` that notes how long it takes to draw which settings."""

    def run(self, settings, data):
        begin = time.time()
        pixels = paint(self, settings, data)
        note(log, "draw", begin, settings=settings)
        return pixels

    return run


def time_encode(log, encode):
    """`encode_png` that notes how long it takes, and how many bytes come out."""

    def run(pixels, small=False):
        begin = time.time()
        content = encode(pixels, small)
        if not small:  # that is the picture to be stored, once when the cell runs
            note(log, "encode", begin, bytes=len(content))
        return content

    return run


def watch(log):
    """Note every computing, drawing and encoding of this kernel from now on in `log`."""
    Explorer.parts = time_parts(log, Explorer.parts)
    Canvas.paint = time_paint(log, Canvas.paint)
    canvas.encode_png = time_encode(log, canvas.encode_png)
    note(log, "begin", time.time())
