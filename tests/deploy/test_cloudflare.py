"""Cloudflare: files by hash, a version of them, and one step that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from linkhome.deploy import cloudflare, http, sending
from linkhome.deploy.cloudflare import SETTINGS, Cloudflare
from linkhome.deploy.nouns import Failed, File, Frozen, Live, Plan, Refused, There
from linkhome.deploy.table import Around
from linkhome.token import Token

from . import cloudflare_double
from .cloudflare_double import ACCOUNT, TOKEN, refuse, result
from .http_host import say
from .sites import SITE, Watch, frozen

Made = Callable[..., Cloudflare]
#: What visitors can ask for: the host keeps the files for itself.
SEEN = {path: data for path, data in SITE.items() if path not in SETTINGS}


@pytest.fixture
def host() -> Iterator[cloudflare_double.Cloudflare]:
    with cloudflare_double.Cloudflare() as running:
        yield running
    assert running.complaints == []


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def target(host: cloudflare_double.Cloudflare, tmp_path: Path, watch: Watch) -> Iterator[Made]:
    made: list[Cloudflare] = []

    def make(token: str = TOKEN, url: str = "", yes: bool = False, **given: str) -> Cloudflare:
        around = Around(tmp_path, tmp_path / "state", "cloudflare", url, yes)
        keys = {"account": ACCOUNT, "script": "lina-marlow", "api": host.api, **given}
        one = Cloudflare(keys, {"token": Token(token)}, around, watch.clock)
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send one file after the other, where a test counts what has arrived when one fails."""
    monkeypatch.setattr(sending, "AT_ONCE", 1)


def deploy(target: Cloudflare, build: Frozen) -> str:
    """Do what the engine does."""
    there = target.look()
    assert there.stop == ""
    target.marks(build)
    return target.activate(target.upload(build, Plan(), there, lambda sent, size, path: None))


def uploads(host: cloudflare_double.Cloudflare) -> list[str]:
    return [line for line in host.lines("POST") if line.endswith("/assets/upload")]


def wrong(problem: pytest.ExceptionInfo[Any]) -> str:
    """Return all that is said of a problem; no token is ever in it."""
    said = f"{problem.value} {[one.hint for one in problem.value.diagnostics]}"
    assert "canary" not in said
    return said


def test_the_first_deploy_makes_the_worker_and_lets_it_be_seen(host, target, tmp_path):
    one, build = target(), frozen(SITE, tmp_path)
    there = one.look()
    assert there == There(files={})
    assert one.address == "https://lina-marlow.lina.workers.dev/"
    ticket = one.upload(build, Plan(), there, lambda *_: None)
    assert host.scripts == {}
    assert one.activate(ticket) == host.version()["id"]
    assert host.files() == SEEN
    assert host.visit("/lina-marlow/").body == SITE["index.html"]


def test_headers_redirects_and_the_page_for_what_is_not_there_are_settings_of_the_version(host, target, tmp_path):
    deploy(target(), frozen(SITE, tmp_path))
    config = host.version()["metadata"]["assets"]["config"]
    assert config == {
        "html_handling": "auto-trailing-slash",
        "not_found_handling": "404-page",
        "_headers": SITE["_headers"].decode(),
        "_redirects": SITE["_redirects"].decode(),
    }
    deploy(target(), frozen({"index.html": b""}, tmp_path))
    config = host.version()["metadata"]["assets"]["config"]
    assert config == {"html_handling": "auto-trailing-slash", "not_found_handling": "none"}


@pytest.mark.parametrize(
    "path, kind",
    [
        ("index.html", "text/html; charset=utf-8"),
        (".well-known/webfinger", "application/jrd+json"),
        (".well-known/security.txt", "text/plain; charset=utf-8"),
        ("assets/site.0123abcd.css", "text/css; charset=utf-8"),
        ("bilder/Lina im Garten, 100% ü & 'so'.jpg", "image/jpeg"),
    ],
)
def test_every_file_is_served_as_what_it_is(host, target, tmp_path, path, kind):
    deploy(target(), frozen(SITE, tmp_path))
    assert host.kind(path) == kind


def test_the_same_bytes_under_two_endings_are_two_files(host, target, tmp_path):
    deploy(target(), frozen({"a.txt": b"same", "a.html": b"same"}, tmp_path))
    assert (host.kind("a.txt"), host.kind("a.html")) == ("text/plain; charset=utf-8", "text/html; charset=utf-8")


def test_the_next_deploy_sends_what_is_new_and_shows_it_in_one_step(host, target, tmp_path):
    deploy(target(), frozen(SITE, tmp_path))
    host.asked.clear()
    one, build = target(), frozen({**SITE, "index.html": b"new"}, tmp_path)
    ticket = one.upload(build, Plan(), one.look(), lambda *_: None)
    assert host.files() == SEEN
    assert one.activate(ticket) == ticket == host.version()["id"]
    assert host.files() == {**SEEN, "index.html": b"new"}
    assert len(uploads(host)) == 1


