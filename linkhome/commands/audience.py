"""Name the commands about people: what to do when a platform is down, their list, and how they sign up."""

from __future__ import annotations

from typing import Any

import click

from .options import JSON, QUIET, SITE


@click.group(short_help="Say that a platform is down, and lead people to what remains.")
def outage() -> None:
    """Tell the site that a platform is down: a banner says so, the sign-up moves to the top, links are marked."""


@outage.command("on", short_help="Mark a platform, and its whole company, as down.")
@click.argument("platform")
@click.option("--since", metavar="TIME", help="From when on: '2026-11-22 14:00', 14:00, -1h; now, if it is not given.")
@click.option("--until", metavar="TIME", help="When it is over by itself: '2026-11-22 18:00', 18:00, +6h.")
@click.option("--note", metavar="TEXT", help="A sentence for the page.")
@JSON
@QUIET
@SITE
def outage_on(**options: Any) -> int:
    """Write into outage.yaml that PLATFORM is down, and print texts for a story, a post, a mail and an SMS.

    Once more, it changes what was written: what is not given stays as it is.
    """
    from .outage import Options, run_on

    return run_on(Options(**options))


@outage.command("off", short_help="Mark it as down no longer.")
@click.argument("platform", required=False)
@JSON
@QUIET
@SITE
def outage_off(platform: str | None, site: str | None, json: bool, quiet: bool) -> int:
    """Take PLATFORM out of outage.yaml (all, if it is not given), and its texts out of the folder outage/."""
    from .outage import run_off

    return run_off(platform, site, json, quiet)


@outage.command("status", short_help="Say what is marked as down, and who was seen when.")
@JSON
@SITE
def outage_status(site: str | None, json: bool) -> int:
    """Say what is marked as down, since when and by whom, which links that concerns, and who was seen lately."""
    from .outage import run_status

    return run_status(site, json)


@outage.command("auto", short_help="Look who is there, and mark a company that is down.")
@JSON
@QUIET
@SITE
def outage_auto(site: str | None, json: bool, quiet: bool) -> int:
    """Ask the front doors of the platforms that the site links to, and mark or unmark a company as down.

    One look decides nothing: it takes three over twenty minutes, and several platforms of one company that all
    fail while others answer. What was marked by hand stays as it is.
    """
    from .outage_auto import run_auto

    return run_auto(site, json, quiet)


@click.group("list", short_help="Bring your subscribers home, and keep them.")
def list_group() -> None:
    """Bring the people on your lists home, into the folder private/, which is never published."""


@list_group.command("backup", short_help="Fetch every subscriber from every provider.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option("--only", multiple=True, metavar="PROVIDER", help="Only the list at this provider.")
@click.option("--accept-smaller", is_flag=True, help="Believe a list that has lost more than a fifth of its people.")
@click.option("--excel", is_flag=True, help="Also write a copy in which no cell can be a formula.")
@JSON
@QUIET
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
@QUIET
@SITE
def list_import(file: str, site: str | None, provider: str | None, quiet: bool) -> int:
    """Merge the CSV FILE, as providers let you download it, into private/subscribers.csv."""
    from .lists import run_import

    return run_import(file, site, provider, quiet)


@list_group.command("status", short_help="Say who is on the list, and how old the backup is.")
@JSON
@SITE
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


@click.group(short_help="Find the right words for your list's provider.")
def newsletter() -> None:
    """Read what a provider gives you to paste, list the providers, or copy the files of a list server of your own."""


@newsletter.command("detect", short_help="Turn a pasted form into YAML.")
@click.argument("file", type=click.Path(allow_dash=True))
@QUIET
def newsletter_detect(file: str, quiet: bool) -> int:
    """Read the HTML that your provider gives you to paste, and print the key 'newsletter' for linkhome.yaml.

    FILE is where you saved it; - reads what is passed on. Nobody is asked: it is only read.
    """
    from .newsletter import run_detect

    return run_detect(file, quiet)


@newsletter.command("providers", short_help="List the providers.")
@click.argument("name", required=False)
@JSON
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
@QUIET
def newsletter_worker(kind: str, directory: str | None, force: bool, quiet: bool) -> int:
    """Copy a small list server into DIR: a Cloudflare Worker, or a function for Netlify. It keeps the list for you.

    DIR is 'worker' for Cloudflare and 'netlify/functions/subscribe' for Netlify, if it is not given.
    """
    from .newsletter import run_worker

    return run_worker(kind, directory, force, quiet)
