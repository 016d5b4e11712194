"""The schema for editors: valid draft 7, complete, and of one mind with the loader."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft7Validator

from linkhome.config import schema as keys
from linkhome.config.jsonschema import schema

FULL = Path(__file__).with_name("full_site.yaml").read_text("utf-8")


class EditorLoader(yaml.SafeLoader):
    """Read YAML as editors do: version 1.2, in which ``no`` and ``12:30`` are texts."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for tag, pattern, first in (
    ("bool", "true|false", "tf"),
    ("null", "~|null|", "~n"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), [*first, ""])


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    return Draft7Validator(schema())


def complaints(validator: Draft7Validator, text: str) -> list[str]:
    data = yaml.load(text, EditorLoader)
    return [error.message for error in validator.iter_errors(data)]


def test_it_is_draft_7():
    Draft7Validator.check_schema(schema())
    assert schema()["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "$defs" not in str(schema())


def test_the_full_example_is_valid(validator):
    assert complaints(validator, FULL) == []


@pytest.mark.parametrize(
    "text",
    [
        "profile: {name: 1.10, tagline: no}\ntitle: true\nurl:\n",
        "profile: {name: {en: A, no: B}}\nhome: [newsletter, posts, divider, {newsletter: }, {posts: }]\n",
        "profile: {name: L}\nsocials: [HTTPS://x.example, 'tel:+41', media/a.pdf, 2026.pdf]\n",
        "profile: {name: L}\nbrand: {fonts: system}\ncontact: {sms: true, whatsapp: '+41 61 555'}\n",
    ],
)
def test_what_the_loader_takes_is_valid(validator, text):
    assert complaints(validator, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "profile: {nmae: Lina}\n",
        "profile: {name: Lina}\ntitel: x\n",
        "profile: {name: Lina}\nhome: [{link: https://x.example, titel: x}]\n",
        "profile: {name: Lina}\nhome: [newslettr]\n",
        "profile: {name: Lina}\nhome: [gallery]\n",
        "profile: {name: Lina}\nhome: [{title: no block}]\n",
        "profile: {name: Lina}\nhome: [{link: 'javascript:alert(1)'}]\n",
        "profile: {name: Lina}\nhome: [{posts: 51}]\n",
        "profile: {name: Lina}\nbrand: {color: red}\n",
        "profile: {name: Lina}\nbrand: {mode: drak}\n",
        "profile: {name: Lina, portrait: /home/lina.jpg}\n",
        "profile: {name: Lina}\nurl: lina.example\n",
        "profile: {name: Lina}\nsocials: https://x.example\n",
        "profile: {name: Lina}\nlanguage: english\n",
        "home: []\n",
    ],
)
def test_a_typo_is_not(validator, text):
    assert complaints(validator, text) != []


def test_every_key_appears_with_its_description():
    made = schema()
    for struct in (
        keys.Site,
        *keys.BLOCKS.values(),
        keys.Profile,
        keys.Brand,
        keys.LinkItem,
        keys.PictureFile,
        keys.Event,
    ):
        found = made if struct is keys.Site else made["definitions"][struct.__name__]
        assert tuple(found["properties"]) == struct.__struct_encode_fields__
        assert found["additionalProperties"] is False
        assert found["description"]
    assert made["definitions"]["LinkBlock"]["required"] == ["link"]
    assert made["definitions"]["NewsletterBlock"]["required"] == ["newsletter"]
    assert made["definitions"]["LinkBlock"]["properties"]["link"]["description"].startswith("A web address")


def test_home_offers_every_block_and_every_bare_word():
    offered = schema()["properties"]["home"]["items"]["anyOf"]
    assert [one["$ref"].rpartition("/")[2] for one in offered[:-1]] == [one.__name__ for one in keys.BLOCKS.values()]
    assert offered[-1] == {"type": "string", "enum": list(keys.BARE)}


def test_defaults_are_offered():
    properties = schema()["definitions"]["Brand"]["properties"]
    assert (properties["mode"]["default"], properties["theme"]["default"]) == ("auto", "base")


def test_it_is_the_same_every_time():
    first = schema()
    second = copy.deepcopy(schema())
    assert first == second
    assert list(first["definitions"]) == sorted(first["definitions"])
