"""Give the tests a world with a town in it, sites that show it, and a linkhome that does not dawdle."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from site_folder import SiteFolder

from .meeting import enter, everything
from .town import Town
from .world import World, world


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def here(tmp_path: Path, town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Be the internet of this test, and let linkhome meet it."""
    folder = tmp_path / "world"
    folder.mkdir()
    with world(folder, town.hosts) as made:
        enter(made, monkeypatch)
        yield made


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that shows the whole town, refreshed and built once; never to be changed itself."""
    top = tmp_path_factory.mktemp("settled")
    folder = SiteFolder(top / "site")
    folder.write("linkhome.yaml", everything())
    with world(top, Town().hosts) as made, pytest.MonkeyPatch.context() as patch:
        enter(made, patch)
        ran = folder.run("refresh")
        assert ran.code == 0, ran
        assert "35 new or better" in ran.out, ran
        patch.delenv("LINKHOME_TEST_INTERNET")
        assert folder.build("-q").code == 0
    return folder.root


@pytest.fixture
def copied(settled: Path, tmp_path: Path) -> Callable[[], SiteFolder]:
    """Return a copy of the settled site, to be played with."""

    def copy() -> SiteFolder:
        root = tmp_path / "site"
        shutil.copytree(settled, root)
        return SiteFolder(root)

    return copy
