"""A build counts as live only when a visitor would get it: everything else is told, with its reason."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkhome.clock import Clock
from linkhome.deploy.nouns import Frozen
from linkhome.deploy.verify import build_at, same_page, verify
from linkhome.output import SEAL

from .desks import frozen, visited


class Time:
    """Be a clock in which waiting takes no time; what shall happen meanwhile happens then."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []
        self.at: dict[int, object] = {}

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self._wait)

    def _wait(self, seconds: float) -> None:
        self.now += seconds
        self.waits.append(seconds)
        if happens := self.at.get(len(self.waits)):
            happens()  # type: ignore[operator]


@pytest.fixture
def site(tmp_path: Path) -> Frozen:
    return frozen(tmp_path)


@pytest.fixture
def shown(site: Frozen) -> Iterator[tuple[dict[str, bytes], str]]:
    """Be a host that shows the whole build; what is taken out of the mapping is not there any more."""
    files = {path: site.read(path) for path in site.files}
    with visited(files) as address:
        yield files, address


def test_a_build_that_is_there_is_seen_at_once(site: Frozen, shown: tuple[dict[str, bytes], str]) -> None:
    time = Time()
    assert verify(shown[1], site, 60, time.clock).live
    assert time.waits == []


def test_a_build_that_comes_later_is_waited_for(site: Frozen, shown: tuple[dict[str, bytes], str]) -> None:
    files, address = shown
    new, old = files[SEAL], b'{"generator": "linkhome", "build": "older"}'
    files[SEAL] = old
    time = Time()
    time.at[4] = lambda: files.update({SEAL: new})
    assert verify(address, site, 60, time.clock).live
    assert len(time.waits) == 4
    files[SEAL] = old
    time = Time()
    seen = verify(address, site, 60, time.clock)
    assert (seen.live, seen.build) == (False, "older")
    assert 50 < time.now <= 60


def test_an_old_front_page_in_a_cache_is_not_the_new_site(site: Frozen, shown: tuple[dict[str, bytes], str]) -> None:
    files, address = shown
    files["index.html"] = files["index.html"].replace(b"Hello", b"Good bye")
    seen = verify(address, site, 1, Time().clock)
    assert (seen.live, seen.why) == (False, "the front page is still another one")


def test_what_a_host_does_to_a_page_on_its_way_does_not_matter() -> None:
    sent = b'<!doctype html><a href="x/">One &amp; two</a><form data-netlify="true" action="t/"><p>three</p></form>'
    touched = b'<html><head><script src="https://cdn.example/a.js">let x = 1</script></head><a href="x/">One &#38; two</a>\n<form action="t/"><p>three</form>'
    assert same_page(touched, sent)
    assert not same_page(touched.replace(b"three", b"four"), sent)
    assert not same_page(touched.replace(b'"x/"', b'"y/"'), sent)
    assert not same_page(b"", sent)


def test_hidden_files_that_are_not_given_out_are_named(site: Frozen, shown: tuple[dict[str, bytes], str]) -> None:
    files, address = shown
    del files[".well-known/security.txt"]
    time = Time()
    seen = verify(address, site, 600, time.clock)
    assert (seen.live, seen.hidden) == (True, (".well-known/security.txt",))
    assert time.now <= 10


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (None, "build.json is answered with 404"),
        (b"<title>Welcome to nginx", "what is at build.json was not made by linkhome"),
        (b'{"build": 7}', "what is at build.json was not made by linkhome"),
        (b" " * 5_000_000, "the answer is longer than any page"),
    ],
)
def test_what_is_not_ours_is_told(
    site: Frozen, shown: tuple[dict[str, bytes], str], answer: bytes | None, why: str
) -> None:
    files, address = shown
    del files[SEAL]
    if answer is not None:
        files[SEAL] = answer
    assert verify(address, site, 0, Time().clock).why == why
    assert build_at(address).why == why


def test_a_host_that_is_not_there_or_speaks_otherwise_is_told(site: Frozen) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        assert verify(address, site, 0, Time().clock).why == "127.0.0.1 cannot be reached"
    with visited({}) as plain:
        secure = plain.replace("http:", "https:")
        assert (
            verify(secure, site, 0, Time().clock).why == "the certificate of 127.0.0.1 is not right, or not there yet"
        )
    assert "web host" in verify("ftp://127.0.0.1/", site, 0, Time().clock).why


def test_a_build_is_found_out(site: Frozen, shown: tuple[dict[str, bytes], str]) -> None:
    assert (build_at(shown[1]).build, build_at(shown[1]).live) == (site.build, True)


@pytest.mark.parametrize("page", [b"<![foo x]>", b"<![", b"<!doctype [", b"<![CDATA[x", b"\xff\xfe<a href"])
def test_a_page_of_somebody_else_is_compared_whatever_it_holds(page: bytes) -> None:
    assert same_page(page, b"<p>Mine</p>") is False
