from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from linkhome.deploy.engine import deploy_to
from linkhome.deploy.nouns import Live
from linkhome.deploy.outcome import End, Outcome
from linkhome.deploy.s3 import S3
from linkhome.deploy.s3_record import NAME
from linkhome.deploy.table import Around
from linkhome.token import Token

from .desks import PAGES, Watching, desk, frozen, place
from .s3_host import S3Host, s3_host

NEW = {
    **PAGES,
    "index.html": b'<!doctype html><title>Lina</title><link rel="stylesheet" href="assets/b.22222222.css"><p>New',
    "assets/b.22222222.css": b"p { color: #456 }",
}
del NEW["assets/a.11111111.css"]
SECRET = "the-secret-of-the-key"
SECRETS = {"key": Token("test"), "secret": Token(SECRET)}
#: What the target is told to serve: it reads no header files.
SERVED = {name: data for name, data in PAGES.items() if name != "_headers"}
SERVED_NEW = {name: data for name, data in NEW.items() if name != "_headers"}
_NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def host() -> Iterator[S3Host]:
    with s3_host() as made:
        yield made


@pytest.fixture
def bucket(host: S3Host, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LINKHOME_S3_KEY", "test")
    monkeypatch.setenv("LINKHOME_S3_SECRET", SECRET)
    name = f"lina-site-{next(_NUMBERS)}"
    host.new(name)
    return name


def deploy(root: Path, host: S3Host, bucket: str, files: dict[str, bytes], **more: Any) -> Outcome:
    given = {"bucket": bucket, "endpoint": host.address, **more.pop("given", {})}
    here = place(S3, given)
    return deploy_to(here, frozen(root, files), desk(root, here, **more))


def without_seal(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != "build.json"}


def test_a_site_is_sent_whole_and_an_unchanged_one_not_at_all(host: S3Host, bucket: str, tmp_path: Path) -> None:
    first = deploy(tmp_path, host, bucket, dict(PAGES))
    assert first.end is End.LIVE, first.message
    assert without_seal(host.holds(bucket)) == SERVED
    host.asked.clear()
    assert deploy(tmp_path, host, bucket, dict(PAGES)).end is End.UNCHANGED
    assert [name for method, name in host.asked if method != "GET"] == []


def test_a_second_computer_finds_out_that_nothing_changed(host: S3Host, bucket: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    deploy(tmp_path / "a", host, bucket, dict(PAGES))
    host.asked.clear()
    assert deploy(tmp_path / "b", host, bucket, dict(PAGES)).end is End.UNCHANGED
    assert host.written() == []


def test_only_what_changed_is_sent_and_pages_come_after_what_they_show(
    host: S3Host, bucket: str, tmp_path: Path
) -> None:
    deploy(tmp_path, host, bucket, dict(PAGES))
    host.asked.clear()
    assert deploy(tmp_path, host, bucket, NEW).end is End.LIVE
    assert host.written() == ["assets/b.22222222.css", "index.html", "build.json"]


def test_what_an_open_page_shows_stays_for_two_more_deploys(host: S3Host, bucket: str, tmp_path: Path) -> None:
    deploy(tmp_path, host, bucket, {**PAGES, "old/index.html": b"<!doctype html><title>Old</title>"})
    there = []
    for number in range(4):
        files = {**NEW, "index.html": b"<!doctype html><title>Lina</title><p>%d" % number}
        outcome = deploy(tmp_path, host, bucket, files, yes=True)
        assert outcome.end is End.LIVE, outcome.message
        assert "old/index.html" not in host.holds(bucket)
        there.append("assets/a.11111111.css" in host.holds(bucket))
    assert there == [True, True, False, False]


def test_what_waits_to_be_deleted_is_no_reason_to_deploy_and_can_come_back(
    host: S3Host, bucket: str, tmp_path: Path
) -> None:
    deploy(tmp_path, host, bucket, dict(PAGES))
    deploy(tmp_path, host, bucket, NEW, yes=True)
    assert deploy(tmp_path, host, bucket, NEW).end is End.UNCHANGED
    assert deploy(tmp_path, host, bucket, dict(PAGES), yes=True).end is End.LIVE
    for _ in range(2):
        assert deploy(tmp_path, host, bucket, dict(PAGES)).end is End.UNCHANGED
    assert without_seal(host.holds(bucket)).items() >= SERVED.items()


def test_every_object_says_what_it_is_and_how_long_it_may_be_kept(host: S3Host, bucket: str, tmp_path: Path) -> None:
    deploy(tmp_path, host, bucket, {**PAGES, ".well-known/webfinger": b"{}", "sw.js": b"//"})
    said = {}
    for name in host.holds(bucket):
        answer = host.client.head_object(Bucket=bucket, Key=name)
        said[name] = (answer["ContentType"], answer["CacheControl"])
    assert said["index.html"] == ("text/html; charset=utf-8", "no-cache")
    assert said["sw.js"] == ("text/javascript; charset=utf-8", "no-cache")
    assert said["build.json"][1] == "no-cache"
    assert said["assets/a.11111111.css"] == ("text/css; charset=utf-8", "public, max-age=31536000, immutable")
    assert said["media/empty.txt"][1] == "public, max-age=3600"
    assert said[".well-known/webfinger"][0] == "application/jrd+json"


def test_a_prefix_is_kept_to(host: S3Host, bucket: str, tmp_path: Path) -> None:
    host.put(bucket, "letters/one.txt", b"mine")
    host.put(bucket, "site-of-another/index.html", b"mine")
    outcome = deploy(tmp_path, host, bucket, dict(PAGES), given={"prefix": "site/"})
    assert outcome.end is End.LIVE, outcome.message
    assert not outcome.plan.deletes if outcome.plan else False
    held = host.holds(bucket)
    assert {name for name in held if not name.startswith("site/")} == {"letters/one.txt", "site-of-another/index.html"}
    assert held["site/index.html"] == PAGES["index.html"]


def test_objects_of_others_are_never_deleted_and_only_replaced_with_yes(
    host: S3Host, bucket: str, tmp_path: Path
) -> None:
    host.put(bucket, "letters/one.txt", b"mine")
    host.put(bucket, "letters/", b"")
    host.put(bucket, "index.html", b"my own page")
    refused = deploy(tmp_path, host, bucket, dict(PAGES))
    assert refused.end is End.REFUSED
    assert "'index.html', which linkhome did not put there" in refused.message
    assert "--yes" in refused.hint
    assert host.written() == []
    assert deploy(tmp_path, host, bucket, dict(PAGES), yes=True).end is End.LIVE
    assert deploy(tmp_path, host, bucket, NEW, yes=True).end is End.LIVE
    held = host.holds(bucket)
    assert held["letters/one.txt"] == b"mine"
    assert held["index.html"] == NEW["index.html"]


def test_names_that_need_care_arrive_as_they_are(host: S3Host, bucket: str, tmp_path: Path) -> None:
    odd = {f"media/{name}.txt": name.encode() for name in ("a b", "ü", "50%2F", "a+b", "x#y?z", "'q'", "&amp;<")}
    assert deploy(tmp_path, host, bucket, {**PAGES, **odd}).end is End.LIVE
    held = host.holds(bucket)
    assert {name: held[name] for name in odd} == odd
    assert deploy(tmp_path, host, bucket, {**PAGES, **odd}).end is End.UNCHANGED


def test_the_record_tells_nobody_the_names_of_pages(host: S3Host, bucket: str, tmp_path: Path) -> None:
    deploy(tmp_path, host, bucket, {**PAGES, "hidden-page/index.html": b"<!doctype html><title>Hidden</title>"})
    record = host.client.get_object(Bucket=bucket, Key=NAME)["Body"].read()
    assert b"hidden" not in record
    assert b"index" not in record


@pytest.mark.parametrize("number", range(1, 5))
def test_a_deploy_that_breaks_off_says_what_is_seen_and_the_next_one_sends_the_rest(
    host: S3Host, bucket: str, tmp_path: Path, number: int
) -> None:
    deploy(tmp_path, host, bucket, dict(PAGES))
    host.asked.clear()
    counted = itertools.count(1)
    host.fault = lambda method, _: (403, "AccessDenied") if method == "PUT" and next(counted) >= number else None
    outcome = deploy(tmp_path, host, bucket, NEW, yes=True)
    broken = without_seal(host.holds(bucket))
    assert outcome.end in (End.FAILED, End.UNCERTAIN)
    assert "may not do that" in outcome.message
    if outcome.live is Live.OLD:
        assert broken.items() >= SERVED.items()
    # The numbers: the record, the new styles, the page, build.json.
    assert outcome.live is (Live.OLD if number < 3 else Live.UNKNOWN)
    # Whatever is seen, a page never comes without what it shows.
    assert broken["index.html"] == PAGES["index.html"] or "assets/b.22222222.css" in broken
    arrived = host.written()
    host.fault = None
    host.asked.clear()
    again = deploy(tmp_path, host, bucket, NEW, yes=True)
    assert again.end is End.LIVE, again.message
    assert not set(arrived) & set(host.written())
    assert without_seal(host.holds(bucket)).items() >= SERVED_NEW.items()


def test_a_host_that_stumbles_is_asked_again(host: S3Host, bucket: str, tmp_path: Path) -> None:
    stumbles = iter([(503, "SlowDown"), (500, "InternalError")])
    host.fault = lambda method, name: next(stumbles, None) if method == "PUT" and name == "index.html" else None
    assert deploy(tmp_path, host, bucket, dict(PAGES)).end is End.LIVE


def test_a_host_that_cannot_write_on_a_condition_is_written_to_without_one(
    host: S3Host, bucket: str, tmp_path: Path
) -> None:
    answers = iter([(501, "NotImplemented"), None, (501, "NotImplemented")])
    host.fault = lambda method, name: next(answers, None) if method == "PUT" and name == NAME else None
    assert deploy(tmp_path, host, bucket, dict(PAGES)).end is End.LIVE


def test_two_computers_at_once_do_not_mix_their_sites(host: S3Host, bucket: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    deploy(tmp_path / "a", host, bucket, dict(PAGES))

    class Other(Watching):
        def step(self, text: str) -> None:
            super().step(text)
            if text.startswith("Sending"):
                deploy(tmp_path / "b", host, bucket, dict(PAGES, **{"index.html": b"<!doctype html>b"}), yes=True)

    outcome = deploy(tmp_path / "a", host, bucket, NEW, yes=True, watch=Other())
    assert outcome.end is not End.LIVE
    assert "another deploy" in outcome.message
    assert host.holds(bucket)["index.html"] == b"<!doctype html>b"


def test_a_lost_answer_to_the_record_is_no_other_deploy(host: S3Host, bucket: str, tmp_path: Path) -> None:
    deploy(tmp_path, host, bucket, dict(PAGES))
    lost = iter([True])

    def fault(method: str, name: str) -> tuple[int, str] | None:
        if method == "PUT" and name == "assets/b.22222222.css" and next(lost, False):
            data = host.client.get_object(Bucket=bucket, Key=NAME)["Body"].read()
            host.client.put_object(Bucket=bucket, Key=NAME, Body=data)
            return (500, "InternalError")
        return None

    host.fault = fault
    outcome = deploy(tmp_path, host, bucket, NEW, yes=True)
    assert outcome.end is End.LIVE, outcome.message


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (404, "NoSuchBucket", "no such bucket"),
        (403, "SignatureDoesNotMatch", "does not accept the secret"),
        (403, "InvalidAccessKeyId", "does not know the key"),
        (400, "AuthorizationHeaderMalformed", "in another region"),
        (418, "Teapot", "answer 418, Teapot"),
    ],
)
def test_a_refusal_is_told_in_words_and_without_the_secret(
    host: S3Host, bucket: str, tmp_path: Path, status: int, code: str, words: str
) -> None:
    host.fault = lambda *_: (status, code)
    outcome = deploy(tmp_path, host, bucket, dict(PAGES))
    assert outcome.end is End.REFUSED
    assert outcome.live is Live.OLD
    assert words in outcome.message
    assert outcome.hint
    assert SECRET not in repr(outcome)


def test_a_host_that_is_not_there_is_told_in_words(
    host: S3Host, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linkhome.deploy.s3_bucket.TRIES", 1)
    monkeypatch.setenv("AWS_PROFILE", "of-another-program")
    outcome = deploy(tmp_path, host, bucket, dict(PAGES), given={"endpoint": "http://127.0.0.1:1"})
    assert outcome.end is End.REFUSED
    assert "cannot be reached" in outcome.message


@pytest.mark.parametrize("data", [b"{", b'{"generator":"linkhome","version":2}', b"[]"])
def test_a_record_of_a_newer_linkhome_is_left_alone(host: S3Host, bucket: str, tmp_path: Path, data: bytes) -> None:
    host.put(bucket, NAME, data)
    outcome = deploy(tmp_path, host, bucket, dict(PAGES))
    assert outcome.end is End.REFUSED
    assert "newer linkhome" in outcome.message
    assert host.holds(bucket) == {}


def test_an_object_that_somebody_changed_is_sent_again(host: S3Host, bucket: str, tmp_path: Path) -> None:
    deploy(tmp_path, host, bucket, dict(PAGES))
    host.put(bucket, "index.html", b"spray")
    assert deploy(tmp_path, host, bucket, dict(PAGES)).end is End.LIVE
    assert host.holds(bucket)["index.html"] == PAGES["index.html"]


def test_the_library_is_loaded_by_those_who_deploy_to_a_bucket_only() -> None:
    code = "import sys, linkhome.deploy.s3; sys.exit(any(name in sys.modules for name in ('botocore', 'requests')))"
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 0


def test_a_bucket_with_more_objects_than_one_answer_holds_is_listed_whole(
    host: S3Host, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "3")
    names = {f"media/{number}.txt" for number in range(8)}
    for name in names:
        host.put(bucket, name, b"x")
    target = S3({"bucket": bucket, "endpoint": host.address}, SECRETS, Around(tmp_path, tmp_path))
    assert set(target.look().foreign) == names
    assert len(host.asked) == 3
    target.close()
