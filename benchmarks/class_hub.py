"""The Hub of bench_class.py, and what its processes take (Linux)."""

import asyncio
import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import aiohttp

CONFIGURATION = Path(__file__).parent.parent / "classroom" / "jupyterhub_config.py"
KINDS = ("kernel", "server", "hub")
TICKS = os.sysconf("SC_CLK_TCK")  # a second


@dataclass(frozen=True)
class Process:
    """A process of the class."""

    pid: int
    kind: str  # one of KINDS
    pss: int  # bytes that it holds, of what is shared its part
    rss: int  # bytes that it holds, what is shared included
    cpu: float  # seconds of the processor that it has taken


def find_kind(folder, environment):
    """What a process is to the class whose Hub works in `folder`; None if it does not belong to
    it. The folder is in the environment of all that do.
    """
    text = environment.read_bytes()
    if folder.encode() not in text:
        return None
    if f"HOME={folder}/students/".encode() not in text:
        return "hub"
    command = environment.with_name("cmdline").read_bytes()
    return "kernel" if b"ipykernel" in command else "server"


def read_process(path, folder):
    """The Process with this path in /proc; None if it does not belong to the class."""
    kind = find_kind(folder, path / "environ")
    if kind is None:
        return None
    memory = (path / "smaps_rollup").read_text(encoding="utf-8")
    sizes = dict(re.findall(r"^(Pss|Rss): +(\d+)", memory, re.M))
    *_, status = (path / "stat").read_text(encoding="utf-8").rpartition(")")
    user, system = status.split()[11:13]
    return Process(
        pid=int(path.name),
        kind=kind,
        pss=1024 * int(sizes["Pss"]),
        rss=1024 * int(sizes["Rss"]),
        cpu=(int(user) + int(system)) / TICKS,
    )


def read_busy():
    """Processor time that this machine has spent on anything, in seconds."""
    first, *_ = Path("/proc/stat").read_text(encoding="utf-8").splitlines()
    user, nice, system, _, _, irq, soft, *_ = map(int, first.split()[1:])
    return (user + nice + system + irq + soft) / TICKS


class Hub:
    """A Hub with `make class`'s configuration, a password for this run and a folder that is thrown
    away.
    """

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            _, port = free.getsockname()
        self.folder = folder
        self.password = secrets.token_urlsafe(16)
        self.url = f"http://127.0.0.1:{port}"
        env = {
            **os.environ,
            "CLASS_PASSWORD": self.password,
            "CLASS_DATA": folder,
            "CLASS_PORT": str(port),
            "CLASS_AS_ROOT": "1",
        }
        command = [Path(sys.executable).parent / "jupyterhub", "--config", CONFIGURATION]
        with open(f"{folder}/log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command, env=env, cwd=folder, stdout=log, stderr=subprocess.STDOUT
            )

    def list_processes(self):
        """The Processes of the class."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                process = read_process(path, self.folder)
            except OSError:  # it has just ended
                continue
            if process is not None:
                found.append(process)
        return found

    async def wait(self):
        """Wait until it answers; SystemExit with its log if it ends before."""
        async with aiohttp.ClientSession(raise_for_status=True) as http:
            while self.process.poll() is None:
                try:
                    return await (await http.get(f"{self.url}/hub/login")).read()
                except aiohttp.ClientError:
                    await asyncio.sleep(0.5)
        raise SystemExit(Path(self.folder, "log").read_text(encoding="utf-8"))

    def stop(self):
        """End it, and whatever of the class is left."""
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(120)
        for process in self.list_processes():
            os.kill(process.pid, signal.SIGKILL)