def test_progress_counts_every_byte_once_even_if_some_are_sent_twice(host, target, tmp_path):
    host.fault("POST .*/assets/upload", "cut", times=2)
    build, told = frozen(SEEN, tmp_path), []
    one = target()
    one.upload(build, Plan(), one.look(), lambda sent, size, path: told.append((sent, size)))
    assert told[-1] == (build.size, build.size)
    assert all(0 <= sent <= size for sent, size in told)


def test_a_large_file_is_never_in_memory_as_a_whole(host, target, tmp_path, monkeypatch):
    """What is read at once is what one piece of the form needs."""
    build, most = frozen({"song.mp3": bytes(3_000_000)}, tmp_path), []
    real = Frozen.open

    class Watched:
        def __init__(self, file: Any) -> None:
            self.file = file

        def read(self, size: int = -1) -> bytes:
            most.append(size)
            return self.file.read(size)

        def __enter__(self) -> Watched:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

    monkeypatch.setattr(Frozen, "open", lambda self, path: Watched(real(self, path)))
    deploy(target(), build)
    assert host.files() == {"song.mp3": bytes(3_000_000)}
    assert 0 < max(most) <= 100_000
    assert min(most) > 0


def test_too_many_and_too_large_files_are_refused_before_anything_is_sent(host, target, tmp_path, monkeypatch):
    build = Frozen("b", "t", {"film.mp4": File("0" * 64, 25 * 1024 * 1024 + 1)}, {})
    with pytest.raises(Refused, match=r"at most 25 MiB, and film\.mp4 is larger"):
        target().marks(build)
    monkeypatch.setattr(cloudflare, "MOST", 3)
    with pytest.raises(Refused, match="takes 3 files, and the site has 12"):
        target().marks(frozen(SITE, tmp_path))
    assert host.asked == []


def test_a_worker_of_somebody_else_is_left_alone_unless_the_creator_says_otherwise(host, target, tmp_path):
    host.put()
    there = target().look()
    assert "was not put there by linkhome" in there.stop
    assert "--yes" in there.hint
    deploy(target(yes=True), frozen(SITE, tmp_path))
    assert host.files() == SEEN
    assert target().look().stop == ""


def test_an_account_without_an_address_is_told_how_to_get_one(host, target, tmp_path):
    host.subdomain = ""
    assert "no address under workers.dev" in target().look().stop
    one = target(url="https://lina.example/")
    deploy(one, frozen(SITE, tmp_path))
    assert host.files() == SEEN
    assert host.scripts["lina-marlow"]["open"] is False  # the creator's own address is enough


def test_what_is_live_is_known_by_its_build(host, target, tmp_path):
    build = frozen(SITE, tmp_path)
    release = deploy(target(), build)
    assert target().look() == There(build.build, release, None)


def test_a_version_for_some_visitors_only_is_not_overrun(host, target, tmp_path):
    deploy(target(), frozen(SITE, tmp_path))
    host.scripts["lina-marlow"]["live"] *= 2
    assert "two versions" in target().look().stop


def test_a_version_of_somebody_else_in_between_is_not_thrown_away(host, target, tmp_path):
    deploy(target(), frozen(SITE, tmp_path))
    one = target()
    ticket = one.upload(frozen({"index.html": b"new"}, tmp_path), Plan(), one.look(), lambda *_: None)
    theirs = host.put()
    with pytest.raises(Failed, match="somebody else") as failed:
        one.activate(ticket)
    assert failed.value.live is Live.OLD
    assert host.version()["id"] == theirs


# ------------------------------------------------------------ what goes wrong


def test_a_wrong_token_and_an_unknown_account_are_told_with_what_to_do(host, target):
    with pytest.raises(Refused) as refused:
        target(token="cf-wrong").look()
    assert "does not accept the token (answer 401: Authentication error)" in wrong(refused)
    with pytest.raises(Refused) as refused:
        target(account="f" * 32).look()
    assert "knows no such account" in wrong(refused)


