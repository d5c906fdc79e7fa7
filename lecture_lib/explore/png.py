"""PNG files, written quickly."""

import zlib
from io import BytesIO
from struct import pack

import numpy as np
from PIL import Image


def encode_png(pixels, small=False):
    """PNG bytes (RFC 2083), quickly: without the search for the best filter of each row, which takes encoders' time.

    Or `small`: in 256 colours a picture to be stored takes a third of the room.
    """
    if small:
        out, image = BytesIO(), Image.fromarray(pixels)
        image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        return out.getvalue()
    height, width, _ = pixels.shape
    rows = np.zeros(
        (height, 1 + 3 * width), np.uint8
    )  # the first byte of a row names its filter: none
    rows[:, 1:] = pixels.reshape(height, -1)
    chunks = (
        (b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
