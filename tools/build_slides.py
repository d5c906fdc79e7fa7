"""Build slides/: for each notebook a page of slides, with the question, the picture and the
sentence of every explorer that it shows.

A page needs no network and no other file. Usage: python tools/build_slides.py [NOTEBOOK ...]
[--out FOLDER] (without: all notebooks, into slides/)
"""

import argparse
import re
import sys
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from pathlib import Path

from lecture_lib.explore.guess import Guess
from lecture_lib.explore.picture_file import encode_picture
from lecture_lib.explorers import EXPLORERS
from static_site.notebooks import find_title, read_call, read_notebooks
from static_site.prose import read_text, write_prose

ROOT = Path(__file__).parent.parent
PARTS = Path(__file__).parent / "slides"
MINUTES = re.compile(r" \([^()]*\)(?=[;.]$)")  # of a goal: for those who work alone
ASK = "Write your guess down. The next slide has the answer."


@dataclass(frozen=True)
class Slide:
    """A slide that shows an explorer."""

    section: str  # the heading of the notebook above it
    explorer: str  # its name
    settings: dict  # that differ from the explorer's own


def list_slides(notebook):
    """The Slides of a notebook, in its order; a prediction has two, without its answer and with."""
    slides = []
    section = find_title(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            headings = re.findall(r"^##+ (.+)$", cell.source, re.M)
            section = read_text(write_prose(headings[-1])).strip() if headings else section
            continue
        call = read_call(cell.source)
        if call is None:
            continue
        slides.append(Slide(section, call.explorer, call.settings))
        if "answer" in EXPLORERS[call.explorer].defaults:
            slides.append(Slide(section, call.explorer, {**call.settings, "answer": "shown"}))
    return slides


def compute_slide(slide):
    """The settings and the data that a slide shows; a prediction is without a guess."""
    explorer = EXPLORERS[slide.explorer]
    settings = explorer.settings(**slide.settings)
    data = explorer.data(**settings)
    return settings, Guess(None, data.found) if isinstance(data, Guess) else data


def write_words(explorer, data):
    """What stands below the picture: the explorer's sentence, or that it is time to guess."""
    waits = isinstance(data, Guess) and data.found is None
    return ASK if waits else explorer.sentence(data)


def write_slide(slide):
    """The HTML of a slide, without its frame."""
    explorer = EXPLORERS[slide.explorer]
    settings, data = compute_slide(slide)
    picture = b64encode(encode_picture(explorer, settings, data, "svg")).decode()
    alt = escape(explorer.sentence(data))
    return (
        f"<h2>{escape(explorer.question)}</h2>\n"
        f'<img src="data:image/svg+xml;base64,{picture}" alt="{alt}">\n'
        f"<p>{escape(write_words(explorer, data))}</p>\n"
    )


def write_title_slide(notebook):
    """The HTML of the first slide: the title, and what the notebook is for."""
    source = notebook.cells[0].source
    goals = re.findall(r"^\d\. (.+)$", source, re.M)
    told = "\n".join(
        ["After this notebook you can", "", *(f"1. {MINUTES.sub('', goal)}" for goal in goals)]
    )
    if not goals:
        paragraphs = source.split("\n\n")[1:]
        told = next(text for text in paragraphs if not text.startswith("Previous:"))
    return f"<h1>{escape(find_title(notebook))}</h1>\n{write_prose(told)}"


def write_deck(notebook):
    """The page with all slides of a notebook."""
    title = escape(find_title(notebook))
    slides = list_slides(notebook)
    places = [title] + [f"{title} · {escape(slide.section)}" for slide in slides]
    bodies = [write_title_slide(notebook)] + [write_slide(slide) for slide in slides]
    sections = ""
    for number, (place, body) in enumerate(zip(places, bodies), start=1):
        foot = f"<footer>{place} · {number} of {len(bodies)}</footer>"
        sections += f'<section id="{number}">\n{body}{foot}\n</section>\n'
    style = (PARTS / "deck.css").read_text("utf-8")
    script = (PARTS / "deck.js").read_text("utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}: slides</title>\n"
        f'<link rel="icon" href="data:,">\n<style>\n{style}</style>\n</head>\n<body>\n'
        f"<main>\n{sections}</main>\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def main(arguments):
    """Write the pages and say where they are."""
    notebooks = read_notebooks(ROOT / "notebooks")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebook", nargs="*", help=", ".join(notebooks))
    parser.add_argument("--out", type=Path, default=ROOT / "slides")
    given = parser.parse_args(arguments)
    names = [Path(name).stem for name in given.notebook] or [*notebooks]
    for name in names:
        if name not in notebooks:
            parser.error(f"there is no notebook {name}; take one of {', '.join(notebooks)}.")
    given.out.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = given.out / f"{name}.html"
        path.write_text(write_deck(notebooks[name]), "utf-8")
        print(path, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
