"""Define the entry that every provider has in the table: where its form goes, what it calls the fields, its limits."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

#: How a provider can be reached: a plain form; the same, but a script may read the answer; a form whose answer only
#: foreign scripts may read; nothing without a script; a small server of the creator's own; a mail.
Mode = Literal["form", "form+fetch", "form+jsonp", "fetch-only", "worker", "mail"]

#: What a form may ask for beside the e-mail address.
EXTRAS = ("first_name", "last_name", "phone")


class Setting(Struct, frozen=True):
    """Hold one thing that the creator pastes.

    ``name`` is the key of linkhome.yaml, ``what`` says what it is and where it is found, ``pattern`` is what the whole
    value must look like. ``optional`` is None when it must be given, else the value that counts when it is left out.
    ``many`` allows a list of values.
    """

    name: str
    what: str
    example: str
    pattern: str
    optional: str | None = None
    many: bool = False


class Names(Struct, frozen=True):
    """Hold what each thing is called when it is sent; what has no name is not sent."""

    email: str = "email"
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    tags: str = ""
    list: str = ""
    consent: str = ""
    phone_consent: str = ""


class Fetch(Struct, frozen=True):
    """Hold how a script may send a sign-up and read the answer.

    In a `Provider` this says what differs from the form: an empty ``url`` is the form's action, no ``names`` are the
    form's. In a `Target` it is complete: ``names`` are there and ``hidden`` is all that must be sent beside the fields;
    only ``url`` may be empty, where the form's action is known to the page alone.

    ``hidden`` of JSON are texts, unless they begin with ``[`` or ``{`` or are ``true`` or ``false``: those are JSON.
    ``success`` says how a good answer looks beyond a status 2xx: empty for nothing more, a path in the JSON that must
    be there and not be false (``ok``, ``data.id``), or path and value (``status=success``). ``token`` is an address
    whose answer, a text, is sent as ``integrityToken``.
    """

    url: str = ""
    encoding: Literal["urlencoded", "json"] = "urlencoded"
    names: Names | None = None
    hidden: tuple[tuple[str, str], ...] = ()
    accept: str = "application/json"
    success: str = ""
    token: str = ""


class Provider(Struct, frozen=True):
    """Hold what linkhome knows of one provider. ``action``, ``hidden``, ``link`` and ``fetch`` are templates.

    Templates: see `linkhome.newsletter.filling`. ``honeypot`` names the field that only robots fill in (a template,
    too). ``join`` puts several tags or lists into one field, with this text between them; else each has its own.
    ``thanks`` names the hidden field that takes the absolute address of the thanks page. ``link`` is a page where
    one can sign up by hand, or a mailto. ``native`` is False where a plain form is of no use, and ``poor`` a sentence
    on what visitors without script meet where it is of little. ``drops`` are those of `EXTRAS` that it cannot keep.
    ``company`` and ``country`` (ISO 3166, two letters) are who sends the mails; both are empty where that is the
    creator, or not known for sure. ``remark`` is a sentence for the creator, ``closed`` says why it is no more.
    """

    key: str
    name: str
    mode: Mode
    action: str = ""
    method: Literal["post", "get"] = "post"
    encoding: Literal["urlencoded"] = "urlencoded"
    names: Names = Names()
    hidden: tuple[tuple[str, str], ...] = ()
    honeypot: str = ""
    honeypot_kind: Literal["text", "checkbox"] = "text"
    settings: tuple[Setting, ...] = ()
    fetch: Fetch | None = None
    double_opt_in: Literal["always", "setting", "none"] = "setting"
    thanks: str = ""
    link: str = ""
    native: bool = True
    poor: str = ""
    drops: tuple[str, ...] = ()
    join: str = ""
    company: str = ""
    country: str = ""
    remark: str = ""
    closed: str = ""
