"""A plain web host for the browser edition: compressed text and code, bytes counted."""

import gzip
import threading
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMPRESSED = {".js", ".mjs", ".json", ".html", ".css", ".wasm", ".svg", ".ipynb"}
TYPES = {".wasm": "application/wasm", ".mjs": "text/javascript", ".js": "text/javascript"}


@cache
def read_compressed(path, changed):
    """A file as it travels; `changed` is when it was last written."""
    content = Path(path).read_bytes()
    return gzip.compress(content, 6) if Path(path).suffix in COMPRESSED else content


class Handler(SimpleHTTPRequestHandler):
    """Answers with files of one folder and writes down what was sent."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}

    def log_message(self, *told):
        """Say nothing: the tests read `sent`."""

    def do_GET(self):
        if self.server.is_paused:
            self.close_connection = True
            return
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path = path / "index.html"
        if not path.is_file():
            self.server.sent.append((self.path, 404, 0))
            self.send_error(404)
            return
        changed = path.stat().st_mtime_ns
        body = read_compressed(str(path), changed)
        tag = f'"{changed:x}"'
        known = self.headers.get("If-None-Match") == tag
        self.send_response(304 if known else 200)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Access-Control-Allow-Origin", "*")
        if not known:
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(body)))
            if path.suffix in COMPRESSED:
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if not known:
            self.wfile.write(body)
        self.server.sent.append((self.path, 304 if known else 200, 0 if known else len(body)))


class Host(ThreadingHTTPServer):
    """The host; `sent` lists (address, status, bytes) of its answers in order."""

    daemon_threads = True

    def __init__(self, folder, port=0):
        self.sent = []
        self.is_paused = False
        super().__init__(("127.0.0.1", port), partial(Handler, directory=str(folder)))

    def handle_error(self, request, client):
        """A browser that went away is no error."""

    @property
    def address(self):
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @contextmanager
    def pause(self):
        """Answer nobody for a while, as where there is no network."""
        self.is_paused = True
        try:
            yield
        finally:
            self.is_paused = False

    def count_bytes(self):
        """How many bytes were sent."""
        return sum(size for _, _, size in list(self.sent))


@contextmanager
def serve(folder, port=0):
    """A Host on the files of a folder, for as long as it is needed."""
    host = Host(folder, port)
    thread = threading.Thread(target=host.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.shutdown()
        host.server_close()
        thread.join()
