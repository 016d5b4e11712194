"""Turn what a provider gives people to paste into the map for the key ``newsletter``."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from . import embedded
from .entry import EXTRAS, Provider
from .filling import fill_text, read
from .guessing import Read, understand
from .pasted import patterns_of
from .places import ACTION, is_plain, is_secret
from .snippet import LONGEST, Form, Snippet
from .snippet import read as read_snippet
from .table import PROVIDERS
from .target import resolve

#: Names of fields without which an address that anybody could have is not that of a provider.
_SIGNS = {
    "keila": {"contact[email]"},
    "listmonk": {"email", "l"},
    "sendy": {"email", "list", "subform"},
    "worker": {"email", "website", "consent"},
}
#: Addresses that lead to the same as those of the table.
_OTHERS = (
    ("buttondown", "https://buttondown.email/api/emails/embed-subscribe/{account}"),
    ("kit", "https://app.convertkit.com/forms/{form}/subscriptions"),
    ("emailoctopus", "https://emailoctopus.com/lists/{list}/members/embedded/1.3s/add"),
    ("emailoctopus", "https://emailoctopus.com/lists/{list}/members/embedded/1.2/add"),
    ("substack", "https://{account}.substack.com/api/v1/free"),
    ("klaviyo", "https://manage.kmail-lists.com/subscriptions/external/subscribe?a={account}&g={list}"),
)
#: What may stand in an address as it is; all else is percent-encoded.
_RESERVED = "!$&()*+,;=:@/?%[]~"


class Known(NamedTuple):
    """Hold whose form it is, and the settings that its address tells."""

    provider: Provider
    values: dict[str, str]


def detect(html: str) -> tuple[dict[str, object], list[str]]:
    """Return the map for the key ``newsletter`` and remarks on it, from the HTML that a provider gives.

    The map has ``provider``, its settings, and ``fields`` if the form asks for more than the address; it is empty when
    nothing was found. What it holds is checked by nobody yet: give it to `resolve`, which must agree. Only the
    first 500,000 characters count. Never raises, and takes time in proportion to the length.
    """
    snippet = read_snippet(html)
    remarks = [f"only the first {LONGEST:,} characters were read"] if len(html) > LONGEST else []
    form, content = _best(snippet.forms)
    if form is None:
        found = _without_form(snippet, remarks)
    else:
        if snippet.captcha or content.lost:
            remarks.append("the form has a captcha or a token of its page: turn that off, or it will refuse yours")
        if content.left:
            names = ", ".join(f"'{name}'" for name in content.left[:5])
            remarks.append(f"these fields are left out, for a sign-up has no place for them: {names}")
        found = _of_form(form, content, remarks)
    unfit = [key for key, text in found.items() if isinstance(text, str) and (is_secret(text) or not is_plain(text))]
    if unfit or content.secret:
        remarks.append("something that looks like a secret key was left out: it must not stand in a page")
    return {key: value for key, value in found.items() if key not in unfit}, remarks


def _without_form(snippet: Snippet, remarks: list[str]) -> dict[str, object]:
    """Return what frames, scripts and links tell."""
    found = embedded.find(snippet)
    if found is None:
        remarks.append("there is no form in it: choose the HTML code of a form at your provider")
        return {}
    provider = PROVIDERS[found.provider]
    if provider.closed or found.remark:
        remarks.append(provider.closed or found.remark)
    return {} if provider.closed else {"provider": found.provider, **found.settings}


def _best(forms: list[Form]) -> tuple[Form | None, Read]:
    """Return the form that asks for an address (the first, if none does) with what its fields are for."""
    first: tuple[Form | None, Read] = None, Read({}, (), (), (), False, False)
    for form in forms:
        content = understand(form)
        if "email" in content.names:
            return form, content
        if first[0] is None and content.names:
            first = form, content
    return first


def _of_form(form: Form, content: Read, remarks: list[str]) -> dict[str, object]:
    """Return the map of a form: that of its provider, if one is known by it and all is there that it wants."""
    action = _whole(form.action)
    known = _known(form, content, action)
    if known is None:
        return _custom(form, content, action, remarks)
    if known.provider.closed:
        remarks.append(known.provider.closed)
        return {}
    more: list[str] = []
    found = _map(known, content, more)
    problems = resolve(known.provider.key, _settings(found))[1]
    if problems:
        other: list[str] = []
        plain = _custom(form, content, action, other)
        if "action" in plain and not resolve("custom", _settings(plain))[1]:
            why = problems[0].message
            remarks += [*other, f"this is a form of {known.provider.name}, but not all that it wants is there: {why}"]
            return plain
    remarks += more
    return found


def _settings(found: dict[str, object]) -> dict[str, object]:
    """Return of a map what `resolve` wants to know."""
    return {key: value for key, value in found.items() if key not in ("provider", "fields")}


def _known(form: Form, content: Read, action: str) -> Known | None:
    sent = {*content.names.values(), *content.traps, *(name for name, _ in content.hidden)}
    if form.netlify or ("form-name" in sent and not action.startswith("https:")):
        return Known(PROVIDERS["netlify"], {"form": form.name} if form.name else {})
    if re.match(r"https?://(?:www\.)?tinyletter\.com/", action):
        return Known(PROVIDERS["tinyletter"], {})
    tables = [(key, provider.action) for key, provider in PROVIDERS.items() if provider.action]
    for key, template in (*tables, *_OTHERS):
        provider = PROVIDERS[key]
        if key == "custom" or not _SIGNS.get(key, set()) <= sent or (provider.mode == "worker" and key != "worker"):
            continue
        secure = re.sub(r"^http://(?!localhost|127\.|\[)", "https://", action)
        values = read(template, secure, patterns_of(provider))
        if values is not None:
            return Known(provider, values)
    return None


def _map(known: Known, content: Read, remarks: list[str]) -> dict[str, object]:
    """Return the map of a provider that is in the table: its settings, and where the form differs from the table."""
    provider, values = known.provider, dict(known.values)
    taken = _take(provider, content, values)
    names: dict[str, str] = {}
    for what, name in content.names.items():
        if what in provider.drops:
            remarks.append(f"{provider.name} does not keep '{what}' of this form")
        elif name != getattr(provider.names, what) and name not in dict(provider.hidden):
            names[what] = name
    tags = [text for name, text in content.hidden if name == provider.names.tags]
    if provider.join:
        tags = [part for text in tags for part in text.split(provider.join)]
    lists = [text for name, text in content.hidden if name == provider.names.list]
    if lists and any(setting.name == "list" for setting in provider.settings):
        values["list"] = ", ".join(dict.fromkeys(lists))
    # Whether somebody agreed is told by the boxes of the page, which send what was agreed to.
    taken |= {provider.names.tags, provider.names.list, provider.thanks}
    taken |= {provider.names.consent, provider.names.phone_consent}
    honeypot, hidden = _traps(provider, values, content)
    hidden |= _hidden([pair for pair in content.hidden if pair[0] not in taken], remarks)
    found: dict[str, object] = {"provider": provider.key}
    for setting in provider.settings:
        if value := values.get(setting.name, ""):
            found[setting.name] = value
    return found | _rest(content, names, hidden, honeypot, [tag.strip() for tag in tags if tag.strip()], provider.drops)


def _take(provider: Provider, content: Read, values: dict[str, str]) -> set[str]:
    """Read settings out of the hidden fields that stand for them; return the names of those that the table has."""
    sent, taken = dict(content.hidden), set[str]()
    patterns = patterns_of(provider)
    for name, template in (*provider.hidden, *(provider.fetch.hidden if provider.fetch else ())):
        if name not in sent:
            continue
        found = read(template, sent[name], patterns) if _is_readable(template, patterns) else None
        values |= found or {}
        if found is not None or not _is_readable(template, patterns):
            taken.add(name)
    return taken


def _is_readable(template: str, patterns: dict[str, str]) -> bool:
    return all(place in patterns for place in re.findall(r"\{(\w+)\}", template))


def _traps(provider: Provider, values: dict[str, str], content: Read) -> tuple[str, dict[str, str]]:
    """Return the honeypot if it is not that of the table, and further ones as hidden fields that stay empty."""
    try:
        ours = fill_text(provider.honeypot, values)
    except KeyError:
        ours = ""
    theirs = [name for name in content.traps if name != ours and (name, "") not in provider.hidden]
    if ours and (ours in content.traps or not theirs):
        return "", dict.fromkeys(theirs, "")
    return (theirs[0], dict.fromkeys(theirs[1:], "")) if theirs else ("", {})


def _custom(form: Form, content: Read, action: str, remarks: list[str]) -> dict[str, object]:
    """Return the map of a form that nobody knows."""
    found: dict[str, object] = {"provider": "custom"}
    address = action.partition("#")[0]
    if is_secret(address):
        remarks.append("its address holds what looks like a secret key: it must not stand in a page")
    elif re.fullmatch(ACTION, secure := re.sub(r"^http://(?!localhost|127\.|\[)", "https://", address)):
        found["action"] = secure
        if secure != address:
            remarks.append("its address begins with http://; https:// was written instead: try it")
    else:
        remarks.append("its address is not whole: look up where the form posts to, and write it as 'action'")
    if form.method == "get":
        found["method"] = "get"
    if "email" not in content.names:
        remarks.append("no field for an e-mail address was found: write its name under 'names'")
    names = {what: name for what, name in content.names.items() if name != what}
    traps = list(content.traps)
    hidden = dict.fromkeys(traps[1:], "") | _hidden(list(content.hidden), remarks)
    return found | _rest(content, names, hidden, traps[0] if traps else "", [], ())


def _hidden(pairs: list[tuple[str, str]], remarks: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in pairs:
        if name in found and found[name] != text:
            remarks.append(f"the hidden field '{name}' is there several times: only the first was taken")
        else:
            found[name] = text
    return found


def _rest(
    content: Read, names: dict[str, str], hidden: dict[str, str], honeypot: str, tags: list[str], drops: tuple[str, ...]
) -> dict[str, object]:
    """Return the keys that every map may have, without the empty ones."""
    extras = [extra for extra in EXTRAS if extra in content.names and extra not in drops]
    found: dict[str, object] = {
        "fields": ["email", *extras] if extras else [],
        "names": names,
        "hidden": hidden,
        "honeypot": honeypot,
        "tags": tags,
    }
    return {key: value for key, value in found.items() if value}


def _whole(action: str) -> str:
    """Return an address as a browser would understand it on a page of https."""
    action = re.sub(r"[\t\r\n]", "", action).strip().replace("\\", "/")
    action = f"https:{action}" if action.startswith("//") else action
    return quote(action, safe=_RESERVED) if is_plain(action) else ""
