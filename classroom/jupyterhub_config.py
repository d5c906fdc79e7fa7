"""A class on one machine: `CLASS_PASSWORD=... make class` starts it, and this file is all that it
is told.

Everybody chooses a name and gives the one password of the class. Each name gets a folder with
notebooks of its own. All students run as the user who started the Hub, so nothing keeps one from
the files of another: it is for people who trust each other. docs/class.md says what to put in front
of it, and what to take for strangers.
"""

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOTEBOOKS = HERE.parent / "notebooks"
ENVIRONMENT = Path(sys.prefix)  # .class, with the Hub, the proxy and all that the kernels need
# What the students did
DATA = Path(os.environ.get("CLASS_DATA", HERE.parent / "class-data")).resolve()
HOST = os.environ.get("CLASS_HOST", "127.0.0.1")
PORT = int(os.environ.get("CLASS_PORT", "8000"))
# PEM files, for https
CERTIFICATE = os.environ.get("CLASS_CERT", "")
KEY = os.environ.get("CLASS_KEY", "")
IDLE = os.environ.get("CLASS_IDLE", "3600")  # seconds
PASSWORD = os.environ.get("CLASS_PASSWORD", "")
SHORTEST = 12

if len(PASSWORD) < SHORTEST:
    sys.exit(
        f"Set CLASS_PASSWORD to the password of the class, {SHORTEST} characters or more; "
        "it is not in any file."
    )
if os.getuid() == 0 and os.environ.get("CLASS_AS_ROOT") != "1":
    sys.exit(
        "Start the class as an ordinary user: started by root, every student is root; "
        "CLASS_AS_ROOT=1 allows it in a container that is thrown away."
    )
if not (IDLE.isascii() and IDLE.isdigit() and int(IDLE)):
    sys.exit(f"CLASS_IDLE was {IDLE!r}; it must be a whole number of seconds, 1 or more.")
if bool(CERTIFICATE) != bool(KEY):
    sys.exit("CLASS_CERT and CLASS_KEY go together: the files of a certificate and of its key.")
OFTEN = max(int(IDLE) // 12, 1)  # seconds between two looks at who is active
for name, path in (("CLASS_CERT", CERTIFICATE), ("CLASS_KEY", KEY)):
    if path and not os.access(path, os.R_OK):
        sys.exit(f"{name} was {path!r}; it must be a file that can be read.")


def give_notebooks(spawner):
    """Give a student the notebooks that are not there yet, and leave every other file as it is."""
    folder = Path(spawner.home_dir) / "notebooks"
    folder.mkdir(parents=True, exist_ok=True)
    for notebook in NOTEBOOKS.glob("*.ipynb"):
        if not (folder / notebook.name).exists():
            shutil.copyfile(notebook, folder / notebook.name)


DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
c = get_config()  # noqa: F821 (JupyterHub puts it here)

# Only this machine reaches the Hub until CLASS_HOST says otherwise: with a certificate, or with a
# proxy that has one.
c.JupyterHub.bind_url = f"http{'s' if CERTIFICATE else ''}://{HOST}:{PORT}"
c.JupyterHub.ssl_cert = str(Path(CERTIFICATE).resolve()) if CERTIFICATE else ""
c.JupyterHub.ssl_key = str(Path(KEY).resolve()) if KEY else ""
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{PORT + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORT + 2}"
c.ConfigurableHTTPProxy.command = [str(ENVIRONMENT / "node_modules/.bin/configurable-http-proxy")]
c.ConfigurableHTTPProxy.pid_file = str(DATA / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{DATA / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(DATA / "cookie_secret")

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = PASSWORD
c.SharedPasswordAuthenticator.allow_all = True
# It becomes the name of a folder
c.SharedPasswordAuthenticator.username_pattern = r"[a-z0-9][a-z0-9_.-]{0,30}$"

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(DATA / "students" / "{username}")
c.Spawner.pre_spawn_hook = give_notebooks
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
# The Hub and the proxy come first when processors are short, or they give up on servers that are
# about to start.
c.Spawner.cmd = ["nice", "-n", "5", str(ENVIRONMENT / "bin/jupyterhub-singleuser")]
c.Spawner.args = ["--allow-root"] if os.getuid() == 0 else []
c.Spawner.environment = {
    "PATH": f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ['PATH']}",
    # One BLAS thread a kernel: the same numbers everywhere, and no quarrel over shared processors.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JUPYTERHUB_ACTIVITY_INTERVAL": str(OFTEN),
}
# Where it is set, the numbers are those of `make lab`, to the bit
c.Spawner.env_keep.extend(["OPENBLAS_CORETYPE"])
# When all come at once a start takes minutes, which is slow and no failure.
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300

# A server in which nothing has run for an hour (CLASS_IDLE) gives its memory back; the notebooks in
# the folder stay.
c.JupyterHub.last_activity_interval = OFTEN
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [
            sys.executable,
            "-m",
            "jupyterhub_idle_culler",
            f"--timeout={int(IDLE)}",
            f"--cull-every={OFTEN}",
        ],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
