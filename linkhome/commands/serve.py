"""Show the site on this machine while it is being written: options in, a preview until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import time
from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple

from ..config.wrong import KindError
from ..console import Console, colourful
from ..content import moments
from ..diagnostics import Exit, LinkhomeError, error
from ..outage.named import likely, platform_named
from ..outage.times import as_when
from ..project import Project, find
from ..viewing import Settings

if TYPE_CHECKING:
    from ..preview.listening import Listening
    from ..preview.stage import Stage


class Options(NamedTuple):
    """What the command line said."""

    site: str | None = None
    port: int | None = None
    strict_port: bool = False
    browse: bool = False
    lan: bool = False
    poll: bool = False
    drafts: bool = False
    at: str | None = None
    outage: tuple[str, ...] = ()
    editor: str | None = None
    quiet: bool = False


#: Where the preview is when nothing else is asked for.
PORT = 8000


def run(options: Options, console: Console | None = None) -> Exit:
    """Serve the site until somebody ends it.

    Raises:
        LinkhomeError: there is no site, the port is taken, or an option says nothing that is known.
    """
    from ..preview import editors
    from ..preview.builder import Builder
    from ..preview.loop import Loop
    from ..preview.server import Server, open_door
    from ..preview.stage import Stage
    from ..preview.studio import Studio
    from ..preview.telling import Telling
    from ..preview.watch import Watch

    console = console or Console(quiet=options.quiet)
    project = find(options.site)
    settings = _settings(options, project)
    template = editors.choose(options.editor, os.environ)
    try:
        listening = open_door(PORT if options.port is None else options.port, options.strict_port, options.lan)
    except LinkhomeError as problem:
        # One line: whoever starts this by a program reads the last one.
        console.complain(*(": ".join(filter(None, ("error", one.message, one.hint))) for one in problem.diagnostics))
        return problem.code
    with contextlib.ExitStack() as closing:
        closing.callback(listening.close)
        stage = Stage(settings)
        builder = Builder(project, stage)
        telling = Telling(stage, lambda span: editors.link(template, project.root, span))
        server = Server(listening, stage, telling, Studio(project, stage, telling, template), project)
        closing.callback(server.close)
        loop = Loop(builder, console, server.told)
        if listening.moved_from:
            console.talk(f"Port {listening.moved_from} is taken, so this is {listening.door.port}.")
        # Threads come later: the first build of many pages works on all cores, and for that it has to be alone.
        loop.begin()
        watch = closing.enter_context(contextlib.closing(Watch(project.root, options.poll, console.talk)))
        builder.touched = watch.touched
        stage.on_settings = watch.wake
        watch.follow(builder.files, builder.folders)
        server.start()
        closing.callback(stage.close)
        _welcome(console, listening, stage, options)
        with contextlib.suppress(KeyboardInterrupt):
            loop.run(watch)
    return Exit.FINE


def _welcome(console: Console, listening: Listening, stage: Stage, options: Options) -> None:
    """Say where the page is, and open it if that was asked for."""
    base = stage.shown.base
    page = listening.url(base)
    console.result(f"The page is at {page} (Ctrl-C ends this).")
    console.result(f"The studio, with phone widths and time travel, is at {listening.url('/')}.linkhome/")
    if options.lan:
        from ..preview.lan import qr

        near = listening.lan_url(base)
        console.result(f"On a telephone in the same network, scan this or open {near}")
        if not console.quiet and console.shows("█"):
            console.data(qr(near, colour=colourful(console.out)))
    if options.browse:
        import webbrowser

        webbrowser.open(page)


def _settings(options: Options, project: Project) -> Settings:
    """Return how the site is to be shown.

    Raises:
        LinkhomeError: there is no such time or platform.
    """
    at = None
    if options.at:
        zone = _zone(project)
        now = time.time()
        try:
            at = moments.read(as_when(options.at, now, zone), zone)[0].timestamp()
        except KindError as problem:
            raise LinkhomeError(error(f"--at: {problem.message}", hint=problem.hint), Exit.USAGE) from None
    slugs = []
    for word in options.outage:
        platform = platform_named(word)
        if platform is None:
            near = likely(word)
            hint = f"did you mean '{near}'?" if near else "write it as in an address: instagram, youtube, tiktok"
            raise LinkhomeError(error(f"--outage: '{word}' is no platform that is known here", hint=hint), Exit.USAGE)
        slugs.append(platform.slug)
    return Settings(at=at, outages=tuple(dict.fromkeys(slugs)), drafts=options.drafts)


def _zone(project: Project) -> tzinfo:
    """Return the site's time zone; that of the world while the site's file has mistakes."""
    from ..config.load import read_site
    from ..project import CONFIG

    data = project.config.read_bytes() if project.config.is_file() else b""
    config = read_site(data, CONFIG)[0]
    return moments.zone(config.site.timezone if config else "UTC")
