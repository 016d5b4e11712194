"""Bring the creator's own files into the output: pictures in several widths, everything else as it is.

Names carry a hash of the content, so that a host may let browsers keep them for ever.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from ..brand.images import Pictures, Prepared, Request, Variant, file_name
from ..brand.prints import Print
from ..cache import Cache
from ..diagnostics import Diagnostic, LinkhomeError, did_you_mean, error, warning
from ..embeds.saved import Saved
from ..inputs import Inputs
from ..output import Artifact
from ..project import CONFIG, Project
from . import model
from .addresses import slug

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".svg"})
TYPES = {
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg", ".mov": "video/quicktime",
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg",
    ".wav": "audio/wav", ".flac": "audio/flac", ".vtt": "text/vtt",
}  # fmt: skip
_ENDING = re.compile(r"[^a-z0-9.]")
MIDDLE = "50% 50%"
Tell = Callable[[str], None]
#: What never reaches the output by a link, whatever the creator writes.
PRIVATE = frozenset({".env", ".key", ".pem", ".p12", ".pfx", ".kdbx", ".sqlite"})


def is_picture(name: str) -> bool:
    """Tell whether a file is a picture by its name: those are published without what cameras write into them."""
    return os.path.splitext(name)[1].lower() in PICTURES


def _is_private(name: str) -> bool:
    """Tell whether a file is a source of the site, or looks like a key: neither is ever published by a link."""
    parts = os.path.normpath(name).replace(os.sep, "/").lower().split("/")
    ending = os.path.splitext(parts[-1])[1]
    return (
        any(part.startswith(".") for part in parts)
        or ending in PRIVATE
        or parts[-1].startswith("id_")
        or parts == [CONFIG]
        or parts[0] in ("theme", "public")
        or (parts[0] in ("posts", "pages") and ending in (".md", ".markdown"))
        or (parts[0] == "saved" and ending not in PICTURES)
    )


class Media:
    """Give own files their place in the output; ``files`` collects what must be written."""

    def __init__(
        self, project: Project, inputs: Inputs, cache: Cache, kept: Mapping[str, Artifact], tell: Tell | None = None
    ) -> None:
        self.project = project
        self.inputs = inputs
        self.cache = cache
        self.pictures = Pictures(cache, inputs.sha256)
        self.kept = kept
        self.tell = tell or (lambda _: None)
        self.files: dict[str, Artifact] = {}
        #: Width and height of each picture's file, by its place in the output.
        self.sizes: dict[str, tuple[int, int]] = {}
        #: The theme's prints of a picture, by the picture's name and their own.
        self.prints: dict[str, dict[str, Print]] = {}
        #: The saved copies that were read for this build, by the addresses that they are of.
        self.copies: dict[str, tuple[Saved | None, list[Diagnostic]]] = {}
        self._prepared: dict[tuple[str, str], Prepared | Diagnostic] = {}

    def near(self, target: str, folder: str) -> str:
        """Return a path from the site's folder: as written, or beside the text in which it stands."""
        plain = target.removeprefix("./").lstrip("/")
        if folder and not self._is_there(plain):
            beside = os.path.normpath(os.path.join(folder, target)).replace(os.sep, "/")
            if not beside.startswith("../") and self._is_there(beside):
                return beside
        return plain

    def prepare(self, names: Iterable[str]) -> None:
        """Make ready several pictures at once, on all cores; what cannot be read is told when it is asked for."""
        requests: list[tuple[tuple[str, str], Request]] = []
        for name in dict.fromkeys(names):
            if (name, "") in self._prepared:
                continue
            try:
                path = self._source(name)
            except LinkhomeError as problem:
                self._prepared[name, ""] = problem.diagnostics[0]
                continue
            requests.append(((name, ""), Request(path, name, fine=name in self.prints)))
            for print_name, print_ in self.prints.get(name, {}).items():
                requests.append(((name, print_name), Request(path, name, print_)))
        results = self.pictures.prepare_all([request for _, request in requests], self._done)
        self._prepared.update((key, result) for (key, _), result in zip(requests, results, strict=True))

    def _done(self, count: int, total: int) -> None:
        self.tell(f"Preparing pictures, {count} of {total}" if count < total else "Building")

    def remarks(self) -> list[Diagnostic]:
        """Return what the creator should know of pictures that could be used all the same."""
        notes = [ready.note for ready in self._prepared.values() if isinstance(ready, Prepared) and ready.note]
        return [warning(sentence, hint=hint) for sentence, _, hint in (note.partition("\n") for note in notes)]

    def picture(self, name: str, root: str, alt: str = "", focus: str = "") -> model.Picture:
        """Return a picture for a page from which ``root`` leads to the site's folder.

        Raises:
            LinkhomeError: there is no such file, or it is no picture that browsers show.
        """
        if (name, "") not in self._prepared:
            self.prepare([name])
        ready = self._prepared[name, ""]
        if isinstance(ready, Diagnostic):
            raise LinkhomeError(ready)
        shown = self._shown(name, ready, root, alt, focus)
        prints = {}
        for print_name in self.prints.get(name, {}):
            print_ = self._prepared[name, print_name]
            if isinstance(print_, Prepared):
                stem = f"{os.path.splitext(name)[0]}-{print_name}."
                prints[print_name] = self._shown(stem, print_, root, alt, shown.focus)
        return msgspec.structs.replace(shown, prints=prints) if prints else shown

    def _shown(self, name: str, ready: Prepared, root: str, alt: str, focus: str) -> model.Picture:
        places = [self._place(name, ready, variant) for variant in ready.variants]
        offered: dict[str, list[str]] = {}
        for place, variant in zip(places, ready.variants, strict=True):
            if variant is not ready.fallback:
                offered.setdefault(variant.type, []).append(f"{root}{place} {variant.width}w")
        return model.Picture(
            src=root + places[ready.variants.index(ready.fallback)],
            sources=tuple(model.Source(type=type_, srcset=", ".join(found)) for type_, found in offered.items()),
            width=ready.width,
            height=ready.height,
            alt=alt,
            focus=focus or ready.measures.focus or MIDDLE,
            colour=ready.measures.colour,
            tone=ready.measures.tone,
            tones=ready.measures.tones,
            stands=ready.measures.stands,
        )

    def _place(self, name: str, ready: Prepared, variant: Variant) -> str:
        """Give one file of a picture its place in the output, and return it."""
        width = variant.width if len(ready.variants) > 1 else 0
        place = file_name(name, ready.mark, variant.suffix, width)
        if place not in self.files:
            self.files[place] = self._artifact(place, variant)
            self.sizes[place] = (variant.width, variant.height)
        return place

    def backdrop(self, name: str) -> str:
        """Return the place of a picture for styles, which name one file: the largest that every browser shows.

        Raises:
            LinkhomeError: there is no such file, or it is no picture that browsers show.
        """
        self.prepare([name])
        ready = self._prepared[name, ""]
        if isinstance(ready, Diagnostic):
            raise LinkhomeError(ready)
        usual = [variant for variant in ready.variants if variant.type != "image/avif"]
        return self._place(name, ready, max(usual, key=lambda variant: (variant.width, -variant.size)))

    def pixels(self, name: str) -> bytes | None:
        """Return a file of a picture to draw with: of middling size and quickly read, or the cleaned drawing."""
        ready = self._prepared.get((name, ""))
        if not isinstance(ready, Prepared):
            return None
        jpeg = next((one for one in ready.variants if one.type == "image/jpeg"), ready.fallback)
        return self.pictures.load(jpeg)

    def shown_key(self, name: str) -> str:
        """Return a mark of how a picture looks on the page; empty for none."""
        ready = self._prepared.get((name, ""))
        if not isinstance(ready, Prepared):
            return name
        return ready.mark

    def file(self, name: str, root: str) -> str:
        """Return the address of an own file, copied as it is.

        Raises:
            LinkhomeError: there is no such file, or it must not be published.
        """
        stem, suffix = os.path.splitext(os.path.basename(name))
        if is_picture(name):
            # The original may say where it was taken; what is shown large is the cleaned picture.
            return self.picture(name, root).src
        path = self._source(name)
        digest = self.inputs.sha256(path)
        assert digest is not None
        ending = _ENDING.sub("", suffix.lower())
        place = f"media/{slug(stem) or 'file'}.{digest[:8]}{ending}"
        if place not in self.files:
            self.files[place] = Artifact.copy(path, digest, path.stat().st_size)
        return root + place

    def is_shown(self, name: str) -> bool:
        """Tell whether browsers show such a file themselves; they download every other."""
        ending = os.path.splitext(name)[1].lower()
        return ending in PICTURES or ending in TYPES or ending in (".pdf", ".txt", ".html", "")

    def type_of(self, name: str) -> str:
        """Return the media type of an own sound or video file, or an empty text."""
        return TYPES.get(os.path.splitext(name)[1].lower(), "")

    def _artifact(self, place: str, variant: Variant) -> Artifact:
        old = self.kept.get(place)
        self.cache.use("picture-file", [variant.sha256])
        if old and old.sha256 == variant.sha256:
            return old
        if variant.file:
            return Artifact.copy(Path(variant.file), variant.sha256, variant.size)
        return Artifact.of(self.pictures.load(variant), variant.sha256)

    def _source(self, name: str) -> Path:
        path = self.project.inside(name)
        real = os.path.relpath(os.path.realpath(path), os.path.realpath(self.project.root))
        if _is_private(name) or _is_private(real):
            raise LinkhomeError(error(f"'{name}' looks private and is not published", hint="choose another file"))
        if self.inputs.sha256(path) is None:
            raise LinkhomeError(error(f"there is no file '{name}'", hint=self._hint(path)))
        return path

    def _is_there(self, name: str) -> bool:
        return "\0" not in name and self.inputs.sha256(self.project.root / name) is not None

    def _hint(self, path: Path) -> str:
        if path.is_dir():
            return "this is a folder; name a file in it"
        try:
            near = [entry.name for entry in os.scandir(path.parent) if entry.is_file() and entry.name[0] != "."]
        except OSError:
            return f"there is no folder '{self.project.relative(path.parent)}' either"
        folder = self.project.relative(path.parent)
        names = near if folder == "." else [f"{folder}/{n}" for n in near]
        return did_you_mean(self.project.relative(path), names, "put the file there, or correct the path")
