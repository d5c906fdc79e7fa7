"""The browser edition as files: the lock file, the pages, the addresses that lead to it."""

import ast
import hashlib
import json
import re
import shutil
import sys
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("fcntl", reason="the browser edition is built on Unix")

import build_lite  # noqa: E402
import nbformat  # noqa: E402
from bs4 import BeautifulSoup  # noqa: E402

from lite import distribution, lock, pages, pairings, slim, wheels  # noqa: E402
from shared.lite_site import (  # noqa: E402
    build_public,
    build_standin,
    find_links,
    find_other_packages,
)
from shared.paths import NOTEBOOKS, ROOT  # noqa: E402
from static_site.notebooks import list_calls, name_live_page  # noqa: E402

STOCK = {
    "info": {"python": "3.12.7"},
    "packages": {
        name: {"name": name, "file_name": f"{name}-1.whl", "sha256": "0", "depends": needs}
        for name, needs in {
            "matplotlib": ["numpy", "fonttools", "pillow"],
            "ipython": ["traitlets", "stack_data", "jedi"],
            "jedi": [],
            "numpy": [],
            "pillow": [],
            "contourpy": [],
            "traitlets": [],
            "stack-data": [],
            "fonttools": [],
            "micropip": ["packaging"],
            "packaging": [],
            "wants-jedi": ["jedi"],
        }.items()
    },
}


def make_small_lock(folder, names=tuple(lock.OURS), held=None):
    """A lock file for empty wheels with these names."""
    ours = [wheels.write_empty_wheel(folder, name.replace("-", "_")) for name in names]
    spared = [wheels.write_empty_wheel(folder, "jedi")]
    held = list(STOCK["packages"]) if held is None else held
    return lock.make_lock(STOCK, held, "base/", ours, spared, lambda wheel: f"w/{wheel.name}")


# -- the lock file


def test_the_lock_knows_where_every_package_lies(tmp_path):
    packages = make_small_lock(tmp_path)["packages"]
    assert packages["numpy"]["file_name"] == "base/numpy-1.whl"
    assert packages["lecture-lib"]["file_name"] == "w/lecture_lib-0.0.0-py3-none-any.whl"
    for name in lock.OURS:
        [wheel] = tmp_path.glob(f"{name.replace('-', '_')}-*.whl")
        assert packages[name]["sha256"] == hashlib.sha256(wheel.read_bytes()).hexdigest()
        assert set(packages[name]["depends"]) <= set(packages), name
    assert STOCK["packages"]["matplotlib"]["depends"][1] == "fonttools"  # unchanged


def test_a_first_picture_waits_for_nothing_that_it_does_not_need(tmp_path):
    packages = make_small_lock(tmp_path)["packages"]
    first = lock.find_needs(packages, lock.START)
    assert "fonttools" not in first and "jedi-module" not in first
    assert {"numpy", "pillow", "stack-data", "anywidget", "psygnal"} <= set(first)
    assert packages["jedi"]["file_name"].startswith("w/")  # nothing in it, for the kernel
    assert packages["jedi-module"]["file_name"] == "base/jedi-1.whl"
    assert packages["wants-jedi"]["depends"] == ["jedi-module"]


def test_a_package_that_is_missing_at_the_start_is_named(tmp_path):
    held = [name for name in STOCK["packages"] if name != "pillow"]
    with pytest.raises(ValueError, match="pillow is needed at the start"):
        make_small_lock(tmp_path, held=held)


def test_a_wheel_that_was_changed_is_refused(tmp_path):
    wheel = wheels.write_empty_wheel(tmp_path, "numpy")
    package = {"file_name": wheel.name, "sha256": pairings.find_sha256(wheel)}
    distribution.check_files(tmp_path, {"packages": {"numpy": package}})
    wheel.write_bytes(b"something else")
    with pytest.raises(ValueError, match="numpy has not the sha256"):
        distribution.check_files(tmp_path, {"packages": {"numpy": package}})


def test_a_folder_without_pyodide_and_a_kernel_of_another_series_are_refused(tmp_path):
    with pytest.raises(ValueError, match="no distribution of Pyodide"):
        distribution.read_lock(tmp_path)
    pairings.check_version(pairings.STANDIN, "0.27.6")
    with pytest.raises(ValueError, match="starts Pyodide 0.28.0.*0.27.7"):
        pairings.check_version(pairings.STANDIN, "0.28.0")


