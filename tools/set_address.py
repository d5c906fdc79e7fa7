"""Set the public address of this repository: `make address REPO=owner/name`.

It is written to binder/repository, its one place, and the links that need it are filled in between
the marks <!-- address --> and <!-- /address --> of the README and of notebook 00, from which the
site's front page is made. `REPO="not set"` takes them away again.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOT_SET = "not set"
MARKS = re.compile(r"(<!-- address -->\n).*?(<!-- /address -->)", re.S)
FIRST = "notebooks/00_start_here.ipynb"


def check_address(text):
    """`text` if it is an address, owner/name, or "not set"; ValueError in one sentence if not."""
    if text == NOT_SET or re.fullmatch(r"[A-Za-z0-9-]+/[\w.-]+", text):
        return text
    raise ValueError(f'REPO was "{text}"; it must be owner/name, as in REPO=ada/gradients.')


def read_address(root=ROOT):
    """The address, or None if it is not set."""
    address = (root / "binder" / "repository").read_text(encoding="utf-8").strip()
    return None if address == NOT_SET else address


def name_site(address):
    """Where GitHub publishes the static site of an address."""
    owner, _, name = address.partition("/")
    return f"https://{owner.lower()}.github.io/{name}/"


def name_binder(address):
    """The link that opens notebook 00 on Binder."""
    return f"https://mybinder.org/v2/gh/{address}/HEAD?urlpath=lab/tree/{FIRST}"


def write_links(address, browser_edition):
    """The lines between the marks; none if the address is not set."""
    if address == NOT_SET:
        return ""
    site = name_site(address)
    badge = "https://mybinder.org/badge_logo.svg"
    links = [f"[![Open on Binder]({badge})]({name_binder(address)})", f"[read the pages]({site})"]
    if browser_edition:
        links.append(f"[run it in the browser]({site}lite/)")
    return " · ".join(links) + "\n\n"


def fill_in(text, links):
    """The text with these links between its marks; ValueError if it has none."""
    if not MARKS.search(text):
        raise ValueError("A file has no marks <!-- address --> and <!-- /address -->.")
    return MARKS.sub(lambda found: found[1] + links + found[2], text)


def set_address(root, address):
    """Write the address and the links that need it; ValueError, before anything is written, if it
    is none.
    """
    links = write_links(check_address(address), (root / "docs" / "browser-edition.md").exists())
    readme = root / "README.md"
    filled = fill_in(readme.read_text(encoding="utf-8"), links)
    notebook = json.loads((root / FIRST).read_text(encoding="utf-8"))
    cell = notebook["cells"][0]
    cell["source"] = fill_in("".join(cell["source"]), links).splitlines(keepends=True)
    readme.write_text(filled, encoding="utf-8")
    stored = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    (root / FIRST).write_text(stored, encoding="utf-8")
    (root / "binder" / "repository").write_text(address + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        set_address(ROOT, sys.argv[1] if len(sys.argv) == 2 else "")
    except ValueError as error:
        sys.exit(str(error))
