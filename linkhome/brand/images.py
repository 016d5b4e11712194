"""Prepare pictures for the page, and remember what was made.

The memory is a store keyed by the hash of the content, the recipe and the version of Pillow. A picture that is
known costs the hash of its file: Pillow is not imported for it, and its new files are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Protocol

import msgspec

from ..diagnostics import Diagnostic, LinkhomeError
from . import making
from .kinds import refused
from .making import Made, Request
from .picture import Prepared, Variant, file_name

__all__ = ["Pictures", "Prepared", "Request", "Store", "Variant", "file_name"]

#: Part of every key. Whoever changes what `variants` makes changes this word.
_RECIPE = "9: avif webp jpeg; 375 540 750 1320 1920"


class Store(Protocol):
    """Remember bytes by kind and key from one build to the next; forgetting is always allowed."""

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put, or None."""

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Remember ``value``."""


class Pictures:
    """Prepare pictures; ``store`` is used only by the thread that calls.

    ``hash_of`` may know the SHA-256 of a file without reading it: then a remembered picture is not opened at all.
    """

    def __init__(self, store: Store, hash_of: Callable[[Path], str | None] | None = None) -> None:
        self._store = store
        self._hash_of = hash_of
        self._recipe = f"{_RECIPE} {_pillow()}"
        self._requests: dict[str, Request] = {}

    def prepare(self, source: Path, name: str) -> Prepared:
        """Return the prepared picture; raise `LinkhomeError` with one diagnostic that speaks of ``name``."""
        (found,) = self.prepare_all([Request(source, name)])
        if isinstance(found, Diagnostic):
            raise LinkhomeError(found)
        return found

    def prepare_all(
        self, requests: Sequence[Request], on_done: Callable[[int, int], None] | None = None
    ) -> list[Prepared | Diagnostic]:
        """Return one result for each request, in order; for a picture that cannot be used, its diagnostic.

        New pictures are made on all cores. ``on_done(count, total)`` is told how many requests are settled.
        """
        results: dict[int, Prepared | Diagnostic] = {}
        groups: dict[Request, list[int]] = {}  # the same picture in several places is made once
        for index, request in enumerate(requests):
            try:
                known = self._known(request)
            except LinkhomeError as problem:
                results[index] = problem.diagnostics[0]
                continue
            if known:
                results[index] = self._placed(known, request)
            else:
                groups.setdefault(request, []).append(index)
        if on_done and results:
            on_done(len(results), len(requests))
        made_of = zip(groups.items(), making.make_all(list(groups), self._recipe), strict=True)
        for (request, indices), made in made_of:
            if isinstance(made, Made):
                self._remember(made, request)
            for index in indices:
                results[index] = self._placed(made.prepared, request) if isinstance(made, Made) else made
            if on_done:
                on_done(len(results), len(requests))
        return [results[index] for index in range(len(requests))]

    def load(self, variant: Variant) -> bytes:
        """Return the bytes of a variant that this object prepared, made again if the store has lost them."""
        request = self._requests[variant.sha256]
        if variant.file:
            data: bytes | None = making.read(request.source, request.name)
        else:
            data = self._store.get("picture-file", variant.sha256)
            if data is None or making.sha256(data) != variant.sha256:
                (made,) = making.make_all([request], self._recipe)
                data = made.files.get(variant.sha256) if isinstance(made, Made) else None
        if data is None or making.sha256(data) != variant.sha256:
            raise refused(f"{request.source.name} was changed while the site was being built", "build again")
        return data

    def _known(self, request: Request) -> Prepared | None:
        """Return the picture if it is remembered or can be told from its header."""
        digest = self._hash_of(request.source) if self._hash_of else None
        if digest and (remembered := self._recalled(digest, request)):
            return remembered
        data = making.read(request.source, request.name)
        digest = making.sha256(data)
        if remembered := self._recalled(digest, request):
            return remembered
        if request.print or request.fine:
            return None
        made = making.quick(data, digest, request.name)
        if made:
            self._remember(made, request)
        return made.prepared if made else None

    def _recalled(self, digest: str, request: Request) -> Prepared | None:
        remembered = self._store.get("picture", self._key(digest, request))
        if remembered is None:
            return None
        try:
            return msgspec.msgpack.decode(remembered, type=Prepared)
        except msgspec.MsgspecError:
            return None  # damaged, or written by another version: as good as forgotten

    def _remember(self, made: Made, request: Request) -> None:
        for name, data in made.files.items():
            self._store.put("picture-file", name, data)
        # Last, so that a picture is only known when its files were put away.
        self._store.put("picture", self._key(made.digest, request), msgspec.msgpack.encode(made.prepared))

    def _key(self, digest: str, request: Request) -> str:
        return making.mark(digest, self._recipe, request)

    def _placed(self, prepared: Prepared, request: Request) -> Prepared:
        """Return the picture with the path of the creator's file in the variants that are that file."""
        placed = tuple(
            msgspec.structs.replace(variant, file=str(request.source)) if variant.file else variant
            for variant in prepared.variants
        )
        for variant in placed:
            self._requests.setdefault(variant.sha256, request)
        fallback = placed[prepared.variants.index(prepared.fallback)]
        note = prepared.note.replace(making.NAME, request.name)
        return msgspec.structs.replace(prepared, variants=placed, fallback=fallback, note=note)


@cache
def _pillow() -> str:
    """Return what tells one release of Pillow from another, without importing it."""
    found = PathFinder.find_spec("PIL")
    if not found or not found.origin:
        return "none"
    return making.sha256(Path(found.origin).with_name("_version.py").read_bytes())
