"""Only what the build made is sent, as it was made: nothing else gets into a frozen build, or into the archive."""

from __future__ import annotations

import hashlib
import os
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from linkhome.deploy.archive import Archive
from linkhome.deploy.freeze import freeze
from linkhome.deploy.nouns import Refused
from linkhome.diagnostics import LinkhomeError
from linkhome.output import SEAL, Artifact, Snapshot, Stamp, write
from linkhome.snapshot import seal

from .desks import PAGES, built, frozen


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(LinkhomeError) as caught:
        work()
    return caught.value.diagnostics[0].message


def test_a_built_folder_is_frozen_as_it_is(tmp_path: Path) -> None:
    one = frozen(tmp_path)
    assert {path: one.read(path) for path in one.files if path != SEAL} == PAGES
    assert one.size == sum(map(len, PAGES.values())) + one.files[SEAL].size
    assert one.build in one.read(SEAL).decode()
    other = frozen(tmp_path / "other")
    assert (other.build, other.tree) == (one.build, one.tree)


def test_a_file_that_came_in_afterwards_stops_everything(tmp_path: Path) -> None:
    public = built(tmp_path)
    (public / "notes.txt").write_text("not for the public")
    assert refused(lambda: freeze(public)) == "files in public/ were changed after the build"
    known = {path: Stamp("", -1, 0) for path in (*PAGES, SEAL)}
    assert refused(lambda: freeze(public, known)) == ("public/ is not as it was built: 'notes.txt' came in afterwards")


def test_a_file_that_was_changed_or_is_gone_stops_everything(tmp_path: Path) -> None:
    public = built(tmp_path)
    (public / "about/index.html").unlink()
    assert "changed after the build" in refused(lambda: freeze(public))
    (public / "about/index.html").write_text("something else")
    assert "changed after the build" in refused(lambda: freeze(public))


@pytest.mark.parametrize("name", [".env", ".git/config", "media/.ssh/id_ed25519", ".cache/x", ".netrc"])
def test_a_hidden_file_is_never_published_even_if_the_build_had_it(tmp_path: Path, name: str) -> None:
    message = refused(lambda: frozen(tmp_path, {**PAGES, name: b"secret"}))
    assert f"public/{name} would be published" in message


def test_a_copy_of_a_private_file_is_never_published(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "subscribers.csv").write_bytes(b"email\nmia@example.com\n")
    public = built(tmp_path, {**PAGES, "media/list.csv": b"email\nmia@example.com\n"})
    message = refused(lambda: freeze(public, private=tmp_path / "private"))
    assert message == "'media/list.csv' would be published, but it is a copy of a file in private/"


def test_a_symbolic_link_is_never_followed(tmp_path: Path) -> None:
    public = built(tmp_path)
    (tmp_path / "secret").write_bytes(PAGES["about/index.html"])
    (public / "about/index.html").unlink()
    (public / "about/index.html").symlink_to(tmp_path / "secret")
    assert "public/about/index.html is a symbolic link" in refused(lambda: freeze(public))
    (public / "about/index.html").unlink()
    (public / "about").rmdir()
    (public / "about").symlink_to(tmp_path)
    assert "public/about is a symbolic link" in refused(lambda: freeze(public))
    (tmp_path / "link").symlink_to(public)
    assert "there is no folder link/" in refused(lambda: freeze(tmp_path / "link"))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    public = built(tmp_path)
    os.mkfifo(public / "pipe")
    assert "public/pipe is no file" in refused(lambda: freeze(public))


def test_a_folder_of_somebody_else_and_an_empty_site_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert refused(lambda: freeze(tmp_path / "mine")) == "mine/ was not built by linkhome: it has no build.json"
    (tmp_path / "mine" / SEAL).write_text('{"name": "a package"}')
    assert (
        refused(lambda: freeze(tmp_path / "mine")) == "mine/ was not built by linkhome: its build.json is another one"
    )
    assert "no front page: an empty site is never sent" in refused(lambda: frozen(tmp_path, {"about.html": b"x"}))
    assert "no front page" in refused(lambda: frozen(tmp_path / "2", {"index.html": b""}))
    assert "there is no folder" in refused(lambda: freeze(tmp_path / "nothing"))


