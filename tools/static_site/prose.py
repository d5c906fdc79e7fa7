"""The prose of a notebook as HTML, its formulas as MathML."""

import re
from functools import cache
from html import escape

from bs4 import BeautifulSoup
from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from .notebooks import name_page

LONG_FORMULA = 16  # signs; a longer one may be wider than a phone


class Renderer(IPythonRenderer):
    """Markdown with formulas as MathML and headings that keep the names by which JupyterLab links
    to them.
    """

    def heading(self, text, level, **attrs):
        """A heading whose id is its text."""
        place = read_text(text).replace(" ", "-")
        return f'<h{level} id="{escape(place)}">{text}</h{level}>\n'

    def block_math(self, body):
        """A formula on a line of its own."""
        return f'<div class="formula" tabindex="0">{write_formula(body, "block")}</div>'

    def inline_math(self, body):
        """A formula within a line, which can be scrolled if it is long."""
        formula = write_formula(body, "inline")
        if len(read_text(formula)) <= LONG_FORMULA:
            return formula
        return f'<span class="long" tabindex="0">{formula}</span>'

    def latex_environment(self, name, body):
        """A formula of several lines."""
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")

    def link(self, text, url, title=None):
        """A link; one to a notebook leads to its page."""
        file, mark, place = url.partition("#")
        if file.endswith(".ipynb") and "/" not in file:
            url = f"{name_page(file.removesuffix('.ipynb'))}.html{mark}{place}"
        return super().link(text, url, title)


def read_text(html):
    """The text of some HTML without its tags."""
    return BeautifulSoup(html, "html.parser").get_text()


def write_formula(tex, display):
    """MathML of a formula, which browsers draw and screen readers read without a script."""
    return convert(tex.strip(), display=display)


@cache  # the table of contents needs it as well
def write_prose(source):
    """The HTML of a markdown cell."""
    source = re.sub(r"\n?<!--.*?-->", "", source, flags=re.S)
    html = MarkdownWithMath(renderer=Renderer(escape=False)).render(source)
    html = html.replace("<table>", '<div class="wide" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>")
    return make_reachable(html)


def make_reachable(html):
    """Code may be wider than the screen: whoever has no mouse must be able to get there and
    scroll.
    """
    return html.replace("<pre>", '<pre tabindex="0">')


def drop_colours(html):
    """Stored HTML of an exercise without its own colours, which the page has."""
    return re.sub(r' style="[^"]*"', "", html)


def write_all_prose(notebook):
    """The HTML of all markdown cells of a notebook."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    return "".join(write_prose(cell.source) for cell in cells)


def list_sections(notebook):
    """[(anchor, heading)] of the sections of a notebook."""
    page = BeautifulSoup(write_all_prose(notebook), "html.parser")
    return [(heading["id"], heading.decode_contents()) for heading in page.find_all("h2")]
