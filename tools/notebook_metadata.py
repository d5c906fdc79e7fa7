"""What a stored notebook says about itself, for the programs that turn it into something else.

A complete `language_info` makes `nbconvert --to script` write a .py file; the sentence of a picture
is its text for who cannot see it; `nbconvert --to slides` needs to know where a slide begins.
"""

from math import ceil

KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
PICTURES = ("image/png", "image/svg+xml", "image/jpeg")
LINE = 90  # characters
SLIDE = 30  # lines that a slide holds
PICTURE = 22  # lines that a picture takes


def describe_pictures(notebook):
    """Put the text of every output that is a picture into its metadata, as the text for who cannot
    see it.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            sentence = " ".join(data.get("text/plain", "").split())
            for kind in PICTURES:
                if kind in data and sentence:
                    output.metadata[kind] = {"alt": sentence}


def arrange_slides(notebook):
    """Give every cell its slide type: a heading of the first two levels begins a slide, one of the
    third level a slide below it; so does what would not fit any more.
    """
    lines = 0
    for cell in notebook.cells:
        needed = count_lines(cell)
        kind = find_slide_type(cell, lines, needed)
        lines = needed if kind != "-" else lines + needed
        cell.metadata["slideshow"] = {"slide_type": kind}


def find_slide_type(cell, lines, needed):
    """ "slide", "subslide", or "-" for a cell that stands with those before it."""
    is_text = cell.cell_type == "markdown"
    if is_text and cell.source.startswith(("# ", "## ")):
        return "slide"
    if is_text and cell.source.startswith("### "):
        return "subslide"
    return "subslide" if lines + needed > SLIDE else "-"


def count_lines(cell):
    """About how many lines a cell takes on a slide."""
    lines = count_text(cell.source)
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        if any(kind in data for kind in PICTURES):
            lines += PICTURE
        else:
            lines += count_text(output.get("text", "") or data.get("text/plain", ""))
    return lines


def count_text(text):
    """About how many lines a text takes."""
    return sum(max(1, ceil(len(line) / LINE)) for line in text.splitlines())
