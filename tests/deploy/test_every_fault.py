"""What goes wrong on the way to a place, beside what the tests of each target know: the old site stays or the new one is
there, it is said which and what to do, and the next deploy mends it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from site_folder import REPOSITORY

from linkhome.deploy import folder_swap, in_place, s3_bucket, shell, ssh, table
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.entries import Wanted
from linkhome.deploy.nouns import Live
from linkhome.deploy.outcome import End, Outcome
from linkhome.lock import alone

from .desks import PAGES, Watching, desk, frozen, place
from .places import REQUIREMENTS, SECRETS, Spot, at_home_everywhere
from .sites import quiet

OLD = dict(PAGES)
NEW = {**PAGES, "index.html": b"<!doctype html><title>Lina</title><p>New", "large.bin": bytes(range(256)) * 1_200}
#: Seconds after which a host that says nothing is given up on here.
SOON = 5.0


class At(Watching):
    """Do something once, when a deploy comes to a certain step."""

    def __init__(self, step: str, do: Callable[[], Any]) -> None:
        super().__init__()
        self._at, self._do = step, do

    def step(self, text: str) -> None:
        super().step(text)
        if text.startswith(self._at):
            self._do()


@pytest.fixture(scope="module")
def spots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Spot]]:
    with at_home_everywhere(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.fixture(autouse=True)
def _well(spots: Mapping[str, Spot]) -> Iterator[None]:
    yield
    for spot in spots.values():
        if spot.wire:
            spot.wire.stuck, spot.wire.dead, spot.wire.most = False, False, 0


def wanted(spot: Spot) -> Wanted:
    entry = dict(spot.entry)
    loaded = table.load(entry.pop("target", spot.name))
    return place(loaded.make, entry, entry.pop("url", ""), name=spot.name)


def deploy(spot: Spot, root: Path, files: Mapping[str, bytes], watch: Watching | None = None) -> Outcome:
    here = wanted(spot)
    return deploy_to(here, frozen(root, files), desk(root, here, watch=watch, yes=True))


def served(spot: Spot) -> bytes:
    return spot.shown().get("index.html", b"")


@pytest.mark.parametrize("name", ["github", "codeberg", "netlify", "cloudflare", "sftp", "ftps"])
def test_a_wrong_secret_leaves_the_old_site_and_is_not_repeated(
    spots: Mapping[str, Spot], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spot = spots[name]
    assert deploy(spot, tmp_path, OLD).end in (End.LIVE, End.UNCHANGED)
    variable = wanted(spot).about.secrets[0].variable
    monkeypatch.setenv(variable, "wr0ng-secret")
    outcome = deploy(spot, tmp_path, NEW)
    assert (outcome.end, outcome.live) == (End.REFUSED, Live.OLD), outcome
    assert outcome.hint
    assert "wr0ng" not in repr(outcome)
    assert served(spot) == OLD["index.html"]
    monkeypatch.setenv(variable, SECRETS[variable])
    assert deploy(spot, tmp_path, NEW).end is End.LIVE
    assert served(spot) == NEW["index.html"]


@pytest.mark.parametrize("name", ["ssh", "sftp", "ftps", "s3"])
def test_a_host_that_says_nothing_any_more_is_given_up_on_and_keeps_the_old_site(
    spots: Mapping[str, Spot], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spot = spots[name]
    assert spot.wire
    assert deploy(spot, tmp_path, OLD).end in (End.LIVE, End.UNCHANGED)
    wire = spot.wire
    with monkeypatch.context() as quick:
        quick.setattr(shell, "SCRIPT", SOON)
        quick.setattr(shell, "_SILENCE", int(SOON))
        quick.setattr(ssh, "PAUSES", ())
        quick.setattr(in_place, "PAUSES", ())
        quick.setattr("linkhome.deploy.sftp_login.ANSWER", SOON)
        quick.setattr("linkhome.deploy.ftps_link.ANSWER", SOON)
        quick.setattr(s3_bucket, "READ", SOON)
        quick.setattr(s3_bucket, "TRIES", 1)
        outcome = deploy(spot, tmp_path, NEW, At("Sending", lambda: setattr(wire, "stuck", True)))
    assert (outcome.end, outcome.live) == (End.FAILED, Live.OLD), outcome
    assert outcome.message
    assert outcome.hint
    assert served(spot) == OLD["index.html"]
    wire.stuck = False
    assert deploy(spot, tmp_path, NEW).end is End.LIVE
    assert served(spot) == NEW["index.html"]


# ------------------------------------------------------------------ a bucket


def test_a_bucket_whose_line_is_cut_gets_only_the_rest_the_next_time(
    spots: Mapping[str, Spot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spot = spots["s3"]
    assert spot.wire
    monkeypatch.setattr(s3_bucket, "TRIES", 1)
    assert deploy(spot, tmp_path, OLD).end in (End.LIVE, End.UNCHANGED)
    many = NEW | {f"part-{number}.bin": bytes([number]) * 60_000 for number in range(20)}
    wire, host = spot.wire, spot.host

    def soon() -> None:
        wire.most = wire.number + 900_000

    outcome = deploy(spot, tmp_path, many, At("Sending", soon))
    assert (outcome.end, outcome.live) == (End.FAILED, Live.OLD), outcome
    assert "broke off" in outcome.message
    assert served(spot) == OLD["index.html"]
    arrived = {path for path in spot.shown() if path.startswith("part-")}
    assert 0 < len(arrived) < 20
    host.asked.clear()
    wire.most, wire.dead = 0, False
    assert deploy(spot, tmp_path, many).end is End.LIVE
    assert not arrived & set(host.written())
    assert served(spot) == many["index.html"]


def test_a_bucket_that_is_full_in_the_middle_is_told_in_words(spots: Mapping[str, Spot], tmp_path: Path) -> None:
    spot = spots["s3"]
    assert deploy(spot, tmp_path, OLD).end in (End.LIVE, End.UNCHANGED)
    spot.host.fault = lambda method, name: (403, "QuotaExceeded") if (method, name) == ("PUT", "large.bin") else None
    try:
        outcome = deploy(spot, tmp_path, NEW)
    finally:
        spot.host.fault = None
    assert (outcome.end, outcome.live) == (End.FAILED, Live.OLD), outcome
    assert "the space there is used up" in outcome.message
    assert "make room" in outcome.hint
    assert served(spot) == OLD["index.html"]


class Killed(BaseException):
    """The end of a process."""


@pytest.mark.parametrize("heard", [True, False], ids=["after", "before"])
def test_killed_at_any_request_a_bucket_never_shows_a_page_without_what_it_needs(
    spots: Mapping[str, Spot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: bool
) -> None:
    spot, left, steps = spots["s3"], [0], 0
    style = {"index.html": b'<link rel="stylesheet" href="assets/b.22222222.css"><p>New'}
    new = {**style, "assets/b.22222222.css": b"p{}", "404.html": OLD["404.html"], "more.txt": b"more"}

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(s3_bucket.Bucket, name)

        def ask(*given: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0 and not heard:
                raise Killed
            answer = real(*given, **named)
            if left[0] < 0:
                raise Killed
            return answer

        return ask

    seen = set()
    while True:
        assert deploy(spot, tmp_path, OLD).end in (End.LIVE, End.UNCHANGED)
        left[0] = steps
        with monkeypatch.context() as killing:
            for name in ("etags", "read", "write", "delete"):
                killing.setattr(s3_bucket.Bucket, name, counted(name))
            try:
                deploy(spot, tmp_path, new)
            except Killed:
                pass
            else:
                break
        quiet()
        shown = spot.shown()
        seen.add(shown["index.html"])
        assert shown["index.html"] == OLD["index.html"] or "assets/b.22222222.css" in shown
        assert shown["index.html"] in (OLD["index.html"], new["index.html"])
        assert deploy(spot, tmp_path, new).end in (End.LIVE, End.UNCHANGED)
        assert new.items() <= spot.shown().items()
        steps += 1
    assert steps > 7
    assert len(seen) == 2


# ------------------------------------------------------------------ a server of one's own


def test_a_server_whose_disk_is_full_in_the_middle_keeps_the_old_site(
    spots: Mapping[str, Spot], tmp_path: Path
) -> None:
    spot = spots["ssh"]
    assert deploy(spot, tmp_path, OLD).end in (End.LIVE, End.UNCHANGED)
    full = spot.host.identity.parent / "bin" / "rsync"
    full.write_text(
        "#!/bin/sh\necho 'rsync: [receiver] write failed on \"x\": No space left on device (28)' >&2\nexit 11\n"
    )
    full.chmod(0o755)
    try:
        outcome = deploy(spot, tmp_path, NEW)
    finally:
        full.unlink()
    assert (outcome.end, outcome.live) == (End.FAILED, Live.OLD), outcome
    assert "has no more space" in outcome.message
    assert served(spot) == OLD["index.html"]
    assert deploy(spot, tmp_path, NEW).end is End.LIVE


def test_a_server_that_does_not_let_us_in_any_more_keeps_the_old_site(
    spots: Mapping[str, Spot], tmp_path: Path
) -> None:
    spot = spots["ssh"]
    assert deploy(spot, tmp_path, OLD).end in (End.LIVE, End.UNCHANGED)
    allowed = spot.host.identity.with_suffix(".pub")
    before = allowed.read_text()
    try:
        outcome = deploy(spot, tmp_path, NEW, At("Switching", lambda: allowed.write_text("")))
    finally:
        allowed.write_text(before)
    assert outcome.end in (End.FAILED, End.UNCERTAIN), outcome
    assert outcome.live is not Live.NEW
    assert "does not let this computer in" in outcome.message
    assert served(spot) == OLD["index.html"]
    assert deploy(spot, tmp_path, NEW).end is End.LIVE


# ------------------------------------------------------------------ files of this computer

KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, "tests")
import linkhome.deploy.checkout, linkhome.deploy.export
from linkhome.deploy import table
from linkhome.deploy.engine import deploy_to
from deploy.desks import PAGES, desk, frozen, place
root, target, path, kind, module, step, when = sys.argv[1:]
module = sys.modules[f"linkhome.deploy.{module}"]
real = getattr(module, step)
def killed(*given):
    if when == "after":
        real(*given)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(module, step, killed)
here = place(table.load(target).make, {"path": path, "zip": kind} if path else {})
new = {**PAGES, "index.html": NEW, "large.bin": bytes(range(256)) * 1_200}
deploy_to(here, frozen(Path(root), new), desk(Path(root), here, yes=True))
""".replace("NEW", repr(NEW["index.html"]))


