"""The settings for Jupyter: they are copied to where it reads them, and it knows them."""

import json
import sys
from pathlib import Path

from set_up_lab import PLACES, copy_settings

from shared.paths import ROOT

SCHEMAS = Path(sys.prefix, "share", "jupyter", "labextensions")


def test_the_settings_come_to_where_jupyter_reads_those_of_packages(tmp_path):
    copied = [Path(file) for file in copy_settings(tmp_path)]
    lab = tmp_path / "share" / "jupyter" / "lab" / "settings" / "overrides.d"
    assert [file.parent for file in copied] == [lab, tmp_path / "etc" / "jupyter"]
    for file, settings in zip(copied, PLACES):
        assert file.read_bytes() == (settings / file.name).read_bytes()
    assert [Path(file) for file in copy_settings(tmp_path)] == copied


def test_every_setting_is_one_of_the_installed_widget_manager():
    for plugin, values in json.loads(
        (next(iter(PLACES)) / "lecture_companion.json").read_text("utf-8")
    ).items():
        package, name = plugin.split(":")
        schema = SCHEMAS / package / "schemas" / package / f"{name}.json"
        known = json.loads(schema.read_text(encoding="utf-8"))["properties"]
        assert set(values) <= set(known)


def test_every_way_to_a_jupyterlab_sets_it_up():
    assert (ROOT / "Makefile").read_text("utf-8").count("tools/set_up_lab.py") == 2
    assert "tools/set_up_lab.py" in (ROOT / "binder" / "postBuild").read_text("utf-8")
    assert "tools/set_up_lab.py" in (ROOT / "lecture_lib" / "__main__.py").read_text("utf-8")
