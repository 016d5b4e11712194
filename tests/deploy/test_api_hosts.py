"""The example site, deployed from end to end to hosts with an API: live, verified, left alone, taken back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from linkhome.deploy.archive import Archive
from linkhome.deploy.cloudflare import Cloudflare
from linkhome.deploy.engine import deploy_to
from linkhome.deploy.freeze import freeze
from linkhome.deploy.netlify import Netlify
from linkhome.deploy.nouns import Frozen, Live

from . import cloudflare_double, netlify_double
from .desks import PAGES, Watching, built, desk, place
from .http_host import Host, say

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the example site once; return the folder in which ``public`` is."""
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(REPOSITORY / "example-site", root, ignore=shutil.ignore_patterns("public"), dirs_exist_ok=True)
    subprocess.run([sys.executable, "-m", "linkhome", "build", str(root), "-q"], check=True, timeout=600)
    return root


class Place:
    """Be one host with what has to be written in ``deploy:`` for it."""

    def __init__(self, host: Any, made: Any, given: Mapping[str, str], url: str) -> None:
        self.host, self.made, self.given, self.url = host, made, given, url

    def wanted(self, **more: str) -> Any:
        return place(self.made, {**self.given, **more}, self.url)

    def files(self) -> dict[str, bytes]:
        return self.host.files()


@pytest.fixture(params=["netlify", "cloudflare"])
def there(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    if request.param == "netlify":
        monkeypatch.setenv("LINKHOME_NETLIFY_TOKEN", netlify_double.TOKEN)
        with netlify_double.Netlify() as host:
            yield Place(host, Netlify, {"site": "lina-marlow", "api": host.api}, "")
    else:
        monkeypatch.setenv("LINKHOME_CLOUDFLARE_TOKEN", cloudflare_double.TOKEN)
        with cloudflare_double.Cloudflare(group=40) as host:
            given = {"account": cloudflare_double.ACCOUNT, "script": "lina-marlow", "api": host.api}
            host.domain = "lina-marlow"
            yield Place(host, Cloudflare, given, host.url)
    assert host.complaints == []


def shown(frozen: Frozen, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what a host should show of a build; one of them keeps its settings for itself."""
    apart = ("_headers", "_redirects", ".htaccess")
    return {path: frozen.read(path) for path in frozen.files if path in files or path not in apart}


def sending(host: Host) -> list[str]:
    return [one.line for one in host.asked if one.method in ("PUT", "POST")]


def test_the_example_site_goes_live_is_left_alone_and_can_be_taken_back(there, example, tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    shutil.copytree(example / "public", root / "public")
    here, build, watch = there.wanted(), freeze(root / "public"), Watching()
    outcome = deploy_to(here, build, desk(root, here, watch=watch))
    assert (outcome.end, outcome.live) == ("live", Live.NEW), outcome
    assert there.files() == shown(build, there.files())
    assert {"index.html", "404.html", "build.json"} <= set(there.files())
    assert watch.heard[-1][0] == watch.heard[-1][1] > 0

    there.host.asked.clear()
    assert deploy_to(here, build, desk(root, here)).end == "unchanged"
    assert sending(there.host) == []

    first = there.files()
    worse = freeze(built(root, {**PAGES, "index.html": b"<p>worse"}))
    assert deploy_to(here, worse, desk(root, here, yes=True)).end == "live"
    assert there.files()["index.html"] == b"<p>worse"
    again = desk(root, here, yes=True)
    row = again.journal.before(here.name)
    assert row is not None
    assert deploy_to(here, Archive(root / ".cache" / "deploy").recall(row.tree), again, ready=True).end == "live"
    assert there.files() == first


def test_a_host_that_fails_in_the_middle_keeps_the_old_site_and_the_next_deploy_mends_it(there, tmp_path):
    here, old = there.wanted(), freeze(built(tmp_path))
    assert deploy_to(here, old, desk(tmp_path, here)).end == "live"
    before = there.files()
    there.host.fault(r"PUT .*|POST .*/assets/upload", said=say({"message": "no"}, 422), times=99)
    new = freeze(built(tmp_path, {**PAGES, "index.html": b"<p>new", "a.txt": b"a"}))
    outcome = deploy_to(here, new, desk(tmp_path, here))
    assert (outcome.end, outcome.live) == ("failed", Live.OLD)
    assert there.files() == before
    there.host.faults.clear()
    assert deploy_to(here, new, desk(tmp_path, here)).end == "live"
    assert there.files() == shown(new, there.files())


@pytest.mark.parametrize("there", ["netlify"], indirect=True)
def test_netlify_is_not_asked_for_more_deploys_than_the_budget_allows(there, tmp_path):
    for number in (1, 2):
        here = there.wanted(budget="2")
        build = freeze(built(tmp_path, {**PAGES, "index.html": str(number).encode()}))
        assert deploy_to(here, build, desk(tmp_path, here)).end == "live"
    there.host.asked.clear()
    outcome = deploy_to(here, freeze(built(tmp_path)), desk(tmp_path, here))
    assert outcome.end == "refused"
    assert sending(there.host) == []


@pytest.mark.parametrize("there", ["netlify"], indirect=True)
def test_a_draft_is_verified_at_its_own_address_and_nobody_else_sees_it(there, tmp_path):
    there.host.put({"index.html": b"<p>old"})
    here = there.wanted(draft="true")
    outcome = deploy_to(here, freeze(built(tmp_path)), desk(tmp_path, here))
    assert outcome.end == "live", outcome
    assert there.files() == {"index.html": b"<p>old"}
