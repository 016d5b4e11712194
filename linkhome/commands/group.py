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


@linkhome.group(short_help="List, show and change themes.")
def theme() -> None:
    """List the themes, show one, and copy files of a theme into the site to change them there."""


_SITE = click.option("--site", type=click.Path(), help="The site's folder, if it is not here or in a folder above.")


@theme.command("list", short_help="List the themes.")
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_SITE
def theme_list(site: str | None, json: bool) -> int:
    """List the themes that can be chosen with 'theme:' under 'brand:'. A star marks the one in use."""
    from .theme import run_list

    return run_list(site, json)


@theme.command("show", short_help="Show what a theme looks like and offers.")
@click.argument("name", shell_complete=_theme_names)
@click.option("--open", "browse", is_flag=True, help="Open its contact sheet of pictures.")
@click.option("-o", "--out", type=click.Path(), help="Copy the contact sheet to this file or folder.")
@_SITE
def theme_show(name: str, browse: bool, out: str | None, site: str | None) -> int:
    """Say what the theme NAME is, which fonts and options it has, and where its contact sheet of pictures lies."""
    from .theme import run_show

    return run_show(name, site, out, browse)


@theme.command("eject", short_help="Copy a file of the theme into the site.")
@click.argument("file", required=False)
@click.option("--extend", is_flag=True, help="Write a template that changes single blocks of FILE instead of a copy.")
@_SITE
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
@_SITE
def theme_diff(file: str | None, mine: bool, seen: bool, site: str | None) -> int:
    """Tell what the theme changed in FILE (in all of them, if it is not given) since it was ejected."""
    from .theme import run_diff

    return run_diff(file, site, mine, seen)


