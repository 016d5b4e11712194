"""What lies in `.well-known/`, and what is said of it before it misleads anybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from linkhome.config.load import read_site
from linkhome.content.known import files

NOW = datetime(2026, 11, 22, tzinfo=UTC).timestamp()
KEY = "3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"


def made(keys: str, more: str = "url: https://lina.example\n") -> tuple[dict[str, bytes], list[str]]:
    """Return the files for these keys, and what was said of them."""
    text = f"profile: {{name: Lina}}\n{more}well_known:\n  {keys}\n"
    config, found = read_site(text.encode(), "linkhome.yaml")
    assert config is not None, found
    written, said = files(config, NOW)
    return {path.removeprefix(".well-known/"): data for path, data in written.items()}, [d.message for d in said]


def refused(keys: str) -> Any:
    config, found = read_site(f"profile: {{name: Lina}}\nwell_known: {keys}\n".encode(), "linkhome.yaml")
    assert config is None or any(d.severity == "error" for d in found)
    return found[0]


def test_a_site_without_the_key_has_none_of_the_files() -> None:
    config, _ = read_site(b"profile: {name: Lina}\n", "linkhome.yaml")
    assert config is not None
    assert files(config, NOW) == ({}, [])


def test_security_txt_says_whom_to_write_to_and_until_when_in_utc() -> None:
    keys = "security: {email: s@lina.example, page: 'https://lina.example/r/', expires: 2027-06-01}"
    written, said = made(keys, "url: https://lina.example\ntimezone: Europe/Zurich\nlanguage: [en, de]\n")
    assert said == []
    assert written["security.txt"].decode() == (
        "Contact: mailto:s@lina.example\nContact: https://lina.example/r/\nExpires: 2027-05-31T22:00:00Z\n"
        "Preferred-Languages: en, de\nCanonical: https://lina.example/.well-known/security.txt\n"
    )


def test_reports_go_to_the_usual_address_when_no_other_is_given() -> None:
    more = "url: https://lina.example\ncontact: {email: hello@lina.example}\n"
    written, _ = made("security: {expires: 2027-06-01}", more)
    assert written["security.txt"].startswith(b"Contact: mailto:hello@lina.example\n")
    assert made("security: {expires: 2027-06-01}")[1] == ["security.txt needs somebody to write to"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-21", ["security.txt has expired: nobody may rely on it"]),
        ("2026-12-01", ["security.txt expires in 10 days"]),
        ("2027-11-01", []),
        ("2029-01-01", ["security.txt expires in more than a year"]),
    ],
)
def test_a_day_that_helps_nobody_is_told(day: str, said: list[str]) -> None:
    written, told = made(f"security: {{email: s@lina.example, expires: {day}}}")
    assert told == said
    assert ("security.txt" in written) == (day > "2026-11-22")


def test_webfinger_leads_from_the_domain_to_the_account() -> None:
    written, _ = made('fediverse: {account: "Lina@Mastodon.example"}')
    assert json.loads(written["webfinger"]) == {
        "subject": "acct:Lina@mastodon.example",
        "aliases": ["https://mastodon.example/@Lina", "https://mastodon.example/users/Lina"],
        "links": [
            {
                "rel": "http://webfinger.net/rel/profile-page",
                "type": "text/html",
                "href": "https://mastodon.example/@Lina",
            },
            {
                "rel": "self",
                "type": "application/activity+json",
                "href": "https://mastodon.example/users/Lina",
            },
        ],
    }


def test_the_handle_and_the_key_stand_in_files_of_their_own() -> None:
    written, said = made(
        f"bluesky: did:plc:{'a' * 24}\n  nostr: {{key: {KEY.upper()}, relays: ['wss://relay.example']}}"
    )
    assert said == []
    assert written["atproto-did"].decode().strip() == f"did:plc:{'a' * 24}"
    assert json.loads(written["nostr.json"]) == {"names": {"_": KEY}, "relays": {KEY: ["wss://relay.example"]}}


def test_below_the_top_of_a_domain_nobody_looks_for_them() -> None:
    _, said = made(f"bluesky: did:plc:{'a' * 24}", "url: https://lina.github.io/site/\n")
    assert said == ["programs look for .well-known/ only at the top of a domain"]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("{fediverse: {account: lina}}", "'lina' is not an account of the Fediverse"),
        ("{bluesky: lina.bsky.social}", "'lina.bsky.social' is not the lasting name of an account"),
        ("{nostr: {key: npub1abc}}", "'npub1abc' is not a public key of Nostr in hex"),
        ("{nostr: {key: nsec1abcdef}}", "this is a private key of Nostr"),
        (
            f"{{nostr: {{key: {KEY}, relays: ['http://r.example']}}}}",
            "'http://r.example' is not the address of a relay",
        ),
    ],
)
def test_names_that_nobody_would_understand_are_refused(keys: str, message: str) -> None:
    assert refused(keys).message == message


def test_a_private_key_is_not_repeated_in_what_is_said() -> None:
    said = refused("{nostr: {key: nsec1abcdef}}")
    assert "abcdef" not in f"{said.message} {said.hint}"
