"""What the ends need: the Worker under miniflare, a newsletter server with its mails, and one browser for all visits."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from other_process import NODE, OtherProcess

from linkhome.cli import main

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the way to copy the files for one kind of host."""

    def copy(kind: str) -> Path:
        folder = tmp_path_factory.mktemp(kind)
        assert main(["newsletter", "worker", kind, str(folder), "--quiet"]) == 0
        return folder

    return copy


@pytest.fixture(scope="session")
def run_worker(copied: Callable[[str], Path]) -> Callable[..., OtherProcess]:
    """Give the way to run the Worker with settings: ``run_worker(main={…}, other={…})``."""

    def run(**settings: dict[str, object]) -> OtherProcess:
        return OtherProcess(NODE, HERE / "worker_host.mjs", copied("cloudflare"), json.dumps(settings))

    return run


@pytest.fixture(scope="module")
def visitor() -> Iterator[OtherProcess]:
    """Start a browser that does what it is asked (see visitor.mjs)."""
    with OtherProcess(NODE, HERE / "visitor.mjs") as browser:
        yield browser


@pytest.fixture(scope="module")
def mails() -> Iterator[tuple[OtherProcess, int]]:
    """Take mails; give the process, which says each of them, and its port."""
    with OtherProcess(sys.executable, HERE / "mail_sink.py") as sink:
        yield sink, sink.line()["port"]
