from __future__ import annotations

import string

import yaml
from facts_table import FACTS
from hypothesis import given
from hypothesis import strategies as st

from linkhome.config.load import read_site
from linkhome.newsletter.paste import as_yaml
from linkhome.newsletter.table import PROVIDERS

SHOWN = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Co", "Cn")), min_size=1, max_size=20)
TRICKY = st.sampled_from(["yes", "No", "null", "~", "1e5", "0x1f", "+49", "2024-01-01", "a: b", "a #b", "- a", "&a", "*a", "!a", "{", "]", "'", '"', "\\", "=", "<<", "1_000", ".inf", "é", "12:30", "@a", "%a", "|", ">", "?", ","])  # fmt: skip
TEXT = st.one_of(SHOWN, TRICKY, st.text(string.ascii_letters + "./:_-", min_size=1, max_size=12))


@given(names=st.dictionaries(TEXT, TEXT, max_size=4), tags=st.lists(TEXT, max_size=4), action=TEXT)
def test_what_is_written_reads_back_as_it_was(names: dict[str, str], tags: list[str], action: str) -> None:
    found = {"provider": "custom", "action": action, "hidden": names, "tags": tags}
    written = as_yaml(found, PROVIDERS["custom"])
    assert yaml.safe_load(written) == {"newsletter": found}
    assert all(line.isprintable() for line in written.splitlines())


@given(hidden=st.dictionaries(TRICKY, TRICKY, max_size=4), tags=st.lists(TRICKY, max_size=4))
def test_the_site_reads_it_as_it_was_meant(hidden: dict[str, str], tags: list[str]) -> None:
    found = {"provider": "custom", "action": "https://lists.example.com/join", "hidden": hidden, "tags": tags}
    site = "url: https://lina.example\nprofile: {name: Lina}\n" + as_yaml(found, PROVIDERS["custom"])
    config, problems = read_site(site.encode(), "linkhome.yaml")
    assert [problem.message for problem in problems if problem.severity == "error"] == []
    assert config is not None
    assert config.site.newsletter is not None
    assert dict(config.site.newsletter.hidden) == hidden
    assert list(config.site.newsletter.tags) == tags


def test_settings_come_first_and_are_explained_when_they_are_missing() -> None:
    written = as_yaml({"provider": "klaviyo", "fields": ["email"], "account": "AbC123"}, PROVIDERS["klaviyo"])
    assert written.splitlines()[1:] == [
        "newsletter:",
        "  provider: klaviyo",
        "  account: AbC123",
        "  # Missing: the list's ID, under the list's settings.",
        "  # list: XyZ789",
        "  fields: [email]",
    ]


def test_every_provider_can_be_written_without_anything() -> None:
    for key in FACTS:
        assert yaml.safe_load(as_yaml({"provider": key}, PROVIDERS[key])) == {"newsletter": {"provider": key}}
