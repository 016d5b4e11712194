"""What real servers send is fine with the files that linkhome writes for them, and found wanting without."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_folder import SiteFolder

from linkhome import pipeline
from linkhome.check import online
from linkhome.check.certificate import Trusted
from linkhome.check.online import Place
from linkhome.check.site import Site
from linkhome.deploy.table import load
from linkhome.embeds.fetch import Client
from linkhome.headers import nginx as lines_for
from linkhome.opening import opened as project_of

from . import hosts
from .sites import said

FILES = {
    "linkhome.yaml": "url: https://lina.example\nprofile: {name: Lina}\nwell_known: {bluesky: did:web:lina.example}\n"
    "newsletter: {action: https://lists.lina.example/subscribe}\n"
    "home:\n  - newsletter\n  - embed: https://vimeo.com/76979871\n  - posts\n",
    "posts/one.md": f"---\ntitle: One\ndate: 2026-01-01\n---\n{'Some *text*. ' * 200}\n",
}


class Built:
    """A built site in a folder, and what the build knows of it."""

    def __init__(self, root: Path) -> None:
        folder = SiteFolder(root)
        for path, content in FILES.items():
            folder.write(path, content)
        assert folder.build().code == 0
        self.public = root / "public"
        project, _, _ = project_of(str(root))
        self.made = pipeline.build_to(pipeline.Order(project))
        self.made.cache.close()
        self.site = Site(self.made.snapshot.files, "https://lina.example/")

    def look(self, url: str, target: str = "") -> list[str]:
        """Return what is said of the place at an address."""
        place = Place("host", url, about=load(target).about if target else None)
        with Client("", "en", own=[url]) as client:
            build = self.made.snapshot.build_id()
            return said(online.look(self.site, build, [place], client, Trusted(), False, self.made.served).found)


@pytest.fixture(scope="module")
def built() -> Iterator[Built]:
    # Apache reads files as an account of its own, which sees nothing of a folder for tests.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Built(Path(folder) / "site")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_nginx_with_our_lines_has_no_fault(built: Built, place: Path) -> None:
    with hosts.nginx(place, built.public, lines_for.written(built.made.served.headers())) as url:
        assert built.look(url) == []


def test_apache_with_our_file_has_no_fault(built: Built, place: Path) -> None:
    hosts.opened(built.public)
    with hosts.apache(place, built.public, "FileInfo") as url:
        assert built.look(url, "sftp") == []


MISSING = (
    "warning: the host does not send Content-Security-Policy, Cross-Origin-Opener-Policy, Permissions-Policy, "
    "Referrer-Policy, X-Content-Type-Options"
)
ITS_OWN = "warning: for a wrong address the host shows a page of its own, not the site's"


def test_nginx_alone_is_told_each_thing_once_and_what_to_do(built: Built, place: Path) -> None:
    with hosts.nginx(place, built.public, "gzip off;") as url:
        found = built.look(url)
    assert found[0] == MISSING
    assert found[1].startswith("warning: browsers are told the wrong time to keep files: / (nothing is said)")
    assert found[2].startswith("warning: pages are sent without being packed")
    assert found[3].startswith("warning: files are sent as what they are not: ")
    assert ".well-known/atproto-did as application/octet-stream" in found[3]
    assert found[4:] == [ITS_OWN]


def test_apache_that_reads_no_file_is_told_so(built: Built, place: Path) -> None:
    hosts.opened(built.public)
    with hosts.apache(place, built.public, "None") as url:
        found = built.look(url, "ftps")
    assert found[0] == MISSING and ITS_OWN in found


def test_where_nobody_can_change_that_it_is_one_quiet_note(built: Built, place: Path) -> None:
    with hosts.nginx(place, built.public, "error_page 404 /404.html;") as url:
        found = built.look(url, "github")
    assert len(found) == 1
    assert found[0].startswith("note: at GitHub Pages nobody can set headers, and these are not sent: ")


def test_an_old_policy_and_headers_that_are_sent_twice_are_found(built: Built, place: Path) -> None:
    lines = lines_for.written(built.made.served.headers())
    old = lines.replace("frame-src https://player.vimeo.com", "frame-src 'none'")
    assert old != lines
    more = "add_header X-Content-Type-Options nosniff always; add_header Cross-Origin-Opener-Policy same-origin always;"
    with hosts.nginx(place, built.public, old + more) as url:
        found = built.look(url)
    assert found == [
        "error: the policy that the host sends forbids what pages need: frame-src https://player.vimeo.com",
        "warning: the host sends these headers twice: cross-origin-opener-policy, x-content-type-options",
    ]
