"""A class on one machine: students who log in, run notebook 05 and move its sliders, on a real
JupyterHub.

`make bench-class STUDENTS="10 30 45 60"` takes these numbers of students in turn, each with a fresh
Hub. They arrive one after another over ARRIVE seconds, log in as a browser does, start their server
and a kernel, and run all cells as JupyterLab sends them. When the last one is through, all move
sliders for MOVE seconds: a key press to another value, the wait for the new picture, a time to
think. A student never moves on before the answer, so a slow machine also gets fewer moves. The
students run on the same machine and their share of it is printed; browsers, which draw, do not.
"""

import argparse
import asyncio
import contextlib
import json
import os
import platform
import random
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from importlib.metadata import version
from pathlib import Path

import aiohttp
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from yarl import URL

ROOT = Path(__file__).parent.parent
NOTEBOOK = "05_vanishing_exploding_gradients.ipynb"
# seconds; THINK is a mean, PATIENCE is for one answer
ARRIVE, MOVE, THINK, PATIENCE = (
    120,
    120,
    1,
    30,
)
TICKS = os.sysconf("SC_CLK_TCK")
MB = 2**20
KINDS = ("kernel", "server", "hub")


class Student:
    """Somebody with a browser: a login, a kernel, and the widgets that the kernel has shown."""

    def __init__(self, number, hub, password):
        self.name = f"student{number:03d}"
        self.hub = hub
        self.password = password
        self.random = random.Random(number)
        self.session = uuid.uuid4().hex
        self.models = {}
        self.waiting = {}
        self.answers = []
        self.errors = []
        self.changed = asyncio.Event()
        self.opened = None

    # -- over HTTP

    async def call(self, method, path, **more):
        """Ask the student's own server, with the token that keeps other pages from asking in their
        name.
        """
        url = f"{self.hub}/user/{self.name}/{path}"
        token = self.http.cookie_jar.filter_cookies(URL(url))["_xsrf"].value
        async with self.http.request(method, url, headers={"X-XSRFToken": token}, **more) as reply:
            reply.raise_for_status()
            return await reply.json()

    async def login(self):
        """Log in and wait until the page of JupyterLab comes from the student's own server."""
        self.http = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=aiohttp.ClientTimeout(total=600)
        )
        async with self.http.get(f"{self.hub}/hub/login") as page:
            token = re.search(r'name="_xsrf" value="([^"]+)"', await page.text())[1]
        form = {"username": self.name, "password": self.password, "_xsrf": token}
        async with self.http.post(f"{self.hub}/hub/login?next=/hub/spawn", data=form) as page:
            page.raise_for_status()
        while True:
            async with self.http.get(f"{self.hub}/user/{self.name}/lab") as page:
                if page.ok and "jupyter-config-data" in await page.text():
                    return
            # The page says that the server does not run, with a button that starts it
            if page.status == 424:
                self.errors.append("the server did not start, and was started again")
                await (await self.http.get(f"{self.hub}/hub/spawn/{self.name}")).read()
            await asyncio.sleep(1)

    async def open(self):
        """Start a kernel for the notebook in the student's own folder and run all its cells."""
        begin = time.monotonic()
        await self.login()
        notebook = await self.call("GET", f"api/contents/notebooks/{NOTEBOOK}")
        ask = {
            "path": f"notebooks/{NOTEBOOK}",
            "name": NOTEBOOK,
            "type": "notebook",
            "kernel": {"name": "python3"},
        }
        kernel = (await self.call("POST", "api/sessions", json=ask))["kernel"]["id"]
        self.socket = await self.http.ws_connect(
            f"{self.hub}/user/{self.name}/api/kernels/{kernel}/channels?session_id={self.session}",
            protocols=["v1.kernel.websocket.jupyter.org"],
            max_msg_size=0,
        )
        self.reader = asyncio.create_task(self.read())
        for cell in notebook["content"]["cells"]:
            if cell["cell_type"] == "code":
                content = {
                    "code": "".join(cell["source"]),
                    "silent": False,
                    "store_history": True,
                    "user_expressions": {},
                    "allow_stdin": False,
                    "stop_on_error": True,
                }
                await (await self.send("execute_request", content, cellId=cell["id"]))
        self.opened = time.monotonic() - begin

    # -- over the websocket of the kernel

    async def send(self, kind, content, **metadata):
        """Send a message; for a cell, the future that comes back is done when the kernel has
        replied.
        """
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": self.session,
            "username": self.name,
            "version": "5.4",
            "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        }
        message = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
        done = self.waiting[header["msg_id"]] = asyncio.get_running_loop().create_future()
        await self.socket.send_bytes(
            serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
        )
        return done

    async def read(self):
        """Keep the widgets as a page would, and note everything that went wrong."""
        async for message in self.socket:
            _, (header, parent, _, content, *_) = deserialize_msg_from_ws_v1(message.data)
            kind = json.loads(header)["msg_type"]
            content = json.loads(content)
            if kind == "execute_reply":
                self.waiting.pop(json.loads(parent)["msg_id"]).set_result(content)
            elif kind == "error" or (kind == "stream" and content["name"] == "stderr"):
                self.errors.append(content.get("evalue") or content.get("text"))
            elif kind in ("comm_open", "comm_msg"):
                state = content["data"].get("state", {})
                if content["data"].get("method") != "echo_update":
                    self.models.setdefault(content["comm_id"], {}).update(state)
                shown = state.get("_state", {})
                if shown.get("message"):  # a sentence instead of a picture
                    self.errors.append(shown["message"])
                elif shown:
                    self.changed.set()

    # -- with the sliders

    def explorers(self):
        """The model of every explorer and its sliders in view."""
        for model, state in list(self.models.items()):
            controls = state.get("_spec", {}).get("controls", ())
            yield model, [c for c in controls if c["kind"] == "slider" and not c["folded"]]

    def another(self, slider, value):
        """Another value for a slider."""
        places = slider["grid"]
        if not places:
            count = round((slider["high"] - slider["low"]) / slider["step"])
            places = [slider["low"] + slider["step"] * i for i in range(count + 1)]
        return self.random.choice([p for p in places if abs(p - value) > 1e-9])

    async def move(self, seconds, think):
        """Move one slider after another; an answer is the first picture that belongs to other
        settings.
        """
        explorers = [e for e in self.explorers() if e[1]]
        end = time.monotonic() + seconds
        await asyncio.sleep(self.random.uniform(0, think))
        while time.monotonic() < end:
            model, sliders = self.random.choice(explorers)
            slider = self.random.choice(sliders)
            shown = self.models[model]["_state"]
            value = self.another(slider, shown["settings"][slider["name"]])
            before = shown["code"]
            begin = time.monotonic()
            self.changed.clear()
            move = {"kind": "move", "changes": {slider["name"]: value}}
            data = {"method": "custom", "content": move}
            await self.send("comm_msg", {"comm_id": model, "data": data})
            try:
                async with asyncio.timeout(PATIENCE):
                    while self.models[model]["_state"]["code"] == before:
                        await self.changed.wait()
                        self.changed.clear()
                self.answers.append(time.monotonic() - begin)
            except TimeoutError:
                self.errors.append(f"no answer in {PATIENCE} s to {move} of {before}")
            await asyncio.sleep(think * self.random.uniform(0.5, 1.5))