@linkhome.command(short_help="Fetch what platforms say, and keep the good answers.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option("--only", multiple=True, metavar="WORD", help="Only these: a key, a platform, a part of an address.")
@click.option("--max-age", metavar="AGE", help="All that was asked longer ago than 30m, 12h, 2d; 0 for everything.")
@click.option("--strict", is_flag=True, help="End with code 3 when a platform fails or its answer is refused.")
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_QUIET
@click.pass_obj
def refresh(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Ask the platforms for what the site in the folder SITE shows of them, and keep it in the folder saved/.

    Only what is due is asked. A worse answer never replaces a better copy, and a platform that is down
    costs nothing: the last good copy stays. 'linkhome build' then shows what was kept.
    """
    from .refresh import Options, run

    return run(Options(quiet=quiet or quiet_before, **options))


@linkhome.group(invoke_without_command=True, short_help="Show and tend the copies of other people's pages.")
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_SITE
@click.pass_context
def embeds(context: click.Context, site: str | None, json: bool) -> int:
    """List the saved copies of what the site shows from elsewhere, and how good each is."""
    if context.invoked_subcommand:
        return 0
    from .embeds import run_list

    return run_list(site, json)


@embeds.command("accept", short_help="Take an answer that was held back.")
@click.argument("key")
@_QUIET
@_SITE
def embeds_accept(key: str, site: str | None, quiet: bool) -> int:
    """Ask once more for the copy KEY, and take the answer even if it looks worse than what is kept."""
    from .embeds import run_accept

    return run_accept(key, site, quiet)


@embeds.command("prune", short_help="Remove copies that nothing shows any more.")
@click.option("--dry-run", "dry", is_flag=True, help="Only list them.")
@click.option("--all", "everything", is_flag=True, help="Also those that hold words of your own.")
@_QUIET
@_SITE
def embeds_prune(site: str | None, dry: bool, everything: bool, quiet: bool) -> int:
    """Remove saved copies and pictures that nothing on the site shows any more."""
    from .embeds import run_prune

    return run_prune(site, dry, everything, quiet)


@linkhome.group(short_help="Say that a platform is down, and lead people to what remains.")
def outage() -> None:
    """Tell the site that a platform is down: a banner says so, the sign-up moves to the top, links are marked."""


@outage.command("on", short_help="Mark a platform, and its whole company, as down.")
@click.argument("platform")
@click.option("--since", metavar="TIME", help="From when on: '2026-11-22 14:00', 14:00, -1h; now, if it is not given.")
@click.option("--until", metavar="TIME", help="When it is over by itself: '2026-11-22 18:00', 18:00, +6h.")
@click.option("--note", metavar="TEXT", help="A sentence for the page.")
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_QUIET
@_SITE
def outage_on(**options: Any) -> int:
    """Write into outage.yaml that PLATFORM is down, and print texts for a story, a post, a mail and an SMS.

    Once more, it changes what was written: what is not given stays as it is.
    """
    from .outage import Options, run_on

    return run_on(Options(**options))


@outage.command("off", short_help="Mark it as down no longer.")
@click.argument("platform", required=False)
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_QUIET
@_SITE
def outage_off(platform: str | None, site: str | None, json: bool, quiet: bool) -> int:
    """Take PLATFORM out of outage.yaml (all, if it is not given), and its texts out of the folder outage/."""
    from .outage import run_off

    return run_off(platform, site, json, quiet)


@outage.command("status", short_help="Say what is marked as down, and who was seen when.")
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_SITE
def outage_status(site: str | None, json: bool) -> int:
    """Say what is marked as down, since when and by whom, which links that concerns, and who was seen lately."""
    from .outage import run_status

    return run_status(site, json)


@outage.command("auto", short_help="Look who is there, and mark a company that is down.")
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_QUIET
@_SITE
def outage_auto(site: str | None, json: bool, quiet: bool) -> int:
    """Ask the front doors of the platforms that the site links to, and mark or unmark a company as down.

    One look decides nothing: it takes three over twenty minutes, and several platforms of one company that all
    fail while others answer. What was marked by hand stays as it is.
    """
    from .outage_auto import run_auto

    return run_auto(site, json, quiet)


@linkhome.group("list", short_help="Bring your subscribers home, and keep them.")
def list_group() -> None:
    """Bring the people on your lists home, into the folder private/, which is never published."""


@list_group.command("backup", short_help="Fetch every subscriber from every provider.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option("--only", multiple=True, metavar="PROVIDER", help="Only the list at this provider.")
@click.option("--accept-smaller", is_flag=True, help="Believe a list that has lost more than a fifth of its people.")
@click.option("--excel", is_flag=True, help="Also write a copy in which no cell can be a formula.")
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_QUIET
@click.pass_obj
def list_backup(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Fetch the whole list from every provider of the site in the folder SITE, into private/subscribers.csv.

    A list comes home complete or not at all: then the file stays as it was. People who have unsubscribed are
    kept, and marked. Tokens come from LINKHOME_<PROVIDER>_TOKEN or from 'linkhome list token'.
    """
    from .lists import Options, run_backup

    return run_backup(Options(quiet=quiet or quiet_before, **options))


@list_group.command("import", short_help="Add the people of a CSV.")
@click.argument("file", type=click.Path())
@click.option("--provider", metavar="NAME", help="Whose CSV it is, if linkhome does not see it.")
@_QUIET
@_SITE
def list_import(file: str, site: str | None, provider: str | None, quiet: bool) -> int:
    """Merge the CSV FILE, as providers let you download it, into private/subscribers.csv."""
    from .lists import run_import

    return run_import(file, site, provider, quiet)


@list_group.command("status", short_help="Say who is on the list, and how old the backup is.")
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
@_SITE
def list_status(site: str | None, json: bool) -> int:
    """Say how many people are in private/subscribers.csv, when each list last came home, where its token is."""
    from .list_status import run_status

    return run_status(site, json)


@list_group.command("token", short_help="Store a provider's token in the system's keyring.")
@click.argument("provider")
@click.option("--delete", is_flag=True, help="Remove it from there.")
def list_token(provider: str, delete: bool) -> int:
    """Ask for the token of PROVIDER without showing it, and store it in the keyring of the system."""
    from .list_status import run_token

    return run_token(provider, delete)


@linkhome.group(short_help="Find the right words for your list's provider.")
def newsletter() -> None:
    """Read what a provider gives you to paste, list the providers, or copy the files of a list server of your own."""


@newsletter.command("detect", short_help="Turn a pasted form into YAML.")
@click.argument("file", type=click.Path(allow_dash=True))
@_QUIET
def newsletter_detect(file: str, quiet: bool) -> int:
    """Read the HTML that your provider gives you to paste, and print the key 'newsletter' for linkhome.yaml.

    FILE is where you saved it; - reads what is passed on. Nobody is asked: it is only read.
    """
    from .newsletter import run_detect

    return run_detect(file, quiet)


@newsletter.command("providers", short_help="List the providers.")
@click.argument("name", required=False)
@click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
def newsletter_providers(name: str | None, json: bool) -> int:
    """List the providers: what to write for each, whether it sends a mail to confirm, and what it cannot keep.

    With NAME, show the lines to write for that one, and where to find what they need.
    """
    from .newsletter import run_list, run_show

    return run_show(name) if name else run_list(json)


@newsletter.command("worker", short_help="Copy the files of a list server of your own.")
@click.argument("kind", type=click.Choice(["cloudflare", "netlify"]))
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path())
@click.option("--force", is_flag=True, help="Replace files that differ.")
@_QUIET
def newsletter_worker(kind: str, directory: str | None, force: bool, quiet: bool) -> int:
    """Copy a small list server into DIR: a Cloudflare Worker, or a function for Netlify. It keeps the list for you.

    DIR is 'worker' for Cloudflare and 'netlify/functions/subscribe' for Netlify, if it is not given.
    """
    from .newsletter import run_worker

    return run_worker(kind, directory, force, quiet)


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
