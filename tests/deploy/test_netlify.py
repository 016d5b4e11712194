"""Netlify: two steps, found again after every accident, and never more than was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from linkhome.deploy import http, sending
from linkhome.deploy.netlify import ABOUT, Netlify
from linkhome.deploy.nouns import Failed, Frozen, Live, Plan, Refused, There
from linkhome.deploy.table import Around
from linkhome.token import Token

from . import netlify_double
from .http_host import Asked, say
from .netlify_double import TOKEN
from .netlify_spec import FILE, complaints
from .sites import SITE, Watch, frozen, plan_of

Made = Callable[..., Netlify]


@pytest.fixture
def host() -> Iterator[netlify_double.Netlify]:
    with netlify_double.Netlify() as running:
        yield running
    assert running.complaints == []


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def target(host: netlify_double.Netlify, tmp_path: Path, watch: Watch) -> Iterator[Made]:
    made: list[Netlify] = []

    def make(token: str = TOKEN, yes: bool = False, **given: str) -> Netlify:
        around = Around(tmp_path, tmp_path / "state", "netlify", yes=yes)
        one = Netlify({"site": "lina-marlow", "api": host.api, **given}, {"token": Token(token)}, around, watch.clock)
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send one file after the other, where a test counts what has arrived when one fails."""
    monkeypatch.setattr(sending, "AT_ONCE", 1)


def deploy(target: Netlify, build: Frozen) -> str:
    """Do what the engine does."""
    there = target.look()
    assert there.stop == ""
    plan = plan_of(target.marks(build), there.files or {})
    return target.activate(target.upload(build, plan, there, lambda sent, size, path: None))


def uploads(host: netlify_double.Netlify) -> list[str]:
    return [line for line in host.lines("PUT") if "/files/" in line]


def test_every_byte_arrives_and_nobody_sees_any_of_it_before_it_is_activated(host, target, tmp_path):
    build = frozen(SITE, tmp_path)
    old = {"index.html": b"old"}
    host.put(old)
    one = target()
    there = one.look()
    assert there.files and set(there.files) == {"index.html"}
    ticket = one.upload(build, Plan(), there, lambda *_: None)
    assert host.files() == old
    release = one.activate(ticket)
    assert host.files() == SITE
    assert (host.published, one.address) == (release, host.url)


def test_what_is_sent_fits_netlifys_own_description():
    if not FILE.exists():
        pytest.skip("this machine does not have the description")
    ask = lambda *given: complaints(Asked(*given))  # noqa: E731
    assert ask("GET", "/sites/1/deploys", {"perpage": "5"}, {}, b"")
    assert ask("POST", "/sites/1/deploys", {}, {"content-type": "application/json"}, b'{"files": [1], "draft": "yes"}')
    assert ask("PUT", "/deploys/1/files/assets/app.css", {}, {"content-type": "application/octet-stream"}, b"x")
    assert ask("PUT", "/deploys/1/files/a", {}, {"content-type": "text/html"}, b"x")
    assert not ask("PUT", "/deploys/1/files/a%2Fb", {"size": "1"}, {"content-type": "application/octet-stream"}, b"x")


def test_a_site_that_is_there_already_is_planned_to_be_left_alone(host, target, tmp_path):
    build = frozen(SITE, tmp_path)
    deploy(target(), build)
    one = target()
    there = one.look()
    assert plan_of(one.marks(build), there.files or {}).empty
    assert (there.build, there.release) == (build.build, host.published)


def test_only_what_netlify_does_not_have_is_sent_and_equal_files_once(host, target, tmp_path):
    deploy(target(), frozen(SITE, tmp_path))
    assert len(uploads(host)) == len(set(SITE.values()))
    host.asked.clear()
    changed = {**SITE, "index.html": b"new", "new/a.txt": b"added", "new/b.txt": b"added"}
    del changed["404.html"]
    deploy(target(), frozen(changed, tmp_path))
    assert len(uploads(host)) == 2
    assert host.files() == changed


def test_progress_counts_every_byte_once_even_if_some_are_sent_twice(host, target, tmp_path):
    host.fault("PUT /deploys/.*jpg", "cut", times=2)
    build, told = frozen(SITE, tmp_path), []
    one = target()
    one.upload(build, Plan(), one.look(), lambda sent, size, path: told.append((sent, size)))
    assert told[-1] == (build.size, build.size)
    assert all(0 <= sent <= size == build.size for sent, size in told)