class Hub:
    """A Hub with `make class`'s configuration, a password for this run and a folder that is thrown
    away.
    """

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
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
        command = [
            Path(sys.executable).parent / "jupyterhub",
            "--config",
            ROOT / "classroom/jupyterhub_config.py",
        ]
        with open(f"{folder}/log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command, env=env, cwd=folder, stdout=log, stderr=subprocess.STDOUT
            )

    def processes(self):
        """Kind, PSS, RSS (bytes) and CPU time (s) of all processes of the class, found by their
        environment.
        """
        for proc in Path("/proc").glob("[0-9]*"):
            try:
                env = (proc / "environ").read_bytes()
                if self.folder.encode() not in env:
                    continue
                kind = "hub"
                if f"HOME={self.folder}/students/".encode() in env:
                    command = (proc / "cmdline").read_bytes()
                    kind = "kernel" if b"ipykernel" in command else "server"
                sizes = dict(
                    re.findall(
                        r"^(Pss|Rss): +(\d+)",
                        (proc / "smaps_rollup").read_text(encoding="utf-8"),
                        re.M,
                    )
                )
                times = (
                    (proc / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
                )
            except OSError:  # it has just ended
                continue
            yield (
                int(proc.name),
                kind,
                1024 * int(sizes["Pss"]),
                1024 * int(sizes["Rss"]),
                sum(map(int, times)) / TICKS,
            )

    async def ready(self):
        async with aiohttp.ClientSession(raise_for_status=True) as http:
            while self.process.poll() is None:
                try:
                    return await (await http.get(f"{self.url}/hub/login")).read()
                except aiohttp.ClientError:
                    await asyncio.sleep(0.5)
        raise SystemExit(Path(self.folder, "log").read_text(encoding="utf-8"))

    def stop(self):
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(120)
        for pid, *_ in list(self.processes()):
            os.kill(pid, signal.SIGKILL)


def busy():
    """Processor time that this machine has spent on anything, in seconds."""
    user, nice, system, _, _, irq, soft, *_ = map(
        int, Path("/proc/stat").read_text(encoding="utf-8").split("\n")[0].split()[1:]
    )
    return (user + nice + system + irq + soft) / TICKS


async def measure(number, arrive, move, think):
    """One row of the table."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        hub = Hub(folder)
        try:
            await hub.ready()
            students = [Student(i, hub.url, hub.password) for i in range(number)]

            async def come(student):
                try:
                    await asyncio.sleep(arrive * int(student.name[-3:]) / number)
                    await asyncio.wait_for(student.open(), 1200)
                except Exception as error:  # counted, and the others go on
                    student.errors.append(f"could not open: {error!r}")

            await asyncio.gather(*map(come, students))
            here = [s for s in students if s.opened]
            first = list(hub.processes())
            own = time.process_time()
            all_of_it = busy()
            begin = time.monotonic()
            await asyncio.gather(*(s.move(move, think) for s in here))
            last = list(hub.processes())
            own = time.process_time() - own
            all_of_it = busy() - all_of_it
            seconds = time.monotonic() - begin
            for student in here:
                student.reader.cancel()
                await student.http.close()
        finally:
            hub.stop()
    answers = sorted(1000 * a for s in students for a in s.answers)
    errors = [e for s in students for e in s.errors]
    for error in errors[:5]:
        print("   ", error[:300].replace("\n", " "), flush=True)
    spent = {
        kind: sum(p[4] for p in last if p[1] == kind) - sum(p[4] for p in first if p[1] == kind)
        for kind in KINDS
    }
    pss, rss = (
        {kind: sum(p[column] for p in last if p[1] == kind) / MB for kind in KINDS}
        for column in (2, 3)
    )
    opened = [s.opened for s in here] or [0]
    other = all_of_it - own - sum(spent.values())
    return {
        "students": number,
        "open, s": f"{statistics.median(opened):.0f}",
        "slowest": f"{max(opened):.0f}",
        "CPU s to open": f"{sum(p[4] for p in first if p[1] != 'hub') / number:.0f}",
        "moves": len(answers),
        "median, ms": f"{statistics.median(answers or [0]):.0f}",
        "95 %": f"{(answers or [0])[int(0.95 * len(answers))]:.0f}",
        "worst": f"{max(answers, default=0):.0f}",
        "errors": len(errors),
        "MB a student, PSS: kernel + server": (
            f"{pss['kernel'] / number:.0f} + {pss['server'] / number:.0f}"
        ),
        "RSS": f"{rss['kernel'] / number:.0f} + {rss['server'] / number:.0f}",
        "in all, GB PSS": f"{sum(pss.values()) / 1024:.1f}",
        "cores a student": f"{(spent['kernel'] + spent['server']) / seconds / number:.3f}",
        "Hub and proxy": f"{spent['hub'] / seconds:.2f}",
        "these students": f"{own / seconds:.2f}",
        "other work": f"{other / seconds:.2f}",
    }


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("students", nargs="*", type=int, default=[30])
    ask.add_argument("--arrive", type=float, default=ARRIVE, help="seconds over which they come")
    ask.add_argument("--move", type=float, default=MOVE, help="seconds for which they move sliders")
    ask.add_argument(
        "--think",
        type=float,
        default=THINK,
        help="mean seconds between an answer and the next move",
    )
    given = ask.parse_args()
    memory = (
        int(re.search(r"MemTotal: +(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))[1])
        / MB
    )
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    names = (
        "jupyterhub",
        "jupyterlab",
        "jupyter_server",
        "ipykernel",
        "ipywidgets",
        "numpy",
        "matplotlib",
    )
    print(
        f"{os.cpu_count()} cores ({cpu[1] if cpu else platform.machine()}), {memory:.0f} GB, Python"
        f" {platform.python_version()},"
        f" {', '.join(f'{name} {version(name)}' for name in names)}.\nThey arrive evenly over"
        f" {given.arrive:g} s, open notebook 05 and run all of it; then all move sliders for"
        f" {given.move:g} s, {given.think / 2:g} to {1.5 * given.think:g} s after each answer"
        " (seed: the student's number).\n"
    )
    for turn, number in enumerate(given.students):
        load = os.getloadavg()[0]
        row = asyncio.run(measure(number, given.arrive, given.move, given.think)) | {
            "load before": f"{load:.1f}"
        }
        if turn == 0:
            print(f"| {' | '.join(row)} |\n|{'---|' * len(row)}")
        print(f"| {' | '.join(map(str, row.values()))} |", flush=True)


if __name__ == "__main__":
    main()
