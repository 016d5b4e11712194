from __future__ import annotations

from pathlib import Path

import pytest

from linkhome.cache import Cache, fingerprint


def test_what_was_put_is_there_in_the_next_build(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a", "k", b"value")
    assert cache.get("a", "k") == b"value"
    cache.save()
    cache.close()
    again = Cache(tmp_path)
    assert again.get("a", "k") == b"value"
    assert again.get("b", "k") is None
    assert again.get_many("a", ["k", "other"]) == {"k": b"value"}


def test_nothing_is_written_before_it_is_saved(tmp_path: Path) -> None:
    Cache(tmp_path).put("a", "k", b"value")
    assert list(tmp_path.iterdir()) == []
    assert Cache(tmp_path).get("a", "k") is None


def test_what_a_build_had_no_use_for_is_dropped(tmp_path: Path) -> None:
    first = Cache(tmp_path)
    for key in ("read", "used", "stale"):
        first.put("a", key, b"x")
    first.save()
    second = Cache(tmp_path)
    second.get("a", "read")
    second.use("a", ["used"])
    second.put("a", "new", b"y")
    second.save()
    assert set(Cache(tmp_path).get_many("a", ["read", "used", "stale", "new"])) == {"read", "used", "new"}


def test_after_a_build_that_failed_nothing_is_dropped(tmp_path: Path) -> None:
    first = Cache(tmp_path)
    first.put("a", "old", b"x")
    first.save()
    second = Cache(tmp_path)
    second.put("a", "new", b"y")
    second.save(prune=False)
    assert set(Cache(tmp_path).get_many("a", ["old", "new"])) == {"old", "new"}


@pytest.mark.parametrize("junk", [b"", b"not a database at all", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_file_costs_nothing_but_time(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "store.sqlite").write_bytes(junk)
    cache = Cache(tmp_path)
    assert cache.get("a", "k") is None
    cache.put("a", "k", b"value")
    cache.save()
    cache.close()
    assert Cache(tmp_path).get("a", "k") in (b"value", None)


def test_a_value_that_was_torn_is_not_believed(tmp_path: Path) -> None:
    import sqlite3

    cache = Cache(tmp_path)
    cache.put("a", "k", b"value")
    cache.save()
    cache.close()
    with sqlite3.connect(tmp_path / "store.sqlite") as db:
        db.execute("UPDATE entry SET value = ?", (b"12345678torn",))
    db.close()
    assert Cache(tmp_path).get("a", "k") is None
    assert Cache(tmp_path).get_many("a", ["k"]) == {}


def test_without_a_folder_it_forgets(tmp_path: Path) -> None:
    cache = Cache(None)
    cache.put("a", "k", b"x")
    cache.save()
    assert cache.get("a", "k") in (b"x", None)


def test_fingerprints_keep_parts_apart() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint("a", b"b") == fingerprint(b"a", "b")
