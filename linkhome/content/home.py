"""Plan the front page of each language, and the page for addresses that lead nowhere."""

from __future__ import annotations

from functools import partial

import msgspec

from . import blocks, heads, model, outages, policy, signup
from .addresses import base_path
from .articles import Planned
from .blocks import newsletter
from .here import Here
from .players import hosts
from .shell import Surroundings


def plan(around: Surroundings) -> Planned:
    """Plan a front page. It is made at once: its mistakes belong to the gathering."""
    path = f"{around.all.prefix(around.language)}index.html"
    page = _home(around, path)
    return Planned(path, "", lambda: page, page.frames)


def plan_missing(around: Surroundings) -> Planned:
    """Plan ``404.html``."""
    return Planned("404.html", "", partial(_missing, around))


def _home(around: Surroundings, path: str) -> model.Page:
    here = around.here(path)
    shell, profile = around.around(here)
    site = around.all.site
    socials = outages.beside(here.links(site.socials, ("socials",), me=True), here)
    made = (blocks.make(block, here, ("home", number)) for number, block in enumerate(site.home))
    shown = _led_by_the_list([block for block in made if block], here)
    places = {language: f"{around.all.prefix(language)}index.html" for language in around.all.languages}
    frames = hosts(card for block in shown for card in block.cards)
    asks = signup.origins(around.all.signup) if here.signs_up and around.all.signup else None
    return model.Page(
        kind="home",
        path=path,
        shell=shell,
        profile=profile,
        head=heads.of_home(here, profile, socials, feed=around.feed),
        translations=around.translations(here, places),
        title=profile.name,
        socials=socials,
        blocks=shown,
        icons=tuple(here.icons[name] for name in sorted(here.icons)),
        timed=here.timed,
        frames=frames,
        signs_up=here.signs_up,
        policy=policy.page_policy(frames, asks),
    )


def _led_by_the_list(shown: list[model.Block], here: Here) -> tuple[model.Block, ...]:
    """Return the blocks; while a platform is down the sign-up is the first, also where the page has none otherwise."""
    if not here.all.outages:
        return tuple(shown)
    seen = (block for block in shown if block.type == "newsletter" and not (block.window and block.window.hidden))
    first = next(seen, None)
    if first is None and (fields := newsletter.make(None, here, ("newsletter",))):
        first = model.Block(type="newsletter", id=here.id("newsletter"), **fields)
    # The banner leads to the anchor "newsletter": whichever had it before takes the other's.
    found = [msgspec.structs.replace(first, id="newsletter")] if first else []
    for block in shown:
        if block is first:
            continue
        found.append(msgspec.structs.replace(block, id=first.id) if first and block.id == "newsletter" else block)
        if block.type == "link" and block.links[0].down:
            for link in outages.beside(block.links, here)[1:]:
                row = msgspec.structs.replace(link, style="row")
                found.append(
                    model.Block(type="link", id=here.id("link"), style="row", links=(row,), window=link.window)
                )
    return tuple(found)


def _missing(around: Surroundings) -> model.Page:
    # A host serves this page at any depth, so its addresses start at the top of the site.
    here = Here(around.all, around.language, "404.html", around.texts)
    here.root = base_path(around.all.site.url or "")
    shell, profile = around.around(here)
    title = here.texts["missing_title"]
    return model.Page(
        kind="missing",
        path="404.html",
        shell=shell,
        profile=profile,
        head=heads.of_missing(here, title, profile),
        title=title,
        summary=here.texts["missing_text"],
    )
