"""Kill the writer at random moments, and in the one moment that only two renames have."""

from __future__ import annotations

import errno

import pytest
from disturbed import Place

from linkhome import exchange, output
from linkhome.diagnostics import LinkhomeError


def test_two_hundred_kills_leave_a_whole_site_each_time(place: Place) -> None:
    done = place.run("kills", "200", "20261121")

    assert (done.returncode, done.stderr) == (0, "")
    old, new, with_leftovers = map(int, done.stdout.split())
    assert old + new == 200
    # Or else the kills came before or after the work, and proved nothing.
    assert min(old, new) > 20
    assert with_leftovers > 100
    place.recovers()


def test_a_site_lost_between_two_renames_comes_back(place: Place) -> None:
    assert place.run("lost").returncode == 9
    assert not place.public.exists()
    assert ".public.linkhome-aside" in place.leftovers()

    assert exchange.recover(str(place.public))

    assert place.which() == "A"
    place.recovers()


def test_the_next_build_brings_a_lost_site_back_before_it_fails(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.run("lost")
    monkeypatch.setattr(output, "fill", unable)
    with pytest.raises(LinkhomeError, match=r"^the disk is full; the old site in public/ is untouched$"):
        place.write("B")
    assert place.which() == "A"
    assert place.leftovers() == []


def unable(*_: object) -> list[str]:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_two_renames_swap_as_well(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_at_once", lambda new, site: False)
    place.write("B")
    assert place.which() == "B"
    assert place.leftovers() == []


def test_a_first_build_that_is_killed_leaves_no_site_and_no_trouble(place: Place) -> None:
    dead = place.parent / ".public.linkhome-0123456789ab"
    place.public.rename(dead)
    (dead / "index.html").unlink()

    place.recovers()

    assert not dead.exists()
