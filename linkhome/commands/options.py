"""Name the options that many commands have."""

from __future__ import annotations

import click

QUIET = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors and warnings.")
JSON = click.option("--json", is_flag=True, help="Print one JSON object, for other programs.")
SITE = click.option("--site", type=click.Path(), help="The site's folder, if it is not here or in a folder above.")
