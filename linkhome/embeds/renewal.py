"""Renew the copy of one address: ask, weigh the answer against what is kept, fetch pictures, keep what is better."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from ..diagnostics import reason_of
from ..platforms import asking, recognise
from . import keep, picture, state, worse
from .inquire import Failure, Inquirer, Unchanged
from .reading import Reading
from .record import DamagedError, Good, Image, Item, NewerError, Record, parse_item
from .saved import place
from .state import Entry
from .wanted import Wanted


class Renewed(NamedTuple):
    """Say what came of one address: its entry for next time, whether its copy changed, and what went wrong.

    ``offline`` tells that not even the host could be reached, which may say more of our line than of the address.
    ``warnings`` are sentences for the creator.
    """

    entry: Entry
    changed: bool = False
    problem: str = ""
    offline: bool = False
    asked: bool = True
    warnings: tuple[str, ...] = ()


def renew(
    want: Wanted, folder: Path, inquirer: Inquirer, entry: Entry, now: float, today: str, *, accept: bool = False
) -> Renewed:
    """Ask about one address and keep what is better than the copy in ``folder``; a worse answer changes nothing.

    ``today`` is written into what changes; ``accept`` takes an answer that would otherwise be held.

    Raises:
        OSError: the copy cannot be written; the old one is as it was.
        InterruptedError: everything was told to stop.
    """
    warnings: list[str] = []
    try:
        record = keep.load(folder, want.address)
    except NewerError as problem:
        return Renewed(entry, problem=str(problem), asked=False)
    except DamagedError as problem:
        record = None
        warnings.append(f"the saved copy {keep.key(want.address)} cannot be used ({problem}): a new one is fetched")
    except OSError as problem:
        why = f"the saved copy cannot be read: {reason_of(problem)}"
        return Renewed(entry, problem=why, asked=False)
    old = record.good if record else None
    shelf = place(folder, want.address).parent
    try:
        enough = not accept and record is not None and _is_enough(record, want, shelf)
        found = inquirer.ask(want, record.facts if record else {}, entry.asks, enough=enough)
        reading = _shortened(found.reading, want, old)
        known = recognise(found.url)
        weigh = partial(
            worse.weigh, old, reading, platform=known.name, today=today, listed=bool(want.many), accept=accept
        )
        verdict = weigh(None)  # an answer that is held back needs no pictures
        if verdict.state == "held":
            held = state.after_held(entry, now, verdict.why)
            return Renewed(held, problem=verdict.why, warnings=tuple(warnings))
        gallery = _Gallery(inquirer, want.address, shelf, entry.asks, found.marks)
        verdict = weigh(gallery.image(reading, old), images=gallery.of_items(reading, old))
    except Unchanged:
        after = state.after_success(entry, now, _life(want, old))
        return Renewed(after, warnings=tuple(warnings))
    except Failure as problem:
        changed = problem.code == "private" and _unplayable(folder, want, record)
        return _failed(problem, entry, now, tuple(warnings))._replace(changed=changed)
    facts = dict(reading.facts)
    if "plays" in facts:
        facts["plays"] = "yes"  # it was forbidden once, and is not any more
    new = structs.replace(
        record or Record(),
        url=want.address,
        resolved_url=found.url if found.url != want.address else None,
        platform=f"{known.slug}.{known.kind}" if known.slug else known.kind,
        id=known.id or None,
        facts=facts,
        good=verdict.good,
    )
    changed = keep.write(folder, want.address, new)
    # Only what was asked this time is remembered: addresses of pictures often change every day. Where a picture could
    # not be had, "not modified" would not do next time.
    marks = dict.fromkeys(found.marks, ("", "")) if gallery.warnings else found.marks
    after = state.after_success(structs.replace(entry, asks={}), now, _life(want, verdict.good), asks=marks)
    return Renewed(after, changed, warnings=(*warnings, *gallery.warnings))


def _unplayable(folder: Path, want: Wanted, record: Record | None) -> bool:
    """Note in a copy that its thing may not be shown in a frame any more: the card stays, as a link."""
    if record is None or want.many or record.facts.get("plays") == "no":
        return False
    return keep.write(folder, want.address, structs.replace(record, facts={**record.facts, "plays": "no"}))


def _failed(problem: Failure, entry: Entry, now: float, warnings: tuple[str, ...]) -> Renewed:
    if problem.code == "apart":
        return Renewed(entry, problem=problem.sentence, asked=False, warnings=warnings)
    if problem.held:
        return Renewed(state.after_held(entry, now, problem.sentence), problem=problem.sentence, warnings=warnings)
    after = state.after_failure(entry, now, problem.code, problem.sentence, wait=problem.wait, gone=problem.gone)
    return Renewed(after, problem=problem.sentence, offline=problem.offline, warnings=warnings)


def _shortened(reading: Reading, want: Wanted, old: Good | None) -> Reading:
    """Return a reading with as many of the newest as are shown: what the creator hides makes room for others."""
    if not reading.items:
        return reading
    hidden = sum(item.owner.hide for item in _items(old))
    return structs.replace(reading, items=reading.items[: max(want.many, 1) + hidden])


def _is_enough(record: Record, want: Wanted, shelf: Path) -> bool:
    """Tell whether "not modified" would do: all pictures are there, and as many of the newest as are shown."""
    good = record.good
    if good is None or record.facts.get("plays") == "no":
        return False
    items = _items(good)
    return len(items) >= want.many and all(_is_there(one.image, shelf) for one in (good, *items) if one.image)


def _is_there(image: Image, shelf: Path) -> bool:
    names = {image.file, image.fallback, *(size.file for size in image.sizes)} - {None}
    return bool(names) and all((shelf / str(name)).is_file() for name in names)


def _items(good: Good | None) -> list[Item]:
    found = []
    for raw in good.items if good else ():
        try:
            found.append(parse_item(raw))
        except DamagedError:
            continue  # reading the copy for the page names it
    return found


def _life(want: Wanted, good: Good | None) -> float:
    kind = "feed" if want.many else "live" if recognise(want.address).kind == "live" else "card"
    return state.life(kind, bool(good and (good.image or good.items)))


class _Gallery:
    """Fetch the pictures of one reading; one that is kept already, from the same address, is not asked for again."""

    def __init__(
        self,
        inquirer: Inquirer,
        address: str,
        shelf: Path,
        before: Mapping[str, tuple[str, str]],
        marks: dict[str, tuple[str, str]],
    ) -> None:
        self.inquirer = inquirer
        self.address = address
        self.shelf = shelf
        self.before = before
        self.marks = marks
        self.warnings: list[str] = []
        self._seen: dict[str, Image | None] = {}  # all episodes of a show often have one picture

    def image(self, reading: Reading, old: Good | None) -> Image | None:
        return self._kept(reading, old.image if old else None)

    def of_items(self, reading: Reading, old: Good | None) -> dict[str, Image]:
        ours = {item.url: item.image for item in _items(old)}
        found = {item.url: self._kept(item, ours.get(item.url)) for item in reading.items}
        return {url: image for url, image in found.items() if image}

    def _kept(self, reading: Reading, old: Image | None) -> Image | None:
        if not reading.image or reading.sensitive:
            return None
        if reading.image not in self._seen:
            self._seen[reading.image] = self._fetched(reading, old)
        found = self._seen[reading.image]
        return structs.replace(found, alt=reading.image_alt or None) if found else None

    def _fetched(self, reading: Reading, old: Image | None) -> Image | None:
        self.marks[reading.image] = ("", "")
        if old and reading.image in self.before and _is_there(old, self.shelf):
            return old
        why = ""
        for address in asking.pictures(reading.image):
            try:
                return picture.kept(self.inquirer.picture(address), self.shelf, reading.image_alt, old)
            except (Failure, picture.PictureError) as problem:
                why = str(problem)
        # The card is as good as it can be; the next run tries again.
        del self.marks[reading.image]
        self.warnings.append(f"{keep.key(reading.url or self.address)}: no picture, {why}")
        return None
