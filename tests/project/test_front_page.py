"""The README and the pages in docs: every link, every command and every printed result in them."""

import doctest
import json
import re
import shutil
import subprocess
import tomllib
from io import BytesIO

import build_front_picture as front
import numpy as np
import pytest
import set_address
from PIL import Image

from lecture_lib import exercises, explorers
from lecture_lib.explore.canvas import Canvas
from lecture_lib.explore.frame import DPI
from shared.commands import needs
from shared.paths import NOTEBOOKS, ROOT
from shared.registered import own_session
from static_site import pages

PAGES = ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
EVERY = pytest.mark.parametrize("name", sorted(PAGES))


def read(name, root=ROOT):
    return (root / name).read_text(encoding="utf-8")


# -- length and pictures


def test_the_readme_fits_a_screen_or_two():
    lines = read("README.md").splitlines()
    assert len(lines) <= 100


@EVERY
def test_every_picture_is_there_and_says_what_it_shows(name):
    folder = (ROOT / name).parent
    text = read(name)
    for tag in re.findall(r"<img [^>]*>", text):
        assert re.search(r'alt="[^"]{10,}"', tag) and "a picture of" not in tag, tag
    for target in re.findall(r'<(?:img|source) [^>]*?(?:src|srcset)="([^"]+)"', text):
        assert (folder / target).stat().st_size <= 1_500_000, target


def find_themes(text):
    """[(picture, theme)] of the pictures in a text."""
    return re.findall(r'"docs/pictures/(\w+)_(light|dark)\.(?:webp|png)"', text)


def test_each_picture_of_the_readme_has_one_for_dark_pages():
    found = set(find_themes(read("README.md")))
    assert {name for name, _ in found} == {"front", *front.THUMBNAILS}
    assert all((name, other) in found for name, _ in found for other in ("light", "dark"))
    assert set(front.THUMBNAILS) == {path.stem for path in NOTEBOOKS.glob("*.ipynb")}


@pytest.mark.parametrize("name", front.THUMBNAILS)
def test_a_thumbnail_leads_to_its_notebook_and_shows_an_explorer_of_it(name):
    link = rf'<a href="notebooks/{name}\.ipynb"><picture>(?:(?!</a>).)*'
    assert re.search(rf"{link}docs/pictures/{name}_light\.png", read("README.md"))
    notebook = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    assert f"explorers.{front.THUMBNAILS[name].explorer}(" in notebook


def test_the_numbers_in_the_words_for_thumbnails_are_true():
    text = read("README.md")

    def show(name):
        thumbnail = front.THUMBNAILS[name]
        explorer = explorers.EXPLORERS[thumbnail.explorer]
        return explorer.sentence(explorer.data(**thumbnail.settings))

    assert "16 steps lead down" in text and "16 steps" in show("00_start_here")
    share = keep(**front.THUMBNAILS["05_vanishing_exploding_gradients"].settings)
    assert "layer 1 has 0.0014 of what layer 20 has" in text and round(share, 4) == 0.0014
    assert "a guess, 8, and what came out" in text and "17 times the right size" in text
    assert "Your guess: 8.0. What came out: 17 " in show("08_lecture_notes")


# -- the moving picture


