"""Disturb a refresh as a whole: kill it, fill its disk, cut its line, start it twice, press Ctrl-C."""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import refresher
from disturbed import Mounting
from internet.town import EMBEDS, IMAGES, LATEST, Town, picture
from internet.world import World, world
from PIL import Image
from site_folder import LINKHOME, SiteFolder

from linkhome.embeds import keep, saved, state

KILLS = 60
SHOWN = {name: EMBEDS[name] for name in ("youtube", "vimeo", "peertube", "story", "flickr", "etsy")}
CHANNELS = {"substack": LATEST["substack"]}


def config(embeds: dict[str, str] = SHOWN, latest: dict[str, str] = CHANNELS) -> str:
    blocks = [f"  - embed: {address}\n" for address in embeds.values()]
    blocks += [f"  - latest: {address}\n" for address in latest.values()]
    return "profile: {name: Ada}\nhome:\n" + "".join(blocks)


@pytest.fixture
def town() -> Town:
    made = Town()
    made.repaints = True
    return made


@pytest.fixture
def here(tmp_path: Path, town: Town) -> Iterator[World]:
    folder = tmp_path / "world"
    folder.mkdir()
    with world(folder, town.hosts) as made:
        yield made


def whole(folder: SiteFolder, town: Town, editions: range) -> set[int]:
    """See that every copy is all of one edition, picture and all; return the editions that there are."""
    seen = set()
    for name, address in (SHOWN | CHANNELS).items():
        record = keep.load(folder.root / "saved", address)
        found, problems = saved.read(folder.root / "saved", address)
        assert record and record.good and found, name
        assert problems == []
        first = json.loads(bytes(record.good.items[0])) if name in CHANNELS else None
        title = first["title"] if first else record.good.title
        edition = int(str(title).partition("no. ")[2].split()[0])
        assert edition in editions, name
        seen.add(edition)
        copies = [found.kept, *(item.kept for item in found.items)]
        for kept in filter(None, copies):
            for path in (kept.fallback, *(path for _, path in kept.sizes)):
                Image.open(BytesIO(path.read_bytes())).load()
        if name in ("vimeo", "story"):
            town_then = Town()
            town_then.edition, town_then.repaints = edition, True
            words = {"vimeo": "A film", "story": "A story about ink"}[name]
            shown = picture(town_then.image(words).removeprefix(f"https://{IMAGES}"))
            assert record.good.image and record.good.image.sha256 == hashlib.sha256(shown).hexdigest()
    return seen


