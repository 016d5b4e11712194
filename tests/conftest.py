"""Fixtures of every test: a site from a dictionary, the command line around it, pictures of any size."""

from __future__ import annotations

import fcntl
import functools
import io
import os
import shutil
import signal
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from site_folder import REPOSITORY, SiteFolder

#: The files that take longest, in this order: begun last, one of them would keep a single worker busy at the end.
LONGEST = (
    "browser/test_themes.py",
    "browser/test_signup.py",
    "deploy/test_ssh.py",
    "deploy/test_file_hosts.py",
    "faults/test_sweep.py",
    "deploy/test_every_fault.py",
    "browser/test_forms.py",
    "faults/test_copies.py",
    "faults/test_refresh_kills.py",
    "lists/test_services.py",
    "browser/test_cards.py",
    "faults/test_build_kills.py",
    "scenarios/test_init.py",
    "preview/test_scenarios_running.py",
    "preview/test_scenarios_files.py",
    "browser/test_offline.py",
    "unit/test_recipes.py",
    "golden/test_golden.py",
    "scenarios/test_content.py",
    "unit/test_wheel.py",
    "deploy/test_every_target.py",
    "browser/test_visit.py",
    "lists/test_kills.py",
    "internet/test_faults.py",
    "unit/test_imports.py",
    "internet/test_private_addresses.py",
    "unit/test_fonts_own.py",
    "scenarios/test_embeds.py",
    "preview/test_studio.py",
    "deploy/test_git.py",
    "preview/test_scenarios_edits.py",
    "unit/test_private_pictures.py",
    "scenarios/test_differential.py",
    "unit/test_kit_plan.py",
    "signup_ends/test_ends.py",
    "preview/test_views_shown.py",
    "unit/test_reading_hostile.py",
    "faults/test_fetch.py",
    "deploy/test_in_place.py",
    "lists/test_reading.py",
    "preview/test_watch.py",
    "deploy/test_torn_reads.py",
    "preview/test_builder.py",
    "preview/test_client.py",
    "scenarios/test_pictures.py",
    "internet/test_platforms.py",
    "preview/test_watch_races.py",
    "newsletter/test_hostile_values.py",
)

# Where tests are begun in the background, Ctrl-C is switched off for them, and for every program that they begin.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes depends on what else the machine does: the first loads modules, others share their core.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Leave the order of files to us: pytest-xdist would begin with those of many tests, however quick they are."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    tests = Path(__file__).parent
    place = {tests / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(LONGEST)))


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away the wishes of whoever runs the tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "LINKHOME_DEBUG", "LINKHOME_TEST_INTERNET", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def pictures_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encode the same bytes in the same way only once in this process: for tests of what is done with pictures."""
    from linkhome.brand import variants

    monkeypatch.setattr(variants, "make", _once(variants.make))


@functools.cache
def _once(make: Callable[..., object]) -> Callable[..., object]:
    return functools.cache(make)


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a copy of the example site, once for all processes that run tests; give its folder, which is only read."""
    from linkhome.cli import main

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    copy = shared / "example-site"
    with open(shared / "example-site.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go with the file, also by a process that dies
        if not (shared / "example-site.built").exists():
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(REPOSITORY / "example-site", copy, ignore=shutil.ignore_patterns("public", ".cache"))
            assert main(["build", str(copy), "--quiet", "--strict"]) == 0
            (shared / "example-site.built").touch()
    return copy


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Callable[..., SiteFolder]]:
    """Make a creator's folder from ``{path: text or bytes}``."""
    made = []

    def make(files: Mapping[str, str | bytes] | None = None, name: str = "my-site") -> SiteFolder:
        folder = SiteFolder(tmp_path / name)
        folder.root.mkdir(exist_ok=True)
        made.append(folder)
        for path, content in (files or {}).items():
            folder.write(path, content)
        return folder

    yield make
    for folder in made:
        folder.end()


@pytest.fixture(scope="session")
def image() -> Callable[..., bytes]:
    """Make the bytes of a picture: ``image(640, 400, "png")``; also svg, jpeg, webp, gif."""

    def make(width: int = 640, height: int = 400, kind: str = "png") -> bytes:
        if kind == "svg":
            box = f'viewBox="0 0 {width} {height}"'
            return f'<svg xmlns="http://www.w3.org/2000/svg" {box}><path d="M0 0h9v9z"/></svg>'.encode()
        if kind == "png":
            return _png(width, height)
        from PIL import Image

        kept = io.BytesIO()
        Image.new("RGB", (width, height), (154, 59, 31)).save(kept, kind.upper())
        return kept.getvalue()

    return make


def _png(width: int, height: int) -> bytes:
    """Draw a slope of colours, row by row."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes((y * 255 // height, 59, 31)) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
