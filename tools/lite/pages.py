"""What is written into the pages that JupyterLite builds: configuration, list of notebooks, the bar
that says how far Python is, and the worker that keeps everything for a visit without network.
"""

import hashlib
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from .lock import KERNEL_ASKS_FOR, START, write_plainly

FRONT = Path(__file__).parent / "front"
APPS = ("lab", "notebooks", "tree")
WITH_BAR = ("lab", "notebooks")
NAME = "The vanishing gradient problem"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
EXTENSION = "extensions/@jupyterlite/pyodide-kernel-extension"
# Cells off the screen are drawn too, changes are kept after some seconds, nobody is sent news.
OVERRIDES = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 5},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
MODULE_WORKER = ',{type:"module"})'  # how the kernel's page makes it, if not as a plain script
UNWANTED = ("@jupyterlab/apputils-extension:announcements",)
CONTENTS = "all.json"
FIRST_PAGE = "notebooks/index.html?path=00_start_here.ipynb"


def write_json(path, content):
    """Write a file in JSON, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), "utf-8")


def make_source(folder):
    """Write the folder that `jupyter lite build` starts from."""
    write_json(folder / "overrides.json", OVERRIDES)
    build = {"no_sourcemaps": True, "no_unused_shared_packages": True, "apps": list(APPS)}
    write_json(folder / "jupyter_lite_config.json", {"LiteBuildConfig": build})


def configure(out, options, worker):
    """Tell the built pages how the kernel's worker starts Pyodide: by way of early.mjs, with these
    options, whose addresses are seen from the root of the site.
    """
    path = out / "jupyter-lite.json"
    config = json.loads(path.read_text("utf-8"))
    page = config["jupyter-config-data"]
    page["appName"] = NAME
    page["exposeAppInBrowser"] = True
    page["contentsAllJsonFile"] = CONTENTS  # JupyterLite 0.8 asks for no list without its name
    page["disabledExtensions"] = [*page.get("disabledExtensions", []), *UNWANTED]
    kernel = page.setdefault("litePluginSettings", {}).setdefault(KERNEL, {})
    kernel["disablePyPIFallback"] = True
    kernel["loadPyodideOptions"] = options
    kernel["pyodideUrl"] = "./early.mjs" if worker["type"] == "module" else "./early.js"
    write_json(path, config)


def add_early(out, told):
    """Add the scripts that begin to load Python before the kernel asks for it; `told` is what they
    know of this build.
    """
    text = (FRONT / "early.mjs").read_text("utf-8").replace("/* told */", json.dumps(told))
    (out / "early.mjs").write_text(text, "utf-8")
    for name in ("early.js", "start.js"):
        shutil.copyfile(FRONT / name, out / name)


def find_worker(out):
    """The address and the type of the kernel's worker; ValueError if it is not one certain file.

    Of its two workers this is the one for pages that are not isolated, which has no Atomics.
    """
    scripts = {path: path.read_text("utf-8") for path in (out / EXTENSION / "static").glob("*.js")}
    found = []
    for path, text in scripts.items():
        if "initRuntime" in text and "Atomics.wait" not in text and "new Worker(" not in text:
            found.append(path.relative_to(out).as_posix())
    if len(found) != 1:
        raise ValueError(f"the worker of JupyterLite's kernel is one of {found}")
    is_module = any(MODULE_WORKER in text for text in scripts.values())
    return {"address": f"./{found[0]}", "type": "module" if is_module else "classic"}


def choose_start(packages):
    """The names of what is loaded before the first cell, of those that the lock file knows.

    The kernel looks for its own needs by name in this list and installs what is missing, so what it
    can do without is in the list too.
    """
    return [name for name in (*START, *KERNEL_ASKS_FOR) if write_plainly(name) in packages]


def list_notebooks(notebooks, out):
    """Copy the notebooks, and write the list that JupyterLite shows as its folder."""
    (out / "files").mkdir(exist_ok=True)
    models = []
    for path in notebooks:
        shutil.copyfile(path, out / "files" / path.name)
        models.append(describe_file(path.name, "notebook", path.stat()))
    root = describe_file("", "directory", notebooks[0].stat())
    write_json(out / "api" / "contents" / CONTENTS, {**root, "content": models, "format": "json"})


def describe_file(name, kind, status):
    """A file as JupyterLite lists it, without its content."""
    changed = datetime.fromtimestamp(status.st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "name": name,
        "path": name,
        "type": kind,
        "size": status.st_size if kind == "notebook" else None,
        "created": changed,
        "last_modified": changed,
        "content": None,
        "format": None,
        "mimetype": None,
        "writable": True,
    }


def add_bar(out, told):
    """Put the bar into every page with notebooks; `told` is what its script knows of this build."""
    for name in ("live.js", "live.css", "supported.js"):
        shutil.copyfile(FRONT / name, out / name)
    for app in WITH_BAR:
        for page in (out / app).rglob("index.html"):
            root = os.path.relpath(out, page.parent).replace(os.sep, "/")
            text = page.read_text("utf-8")
            head = "<head>\n" + make_head(root, told, out)
            page.write_text(text.replace("<head>", head, 1), "utf-8")


def make_head(root, told, out):
    """The lines at the top of a page that lies so many folders below the root."""
    about = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<link rel="stylesheet" href="{root}/live.css?_={name_version(out / "live.css")}">\n'
        f'<script id="live-told" type="application/json">{about}</script>\n'
        f'<script src="{root}/supported.js?_={name_version(out / "supported.js")}"></script>\n'
        f'<script src="{root}/live.js?_={name_version(out / "live.js")}"></script>\n'
    )


def name_version(path):
    """A short name for what is in a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def add_cache(out, fixed, cache_name):
    """Put the cache before JupyterLite's own service worker; addresses that begin with one of
    `fixed` never change.
    """
    told = json.dumps({"fixed": fixed, "cache": cache_name})
    ours = (FRONT / "cache.js").read_text("utf-8").replace("/* told */", told)
    path = out / "service-worker.js"
    theirs = path.read_text("utf-8")
    path.write_text(f"(() => {{\n{ours}}})();\n{theirs}", "utf-8")


def write_front_page(out):
    """The page of the folder itself, which goes on to notebook 00."""
    text = (FRONT / "index.html").read_text("utf-8").replace("FIRST_PAGE", FIRST_PAGE)
    (out / "index.html").write_text(text, "utf-8")


def remove_leftovers(out):
    """Remove what the build leaves that no reader needs."""
    for path in out.glob("rspack.config*.js"):
        path.unlink()
    for path in out.rglob("*.doit.db"):
        path.unlink()