def call_main(monkeypatch, *options):
    monkeypatch.setattr(sys, "argv", ["build_lite.py", *options])
    return build_lite.main()


@pytest.mark.parametrize("option", ["--check", "--out=nowhere"])
def test_that_npm_is_missing_is_told_in_one_sentence_before_anything_is_built(
    option, monkeypatch, tmp_path
):
    monkeypatch.setattr(distribution, "WORK", tmp_path)
    monkeypatch.setattr(distribution.shutil, "which", lambda _: None)
    monkeypatch.setattr(build_lite, "build", None)  # would be called in vain
    told = call_main(monkeypatch, option)
    assert told.startswith("The browser edition needs Node.js with npm") and told.count(".") == 2
    assert call_main(monkeypatch, "--check", "--standin") == 0
    told = call_main(monkeypatch, "--check", "--self-hosted", str(tmp_path))
    assert told.endswith("so it is no distribution of Pyodide.")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    site = re.search(r"^site:.*\n((?:\t.*\n)+)", makefile, re.M)[1]
    assert site.index("build_lite.py --check") < site.index("build_site.py")


def test_a_download_that_fails_ends_in_one_sentence(monkeypatch, tmp_path):
    def fail(*_, **more):
        raise RuntimeError("npm failed: a page of words")

    monkeypatch.setattr(distribution, "WORK", tmp_path)
    monkeypatch.setattr(distribution.shutil, "which", lambda _: "npm")
    monkeypatch.setattr(distribution, "run", fail)
    monkeypatch.setattr(build_lite, "build", lambda *_: distribution.fetch_core(pairings.PUBLIC))
    told = call_main(monkeypatch, "--out=nowhere")
    assert re.fullmatch(r"npm could not fetch pyodide@[\d.]+; is there a network\?", told)


OUTSIDE = {  # modules that the library imports, and the packages that bring them
    "numpy": "numpy",
    "matplotlib": "matplotlib",
    "contourpy": "contourpy",
    "PIL": "pillow",
    "packaging": "packaging",
    "ipywidgets": "ipywidgets",
    "anywidget": "anywidget",
    "IPython": "ipython",
    "traitlets": "traitlets",
}


# The command nbconvert imports it, on a computer of one's own.
NOT_IN_A_BROWSER = "nbconvert_alt.py"


def test_every_module_that_the_library_imports_is_in_the_lock(tmp_path):
    """A cell's import loads what the lock says the library needs, so nothing may be left out."""
    found = set()
    files = [path for path in (ROOT / "lecture_lib").rglob("*.py") if path.name != NOT_IN_A_BROWSER]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module.split(".")[0])
    outside = found - set(sys.stdlib_module_names) - {"lecture_lib"}
    packages = make_small_lock(tmp_path)["packages"]
    loaded = lock.find_needs(packages, ["lecture-lib"])
    assert outside <= set(OUTSIDE)
    assert {OUTSIDE[name] for name in outside} <= set(loaded)


# -- smaller archives


def write_archive(path, files):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_what_no_picture_opens_is_left_out(tmp_path):
    files = {
        "IPython/__init__.py": f"x = 1\n{slim.EMBED}",
        "IPython/core/tests/test_core.py": "",
        "ipython-1.dist-info/METADATA": "Name: ipython",
        "ipython-1.dist-info/RECORD": "",
    }
    slim.unpack_needed(write_archive(tmp_path / "ipython-1-any.whl", files), tmp_path / "out")
    start = (tmp_path / "out" / "IPython" / "__init__.py").read_text("utf-8")
    assert start == f"x = 1\n{slim.EMBED_WHEN_CALLED}"
    left = [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert sorted(left) == ["METADATA", "__init__.py"]
    assert slim.is_needed("pygments", "pygments/lexers/python.py")
    assert not slim.is_needed("pygments", "pygments/lexers/lisp.py")
    assert not slim.is_needed("matplotlib", f"{slim.FONTS}/ttf/DejaVuSerif.ttf")


@pytest.mark.parametrize("font", ("DejaVuSans", "DejaVuSans-Bold", "STIXGeneral", "STIXNonUniIta"))
def test_formulas_keep_their_fonts(font):
    """The last one has the letters of mathcal."""
    assert slim.is_needed("matplotlib", f"{slim.FONTS}/ttf/{font}.ttf")


def test_an_archive_is_packed_to_the_same_bytes_each_time(tmp_path):
    for name in ("a.py", "b/c.pyc"):
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "in" / name).write_text(name, "utf-8")
    slim.pack(tmp_path / "in", tmp_path / "1" / "w.whl")
    (tmp_path / "in" / "a.py").touch()
    slim.pack(tmp_path / "in", tmp_path / "2" / "w.whl")
    first, second = (tmp_path / name / "w.whl" for name in "12")
    assert first.read_bytes() == second.read_bytes()
    assert zipfile.ZipFile(first).namelist() == ["a.py", "b/c.pyc"]


