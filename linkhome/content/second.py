"""Write the line that names every address of the site, so that visitors know a second one before they need it.

The same bytes lie at every address, so the line names all of them, this one included, and needs no script.
"""

from __future__ import annotations

from markupsafe import Markup

from ..places import addresses, shown
from ..texts import direction
from .addresses import absolute
from .here import Here

_GAP = "{addresses}"
_NOTHING = Markup("")


def line(here: Here) -> Markup:
    """Return the sentence with a link for each address, to the front page in this language.

    It is empty for a site in one place only, and where the creator's ``texts`` say nothing.
    """
    words, found = here.texts["second_address"].strip(), fronts(here)
    if not words or not found:
        return _NOTHING
    # Addresses are written from left to right in every script.
    way = Markup(' dir="ltr"') if direction(here.language) == "rtl" else _NOTHING
    links = [Markup('<a href="{}"{}>{}</a>').format(href, way, address) for address, href in found]
    named = Markup("{} {} {}").format(Markup(", ").join(links[:-1]), here.texts["outage_and"], links[-1])
    return Markup("{}{}{}").format(words.partition(_GAP)[0], named if _GAP in words else "", words.partition(_GAP)[2])


def fronts(here: Here) -> list[tuple[str, str]]:
    """Return each address as people read it, and that of the front page in this language there."""
    front = f"{here.prefix}index.html"
    return [(shown(url), absolute(url, front)) for url in addresses(here.all.site)]
