"""A page of a Chromium that nobody observes, for measures of memory.

Playwright has the browser keep the bytes of every answer for it, in the memory of the page. Here
nothing is asked for but the values of expressions.
"""

import json
import re
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import websocket

from shared.browser import FLAGS, find_chromium, free_port


class PlainPage:
    """A page that evaluates expressions; the memory is that of its process."""

    def __init__(self, socket, folder):
        self.socket = socket
        self.folder = folder
        self.asked = 0

    def ask(self, method, **parameters):
        """What the browser answers to a command of its protocol."""
        self.asked += 1
        message = {"id": self.asked, "method": method, "params": parameters}
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.asked:
                return answer["result"]

    def evaluate(self, expression):
        """The value of an expression, or None where it cannot be had yet."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        return answer["result"].get("value")

    def wait_for(self, expression, seconds=600):
        """Wait until an expression is true; TimeoutError if it never is."""
        end = time.time() + seconds
        while not self.evaluate(expression):
            if time.time() > end:
                raise TimeoutError(f"not true in {seconds} s: {expression}")
            time.sleep(0.5)

    def measure_memory(self):
        """Megabytes that the process of the page holds (Linux)."""
        return max(map(read_memory, find_renderers(self.folder))) / 1024

    def measure_largest_part(self):
        """Megabytes of the largest piece of that memory: the one that Python computes in."""
        process = max(find_renderers(self.folder), key=read_memory)
        sizes = re.findall(r"^Pss:\s+(\d+)", (process / "smaps").read_text("utf-8"), re.M)
        return max(map(int, sizes)) / 1024


@contextmanager
def open_plain_page(address):
    """A PlainPage at an address, in a browser that has never been there."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        port = free_port()
        own = (f"--remote-debugging-port={port}", f"--user-data-dir={folder}", "--headless")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        chromium = subprocess.Popen(
            [find_chromium(), *FLAGS, *own, "--remote-allow-origins=*", address], **quiet
        )
        try:
            page = connect(port)
            yield PlainPage(page, folder)
            page.close()
        finally:
            chromium.terminate()
            chromium.wait(20)


def connect(port, seconds=30):
    """The socket of the page of a browser that was just started."""
    end = time.time() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
                pages = [one for one in json.load(answer) if one["type"] == "page"]
            return websocket.create_connection(pages[0]["webSocketDebuggerUrl"], timeout=600)
        except (OSError, IndexError):
            if time.time() > end:
                raise
            time.sleep(0.2)


def find_renderers(folder):
    """The folders in /proc of the renderers of the Chromium with this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text("utf-8", "replace")
            if "--type=renderer" in command and is_child(process, folder):
                found.append(process)
        except OSError:
            continue  # it has ended meanwhile
    return found


def read_memory(process):
    """Kilobytes that a process holds, of what is shared its part."""
    text = (process / "smaps_rollup").read_text("utf-8")
    return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1])


def is_child(process, folder):
    """Whether a process belongs to the Chromium with this folder: one above it names the folder."""
    while process.name not in ("0", "1"):
        if folder in (process / "cmdline").read_text("utf-8", "replace"):
            return True
        *_, status = (process / "stat").read_text("utf-8").rpartition(")")
        _, parent, *_ = status.split()
        process = process.parent / parent
    return False
