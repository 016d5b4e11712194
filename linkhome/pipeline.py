"""Tell the story of a build on one screen: what the creator wrote goes in, a Snapshot comes out.

The build is a pure function of the files, the chosen theme and the time of the build: no network, no other clock.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from . import __version__, ledger, output
from .assets import Styles, font_faces
from .cache import Cache, fingerprint
from .config.load import Config, read_site
from .config.schema import Brand
from .content.gather import Plan, gather
from .content.media import Media
from .content.posts import Texts
from .content.shell import Look
from .diagnostics import Diagnostic, LinkhomeError, Severity, error, in_order
from .inputs import Inputs
from .ledger import Ledger
from .output import Artifact, Snapshot
from .project import CONFIG, Project
from .render import Rendering
from .theme import environment, locate, tokens
from .theme.locate import Theme


class Build(NamedTuple):
    """Hold a built site, and what the next build may take from it."""

    snapshot: Snapshot
    ledger: Ledger
    cache: Cache
    pages: int


def build(project: Project, theme: str | None = None, before: Ledger | None = None) -> Build:
    """Build the site. ``before`` is the ledger of the last build: what it proves to be unchanged is not made again.

    Raises:
        LinkhomeError: with every mistake of every file.
    """
    output.refuse_unsafe(project.out, project.root)
    cache = Cache(project.cache)
    gc.disable()  # a build makes much and drops little; looking for garbage would cost a tenth of it
    try:
        return _build(project, theme, before, cache)
    except BaseException as problem:
        if isinstance(problem, (LinkhomeError, KeyboardInterrupt)):
            cache.save(prune=False)  # what was slow to make need not be made again after the repair
        cache.close()
        raise
    finally:
        gc.enable()


def _build(project: Project, theme_name: str | None, before: Ledger | None, cache: Cache) -> Build:
    inputs = Inputs(project.root, before.known() if before else None)
    now = ledger.build_time()

    config, warnings = _read_config(project, inputs, cache)
    theme, amiss = _find_theme(project, config, theme_name)
    look = _palette(config.site.brand, cache)
    kept = _kept(before, project)

    texts = Texts(project, inputs, cache, config.languages, config.site.texts)
    media = Media(project, inputs, cache, kept)
    plan = gather(config, texts, media, now, _look(look))
    _stop_at_errors([*amiss, *plan.diagnostics])
    assert theme

    sheets = Styles(theme, look.css, _fonts(config), project, inputs, cache)
    shell_key = fingerprint(ledger.program(), inputs.sha256(project.config), sheets.key, *_templates(theme, inputs))
    rendering = Rendering(theme, environment.make(theme, project.cache), sheets, shell_key)
    rendering.render(plan.pages, before.pages if before else {}, kept)

    files = _together(plan, rendering, media, sheets, theme)
    found = tuple(in_order([*warnings, *_repairs(config, look.notes), *plan.diagnostics]))
    snapshot = Snapshot(files, found)
    done = _remember(inputs, rendering, snapshot, plan)
    done.built_at = now
    return Build(snapshot, done, cache, len(plan.pages))


def _read_config(project: Project, inputs: Inputs, cache: Cache) -> tuple[Config, list[Diagnostic]]:
    data = inputs.read(project.config)
    if data is None:
        raise LinkhomeError(error(f"there is no {CONFIG} in {project.root}", hint="make one with 'linkhome init'"))
    config, found = read_site(data, CONFIG)
    if config is None:
        # All mistakes of all files at once: the texts are read even though the site cannot be built.
        texts = Texts(project, inputs, cache, (), {})
        for folder, kind in ((project.posts, "post"), (project.pages, "page")):
            found += texts.read(folder, kind)[1]
        raise LinkhomeError(in_order(found))
    return config, found


def _kept(before: Ledger | None, project: Project) -> dict[str, Artifact]:
    """Return the files of the old output that are as they were written, so that they may stay."""
    if before is None:
        return {}
    kept, folder = {}, f"{project.out}{os.sep}"
    for name, (digest, size, mtime_ns) in before.outputs.items():
        with contextlib.suppress(OSError):
            stat = os.lstat(folder + name)
            if (stat.st_size, stat.st_mtime_ns) == (size, mtime_ns):
                kept[name] = Artifact.keep(digest, size)
    return kept


def _find_theme(project: Project, config: Config, name: str | None) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    """Find the theme; a wrong name is told together with all other mistakes."""
    try:
        if name:
            return locate.find(name, project.theme), ()
        span = config.spans.at("brand", "theme")
        return locate.find(config.site.brand.theme, project.theme, span), ()
    except LinkhomeError as problem:
        line = config.spans.error("", "brand", "theme")
        return None, tuple(d._replace(source=line.source) if d.span == line.span else d for d in problem.diagnostics)


def _stop_at_errors(found: Sequence[Diagnostic]) -> None:
    if any(d.severity == Severity.ERROR for d in found):
        raise LinkhomeError(in_order(found))


def _palette(brand: Brand, cache: Cache) -> tokens.Tokens:
    """Return the palette of the brand's colours, remembered: the library of colours is slow to import."""
    key = fingerprint(__version__, brand.color, brand.second)
    stored = cache.get("palette", key)
    if stored is None:
        stored = msgspec.json.encode(tokens.tokens(brand.color, brand.second))
        cache.put("palette", key, stored)
    return msgspec.json.decode(stored, type=tokens.Tokens)


