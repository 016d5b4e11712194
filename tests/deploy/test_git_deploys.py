"""From a built folder to what visitors see: whole deploys to a branch, by the engine, on real hosts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkhome.deploy.codeberg import Codeberg
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.github import GitHub
from linkhome.deploy.nouns import Refused

from .desks import PAGES, Watching, desk, frozen, place
from .git_double import GitHost, contents, git, hosting, push_by_hand, tip
from .git_site import Deploy

OTHER = {**PAGES, "index.html": b"<!doctype html><title>Lina</title><p>Another day"}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitHost]:
    with hosting(tmp_path_factory.mktemp("hosts"), accounts={"lina": "canary-token"}) as one:
        yield one


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LINKHOME_GITHUB_TOKEN", "canary-token")
    monkeypatch.setenv("LINKHOME_CODEBERG_TOKEN", "canary-token")


def test_a_site_goes_live_is_left_alone_while_it_is_the_same_and_comes_back(host: GitHost, tmp_path: Path) -> None:
    bare = host.make("lina/site")
    host.again()
    here = place(GitHub, {"repository": host.url("lina/site")}, url=host.page("lina/site"))
    first = deploy_to(here, frozen(tmp_path), desk(tmp_path, here))
    assert (first.end, first.verified) == ("live", True), first
    was = contents(bare)
    assert was[".nojekyll"] == b""
    assert "_headers" not in was  # GitHub would only show it
    assert was["index.html"] == PAGES["index.html"]

    host.again()
    again = deploy_to(here, frozen(tmp_path), desk(tmp_path, here))
    assert again.end == "unchanged", again
    assert not [line for line in host.asked if "receive-pack" in line]

    second = deploy_to(here, frozen(tmp_path, OTHER), desk(tmp_path, here))
    assert second.end == "live", second
    assert contents(bare)["index.html"] == OTHER["index.html"]

    then = desk(tmp_path, here)
    row = then.journal.before(here.name)
    assert row is not None
    back = deploy_to(here, then.archive.recall(row.tree), then, ready=True)
    assert back.end == "live", back
    assert contents(bare) == was
    git(bare, "fsck", "--strict")


def test_codeberg_gets_the_same_site_in_its_own_branch(tmp_path: Path) -> None:
    with hosting(tmp_path / "codeberg", accounts={"lina": "canary-token"}, branch="pages") as one:
        bare = one.make("lina/pages")
        here = place(Codeberg, {"repository": one.url("lina/pages")}, url=one.page("lina/pages"))
        outcome = deploy_to(here, frozen(tmp_path), desk(tmp_path, here))
        assert (outcome.end, outcome.verified) == ("live", True), outcome
        assert contents(bare, "pages")["index.html"] == PAGES["index.html"]


def test_a_domain_is_written_into_its_file_and_an_unknown_one_refuses_the_deploy(host: GitHost, tmp_path: Path) -> None:
    bare = host.make("lina/domain")
    host.again()
    url = host.url("lina/domain")
    here = place(GitHub, {"repository": url, "domain": "lina.example"}, url=host.page("lina/domain"))
    assert deploy_to(here, frozen(tmp_path), desk(tmp_path, here)).end == "live"
    assert contents(bare)["CNAME"].strip() == b"lina.example"
    before = push_by_hand(bare, {"CNAME": b"elsewhere.example\n"})
    refused = deploy_to(here, frozen(tmp_path, OTHER), desk(tmp_path, here))
    assert refused.end == "refused"
    assert "elsewhere.example" in refused.message
    assert tip(bare) == before


def test_nothing_of_the_token_is_in_what_is_kept_or_told(host: GitHost, tmp_path: Path) -> None:
    host.make("lina/quiet")
    host.again()
    watch = Watching()
    here = place(GitHub, {"repository": host.url("lina/quiet")}, url=host.page("lina/quiet"))
    told = repr(deploy_to(here, frozen(tmp_path), desk(tmp_path, here, watch=watch))) + repr(vars(watch))
    assert "canary" not in told
    for file in tmp_path.rglob("*"):
        assert file.is_dir() or b"canary" not in file.read_bytes(), file


# ------------------------------------------------------------------ by ssh


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """Be a server that is reached by ssh, with a key for whoever runs the tests."""
    folder = tmp_path_factory.mktemp("ssh")
    server = shutil.which("sshd") or "/usr/sbin/sshd"
    assert Path(server).exists(), "run scripts/prepare tools: the tests need an ssh server"
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        f"StrictModes no\nUsePAM no\nPasswordAuthentication no\nPidFile {folder}/pid\nPermitRootLogin yes\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    with subprocess.Popen([server, "-D", "-f", str(folder / "config"), "-E", str(folder / "log")]) as process:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, folder
        process.terminate()


def _address(port: int, bare: Path) -> str:
    return f"ssh://{os.environ.get('USER') or 'root'}@127.0.0.1:{port}{bare}"


def test_a_site_goes_to_a_branch_by_ssh_with_the_creators_own_key(
    door: tuple[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, folder = door
    known = folder / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {(folder / 'host.pub').read_text()}")
    monkeypatch.setenv("GIT_SSH_COMMAND", f"ssh -F none -i {folder}/user -o UserKnownHostsFile={known}")
    bare = tmp_path / "site.git"
    git(tmp_path, "init", "--quiet", "--bare", str(bare))
    site = {"index.html": b"hello"}
    Deploy(tmp_path, _address(port, bare), site).all()
    assert contents(bare) == site


@pytest.mark.parametrize(
    ("known", "key", "said"),
    [
        ("", "user", "does not know the host key"),
        ("other", "user", "shows another host key than last time"),
        ("host", "host", "does not accept your ssh key"),
    ],
)
def test_keys_that_do_not_fit_are_told_apart_and_nobody_is_asked(
    door: tuple[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: str, key: str, said: str
) -> None:
    port, folder = door
    hosts = tmp_path / "known_hosts"
    lines = {"": "", "other": (folder / "user.pub").read_text(), "host": (folder / "host.pub").read_text()}
    hosts.write_text(f"[127.0.0.1]:{port} {lines[known]}" if known else "")
    monkeypatch.setenv("GIT_SSH_COMMAND", f"ssh -F none -i {folder}/{key} -o UserKnownHostsFile={hosts}")
    with pytest.raises(Refused, match=said):
        Deploy(tmp_path, _address(port, tmp_path / "site.git"), {"index.html": b"x"}).look()
    assert hosts.read_text() == (f"[127.0.0.1]:{port} {lines[known]}" if known else "")