def test_a_long_list_of_files_is_compared_on_netlifys_own_time(host, target, tmp_path, watch):
    many = {f"pages/{number}.html": f"{number % 50}".encode() for number in range(101)}
    host.slowness = 3
    deploy(target(), frozen(many, tmp_path))
    assert host.files() == many
    created = next(one for one in host.asked if one.method == "POST" and one.path.endswith("/deploys"))
    assert created.json["async"] is True
    assert sum(watch.waits) > 3


def test_names_that_netlify_does_not_take_are_refused_before_anything_is_sent(host, target, tmp_path):
    for name in ("a#b.html", "what?.html"):
        with pytest.raises(Refused, match="has a '#' or a '\\?'"):
            target().marks(frozen({name: b""}, tmp_path))
    assert host.asked == []


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"prevent_non_git_prod_deploys": True}, "only what it builds from a repository"),
        (
            {"disabled": True, "disabled_reason": "account_usage_exceeded"},
            "switched the site off: account_usage_exceeded",
        ),
    ],
)
def test_a_site_that_may_not_be_published_is_told_before_anything_is_sent(host, target, changed, said):
    host.put({"index.html": b"old"})
    host.site |= changed
    there = target().look()
    assert said in there.stop
    assert there.hint


def test_a_locked_site_takes_no_deploy_but_a_draft(host, target, tmp_path):
    host.put({"index.html": b"old"})
    host.locked = True
    there = target().look()
    assert "locked" in there.stop
    assert "unlock" in there.hint
    one = target(draft="true")
    deploy(one, frozen(SITE, tmp_path))
    assert host.files() == {"index.html": b"old"}
    assert re.fullmatch(rf"{host.url}_draft/[0-9a-f]+/", one.address)
    assert host.visit(one.address.removeprefix(host.url.rstrip("/"))).body == SITE["index.html"]


def test_a_site_with_programs_of_its_own_does_not_lose_them_without_a_word(host, target):
    """A sign-up of the creator's own may be one of them."""
    host.put({"index.html": b"old"})
    host.functions = [{"n": "subscribe"}]
    there = target().look()
    assert "has functions" in there.stop
    assert "netlify-cli" in there.hint
    assert target(yes=True).look().stop == ""
    assert target(draft="true").look().stop == ""


def test_a_lock_that_comes_in_between_leaves_the_old_site(host, target, tmp_path):
    host.put({"index.html": b"old"})
    one = target()
    ticket = one.upload(frozen(SITE, tmp_path), Plan(), one.look(), lambda *_: None)
    host.locked = True
    with pytest.raises(Failed, match="locked") as failed:
        one.activate(ticket)
    assert failed.value.live is Live.OLD
    assert host.files() == {"index.html": b"old"}


def test_a_deploy_of_somebody_else_in_between_is_not_thrown_away(host, target, tmp_path):
    one = target()
    ticket = one.upload(frozen(SITE, tmp_path), Plan(), one.look(), lambda *_: None)
    host.put({"index.html": b"theirs"})
    with pytest.raises(Failed, match="somebody else") as failed:
        one.activate(ticket)
    assert failed.value.live is Live.OLD
    assert host.files() == {"index.html": b"theirs"}


# ------------------------------------------------------------ what goes wrong


def wrong(problem: pytest.ExceptionInfo[Any]) -> str:
    """Return all that is said of a problem; the token is never in it."""
    said = f"{problem.value} {[one.hint for one in problem.value.diagnostics]}"
    assert TOKEN not in said
    return said


def test_a_wrong_token_and_an_unknown_site_are_told_with_what_to_do(host, target):
    with pytest.raises(Refused) as refused:
        target(token="nfp_wrong").look()
    assert "does not accept the token (answer 401: Access Denied)" in wrong(refused)
    with pytest.raises(Refused) as refused:
        target(site="lina-harlow").look()
    assert "knows no site 'lina-harlow'" in wrong(refused)
    assert "app.netlify.com/drop" in wrong(refused)


