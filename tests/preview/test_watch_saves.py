"""No save is lost: whatever editors do while a site is built, what was built last is what lies on the disk."""

from __future__ import annotations

import random
import threading
import time

import pytest
from watched import STYLES, Desk, prepare, write

SAVES = 120
NAMES = [f"posts/p{number}.md" for number in range(4)] + ["linkhome.yaml", "theme/static/own.css"]


@pytest.mark.parametrize("way", ["inotify", "observer", "polling"])
def test_saves_in_quick_succession_are_all_built_at_last(tmp_path, monkeypatch, way):
    prepare(way, monkeypatch)
    chance = random.Random(6)
    desk = Desk(write(tmp_path, {name: f"{name}, first" for name in NAMES}), way).read().follow()
    saved = threading.Event()

    def save() -> None:
        for number in range(SAVES):
            name = chance.choice(NAMES)
            chance.choice(STYLES)(desk.root / name, f"{name}, save {number}" + " and more" * chance.randrange(4))
            time.sleep(chance.choice((0, 0.001, 0.004, 0.015)))
        saved.set()

    thread = threading.Thread(target=save)
    thread.start()
    builds = 0
    try:
        while not saved.is_set():
            if desk.watch.wait(0.05):
                desk.read()
                time.sleep(chance.choice((0, 0.002, 0.02)))  # the rest of the build
                desk.follow()
                builds += 1
        thread.join()
        assert desk.catches_up()
        assert desk.is_silent()
    finally:
        thread.join()
        desk.watch.close()
    assert builds


def test_the_last_of_two_saves_is_told_whenever_it_comes(tmp_path):
    """The second one falls into the quiet time, the build, the following, or the next wait."""
    desk = Desk(write(tmp_path, dict.fromkeys(NAMES, "first"))).read().follow()
    file = desk.root / NAMES[0]
    try:
        for step in range(40):

            def save(step: int = step) -> None:
                file.write_text(f"one of {step}")
                time.sleep(step * 0.0005)
                file.write_text(f"two of {step}")

            thread = threading.Thread(target=save)
            thread.start()
            assert desk.watch.wait(30)
            desk.read().follow()
            thread.join()
            assert desk.catches_up()
            assert desk.texts[NAMES[0]] == f"two of {step}".encode()
    finally:
        desk.watch.close()
