"""Define the entry that every provider with an export has: where its people are, how it pages, what its words mean."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

#: What a person can be, in the words of the file; see `merge.decide` for which of several counts.
Status = Literal["pending", "active", "unsubscribed", "bounced", "complained"]

#: Ways to a value in an answer, the first that leads to something counts: ``("fields.name", "name")``. See `dig`.
Paths = tuple[str, ...]


class Need(Struct, frozen=True):
    """Hold one thing that an export must be told, beside the token.

    ``name`` is a key of ``newsletter:``, or of ``backup:`` below it where the sign-up needs something else.
    ``what`` says what it is and where it is found. ``pattern`` is what the whole value must look like.
    """

    name: str
    what: str
    pattern: str = r"[A-Za-z0-9_-]{1,64}"
    optional: bool = False


class Auth(Struct, frozen=True):
    """Hold how the token is sent.

    ``header``: as ``value`` in the header ``name``. ``basic``: ``value`` is name and password. ``ghost``: a signature
    made anew for each request. ``oauth``: a token for an hour, asked for at ``url`` with name and password.
    ``pattern`` is what the token must look like, ``what`` says where it is found; both are for people who paste.
    """

    what: str
    how: Literal["header", "basic", "ghost", "oauth"] = "header"
    name: str = "Authorization"
    value: str = "Bearer {}"
    pattern: str = r"[!-~]{4,4096}"
    url: str = ""


class Paging(Struct, frozen=True):
    """Hold how an answer leads to the next one. All paths are those of `dig`; ``header:X`` is a header.

    ``next``: the answer holds the next address at ``next``. ``link``: the header ``Link`` does. ``cursor``: what is at
    ``next`` is sent as ``param``, as long as ``more`` (if there is such a path) is true; ``last.id`` is a value of the
    last person. ``offset``: the number of people so far is sent as ``param``. ``page``: numbers from ``start`` on,
    up to the number at ``pages`` if there is such a path. Where nothing tells the end, an empty answer does.
    ``total`` is how many people there are in all: when it changes on the way, or they are not that many, the answer is
    not taken.
    """

    kind: Literal["next", "link", "cursor", "offset", "page"]
    param: str = ""
    size: int = 100
    size_param: str = ""
    start: int = 1
    next: str = ""
    more: str = ""
    total: str = ""
    pages: str = ""


class Rule(Struct, frozen=True):
    """Say that somebody is something if the value at ``path`` is ``value``.

    ``value`` is compared in lower case. ``true`` also fits numbers and texts that say so, ``false`` 0 and empty texts.
    """

    path: str
    value: str
    status: Status


class Fields(Struct, frozen=True):
    """Hold where each column of the file is found in what a provider says of one person."""

    email: Paths
    id: Paths = ("id",)
    first_name: Paths = ()
    last_name: Paths = ()
    phone: Paths = ()
    name: Paths = ()
    subscribed_at: Paths = ()
    confirmed_at: Paths = ()
    unsubscribed_at: Paths = ()
    source: Paths = ()
    tags: Paths = ()
    consent_version: Paths = ()
    consent_ip: Paths = ()


class Parents(Struct, frozen=True):
    """Hold where the lists or forms are of which each has people of its own, if the setting ``unless`` names none.

    ``id`` leads to what fills ``{parent}`` of the source's address. With ``filter``, only those count whose value at
    ``name`` is what the setting of that name says.
    """

    url: str
    people: str
    id: str
    unless: str = ""
    name: str = ""
    filter: str = ""


class Source(Struct, frozen=True):
    """Hold how the people of one provider are fetched.

    ``url`` is a template of settings (``{list}``; ``{parent}``; ``{dc}`` is the end of a Mailchimp key), ``query`` what
    is always asked along; each of ``variants`` is a query of its own, where one question does not bring everybody.
    ``people`` leads to the people in an answer, empty where the answer is the list. ``rules`` say what somebody is,
    the first that fits; else it is ``status``. ``extra`` are further values worth keeping in the file. ``rate`` is how
    many requests a minute are allowed, 0 for any. With ``leavers``, who is not in the answer any more has left: the
    provider forgets people who unsubscribe. ``headers`` go along with every request.
    """

    key: str
    name: str
    url: str
    auth: Auth
    paging: Paging
    fields: Fields
    people: str = ""
    query: tuple[tuple[str, str], ...] = ()
    variants: tuple[tuple[tuple[str, str], ...], ...] = ((),)
    headers: tuple[tuple[str, str], ...] = ()
    needs: tuple[Need, ...] = ()
    parents: Parents | None = None
    status: Status = "active"
    rules: tuple[Rule, ...] = ()
    extra: tuple[str, ...] = ()
    rate: int = 0
    leavers: bool = False


class Job(Struct, frozen=True):
    """Hold one provider of one site, ready to be asked but for its token. ``own`` is the creator's own server."""

    source: Source
    values: dict[str, str]
    own: str = ""
