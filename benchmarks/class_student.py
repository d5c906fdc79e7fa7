"""A student of bench_class.py, with a browser, who runs a notebook and moves its sliders."""

import asyncio
import json
import random
import re
import time
import uuid

import aiohttp
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from yarl import URL

NOTEBOOK = "05_vanishing_exploding_gradients.ipynb"
PATIENCE = 30  # seconds for one answer


def encode_json(part):
    """A part of a message as bytes."""
    return json.dumps(part).encode()


def list_places(slider):
    """The values of a slider, as the page describes it."""
    if slider["grid"]:
        return slider["grid"]
    count = round((slider["high"] - slider["low"]) / slider["step"])
    return [slider["low"] + slider["step"] * place for place in range(count + 1)]


class Student:
    """Somebody with a browser: a login, a kernel, and the widgets that the kernel has shown."""

    def __init__(self, number, hub, password):
        self.name = f"student{number:03d}"
        self.number = number
        self.hub = hub  # its address
        self.password = password
        self.random = random.Random(number)
        self.session = uuid.uuid4().hex
        self.http = None  # the browser's connections, once it is logged in
        self.socket = None  # the websocket of the kernel
        self.reader = None  # the task that reads it
        self.models = {}  # the state of every widget, by its id
        self.waiting = {}  # the future of every cell that runs, by the id of its message
        self.changed = asyncio.Event()  # set when an explorer shows another state
        self.opened = None  # seconds until all cells had run
        self.answers = []  # seconds from a move to its picture
        self.errors = []  # what went wrong, in words

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

    async def log_in(self):
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

    async def start_kernel(self):
        """Start a kernel for the notebook, and keep from now on what it sends."""
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

    async def open(self):
        """Log in and run all cells of the notebook in the student's own folder."""
        begin = time.monotonic()
        await self.log_in()
        notebook = await self.call("GET", f"api/contents/notebooks/{NOTEBOOK}")
        await self.start_kernel()
        for cell in notebook["content"]["cells"]:
            if cell["cell_type"] == "code":
                await self.run_cell(cell)
        self.opened = time.monotonic() - begin

    async def leave(self):
        """Close the browser."""
        self.reader.cancel()
        await self.http.close()

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
        done = asyncio.get_running_loop().create_future()
        self.waiting[header["msg_id"]] = done
        await self.socket.send_bytes(serialize_msg_to_ws_v1(message, "shell", encode_json))
        return done

    async def run_cell(self, cell):
        """Send a cell as JupyterLab does, and wait until it has run."""
        content = {
            "code": "".join(cell["source"]),
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        }
        done = await self.send("execute_request", content, cellId=cell["id"])
        await done

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
                self.keep_state(content["comm_id"], content["data"])

    def keep_state(self, model, data):
        """Keep what a widget says of its state."""
        state = data.get("state", {})
        if data.get("method") != "echo_update":
            self.models.setdefault(model, {}).update(state)
        shown = state.get("_state", {})
        if shown.get("message"):  # a sentence instead of a picture
            self.errors.append(shown["message"])
        elif shown:
            self.changed.set()

    # -- with the sliders

    def list_sliders(self):
        """{widget: its sliders in view} of all explorers that have some."""
        found = {}
        for model, state in self.models.items():
            for control in state.get("_spec", {}).get("controls", ()):
                if control["kind"] == "slider" and not control["folded"]:
                    found.setdefault(model, []).append(control)
        return found

    async def move(self, seconds, think):
        """Move one slider after another for so many seconds, with a time to think between."""
        sliders = self.list_sliders()
        end = time.monotonic() + seconds
        await asyncio.sleep(self.random.uniform(0, think))
        while time.monotonic() < end:
            model = self.random.choice(list(sliders))
            slider = self.random.choice(sliders[model])
            await self.move_slider(model, slider)
            await asyncio.sleep(think * self.random.uniform(0.5, 1.5))

    async def move_slider(self, model, slider):
        """Give a slider another value; the answer is the first picture of other settings."""
        shown = self.models[model]["_state"]
        stands = shown["settings"][slider["name"]]
        others = [place for place in list_places(slider) if abs(place - stands) > 1e-9]
        move = {"kind": "move", "changes": {slider["name"]: self.random.choice(others)}}
        begin = time.monotonic()
        self.changed.clear()
        data = {"method": "custom", "content": move}
        await self.send("comm_msg", {"comm_id": model, "data": data})
        try:
            async with asyncio.timeout(PATIENCE):
                await self.wait_for_another(model, shown["code"])
            self.answers.append(time.monotonic() - begin)
        except TimeoutError:
            self.errors.append(f"no answer in {PATIENCE} s to {move} of {shown['code']}")

    async def wait_for_another(self, model, code):
        """Wait until an explorer shows what another line of code would."""
        while self.models[model]["_state"]["code"] == code:
            await self.changed.wait()
            self.changed.clear()
