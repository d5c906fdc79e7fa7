"""Pictures in a page that nbconvert makes have their sentence as alternative text.

The template "lab", nbconvert's default, leaves every such text out. So a picture that has one
becomes HTML of its own before the template sees it. `tools/set_up_lab.py` switches this on for an
environment, by a file that all of nbconvert's commands read.
"""

from html import escape

from nbconvert.preprocessors import Preprocessor

PNG = "image/png"


class DescribePictures(Preprocessor):
    """Gives every picture of a notebook that has an alternative text an <img> that says it."""

    def preprocess_cell(self, cell, resources, index):
        """(the cell, resources): outputs with a described picture have HTML in place of it."""
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            described = output.get("metadata", {}).get(PNG, {})
            if PNG in data and "text/html" not in data and described.get("alt"):
                data["text/html"] = write_image(data.pop(PNG), described)
        return cell, resources


def write_image(png, described):
    """The <img> of a picture in base64, with its alternative text and, if given, its size."""
    size = ""
    for name in ("width", "height"):
        if name in described:
            size += f' {name}="{int(described[name])}"'
    source = f"data:{PNG};base64,{png.strip()}"
    return f'<img src="{source}" alt="{escape(described["alt"])}"{size}>'