def make_far_package(folder, sha256=None):
    """An entry of a lock file for a wheel that lies at an address."""
    folder.mkdir()
    wheel = wheels.write_empty_wheel(folder, "far")
    return {"file_name": wheel.as_uri(), "sha256": sha256 or pairings.find_sha256(wheel)}


def test_packages_that_lie_elsewhere_are_fetched_once_and_checked(tmp_path, capsys):
    here = tmp_path / "here"
    here.mkdir()
    near = wheels.write_empty_wheel(tmp_path, "near")
    packages = {
        "far": make_far_package(tmp_path / "far"),
        "near": {"file_name": str(near), "sha256": pairings.find_sha256(near)},
    }
    fetched = here / "far-0.0.0-py3-none-any.whl"
    for _ in range(2):
        assert distribution.find_archives(here, packages) == {"near": near, "far": fetched}
        (tmp_path / "far" / fetched.name).unlink(missing_ok=True)  # it is not asked for again
    fetched.unlink()
    assert distribution.find_archives(here, packages) == {"near": near}
    assert "cannot be reached" in capsys.readouterr().out
    with pytest.raises(ValueError, match="wrong has not the sha256"):
        distribution.find_archives(here, {"wrong": make_far_package(tmp_path / "wrong", "0")})


# -- what is built


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_standin(tmp_path_factory.mktemp("site")) / "lite"


def read_packages(site, pairing):
    """(folder of the lock file, packages that it names)."""
    place = site / build_lite.LOCK_FOLDER.format(version=pairing.pyodide)
    return place, json.loads((place / distribution.LOCK).read_text("utf-8"))["packages"]


def test_every_name_in_the_lock_exists_with_its_sha256(site):
    place, packages = read_packages(site, pairings.STANDIN)
    assert set(lock.START) <= set(packages)
    for name, package in packages.items():
        path = (place / package["file_name"]).resolve()
        assert path.is_file() and site.resolve() in path.parents, name
        assert pairings.find_sha256(path) == package["sha256"], name


def read_early(site):
    """What early.mjs knows of its build."""
    text = (site / "early.mjs").read_text("utf-8")
    return json.loads(re.search(r"const told = (\{.*\});", text)[1])


def test_the_worker_that_starts_early_is_the_kernels(site):
    page = BeautifulSoup((site / "notebooks" / "index.html").read_text("utf-8"), "html.parser")
    worker = json.loads(page.find(id="live-told").string)["worker"]
    assert "initRuntime" in (site / worker["address"]).read_text("utf-8")
    assert worker["type"] == "classic"
    (site / worker["address"]).with_name("other.js").write_text("initRuntime", "utf-8")
    with pytest.raises(ValueError, match="is one of .*other.js"):
        pages.find_worker(site)
    (site / worker["address"]).with_name("other.js").unlink()


