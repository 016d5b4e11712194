"""What nginx and Apache make of their files: every answer has the headers of the model, addresses lead on."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from deploy.file_hosts import PATIENCE, free_port, wait_for_port

from linkhome.headers import apache, nginx
from linkhome.headers.caching import cache_of

from .sites import FILES, LEADING, laid_out, served

SBIN = f"{os.environ['PATH']}:/usr/sbin"
MODULES = Path("/usr/lib/apache2/modules")


class Host:
    """Be a server that shows the site at a path."""

    def __init__(self, port: int, base: str) -> None:
        self.port, self.base = port, base

    def get(self, path: str) -> tuple[int, dict[str, list[str]], bytes]:
        """Return status, headers by their lower-case names, and body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", self.base + path.removesuffix("index.html"))
            answer = connection.getresponse()
            found: dict[str, list[str]] = {}
            for name, value in answer.getheaders():
                found.setdefault(name.lower(), []).append(value)
            return answer.status, found, answer.read()


@contextlib.contextmanager
def running(command: list[str | Path], port: int, log: Path) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port, lambda: log.read_text() if log.exists() else "")
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextlib.contextmanager
def nginx_host(place: Path, base: str) -> Iterator[Host]:
    program = shutil.which("nginx", path=SBIN)
    assert program, "these tests need nginx: 'scripts/prepare tools' installs it"
    port = free_port()
    laid_out(place / f"root{base}", f"http://lina.example{base}")
    (place / "linkhome.conf").write_text(nginx.written(served(f"http://lina.example{base}", leading=LEADING).headers()))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {place}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (place / "conf").write_text(
        f"{user} daemon off; pid {place}/pid; error_log {place}/log; events {{}} http {{ access_log off; {paths}"
        f" types {{ text/html html; text/css css; }} default_type application/octet-stream;"
        f" server {{ listen 127.0.0.1:{port}; root {place}/root; include {place}/linkhome.conf; }} }}"
    )
    with running([program, "-p", place, "-c", place / "conf", "-e", place / "log"], port, place / "log"):
        yield Host(port, base)


@contextlib.contextmanager
def apache_host(place: Path, base: str) -> Iterator[Host]:
    program = shutil.which("apache2", path=SBIN)
    assert program, "these tests need Apache: 'scripts/prepare tools' installs it"
    port = free_port()
    laid_out(place / f"root{base}", f"http://lina.example{base}")
    loaded = [("mpm_event", "mpm_event"), ("authz_core", "authz_core"), ("dir", "dir"), ("mime", "mime")]
    loaded += [("headers", "headers"), ("setenvif", "setenvif"), ("alias", "alias")]
    account = ["User daemon", "Group daemon"] if os.geteuid() == 0 else []
    lines = [f"LoadModule {one}_module {MODULES}/mod_{file}.so" for one, file in loaded]
    lines += [*account, f"ServerRoot {place}", f"Listen 127.0.0.1:{port}", "ServerName localhost"]
    lines += [f"PidFile {place}/pid", f"ErrorLog {place}/log", f"DocumentRoot {place}/root", "TypesConfig /dev/null"]
    # What a hoster allows at least: neither options nor access rules.
    lines += ["DirectoryIndex index.html", "AddType text/html .html", f"<Directory {place}/root>"]
    lines += ["AllowOverride FileInfo", "Require all granted", "</Directory>", ""]
    (place / "conf").write_text("\n".join(lines))
    for path in place.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    with running([program, "-f", place / "conf", "-DFOREGROUND"], port, place / "log"):
        yield Host(port, base)


@pytest.fixture(scope="module", params=["nginx /", "nginx /lina/", "apache /", "apache /lina/"])
def host(request: pytest.FixtureRequest) -> Iterator[Host]:
    name, base = request.param.split()
    make = {"nginx": nginx_host, "apache": apache_host}[name]
    # Apache reads files as an account of its own, which sees nothing of a folder for tests.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with make(Path(folder), base) as shown:
            yield shown


def test_every_answer_has_every_header_once(host: Host) -> None:
    always = dict(served(f"http://lina.example{host.base}").headers().always)
    for path in (*FILES, "no/such/page"):
        _, headers, _ = host.get(path)
        assert {name: headers.get(name.lower()) for name in always} == {n: [v] for n, v in always.items()}, path
        assert "strict-transport-security" not in headers, path


def test_each_file_may_be_kept_as_long_as_the_model_says(host: Host) -> None:
    for path in FILES:
        assert host.get(path)[1].get("cache-control") == [cache_of(path)], path


def test_a_file_that_is_not_there_is_not_kept_and_the_page_for_it_is_shown(host: Host) -> None:
    for path in ("assets/gone.1a2b3c4d.js", "nowhere"):
        status, headers, body = host.get(path)
        assert (status, body) == (404, FILES["404.html"])
        assert "immutable" not in str(headers.get("cache-control"))


def test_files_are_what_they_are_also_without_an_ending(host: Host) -> None:
    kinds = {path: host.get(path)[1].get("content-type", [""])[0] for path in FILES}
    assert kinds[".well-known/webfinger"] == "application/jrd+json"
    assert kinds[".well-known/atproto-did"] == "text/plain; charset=utf-8"
    assert kinds["site.webmanifest"].startswith("application/manifest+json")
    assert kinds["media/prints.3f2a9c01-750.avif"] == "image/avif"
    assert kinds["index.html"].lower() == "text/html; charset=utf-8"


def test_addresses_lead_on_with_and_without_a_slash_though_there_is_a_page(host: Host) -> None:
    always = dict(served(f"http://lina.example{host.base}").headers().always)
    for one in LEADING:
        for end in ("", "/") if not one.source.endswith(".html") else ("",):
            status, headers, _ = host.get(quote(one.source[1:]) + end)
            [where] = headers["location"]
            expected = host.base + one.to[1:] if one.to.startswith("/") else one.to
            assert (status, where.removeprefix(f"http://127.0.0.1:{host.port}").replace("%c3%bc", "%C3%BC")) == (
                one.code,
                expected,
            )
            assert {name: headers.get(name.lower()) for name in always} == {n: [v] for n, v in always.items()}


def test_no_other_address_leads_on(host: Host) -> None:
    for path in ("old-pages", "old-page/x", "xold-page", "aXb+c", "a.bbc", "old.html/x", "oldxhtml", "Old-Page"):
        assert host.get(path)[0] == 404, path


def test_a_value_cannot_end_its_own_quotes() -> None:
    from linkhome.headers.model import Headers

    made = Headers(always=(("X", 'a"b\\c%d'),))
    assert 'Header always set X "a\\"b\\\\c%%d"' in apache.written(made).decode()
    assert 'add_header X "a\\"b\\\\c%d" always;' in nginx.written(made)
