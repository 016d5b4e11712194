"""Tokens come from the environment or the keyring, look as they should, and are never shown."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from types import ModuleType

import pytest
from site_folder import SiteFolder

from linkhome.lists import signing, tokens
from linkhome.lists.refusals import RefusedError, clean
from linkhome.lists.table import SOURCES
from linkhome.lists.tokens import Token

from .offices import Office
from .services import GHOST_ID, GHOST_SECRET, TOKENS, Service, _is_signed, buttondown, crowd


class Keyring(ModuleType):
    """Be the package keyring, as far as it is used."""

    def __init__(self, problem: Exception | None = None) -> None:
        super().__init__("keyring")
        self.kept: dict[tuple[str, str], str] = {}
        self.problem = problem

    def get_password(self, service: str, user: str) -> str | None:
        if self.problem:
            raise self.problem
        return self.kept.get((service, user))

    def set_password(self, service: str, user: str, password: str) -> None:
        if self.problem:
            raise self.problem
        self.kept[service, user] = password

    def delete_password(self, service: str, user: str) -> None:
        del self.kept[service, user]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    made = Keyring()
    monkeypatch.setitem(sys.modules, "keyring", made)
    return made


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)


@pytest.fixture
def folder(site: Callable[..., SiteFolder]) -> SiteFolder:
    return site({"linkhome.yaml": "profile: {name: Lina}\n"})


def test_the_environment_comes_before_the_keyring(keyring: Keyring) -> None:
    keyring.kept["linkhome", "kit"] = "from the keyring"
    found = tokens.find("kit", {"LINKHOME_KIT_TOKEN": " from outside \n"})
    assert found.token and found.token.reveal() == "from outside"
    assert found.where == "the environment variable LINKHOME_KIT_TOKEN"
    found = tokens.find("kit", {})
    assert found.token and found.token.reveal() == "from the keyring"
    assert tokens.find("brevo", {}).token is None


def test_a_keyring_that_fails_holds_nothing_up(keyring: Keyring) -> None:
    keyring.problem = RuntimeError("no backend for secret-canary")
    found = tokens.find("kit", {})
    assert (found.token, found.where) == (None, "the keyring does not answer (RuntimeError)")


def test_a_token_cannot_be_printed_by_mistake() -> None:
    token = Token("canary-0123")
    assert "canary" not in f"{token} {token!r} {[token]} {tokens.Found(token, 'x')}"


def test_a_token_is_asked_for_and_stored_and_removed(keyring: Keyring, folder: SiteFolder) -> None:
    ran = folder.run("list", "token", "kit", answers=TOKENS["kit"] + "\n")
    assert ran.code == 0
    assert ran.out == "The token of Kit is in the keyring of this system.\n"
    assert TOKENS["kit"] not in ran.out + ran.err
    assert keyring.kept == {("linkhome", "kit"): TOKENS["kit"]}
    assert folder.run("list", "token", "kit", "--delete").out == "The token of Kit is removed.\n"
    assert keyring.kept == {}
    assert folder.run("list", "token", "kit", "--delete").out == "There was no token of Kit.\n"


def test_what_was_copied_along_is_left_out_and_what_is_no_token_is_refused(
    keyring: Keyring, folder: SiteFolder
) -> None:
    assert folder.run("list", "token", "klaviyo", answers=f"Klaviyo-API-Key {TOKENS['klaviyo']}\n").code == 0
    assert keyring.kept["linkhome", "klaviyo"] == TOKENS["klaviyo"]
    ran = folder.run("list", "token", "mailjet", answers="canary-without-a-colon\n")
    assert ran.code == 2
    assert "two parts with a colon" in ran.err
    assert "canary" not in ran.err
    assert ("linkhome", "mailjet") not in keyring.kept
    assert folder.run("list", "token", "kit", answers="\n").code == 2


def test_without_a_keyring_one_is_told_what_to_do(no_keyring: None, folder: SiteFolder) -> None:
    for more in ((), ("--delete",)):
        ran = folder.run("list", "token", "kit", *more, answers=TOKENS["kit"] + "\n")
        assert ran.code == 2
        assert "pip install 'linkhome[keyring]'" in ran.err
        assert "LINKHOME_KIT_TOKEN" in ran.err


def test_a_keyring_that_is_locked_is_told(keyring: Keyring, folder: SiteFolder) -> None:
    keyring.problem = RuntimeError("canary")
    for more in ((), ("--delete",)):
        ran = folder.run("list", "token", "kit", *more, answers=TOKENS["kit"] + "\n")
        assert (ran.code, "does not take part (RuntimeError)" in ran.err, "canary" in ran.err) == (1, True, False)


def test_a_keyring_that_keeps_nothing_is_told(
    keyring: Keyring, folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "set_password", lambda *_: None)
    ran = folder.run("list", "token", "kit", answers=TOKENS["kit"] + "\n")
    assert (ran.code, "keeps nothing" in ran.err, TOKENS["kit"] in ran.err) == (1, True, False)


def test_providers_without_an_export_need_no_token(keyring: Keyring, folder: SiteFolder) -> None:
    ran = folder.run("list", "token", "substack", answers="x\n")
    assert (ran.code, "linkhome list import FILE.csv --provider substack" in ran.err) == (2, True)
    assert folder.run("list", "token", "buttondwon").code == 2


def test_the_keyring_is_asked_when_the_list_comes_home(
    keyring: Keyring,
    opened: Callable[..., Office],
    listed: Callable[..., SiteFolder],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened({"api.buttondown.com": buttondown(Service(crowd(3)))})
    monkeypatch.delenv("LINKHOME_BUTTONDOWN_TOKEN")
    keyring.kept["linkhome", "buttondown"] = TOKENS["buttondown"]
    folder = listed("buttondown")
    assert folder.run("list", "backup").code == 0
    said = folder.run("list", "status")
    assert "Buttondown: 3 entries on 20" in said.out
    assert "token: the keyring" in said.out
    assert folder.run("list", "status", "--json").json["lists"][0]["has_token"] is True


# ------------------------------------------------------------------ how they are sent


@pytest.mark.parametrize("provider", list(SOURCES))
def test_every_token_looks_as_it_should(provider: str) -> None:
    assert signing.fitting(SOURCES[provider], Token(f" {TOKENS[provider]}\n")).reveal() == TOKENS[provider]
    for wrong in ("", "ü" * 20, "two words", "a\r\nX-Header: b"):
        with pytest.raises(RefusedError) as refused:
            signing.fitting(SOURCES[provider], Token(wrong))
        assert f"LINKHOME_{provider.upper()}_TOKEN" in refused.value.hint


def test_a_signature_for_ghost_is_made_anew_and_lasts_less_than_five_minutes() -> None:
    now = [1_800_000_000.0]
    make = signing.headers(SOURCES["ghost"], Token(f"{GHOST_ID}:{GHOST_SECRET}"), lambda: now[0])
    first = make()["Authorization"]
    now[0] += 200
    assert make()["Authorization"] != first
    current = signing.headers(SOURCES["ghost"], Token(f"{GHOST_ID}:{GHOST_SECRET}"))()
    assert _is_signed(current["Authorization"].removeprefix("Ghost "))
    assert not _is_signed(first.removeprefix("Ghost ")), "that one is long over, or not yet"
    assert current["Accept-Version"] == "v5.0"


def test_every_spelling_of_a_secret_is_known() -> None:
    assert signing.spellings(SOURCES["mailjet"], Token("user4567:pass4567")) == [
        "user4567:pass4567", "user4567", "pass4567", "dXNlcjQ1Njc6cGFzczQ1Njc=",
    ]  # fmt: skip


def test_sentences_are_cleaned_of_secrets_and_of_people() -> None:
    said = "no anna.example+x@example.org with bd-canary at https://a.example/?q=b%40example.org&t=1"
    assert clean(said, ["bd-canary", ""]) == "no … with … at https://a.example/?q=…&t=1"


def test_what_a_provider_repeats_of_a_token_is_not_kept(
    opened: Callable[..., Office], listed: Callable[..., SiteFolder]
) -> None:
    import json

    from .offices import Question, Reply, say

    clerk = buttondown(Service(crowd(3)))

    def echo(question: Question) -> Reply:
        return say(json.loads(clerk(question).body) | {"you": question.headers["Authorization"]})

    opened({"api.buttondown.com": echo})
    folder = listed("buttondown")
    assert folder.run("list", "backup").code == 0
    (raw,) = (folder.root / "private/raw").iterdir()
    assert json.loads(raw.read_text("utf-8"))["you"] == "Token …"


def test_what_nobody_foresaw_is_told_without_a_word_of_it(
    opened: Callable[..., Office], listed: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    from linkhome.lists import merge

    def fail(*_: object, **__: object) -> None:
        raise KeyError("anna@example.org")

    opened({"api.buttondown.com": buttondown(Service(crowd(3)))})
    monkeypatch.setattr(merge, "add", fail)
    monkeypatch.setenv("LINKHOME_DEBUG", "1")
    folder = listed("buttondown")
    ran = folder.run("list", "backup")
    assert ran.code == 1
    assert "KeyError in test_tokens.py:" in ran.err
    assert "anna" not in ran.err
    assert "Traceback" not in ran.err
    assert not (folder.root / "private/subscribers.csv").exists()


def test_a_question_at_a_terminal_shows_nothing(keyring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    from linkhome.commands.list_status import run_token
    from linkhome.console import Console

    asked = []

    def prompt(text: str, *, hide_input: bool) -> str:
        asked.append((text, hide_input))
        return TOKENS["kit"]

    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(click, "prompt", prompt)
    out = io.StringIO()
    assert run_token("kit", False, Console(out, out)) == 0
    assert asked == [("Token of Kit", True)]
    assert TOKENS["kit"] not in out.getvalue()
