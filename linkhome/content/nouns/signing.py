"""Define the sign-up, and what is said while a platform is down."""

from __future__ import annotations

from markupsafe import Markup

from .small import Link, Noun, Window


class Input(Noun, frozen=True, kw_only=True):
    """One field of a form. ``name`` is empty for what is not sent; ``most`` is its longest value, 0 for any."""

    name: str
    type: str
    label: str
    autocomplete: str
    required: bool = False
    inputmode: str = ""
    hint: str = ""
    most: int = 0


class Box(Noun, frozen=True, kw_only=True):
    """Something to say yes to, never ticked beforehand. ``value`` names the version of the text.

    ``about`` is the ``autocomplete`` of the field that it belongs to, empty when it belongs to the whole form.
    """

    name: str
    value: str
    text: Markup
    required: bool = False
    about: str = ""


class Form(Noun, frozen=True, kw_only=True):
    """The sign-up: a plain form that posts to ``action``, which a script makes more patient.

    ``further`` are the fields of the second step, under the words of ``more``. ``trap`` is the name of a field that
    people never see and programs fill in; empty when the provider has none. ``mail`` is the last way, ``link`` a page
    where one signs up by hand. Without ``inputs`` there is no form, only these ways. ``netlify`` is the name under
    which the host Netlify collects the form, ``legend`` stands over two boxes or more.
    """

    action: str
    method: str = "post"
    title: str
    text: Markup
    inputs: tuple[Input, ...]
    further: tuple[Input, ...] = ()
    more: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    trap: str = ""
    trap_kind: str = "text"
    boxes: tuple[Box, ...] = ()
    legend: str = ""
    button: str
    small: Markup
    mail: Link | None = None
    link: Link | None = None
    netlify: str = ""


class Outage(Noun, frozen=True, kw_only=True):
    """A platform that is down just now: ``platform`` names it, ``text`` says so, ``button`` leads to what remains.

    ``instead`` are the creator's other channels, the best one first; ``window`` says until when this is told.
    """

    platform: str
    text: str
    note: str = ""
    button: Link | None = None
    instead: tuple[Link, ...] = ()
    window: Window | None = None
