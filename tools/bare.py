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
NOBODY = 65534
GUEST = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
# The command that follows runs as the guest, with no network but the machine's own.
OFFLINE = ("unshare", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh", *GUEST)
KEPT = re.compile("PATH$|LANG$|PIP_|PYENV_|LECTURE_")  # names of environment variables


def can_run():
    """Whether this machine has what the check needs."""
    if sys.platform != "linux" or os.getuid() != 0:
        return False
    return all(shutil.which(command) for command in ("unshare", "setpriv", "ip"))


def make_clone(above):
    """Make the clone and an empty home directory below a folder; returns both."""
    clone = above / "the lecture"
    home = above / "home"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    home.mkdir(mode=0o555)
    subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", clone], check=True)
    above.chmod(0o755)
    return clone, home


def list_steps(more):
    """{name: command} of what is done in the clone; `more` words are given to `make test`."""
    return {
        "install": [*GUEST, "make", ".venv/test.stamp"],
        "make lab answers, offline": [*OFFLINE, sys.executable, "tools/ask_lab.py"],
        "make test, offline": [*OFFLINE, "make", "test", *more],
    }


def run_step(name, command, clone, home):
    """Run a command and say how it ended; returns whether it passed."""
    kept = {key: value for key, value in os.environ.items() if KEPT.match(key)}
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=clone, env={**kept, "HOME": str(home)})
    seconds = time.perf_counter() - begin
    passed = done.returncode == 0
    print(f"{name}: {'passed' if passed else 'FAILED'}, {seconds:.0f} s", flush=True)
    return passed


def main():
    """Run all steps up to the first that fails; returns a sentence if something is wrong."""
    if not can_run():
        return "This check needs Linux, root, and the commands unshare, setpriv and ip."
    if sys.getfilesystemencoding() != "utf-8":
        return "This check needs a locale with UTF-8, such as LC_ALL=C.UTF-8."
    above = Path(tempfile.mkdtemp(prefix="Kurs über Tiefe "))
    clone, home = make_clone(above)
    for name, command in list_steps(sys.argv[1:]).items():
        if not run_step(name, command, clone, home):
            return f"The clone is left in {clone}."
    assert not list(home.iterdir()), "something was written to the home directory"
    shutil.rmtree(above)
    return None


if __name__ == "__main__":
    sys.exit(main())
