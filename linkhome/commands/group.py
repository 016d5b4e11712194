"""Name the commands and their options. What a command does is in its own module, imported when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from ..diagnostics import Exit, LinkhomeError, error
from .audience import list_group, newsletter, outage
from .options import JSON, QUIET, SITE
from .publishing import check, deploy, headers, status

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _theme_names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from ..theme.locate import bundled

    return [CompletionItem(name) for name in bundled() if name.startswith(begun)]


@click.group(context_settings=_HELP)
@click.version_option(__version__, "-V", "--version", prog_name="linkhome", message="%(prog)s %(version)s")
@QUIET
@click.pass_context
def linkhome(context: click.Context, quiet: bool) -> None:
    """One YAML file and a few pictures become a landing site that you own.
    Start with 'linkhome init my-site', then run 'linkhome build my-site'.
    """
    context.obj = quiet


@linkhome.command(short_help="Make a new site.")
@click.argument("directory", metavar="[DIR]", default=".", type=click.Path())
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: take the defaults, and the options given here.")
@click.option("--name", help="Who this is: a person, a band, a shop.")
@click.option("--tagline", help="One line under the name.")
@click.option("--colour", "--color", "colour", help="The colour of the brand, as #rrggbb.")
@click.option("--theme", shell_complete=_theme_names, help="How it looks.")
@click.option("--url", help="The address at which the site will be; may follow later.")
@QUIET
@click.pass_obj
def init(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Make a new site in DIR (here, if it is not given).

    Asks for a name, a tagline, a colour, a theme and an address, and writes a site that builds.
    Files that are there already are left alone.
    """
    from .init import Options, run

    return run(Options(quiet=quiet or quiet_before, **options))


