"""Tell the story of a build on one screen: what the creator wrote goes in, a Snapshot comes out.

The build is a pure function of the files, the chosen theme and the time of the build: no network, no other clock.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from . import __version__, givens, ledger, output
from .assets import Styles
from .brand import prints
from .brand.fonts import Fonts
from .brand.letters import written
from .brand.measure import Measure
from .cache import Cache, fingerprint
from .config.load import Config
from .config.schema import Brand
from .content.gather import Plan, gather
from .content.media import Media, Tell
from .content.posts import Texts
from .content.shell import Look
from .diagnostics import Diagnostic, LinkhomeError, Severity, error, in_order
from .inputs import Inputs
from .kit import look
from .kit.plan import Kit
from .ledger import Ledger
from .output import Artifact, Snapshot
from .project import Project
from .refusals import refuse_private
from .render import Rendering
from .scripts import Scripts
from .texts import interface
from .theme import environment, styles, tokens
from .theme.backdrop import backdrop
from .theme.facade import frames
from .theme.locate import Theme
from .theme.options import DENSITIES, SHAPES, Options, choose
from .theme.styles import Finish


class Build(NamedTuple):
    """Hold a built site, and what the next build may take from it."""

    snapshot: Snapshot
    ledger: Ledger
    cache: Cache
    pages: int


def build(project: Project, theme: str | None = None, before: Ledger | None = None, tell: Tell | None = None) -> Build:
    """Build the site. ``before`` is the ledger of the last build: what it proves to be unchanged is not made again.

    ``tell`` hears what takes long.

    Raises:
        LinkhomeError: with every mistake of every file.
    """
    output.refuse_unsafe(project.out, project.root)
    cache = Cache(project.cache)
    gc.disable()  # a build makes much and drops little; looking for garbage would cost a tenth of it
    try:
        return _build(project, theme, before, cache, tell)
    except BaseException as problem:
        if isinstance(problem, (LinkhomeError, KeyboardInterrupt)):
            cache.save(prune=False)  # what was slow to make need not be made again after the repair
        cache.close()
        raise
    finally:
        gc.enable()


def _build(project: Project, theme_name: str | None, before: Ledger | None, cache: Cache, tell: Tell | None) -> Build:
    inputs = Inputs(project.root, before.known() if before else None)
    now = ledger.build_time()

    config, warnings = givens.read_config(project, inputs, cache)
    theme, amiss = givens.find_theme(project, config, theme_name)
    options, wrong = choose(theme.options if theme else {}, config.site.brand.options, config.spans)
    palette = _palette(config.site.brand, theme, cache)
    kept = _kept(before, project)
    fonts = Fonts(theme, config, project, inputs, cache)

    texts = Texts(project, inputs, cache, config.languages, config.site.texts)
    media = Media(project, inputs, cache, kept, tell)
    kit = _kit(theme, palette, fonts, config, media, cache, kept)
    outages, more = givens.find_outages(project, inputs, config)
    plan = gather(config, texts, media, now, _look(palette, theme, config, fonts), kit, outages)
    _stop_at_errors([*amiss, *(wrong if theme else ()), *fonts.found, *plan.diagnostics])
    assert theme

    made_of = _templates(theme, inputs, project)
    lacking = fonts.make(plan.letters + written(theme, made_of, cache))
    sheets = Styles(theme, _finish(config, palette, options), fonts, media, inputs, cache)
    made_from = (inputs.sha256(project.config), sheets.key, repr(options.values), *made_of)
    hosts = sorted({host for page in plan.pages for host in page.frames})
    shell_key = fingerprint(ledger.program(), *made_from, *hosts, *plan.signup)
    scripts = Scripts(theme, _words(theme, config, hosts, plan))
    known = environment.make(theme, project.cache, options.values, Measure(fonts, cache), scripts)
    rendering = Rendering(theme, known, sheets, scripts, shell_key)
    rendering.render(plan.pages, before.pages if before else {}, kept)

    kit.make()
    files = _together(plan, rendering, media, sheets, theme, kit)
    noted = [*_repairs(config, palette.tokens.notes), *fonts.found, *lacking, *_undrawn(config, kit)]
    found = tuple(in_order([*warnings, *more, *noted, *plan.diagnostics]))
    snapshot = Snapshot(files, found)
    done = _remember(inputs, rendering, snapshot, plan)
    done.built_at = now
    return Build(snapshot, done, cache, len(plan.pages))


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


def _stop_at_errors(found: Sequence[Diagnostic]) -> None:
    if any(d.severity == Severity.ERROR for d in found):
        raise LinkhomeError(in_order(found))


class _Palette(msgspec.Struct, frozen=True):
    """The palette with its backdrop, as it is remembered."""

    tokens: tokens.Tokens
    css: str


def _palette(brand: Brand, theme: Theme | None, cache: Cache) -> _Palette:
    """Return the palette of the brand's colours, remembered: the library of colours is slow to import."""
    colours, promises = (theme.colours, theme.contrast) if theme else (None, ())
    key = fingerprint(__version__, brand.color, brand.second, brand.background, repr(colours), *promises)
    stored = cache.get("palette", key)
    if stored is None:
        made = tokens.tokens(brand.color, brand.second, colours)
        css = ""
        if brand.background:
            values, css = backdrop(brand.background, made.values, promises)
            made = msgspec.structs.replace(made, values=values)
        stored = msgspec.json.encode(_Palette(made, css))
        cache.put("palette", key, stored)
    return msgspec.json.decode(stored, type=_Palette)


