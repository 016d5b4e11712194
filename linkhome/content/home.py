"""Plan the front page of each language, and the page for addresses that lead nowhere."""

from __future__ import annotations

from functools import partial

from . import blocks, heads, model, policy
from .addresses import base_path
from .articles import Planned
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
    socials = here.links(site.socials, ("socials",), me=True)
    shown = [blocks.make(block, here, ("home", number)) for number, block in enumerate(site.home)]
    places = {language: f"{around.all.prefix(language)}index.html" for language in around.all.languages}
    frames = hosts(card for block in shown if block for card in block.cards)
    return model.Page(
        kind="home",
        path=path,
        shell=shell,
        profile=profile,
        head=heads.of_home(here, profile, socials, feed=around.feed),
        translations=around.translations(here, places),
        title=profile.name,
        socials=socials,
        blocks=tuple(block for block in shown if block),
        icons=tuple(here.icons[name] for name in sorted(here.icons)),
        timed=here.timed,
        frames=frames,
        policy=policy.frame_policy(frames),
    )


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
