"""Build what binder/ describes in a fresh folder and open it: `make check-binder` (a download, and
Chromium).

Binder's builder needs Docker; this does what it does inside: the Python of runtime.txt, the
packages of requirements.txt, postBuild, and the start script around the server. Printed are the
size of the environment, the seconds until the first slider moves, and the memory of the one
student.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from shared import browser as front  # noqa: E402  the test helpers know JupyterLab's page

ROOT = Path(__file__).parent.parent
PORT = 9358


def memory(process):
    """Bytes held by a process and its children, what they share counted once (Linux)."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(
                stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1]
            )
        except OSError:
            continue  # it has just ended
    ours = {process}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    rollups = (Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8") for pid in ours)
    return sum(1024 * int(re.search(r"Pss:\s+(\d+)", text)[1]) for text in rollups)


def main():
    version = (ROOT / "binder/runtime.txt").read_text(encoding="utf-8").strip().replace("-", "")
    if (
        not shutil.which(version)
        or subprocess.run([version, "--version"], capture_output=True).returncode
    ):
        return f"{version}, which binder/runtime.txt names, is not on this machine."
    above = Path(tempfile.mkdtemp(prefix="binder"))
    clone = above / "home"
    env = above / "env"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    begin = time.perf_counter()
    subprocess.run([version, "-m", "venv", env], check=True)
    path = {**os.environ, "PATH": f"{env}/bin:{os.environ['PATH']}", "HOME": str(clone)}
    install = [env / "bin/pip", "install", "--quiet", "-r", "binder/requirements.txt"]
    for step in (install, [clone / "binder/postBuild"]):
        subprocess.run(step, cwd=clone, env=path, check=True)
    size = sum(p.stat().st_size for p in env.rglob("*") if p.is_file() and not p.is_symlink())
    print(
        f"environment: {version}, {size / 1e6:.0f} MB, built in"
        f" {time.perf_counter() - begin:.0f} s",
        flush=True,
    )

    begin = time.perf_counter()
    address = f"http://127.0.0.1:{PORT}"
    server = subprocess.Popen(
        [
            clone / "binder/start",
            "jupyter",
            "lab",
            "--allow-root",
            "--no-browser",
            f"--port={PORT}",
            f"--IdentityProvider.token={front.TOKEN}",
        ],
        cwd=clone,
        env=path,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert front.answers(f"{address}/api?token={front.TOKEN}"), "the server did not start"
        with front.browser() as page:
            page.goto(f"{address}/lab/tree/notebooks/00_start_here.ipynb?token={front.TOKEN}")
            page.get_by_text("| Idle").wait_for(timeout=60_000)
            print(
                f"00_start_here open, kernel ready: {time.perf_counter() - begin:.1f} s after the"
                " server's start"
            )
            front._command(page, "Run", "runmenu:run-all")
            page.locator(".explorer-gradient_descent [role=slider]").first.wait_for()
            assert front.press(page, "gradient_descent", "gamma"), "the slider did not answer"
            print(f"first slider moved: {time.perf_counter() - begin:.1f} s")
            for name in ("05_vanishing_exploding_gradients", "06_remedies"):
                for kernel in front.rest(address, "kernels"):  # one notebook at a time
                    front.rest(address, f"kernels/{kernel['id']}", "DELETE")
                errors = front.run_all(page, address, name, folder="notebooks/")
                print(
                    f"{name}: {len(errors)} errors; server and kernel hold"
                    f" {memory(server.pid) / 1e6:.0f} MB"
                )
    finally:
        server.terminate()
        server.wait(20)
    shutil.rmtree(above)


if __name__ == "__main__":
    sys.exit(main())