def _finish(config: Config, palette: _Palette, options: Options) -> Finish:
    """Return what the creator's brand adds to the theme's styles."""
    brand = config.site.brand
    settings = {"--round": SHAPES.get(brand.shape or ""), "--air": DENSITIES.get(brand.density)}
    chosen = ";".join(f"{name}:{value}" for name, value in settings.items() if value)
    css = "".join((f":root{{{chosen}}}" if chosen else "", palette.css, options.css))
    return Finish(palette.tokens, brand.mode, css, options.features)


def _look(palette: _Palette, theme: Theme | None, config: Config, fonts: Fonts) -> Look:
    families = dict.fromkeys(face.family for face in fonts.faces.values())
    fill = palette.tokens.values["light"]
    return Look(
        colours=palette.tokens.browser,
        fill=fill["brand"],
        on_fill=fill["on-brand"],
        icon="icon.svg",
        manifest="manifest.webmanifest",
        prints=prints.orders(theme.prints, palette.tokens.values, config.site.brand.mode) if theme else {},
        values=palette.tokens.values,
        fonts=() if fonts.system else tuple(name for name in families if name not in ("heading", "text")),
    )


def _kit(
    theme: Theme | None,
    palette: _Palette,
    fonts: Fonts,
    config: Config,
    media: Media,
    cache: Cache,
    kept: dict[str, Artifact],
) -> Kit:
    drawn = look.look(theme, palette.tokens.values, fonts, config.site.brand.mode)
    return Kit(drawn, cache, kept, lambda shot: media.pixels(shot.name), look.abroad)


def _undrawn(config: Config, kit: Kit) -> list[Diagnostic]:
    """Tell which letters are missing in the drawn pictures."""
    if not kit.missing:
        return []
    letters = " ".join(sorted(kit.missing)[:12])
    hint = "name a font that has them under brand.fonts, or your own picture as brand.share_image"
    message = f"no font here has these letters, so pictures for previews are without them: {letters}"
    return [config.spans.warning(message, "profile", "name", hint=hint)]


def _words(theme: Theme, config: Config, hosts: Sequence[str], plan: Plan) -> dict[str, Callable[[], str]]:
    """Return what stands in scripts in the place of certain words; made only for a script that a page wants."""
    return {
        "FRAMES": lambda: frames(hosts),
        "STYLES": lambda: styles.scripted(theme, styles.PLAYING),
        "ALWAYS": lambda: _always(config),
        "SIGNUP": lambda: plan.signup[0],
        "WORDS": lambda: plan.signup[1],
        "LOOKS": lambda: styles.scripted(theme, styles.SIGNING),
    }


def _always(config: Config) -> str:
    """Return, as JSON for play.js, the words for the choice to load frames without a click, by language."""
    told = {name: interface(name, config.site.texts)[0]["plays_always"] for name in config.languages}
    return msgspec.json.encode(told).decode()


def _repairs(config: Config, notes: tuple[str, ...]) -> list[Diagnostic]:
    said = (config.spans.warning(sentence, "brand", "color") for sentence in notes)
    return [one._replace(severity=Severity.NOTE) for one in said]


def _templates(theme: Theme, inputs: Inputs, project: Project) -> list[str]:
    """Return the hash of every template and inlined file, so that a changed one changes every page's key.

    Raises:
        LinkhomeError: one of them leads into ``private/``.
    """
    project.keep_private(theme.site_css, project.relative(theme.site_css))
    found = [f"{inputs.sha256(theme.site_css)}"]
    for folder in (*theme.templates, *theme.static, *(part.path for part in theme.chain)):
        folders = [folder]
        project.keep_private(folder, project.relative(folder))
        while folders:
            for entry in inputs.listing(folders.pop()):
                if entry.is_symlink():
                    project.keep_private(entry.path, project.relative(Path(entry.path)))
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                else:
                    found.append(f"{inputs.name(entry.path)} {inputs.sha256(entry.path)}")
    return found


def _together(
    plan: Plan, rendering: Rendering, media: Media, sheets: Styles, theme: Theme, kit: Kit
) -> dict[str, Artifact]:
    """Put all files of the site side by side; two that want the same place are a mistake."""
    inputs = media.inputs
    static = {}
    for name, path in theme.published().items():
        static[name] = Artifact.copy(path, inputs.sha256(path) or "", path.stat().st_size)
    named = {place: one for place, one in sheets.files.items() if not place.endswith(".css")}
    files: dict[str, Artifact] = {}
    made = {name: Artifact.of(data) for name, data in plan.files.items()}
    for part in (rendering.files, media.files, named, made, kit.files, static):
        for place, artifact in part.items():
            if place in files and files[place].sha256 != artifact.sha256:
                hint = "rename the one in theme/static/, or give the page another slug: in its head"
                raise LinkhomeError(error(f"two files of the site want to be '{place}'", hint=hint))
            files.setdefault(place, artifact)
    refuse_private(files, media.project)
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
