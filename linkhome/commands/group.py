"""Name the commands and their options. What a command does is in its own module, imported when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from ..diagnostics import Exit, LinkhomeError, error

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors and warnings.")
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _theme_names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from ..theme.locate import bundled

    return [CompletionItem(name) for name in bundled() if name.startswith(begun)]


@click.group(context_settings=_HELP)
@click.version_option(__version__, "-V", "--version", prog_name="linkhome", message="%(prog)s %(version)s")
@_QUIET
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
@_QUIET
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
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_QUIET
@click.pass_obj
def build(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Build the site in the folder SITE (here or in a folder above, if it is not given).

    The finished site is complete or not there at all: an error leaves the last one as it was.
    """
    from .build import Options, run

    return run(Options(quiet=quiet or quiet_before, **options))


@linkhome.command(short_help="Print the JSON Schema of linkhome.yaml, for editors.")
def schema() -> int:
    """Print the JSON Schema of linkhome.yaml, so that an editor can complete and check its keys."""
    from .schema import run

    return run()


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
