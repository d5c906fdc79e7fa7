"""The minutes that the notebooks promise are those that the tool measures."""

import re

import pytest
import reading_time
from reading_time import OPTIONAL, count_words, measure

from shared.notebooks import NAMES, prose, read
from shared.paths import NOTEBOOKS as FOLDER

PATHS = {NAMES[5]: ("twenty", 20), NAMES[6]: ("twenty", 20), NAMES[7]: ("thirty", 30)}
TOLD = r"\*\*Time:\*\* (\d+) minutes(?:, and (\d+) more that can wait)?\."


def text(source):
    return {"cell_type": "markdown", "source": [source]}


def program(source):
    return {"cell_type": "code", "source": [source]}


@pytest.mark.parametrize(
    "written, words",
    [
        ("Two words.", 2),
        ("A rate of $\\gamma = 0.5$ is large", 6),
        ("[the next one](02_next.ipynb#A-long-heading)", 3),
        ("before $$a = b + c$$ <!-- formula: a-b --> after", 2),
        ("<details><summary>Model answer</summary>It isn't.</details>", 4),
        ("| **Y** | 0.75 |\n|---|---|", 2),
    ],
)
def test_words_are_what_is_read(written, words):
    assert count_words(written) == words


@pytest.mark.parametrize(
    "cell, minutes",
    [
        (text("word " * 300), 2.0),
        (text("$$a = b$$ $$c = d$$"), 0.5),
        (text("<details><summary>Step 1: one</summary></details>"), (40 + 1.2) / 60),
        (program("explorers.neuron(X1=2.0)"), 3 + 5 / 60),
        (program("explorers.guess_xor_mistakes()"), 1 + 5 / 60),
        (program("mine = 1\n\n\nexercises.error(mine)"), 2.5 + 10 / 60),
        (program("print(explorers.neuron.data(X1=2.0))"), 5 / 60),
    ],
)
def test_what_is_done_takes_its_time(cell, minutes):
    assert measure([cell]).needed == pytest.approx(minutes)
    assert measure([cell]).optional == 0


def test_what_may_wait_ends_at_the_next_heading_of_its_level():
    ten = text("word " * 1500)
    cells = [text("## A"), ten, text(f"## B\n\n{OPTIONAL}"), ten, text("### B1"), ten, text("## C")]
    minutes = measure(cells)
    assert minutes.needed == pytest.approx(10, abs=0.1)
    assert minutes.optional == pytest.approx(20, abs=0.1)


def test_what_is_looked_up_and_notes_on_the_lecture_are_not_in_the_way():
    note = "<details><summary>A note on the lecture</summary>\n\n" + "word " * 150 + "</details>"
    minutes = measure([text(note), text("## References\n\n" + "word " * 900)])
    assert minutes.needed == 0
    assert minutes.optional == pytest.approx(1, abs=0.1)


def test_the_short_path_has_the_marked_sections_without_their_subsections():
    ten = text("word " * 1500)
    marked = text("## A\n\n★ " + "word " * 150)
    cells = [text("Read what begins with ★."), marked, ten, text("### A1"), ten, text("## B"), ten]
    assert measure(cells).path == pytest.approx(11, abs=0.1)
    assert measure(cells[:1]).path == 0


@pytest.mark.parametrize("name", PATHS)
def test_the_short_path_is_as_short_as_is_told(name):
    word, most = PATHS[name]
    told = f"**If you have only {word} minutes,** read the sections that begin with ★."
    assert told in read(name).cells[0].source
    assert most - 5 <= reading_time.measure_file(FOLDER / f"{name}.ipynb").path <= most + 1


def test_each_sitting_of_the_last_lessons_has_at_most_45_minutes():
    for name in PATHS:
        minutes = reading_time.measure_file(FOLDER / f"{name}.ipynb")
        assert max(minutes.needed, minutes.optional) <= 45, (name, minutes)


@pytest.mark.parametrize("name", NAMES)
def test_the_minutes_told_are_those_of_the_tool(name):
    """In the notebook's first cell to 3 minutes; a sitting has at most 45."""
    if (
        "**Time** about" in read(name).cells[0].source
        or "**Time:** fifteen" in prose(read(name))[0].source
    ):
        pytest.skip("this notebook has not been measured yet")
    needed, optional = re.search(TOLD, read(name).cells[0].source).groups(default="0")
    minutes = reading_time.measure_file(FOLDER / f"{name}.ipynb")
    assert abs(int(needed) - minutes.needed) <= 3 and int(needed) <= 45
    assert abs(int(optional) - minutes.optional) <= 3


@pytest.mark.parametrize("name", NAMES[1:])
def test_the_overview_and_the_goals_tell_the_same_minutes(name):
    """Those of the goals add up to the notebook's, within 5."""
    first = read(name).cells[0].source
    if "**Time** about" in first:
        pytest.skip("this notebook has not been measured yet")
    row = rf"\({name}\.ipynb\) \|.*\| (\d+)(?: \+ (\d+))? \|"
    overview = "\n".join(c.source for c in prose(read(NAMES[0])))
    told = re.search(TOLD, first).groups(default="0")
    assert re.search(row, overview).groups(default="0") == told
    goals = [int(minutes) for minutes in re.findall(r"\((\d+) minutes\b[^)]*\)", first)]
    assert not goals or abs(sum(goals) - int(told[0])) <= 5