def test_what_is_read_at_the_start_is_compiled(site):
    """Of this library the source stays, which readers are invited to read."""
    place, packages = read_packages(site, pairings.STANDIN)
    config = json.loads((site / "jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    kernel = config["litePluginSettings"][pages.KERNEL]["loadPyodideOptions"]
    first = [place / packages[name]["file_name"] for name in lock.find_needs(packages, lock.START)]
    names = zipfile.ZipFile(site / kernel["stdLibURL"]).namelist()
    for path in first:
        names += zipfile.ZipFile(path).namelist()
    wanted = (pairings.HERE / "first_modules.txt").read_text("utf-8").split()
    assert {name.removesuffix("y") + "yc" for name in wanted} <= set(names)
    assert not set(wanted) & set(names)
    assert "lecture_lib/network.py" in names and "matplotlib/figure.pyc" in names
    assert "prompt-toolkit" not in lock.find_needs(packages, lock.START)


def test_the_start_files_of_pyodide_are_there(site):
    place, _ = read_packages(site, pairings.STANDIN)
    config = json.loads((site / "jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    kernel = config["litePluginSettings"][pages.KERNEL]
    early = read_early(site)
    assert (site / kernel["pyodideUrl"]).is_file() and (site / "start.js").is_file()
    assert early["options"] == kernel["loadPyodideOptions"]
    assert (site / early["core"]).resolve() == place.resolve()
    assert (place / early["start"]).is_file()
    assert (site / kernel["loadPyodideOptions"]["lockFileURL"]).is_file()
    assert (site / kernel["loadPyodideOptions"]["stdLibURL"]).is_file()
    assert (place / "pyodide.asm.wasm").is_file()
    assert {entry["name"] for entry in config["federated_extensions"]} >= {
        "@jupyter-widgets/jupyterlab-manager",
        "anywidget",
    }


def test_the_notebooks_are_there_as_they_are(site):
    listed = json.loads((site / "api" / "contents" / "all.json").read_text("utf-8"))
    stored = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
    assert [entry["name"] for entry in listed["content"]] == [path.name for path in stored]
    for path in stored:
        assert (site / "files" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("app", pages.WITH_BAR)
def test_every_page_has_the_bar_and_its_files(site, app):
    page = site / app / "index.html"
    text = page.read_text("utf-8")
    assert text.index("live.js") < text.index("jupyter-lite-main")
    told = json.loads(BeautifulSoup(text, "html.parser").find(id="live-told").string)
    assert 10_000_000 < told["bytes"] < 60_000_000 and 10 < told["megabytes"] < 30
    for path in find_links(page):
        assert path.is_file(), path


def test_the_cache_comes_before_the_worker_of_jupyterlite(site):
    text = (site / "service-worker.js").read_text("utf-8")
    ours = text.index("lecture-live")
    assert ours < text.index("/sw-api.v1") and "/* told */" not in text
    fixed = json.loads(re.search(r"const told = (\{.*\});", text)[1])["fixed"]
    assert "./static/wheels/" in fixed and any("pyodide" in start for start in fixed)


def test_the_standin_is_what_npm_has(site):
    """All packages of the distribution but one of its owner's are those of Pyodide itself."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed, which has Pyodide's own lock file")
    with pairings.hold_work():
        official = distribution.read_lock(distribution.fetch_core(pairings.STANDIN))
        standin = distribution.fetch_standin()
    found = distribution.read_lock(standin)
    assert find_other_packages(found, official) == ["provisa-client"]
    core = distribution.fetch_core(pairings.STANDIN)
    for name in distribution.CORE:
        if (core / name).exists():
            assert (core / name).read_bytes() == (standin / name).read_bytes(), name


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    return build_public(tmp_path_factory.mktemp("public"))[0] / "lite"


def test_in_the_public_edition_stock_packages_come_from_pyodides_own_address(public):
    version = pairings.read_kernel(pairings.PUBLIC.environment / "bin" / "python")
    official = distribution.read_lock(distribution.fetch_core(pairings.PUBLIC))["packages"]
    base = distribution.CDN.format(version=version)
    place, packages = read_packages(public, pairings.PUBLIC)
    assert read_early(public)["core"] == base
    for name, package in packages.items():
        known = official.get(name.removesuffix("-module"))
        if package["file_name"].startswith(base):
            assert package["file_name"] == base + known["file_name"], name
            assert package["sha256"] == known["sha256"], name
        else:
            path = (place / package["file_name"]).resolve()
            assert pairings.find_sha256(path) == package["sha256"], name
    stock = set(official) - set(lock.OURS)
    assert stock <= {name.removesuffix("-module") for name in packages}


# -- addresses that lead here


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("[0-9]*.ipynb")), ids=lambda p: p.stem)
def test_live_addresses_name_a_notebook_and_one_of_its_explorers(path):
    notebook = nbformat.read(path, as_version=4)
    shown = [call.explorer for call in list_calls(notebook)]
    for name in ["", *shown]:
        address = urlsplit(name_live_page(path.stem, name))
        told = parse_qs(address.query)
        assert address.path == "lite/notebooks/index.html" and told["path"] == [path.name]
        assert told.get("show", [""]) == [name]
        assert name == "" or f"explorers.{name}(" in "".join(c.source for c in notebook.cells)


def test_the_workflow_publishes_what_was_tested():
    text = (ROOT / ".github" / "workflows" / "site.yml").read_text("utf-8")
    steps = [text.index(word) for word in ("make site", "test_lite.py", "upload-pages-artifact")]
    assert steps == sorted(steps)
