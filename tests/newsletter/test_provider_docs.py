"""The page for creators says what the table says, and every example on it works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from linkhome.newsletter.entry import EXTRAS
from linkhome.newsletter.table import PROVIDERS
from linkhome.newsletter.target import resolve

PAGE = (Path(__file__).parents[2] / "docs/newsletter-providers.md").read_text("utf-8")
WORKING = {key: provider for key, provider in PROVIDERS.items() if not provider.closed}
CONFIRMS = {"always": "always", "setting": "a setting there", "none": "no"}
KEEPS = {"first_name": "first name", "last_name": "last name", "phone": "phone"}


def rows() -> list[list[str]]:
    table = PAGE.partition("<!-- providers -->\n")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def sections() -> dict[str, str]:
    return {part.partition("\n")[0]: part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]}


def examples() -> list[dict[str, object]]:
    return [yaml.safe_load(text)["newsletter"] for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def test_the_table_of_the_page_is_the_table_of_the_program() -> None:
    written = [
        [
            f"`{key}`",
            ", ".join(f"`{one.name}`" + ("" if one.optional is None else "?") for one in provider.settings),
            CONFIRMS[provider.double_opt_in],
            ", ".join(KEEPS[name] for name in EXTRAS if name not in provider.drops) or "nothing",
        ]
        for key, provider in WORKING.items()
    ]
    assert [row[1:] for row in rows()] == written
    assert [re.sub(r"\[(.*?)\].*", r"\1", row[0]) for row in rows()] == [provider.name for provider in WORKING.values()]


def test_every_provider_has_a_section_with_an_example() -> None:
    assert sorted({str(example["provider"]) for example in examples()}) == sorted(WORKING)
    for key, provider in WORKING.items():
        section = sections()["Any other form" if key == "custom" else provider.name]
        assert f"  provider: {key}\n" in section
        for setting in provider.settings:
            assert f"`{setting.name}`" in section or f"{setting.name}: " in section
            assert setting.optional is not None or f"  {setting.name}: " in section


@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example["provider"]))
def test_every_example_resolves(example: dict[str, object]) -> None:
    target, problems = resolve(str(example["provider"]), {k: v for k, v in example.items() if k != "provider"})
    assert problems == []
    assert target is not None


def test_tags_are_said_to_work_where_they_do() -> None:
    sentence = " ".join(PAGE.split()).partition("Tags work with ")[2]
    named = re.split(r", | and ", sentence.partition(", and with all")[0])
    kept = {"netlify", "formspree", "basin", "web3forms", "worker", "mailjet", "resend", "custom"}
    assert sorted(named) == sorted(
        provider.name for key, provider in WORKING.items() if provider.names.tags and key not in kept
    )
    assert all(PROVIDERS[key].names.tags for key in kept)


def test_what_is_closed_is_told() -> None:
    for provider in PROVIDERS.values():
        assert not provider.closed or provider.closed.partition(",")[0] in sections()[provider.name]