@pytest.mark.parametrize("status", [400, 401, 403, 503])
def test_a_failure_in_the_middle_leaves_the_old_site_and_the_next_run_goes_on_from_there(
    one_by_one, host, target, tmp_path, status
):
    deploy(target(), frozen({"index.html": b"old"}, tmp_path))
    host.fault(r"POST .*/assets/upload", said=refuse(status, 1, f"no, {TOKEN}"), after=1, times=99)
    with pytest.raises(Failed) as failed:
        deploy(target(), frozen(SITE, tmp_path))
    assert failed.value.live is Live.OLD
    assert str(status) in wrong(failed)
    assert host.files() == {"index.html": b"old"}
    host.faults.clear()
    arrived = len(host.contents) - 1
    assert arrived >= 3
    host.asked.clear()
    deploy(target(), frozen(SITE, tmp_path))
    assert host.files() == SEEN
    # Files with the same content and the same ending are one file.
    assert len(uploads(host)) <= -(-(len(SEEN) - 1 - arrived) // host.group)


def test_an_upload_that_took_longer_than_its_token_is_good_goes_on_with_another(host, target, tmp_path):
    host.fault(r"POST .*/assets/upload", said=refuse(401, 10000, "expired"), after=1, times=1)
    deploy(target(), frozen(SITE, tmp_path))
    assert host.files() == SEEN
    assert len([line for line in host.lines() if "upload-session" in line]) == 2


@pytest.mark.parametrize("how", ["cut", "half", "lost"])
@pytest.mark.parametrize(
    "line", [r"GET .*", r"POST .*/assets/upload", r"POST .*-session", r"POST .*/deployments", r"PUT .*"]
)
def test_a_line_that_breaks_is_tried_again(host, target, tmp_path, line, how):
    host.fault(line, how, times=2)
    deploy(target(), frozen({"index.html": b"old"}, tmp_path))
    host.fault(line, how, times=2)
    deploy(target(), frozen(SITE, tmp_path))
    assert host.files() == SEEN


@pytest.mark.parametrize("how, versions", [("lost", 2), ("cut", 2)])
def test_a_version_of_which_nobody_heard_is_found_and_not_made_twice(host, target, tmp_path, how, versions):
    deploy(target(), frozen({"index.html": b"old"}, tmp_path))
    host.fault(r"POST .*/versions", how)
    deploy(target(), frozen(SITE, tmp_path))
    assert host.files() == SEEN
    assert len(host.scripts["lina-marlow"]["versions"]) == versions


def test_nobody_claims_to_know_what_is_shown_when_cloudflare_cannot_be_asked_any_more(host, target, tmp_path):
    deploy(target(), frozen({"index.html": b"old"}, tmp_path))
    one = target()
    ticket = one.upload(frozen(SITE, tmp_path), Plan(), one.look(), lambda *_: None)
    host.fault(r"POST .*/deployments", "lost")
    host.fault(r".*", "cut", after=1, times=99)
    with pytest.raises(Failed, match="nobody knows") as failed:
        one.activate(ticket)
    assert failed.value.live is Live.UNKNOWN
    host.faults.clear()
    assert deploy(target(), frozen(SITE, tmp_path)) == ticket


def test_a_version_that_is_accepted_and_never_shown_is_no_success(host, target, tmp_path):
    deploy(target(), frozen({"index.html": b"old"}, tmp_path))
    host.fault(r"POST .*/deployments", said=result({"id": "d"}))
    with pytest.raises(Failed, match="does not show it") as failed:
        deploy(target(), frozen(SITE, tmp_path))
    assert failed.value.live is Live.UNKNOWN


def test_an_answer_that_is_none_is_no_traceback(host, target, tmp_path):
    for line in (r"GET .*/deployments", r"GET .*/workers/subdomain"):
        host.faults = []
        host.fault(line, said=say(["what?"]))
        target(url="https://lina.example/").look()
    host.fault(r"POST .*-session", said=say({"result": None}))
    with pytest.raises(Failed, match="no answer to this"):
        deploy(target(), frozen(SITE, tmp_path))


def test_an_address_that_could_not_be_switched_on_is_switched_on_by_the_next_run(host, target, tmp_path):
    host.fault(r"POST .*/subdomain", said=refuse(403, 1, "no"))
    with pytest.raises(Failed, match="could not give the Worker its address"):
        deploy(target(), frozen(SITE, tmp_path))
    deploy(target(), frozen(SITE, tmp_path))
    assert host.visit("/lina-marlow/").body == SITE["index.html"]


def test_going_back_brings_every_byte_of_the_old_site(host, target, tmp_path):
    first = frozen(SITE, tmp_path)
    release = deploy(target(), first)
    settings = host.version()["metadata"]["assets"]["config"]
    deploy(target(), frozen({"index.html": b"worse"}, tmp_path))
    host.asked.clear()
    assert deploy(target(), first) == release
    assert (host.files(), uploads(host)) == (SEEN, [])
    assert host.version()["metadata"]["assets"]["config"] == settings


class Killed(BaseException):
    """The end of a process."""


@pytest.mark.parametrize("heard", [True, False], ids=["after", "before"])
@pytest.mark.parametrize("old", [{}, {"index.html": b"old", "a.css": b"old"}], ids=["first", "next"])
def test_whenever_it_is_killed_visitors_see_one_whole_site_and_the_next_run_brings_the_new_one(
    host, target, tmp_path, monkeypatch, heard, old
):
    new = {"index.html": b"new", "b.css": b"new"}
    real, left, steps, seen = http.Session.ask, [0], 0, []

    def ask(self: http.Session, *given: Any, **named: Any) -> http.Answer:
        left[0] -= 1
        if left[0] < 0 and not heard:
            raise Killed
        answer = real(self, *given, **named)
        if left[0] < 0:
            raise Killed
        return answer

    while True:
        host.scripts.clear()
        host.contents.clear()
        if old:
            deploy(target(), frozen(old, tmp_path))
        left[0] = steps
        with monkeypatch.context() as killing:
            killing.setattr(http.Session, "ask", ask)
            try:
                deploy(target(), frozen(new, tmp_path))
            except Killed:
                pass
            else:
                break
        assert host.files() in (old, new)
        seen.append(host.files())
        deploy(target(), frozen(new, tmp_path))
        assert host.files() == new
        assert host.scripts["lina-marlow"]["open"] is True
        steps += 1
    assert steps > 7
    assert old in seen
    assert new in seen
