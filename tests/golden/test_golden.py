"""Build whole sites and compare every file with what is kept in ``out/``.

After a change that is meant: ``LINKHOME_GOLDEN=write pytest tests/golden`` writes them anew; read the difference.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SITES = sorted(folder.parent.name for folder in HERE.glob("*/in"))
# Pictures are encoded by a library whose releases differ in bytes: what is compared is that they are there.
_HASHED = re.compile(r"\.[0-9a-f]{8}(-[0-9]+)?\.(avif|webp|png|jpg|gif)")
_TEXT = {".html", ".xml", ".json", ".txt", ".css", ".svg", ".webmanifest"}


def build(source: Path, work: Path, **environment: str) -> Path:
    """Build a copy of a site in a process of its own."""
    shutil.copytree(source, work, ignore=shutil.ignore_patterns("public", ".cache"))
    done = subprocess.run(
        [sys.executable, "-m", "linkhome", "build"],
        cwd=work,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795000000", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return work / "public"


def tree(folder: Path) -> dict[str, str]:
    """Return what is compared: texts without the hashes of pictures, and the names of everything else."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "build.json":
            name = _HASHED.sub(r".HASH\1.\2", path.relative_to(folder).as_posix())
            text = path.read_text("utf-8") if path.suffix in _TEXT else "(a file)\n"
            found[name] = _HASHED.sub(r".HASH\1.\2", text)
    return found


@pytest.mark.parametrize("name", SITES)
def test_the_site_is_as_it_was(name: str, tmp_path: Path) -> None:
    built = tree(build(HERE / name / "in", tmp_path / "site"))
    kept = HERE / name / "out"
    if os.environ.get("LINKHOME_GOLDEN") == "write":
        shutil.rmtree(kept, ignore_errors=True)
        for path, text in built.items():
            (kept / path).parent.mkdir(parents=True, exist_ok=True)
            (kept / path).write_text(text, "utf-8")
    expected = {p.relative_to(kept).as_posix(): p.read_text("utf-8") for p in kept.rglob("*") if p.is_file()}
    assert built.keys() == expected.keys()
    for path, text in built.items():
        assert text == expected[path], f"{name}/{path} differs"


def test_there_are_sites_to_compare() -> None:
    assert {"everything", "biodrop", "linkyee", "lynx"} <= set(SITES)


def test_the_same_input_gives_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    source = HERE.parents[1] / "example-site"
    one = build(source, tmp_path / "one", PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    two = build(source, tmp_path / "another folder" / "zwei", PYTHONHASHSEED="4242", LC_ALL="C.UTF-8", TZ="Asia/Tokyo")
    bytes_of = lambda folder: {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}  # noqa: E731
    assert bytes_of(one) == bytes_of(two)


def test_without_its_cache_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    public = build(HERE / "everything" / "in", tmp_path / "site")
    first = {p: p.read_bytes() for p in public.rglob("*") if p.is_file()}
    shutil.rmtree(tmp_path / "site/.cache")
    subprocess.run(
        [sys.executable, "-m", "linkhome", "build"],
        cwd=tmp_path / "site",
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795000000"},
        check=True,
        capture_output=True,
    )
    assert {p: p.read_bytes() for p in public.rglob("*") if p.is_file()} == first
