"""Name the commands that put the site online, and say where it is."""

from __future__ import annotations

from typing import Any

import click

from .options import JSON, QUIET


@click.command(short_help="Put the site where visitors find it.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option("--to", multiple=True, metavar="NAME", help="Only to this place of the key 'deploy'; repeatable.")
@click.option("--all", "everywhere", is_flag=True, help="To every place, which is the default.")
@click.option("--plan", is_flag=True, help="Only say what would be sent, changed and deleted.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing, also when much would be deleted.")
@click.option("--built", type=click.Path(), metavar="DIR", help="Send this built folder instead of building the site.")
@click.option("--into", type=click.Path(), metavar="DIR", help="Write what the place gets into a folder; send nothing.")
@click.option(
    "--rollback", is_flag=False, flag_value="", metavar="[BUILD]", help="Go back to the build before, or to this one."
)
@click.option("--token", metavar="NAME", help="Store what this place asks for in the keyring, and send nothing.")
@JSON
@QUIET
@click.pass_obj
def deploy(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Build the site in the folder SITE, send it to every place of the key 'deploy', and see that it is live.

    Only what has changed is sent. The code is 0 if visitors were seen to get the site everywhere, 1 if a place kept
    the old one, 2 if everything was sent but nobody saw it live yet.
    """
    from .deploy import Options, run

    return run(Options(quiet=quiet or quiet_before, **options))


@click.command(short_help="Say where the site is, and whether all places agree.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@JSON
def status(site: str | None, json: bool) -> int:
    """Look at every place of the key 'deploy' as a visitor does: which build it shows, and since when.

    The code is 0 if every place shows what was sent there and all of them the same, 1 if not, 3 if one does not answer.
    """
    from .status import run_status

    return run_status(site, json)


@click.command(short_help="Look for what is wrong with the finished site.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option("--live", is_flag=True, help="Look at the site where it is online, too, and at the links to other hosts.")
@click.option("--strict", is_flag=True, help="End with code 1 for warnings, too.")
@JSON
@QUIET
@click.pass_obj
def check(quiet_before: bool, /, quiet: bool, **options: Any) -> int:
    """Build the site in the folder SITE in memory, and look for what visitors, hosts or the law would hold against it.

    Requests to other hosts, links that lead nowhere, hidden files and keys, sizes, names for those who do not see the
    page, the page's policy, legal pages, the workflow. Nothing is written or sent. The code is 1 if there are errors,
    3 if the site is not reached with --live.
    """
    from .check import Options, run

    return run(Options(quiet=quiet or quiet_before, **options))


@click.command(short_help="Print what a web server is to send along.")
@click.argument("site", metavar="[SITE]", required=False, type=click.Path())
@click.option(
    "--for", "kind", type=click.Choice(("nginx", "apache", "netlify")), default="nginx", help="For which kind of host."
)
def headers(site: str | None, kind: str) -> int:
    """Print with which headers a host is to send the site in the folder SITE: its policy, caching, kinds of files.

    nginx needs that, because it reads no files of a site. Nothing is written.
    """
    from .headers import run

    return run(site, kind)
