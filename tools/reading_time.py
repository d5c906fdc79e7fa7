"""Print how many minutes each notebook takes a student who reads and does everything in it.

The measure: 150 words a minute, 5 seconds for a line of code, 15 for a formula on its own line,
40 for a step that the reader does on paper before uncovering it (a fold named "Step ..."), 1
minute for a guess, 2.5 for a check and 3 for an explorer. A section whose text has the sentence
OPTIONAL, with its subsections, and the notes on the lecture, which are folded, are added up
apart. The short path, where there is one, are the sections whose text begins with STAR, without
their subsections. What is only looked up is not counted.
Usage: python tools/reading_time.py [notebook ...]
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "notebooks"
OPTIONAL = "*This section can wait.*"
STAR = "★"
LOOKED_UP = (
    "References",
    "From the lecture to the notebooks, and back",
    "The same for PyTorch, to copy",
)
STEP = r"<summary>Step \d+"
NOTE = r"<details>\s*<summary>A note on the lecture.*?</details>"
WORDS_A_MINUTE = 150
SECONDS = {"line": 5, "formula": 15, "step": 40, "guess": 60, "check": 150, "explorer": 180}


@dataclass(frozen=True)
class Minutes:
    """How long a notebook takes, in minutes."""

    needed: float  # what a student has to read and do
    optional: float  # what can wait
    path: float  # the sections of the short path, 0 if there is none


def count_words(text):
    """How many words are read in Markdown: tags, comments, addresses of links and formulas on
    their own lines are none, and a formula within a line is one.
    """
    text = re.sub(r"<!--.*?-->|\$\$.*?\$\$|<[^>]+>", " ", text, flags=re.S)
    text = re.sub(r"\$[^$]+\$", " formula ", text)
    text = re.sub(r"\]\([^)]*\)", "] ", text)
    return len(re.findall(r"\w+(?:[.,'’/-]\w+)*", text))


def measure_prose(text):
    """Seconds for a piece of Markdown."""
    formulas = len(re.findall(r"\$\$.*?\$\$", text, flags=re.S))
    steps = len(re.findall(STEP, text))
    reading = 60 * count_words(text) / WORDS_A_MINUTE
    return reading + SECONDS["formula"] * formulas + SECONDS["step"] * steps


def measure_code(source):
    """Seconds for a code cell: its lines, and what there is to do."""
    lines = [line for line in source.splitlines() if line.strip()]
    seconds = SECONDS["line"] * len(lines)
    for call in re.findall(r"^explorers\.(\w+)\([^)]*\)$", source, re.M):
        seconds += SECONDS["guess" if call.startswith("guess_") else "explorer"]
    return seconds + SECONDS["check"] * len(re.findall(r"^exercises\.\w+\(", source, re.M))


def find_heading(cell):
    """(level, words) of the first heading in a cell, or None."""
    if cell["cell_type"] != "markdown":
        return None
    found = re.search(r"^(#+) (.+)$", "".join(cell["source"]), re.M)
    return (len(found[1]), found[2]) if found else None


def sort_cells(cells):
    """Yields (cell, may it wait) for the cells that count."""
    # The level of the heading that began it, or None
    left_out = None
    waiting = None
    for cell in cells:
        heading = find_heading(cell)
        if heading:
            level, words = heading
            if left_out and level <= left_out:
                left_out = None
            if waiting and level <= waiting:
                waiting = None
            if words in LOOKED_UP:
                left_out = level
            if OPTIONAL in "".join(cell["source"]):
                waiting = level
        if not left_out:
            yield cell, waiting is not None


def measure_cell(cell):
    """(seconds for a cell without its notes on the lecture, seconds for these)."""
    source = "".join(cell["source"])
    if cell["cell_type"] == "code":
        return measure_code(source), 0.0
    notes = re.findall(NOTE, source, flags=re.S)
    rest = re.sub(NOTE, " ", source, flags=re.S)
    return measure_prose(rest), sum(map(measure_prose, notes))


def measure(cells):
    """The `Minutes` of a notebook's cells, as they stand in its file."""
    needed = 0.0
    optional = 0.0
    path = 0.0
    is_on_path = False
    for cell, waits in sort_cells(cells):
        seconds, seconds_of_notes = measure_cell(cell)
        optional += seconds_of_notes
        if waits:
            optional += seconds
        else:
            needed += seconds
        if find_heading(cell):
            is_on_path = re.search(f"^{STAR}", "".join(cell["source"]), re.M) is not None
        if is_on_path:
            path += seconds
    return Minutes(needed / 60, optional / 60, path / 60)


def measure_file(path):
    """The `Minutes` of a notebook."""
    return measure(json.loads(Path(path).read_text(encoding="utf-8"))["cells"])


def main():
    """Print the minutes of the notebooks that the command line names, or of all."""
    for path in sys.argv[1:] or sorted(FOLDER.glob("*.ipynb")):
        minutes = measure_file(path)
        told = f"{Path(path).name}: {minutes.needed:.0f}, can wait {minutes.optional:.0f}"
        print(told + (f", short path {minutes.path:.0f}" if minutes.path else ""))


if __name__ == "__main__":
    main()
