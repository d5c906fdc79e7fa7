"""Set the public address of this repository: `make address REPO=owner/name`.

It is written to binder/repository, its one place. The links that need it are filled in between the
marks <!-- address --> and <!-- /address --> of the README and of notebook 00, from which the site's
front page is made, and the README's `git clone` gets it. `REPO="not set"` takes them away again:
the README then says that nothing is published yet.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOT_SET = "not set"
MARKS = re.compile(r"(<!-- address -->\n?).*?(<!-- /address -->)", re.S)
CLONE = re.compile(r"(?<=    git clone ).+")
BADGE = "https://mybinder.org/badge_logo.svg"
FIRST = "notebooks/00_start_here.ipynb"
# What GitHub allows: an owner begins with a letter or a digit.
ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/([A-Za-z0-9._-]+)")


def check_address(text):
    """`text` if it is an address, owner/name, or "not set"; ValueError in one sentence if not."""
    found = ADDRESS.fullmatch(text)
    if text == NOT_SET or (found and found[1] not in (".", "..")):
        return text
    raise ValueError(f'REPO was "{text}"; it must be owner/name, as in REPO=ada/gradients.')


def read_address(root=ROOT):
    """The address, or None if it is not set."""
    address = (root / "binder" / "repository").read_text(encoding="utf-8").strip()
    return None if address == NOT_SET else address


def name_site(address):
    """Where GitHub publishes the static site of an address."""
    owner, _, name = address.partition("/")
    host = f"{owner.lower()}.github.io"
    # The repository that is named like the host is published at its root.
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def name_binder(address):
    """The link that opens notebook 00 on Binder."""
    return f"https://mybinder.org/v2/gh/{address}/HEAD?urlpath=lab/tree/{FIRST}"


def write_links(address):
    """What stands between the marks of the README: the links, or that there are none yet."""
    if address == NOT_SET:
        return (
            "Not published yet. To publish it, start at\n"
            "[Publishing](docs/browser-edition.md#publishing)."
        )
    site = name_site(address)
    return (
        f"Take [the browser edition]({site}lite/), where Python runs in the page itself, or\n"
        f"[![Binder]({BADGE})]({name_binder(address)}), a borrowed computer. To read only: "
        f"[the pages]({site})."
    )


def name_clone(address):
    """What `git clone` is given."""
    if address == NOT_SET:
        return "<the address of this repository>"
    return f"https://github.com/{address}"


def write_links_of_notebook(address):
    """What stands between the marks of notebook 00; nothing if the address is not set."""
    if address == NOT_SET:
        return ""
    site = name_site(address)
    return (
        f"[![Open on Binder]({BADGE})]({name_binder(address)}) · [read the pages]({site})"
        f" · [run it in the browser]({site}lite/)\n\n"
    )


def fill_in(text, links):
    """The text with these links between its marks; ValueError if it has none."""
    if not MARKS.search(text):
        raise ValueError("A file has no marks <!-- address --> and <!-- /address -->.")
    return MARKS.sub(lambda found: found[1] + links + found[2], text)


def set_address(root, address):
    """Write the address and the links that need it; ValueError, before anything is written, if it
    is none.
    """
    links = write_links(check_address(address))
    readme = root / "README.md"
    filled = fill_in(readme.read_text(encoding="utf-8"), links)
    filled = CLONE.sub(name_clone(address), filled)
    notebook = json.loads((root / FIRST).read_text(encoding="utf-8"))
    cell = notebook["cells"][0]
    linked = fill_in("".join(cell["source"]), write_links_of_notebook(address))
    cell["source"] = linked.splitlines(keepends=True)
    readme.write_text(filled, encoding="utf-8")
    stored = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    (root / FIRST).write_text(stored, encoding="utf-8")
    (root / "binder" / "repository").write_text(address + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        set_address(ROOT, sys.argv[1] if len(sys.argv) == 2 else "")
    except ValueError as error:
        sys.exit(str(error))