@pytest.mark.parametrize(
    ("kind", "step", "when"),
    [("zip", "_sign", "before"), ("zip", "patiently", "after"), ("html", "patiently", "before")],
)
def test_a_copy_in_one_file_is_whole_whenever_its_making_is_killed(
    tmp_path: Path, kind: str, step: str, when: str
) -> None:
    root, path = tmp_path / "site", tmp_path / f"lina.{kind}"
    here = place(table.load("folder").make, {"path": str(path), "zip": kind})
    deploy_to(here, frozen(root, NEW), desk(root, here))
    new = path.read_bytes()
    deploy_to(here, frozen(root, OLD), desk(root, here))
    old = path.read_bytes()
    kill(root, "folder", str(path), kind, "export", step, when)
    assert path.read_bytes() == (new if when == "after" else old)
    assert deploy_to(here, frozen(root, NEW), desk(root, here)).end in (End.LIVE, End.UNCHANGED)
    assert path.read_bytes() == new


def test_two_deploys_to_one_folder_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, here = tmp_path / "site", place(table.load("folder").make, {"path": str(tmp_path / "copy")})
    assert deploy_to(here, frozen(root, OLD), desk(root, here)).end is End.LIVE
    monkeypatch.setattr(folder_swap, "WAIT", 0.0)
    with alone(str(tmp_path / ".copy.linkhome-lock"), 0):
        outcome = deploy_to(here, frozen(root, NEW), desk(root, here))
    assert (outcome.end, outcome.live) == (End.FAILED, Live.OLD), outcome
    assert "another deploy to copy/ is under way" in outcome.message
    assert (tmp_path / "copy" / "index.html").read_bytes() == OLD["index.html"]


@pytest.mark.parametrize("name", ["github-actions", "netlify-build"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_file_for_hosts_that_build_is_there_whole_or_not_at_all(tmp_path: Path, name: str, when: str) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "requirements.txt").write_text(REQUIREMENTS)
    here = place(table.load(name).make, {})
    made = table.load(name).make
    file = tmp_path / made.file  # type: ignore[attr-defined]
    kill(tmp_path, name, "", "", "checkout", "write_file", when)
    found = file.read_bytes() if file.exists() else b""
    assert bool(found) is (when == "after")
    outcome = deploy_to(here, frozen(tmp_path, NEW), desk(tmp_path, here))
    assert outcome.end in (End.LIVE, End.UNCHANGED), outcome
    assert found in (b"", file.read_bytes())


def kill(root: Path, *args: str) -> None:
    ran = subprocess.run([sys.executable, "-c", KILLED, root, *args], cwd=REPOSITORY, timeout=120, capture_output=True)
    assert ran.returncode == -9, ran.stderr.decode()