def _look(palette: tokens.Tokens) -> Look:
    fill = palette.values["light"]
    return Look(
        colours=(palette.light, palette.dark),
        fill=fill["brand"],
        on_fill=fill["on-brand"],
        icon="icon.svg",
        manifest="manifest.webmanifest",
    )


def _repairs(config: Config, notes: tuple[str, ...]) -> list[Diagnostic]:
    said = (config.spans.warning(sentence, "brand", "color") for sentence in notes)
    return [one._replace(severity=Severity.NOTE) for one in said]


def _fonts(config: Config) -> str:
    fonts = config.site.brand.fonts
    return "" if isinstance(fonts, str) else font_faces(fonts.heading, fonts.text)


def _templates(theme: Theme, inputs: Inputs) -> list[str]:
    """Return the hash of every template and inlined file, so that a changed one changes every page's key."""
    found = []
    for folder in (*theme.templates, *theme.static, *(part.path for part in theme.chain)):
        folders = [folder]
        while folders:
            for entry in inputs.listing(folders.pop()):
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                else:
                    found.append(f"{inputs.name(entry.path)} {inputs.sha256(entry.path)}")
    return found


def _together(plan: Plan, rendering: Rendering, media: Media, sheets: Styles, theme: Theme) -> dict[str, Artifact]:
    """Put all files of the site side by side; two that want the same place are a mistake."""
    inputs = media.inputs
    static = {}
    for name, path in theme.published().items():
        static[name] = Artifact.copy(path, inputs.sha256(path) or "", path.stat().st_size)
    named = {place: one for place, one in sheets.files.items() if not place.endswith(".css")}
    files: dict[str, Artifact] = {}
    for part in (rendering.files, media.files, named, {n: Artifact.of(d) for n, d in plan.files.items()}, static):
        for place, artifact in part.items():
            if place in files and files[place].sha256 != artifact.sha256:
                hint = "rename the one in theme/static/, or give the page another slug: in its head"
                raise LinkhomeError(error(f"two files of the site want to be '{place}'", hint=hint))
            files.setdefault(place, artifact)
    files.pop(output.SEAL, None)
    return files | {output.SEAL: output.seal(files)}


def _remember(inputs: Inputs, rendering: Rendering, snapshot: Snapshot, plan: Plan) -> Ledger:
    done = Ledger()
    done.program = ledger.program()
    done.files, done.folders = inputs.files, inputs.folders
    done.pages, done.changes_at = rendering.keys, plan.changes_at
    done.diagnostics = [tuple(d) for d in snapshot.diagnostics]
    done.build = snapshot.build_id()
    return done
