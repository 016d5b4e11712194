"""The example site, deployed from end to end to a bucket, a folder and into files: live, left alone, taken back."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from linkhome.deploy.engine import deploy_to
from linkhome.deploy.entries import Wanted
from linkhome.deploy.folder import Folder
from linkhome.deploy.freeze import freeze
from linkhome.deploy.outcome import End
from linkhome.deploy.s3 import S3

from .desks import built, desk, place
from .s3_host import s3_host

Held = Callable[[], Mapping[str, bytes]]


def _zipped(path: Path) -> Mapping[str, bytes]:
    with zipfile.ZipFile(path) as made:
        return {name.partition("/")[2]: made.read(name) for name in made.namelist()}


def _files(folder: Path) -> Mapping[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(params=["s3", "folder", "zip", "html"])
def there(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Wanted, Held]]:
    """Give a place, and the way to see what it holds."""
    kind = request.param
    if kind == "s3":
        monkeypatch.setenv("LINKHOME_S3_KEY", "test")
        monkeypatch.setenv("LINKHOME_S3_SECRET", "test-secret")
        with s3_host() as host:
            host.new("example-site")
            yield place(S3, {"bucket": "example-site", "endpoint": host.address}), lambda: host.holds("example-site")
    elif kind == "folder":
        yield place(Folder, {"path": "../copy"}), lambda: _files(tmp_path / "copy")
    else:
        path = tmp_path / f"lina.{kind}"
        held = {"zip": lambda: _zipped(path), "html": lambda: {path.name: path.read_bytes()}}[kind]
        yield place(Folder, {"path": str(path), "zip": kind}), held


def test_the_example_site_goes_there_is_left_alone_and_can_be_taken_back(
    there: tuple[Wanted, Held], example_site: Path, tmp_path: Path
) -> None:
    here, holds = there
    root = tmp_path / "site"
    shutil.copytree(example_site / "public", root / "public")
    site = freeze(root / "public")
    first = deploy_to(here, site, desk(root, here))
    assert first.end is End.LIVE, first.message
    assert first.verified
    before = dict(holds())
    if len(before) > 1:
        sent = {path: site.read(path) for path in site.files}
        missing = {path for path in sent if path not in before}
        assert missing <= {"_headers", "_redirects", ".htaccess"}
        assert {path: data for path, data in sent.items() if path not in missing} == before
    assert deploy_to(here, site, desk(root, here)).end is End.UNCHANGED

    files = {path: site.read(path) for path in site.files if path != "build.json"}
    other = freeze(built(tmp_path / "other", {**files, "index.html": files["index.html"] + b"<p>New"}))
    assert deploy_to(here, other, desk(root, here)).end is End.LIVE
    assert dict(holds()) != before

    back = desk(root, here)
    row = back.journal.before(here.name)
    assert row is not None
    taken = deploy_to(here, back.archive.recall(row.tree), back, ready=True)
    assert taken.end is End.LIVE, taken.message
    assert dict(holds()) == before