@pytest.mark.parametrize("status, said", [(401, "token"), (402, "limit of the plan"), (422, "did not match")])
def test_a_refusal_in_the_middle_leaves_the_old_site_and_the_next_run_goes_on_from_there(
    one_by_one, host, target, tmp_path, status, said
):
    host.put({"index.html": b"old"})
    host.fault(r"PUT /deploys/.*", said=say({"message": f"{TOKEN}: did not match"}, status), after=3)
    build = frozen(SITE, tmp_path)
    with pytest.raises(Failed) as failed:
        deploy(target(), build)
    assert failed.value.live is Live.OLD
    assert said in wrong(failed)
    assert host.files() == {"index.html": b"old"}
    arrived = len(host.contents) - 1
    assert arrived >= 3
    host.asked.clear()
    deploy(target(), build)
    assert host.files() == SITE
    assert len(host.deploys) == 2  # that of somebody before, and ours
    assert len(uploads(host)) == len(set(SITE.values())) - arrived


@pytest.mark.parametrize("how", ["cut", "half"])
@pytest.mark.parametrize("line", [r"GET .*", r"PUT .*", r"POST .*/restore"])
def test_a_line_that_breaks_is_tried_again(host, target, tmp_path, line, how):
    host.fault(line, how, times=2)
    deploy(target(), frozen(SITE, tmp_path))
    assert host.files() == SITE


def test_an_answer_that_never_comes_is_not_waited_for_for_ever(host, target, tmp_path, monkeypatch):
    monkeypatch.setattr(http, "ANSWER", 0.3)
    host.fault(r"PUT .*index.html", "hang", times=1)
    build = frozen(SITE, tmp_path)
    deploy(target(), build)
    assert host.files() == SITE


def test_problems_of_the_host_are_waited_for_a_few_times_and_no_more(host, target, tmp_path, watch):
    host.put({"index.html": b"old"})
    host.fault(r"PUT .*\.css", said=say({}, 503), times=99)
    with pytest.raises(Failed, match="has a problem \\(answer 503\\), 5 times in a row") as failed:
        deploy(target(), frozen({"a.css": b"new", "index.html": b"old"}, tmp_path))
    assert failed.value.live is Live.OLD
    assert watch.waits == [1, 3, 9, 27]
    assert host.files() == {"index.html": b"old"}


def test_netlify_is_left_alone_for_as_long_as_it_asks(host, target, tmp_path, watch):
    date = {"Date": "Thu, 27 Jan 2022 22:19:47 GMT"}
    host.fault(r"GET /sites/.*", said=say({}, 429, X_RateLimit_Reset="2022-01-27 22:20:17 UTC"), times=1)
    host.fault(r"POST .*/deploys", said=say({}, 429, Retry_After="44"), times=1)
    host.faults[0].said.headers.update(date)
    deploy(target(), frozen(SITE, tmp_path))
    assert 44.0 in watch.waits
    assert len(host.deploys) == 1


def test_an_address_that_leads_elsewhere_does_not_get_the_token(host, target, tmp_path):
    with netlify_double.Netlify() as thief:
        host.fault(r"GET .*", said=say({}, 307, Location=f"{thief.api}/sites/x"))
        with pytest.raises(Refused, match="leads elsewhere"):
            target().look()
        assert thief.asked == []


def test_a_deploy_that_was_made_although_nobody_said_so_is_found_by_its_title(host, target, tmp_path):
    host.fault(r"POST /sites/[^/]+/deploys", "lost")
    deploy(target(), frozen(SITE, tmp_path))
    assert host.files() == SITE
    assert len(host.deploys) == 1


def test_a_deploy_that_was_never_made_is_made_then(host, target, tmp_path):
    host.fault(r"POST /sites/[^/]+/deploys", "cut")
    deploy(target(), frozen(SITE, tmp_path))
    assert host.files() == SITE
    assert len(host.deploys) == 1


def test_a_publishing_that_nobody_heard_of_is_seen_and_not_told_as_a_failure(host, target, tmp_path):
    host.fault(r"POST .*/restore", "lost", times=9)
    deploy(target(), frozen(SITE, tmp_path))
    assert host.files() == SITE


def test_nobody_claims_to_know_what_is_published_when_netlify_cannot_be_asked_any_more(host, target, tmp_path):
    one = target()
    ticket = one.upload(frozen(SITE, tmp_path), Plan(), one.look(), lambda *_: None)
    host.fault(r"POST .*/restore", "lost", times=1)
    host.fault(r".*", "cut", after=1, times=99)
    with pytest.raises(Failed, match="nobody knows") as failed:
        one.activate(ticket)
    assert failed.value.live is Live.UNKNOWN
    host.faults.clear()
    assert deploy(target(), frozen(SITE, tmp_path)) == ticket
    assert len(host.deploys) == 1


