"""Install and check a fresh clone as a guest would: `make test-bare` (Linux, as root, minutes and a
download).

The clone lies in a path with spaces and an umlaut and belongs to a user who is not root and may not
write to the home directory. The packages are installed with the network; then it is taken away,
`make lab` must answer with 00_start_here and `make test` must pass. More words are given to `make
test`, for instance PYTEST_ARGS="-k numeric".
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
GUEST = 65534  # "nobody"
ANSWERS = """
import json, re, subprocess, sys, time, urllib.request
command = ["make", "lab", "LAB_ARGS=--no-browser --port 9357"]
lab = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
token = next(found[1] for line in lab.stderr if (found := re.search("token=(\\\\w+)", line)))
address = "http://127.0.0.1:9357/api/contents/00_start_here.ipynb"
for _ in range(60):
    try:
        page = urllib.request.urlopen(f"{address}?token={token}", timeout=30)
        break
    except OSError:  # it tells its address before it listens
        time.sleep(0.5)
assert json.load(page)["content"]["cells"]
lab.terminate()
"""


def main():
    if (
        sys.platform != "linux"
        or os.getuid()
        or not all(map(shutil.which, ("unshare", "setpriv", "ip")))
    ):
        return "This check needs Linux, root, and the commands unshare, setpriv and ip."
    above = Path(tempfile.mkdtemp(prefix="Kurs über Tiefe "))
    clone = above / "the lecture"
    home = above / "home"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    home.mkdir(mode=0o555)
    subprocess.run(["chown", "-R", f"{GUEST}:{GUEST}", clone], check=True)
    above.chmod(0o755)
    keep = {k: v for k, v in os.environ.items() if re.match("PATH$|LANG$|PIP_|PYENV_|LECTURE_", k)}
    guest = ["setpriv", f"--reuid={GUEST}", f"--regid={GUEST}", "--clear-groups"]
    offline = ["unshare", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh", *guest]
    for name, command in (
        ("install", [*guest, "make", ".venv/test.stamp"]),
        ("make lab answers, offline", [*offline, sys.executable, "-c", ANSWERS]),
        ("make test, offline", [*offline, "make", "test", *sys.argv[1:]]),
    ):
        begin = time.perf_counter()
        done = subprocess.run(command, cwd=clone, env={**keep, "HOME": str(home)})
        ended = "FAILED" if done.returncode else "passed"
        print(f"{name}: {ended}, {time.perf_counter() - begin:.0f} s", flush=True)
        if done.returncode:
            return f"The clone is left in {clone}."
    assert not list(home.iterdir()), "something was written to the home directory"
    shutil.rmtree(above)


if __name__ == "__main__":
    sys.exit(main())
