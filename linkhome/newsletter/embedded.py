"""Know snippets that hold no form: frames and scripts of the providers, and links. Some tell enough all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from .filling import host_of, read
from .pasted import patterns_of
from .snippet import Snippet
from .table import PROVIDERS


class Embedded(NamedTuple):
    """Hold what a snippet without a form tells: the provider, the settings that could be read, what is still to do."""

    provider: str
    settings: dict[str, str]
    remark: str = ""


_BEEHIIV = "the number of a frame may be another than that of the magic link: compare the two, and try it"

#: (key, address of a frame or link without its parameters, what to say of it)
_ADDRESSES = (
    ("substack", "https://{account}.substack.com/embed", ""),
    ("substack", "https://{account}.substack.com/subscribe", ""),
    ("beehiiv", "https://magic.beehiiv.com/v1/{account}", ""),
    ("beehiiv", "https://embeds.beehiiv.com/{account}", _BEEHIIV),
    ("beehiiv", "https://subscribe-forms.beehiiv.com/{account}", _BEEHIIV),
    ("buttondown", "https://buttondown.com/{account}", ""),
    ("buttondown", "https://buttondown.email/{account}", ""),
)

#: (end of the host, key, what to do instead of pasting the script or frame)
_SCRIPTED = (
    ("chimpstatic.com", "mailchimp", "take the embedded form of Mailchimp instead of its pop-up"),
    ("list-manage.com", "mailchimp", "take the whole embedded form of Mailchimp, not only its script"),
    ("mailerlite.com", "mailerlite", "choose 'HTML code' instead of 'JavaScript snippet' at MailerLite"),
    ("kit.com", "kit", "choose 'HTML' instead of 'JavaScript' at Kit"),
    ("ck.page", "kit", "choose 'HTML' instead of 'JavaScript' at Kit"),
    ("convertkit.com", "kit", "choose 'HTML' instead of 'JavaScript' at Kit"),
    ("eocampaign1.com", "emailoctopus", "write the list's ID: it stands in the address of the list's page"),
    ("emailoctopus.com", "emailoctopus", "write the list's ID: it stands in the address of the list's page"),
    ("getresponse.com", "getresponse", "choose 'Plain HTML' instead of the script at GetResponse"),
    ("gr-wcon.com", "getresponse", "choose 'Plain HTML' instead of the script at GetResponse"),
    ("cleverreach.com", "cleverreach", "choose the source code of the form instead of the script at CleverReach"),
    ("emailsys1a.net", "rapidmail", "choose the HTML code of the form instead of the script at rapidmail"),
    ("beehiiv.com", "beehiiv", "copy a magic link at beehiiv: its number is what is wanted"),
    ("klaviyo.com", "klaviyo", "write the list's ID, too: it stands under the list's settings"),
    (
        "mailjet.com",
        "mailjet",
        "Mailjet's widget cannot stand on your page: 'linkhome newsletter worker' makes what can",
    ),
    ("mjt.lu", "mailjet", "Mailjet's widget cannot stand on your page: 'linkhome newsletter worker' makes what can"),
    ("tinyletter.com", "tinyletter", ""),
)
_FORMSPREE = re.compile(r"formspree\b.{0,400}?formId\W{1,5}([A-Za-z0-9]{6,40})\b", re.DOTALL)
_SUBSTACK = re.compile(r"substackUrl\W{1,5}([A-Za-z0-9-]{1,63})\.substack\.com")


def find(snippet: Snippet) -> Embedded | None:
    """Return what a snippet without a form tells; None if no provider is known by it."""
    return next(iter(_told(snippet)), None)


def _told(snippet: Snippet) -> Iterator[Embedded]:
    for address in (*snippet.frames, *snippet.links):
        yield from _by_address(_whole(address))
    for script in snippet.scripts:
        yield from _by_script(script)
    for address in (*(script.get("src", "") for script in snippet.scripts), *snippet.frames):
        yield from _by_host(_whole(address))
    for address in snippet.links:
        yield from _by_mail(address)


def _by_address(address: str) -> Iterator[Embedded]:
    plain = address.partition("?")[0].rstrip("/")
    for key, template, remark in _ADDRESSES:
        found = read(template, plain, patterns_of(PROVIDERS[key]))
        if found is not None:
            yield Embedded(key, found, remark)
    for key in ("brevo", "rapidmail"):
        if re.fullmatch(patterns_of(PROVIDERS[key])["action"], plain):
            yield Embedded(key, {"action": plain})


def _by_script(script: dict[str, str]) -> Iterator[Embedded]:
    source, text = script.get("src", ""), script.get("text", "")
    if "data-site" in script and "ghost" in source:
        yield Embedded("ghost", {"server": script["data-site"].strip().rstrip("/")})
    if found := _FORMSPREE.search(text):
        yield Embedded("formspree", {"form": found[1]})
    if found := _SUBSTACK.search(text):
        yield Embedded("substack", {"account": found[1]})


def _by_host(address: str) -> Iterator[Embedded]:
    host = host_of(address)
    for end, key, remark in _SCRIPTED:
        if host == end or host.endswith(f".{end}"):
            yield Embedded(key, _parameters(key, address), remark)


def _parameters(key: str, address: str) -> dict[str, str]:
    if key != "klaviyo":
        return {}
    try:
        company = dict(parse_qsl(urlsplit(address).query, max_num_fields=20)).get("company_id", "")
    except ValueError:
        return {}
    return {"account": company} if re.fullmatch(patterns_of(PROVIDERS[key])["account"], company) else {}


def _by_mail(address: str) -> Iterator[Embedded]:
    if not address.lower().startswith("mailto:"):
        return
    box = unquote(address[len("mailto:") :].partition("?")[0]).strip()
    local, _, domain = box.rpartition("@")
    if not re.fullmatch(patterns_of(PROVIDERS["mail"])["address"], box):
        return
    if local.endswith(("-join", "-subscribe")):
        yield Embedded("mailman", {"address": f"{local.rpartition('-')[0]}@{domain}"})
    else:
        yield Embedded("mail", {"address": box})


def _whole(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address
