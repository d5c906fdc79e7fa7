"""`python -m lecture_lib` opens the notebooks where there is no make: it does what `make lab` does.

It sets up `.venv` in the folder of the project once, installs what the notebooks need, and starts
JupyterLab. What stands behind it is passed on to JupyterLab:
`python -m lecture_lib --no-browser --port 9000`. `--help` prints these words and installs nothing;
`.venv/bin/python -m jupyter lab --help` lists the options of JupyterLab.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FIRST = Path("notebooks") / "00_start_here.ipynb"
OLDEST = (3, 11)  # Python
SETTING_UP = "Setting up .venv, once: about a minute or two."
NEWS = "@jupyterlab/apputils-extension:announcements"  # would ask for something on the first page


def find_python(root, windows):
    """The Python of the project's own environment, whether or not it is there."""
    return root / ".venv" / ("Scripts/python.exe" if windows else "bin/python")


def needs_installing(root, python):
    """Whether the environment is missing or older than the lists of what it holds."""
    stamp = root / ".venv" / "lab.stamp"
    if not python.exists() or not stamp.exists():
        return True
    lists = (root / "requirements.txt", root / "pyproject.toml")
    return any(path.stat().st_mtime > stamp.stat().st_mtime for path in lists)


def install(root, python):
    """Make the environment where it is missing, and install what the notebooks need."""
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", root / ".venv"], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", "requirements.txt", "--editable", "."], check=True, cwd=root)
    extension = [python, "-m", "jupyter", "labextension", "disable", "--level=sys_prefix", NEWS]
    subprocess.run(extension, check=True, cwd=root)
    subprocess.run([python, "tools/set_up_lab.py"], check=True, cwd=root)
    (root / ".venv" / "lab.stamp").touch()


def write_lab_command(python, arguments, as_root):
    """The command that opens JupyterLab on the first notebook."""
    rights = ["--allow-root"] if as_root else []  # as Jupyter asks for in many containers
    return [python, "-m", "jupyter", "lab", *rights, *arguments, str(FIRST)]


def main(arguments):
    """Open the notebooks; returns an exit status, or one sentence on what is missing."""
    if "--help" in arguments or "-h" in arguments:
        print(__doc__.strip())
        return 0
    if sys.version_info < OLDEST:
        return "Python 3.11 or newer is needed, but this is " + sys.version.split()[0] + "."
    if not (ROOT / FIRST).exists():
        return f"There are no notebooks beside {ROOT / 'lecture_lib'}: start it in a clone."
    python = find_python(ROOT, windows=os.name == "nt")
    try:
        if needs_installing(ROOT, python):
            print(SETTING_UP, flush=True)  # pip is quiet
            install(ROOT, python)
    except (subprocess.CalledProcessError, OSError) as error:
        return f"The environment .venv could not be set up ({error})."
    as_root = hasattr(os, "getuid") and os.getuid() == 0
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    try:
        command = write_lab_command(python, arguments, as_root)
        return subprocess.run(command, cwd=ROOT, env=environment).returncode
    except KeyboardInterrupt:  # Ctrl-C is how one stops JupyterLab
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
