"""Say why a host did not do what it was asked, in words for the creator, and without anything secret."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

#: How much is repeated of what a host says.
_MUCH = 200
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")


class HttpError(Exception):
    """Say why a request failed, for the creator. ``perhaps``: what it asked for may have been done all the same.

    ``status`` is that of the answer, 0 if there was none; ``code`` the host's own number for what is wrong, or 0.
    """

    def __init__(self, why: str, hint: str = "", status: int = 0, perhaps: bool = False, code: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint
        self.status = status
        self.perhaps = perhaps
        self.code = code


class Lost(Exception):  # noqa: N818 (it may be found again)
    """Say that there was no whole answer; ``heard``: the host may have got the request."""

    def __init__(self, why: str, heard: bool) -> None:
        super().__init__(why)
        self.why = why
        self.heard = heard


def unanswered(name: str, problem: Exception) -> Lost | HttpError:
    """Return what to say of an exception of requests: a `Lost` if it may pass, an `HttpError` if it may not."""
    import requests
    import urllib3

    if isinstance(problem, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(problem):
        hint = "is the clock of this machine right, and does something on the network read along?"
        return HttpError(f"{name} does not prove who it is (its certificate is not accepted)", hint)
    if isinstance(problem, (requests.exceptions.ProxyError, requests.exceptions.InvalidProxyURL)):
        return HttpError(f"the proxy of this network does not lead to {name}", "check HTTPS_PROXY")
    if isinstance(problem, requests.exceptions.ConnectTimeout):
        return Lost("cannot be reached", heard=False)
    if isinstance(problem, requests.exceptions.ReadTimeout):
        return Lost("did not answer in time", heard=True)
    if isinstance(problem, requests.exceptions.ConnectionError):
        cause = getattr(problem.args[0], "reason", None) if problem.args else None
        if isinstance(cause, urllib3.exceptions.NewConnectionError):
            return Lost("cannot be reached", heard=False)
        return Lost("broke off", heard=True)
    return HttpError(f"{name} cannot be asked ({type(problem).__name__})", perhaps=True)


def refusal(name: str, status: int, data: Any, secrets: Iterable[str]) -> HttpError:
    """Return what to say of an answer that is none of 2xx. ``name`` is the host's, ``data`` the JSON that it sent."""
    said, code = _said(data)
    for secret in secrets:
        said = said.replace(secret, "…")
    shown = f": {said[:_MUCH]}" if said else ""
    if status == 401:
        why = f"{name} does not accept the token (answer 401{shown})"
        return HttpError(why, "is it complete, and still valid? Make a new one if in doubt", status, code=code)
    if status in (402, 403):
        why = f"{name} does not allow this (answer {status}{shown})"
        hint = f"may the token do that? And look at the dashboard of {name}: is a limit of the plan reached?"
        return HttpError(why, hint, status, code=code)
    if 300 <= status < 400:
        return HttpError(f"{name} leads elsewhere (answer {status}), where no token is sent", status=status)
    return HttpError(f"{name} refuses (answer {status}{shown})", status=status, code=code)


def _said(data: Any) -> tuple[str, int]:
    """Return what the host says of a refusal in its own words, made harmless, and its number."""
    for one in _refusals(data):
        message, code = one.get("message"), one.get("code")
        if isinstance(message, str) and message.strip():
            return _UNSEEN.sub(" ", message).strip(), code if isinstance(code, int) else 0
    return "", 0


def _refusals(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, dict):
        errors = data.get("errors")
        yield from (one for one in (errors if isinstance(errors, list) else []) if isinstance(one, dict))
        yield data
