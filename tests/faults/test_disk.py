"""Take the disk away in other ways: full, limited, read-only, or lying about what it wrote."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from disturbed import MARK, Mounting, Place, Run, Strace


def refused(done: Run, place: Place, sentence: str) -> None:
    """See that the writer ended with this sentence and left everything as it was."""
    assert (done.returncode, done.stderr.strip()) == (1, sentence)
    assert place.which() == "A"
    assert place.leftovers() == []
    place.recovers()


def test_a_size_limit_that_cuts_a_write_short(place: Place) -> None:
    refused(
        place.run("limited", "B", "1000"),
        place,
        "a file is larger than this disk or this account allows; the old site in public/ is untouched",
    )


def test_a_full_disk(place: Place, mounting: Mounting) -> None:
    sentence = "the disk is full; the old site in public/ is untouched"
    if mounting is None:
        # Without the right to mount, the limit above and the sweep's ENOSPC stand for it.
        assert place.run("limited", "B", "100").returncode == 1
        assert place.which() == "A"
        return
    here = f"'{place.parent}'"
    keep = place.parent.parent / "keep"
    shutil.copytree(place.public, keep)
    mount = f"mount -t tmpfs -o size=40k none {here}; cp -r '{keep}' '{place.public}'"
    report = f"status=$?; ls -A {here}; cd '{place.public}'; cat index.html | head -c 15; exit $status"
    command = (*mounting(mount), "sh", "-c", f'"$@"; {report}', "sh")
    done = place.run("one", "B", before=command)
    # The folder on the small disk is seen only from inside.
    assert (done.returncode, done.stderr.strip()) == (1, sentence)
    assert done.stdout == "public\n<h1>Home A</h1>"


def test_a_read_only_folder(place: Place, mounting: Mounting, strace: Strace, tmp_path: Path) -> None:
    denied = f"the folder {place.parent} is read-only for you; the old site in public/ is untouched"
    read_only = f"the folder {place.parent} is read-only; the old site in public/ is untouched"
    if os.geteuid() != 0:
        place.parent.chmod(0o555)
        done = place.run("one", "B")
        place.parent.chmod(0o755)
        refused(done, place, denied)
    elif mounting is not None:
        here = f"'{place.parent}'"
        before = mounting(f"mount --bind {here} {here}; mount -o remount,ro,bind {here}")
        refused(place.run("one", "B", before=before), place, read_only)
    else:
        # Root may write anywhere and may not mount here: let the system say so at the first folder made.
        refused(place.run("one", "B", before=strace(("mkdir", "mkdirat"), "mkdir:error=EROFS")), place, read_only)


def test_a_disk_that_says_it_wrote_and_did_not(place: Place, strace: Strace, tmp_path: Path) -> None:
    undisturbed = place.run("one", "B", before=strace(("write",)))
    assert undisturbed.returncode == 0
    before = (tmp_path / "trace").read_text().split(MARK)[0].count("write(")
    place.write("A")

    done = place.run("one", "B", before=strace(("write",), f"write:retval=100:when={before + 2}"))

    assert done.returncode == 1
    assert re.fullmatch(
        r"the new site did not arrive on the disk as it was written \(\S+\), so public/ stays as it was\n", done.stderr
    )
    assert place.which() == "A"
    place.recovers()


@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_flushing_the_whole_disk_fails(place: Place, strace: Strace, error: str, tmp_path: Path) -> None:
    done = place.run("many", before=strace(("syncfs",), f"syncfs:error={error}"))
    assert "(INJECTED)" in (tmp_path / "trace").read_text()
    said = {"EIO": "the disk reported an error", "ENOSPC": "the disk is full"}[error]
    refused(done, place, f"{said}; the old site in public/ is untouched")
