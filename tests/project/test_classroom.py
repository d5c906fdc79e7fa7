"""The class on one machine: its configuration loads, refuses what is unsafe and keeps the work of
students.
"""

import re
import ssl
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from traitlets.config import PyFileConfigLoader

from shared.commands import needs
from shared.paths import ROOT

NOTEBOOKS = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
PYTHON = next(p for p in (ROOT / ".class/bin/python", Path(sys.executable)) if p.exists())
KNOWN = """
import sys
from traitlets.config import PyFileConfigLoader
from jupyterhub import app, authenticators, proxy, spawner
from jupyterhub.authenticators import shared
classes = {name: c for module in (app, shared, proxy, spawner) for name, c in vars(module).items()}
for section, values in PyFileConfigLoader(sys.argv[1]).load_config().items():
    assert set(values) <= set(classes[section].class_trait_names(config=True)), (section, values)
hub = app.JupyterHub(config=PyFileConfigLoader(sys.argv[1]).load_config())
assert hub.spawner_class is spawner.SimpleLocalProcessSpawner
assert hub.authenticator_class(config=hub.config).user_password == "a long password"
"""


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Load the configuration with what stands in the environment."""
    monkeypatch.setenv("CLASS_DATA", str(tmp_path / "data"))

    def load(user=1000, **environment):
        monkeypatch.setattr("os.getuid", lambda: user)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return PyFileConfigLoader(str(ROOT / "classroom/jupyterhub_config.py")).load_config()

    return load


@pytest.mark.parametrize("password", ["", "elevenchars"])
def test_it_does_not_start_without_a_password_of_some_length(load, password, tmp_path):
    with pytest.raises(
        SystemExit, match="Set CLASS_PASSWORD to the password of the class, 12 characters or more"
    ):
        load(CLASS_PASSWORD=password)
    assert not (tmp_path / "data").exists()


def test_root_has_to_say_that_root_is_meant(load):
    with pytest.raises(SystemExit, match="Start the class as an ordinary user"):
        load(user=0, CLASS_PASSWORD="a long password")
    assert load(user=0, CLASS_PASSWORD="a long password", CLASS_AS_ROOT="1").Spawner.args == [
        "--allow-root"
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"CLASS_IDLE": "0"},
            "CLASS_IDLE was '0'; it must be a whole number of seconds, 1 or more.",
        ),
        ({"CLASS_IDLE": "an hour"}, "CLASS_IDLE was 'an hour'"),
        ({"CLASS_IDLE": "²"}, "CLASS_IDLE was '²'"),
        ({"CLASS_CERT": "c.pem"}, "CLASS_CERT and CLASS_KEY go together"),
        (
            {"CLASS_CERT": __file__, "CLASS_KEY": "no.pem"},
            "CLASS_KEY was 'no.pem'; it must be a file that can be read.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(load, given, said, tmp_path):
    with pytest.raises(SystemExit, match=re.escape(said)):
        load(CLASS_PASSWORD="a long password", **given)
    assert not (tmp_path / "data").exists()


def test_with_a_certificate_it_speaks_https(load):
    hub = load(
        CLASS_PASSWORD="a long password", CLASS_CERT=__file__, CLASS_KEY=__file__, CLASS_IDLE="60"
    ).JupyterHub
    assert hub.bind_url == "https://127.0.0.1:8000" and hub.ssl_cert == hub.ssl_key == str(
        Path(__file__).resolve()
    )
    assert (
        "--timeout=60" in hub.services[0]["command"]
        and "--cull-every=5" in hub.services[0]["command"]
    )


@needs("openssl")
@needs("sh")
def test_the_certificate_that_the_page_makes_will_do(load, tmp_path):
    page = (ROOT / "docs" / "class.md").read_text(encoding="utf-8")
    line = re.search(r"^    (openssl .*)$", page, re.M)[1]
    subprocess.run(["sh", "-ec", line], cwd=tmp_path, check=True, capture_output=True)
    certificate, key = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    hub = load(CLASS_PASSWORD="a long password", CLASS_CERT=certificate, CLASS_KEY=key).JupyterHub
    assert (hub.ssl_cert, hub.ssl_key) == (certificate, key)


def test_only_this_machine_reaches_it_unless_told_otherwise(load):
    hub = load(CLASS_PASSWORD="a long password")
    assert (
        hub.JupyterHub.bind_url == "http://127.0.0.1:8000"
        and "127.0.0.1" in hub.JupyterHub.hub_bind_url
    )
    assert hub.JupyterHub.ssl_cert == hub.JupyterHub.ssl_key == ""
    assert "127.0.0.1" in hub.ConfigurableHTTPProxy.api_url and hub.Spawner.args == []


def test_no_name_leads_out_of_the_folder_of_the_students(load):
    pattern = re.compile(
        load(CLASS_PASSWORD="a long password").SharedPasswordAuthenticator.username_pattern
    )
    assert all(pattern.match(name) for name in ("ada", "ada.lovelace", "42"))
    assert not any(
        pattern.match(name)
        for name in ("", ".", "..", "../ada", "ada/..", "ada lovelace", "a" * 40)
    )


def test_students_get_all_notebooks_once_and_keep_what_they_changed(load, tmp_path):
    give = load(CLASS_PASSWORD="a long password").Spawner.pre_spawn_hook
    ada = SimpleNamespace(home_dir=str(tmp_path / "ada"))
    give(ada)
    changed, gone, *_ = sorted((tmp_path / "ada/notebooks").iterdir())
    changed.write_text("my work", encoding="utf-8")
    gone.unlink()
    give(ada)
    assert {path.name for path in (tmp_path / "ada/notebooks").iterdir()} == NOTEBOOKS and len(
        NOTEBOOKS
    ) == 9
    assert (
        changed.read_text(encoding="utf-8") == "my work"
        and gone.read_bytes() == (ROOT / "notebooks" / gone.name).read_bytes()
    )


def test_a_kernel_gets_one_blas_thread(load):
    environment = load(CLASS_PASSWORD="a long password").Spawner.environment
    assert [environment[f"{name}_NUM_THREADS"] for name in ("OPENBLAS", "OMP", "MKL")] == ["1"] * 3


def test_jupyterhub_knows_every_setting(monkeypatch, tmp_path):
    if subprocess.run([PYTHON, "-c", "import jupyterhub"], capture_output=True).returncode:
        pytest.skip("JupyterHub is not installed; `make class` installs it")
    monkeypatch.setenv("CLASS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CLASS_PASSWORD", "a long password")
    monkeypatch.setenv("CLASS_AS_ROOT", "1")
    command = [PYTHON, "-c", KNOWN, ROOT / "classroom/jupyterhub_config.py"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


@needs("make")
def test_make_starts_it_with_this_configuration_and_pinned_packages():
    for target, said in (
        ("class", "jupyterhub --config classroom/jupyterhub_config.py"),
        ("bench-class", "benchmarks/bench_class.py 30"),
    ):
        done = subprocess.run(
            ["make", "-C", ROOT, "--dry-run", target], capture_output=True, text=True
        )
        assert done.returncode == 0 and said in done.stdout, done.stderr
    pins = [
        line
        for line in (ROOT / "classroom/requirements.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", pin) for pin in pins) and pins[0].startswith(
        "jupyterhub=="
    )
    assert re.search(
        r"configurable-http-proxy@\d+\.\d+\.\d+$",
        (ROOT / "Makefile").read_text(encoding="utf-8"),
        re.M,
    )
