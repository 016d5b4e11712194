"""Let linkhome meet a world: without the pauses that politeness demands, and without patience for the slow."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest

from linkhome.embeds import inquire, turns
from linkhome.embeds.fetch import Client
from linkhome.embeds.turns import host_of

from .town import CONTROLS, EMBEDS, LATEST
from .world import World

#: What never comes to an end by itself; for these a fetch gets this many seconds instead of ten or more.
SLOW = ("hang", "dripped headers", "dripped body")
BRIEFLY = 0.15


def enter(made: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let linkhome meet this world, without the pauses that politeness demands, and without patience for the slow."""
    monkeypatch.setenv("LINKHOME_TEST_INTERNET", str(made.file))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795600000")
    monkeypatch.setattr(turns, "PAUSE", 0.0)
    monkeypatch.setattr(inquire, "PAUSE", 0.0)
    monkeypatch.setattr(inquire, "PAUSES", dict.fromkeys(turns.PAUSES, 0.0))
    monkeypatch.setattr(inquire, "SECOND_TRY", (0.0, 0.01))
    real = Client.get

    def get(self: Client, url: str, limits: Any, **more: Any) -> Any:
        if made.broken.get(host_of(url)) in SLOW:
            more["deadline"] = time.monotonic() + BRIEFLY
        return real(self, url, limits, **more)

    monkeypatch.setattr(Client, "get", get)


def config(embeds: Mapping[str, str] = {}, latest: Mapping[str, str] = {}, count: int = 3) -> str:
    """Return a linkhome.yaml that shows these addresses."""
    lines = ["profile: {name: Ada Example}", "url: https://ada.example", "home:"]
    lines += [f"  - embed: {address}" for address in embeds.values()]
    lines += [f"  - latest: {address}\n    count: {count}" for address in latest.values()]
    return "\n".join(lines) + "\n"


def everything() -> str:
    return config(EMBEDS | {"well": CONTROLS["well"]}, LATEST | {"well feed": CONTROLS["well feed"]})
