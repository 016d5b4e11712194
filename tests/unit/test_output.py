from __future__ import annotations

import errno
import json
import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from linkhome import output, staging
from linkhome.diagnostics import LinkhomeError
from linkhome.exchange import exchange
from linkhome.output import Artifact, Snapshot, Vanished, Written, seal, write

Content = dict[str, bytes | Artifact]


def site(content: Content) -> Snapshot:
    files = {path: Artifact.of(it) if isinstance(it, bytes) else it for path, it in content.items()}
    return Snapshot(files | {"build.json": seal(files)})


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files, and the folders with a slash, except for build.json."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        found[f"{name}/" if path.is_dir() else name] = b"" if path.is_dir() else path.read_bytes()
    found.pop("build.json", None)
    return found


def counts(written: Written) -> tuple[int, int, int, bool]:
    return written.new, written.linked, written.removed, written.unchanged


def kept(data: bytes) -> Artifact:
    return Artifact.keep(sha256(data).hexdigest(), len(data))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public"


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the content of no old file be looked at."""
    monkeypatch.delattr(output, "holds")


def test_a_first_site(out: Path) -> None:
    written = write(site({"index.html": b"home", "posts/one/index.html": b"one"}), out)
    assert counts(written) == (3, 0, 0, False)
    assert tree(out) == {"index.html": b"home", "posts/": b"", "posts/one/": b"", "posts/one/index.html": b"one"}
    assert json.loads((out / "build.json").read_text())["files"] == 2
    assert os.listdir(out.parent) == ["public"]


def test_folders_above_are_made_and_an_empty_one_is_fine(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "public"
    write(site({"index.html": b"home"}), out)
    assert tree(out) == {"index.html": b"home"}
    out = tmp_path / "empty"
    out.mkdir()
    (out / ".DS_Store").write_bytes(b"")
    write(site({"index.html": b"home"}), out)
    assert tree(out) == {"index.html": b"home"}


def test_a_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(site({"index.html": b"home"}), Path("public"))
    assert tree(tmp_path / "public") == {"index.html": b"home"}


def test_a_change_links_the_rest(out: Path) -> None:
    first = write(site({"index.html": b"old", "same.css": b"same", "gone/x.html": b"gone"}), out)
    inode = (out / "same.css").stat().st_ino
    written = write(site({"index.html": b"new", "same.css": b"same", "more.html": b"more"}), out, first.stamps)
    assert counts(written) == (3, 1, 1, False)
    assert tree(out) == {"index.html": b"new", "same.css": b"same", "more.html": b"more"}
    assert (out / "same.css").stat().st_ino == inode
    assert written.stamps["same.css"] == first.stamps["same.css"]
    assert os.listdir(out.parent) == ["public"]


def test_the_stamps_are_those_of_the_files(out: Path) -> None:
    stamp = write(site({"index.html": b"home"}), out).stamps["index.html"]
    there = (out / "index.html").stat()
    assert (stamp.sha256, stamp.size, stamp.mtime_ns) == (sha256(b"home").hexdigest(), 4, there.st_mtime_ns)


@pytest.mark.usefixtures("no_reading")
def test_with_stamps_no_old_file_is_read(out: Path) -> None:
    stamps = write(site({"index.html": b"old", "same.css": b"same"}), out).stamps
    assert counts(write(site({"index.html": b"new", "same.css": b"same"}), out, stamps)) == (2, 1, 0, False)


def test_without_stamps_files_are_compared(out: Path) -> None:
    content: Content = {"index.html": b"home", "same.css": b"same"}
    write(site(content), out)
    assert counts(write(site(content), out)) == (0, 3, 0, True)
    assert counts(write(site(content | {"index.html": b"HOME"}), out)) == (2, 1, 0, False)


def test_an_unchanged_site_is_not_touched(out: Path) -> None:
    stamps = write(site({"index.html": b"home"}), out).stamps
    before = out.stat()
    written = write(site({"index.html": b"home"}), out, stamps)
    assert counts(written) == (0, 2, 0, True)
    assert written.stamps == stamps
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("extra", ["stranger.txt", "folder/", "link"])
def test_what_somebody_put_there_is_cleared_away(out: Path, tmp_path: Path, extra: str) -> None:
    stamps = write(site({"index.html": b"home"}), out).stamps
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "keep").write_bytes(b"mine")
    if extra == "folder/":
        (out / extra).mkdir()
    elif extra == "link":
        (out / extra).symlink_to(theirs)
    else:
        (out / extra).write_bytes(b"")
    assert not write(site({"index.html": b"home"}), out, stamps).unchanged
    assert tree(out) == {"index.html": b"home"}
    assert (theirs / "keep").read_bytes() == b"mine"


def test_a_file_that_somebody_edited_is_put_right(out: Path) -> None:
    stamps = write(site({"index.html": b"home"}), out).stamps
    (out / "index.html").write_bytes(b"HOME")
    assert counts(write(site({"index.html": b"home"}), out, stamps)) == (1, 1, 0, False)
    assert tree(out) == {"index.html": b"home"}


def test_a_file_that_somebody_replaced_by_a_link_is_put_right(out: Path, tmp_path: Path) -> None:
    write(site({"index.html": b"home"}), out)
    (tmp_path / "other").write_bytes(b"home")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(tmp_path / "other")
    write(site({"index.html": b"home"}), out)
    assert not (out / "index.html").is_symlink()


def test_everybody_may_read_the_site_whatever_the_umask(out: Path) -> None:
    before = os.umask(0o077)
    try:
        write(site({"a/index.html": b"home"}), out)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((out / name).stat().st_mode) for name in (".", "a", "a/index.html")]
    assert modes == [0o755, 0o755, 0o644]


def test_a_file_that_nobody_may_read_is_written_afresh(out: Path) -> None:
    stamps = write(site({"index.html": b"home"}), out).stamps
    (out / "index.html").chmod(0o600)
    assert counts(write(site({"index.html": b"home"}), out, stamps)) == (1, 1, 0, False)
    assert stat.S_IMODE((out / "index.html").stat().st_mode) == 0o644


def test_a_large_file_is_copied_in_pieces(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_CHUNK", 7)
    data = b"moving pictures" * 10
    (tmp_path / "clip.mp4").write_bytes(data)
    content: Content = {"clip.mp4": Artifact.copy(tmp_path / "clip.mp4", sha256(data).hexdigest(), len(data))}
    write(site(content), out)
    assert tree(out) == {"clip.mp4": data}
    assert counts(write(site(content), out)) == (0, 2, 0, True)


@pytest.mark.parametrize("now", [b"another", None])
def test_a_source_that_changed_meanwhile_stops_the_build(out: Path, tmp_path: Path, now: bytes | None) -> None:
    clip = tmp_path / "clip.mp4"
    if now is not None:
        clip.write_bytes(now)
    with pytest.raises(LinkhomeError) as caught:
        write(site({"clip.mp4": Artifact.copy(clip, sha256(b"picture").hexdigest(), 7)}), out)
    assert str(caught.value) == f"'{clip}' was changed or removed while the site was being built"
    assert not out.exists()


def test_a_kept_file_is_linked(out: Path) -> None:
    stamps = write(site({"index.html": b"old", "one.html": b"one"}), out).stamps
    assert counts(write(site({"index.html": b"new", "one.html": kept(b"one")}), out, stamps)) == (2, 1, 0, False)
    assert tree(out) == {"index.html": b"new", "one.html": b"one"}
    assert write(site({"index.html": b"new", "one.html": kept(b"one")}), out).unchanged


def test_a_kept_file_that_only_looks_newer_is_good(out: Path) -> None:
    stamps = write(site({"index.html": b"old", "one.html": b"one"}), out).stamps
    os.utime(out / "one.html", (1, 1))
    write(site({"index.html": b"new", "one.html": kept(b"one")}), out, stamps)
    assert tree(out) == {"index.html": b"new", "one.html": b"one"}


def test_kept_files_that_are_not_there_any_more_are_all_named(out: Path) -> None:
    stamps = write(site({"a.html": b"a", "b.html": b"b", "c.html": b"c"}), out).stamps
    (out / "a.html").unlink()
    (out / "b.html").write_bytes(b"B")
    before = tree(out)
    with pytest.raises(Vanished) as caught:
        write(site({"c.html": kept(b"c"), "b.html": kept(b"b"), "a.html": kept(b"a")}), out, stamps)
    assert caught.value.paths == ("a.html", "b.html")
    assert tree(out) == before


def test_nothing_can_be_kept_of_no_site(out: Path) -> None:
    with pytest.raises(Vanished):
        write(site({"a.html": kept(b"a")}), out)


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP])
def test_where_links_are_not_possible_files_are_copied(out: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(source: str, target: str) -> None:
        raise OSError(code, os.strerror(code), source)

    stamps = write(site({"index.html": b"old", "same.css": b"same", "one.html": b"one"}), out).stamps
    monkeypatch.setattr(os, "link", refuse)
    written = write(site({"index.html": b"new", "same.css": b"same", "one.html": kept(b"one")}), out, stamps)
    assert counts(written) == (4, 0, 0, False)
    assert tree(out) == {"index.html": b"new", "same.css": b"same", "one.html": b"one"}


def test_a_folder_that_is_not_ours_is_left_as_it_is(out: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").write_bytes(b"years of work")
    for foreign in (None, "not json", "[]", '{"generator": "another"}'):
        if foreign:
            (out / "build.json").write_text(foreign)
        with pytest.raises(LinkhomeError) as caught:
            write(site({"index.html": b"home"}), out)
        assert str(caught.value) == "the folder public/ was not made by linkhome, so it is left as it is"
    assert (out / "thesis.txt").read_bytes() == b"years of work"
    assert os.listdir(out.parent) == ["public"]


def test_a_git_repository_in_the_output_is_not_deleted(out: Path) -> None:
    write(site({"index.html": b"old"}), out)
    (out / ".git").mkdir()
    with pytest.raises(LinkhomeError, match=r"holds a git repository \(\.git\), which a build would delete"):
        write(site({"index.html": b"new"}), out)
    assert (out / ".git").is_dir()


def test_a_link_or_file_in_the_place_is_refused(out: Path, tmp_path: Path) -> None:
    out.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LinkhomeError, match="is a symbolic link"):
        write(site({"index.html": b"home"}), out)
    out.unlink()
    out.write_bytes(b"mine")
    with pytest.raises(LinkhomeError, match="is a file, not a folder"):
        write(site({"index.html": b"home"}), out)
    assert out.read_bytes() == b"mine"


def test_bad_names_are_refused_before_anything_is_touched(out: Path) -> None:
    with pytest.raises(LinkhomeError) as caught:
        write(site({"../x": b"", "a": b"", "A": b""}), out)
    assert len(caught.value.diagnostics) == 2
    assert os.listdir(out.parent) == []


def test_a_site_without_its_seal_is_a_mistake_of_ours(out: Path) -> None:
    with pytest.raises(ValueError, match=r"build\.json"):
        write(Snapshot({"index.html": Artifact.of(b"")}), out)


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("stage", ["survey", "flush", "exchange"])
def test_whatever_stops_a_build_leaves_the_old_site_and_nothing_else(
    out: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, stage: str
) -> None:
    def fail(*_: object) -> None:
        raise failure

    write(site({"index.html": b"old"}), out)
    monkeypatch.setattr(output, stage, fail)
    with pytest.raises((LinkhomeError, KeyboardInterrupt)) as caught:
        write(site({"index.html": b"new"}), out)
    assert str(caught.value) in ("the disk is full; the old site in public/ is untouched", "")
    assert tree(out) == {"index.html": b"old"}
    assert os.listdir(out.parent) == ["public"]


def test_ctrl_c_just_after_the_swap_leaves_the_new_site(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap = exchange

    def interrupted(new: str, place: str) -> None:
        swap(new, place)
        raise KeyboardInterrupt

    write(site({"index.html": b"old"}), out)
    monkeypatch.setattr(output, "exchange", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(site({"index.html": b"new"}), out)
    assert tree(out) == {"index.html": b"new"}
    assert os.listdir(out.parent) == ["public"]


def test_an_error_after_the_swap_does_not_speak_of_the_old_site(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: str) -> None:
        raise OSError(errno.EIO, "Input/output error")

    write(site({"index.html": b"old"}), out)
    monkeypatch.setattr(output, "flush_folder", fail)
    with pytest.raises(LinkhomeError, match=r"^the new site is in public/, but the disk reported an error"):
        write(site({"index.html": b"new"}), out)
    assert tree(out) == {"index.html": b"new"}


def test_leftovers_of_killed_builds_are_swept_and_nothing_like_them(out: Path) -> None:
    write(site({"index.html": b"old"}), out)
    names = [".public.linkhome-0123456789ab", ".public.linkhome-aside"]
    theirs = [".public.linkhome-notes", ".other.linkhome-0123456789ab", ".publicXlinkhome-0123456789ab"]
    for name in names + theirs:
        (out.parent / name / "deep").mkdir(parents=True)
        (out.parent / name / "deep" / "file").write_bytes(b"")
    (out.parent / ".public.linkhome-lock").write_bytes(b"")
    write(site({"index.html": b"new"}), out)
    assert sorted(os.listdir(out.parent)) == sorted([*theirs, "public"])


def test_without_locks_nothing_is_swept(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkhome.lock._take", lambda fd: False)
    living = out.parent / ".public.linkhome-0123456789ab"
    living.mkdir()
    write(site({"index.html": b"home"}), out)
    assert sorted(os.listdir(out.parent)) == [living.name, "public"]


def test_what_does_not_arrive_on_the_disk_is_noticed(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "write_all", lambda fd, data: None)
    with pytest.raises(LinkhomeError) as caught:
        write(site({"index.html": b"home"}), out)
    assert str(caught.value) == (
        "the new site did not arrive on the disk as it was written (build.json, index.html), so public/ stays as it was"
    )
    assert os.listdir(out.parent) == []
