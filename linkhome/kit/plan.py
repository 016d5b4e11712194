"""Know which files of the kit belong to a site, and make those that are not known yet.

A drawn file is known by everything that goes into it: then nothing is imported and nothing is drawn. Names of
pictures for previews carry that mark, so that messengers, which keep them for weeks, see a new one at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from importlib.machinery import PathFinder
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from .. import parallel
from ..cache import Cache, fingerprint
from ..snapshot import Artifact
from .scene import SIZES, Look, Scene, Shot, Type
from .vcard import Card

if TYPE_CHECKING:
    from .workshop import Workshop

#: Part of every key. Whoever changes how anything is drawn changes this number.
FORM = 1
#: Drawing takes this long that even few are worth a worker each.
LEAST = 4
_ABROAD = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")


class IconOrder(Struct, frozen=True, tag="icon"):
    """One icon: which of them, its letters or its picture, and the colours of day and night."""

    which: str
    letters: str
    day: tuple[str, str]
    night: tuple[str, str]
    paper: str
    own: Shot | None = None


class CodeOrder(Struct, frozen=True, tag="code"):
    """A code: what it says, its colour, and whether it is a drawing or a picture."""

    text: str
    colour: str
    form: str


class CardOrder(Struct, frozen=True, tag="card"):
    """A contact card, and the picture in it."""

    card: Card
    version: str
    photo: Shot | None = None


class SceneOrder(Struct, frozen=True, tag="scene"):
    """A picture to be drawn."""

    scene: Scene


_packed = msgspec.msgpack.Encoder().encode
Order = IconOrder | CodeOrder | CardOrder | SceneOrder


class Made(Struct, frozen=True, array_like=True):
    """What is remembered of a file: its hash and size, and letters that no font had."""

    sha256: str
    size: int
    missing: str = ""


class Kit:
    """Collect what is wanted while the site is gathered; `make` makes it. ``files`` are the results by place."""

    def __init__(
        self,
        look: Look,
        cache: Cache,
        kept: Mapping[str, Artifact],
        load: Callable[[Shot], bytes | None],
        abroad: Callable[[], tuple[Type, ...]] = tuple,
    ) -> None:
        self.look = look
        self.cache = cache
        self.kept = kept
        self.load = load
        self.files: dict[str, Artifact] = {}
        self.missing: set[str] = set()
        self._abroad = abroad
        self._orders: dict[str, tuple[str, Order]] = {}
        tools = (_release(name) for name in ("PIL", "uharfbuzz", "segno", "resvg_py"))
        self._mark = fingerprint(FORM, *tools, _packed(look.anywhere()))

    def preview(self, path: str, scene: Scene) -> str:
        """Order a picture for previews of the page at ``path``; return its place."""
        scene = self._at_home(scene)
        key = self._key(scene)
        what = "story" if scene.shape == "story" else "preview"
        place = f"media/{what}-{_name(path)}.{key[:8]}-{SIZES[scene.shape][0]}.jpg"
        self._orders.setdefault(place, (key, SceneOrder(scene)))
        return place

    def order(self, place: str, order: Order) -> str:
        """Order any other file at its place; return that."""
        self._orders.setdefault(place, (self._key(order), order))
        return place

    @property
    def places(self) -> frozenset[str]:
        """Return where everything that was ordered so far will lie."""
        return frozenset(self._orders)

    def make(self) -> None:
        """Make everything that was ordered and is not known, on all cores."""
        todo: list[tuple[str, Order]] = []
        known = self.cache.get_many("drawn", [key for key, _ in self._orders.values()])
        for place, (key, order) in self._orders.items():
            if key not in known or not self._settle(place, msgspec.msgpack.decode(known[key], type=Made)):
                todo.append((place, order))
        if not todo:
            return
        from .workshop import Workshop

        workshop = Workshop(self.look, self.load)
        for place, data in zip([place for place, _ in todo], _all(workshop, [order for _, order in todo]), strict=True):
            key, order = self._orders[place]
            artifact = Artifact.of(data)
            made = Made(artifact.sha256, artifact.size, workshop.missing(order))
            self.cache.put("drawn-file", artifact.sha256, data)
            self.cache.put("drawn", key, msgspec.msgpack.encode(made))
            self.files[place] = artifact
            self.missing.update(made.missing)

    def _settle(self, place: str, made: Made) -> bool:
        """Take a known file from the old site or from the cache; tell whether it is there."""
        old = self.kept.get(place)
        self.missing.update(made.missing)
        if old and old.sha256 == made.sha256:
            self.cache.use("drawn-file", [made.sha256])
            self.files[place] = old
            return True
        data = self.cache.get("drawn-file", made.sha256)
        if data is None:
            return False
        self.files[place] = Artifact.of(data, made.sha256)
        return True

    def _key(self, order: Struct) -> str:
        if isinstance(order, Scene) and order.abroad:
            order = msgspec.structs.replace(order, abroad=tuple(one.anywhere() for one in order.abroad))
        return fingerprint(self._mark, _packed(order))

    def _at_home(self, scene: Scene) -> Scene:
        """Return the scene with the fonts of this computer, if it needs scripts that are too large to come with us."""
        if _ABROAD.search(f"{scene.title}{scene.line}{scene.name}{scene.date}{scene.call}"):
            return msgspec.structs.replace(scene, abroad=self._abroad())
        return scene


def _all(workshop: Workshop, orders: list[Order]) -> list[bytes]:
    """Return what was ordered. The first of each kind is made here, so that workers share what all have in common."""
    first: dict[object, int] = {}
    for number, order in enumerate(orders):
        first.setdefault((type(order), *_alike(order)), number)
    results: dict[int, bytes] = {number: workshop.make(orders[number]) for number in first.values()}
    # The shapes of one page go to one worker: they show the same picture.
    rest = [number for number in range(len(orders)) if number not in results]
    pages = [list(group) for _, group in groupby(rest, lambda number: _page(orders[number], number))]
    made = parallel.each(lambda page: _packed([workshop.make(orders[number]) for number in page]), pages, least=LEAST)
    for page, packed in zip(pages, made, strict=True):
        results.update(zip(page, msgspec.msgpack.decode(packed, type=list[bytes]), strict=True))
    return [results[number] for number in range(len(orders))]


def _page(order: Order, number: int) -> object:
    return (order.scene.title, order.scene.picture) if isinstance(order, SceneOrder) else number


def _alike(order: Order) -> tuple[object, ...]:
    if isinstance(order, SceneOrder):
        scene = order.scene
        return scene.kind == "home", scene.shape, scene.direction, scene.picture is None
    return ()


def _name(path: str) -> str:
    """Return a part of a file's name for a page: plain letters, the site's own words."""
    words = path.removesuffix("index.html").strip("/").removesuffix(".html") or "home"
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "page"


@cache
def _release(package: str) -> str:
    """Return what tells one release of a package from another, without importing it."""
    found = PathFinder.find_spec(package)
    if not found or not found.origin:
        return ""
    folder = Path(found.origin).parent
    for name in ("_version.py", "__init__.py"):
        if (file := folder / name).is_file():
            return fingerprint(file.read_bytes())
    return str(folder)
