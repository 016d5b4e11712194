"""Read the JSON of an answer, whatever its headers call it, and tell an error message from data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import rubbish
from .decode import text as decoded
from .reading import Unusable
from .tidy import line

if TYPE_CHECKING:
    from .fetch import Answer

Object = dict[str, Any]


def json_object(answer: Answer) -> Object:
    """Return the object that an answer holds.

    Raises:
        Unusable: it holds none (``not-json``), or the platform's own word that it failed.
    """
    found = json_value(answer)
    if not isinstance(found, dict):
        raise Unusable("not-json", "the answer is a list, not the data that was asked for")
    return found


def json_value(answer: Answer) -> Object | list[Any]:
    """Return the object or list that an answer holds. Decided by its first character, not by its content type.

    Raises:
        Unusable: as `json_object`, but for lists.
    """
    body = decoded(answer).lstrip("\ufeff \t\r\n\f")
    try:
        found = json.loads(body, strict=False) if body[:1] in ("{", "[") else None
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        raise Unusable("not-json", "the answer is not the data that was asked for")
    _refuse_error(found)
    return found


def _refuse_error(found: Object) -> None:
    error = next((value for value in (found.get("error"), found.get("errors"), _nested(found)) if value), None)
    if error is None and found.get("success") is not False:
        return
    details = error if isinstance(error, dict) else {}
    meta = rubbish.meta_error(details)
    if meta:
        raise Unusable(*meta)
    said = next(
        (
            text
            for value in (found.get("message"), found.get("error_description"), details.get("message"), error)
            if (text := line(value, 120))
        ),
        "",
    )
    raise Unusable("error", f"the platform says: {said}" if said else "the platform says that it failed")


def _nested(found: Object) -> object:
    """Return the error of answers that wrap everything in ``response``, as Spreaker's do."""
    inner = found.get("response")
    return inner.get("error") if isinstance(inner, dict) else None
