"""Hosts for files on loopback: a real sshd, a wire that can be cut, and builds to be sent there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from linkhome.deploy.freeze import tree_of
from linkhome.deploy.nouns import File, Frozen, Plan, Target, There

PATIENCE = 60.0


def frozen_of(place: Path, files: Mapping[str, bytes]) -> Frozen:
    """Freeze these files: each lies under its hash, as in the store of a site."""
    place.mkdir(parents=True, exist_ok=True)
    contents = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}
    for path, digest in contents.items():
        (place / digest).write_bytes(files[path])
    named = {path: File(digest, len(files[path])) for path, digest in contents.items()}
    build = hashlib.sha256(repr(contents).encode()).hexdigest()[:32]
    return Frozen(build, tree_of(named), named, {path: place / digest for path, digest in contents.items()})


def plan_of(target: Target, frozen: Frozen, there: There) -> Plan:
    """Plan as the engine does."""
    from linkhome.deploy.guard import compare

    return compare(target.marks(frozen), frozen, there)


def deploy(target: Target, frozen: Frozen, tell: Callable[[int, int, str], None] = lambda *_: None) -> Plan:
    """Go the way of the engine, without its guards; return what was planned."""
    try:
        there = target.look()
        assert not there.stop, there.stop
        plan = plan_of(target, frozen, there)
        if not plan.empty:
            target.activate(target.upload(frozen, plan, there, tell))
            target.tidy(frozen, plan)
    finally:
        target.close()
    return plan


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path; hidden names at its top are the host's own affair."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".linkhome/")}


class Sshd(NamedTuple):
    """Hold where an sshd listens, the key that it shows, and the key that it lets in."""

    port: int
    known_hosts: Path
    identity: Path
    host_key: Path


@contextlib.contextmanager
def sshd(place: Path, settings: str = "") -> Iterator[Sshd]:
    """Run a real sshd that lets the account of this very process in, by its key only."""
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/sbin:/usr/lib/ssh:/usr/libexec")
    assert program, "these tests need an sshd: 'scripts/prepare tools' installs it"
    if Path("/run").is_dir() and not Path("/run/sshd").exists():
        with contextlib.suppress(OSError):
            Path("/run/sshd").mkdir(mode=0o755)  # root's sshd insists on it
    place.mkdir(parents=True)
    for name in ("host", "mine"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", place / name], check=True)
    port = free_port()
    known = place / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {(place / 'host.pub').read_text()}")
    lines = [f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {place}/host", f"PidFile {place}/pid"]
    lines += [f"AuthorizedKeysFile {place}/mine.pub", "UsePAM no", "StrictModes no", "PasswordAuthentication no"]
    lines += [
        "KbdInteractiveAuthentication no",
        "PermitRootLogin yes",
        "MaxStartups 100",
        "Subsystem sftp internal-sftp",
    ]
    # Tests do not cut the power, and on a busy machine a real one takes seconds. This one notes that it was asked.
    (place / "bin").mkdir()
    (place / "bin" / "sync").write_text(
        f'#!/bin/sh\nreadlink current >> "{place}/synced" || echo none >> "{place}/synced"\n'
    )
    (place / "bin" / "sync").chmod(0o755)
    lines += [f"SetEnv PATH={place}/bin:/usr/local/bin:/usr/bin:/bin"]
    (place / "config").write_text("\n".join([*lines, settings, ""]))
    with open(place / "log", "w") as log:
        process = subprocess.Popen([program, "-D", "-e", "-f", place / "config"], stdout=log, stderr=log)
    try:
        wait_for_port(port, lambda: (place / "log").read_text())
        yield Sshd(port, known, place / "mine", place / "host")
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextlib.contextmanager
def nginx(place: Path, root: Path) -> Iterator[str]:
    """Show a folder by a real web server, which follows symbolic links at each request; return its address."""
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    assert program, "these tests need nginx: 'scripts/prepare tools' installs it"
    place.mkdir(parents=True)
    port = free_port()
    paths = "".join(
        f"{kind}_temp_path {place}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (place / "conf").write_text(
        f"{user} daemon off; worker_processes 2; pid {place}/pid; error_log {place}/log; events {{}}"
        f" http {{ access_log off; {paths} server {{ listen 127.0.0.1:{port}; root {root}; }} }}"
    )
    command = [program, "-p", place, "-c", place / "conf", "-e", place / "log"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port, lambda: (place / "log").read_text())
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_for_port(port: int, why_not: Callable[[], str]) -> None:
    """Wait until somebody listens on a port."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
            return
        except OSError:
            assert time.monotonic() < end, why_not()
            time.sleep(0.02)


class Wire:
    """Be a wire to a port that can be cut: ``cuts`` says after how many bytes, one number for each cut to come."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.cuts: list[int] = []
        self.passed = 0
        self.dead = False
        self._over = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more connections."""
        # Closed under a thread that waits there, its number may be given to the next one that listens, and shared.
        self._over = True
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 5).close()
        self._thread.join(PATIENCE)
        self._listening.close()

    def _accept(self) -> None:
        while True:
            near, _ = self._listening.accept()
            if self._over:
                near.close()
                return
            try:
                if self.dead:
                    raise ConnectionError
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                near.close()
                continue
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other, one is near), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        try:
            while data := one.recv(16384):
                with self._lock:
                    self.passed += len(data) if counted else 0
                    cut = counted and bool(self.cuts) and self.passed >= self.cuts[0]
                    if cut:
                        self.cuts.pop(0)
                        self.passed = 0
                if cut or self.dead:
                    break
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
