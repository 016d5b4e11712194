"""Show a saved picture on a page as it lies beside its copy: nothing is decoded or encoded for it."""

from __future__ import annotations

import hashlib

from ..brand.picture import file_name
from ..diagnostics import Diagnostic, LinkhomeError, error
from ..embeds.saved import Kept, Saved, place, read
from ..output import Artifact
from . import model
from .media import Media


def saved(address: str, media: Media) -> tuple[Saved | None, list[Diagnostic]]:
    """Return the saved copy of an address, read once in a build, with what is wrong with it.

    Its file is an input of the build, whether it is there or not, and so is its folder: somebody may put a picture
    beside the copy later.
    """
    found = media.copies.get(address)
    if found is None:
        folder = media.project.saved
        file = place(folder, address)
        found = None, []
        if media.inputs.sha256(file) is not None:
            if media.inputs.name(file.parent) not in media.inputs.folders:
                media.inputs.listing(file.parent)
            found = read(folder, address)
        media.copies[address] = found
    return found


def picture(kept: Kept, media: Media, root: str, alt: str = "") -> model.Picture:
    """Return a saved picture for a page from which ``root`` leads to the site's folder; its files become artifacts.

    Raises:
        LinkhomeError: one of the files has gone since the copy was read.
    """
    files = [(0, "jpg", kept.fallback), *((width, "webp", path) for width, path in kept.sizes)]
    digests = []
    for _, _, path in files:
        digest = media.inputs.sha256(path)
        if digest is None:
            raise LinkhomeError(error(f"there is no picture '{path.name}'", hint="run 'linkhome refresh', then build"))
        digests.append(digest)
    mark = hashlib.sha256("".join(digests).encode()).hexdigest()[:8]
    places = []
    for (width, suffix, path), digest in zip(files, digests, strict=True):
        name = file_name(f"saved.{suffix}", mark, suffix, width)
        places.append(name)
        if name not in media.files:
            old, seen = media.kept.get(name), media.inputs.files[media.inputs.name(path)]
            assert seen is not None
            media.files[name] = old if old and old.sha256 == digest else Artifact.copy(path, digest, seen.size)
            height = max(1, round(kept.height * (width or kept.width) / kept.width))
            media.sizes[name] = (width or kept.width, height)
    srcset = ", ".join(f"{root}{place} {width}w" for (width, _, _), place in zip(files[1:], places[1:], strict=True))
    return model.Picture(
        src=root + places[0],
        sources=(model.Source(type="image/webp", srcset=srcset),) if srcset else (),
        width=kept.width,
        height=kept.height,
        alt=alt,
        colour=kept.colour,
    )
