"""Let everything go wrong, one after the other, on every platform: the copies stay, and so does the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from site_folder import SiteFolder

from linkhome.embeds import keep, saved
from linkhome.embeds.turns import host_of
from linkhome.platforms import asking, recognise

from . import failures
from .failures import DOOR, NEW, STAYS
from .town import CONTROLS, EMBEDS, IMAGES, LATEST, Town
from .world import FAULTS, World


def label(address: str, other: str) -> str:
    return recognise(address).name or other


#: Every address by what the manual calls it.
SHOWN = {label(address, "any page"): address for address in EMBEDS.values()}
SHOWN |= {f"{label(address, 'any blog')}, newest": address for address in LATEST.values()}
EVERYTHING = {**SHOWN, **CONTROLS}
#: What says something usable even so, at least on some platforms.
USABLE = ("403 with og:", "truncated", "wrong charset")


def copy(folder: Path, address: str) -> Any:
    return json.loads(saved.place(folder / "saved", address).read_bytes())


def asked_first(folder: Path, name: str) -> str:
    """Return the host that is asked first about one of `SHOWN`."""
    address, facts = SHOWN[name], copy(folder, SHOWN[name]).get("facts", {})
    asks = asking.newest(address, facts) if name.endswith(", newest") else asking.single(address, facts)
    return host_of(asks[0].url)


def outcome(before: Path, after: Path, name: str) -> str:
    """Return what became of a copy, and see that it did not become worse."""
    address = SHOWN[name]
    paths = [saved.place(folder / "saved", address) for folder in (before, after)]
    if paths[0].read_bytes() == paths[1].read_bytes():
        return STAYS
    old, new = (copy(folder, address)["good"] for folder in (before, after))
    found, problems = saved.read(after / "saved", address)
    assert found and problems == []
    for one, was in [(new, old), *zip(new.get("items", []), old.get("items", []), strict=True)]:
        assert {key for key in was if was[key]} - {"fetched", "source"} <= {key for key in one if one[key]}, name
        assert one.get("title") != recognise(address).name
        assert one.get("image") or not was.get("image")
        assert len(one.get("text") or "") >= len(was.get("text") or "") * 0.2
        assert one.get("author") == was.get("author")
    return DOOR if "says the page" in str(new.get("title")) else NEW


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_costs_nothing(
    settled: Path, copied: Callable[[], SiteFolder], here: World, town: Town, fault: str
) -> None:
    site = copied()
    town.edition = 2
    here.break_(*{asked_first(settled, name) for name in SHOWN}, by=fault)
    ran = site.run("refresh", "--max-age", "0")
    assert ran.code == 0, ran

    for address in CONTROLS.values():
        assert "no. 2" in json.dumps(copy(site.root, address)["good"]), "who is well was refreshed"
    came = {name: outcome(settled, site.root, name) for name in SHOWN}
    said = {line.partition(": ")[0]: line.partition(": ")[2] for line in ran.err.splitlines()}
    assert all(keep.key(SHOWN[name]) in said for name, word in came.items() if word == STAYS), "every one is told"
    example = said.get(keep.key(EMBEDS["story"]), "")
    if failures.WRITING:
        failures.write(fault, example, came)
    assert (failures.sentence(fault), failures.column(fault)) == (example, came)

    listed = {row["key"]: row for row in site.run("embeds", "--json").json["embeds"]}
    for name, word in came.items():
        row = listed[keep.key(SHOWN[name])]
        assert row["state"] in (("stale", "held") if word == STAYS else ("fresh",)), row
        assert row["why"]

    for address in CONTROLS.values():
        path = saved.place(Path("saved"), address)
        site.write(str(path), (settled / path).read_bytes())
    if set(came.values()) == {STAYS}:
        assert site.build("-q", "--out", str(site.root.parent / "out")).code == 0
        assert SiteFolder(site.root.parent).files("out") == SiteFolder(settled).files("public")
    else:
        assert fault in USABLE or DOOR in came.values()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_platform_with_every_door_shut_keeps_its_copies(
    settled: Path, copied: Callable[[], SiteFolder], here: World, town: Town, fault: str
) -> None:
    names = ("Bluesky", "Deezer", "TIDAL", "Apple Podcasts, newest")
    site = copied()
    town.edition = 2
    here.break_("public.api.bsky.app", "bsky.app", "embed.bsky.app", by=fault)
    here.break_("api.deezer.com", "www.deezer.com", "oembed.tidal.com", "tidal.com", by=fault)
    here.break_("itunes.apple.com", "podcasts.apple.com", "feeds.example", by=fault)
    words = ["--only", *" --only ".join([EVERYTHING["well"], *(SHOWN[name] for name in names)]).split()]
    assert site.run("refresh", "--max-age", "0", *words).code == 0
    assert "no. 2" in copy(site.root, EVERYTHING["well"])["good"]["title"]
    for name in names:
        assert outcome(settled, site.root, name) == STAYS or fault in USABLE, name


@pytest.mark.parametrize("fault", FAULTS)
def test_pictures_that_cannot_be_had_cost_no_words(site: Any, here: World, town: Town, fault: str) -> None:
    shown = {name: EMBEDS[name] for name in ("story", "vimeo")}
    folder = site(
        {"linkhome.yaml": "profile: {name: Ada}\nhome:\n" + "".join(f"  - embed: {a}\n" for a in shown.values())}
    )
    town.repaints = True
    here.break_(IMAGES, by=fault)
    first = folder.run("refresh")
    assert first.code == 0
    for address in shown.values():
        good = copy(folder.root, address)["good"]
        assert "no. 1" in good["title"]
        if fault != "wrong charset":  # which means nothing for a picture
            assert not good.get("image")
    here.mend()
    assert folder.run("refresh", "--max-age", "0").code == 0
    pictured = {name: copy(folder.root, address)["good"]["image"] for name, address in shown.items()}

    town.edition = 2
    here.break_(IMAGES, by=fault)
    assert folder.run("refresh", "--max-age", "0").code == 0
    for name, address in shown.items():
        good = copy(folder.root, address)["good"]
        assert "no. 2" in good["title"]
        if fault != "wrong charset":
            assert good["image"] == pictured[name], "the old picture stays"
