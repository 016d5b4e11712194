"""The sign-up: a plain form that works without a script."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote, urlsplit

from ...config import schema
from ...newsletter.countries import country_name
from ...newsletter.entry import Names
from ...newsletter.target import Target
from .. import model
from ..here import At, Here
from ..signup import Signup, after, next_page

_AT: At = ("newsletter",)
#: Type, autocomplete, inputmode, and the longest value of each field.
_FIELDS = {
    "email": ("email", "email", "email", 254),
    "first_name": ("text", "given-name", "", 100),
    "last_name": ("text", "family-name", "", 100),
    "phone": ("tel", "tel", "tel", 30),
}
_NOTHING = Names(email="")


def make(block: schema.NewsletterBlock | None, here: Here, at: At) -> dict[str, Any] | None:
    """Return the form of the key ``newsletter``."""
    signup = here.all.signup
    if signup is None:
        return None
    here.signs_up = here.signs_up or signup.has_form
    return {"title": here.text(block.newsletter) if block else "", "form": form(signup, here)}


def form(signup: Signup, here: Here) -> model.Form:
    """Return the form; the e-mail address is always asked for, and always first."""
    news, native, texts = signup.news, signup.native, here.texts
    target = native or signup.primary
    fields = [] if target.mode == "mail" else list(dict.fromkeys(["email", *news.fields]))
    inputs = [_input(name, native.names if native else _NOTHING, here) for name in fields]
    first = 1 if news.second_step else len(inputs)
    boxes = _boxes(signup, native, here) if fields else ()
    onward = next_page(native, here.all.base, here.prefix, here.language) if native else ()
    return model.Form(
        action=_action(signup, target, here) if fields else "",
        method=target.method if native else "get",
        title=here.text(news.title) or texts["newsletter"],
        text=here.markdown(news.text, (*_AT, "text"), top=3),
        inputs=tuple(inputs[:first]),
        further=tuple(inputs[first:]),
        more=texts["newsletter_more"],
        hidden=(*native.hidden, *onward) if native else (),
        trap=native.honeypot if native else "",
        trap_kind=native.honeypot_kind if native else "text",
        boxes=boxes,
        legend=texts["newsletter_boxes"] if len(boxes) > 1 else "",
        button=here.text(news.button) or texts["newsletter_button"],
        small=here.inline(
            news.small or texts["newsletter_small" if signup.confirms else "newsletter_small_once"], (*_AT, "small")
        ),
        mail=_mail(signup, here),
        link=_by_hand(signup, here),
        netlify=dict(native.hidden).get("form-name", "") if native and native.provider == "netlify" else "",
    )


def _action(signup: Signup, target: Target, here: Here) -> str:
    """Return where the form goes: without a provider for plain forms, to the page where one signs up by hand."""
    if not target.native:
        return target.link
    return target.action or here.way_to(f"{here.prefix}{after(target)}/index.html").removesuffix("index.html")


def _input(name: str, names: Names, here: Here) -> model.Input:
    kind, autocomplete, mode, most = _FIELDS[name]
    return model.Input(
        name=str(getattr(names, name)),
        type=kind,
        label=here.texts["mobile" if name == "phone" else name],
        autocomplete=autocomplete,
        required=name == "email",
        inputmode=mode,
        hint=here.texts["mobile_hint"] if name == "phone" else "",
        most=most,
    )


def _boxes(signup: Signup, native: Target | None, here: Here) -> tuple[model.Box, ...]:
    """Return what is to be agreed to: one box for mail, another for the telephone; their values name the wording."""
    news, names = signup.news, native.names if native else _NOTHING
    text = here.text(news.consent) or _wording(signup, here)
    version = news.version or hashlib.sha256(text.encode()).hexdigest()[:8]
    boxes = [model.Box(name=names.consent, value=version, text=here.inline(text, (*_AT, "consent")), required=True)]
    if "phone" in news.fields:
        name = here.text(here.all.site.profile.name)
        text = here.text(news.phone_consent) or here.texts["newsletter_phone"].format(name=name)
        version = news.version or hashlib.sha256(text.encode()).hexdigest()[:8]
        shown = here.inline(text, (*_AT, "phone_consent"))
        boxes.append(model.Box(name=names.phone_consent, value=version, text=shown, about="tel"))
    return tuple(boxes)


def _wording(signup: Signup, here: Here) -> str:
    """Return the sentences to agree to: who writes, about what, how often, with whose help, and where more stands."""
    news, texts = signup.news, here.texts
    about, often = here.text(news.about), here.text(news.often)
    if not (about and often):
        return texts["newsletter_consent"]
    name = here.text(here.all.site.profile.name)
    said = [texts["newsletter_yes"].format(name=name, about=about, often=often)]
    if company := signup.primary.company:
        country = country_name(signup.primary.country, here.language)
        said.append(texts["newsletter_sender"].format(sender=", ".join(filter(None, (company, country)))))
    for page in ("privacy", "datenschutz"):
        if here.all.place(page, here.language):
            said.append(texts["newsletter_privacy"].format(privacy=f"[{texts['privacy']}](pages/{page}.md)"))
            break
    return " ".join(said)


def _mail(signup: Signup, here: Here) -> model.Link | None:
    """Return the last way, which needs nobody's server: a mail that is written already."""
    texts = here.texts
    href = signup.mail or (f"mailto:{here.all.mailbox}" if here.all.mailbox else "")
    if not href:
        return None
    if "?" not in href:
        href += f"?subject={quote(texts['newsletter_mail_subject'])}&body={quote(texts['newsletter_mail_body'])}"
    return model.Link(href=href, title=href.removeprefix("mailto:").partition("?")[0], icon=None)


def _by_hand(signup: Signup, here: Here) -> model.Link | None:
    """Return the provider's own page, for visitors to whom the form is of no use without a script."""
    primary = signup.primary
    if signup.native or not primary.link or primary.mode == "mail":
        return None
    host = urlsplit(primary.link).netloc
    return model.Link(href=primary.link, title=here.texts["newsletter_link"].format(host=host))