def shrink(image):
    """An image as cells of 12 x 12 pixels: what is left where a letter is drawn a little apart."""
    size = (image.width // 12, image.height // 12)
    return np.asarray(image.convert("RGB").resize(size, Image.Resampling.BOX), float)


def same_picture(one, other):
    return one.size == other.size and np.abs(shrink(one) - shrink(other)).max() < 40


STALE = "the pictures of the front page are stale: run make pictures"


@pytest.mark.parametrize("theme", front.THEMES)
def test_the_moving_picture_shows_what_the_library_draws(theme):
    frames = front.list_frames()
    canvas = Canvas(front.PROFILE, front.SHARP * DPI, dark=front.THEMES[theme])
    with Image.open(front.PICTURES / f"front_{theme}.webp") as moving:
        assert moving.n_frames == len(frames)
        for place in (0, len(frames) // 4, len(frames) // 2, len(frames) - 2):
            moving.seek(place)
            drawn = Image.fromarray(front.draw_frame(frames[place], canvas))
            assert same_picture(moving, drawn), STALE
        moving.seek(0)
        with Image.open(front.PICTURES / f"front_{theme}.png") as still:
            assert same_picture(still, moving), STALE


@pytest.mark.parametrize("theme", front.THEMES)
@pytest.mark.parametrize("name", front.THUMBNAILS)
def test_a_thumbnail_shows_what_the_library_draws(name, theme):
    drawn = front.draw_thumbnail(front.THUMBNAILS[name], front.THEMES[theme])
    with Image.open(front.PICTURES / f"{name}_{theme}.png") as stored:
        assert stored.size == front.SMALL and same_picture(stored, drawn), STALE


def test_another_picture_would_be_noticed():
    frame = front.list_frames()[0]
    canvas = Canvas(front.PROFILE, front.SHARP * DPI)
    still = Image.open(BytesIO((front.PICTURES / "front_light.png").read_bytes()))
    frame.settings["width"] = 16  # half as wide: the curve moves by half a decade
    assert not same_picture(still, Image.fromarray(front.draw_frame(frame, canvas)))


def test_the_words_for_who_cannot_see_the_moving_picture_are_true():
    alt = re.search(r'front_light\.webp"[^>]*alt="([^"]+)"', read("README.md"))[1]
    shown = [frame.settings for frame in front.list_frames()]
    depths = [settings["depth"] for settings in shown]
    assert alt == pages.FRONT
    assert f"from {min(depths)} to {max(depths)} layers" in alt
    kept = [keep(**settings) for settings in (shown[0], {"depth": 56}, shown[len(shown) // 2])]
    assert (
        "a thousandth and then a hundred-millionth" in alt
        and "ReLU and initial variance 2/n" in alt
    )
    assert 1 / 2000 < kept[0] < 1 / 500 and 5e-9 < kept[1] < 2e-8
    assert "a fifth of it still reaches the first of 56 layers" in alt and 0.17 < kept[2] < 0.23


def keep(**settings):
    """The part of the last layer's gradient that reaches the first."""
    delta = np.median(front.PROFILE.data(**settings).delta, axis=0)
    return 10.0 ** (delta[0] - delta[-1])


# -- links and commands


def heading_names(text):
    """The names that GitHub gives to the headings of a page."""
    for heading in re.findall(r"^#+ (.+)$", text, re.M):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@EVERY
def test_links_between_files_lead_somewhere(name):
    folder = (ROOT / name).parent
    for target in re.findall(r'(?:\]\(|href=")([^)"]+)[)"]', read(name)):
        file, _, place = target.partition("#")
        if file.startswith("http"):
            continue
        assert (folder / file).exists(), target
        if place:
            assert place in heading_names((folder / file).read_text(encoding="utf-8")), target


def list_commands(text):
    """The lines of the code blocks of a page that are commands, without comments."""
    lines = []
    for block in re.findall(r"(?:^    .*\n)+", text, re.M):
        is_python = re.match(r"    (?:>>>|from |import |explorers)", block)
        is_tree = block.startswith("    lecture_lib/")
        is_html = block.lstrip().startswith("<")
        if not is_python and not is_tree and not is_html:
            lines += [re.sub(r"\s+# .*", "", line.strip()) for line in block.splitlines()]
    return lines


def list_make_calls(text):
    """What stands behind `make` in the text of a page and in its commands."""
    return re.findall(r"(?<![\w.])make ((?:[A-Z_]+=\S+ )*[a-z-]+)(?=[`\s\"])", text)


@EVERY
def test_every_make_command_is_in_the_makefile(name):
    text = read(name)
    marked = " ".join(re.findall(r"`[^`]+`", text)) + "\n".join(list_commands(text)) + "\n"
    for call in list_make_calls(marked):
        *variables, target = call.split()
        assert re.search(rf"^{target}:", MAKEFILE, re.M), call
        for variable in variables:
            assert re.search(rf"\b{variable.partition('=')[0]}\b", MAKEFILE), call


def test_every_target_of_make_is_in_its_help_and_runs_what_is_there():
    targets = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.M)[1].split()
    helped = re.findall(r'@echo "make ([a-z-]+) ', MAKEFILE)
    assert sorted(helped) == sorted(set(targets) - {"help"})
    scripts = re.findall(r"\b(?:tools|benchmarks|classroom)/\w+\.py", MAKEFILE)
    assert "tools/build_slides.py" in scripts
    assert all((ROOT / script).exists() for script in scripts)


def test_the_settings_of_a_class_are_read_by_its_configuration():
    configuration = read("classroom/jupyterhub_config.py")
    named = set(re.findall(r"\bCLASS_[A-Z]+\b", read("docs/class.md")))
    assert {"CLASS_PASSWORD", "CLASS_HOST", "CLASS_PORT", "CLASS_IDLE"} <= named
    assert all(f'"{name}"' in configuration for name in named)


# Commands that other tests run, by what they begin with.
RUN_ELSEWHERE = {
    "git ": "test_project.py: keeping a student's work",
    "cp -r notebooks": "test_project.py: keeping a student's work",
    "python -m venv": "test_start.py and `make test-bare`, as steps of make",
    "python -m lecture_lib": "test_start.py",
    "openssl req": "test_classroom.py: a certificate of one's own",
}
# Commands that no test can run; their page says so.
NOT_RUN = ("jupyter-repo2docker ", "docker push ", "helm upgrade ")


@EVERY
def test_every_command_is_known(name):
    for line in list_commands(read(name)):
        line = re.sub(r"^(\w+=('[^']*'|\S+) )+", "", line)
        if line.startswith(("make ", *RUN_ELSEWHERE)):
            continue
        if line.startswith(NOT_RUN):
            assert "These lines have not been run" in read(name), line
            continue
        if script := re.fullmatch(r"\.venv\\Scripts\\python (tools/\w+\.py)", line):
            assert (ROOT / script[1]).exists(), line
            continue
        python = re.fullmatch(r"\.venv[\\/](?:Scripts|bin)[\\/]python -m (\w+)(.*)", line)
        assert python, f"{name}: nobody runs {line!r}"
        module, rest = python.groups()
        assert module in {"pip", "jupyter", "pytest", "notebook"}
        for extra in re.findall(r'"\.\[(\w+)\]"', rest):
            assert extra in PROJECT["optional-dependencies"]
        for path in re.findall(r"\b(?:notebooks|tests|requirements)\S*", rest):
            assert (ROOT / path.strip('"')).exists(), path


@EVERY
def test_printed_results_are_true(name):
    with own_session():
        found = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert found.failed == 0
    assert found.attempted >= (5 if name == "README.md" else 0)


def test_the_explorers_and_checks_that_teaching_names_are_there():
    notebooks = "".join(path.read_text(encoding="utf-8") for path in NOTEBOOKS.glob("*.ipynb"))
    text = read("docs/teaching.md")
    tables = "".join(line for line in text.splitlines() if line.startswith("| "))
    for name in re.findall(r"`(\w+)`", tables):
        if "_" in name:
            assert f"explorers.{name}(" in notebooks and name in explorers.EXPLORERS, name
    for heading in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", text):
        if heading not in {"Bug hunt", "View → Collapse All Code"}:
            assert heading.replace("\n", " ") in notebooks, heading
    assert hasattr(exercises, "ticket_1")
    homework = "".join(re.findall(r"\*\*Homework\*\*.*?\n\n", text, re.S))
    named = re.findall(r"`(\w+)`", homework)
    assert "own_update" in named and all(hasattr(exercises, name) for name in named)
    for minutes in re.findall(r"## Session.*?(?=\n## )", text, re.S):
        assert sum(map(int, re.findall(r"^\| (\d+) \|", minutes, re.M))) == 50


def test_the_frame_of_teaching_has_a_title_a_page_and_a_state():
    frame = re.search(r"<iframe [^>]*>", read("docs/teaching.md"))[0]
    page, name, depth = re.search(r"/(\w+)\.html\?embed#(\w+)\?depth=(\d+)\"", frame).groups()
    assert (NOTEBOOKS / f"{page}.ipynb").exists()
    assert explorers.EXPLORERS[name].settings(depth=int(depth))
    assert f'title="The gradient at each of {depth} layers"' in frame


# -- the public address


def list_outside_links(root):
    """[(file, link)] of all links that need the public address."""
    found = []
    paths = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("*.cff"), *root.glob("*.toml")]
    for path in [*paths, *(root / "notebooks").glob("*.ipynb")]:
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r"(?:mybinder\.org|[\w-]+\.github\.io)/[\w./-]*", text):
            found.append((path.name, link))
    return found


def names_address(link, address):
    site = set_address.name_site(address).removeprefix("https://")
    known = (f"mybinder.org/v2/gh/{address}/HEAD", site)
    return link.startswith(known) or link == "mybinder.org/badge_logo.svg"


def test_every_link_to_this_repository_is_the_one_address():
    address = set_address.read_address()
    for name, link in list_outside_links(ROOT):
        assert address is not None and names_address(link, address), f"{name}: {link}"


@pytest.fixture
def copy(tmp_path):
    """A copy of the files that have to do with the address, not set."""
    for name in ("README.md", "Makefile", "binder/repository", "tools/set_address.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / set_address.FIRST, tmp_path / set_address.FIRST)
    (tmp_path / "docs").mkdir()
    make_address(tmp_path, "not set")
    return tmp_path


def make_address(folder, address):
    return subprocess.run(
        ["make", "--silent", "-C", folder, "address", f"REPO={address}"],
        capture_output=True,
        text=True,
    )


@needs("make")
def test_one_command_sets_the_address_everywhere_and_takes_it_away(copy):
    files = [path for path in copy.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    before = {path: path.read_bytes() for path in files}
    assert list_outside_links(copy) == []
    assert make_address(copy, "Ada/gradients").returncode == 0
    links = list_outside_links(copy)
    assert {name for name, _ in links} == {"README.md", "00_start_here.ipynb"}
    assert all(names_address(link, "Ada/gradients") for _, link in links)
    for place in ("", "lite/"):
        assert f"(https://ada.github.io/gradients/{place})" in read("README.md", copy)
    assert "Not published yet" not in read("README.md", copy)
    assert "    git clone https://github.com/Ada/gradients\n" in read("README.md", copy)
    notebook = json.loads(read(set_address.FIRST, copy))
    assert "mybinder.org" in "".join(notebook["cells"][0]["source"])
    assert make_address(copy, "not set").returncode == 0
    assert {path: path.read_bytes() for path in files} == before
    assert set_address.write_links("not set") in read("README.md", copy)
    assert "(docs/browser-edition.md#publishing)" in set_address.write_links("not set")


def test_the_repository_with_the_name_of_the_host_is_published_at_its_root():
    assert set_address.name_site("Ada/ada.github.io") == "https://ada.github.io/"
    assert set_address.name_site("Ada/bob.github.io") == "https://ada.github.io/bob.github.io/"


BAD = ("", "ada", "ada/", "a b/c", "https://github.com/a/b", "a/b/c", "-ada/b", "a/ä", "a/..")


@needs("make")
@pytest.mark.parametrize("address", BAD)
def test_a_bad_address_is_told_in_one_sentence_and_changes_nothing(address, copy):
    before = read("README.md", copy)
    done = make_address(copy, address)
    assert done.returncode != 0 and f'REPO was "{address}"; it must be owner/name' in done.stderr
    assert read("README.md", copy) == before
    assert read("binder/repository", copy) == "not set\n"