@linkhome.command(short_help="Build the site into the folder public/.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option("-o", "--out", type=click.Path(), help="The folder to build into, instead of SITE/public.")
@click.option("--theme", shell_complete=_theme_names, help="Try this theme instead of the site's own choice.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors: write nothing if there are any.")
@JSON
@QUIET
@click.pass_obj
def build(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Build the site in the folder SITE (here or in a folder above, if it is not given).

    The finished site is complete or not there at all: an error leaves the last one as it was.
    """
    from .build import Options, run

    return run(Options(quiet=quiet or quiet_before, **options))


@linkhome.command(short_help="Show the site in a browser while you write it.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option("--port", type=click.IntRange(0, 65535), help="Where, instead of 8000; 0 takes any that is free.")
@click.option("--strict-port", is_flag=True, help="Give up when the port is taken, instead of taking the next one.")
@click.option("--open", "browse", is_flag=True, help="Open the page in your browser.")
@click.option("--lan", is_flag=True, help="Show it to telephones in the same network, too, by a code to scan.")
@click.option(
    "--poll", is_flag=True, help="Look for changes several times a second: for disks that do not tell of them."
)
@click.option("--drafts", is_flag=True, help="Show texts with 'draft: true', too.")
@click.option("--at", metavar="TIME", help="Show it as it is then: 2026-12-24 18:00, 18:00 for today, +3d.")
@click.option("--outage", multiple=True, metavar="PLATFORM", help="Show it as if this platform were down; repeatable.")
@click.option("--editor", metavar="NAME", help="What opens places in your files: vscode, zed, sublime, …")
@QUIET
@click.pass_obj
def serve(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Show the site in the folder SITE (here or in a folder above, if it is not given) while you write it.

    Whatever you save is in the browser at once. Mistakes are shown there, too, and the page stays as it was until
    they are repaired. Nothing is written to public/. Ctrl-C ends it.
    """
    from .serve import Options, run

    return run(Options(quiet=quiet or quiet_before, **options))


@linkhome.command(short_help="Print the JSON Schema of linkhome.yaml, for editors.")
def schema() -> int:
    """Print the JSON Schema of linkhome.yaml, so that an editor can complete and check its keys."""
    from .schema import run

    return run()


@linkhome.group(short_help="List, show and change themes.")
def theme() -> None:
    """List the themes, show one, and copy files of a theme into the site to change them there."""


@theme.command("list", short_help="List the themes.")
@JSON
@SITE
def theme_list(site: str | None, json: bool) -> int:
    """List the themes that can be chosen with 'theme:' under 'brand:'. A star marks the one in use."""
    from .theme import run_list

    return run_list(site, json)


@theme.command("show", short_help="Show what a theme looks like and offers.")
@click.argument("name", shell_complete=_theme_names)
@click.option("--open", "browse", is_flag=True, help="Open its contact sheet of pictures.")
@click.option("-o", "--out", type=click.Path(), help="Copy the contact sheet to this file or folder.")
@SITE
def theme_show(name: str, browse: bool, out: str | None, site: str | None) -> int:
    """Say what the theme NAME is, which fonts and options it has, and where its contact sheet of pictures lies."""
    from .theme import run_show

    return run_show(name, site, out, browse)


@theme.command("eject", short_help="Copy a file of the theme into the site.")
@click.argument("file", required=False)
@click.option("--extend", is_flag=True, help="Write a template that changes single blocks of FILE instead of a copy.")
@SITE
def theme_eject(file: str | None, extend: bool, site: str | None) -> int:
    """Copy FILE of the site's theme into the folder theme/ of the site, to be changed there.

    FILE is named as the theme names it: page.html, blocks/link.html, front.css. Without FILE, all are listed.
    """
    from .theme import run_eject

    return run_eject(file, site, extend)


@theme.command("diff", short_help="Tell what the theme changed since files were ejected.")
@click.argument("file", required=False)
@click.option("--mine", is_flag=True, help="Show what the site changed instead.")
@click.option("--seen", is_flag=True, help="Do not show these changes again.")
@SITE
def theme_diff(file: str | None, mine: bool, seen: bool, site: str | None) -> int:
    """Tell what the theme changed in FILE (in all of them, if it is not given) since it was ejected."""
    from .theme import run_diff

    return run_diff(file, site, mine, seen)


@linkhome.command(short_help="Fetch what platforms say, and keep the good answers.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option("--only", multiple=True, metavar="WORD", help="Only these: a key, a platform, a part of an address.")
@click.option("--max-age", metavar="AGE", help="All that was asked longer ago than 30m, 12h, 2d; 0 for everything.")
@click.option("--strict", is_flag=True, help="End with code 3 when a platform fails or its answer is refused.")
@JSON
@QUIET
@click.pass_obj
def refresh(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Ask the platforms for what the site in the folder SITE shows of them, and keep it in the folder saved/.

    Only what is due is asked. A worse answer never replaces a better copy, and a platform that is down
    costs nothing: the last good copy stays. 'linkhome build' then shows what was kept.
    """
    from .refresh import Options, run

    return run(Options(quiet=quiet or quiet_before, **options))


@linkhome.group(invoke_without_command=True, short_help="Show and tend the copies of other people's pages.")
@JSON
@SITE
@click.pass_context
def embeds(context: click.Context, site: str | None, json: bool) -> int:
    """List the saved copies of what the site shows from elsewhere, and how good each is."""
    if context.invoked_subcommand:
        return 0
    from .embeds import run_list

    return run_list(site, json)


@embeds.command("accept", short_help="Take an answer that was held back.")
@click.argument("key")
@QUIET
@SITE
def embeds_accept(key: str, site: str | None, quiet: bool) -> int:
    """Ask once more for the copy KEY, and take the answer even if it looks worse than what is kept."""
    from .embeds import run_accept

    return run_accept(key, site, quiet)


@embeds.command("prune", short_help="Remove copies that nothing shows any more.")
@click.option("--dry-run", "dry", is_flag=True, help="Only list them.")
@click.option("--all", "everything", is_flag=True, help="Also those that hold words of your own.")
@QUIET
@SITE
def embeds_prune(site: str | None, dry: bool, everything: bool, quiet: bool) -> int:
    """Remove saved copies and pictures that nothing on the site shows any more."""
    from .embeds import run_prune

    return run_prune(site, dry, everything, quiet)


for _command in (outage, list_group, newsletter, deploy, status, check, headers):
    linkhome.add_command(_command)


def run_command(arguments: list[str]) -> int:
    """Parse the arguments, run the command and return its exit code.

    Raises:
        LinkhomeError: there was a question and nobody to answer it.
        KeyboardInterrupt: somebody pressed Ctrl-C, also at a question.
    """
    try:
        code = linkhome.main(arguments, prog_name="linkhome", standalone_mode=False)
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except click.Abort as abort:
        if isinstance(abort.__context__, EOFError):
            raise LinkhomeError(
                error("there is nobody to answer", hint="give the answers as options, or take the defaults with --yes"),
                Exit.USAGE,
            ) from None
        raise KeyboardInterrupt from None
    return int(code or 0)
