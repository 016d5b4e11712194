"""The sign-up: a plain form that works without a script."""

from __future__ import annotations

from typing import Any

from ...config import schema
from .. import model
from ..here import At, Here

_FIELDS = {
    "email": ("email", "email", "email"),
    "first_name": ("text", "given-name", ""),
    "last_name": ("text", "family-name", ""),
    "phone": ("tel", "tel", "tel"),
}


def make(block: schema.NewsletterBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the form of the key ``newsletter``."""
    news = here.all.site.newsletter
    if news is None:
        return None
    return {"title": here.text(block.newsletter), "form": form(news, here)}


def form(news: schema.Newsletter, here: Here) -> model.Form:
    """Return the form; the e-mail address is always asked for, and always first."""
    fields = ["email", *(name for name in news.fields if name != "email")]
    at: At = ("newsletter",)
    return model.Form(
        action=news.action,
        title=here.text(news.title) or here.texts["newsletter"],
        text=here.markdown(news.text, (*at, "text"), top=3),
        inputs=tuple(_input(name, news, here) for name in dict.fromkeys(fields)),
        hidden=tuple(sorted(news.hidden.items())),
        consent=here.inline(news.consent or here.texts["newsletter_consent"], (*at, "consent")),
        button=here.text(news.button) or here.texts["newsletter_button"],
        small=here.inline(news.small or here.texts["newsletter_small"], (*at, "small")),
    )


def _input(name: str, news: schema.Newsletter, here: Here) -> model.Input:
    kind, autocomplete, mode = _FIELDS[name]
    return model.Input(
        name=dict(news.names).get(name, name),  # type: ignore[call-overload]
        type=kind,
        label=here.texts[name],
        autocomplete=autocomplete,
        required=name == "email",
        inputmode=mode,
    )