def test_what_file_managers_leave_is_passed_over(tmp_path: Path) -> None:
    public = built(tmp_path)
    before = freeze(public)
    (public / ".DS_Store").write_bytes(b"\0")
    (public / "media" / "Thumbs.db").write_bytes(b"\0")
    assert freeze(public).files == before.files


def test_files_that_the_build_remembers_are_not_read_again(tmp_path: Path) -> None:
    public = built(tmp_path)
    before = freeze(public)
    times = {path: (public / path).stat().st_mtime_ns for path in before.files}
    known = {path: Stamp(file.sha256, file.size, times[path]) for path, file in before.files.items()}
    os.chmod(public / "about/index.html", 0)
    (public / "about/index.html").write_bytes(PAGES["about/index.html"].upper())
    os.utime(public / "about/index.html", ns=(0, times["about/index.html"]))
    assert freeze(public, known) == before


# ------------------------------------------------------------------ the archive


def test_what_is_in_the_archive_cannot_be_changed_from_the_built_folder(tmp_path: Path) -> None:
    public = built(tmp_path)
    archive = Archive(tmp_path / ".cache")
    taken = archive.take(freeze(public))
    for path in PAGES:
        with open(public / path, "ab") as file:
            file.write(b"changed in its place")
    shutil.rmtree(public)
    assert {path: taken.read(path) for path in PAGES} == PAGES
    again = archive.recall(taken.tree)
    assert again == taken


def test_a_file_that_changes_between_plan_and_copy_is_not_taken(tmp_path: Path) -> None:
    public = built(tmp_path)
    now = freeze(public)
    (public / "about/index.html").write_bytes(PAGES["about/index.html"].replace(b"About", b"ABOUT"))
    assert refused(lambda: Archive(tmp_path / ".cache").take(now)) == (
        "'about/index.html' was changed while it was being read"
    )
    assert not list((tmp_path / ".cache").rglob("*.tmp"))


def test_a_damaged_archive_is_found_out(tmp_path: Path) -> None:
    archive = Archive(tmp_path / ".cache")
    taken = archive.take(frozen(tmp_path))
    damaged = taken.places["index.html"]
    damaged.write_bytes(damaged.read_bytes().replace(b"Lina", b"Lima"))
    assert archive.recall(taken.tree) is None
    assert archive.take(frozen(tmp_path)) == taken
    assert archive.recall(taken.tree) == taken
    assert archive.recall("0" * 32) is None


def test_old_builds_are_pruned_and_what_others_share_stays(tmp_path: Path) -> None:
    archive = Archive(tmp_path / ".cache")
    old = archive.take(frozen(tmp_path))
    new = archive.take(frozen(tmp_path, {**PAGES, "index.html": b"<title>New"}))
    archive.prune({new.tree})
    assert archive.recall(new.tree) == new
    assert archive.recall(old.tree) is None
    kept = {path.name for path in (tmp_path / ".cache" / "objects").rglob("*") if path.is_file()}
    assert kept == {file.sha256 for file in new.files.values()}


def test_a_disk_that_takes_nothing_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file")
    with pytest.raises(Refused) as caught:
        Archive(tmp_path / ".cache").take(frozen(tmp_path))
    assert caught.value.diagnostics[0].message.startswith("nothing can be written to .cache/deploy/: ")


def test_names_that_no_disk_has_are_refused(tmp_path: Path) -> None:
    public = built(tmp_path)
    (public / "About").mkdir()
    (public / "About" / "index.html").write_bytes(b"x")
    artifacts = {path: Artifact.of(data) for path, data in {**PAGES, "About/index.html": b"x"}.items()}
    (public / SEAL).write_bytes(seal(artifacts).data or b"")
    assert "are the same name on a Mac" in refused(lambda: freeze(public))


def test_a_large_film_passes_through_in_pieces(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with open(film, "wb") as file:
        file.truncate(48_000_000)
    digest = hashlib.sha256(film.read_bytes()).hexdigest()
    files = {"index.html": Artifact.of(b"<title>x"), "media/film.mp4": Artifact.copy(film, digest, 48_000_000)}
    write(Snapshot(files | {SEAL: seal(files)}), tmp_path / "public")
    archive = Archive(tmp_path / ".cache")
    tracemalloc.start()
    try:
        taken = archive.take(freeze(tmp_path / "public"))
        assert archive.recall(taken.tree) == taken
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()
