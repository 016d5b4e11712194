#!/usr/bin/env python3
"""Time a refresh of many embeds against an internet on loopback, and a build that shows them.

    python benchmarks/refresh.py [--embeds 300] [--hosts 30] [--latency 0.1] [--runs 5]

The refresh: its seconds, with the pauses of politeness, and the peak of its memory, in a process of its own.
The build: the same site with the embeds as saved copies and as plain links, cold (no output, no cache) and after one
text has changed, as ratios. Read the ratios, not the seconds: they hold on a busy machine, too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from internet.town import Town, picture
from internet.world import Answer, world

from build import timed

LINKHOME = [str(Path(sys.executable).parent / "linkhome")]
#: Platforms that answer by oEmbed, with a template of their addresses; the other hosts are pages of nobody's platform.
PLATFORMS = {
    "www.youtube.com": "https://www.youtube.com/watch?v=0000000{:04d}",
    "vimeo.com": "https://vimeo.com/7697{:04d}",
    "www.tiktok.com": "https://www.tiktok.com/@ada/video/700000000000000{:04d}",
    "www.dailymotion.com": "https://www.dailymotion.com/video/x8a{:04d}",
    "www.reddit.com": "https://www.reddit.com/r/risograph/comments/1a{:04d}/a_title/",
    "www.pinterest.com": "https://www.pinterest.com/pin/123456789{:04d}/",
    "open.spotify.com": "https://open.spotify.com/album/4aawyAB9vmqN3uQ7Fj{:04d}",
    "soundcloud.com": "https://soundcloud.com/ada/track-{:04d}",
    "www.mixcloud.com": "https://www.mixcloud.com/ada/set-{:04d}/",
    "giphy.com": "https://giphy.com/gifs/train-abcdefghi{:04d}",
}


class Large(Town):
    """Be many hosts, each address with a title and a picture of its own."""

    def __init__(self, hosts: int) -> None:
        super().__init__()
        self.places = dict(list(PLATFORMS.items())[: hosts // 3])
        for number in range(hosts - len(self.places)):
            self.places[f"site-{number}.example"] = f"https://site-{number}.example/page-{{:04d}}"
        self.hosts = {host: self.one(host) for host in self.places}
        self.hosts["images.example"] = self.hosts["i.ytimg.com"] = lambda path: Answer(picture(path), "image/jpeg")

    def one(self, host: str):
        def say(path: str) -> Answer | None:
            words = f"A thing {zlib.crc32((host + path).encode()):010d}"
            if host == "www.youtube.com":
                return self._oembed(words, thumbnail_url=f"https://i.ytimg.com/vi/{path[-11:]}/hqdefault.jpg")(path)
            return (self._page(words) if "example" in host else self._oembed(words))(path)

        return say

    def addresses(self, count: int) -> list[str]:
        places = list(self.places.values())
        return [places[n % len(places)].format(n) for n in range(count)]


def write(folder: Path, addresses: list[str], how: str) -> None:
    """Write a site that shows all of these, as embeds or as links."""
    folder.mkdir()
    lines = ["profile: {name: Ada Example, bio: revision 000}", "url: https://ada.example", "home:"]
    for number, address in enumerate(addresses):
        lines.append(
            f"  - embed: {address}" if how == "embeds" else f"  - {{link: {address}, title: A thing {number}}}"
        )
    (folder / "linkhome.yaml").write_text("\n".join(lines) + "\n")


def refresh(top: Path, embeds: int, hosts: int, latency: float) -> Path:
    """Time a refresh, then one in which nothing has changed; return the site."""
    large = Large(hosts)
    site = top / "embeds"
    write(site, large.addresses(embeds), "embeds")
    with world(top, large.hosts, latency) as made:
        os.environ["LINKHOME_TEST_INTERNET"] = str(made.file)
        for name, options in (("all new", []), ("nothing new", ["--max-age", "0"])):
            made.asked.clear()
            seconds, memory = timed([*LINKHOME, "refresh", "--strict", *options], site)
            print(f"refresh, {name}: {seconds:.1f} s, {memory:.0f} MiB, {len(made.asked)} questions")
        del os.environ["LINKHOME_TEST_INTERNET"]
    return site


def builds(top: Path, embeds: int, hosts: int, runs: int) -> None:
    """Race the two sites."""
    write(top / "links", Large(hosts).addresses(embeds), "links")
    times: dict[tuple[str, str], list[float]] = {}
    for turn in range(runs):
        for name in ("embeds", "links"):
            folder = top / name
            for left in ("public", ".cache"):
                shutil.rmtree(folder / left, ignore_errors=True)
            times.setdefault((name, "cold"), []).append(timed([*LINKHOME, "build", "-q"], folder)[0])
            config = folder / "linkhome.yaml"
            text = config.read_text()
            at = text.index("revision ")
            config.write_text(f"{text[:at]}revision {turn + 1:03}{text[at + 12 :]}")
            times.setdefault((name, "one change"), []).append(timed([*LINKHOME, "build", "-q"], folder)[0])
    for what in ("cold", "one change"):
        cards, links = (statistics.median(times[name, what]) for name in ("embeds", "links"))
        print(f"build, {what}: {cards:.2f} s with copies, {links:.2f} s with links: {cards / links:.2f} times")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--embeds", type=int, default=300)
    parser.add_argument("--hosts", type=int, default=30)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        refresh(Path(made), chosen.embeds, chosen.hosts, chosen.latency)
        builds(Path(made), chosen.embeds, chosen.hosts, chosen.runs)