def test_a_deploy_that_is_accepted_and_never_shown_is_no_success(host, target, tmp_path):
    host.fault(r"POST .*/restore", said=say({"id": "x"}, 201), times=1)
    with pytest.raises(Failed, match="does not show it as published") as failed:
        deploy(target(), frozen(SITE, tmp_path))
    assert failed.value.live is Live.UNKNOWN


def test_a_deploy_that_fails_at_netlify_is_told_in_its_words_and_not_taken_up_again(host, target, tmp_path):
    host.error = "Failed during stage 'processing'"
    with pytest.raises(Failed, match="could not process the deploy: Failed during stage") as failed:
        deploy(target(), frozen(SITE, tmp_path))
    assert failed.value.live is Live.OLD
    host.error = ""
    deploy(target(), frozen(SITE, tmp_path))
    assert (len(host.deploys), host.files()) == (2, SITE)


def test_a_deploy_that_takes_too_long_is_gone_on_with_later(host, target, tmp_path):
    host.slowness = 10_000
    with pytest.raises(Failed, match="takes more than 20 minutes to process"):
        deploy(target(), frozen(SITE, tmp_path))
    host.slowness = 0
    host.asked.clear()
    deploy(target(), frozen(SITE, tmp_path))
    assert (uploads(host), len(host.deploys), host.files()) == ([], 1, SITE)


def test_a_deploy_of_an_earlier_run_that_is_not_good_any_more_is_made_anew(one_by_one, host, target, tmp_path):
    host.fault(r"PUT .*", said=say({}, 401))
    with pytest.raises(Failed):
        deploy(target(), frozen(SITE, tmp_path))
    host.fault(r"PUT .*", said=say({"message": "gone"}, 404), times=1)
    deploy(target(), frozen(SITE, tmp_path))
    assert (len(host.deploys), host.files()) == (2, SITE)


def test_going_back_brings_every_byte_of_the_old_site(host, target, tmp_path):
    first, second = frozen(SITE, tmp_path), frozen({"index.html": b"worse"}, tmp_path)
    deploy(target(), first)
    deploy(target(), second)
    assert host.files() == {"index.html": b"worse"}
    host.asked.clear()
    deploy(target(), first)
    assert (host.files(), uploads(host)) == (SITE, [])


class Killed(BaseException):
    """The end of a process."""


@pytest.mark.parametrize("heard", [True, False], ids=["after", "before"])
def test_whenever_it_is_killed_visitors_see_one_whole_site_and_the_next_run_brings_the_new_one(
    host, target, tmp_path, monkeypatch, heard
):
    old, new = {"index.html": b"old", "a.css": b"old"}, {"index.html": b"new", "b.css": b"new"}
    real, left = http.Session.ask, [0]

    def ask(self: http.Session, *given: Any, **named: Any) -> http.Answer:
        if left[0] == 0 and not heard:
            raise Killed
        answer = real(self, *given, **named)
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return answer

    seen, steps = set(), 0
    while True:
        host.deploys.clear()
        host.contents.clear()
        host.put(old)
        build = frozen(new, tmp_path)
        left[0] = steps
        with monkeypatch.context() as killing:
            killing.setattr(http.Session, "ask", ask)
            try:
                deploy(target(), build)
            except Killed:
                pass
            else:
                break
        assert host.files() in (old, new)
        seen.add(host.files()["index.html"])
        deploy(target(), build)
        assert host.files() == new
        assert len(host.deploys) == 2
        steps += 1
    assert steps > 8
    assert seen == {b"old", b"new"}


def test_what_is_said_of_netlify_is_there_for_checks_and_docs():
    assert ABOUT.budget == 15
    assert ABOUT.headers == ("_headers", "_redirects")
    assert all(key.pattern for key in ABOUT.keys)


@pytest.mark.parametrize(
    "address", ["http://api.example/v1", "ftp://api.example", "https://", "http://127.0.0.1.example/"]
)
def test_a_token_is_sent_to_no_address_that_others_can_read(target, address):
    with pytest.raises(Refused, match="none that linkhome sends a token to"):
        target(api=address)


def test_a_file_that_vanished_is_no_traceback(host, target, tmp_path):
    build = frozen({"index.html": b"new"}, tmp_path)
    one = target()
    there = one.look()
    build.places["index.html"].unlink()
    with pytest.raises(Refused, match="no such file"):
        one.upload(build, Plan(), there, lambda *_: None)


def test_nothing_but_netlify_is_needed_where_there_is_no_site_yet(host, target):
    assert target().look() == There(files={})
