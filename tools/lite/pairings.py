"""Which JupyterLite goes with which Pyodide, and the environments that build with them."""

import fcntl
import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
WORK = ROOT / ".lite"  # environments and downloads
READ_VERSION = "from jupyterlite_pyodide_kernel import constants; print(constants.PYODIDE_VERSION)"


@dataclass(frozen=True)
class Pairing:
    """A JupyterLite and the Pyodide that its kernel starts."""

    name: str
    pyodide: str  # the version whose lock file and core files are taken
    lock_sha256: str  # of pyodide-lock.json in npm's package of that version

    @property
    def requirements(self):
        """The file with the pinned packages of its environment."""
        return HERE / f"requirements-{self.name}.txt"

    @property
    def environment(self):
        """The folder of its environment."""
        return WORK / self.name


PUBLIC = Pairing(
    "public",
    "314.0.6",
    "3fdaef09e9e365c85e002737720f8d0ab8f278c1c244a2dde6a37663cf488ad4",
)
STANDIN = Pairing(
    "standin",
    "0.27.7",
    "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
)


def run(*command, **options):
    """Run a command and return what it prints; RuntimeError with its last words if it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-1500:]
        raise RuntimeError(f"{Path(str(command[0])).name} failed: {said}")
    return done.stdout


@contextmanager
def hold_work():
    """Let one process at a time use the folder of environments and downloads."""
    WORK.mkdir(exist_ok=True)
    with open(WORK / "lock", "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def find_sha256(path):
    """The sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_environment(pairing):
    """The Python of the pairing's environment, which is made if it is not there or not up to
    date.
    """
    python = pairing.environment / "bin" / "python"
    stamp = pairing.environment / "stamp"
    wanted = find_sha256(pairing.requirements)
    if not (stamp.exists() and stamp.read_text("utf-8") == wanted):
        run(sys.executable, "-m", "venv", "--clear", pairing.environment)
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*pip, "--requirement", pairing.requirements)
        stamp.write_text(wanted, "utf-8")
    return python


def read_kernel(python):
    """The version of Pyodide that the installed kernel asks for."""
    return run(python, "-c", READ_VERSION).strip()


def check_version(pairing, version):
    """ValueError if the kernel's Pyodide and the pairing's are not of one series (such as 0.27):
    compiled packages of one series fit every release of it.
    """
    if version.rsplit(".", 1)[0] != pairing.pyodide.rsplit(".", 1)[0]:
        raise ValueError(
            f"the installed kernel starts Pyodide {version}, the pairing {pairing.name} has the"
            f" lock file of {pairing.pyodide}: change both in tools/lite together"
        )


def clean_environment():
    """The environment variables for a build, the same on every machine."""
    return {**os.environ, "SOURCE_DATE_EPOCH": "1577836800", "PYTHONHASHSEED": "0"}
