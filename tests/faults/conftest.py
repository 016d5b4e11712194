"""Give the fault tests a site and the means to disturb its writer."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from disturbed import MARK, Mounting, Place, Strace


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def strace(tmp_path: Path) -> Strace:
    """Return how to run a command under strace: which calls to log to ``tmp_path/trace`` and what to inject."""
    found = shutil.which("strace")
    if not found:
        pytest.fail("the fault tests need strace: install it with 'apt-get install strace' (or dnf, pacman, apk)")

    def before(calls: tuple[str, ...], inject: str = "") -> tuple[str, ...]:
        trace = "trace=" + ",".join(f"?{call}" for call in (*calls, MARK))
        # Stopping at these calls only is quicker by a third, but that way strace cannot inject signals.
        quick = () if "signal=" in inject else ("-f", "--seccomp-bpf")
        return (
            found,
            "-qq",
            *quick,
            "-o",
            str(tmp_path / "trace"),
            "-e",
            trace,
            *(("-e", f"inject={inject}") if inject else ()),
        )

    return before


@pytest.fixture
def mounting() -> Mounting:
    """Return how to run a command after a mount that only it sees; None where that is not allowed."""
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-m", "true"], capture_output=True).returncode:
        return None
    return lambda mount: (unshare, "-m", "sh", "-ec", f'{mount}; exec "$@"', "sh")
