from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from linkhome.diagnostics import Exit, LinkhomeError
from linkhome.output import refuse_unsafe
from linkhome.refusals import sentence


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a site's folder with some of its sources."""
    root = tmp_path / "home" / "my-site"
    for name in ("posts", "media", ".git"):
        (root / name).mkdir(parents=True)
    (root / "linkhome.yaml").write_text("")
    return root


def refused(out: Path, root: Path) -> str:
    with pytest.raises(LinkhomeError) as caught:
        refuse_unsafe(out, root)
    assert caught.value.code == Exit.USAGE
    assert caught.value.diagnostics[0].hint
    return str(caught.value)


def test_good_places(root: Path) -> None:
    refuse_unsafe(root / "public", root)
    refuse_unsafe(root / "public" / "en", root)
    refuse_unsafe(root.parent / "elsewhere", root)
    (root / "public").mkdir()
    refuse_unsafe(root / "public", root)


def test_a_file(root: Path) -> None:
    (root / "public").write_text("mine")
    assert refused(root / "public", root) == f"'{root}/public' is a file, not a folder"


def test_a_symbolic_link_whatever_it_leads_to(root: Path, tmp_path: Path) -> None:
    (root / "public").symlink_to(tmp_path)
    assert (
        refused(root / "public", root) == f"'{root}/public' is a symbolic link, which a build would replace by a folder"
    )
    (root / "broken").symlink_to("nowhere")
    assert "is a symbolic link" in refused(root / "broken", root)


def test_the_whole_disk(root: Path) -> None:
    assert refused(Path("/"), root) == "'/' is the whole disk, not a folder for a site"


def test_the_site_itself_also_by_another_way(root: Path, tmp_path: Path) -> None:
    sentence = "the built site cannot take the place of the folder that it is made from"
    assert refused(root, root) == sentence
    assert refused(root / "posts" / "..", root) == sentence
    (tmp_path / "way").symlink_to(root.parent)
    assert refused(tmp_path / "way" / "my-site", root) == sentence


def test_a_folder_above_the_site(root: Path) -> None:
    assert refused(root.parent, root) == f"'{root.parent}' holds the site's own folder, which a build would delete"


@pytest.mark.parametrize("name", ["posts", "pages", "media", "saved", "theme", ".cache", ".git", "media/site/x"])
def test_the_source_folders_and_what_is_in_them(root: Path, name: str) -> None:
    first = name.split("/")[0]
    assert refused(root / name, root) == f"the built site cannot lie in {first}/, where the site's sources are"


def test_a_source_folder_by_another_way(root: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(root / "media")
    assert "cannot lie in media/" in refused(tmp_path / "way" / "public", root)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "the disk is full; {after}"),
        (errno.EDQUOT, "your share of the disk is used up; {after}"),
        (errno.EROFS, "the folder {parent} is read-only; {after}"),
        (errno.EACCES, "the folder {parent} is read-only for you; {after}"),
        (errno.EIO, "the disk reported an error; {after}"),
        (errno.ENAMETOOLONG, "a name in the site is too long for this disk; {after}"),
        (errno.EBUSY, "public/ is in use or is a disk of its own; {after}"),
        (errno.ELOOP, "the system says: too many levels of symbolic links; {after}"),
    ],
)
def test_what_the_system_answers_is_said_in_a_sentence(tmp_path: Path, code: int, said: str) -> None:
    exc = OSError(code, os.strerror(code), f"{tmp_path}/.public.linkhome-0123456789ab/x")
    place = tmp_path / "public"
    expected = said.format(parent=tmp_path, after="nothing was written to public/")
    assert str(sentence(exc, str(place))) == expected
    place.mkdir()
    (place / "build.json").write_text("{}")
    expected = said.format(parent=tmp_path, after="the old site in public/ is untouched")
    assert str(sentence(exc, str(place))) == expected


def test_a_source_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"")
    said = sentence(PermissionError(errno.EACCES, "Permission denied", str(clip)), f"{tmp_path}/public")
    assert str(said) == f"'{clip}' may not be read; nothing was written to public/"
