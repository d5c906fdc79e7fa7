"""A stored notebook as a page: nbconvert, a template of ours, formulas as MathML, explorers with
native controls.
"""

import ast
import json
import re
from functools import cache
from html import escape
from pathlib import Path

import nbformat
import set_address
from bs4 import BeautifulSoup
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from lecture_lib.explore.layout import stack_panels

from . import dials

HERE = Path(__file__).parent
FIRST = "index"  # notebook 00 is the front page
# What the moving picture shows, for those who cannot see it; the README has the same words.
FRONT = (
    "A slider makes a sigmoid network deeper, from 20 to 56 layers, and the gradient at its first "
    "layer becomes a thousandth and then a hundred-millionth of the last layer's. With ReLU and "
    "initial variance 2/n, a fifth of it still reaches the first of 56 layers."
)


def page_name(stem):
    return FIRST if stem.startswith("00") else stem


def live_address(stem, explorer=""):
    """Where the browser edition opens a notebook, at one of its explorers if that is named."""
    place = f"&show={explorer}" if explorer else ""
    return f"lite/notebooks/index.html?path={stem}.ipynb{place}"


def call(source):
    """(explorer, settings) that a cell shows, or None: its last line is `explorers.name(...)`."""
    if "explorers." not in source:
        return None
    last = ast.parse(source).body[-1]
    node = getattr(last, "value", None)
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return None
    if getattr(node.func.value, "id", "") != "explorers":
        return None
    return node.func.attr, {k.arg: ast.literal_eval(k.value) for k in node.keywords}


def shown(notebooks):
    """{explorer: the settings with which the notebooks show it}."""
    found = {}
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code" and (what := call(cell.source)):
                found.setdefault(what[0], []).append(what[1])
    return found


# -- prose


class Renderer(IPythonRenderer):
    """Markdown with formulas as MathML and headings that keep the names by which JupyterLab links
    to them.
    """

    def heading(self, text, level, **attrs):
        plain = BeautifulSoup(text, "html.parser").get_text()
        return f'<h{level} id="{escape(plain.replace(" ", "-"))}">{text}</h{level}>\n'

    def block_math(self, body):
        return f'<div class="formula" tabindex="0">{math(body, "block")}</div>'

    def inline_math(self, body):
        formula = math(body, "inline")
        # Wider than a phone, perhaps
        is_long = len(BeautifulSoup(formula, "html.parser").get_text()) > 16
        return f'<span class="long" tabindex="0">{formula}</span>' if is_long else formula

    def latex_environment(self, name, body):
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")

    def link(self, text, url, title=None):
        file, mark, place = url.partition("#")
        if file.endswith(".ipynb") and "/" not in file:
            url = f"{page_name(file.removesuffix('.ipynb'))}.html{mark}{place}"
        return super().link(text, url, title)


def math(tex, display):
    """MathML of a formula, which browsers draw and screen readers read without a script."""
    return convert(tex.strip(), display=display)


