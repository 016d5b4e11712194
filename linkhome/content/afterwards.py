"""Plan the pages that a sign-up leads to: thanks, look into your mail, that did not work."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup, escape

from . import heads, model
from .articles import Planned
from .shell import Surroundings
from .signup import CHECK, SORRY, THANKS

_TITLES = {THANKS: "thanks", CHECK: "check", SORRY: "sorry"}


def plan(around: Surroundings) -> list[Planned]:
    """Plan the three pages of a language, for sites with a sign-up whose form goes somewhere."""
    signup = around.all.signup
    if signup is None or not signup.has_form:
        return []
    paths = {slug: f"{around.all.prefix(around.language)}{slug}/index.html" for slug in _TITLES}
    return [Planned(path, "", partial(_page, around, slug)) for slug, path in paths.items()]


def _page(around: Surroundings, slug: str) -> model.Page:
    all_, name = around.all, _TITLES[slug]
    here = around.here(f"{all_.prefix(around.language)}{slug}/index.html")
    shell, profile = around.around(here)
    title = here.texts[f"{name}_title"]
    places = {language: f"{all_.prefix(language)}{slug}/index.html" for language in all_.languages}
    text = Markup("<p>{}</p>").format(here.texts[f"{name}_text"])
    if slug == SORRY and all_.mailbox:
        link = Markup('<a href="mailto:{0}">{0}</a>').format(all_.mailbox)
        text += Markup("<p>{}</p>").format(escape(here.texts["sorry_mail"]).format(address=link))
    back = shell.home + ("#newsletter" if slug == SORRY else "")
    text += Markup('<p><a class="btn" href="{}">{}</a></p>').format(back, here.texts["missing_button"])
    return model.Page(
        kind="page",
        path=here.path,
        shell=shell,
        profile=profile,
        head=heads.of_missing(here, title, profile),
        translations=around.translations(here, places),
        title=title,
        body=text,
    )
