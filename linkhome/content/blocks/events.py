"""Dates that people can come to."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from ...config import schema
from .. import model, moments
from ..here import At, Here


def make(block: schema.EventsBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the dates that are not over, the next one first; None when there are none."""
    found = []
    for number, event in enumerate(block.events):
        window, over = here.window_of(None, event.end or event.date)
        if not over:
            begins = moments.read(event.date, here.all.zone)[0]
            found.append((begins, number, _event(event, here, (*at, "events", number), window)))
    events = tuple(event for _, _, event in sorted(found, key=lambda row: row[:2]))
    return {"title": here.text(block.title) or here.texts["events"], "events": events} if events else None


def _event(event: schema.Event, here: Here, at: At, window: model.Window | None) -> model.Event:
    start = here.moment(event.date)
    assert start is not None
    end = here.moment(event.end)
    if end and end.time and event.end and event.end[:10] == event.date[:10]:
        end = structs.replace(end, text=end.time)  # the same evening: its day is said already
    return model.Event(
        title=here.text(event.title),
        start=start,
        end=end,
        place=here.text(event.place),
        note=here.text(event.note),
        href=here.href(event.url, (*at, "url")) if event.url else "",
        window=window,
    )
