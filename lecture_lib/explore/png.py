"""PNG files, written quickly: few colours, without the search for the best filter of each row.

A picture of ours has flat colours and soft edges between them. With five bits for each of red,
green and blue it has some hundred colours, so that a byte a pixel is enough: measured, half the
bytes of all colours for some milliseconds more. Grounds are exact, edges nearly so; a rare colour
may move by up to a quarter of the scale.
"""

import zlib
from functools import cache
from io import BytesIO
from struct import pack

import numpy as np
from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLORS = 256  # that a picture may have
BITS = 5  # of each channel that decide which colours count as one
SPARSE = 4  # of so many pixels across and down one is asked which colours are common
LEVEL = 4  # of the compression, of which 9 is the best and slowest: a tenth less than 3


def encode_png(pixels, small=False):
    """An array (height, width, 3 or 4) of bytes as PNG bytes (RFC 2083); a fourth channel is left
    out.

    `small` takes longer for fewer bytes, for pictures that are stored.
    """
    return encode_small(pixels) if small else encode_quickly(pixels)


def encode_small(pixels):
    """PNG bytes in 256 colours."""
    out = BytesIO()
    image = Image.fromarray(pixels[..., :3])
    image = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def encode_quickly(pixels):
    """PNG bytes in the commonest colours; each rare one becomes the nearest of them."""
    height, width, _ = pixels.shape
    palette, indices = find_palette(pixels)
    rows = np.zeros((height, 1 + width), np.uint8)  # the first byte of a row names its filter: none
    rows[:, 1:] = indices
    header = pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)  # 8 bits, the number of a colour
    return b"".join(
        (
            SIGNATURE,
            write_chunk(b"IHDR", header),
            write_chunk(b"PLTE", palette.tobytes()),
            write_chunk(b"IDAT", zlib.compress(rows, LEVEL)),
            write_chunk(b"IEND", b""),
        )
    )


def find_palette(pixels):
    """(palette (n, 3), indices (height, width)) of a picture, all of bytes."""
    colors = join_channels(pixels)
    codes = find_codes(colors)
    counts = np.bincount(codes.reshape(-1), minlength=1 << 3 * BITS)
    used = np.flatnonzero(counts)
    by_count = used[np.argsort(-counts[used], kind="stable")]
    kept = by_count[:COLORS]
    numbers = np.zeros(len(counts), np.uint8)
    numbers[kept] = np.arange(len(kept))
    rare = by_count[COLORS:]
    if len(rare):
        apart = split_codes(rare)[:, None] - split_codes(kept)
        numbers[rare] = (apart**2).sum(axis=-1).argmin(axis=1)
    return find_colors(colors, kept), np.take(numbers, codes, mode="clip")


def find_colors(colors, codes):
    """The commonest colour (n, 3) of each of the codes (n,), so that grounds are exact."""
    chosen = np.zeros((1 << 3 * BITS, 3), np.uint8)
    chosen[codes] = split_codes(codes) << (8 - BITS)
    sample, counts = np.unique(colors[::SPARSE, ::SPARSE], return_counts=True)
    by_count = sample[np.argsort(counts, kind="stable")]  # the commonest comes last, and stays
    chosen[find_codes(by_count)] = by_count.view(np.uint8).reshape(-1, 4)[:, :3]
    return chosen[codes]


def join_channels(pixels):
    """Each pixel (red, green, blue and whatever else) as one number of 32 bits, red lowest."""
    height, width, channels = pixels.shape
    if channels == 3:
        pixels = np.concatenate([pixels, np.full((height, width, 1), 255, np.uint8)], axis=2)
    return np.ascontiguousarray(pixels).view("<u4")[..., 0]


def find_codes(colors):
    """The first BITS bits of red, green and blue as one number, for each pixel."""
    halves = np.ascontiguousarray(colors).view("<u2").reshape(*colors.shape, 2)
    red_and_green, blue = list_codes()
    codes = np.take(red_and_green, halves[..., 0])
    codes |= np.take(blue, halves[..., 1])
    return codes


@cache
def list_codes():
    """What find_codes adds for each value of the lower 16 bits of a colour, and of the upper ones:
    to look it up is several times faster than to compute it for each pixel.
    """
    half = np.arange(1 << 16)
    low = (half & 255) >> (8 - BITS)
    high = half >> (16 - BITS)
    red_and_green = (low << 2 * BITS) | (high << BITS)
    return red_and_green.astype(np.uint16), low.astype(np.uint16)


def split_codes(codes):
    """Red, green and blue (n, 3) of codes (n,), in BITS bits each."""
    shifts = BITS * np.array((2, 1, 0))
    return (codes[:, None] >> shifts) & ((1 << BITS) - 1)


def write_chunk(name, data):
    """A part of the file: its length, name and data, and their check sum."""
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))
