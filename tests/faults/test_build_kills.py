"""Kill whole builds at random moments: what lies in ``public/`` is always one whole site, and the next build is right."""

from __future__ import annotations

import hashlib
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

KILLS = 60
CONFIG = "url: https://lina.example\nprofile: {{name: Lina {word}, portrait: media/p.png}}\nhome: [posts]\n"


def write_site(root: Path, word: str) -> None:
    (root / "linkhome.yaml").write_text(CONFIG.format(word=word))
    for number in range(12):
        text = f"---\ntitle: {word} {number}\ndate: 2026-01-{number + 1:02}\n---\nA *text* of {word}.\n"
        (root / f"posts/p{number}.md").write_text(text)


def state(public: Path) -> str:
    """Return a hash of every path and byte below a folder."""
    digest = hashlib.sha256()
    for path in sorted(p for p in public.rglob("*") if p.is_file()):
        digest.update(str(path.relative_to(public)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class Builder:
    """Builds of one folder, each in a process of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        command = [sys.executable, Path(__file__).with_name("builder.py")]
        self.helper = subprocess.Popen(
            command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self.helper.stdin and self.helper.stdout
        self.orders, self.answers = self.helper.stdin, self.helper.stdout

    def start(self) -> int:
        """Begin a build, and return the number of its process."""
        self.orders.write(f"{self.root}\n".encode())
        return int(self.answers.readline())

    def over(self) -> bool:
        """Tell whether the build that was begun has come to its end."""
        return bool(select.select([self.answers], [], [], 0)[0])

    def wait(self) -> int:
        """Return the exit code of the build that was begun."""
        assert select.select([self.answers], [], [], 60)[0], "the build does not end"
        code = int(self.answers.readline())
        self.orders.write(b"\n")
        return code

    def build(self) -> int:
        """Build to the end."""
        self.start()
        return self.wait()

    def close(self) -> None:
        self.helper.kill()
        self.helper.communicate()


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Builder]:
    made = Builder(tmp_path / "site")
    yield made
    made.close()


def test_a_killed_build_leaves_one_whole_site(builder, image):
    root = builder.root
    (root / "posts").mkdir(parents=True)
    (root / "media").mkdir()
    (root / "media/p.png").write_bytes(image(900, 1200))
    whole, took = {}, 0.0
    for word in ("one", "two"):
        write_site(root, word)
        began = time.monotonic()
        assert builder.build() == 0
        took = time.monotonic() - began
        whole[word] = state(root / "public")
    assert whole["one"] != whole["two"]
    dice = random.Random(4)
    survived = 0
    for turn in range(KILLS):
        word = ("one", "two")[turn % 2]
        write_site(root, word)
        if turn % 7 == 0:
            shutil.rmtree(root / ".cache", ignore_errors=True)
        process = builder.start()
        # Most of a build is over in ``took``; the moments around the swap are at its end.
        time.sleep(took * dice.uniform(0.2, 1.1))
        survived += builder.over()
        os.kill(process, signal.SIGKILL)
        builder.wait()
        assert state(root / "public") in whole.values(), f"after kill {turn}"
    assert survived < KILLS * 0.8, "the kills came too late to prove anything"
    for word in ("one", "two"):
        write_site(root, word)
        assert builder.build() == 0
        assert state(root / "public") == whole[word]
    left = [name for name in os.listdir(root) if "linkhome" in name and name != "linkhome.yaml"]
    assert [name for name in left if not name.endswith("-lock")] == []