def test_a_killed_refresh_leaves_every_copy_old_or_new(
    site: Callable[..., SiteFolder], here: World, town: Town
) -> None:
    folder = site({"linkhome.yaml": config()})
    process = subprocess.Popen(
        [sys.executable, refresher.__file__, str(folder.root)],
        env={**os.environ, "LINKHOME_TEST_INTERNET": str(here.file)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    dice = random.Random(7)
    ends: list[str] = []
    mixed = 0
    try:
        began = time.monotonic()
        with_time = folder.command("refresh", env={"LINKHOME_TEST_INTERNET": str(here.file)})
        assert with_time.code == 0, with_time
        took = min(1.0, (time.monotonic() - began) / 2)
        for turn in range(KILLS):
            town.edition = turn + 2
            process.stdin.write(f"{dice.uniform(0.02, took):.3f}\n")
            process.stdin.flush()
            ends.append(process.stdout.readline().strip())
            mixed += len(whole(folder, town, range(1, turn + 3))) > 1
            if ends[-1] == "0":
                took *= 0.9
        town.edition = KILLS + 2
    finally:
        process.kill()
        process.communicate()
    assert set(ends) <= {"killed", "0"}, ends
    assert ends.count("killed") > KILLS / 3
    assert mixed > KILLS / 6, "the kills came before or after the work, and proved nothing"
    healed = folder.command("refresh", "--max-age", "0", env={"LINKHOME_TEST_INTERNET": str(here.file)})
    assert healed.code == 0, healed
    assert whole(folder, town, range(1, KILLS + 3)) == {KILLS + 2}
    state.load(folder.root / ".cache/embeds.json")
    for dead in (folder.root / "saved").rglob(".linkhome-*"):
        os.utime(dead, (0, 0))
    folder.command("refresh", "--max-age", "0", env={"LINKHOME_TEST_INTERNET": str(here.file)})
    assert list((folder.root / "saved").rglob(".linkhome-*")) == []
    left = folder.command("embeds", "prune")
    assert left.code == 0
    pictures = {path.name for path in (folder.root / "saved").rglob("*") if path.suffix in (".jpg", ".webp")}
    text = "".join(path.read_text() for path in (folder.root / "saved").rglob("*.json"))
    assert all(name in text for name in pictures), "what killed writers had drawn is pruned"


@pytest.mark.parametrize("size", [0, 300, 1500])
def test_a_size_limit_that_cuts_writes_short(
    site: Callable[..., SiteFolder], here: World, town: Town, size: int
) -> None:
    folder = site({"linkhome.yaml": config()})
    env = {"LINKHOME_TEST_INTERNET": str(here.file)}
    assert folder.command("refresh", env=env).code == 0
    town.edition = 2

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    process = folder.spawn("refresh", "--max-age", "0", env=env, preexec_fn=limit)
    out, err = process.communicate(timeout=60)
    assert whole(folder, town, range(1, 3))
    assert process.returncode == 1, (out, err)
    assert "file too large" in err
    assert "Traceback" not in err
    assert list((folder.root / "saved").rglob(".linkhome-*")) == []
    assert folder.command("refresh", "--max-age", "0", env=env).code == 0
    assert whole(folder, town, range(1, 3)) == {2}


@pytest.mark.parametrize("free", [0, 4, 16])
def test_a_full_disk(
    site: Callable[..., SiteFolder], here: World, town: Town, mounting: Mounting, tmp_path: Path, free: int
) -> None:
    if mounting is None:
        pytest.skip("a small disk can only be mounted by who may mount; the limits above stand for it")
    folder = site({"linkhome.yaml": config()})
    env = {"LINKHOME_TEST_INTERNET": str(here.file)}
    assert folder.command("refresh", env=env).code == 0
    town.edition = 2
    small, kept = tmp_path / "small", tmp_path / "kept"
    small.mkdir()
    mount = f"mount -t tmpfs -o size=2m none '{small}'; cp -r '{folder.root}' '{small}/my-site'"
    mount += f"; head -c 2m /dev/zero > '{small}/full' 2> /dev/null || truncate -s -{free}k '{small}/full'"
    script = f"\"$@\"; status=$?; cp -r '{small}/my-site' '{kept}'; exit $status"
    command = [*LINKHOME, "refresh", "--max-age", "0", str(small / "my-site")]
    done = subprocess.run(
        [*mounting(mount), "sh", "-c", script, "sh", *command],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=60,
    )
    after = SiteFolder(kept)
    assert whole(after, town, range(1, 3))
    assert done.returncode == 1, done
    assert "no space left on device; the older copies are untouched" in done.stderr
    shutil.rmtree(folder.root)
    shutil.copytree(kept, folder.root)
    assert folder.command("refresh", "--max-age", "0", env=env).code == 0
    assert whole(folder, town, range(1, 3)) == {2}


def test_two_at_once_take_turns_or_say_so(site: Callable[..., SiteFolder], here: World, town: Town) -> None:
    folder = site({"linkhome.yaml": config()})
    env = {"LINKHOME_TEST_INTERNET": str(here.file)}
    here.latency = 1.0  # whoever comes second does not want to wait that long
    first = folder.spawn("refresh", env=env)
    until(lambda: here.asked)
    second = folder.command("refresh", env=env)
    assert second.code == 1
    assert second.err.splitlines()[:1] == ["error: another refresh of this site is at work"], second
    assert first.communicate(timeout=60)[0].startswith("Asked about 7 addresses")
    assert whole(folder, town, range(1, 2)) == {1}

    here.latency = 0.0
    here.asked.clear()
    town.edition = 2
    shutil.rmtree(folder.root / ".cache")
    both = [folder.spawn("refresh", env=env) for _ in range(2)]
    ends = [process.communicate(timeout=60) for process in both]
    codes = [process.returncode for process in both]
    assert codes == [0, 0] or sorted(codes) == [0, 1], ends
    assert whole(folder, town, range(1, 3)) == {2}
    doors = [one.path for one in here.asked if one.host != IMAGES and "youtube.com" in one.path]
    assert len(doors) == 1, "who waited asks nobody again"


def test_ctrl_c_ends_at_once_and_keeps_what_is_there(site: Callable[..., SiteFolder], here: World, town: Town) -> None:
    folder = site({"linkhome.yaml": config()})
    here.break_("www.flickr.com", "www.etsy.com", by="hang")
    process = folder.spawn("refresh", env={"LINKHOME_TEST_INTERNET": str(here.file)})
    until(lambda: (folder.root / f"saved/{keep.key(SHOWN['story'])}.json").exists())
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - began < 2
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "stopped"
    assert "Traceback" not in err
    known = state.load(folder.root / ".cache/embeds.json").entries
    assert known[keep.key(SHOWN["story"])].checked > 0
    assert keep.key(SHOWN["flickr"]) not in known, "to be interrupted is no failure"
    here.mend()
    here.asked.clear()
    assert folder.command("refresh", env={"LINKHOME_TEST_INTERNET": str(here.file)}).code == 0
    assert "story.example" not in {one.host for one in here.asked}
    assert whole(folder, town, range(1, 2)) == {1}


def test_without_a_network_nothing_changes(site: Callable[..., SiteFolder], here: World, town: Town) -> None:
    folder = site({"linkhome.yaml": config()})
    dated = {"SOURCE_DATE_EPOCH": "1795600000"}
    assert folder.command("refresh", env={"LINKHOME_TEST_INTERNET": str(here.file)}).code == 0
    assert folder.command("build", env=dated).code == 0
    before, built = folder.files("saved"), folder.files("public")
    remembered = (folder.root / ".cache/embeds.json").read_bytes()

    ran, seconds = cut_off(folder, "refresh", "--max-age", "0")
    assert (ran.returncode, ran.stdout) == (
        0,
        "Nobody could be reached: is this computer online? The copies stay as they are.\n",
    )
    assert seconds < 20
    assert folder.files("saved") == before
    assert (folder.root / ".cache/embeds.json").read_bytes() == remembered, "that counts against nobody"
    assert cut_off(folder, "refresh", "--max-age", "0", "--strict")[0].returncode == 3
    told = json.loads(cut_off(folder, "refresh", "--max-age", "0", "--json")[0].stdout)
    assert told["offline"] is True
    assert all(row["asked"] and row["problem"] and not row["changed"] for row in told["embeds"])
    shutil.rmtree(folder.root / "public")
    shutil.rmtree(folder.root / ".cache")
    assert cut_off(folder, "build", env=dated)[0].returncode == 0
    assert folder.files("public") == built


def cut_off(
    folder: SiteFolder, *args: str, env: Mapping[str, str] | None = None
) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run a command that has no network: none at all where the system can do that, else none with names in it."""
    alone = [shutil.which("unshare") or "", "-rn"]
    if not alone[0] or subprocess.run([*alone, "true"], capture_output=True).returncode:
        alone = ["env", "RES_OPTIONS=attempts:1 timeout:1", "LOCALDOMAIN=invalid"]
        folder.write("linkhome.yaml", config({"story": SHOWN["story"]}, {}))
    began = time.monotonic()
    command = [*alone, *LINKHOME, *args]
    ran = subprocess.run(
        command, cwd=folder.root, env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=90
    )
    return ran, time.monotonic() - began


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
