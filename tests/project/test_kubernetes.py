"""The values file for Kubernetes: the keys of its Helm chart, and the sizes of docs/class.md."""

import re
from copy import deepcopy
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from shared.paths import ROOT

TREE = YAML(typ="safe").load(Path(__file__).with_name("chart_keys.yaml"))
VALUES = YAML(typ="safe").load(ROOT / "classroom" / "zero_to_jupyterhub.yaml")
CLASS = (ROOT / "docs" / "class.md").read_text(encoding="utf-8")
TEACHING = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")


def write_schema(tree):
    """The JSON schema of a tree of keys in the short form of chart_keys.yaml."""
    if isinstance(tree, list):
        return {"enum": tree}
    if isinstance(tree, dict):
        named = {key: write_schema(below) for key, below in tree.items() if key != "*"}
        others = write_schema(tree["*"]) if "*" in tree else False
        return {"type": "object", "properties": named, "additionalProperties": others}
    short = {
        "any": {},
        "free": {"type": "object"},
        "strings": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    return short[tree] if tree in short else {"type": tree.split()}


SCHEMA = write_schema(TREE)


def test_the_short_form_gives_a_schema_with_all_parts_of_the_chart():
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert {"hub", "proxy", "singleuser", "scheduling", "cull", "global"} < set(TREE)


def test_the_values_have_keys_and_types_of_the_chart():
    jsonschema.validate(VALUES, SCHEMA)


# A fault by hand: where, and a value that the chart would refuse there.
FAULTS = {
    "singleuser.memory.guaranteed": "512M",
    "singleuser.cpu.limit": "1",
    "singleuser.storage.type": "nothing",
    "singleuser.image.tag": 0.1,
    "hub.concurrentSpawnLimit": "30",
    "hub.DummyAuthenticator": {},
    "hub.labels": {"class": 1},
    "cull.timeout": 3600.5,
    "scheduling.userPlaceholder.enabled": "true",
    "culling": {},
}


@pytest.mark.parametrize("place, value", FAULTS.items())
def test_a_fault_in_the_values_is_found(place, value):
    values = deepcopy(VALUES)
    *above, last = place.split(".")
    part = values
    for key in above:
        part = part.setdefault(key, {})
    part[last] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(values, SCHEMA)


def test_the_image_the_first_page_and_the_password_are_ours():
    user = VALUES["singleuser"]
    assert (ROOT / user["defaultUrl"].removeprefix("/lab/tree/")).exists()
    assert all(isinstance(value, str) for value in user["extraEnv"].values())
    assert isinstance(VALUES["hub"]["config"]["DummyAuthenticator"]["password"], str)
    image = f"{user['image']['name']}:{user['image']['tag']}"
    assert f"--image-name {image} .\n" in CLASS
    assert f"docker push {image}\n" in CLASS


def test_the_sizes_are_those_that_were_measured():
    """What a student takes according to docs/class.md fits into the guarantee."""
    user = VALUES["singleuser"]
    alone = int(re.search(r"(\d+) MB\s+counted without sharing", CLASS)[1])
    readers = int(re.search(r"or (\d+) who\s+also spend time reading", CLASS)[1])
    memory = int(re.fullmatch(r"(\d+)M", user["memory"]["guarantee"])[1])
    share = user["cpu"]["guarantee"]
    assert alone < memory < 1.5 * alone
    assert share == round(1 / readers, 2)
    assert f"a guarantee of 0.5 GB and {share} cores per student" in CLASS
    assert (user["memory"]["limit"], user["cpu"]["limit"]) == ("1G", 1)
    assert "a limit of 1 GB and 1 core" in CLASS
    cores, gigabytes = map(
        int, re.search(r"(\d+) cores and (\d+) GB guaranteed", TEACHING).groups()
    )
    assert cores == round(1000 * share)
    assert gigabytes == round(1000 * memory / 1024)
