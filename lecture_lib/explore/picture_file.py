"""Pictures that leave: the picture of an explorer as a PNG, SVG or PDF file, for slides, handouts.

It has the content that the screen has, drawn for white paper. The same settings give the same
bytes: nothing in a file depends on the day, the machine or chance. The sentence of the explorer
travels in the file as its description.
"""

import os
import secrets
import stat
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import matplotlib
from matplotlib.artist import Artist
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lecture_lib import check

from .canvas import Canvas
from .drawing_settings import own_settings
from .frame import DPI

FORMATS = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
FINENESS = 2  # pixels of a PNG picture for a pixel of the page
# Letters of an SVG are outlines, so that it looks alike without our fonts; a PDF has them inside.
# Without the salt the names of the parts of an SVG would be random.
RC = {"svg.fonttype": "path", "svg.hashsalt": "lecture", "pdf.fonttype": 42}


class Overlay(Artist):
    """What lies above the frame, in the order in which the screen draws it."""

    def __init__(self, layers):
        super().__init__()
        self.layers = []  # the artists that are seen, the lowest first
        for _, artist in layers:
            if artist.get_visible():
                self.layers.append(artist)
                artist.set_visible(False)  # the axes would draw it in an order of their own
        self.set_zorder(1000)

    def draw(self, renderer):
        """Draw it; matplotlib calls this after the axes."""
        for artist in self.layers:
            artist.set_visible(True)
            artist.draw(renderer)
            artist.set_visible(False)


def encode_picture(explorer, settings, data, format):
    """The bytes of a picture file; `format` is a key of FORMATS, ValueError if it is none."""
    check.one_of("format", format, tuple(FORMATS))
    sentence = explorer.sentence(data)
    if format == "png":
        return _encode_png(explorer, settings, data, sentence)
    return _encode_vector(explorer, data, sentence, format)


def _encode_png(explorer, settings, data, sentence):
    pixels = Canvas(explorer, FINENESS * DPI).pixels(settings, data)
    about = PngInfo()
    about.add_itxt("Title", explorer.question)
    about.add_itxt("Description", sentence)
    out = BytesIO()
    resolution = (FINENESS * DPI, FINENESS * DPI)
    Image.fromarray(pixels).save(out, "PNG", optimize=True, dpi=resolution, pnginfo=about)
    return out.getvalue()


def _encode_vector(explorer, data, sentence, format):
    canvas = Canvas(explorer, DPI)  # whose words have the places that they have on the screen
    canvas.figure.add_artist(Overlay(canvas.draw_and_leave(data)))
    about = {"Title": explorer.question}
    if format == "svg":
        about |= {"Description": sentence, "Date": None}
    else:
        about |= {"Subject": sentence, "CreationDate": None}
    out = BytesIO()
    try:
        with own_settings(), matplotlib.rc_context(RC):
            canvas.figure.savefig(out, format=format, metadata=about)
    except ImportError as error:  # the browser edition leaves out what PDF fonts need
        raise ValueError(
            f"format was {format!r}, for which this Python lacks {error.name}; take 'svg' or 'png'."
        ) from None
    return out.getvalue()


def check_path(path, overwrite):
    """(the path, its format) of a picture that can be written there; `~` is the home directory.

    Raises TypeError if `path` is no path, ValueError if it has another ending, leads into a folder
    that does not exist, or exists already and is not to be overwritten.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"path was {check.shorten(path)}; it must be a file name.")
    overwrite = check.truth("overwrite", overwrite)
    place = Path(os.path.expanduser(path))
    with tell_what_fails(place):
        return place, _check_place(place, overwrite)


def _check_place(place, overwrite):
    """The format of a picture at `place`; the errors are those of `check_path`."""
    format = place.suffix.lower().removeprefix(".")
    said = f"path was {check.shorten(str(place))}"
    if "\0" in str(place):
        raise ValueError(f"{said}, which has a null character; it must be a file name.")
    if format not in FORMATS:
        raise ValueError(f"{said}; it must end in .png, .svg or .pdf.")
    if not place.parent.is_dir():
        raise ValueError(f"{said}; the folder {place.parent} must exist.")
    if place.is_dir():
        raise ValueError(f"{said}, which is a folder; it must be a file name.")
    if place.exists() and not overwrite:
        raise ValueError(f"{said}, which exists already; take another name or say overwrite=True.")
    return format


@contextmanager
def tell_what_fails(place):
    """ValueError in one sentence for what the system says of a file that cannot be written."""
    try:
        yield
    except UnicodeError:
        why = "this system's encoding lacks a letter of its name"
    except OSError as error:
        why = error.strerror or type(error).__name__
    else:
        return
    raise ValueError(f"path was {check.shorten(str(place))}; it cannot be written ({why}).")


def write_whole(place, content):
    """Write bytes to a file so that the file is there whole or not at all.

    Raises ValueError if the file cannot be written.
    """
    with tell_what_fails(place):
        place = Path(os.path.realpath(place))  # a link stays a link
        beside = place.with_name(f".{secrets.token_hex(8)}")  # then it gets the name
        try:
            with open(beside, "xb") as file:
                file.write(content)
            if place.exists():
                beside.chmod(stat.S_IMODE(place.stat().st_mode))
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)


def save_picture(explorer, settings, data, path, overwrite):
    """Write the picture of an explorer to a file and return its path; the errors are those of
    `check_path` and `write_whole`.
    """
    place, format = check_path(path, overwrite)
    write_whole(place, encode_picture(explorer, settings, data, format))
    return place