@cache  # the table of contents needs it as well
def prose(source):
    """The HTML of a markdown cell."""
    source = re.sub(r"\n?<!--.*?-->", "", source, flags=re.S)
    html = MarkdownWithMath(renderer=Renderer(escape=False)).render(source)
    html = html.replace("<table>", '<div class="wide" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    return reachable(html)


def reachable(html):
    """Code may be wider than the screen: whoever has no mouse must be able to get there and
    scroll.
    """
    return html.replace("<pre>", '<pre tabindex="0">')


def contents(notebook):
    """[(anchor, heading)] of the sections of a notebook."""
    html = "".join(prose(c.source) for c in notebook.cells if c.cell_type == "markdown")
    return [
        (h["id"], h.decode_contents()) for h in BeautifulSoup(html, "html.parser").find_all("h2")
    ]


def title(notebook):
    return re.search(r"^# (.+)$", notebook.cells[0].source, re.M)[1]


# -- explorers


def describe_dial(dial):
    """What the page draws the control of a dial from (see lecture_lib/explore/page_spec.py)."""
    told = {"name": dial.name, "label": dial.label, "help": dial.help, "typed": False}
    if dial.slides:
        return told | {"kind": "slider", "grid": dial.stops, "log": dial.log, "play": dial.plays}
    kind = "reveal" if set(dial.stops) == {"hidden", "shown"} else "choice"
    return told | {"kind": kind, "options": list(zip(dial.shown, dial.stops))}


def describe_plan(plan, settings):
    """The specification of an explorer whose states are computed ahead, opened at `settings`."""
    presets = []
    for name, changed in ({} if plan.runs else plan.explorer.presets).items():
        index = plan.index(**changed)
        if index is not None:
            presets.append([name, plan.values(index)])
    prediction = plan.explorer.is_prediction
    return {
        "name": plan.explorer.name,
        "question": plan.explorer.question,
        "controls": [describe_dial(dial) for dial in plan.dials],
        "defaults": plan.values(plan.index(**settings)),
        "presets": presets,
        "prediction": prediction,
        "tools": ["reset"] if prediction else ["reset", "code", "full"],
        "live": False,
    }


def ahead(plan):
    """What was computed ahead, in words: the stops of each dial, and what stays fixed."""
    rows = [f"{escape(d.label)}: {escape(', '.join(d.shown))}" for d in plan.dials]
    moved = {d.name for d in plan.dials}
    # a run has its own settings, which its sentence names
    fixed = [
        f"{escape(c.label)} {escape(dials.write_value(c, c.default))}"
        for c in plan.explorer.controls
        if c.name not in moved and not plan.runs
    ]
    return (
        f"<p>Computed ahead, nothing in between is interpolated. {'. '.join(rows)}."
        + (f" The rest stays: {', '.join(fixed)}." if fixed else "")
        + "</p>"
    )


def figure(plan, result, settings, identity, stem):
    """An explorer as a figure: its first picture and sentence, and what its controls are made from.
    `result` holds what was computed, `stem` is the notebook that shows it.
    """
    explorer = plan.explorer
    at = plan.index(**settings)
    values = plan.values(at).values()
    sentence, wide, tall = result["states"][at]
    narrow = stack_panels(explorer).size
    told = {
        "spec": describe_plan(plan, settings),
        "dials": [
            {
                "name": d.name,
                "label": d.label,
                "shown": d.shown,
                "stops": d.stops,
                "log": d.log,
                "code": [repr(v) for v in d.stops],
            }
            for d in plan.dials
        ],
        "places": [d.stops.index(v) for d, v in zip(plan.dials, values)],
        "first": [sentence, wide, tall],
        "sizes": [explorer.size, narrow],
        "defaults": {d.name: repr(explorer.defaults.get(d.name)) for d in plan.dials},
        "runs": (
            {
                name: explorer.code(explorer.settings(**s))[len(f"explorers.{explorer.name}(") : -1]
                for name, s in plan.runs.items()
            }
            or None
        ),
        "file": result["file"],
    }
    sizes = [f'width="{w}" height="{h}"' for w, h in (explorer.size, narrow)]
    return f"""
<figure class="explorer" id="{identity}" data-explorer="{explorer.name}" data-state="{at}">
<script type="application/json">{json.dumps(told, ensure_ascii=False).replace("<", chr(92) + "u003c")}</script>
<div class="still"><p class="question">{escape(explorer.question)}</p>
<noscript><p class="told">The controls need JavaScript; the picture shows where they start.</p></noscript>
<picture><source media="(max-width: 600px)" srcset="pictures/{tall}.webp" {sizes[1]}>
<img class="lx-image" src="pictures/{wide}.webp" alt="{escape(sentence)}" {sizes[0]} loading="lazy" decoding="sync">
</picture><p class="lx-sentence">{escape(sentence)}</p></div>
<details><summary>values computed ahead</summary>{ahead(plan)}</details>
<p class="live"><a href="{escape(live_address(stem, identity))}">Live, with every value free</a></p>
</figure>"""


# -- the page


def plain(html):
    """Stored HTML of an exercise without its own colours, which the page has."""
    return re.sub(r' style="[^"]*"', "", html)


def render(notebook, stem, pages, plans, results):
    """The page of one notebook; `pages` are (name, title) of all."""
    used = {}

    def explorer(cell):
        name, settings = call(cell.source)
        used[name] = used.get(name, 0) + 1
        return figure(
            plans[name],
            results[name],
            settings,
            name if used[name] == 1 else f"{name}-{used[name]}",
            stem,
        )

    def code_title(cell):
        what = call(cell.source)
        return "code: the line that opens this explorer in a notebook" if what else "code"

    filters = {
        "prose": prose,
        "explorer": explorer,
        "shows": lambda cell: bool(call(cell.source)),
        "plain": plain,
        "code_title": code_title,
        "reachable": reachable,
    }
    exporter = HTMLExporter(
        template_name="lecture", extra_template_basedirs=[str(HERE)], filters=filters
    )
    address = set_address.read_address()
    page = {
        "name": page_name(stem),
        "title": title(notebook),
        "toc": contents(notebook),
        "live": live_address(stem),
        "address": address and set_address.name_site(address),
        "front": FRONT,
    }
    return exporter.from_notebook_node(notebook, resources={"page": page, "pages": pages})[0]


def read(folder):
    """{stem: notebook} of all stored notebooks, in order."""
    return {
        path.stem: nbformat.read(path, as_version=4) for path in sorted(folder.glob("[0-9]*.ipynb"))
    }
