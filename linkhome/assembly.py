"""Put all files of a site side by side, and say with what they are to be served."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .config.load import Config
from .content.arrangement import prefix_of
from .content.gather import Plan
from .content.media import Media
from .content.redirects import Leading
from .diagnostics import LinkhomeError, error
from .headers.served import Served
from .kit.plan import Kit
from .offline import worker
from .output import SEAL, Artifact, seal
from .refusals import refuse_private
from .render import Rendering


def assemble(
    config: Config,
    plan: Plan,
    rendering: Rendering,
    hosts: Collection[str],
    leading: Leading,
    media: Media,
    kit: Kit,
) -> tuple[dict[str, Artifact], Served]:
    """Return every file of the site by its path, sealed, and what hosts are to know of them.

    ``hosts`` are those of all players. The order matters: the service worker keeps what is there before it, which
    pages that only lead on are not; files for hosts tell of all others; the seal is over everything.

    Raises:
        LinkhomeError: two files want the same place, or one is private.
    """
    files = _side_by_side(rendering, media, kit, plan.files)
    refuse_private(files, media.project)
    if worker.FILE not in files:  # a creator may have one of their own
        fronts = [f"{prefix_of(language, config.languages)}index.html" for language in config.languages]
        files[worker.FILE] = worker.write(files, config.site, fronts)
    files.pop(SEAL, None)
    files |= leading.pages
    scripts, styles, played = rendering.inline()
    served = Served(
        paths=frozenset(files) | {SEAL},
        url=config.site.url or "",
        frames=hosts,
        asks={*plan.asks, *worker.asks(config.site)},
        scripts=scripts,
        styles={*styles, *leading.styles},
        media=played,
        leading=leading.rules,
    )
    for name, data in served.files().items():
        files.setdefault(name, Artifact.of(data))  # the creator's own come first
    return files | {SEAL: seal(files)}, served


def _side_by_side(rendering: Rendering, media: Media, kit: Kit, made: Mapping[str, bytes]) -> dict[str, Artifact]:
    """Return what was rendered, what it needs, and what the creator put beside it."""
    static = {}
    for name, path in rendering.theme.published().items():
        static[name] = Artifact.copy(path, media.inputs.sha256(path) or "", path.stat().st_size)
    named = {place: one for place, one in rendering.sheets.files.items() if not place.endswith(".css")}
    texts = {name: Artifact.of(data) for name, data in made.items()}
    files: dict[str, Artifact] = {}
    for part in (rendering.files, media.files, named, texts, kit.files, static):
        for place, artifact in part.items():
            if place in files and files[place].sha256 != artifact.sha256:
                hint = "rename the one in theme/static/, or give the page another slug: in its head"
                raise LinkhomeError(error(f"two files of the site want to be '{place}'", hint=hint))
            files.setdefault(place, artifact)
    return files
