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
from bs4 import BeautifulSoup
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from lecture_lib.explore.layout import stack_panels

from . import states

HERE = Path(__file__).parent
FIRST = "index"  # notebook 00 is the front page


def page_name(stem):
    return FIRST if stem.startswith("00") else stem


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
        is_long = (
            len(BeautifulSoup(formula, "html.parser").get_text()) > 16
        )  # wider than a phone, perhaps
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


def control(dial, identity, start):
    """One control: a label, a native range or list, and what it stands at."""
    label = f'<label for="{identity}" title="{escape(dial.help)}">{escape(dial.label)}</label>'
    if not dial.slides:
        options = ""
        for k, text in enumerate(dial.shown):
            selected = " selected" if k == start else ""
            options += f'<option value="{k}"{selected}>{escape(text)}</option>'
        return (
            f'<span class="dial">{label}<select id="{identity}"'
            f' data-name="{dial.name}">{options}</select></span>'
        )
    play = (
        f'<button type="button" data-play="{identity}" aria-label="{escape(dial.label)}:'
        ' play">play</button>'
    )
    return (
        f'<span class="dial">{label}<input type="range" id="{identity}" data-name="{dial.name}"'
        f' min="0" max="{len(dial.stops) - 1}" value="{start}"'
        f' aria-valuetext="{escape(dial.shown[start])}"><output'
        f' for="{identity}">{escape(dial.shown[start])}</output>{play * dial.plays}</span>'
    )


def ahead(plan):
    """What was computed ahead, in words: the stops of each dial, and what stays fixed."""
    rows = [f"{escape(d.label)}: {escape(', '.join(d.shown))}" for d in plan.dials]
    moved = {d.name for d in plan.dials}
    fixed = [
        f"{escape(c.label)} {escape(states.written(c, c.default))}"
        for c in plan.explorer.controls
        if c.name not in moved and not plan.runs
    ]  # a run has its own settings, which its sentence names
    return (
        f"<p>Computed ahead, nothing in between is interpolated. {'. '.join(rows)}."
        + (f" The rest stays: {', '.join(fixed)}." if fixed else "")
        + "</p>"
    )


def figure(plan, result, settings, identity):
    """An explorer as a figure: controls, picture in two layouts, sentence. `result` holds what was
    computed.
    """
    explorer = plan.explorer
    at = plan.index(**settings)
    places = [d.stops.index(v) for d, v in zip(plan.dials, plan.values(at).values())]
    sentence, wide, tall = result["states"][at]
    dials = "".join(control(d, f"{identity}-{d.name}", k) for d, k in zip(plan.dials, places))
    presets = (
        ""
        if plan.runs
        else "".join(
            f'<button type="button" data-state="{plan.index(**s)}">{escape(name)}</button>'
            for name, s in {"reset": settings, **explorer.presets}.items()
            if plan.index(**s) is not None
        )
    )
    told = {
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
    narrow = stack_panels(explorer).size
    sizes = [f'width="{w}" height="{h}"' for w, h in (explorer.size, narrow)]
    live = "In a notebook, played to this step:" if plan.runs else "In a notebook:"
    longest = max((s for s, _, _ in result["states"]), key=len)
    return f"""
<figure class="explorer" id="{identity}" data-explorer="{explorer.name}" data-state="{at}" style="--across:{narrow[0]}">
<script type="application/json">{json.dumps(told, ensure_ascii=False).replace("<", chr(92) + "u003c")}</script>
<p class="question">{escape(explorer.question)}</p>
<fieldset disabled><legend>controls</legend>{dials}<div class="presets">{presets}</div></fieldset>
<noscript><p class="told">The controls need JavaScript; the picture shows where they start.</p></noscript>
<div class="picture" tabindex="0"><picture>
<source media="(max-width: 1039px)" srcset="pictures/{tall}.webp" {sizes[1]}>
<img src="pictures/{wide}.webp" alt="{escape(sentence)}" {sizes[0]} loading="lazy" decoding="sync">
</picture></div>
<figcaption><span class="longest" aria-hidden="true">{escape(longest)}</span>
<span class="sentence" aria-live="polite">{escape(sentence)}</span></figcaption>
<p class="told" role="status"></p>
<details><summary>values computed ahead, and the same state live</summary>{ahead(plan)}
<p>{live} <code class="line">{escape(explorer.code(plan.settings(at)))}</code></p></details>
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
    page = {"name": page_name(stem), "title": title(notebook), "toc": contents(notebook)}
    return exporter.from_notebook_node(notebook, resources={"page": page, "pages": pages})[0]


def read(folder):
    """{stem: notebook} of all stored notebooks, in order."""
    return {
        path.stem: nbformat.read(path, as_version=4) for path in sorted(folder.glob("[0-9]*.ipynb"))
    }
