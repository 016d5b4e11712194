"""Ask a host until when its certificate is good."""

from __future__ import annotations

import socket
import ssl
from typing import NamedTuple
from urllib.parse import urlsplit

_PATIENCE = 10.0


class Trusted(NamedTuple):
    """Say whom to believe, and where hosts are; without anything, as every program of this machine does."""

    ca: str = ""
    hosts: dict[str, tuple[str, int]] = {}  # noqa: RUF012 (never changed)


def ends_at(url: str, trusted: Trusted) -> float:
    """Return the moment at which the certificate of a host ends, in seconds since 1970; 0 if that cannot be known.

    One that nobody believes cannot be read: that it does not fit is told by whoever asks for a page.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    context = ssl.create_default_context(cafile=trusted.ca or None)
    try:
        place = trusted.hosts.get(host) or (host, parts.port or 443)
        with (
            socket.create_connection(place, timeout=_PATIENCE) as plain,
            context.wrap_socket(plain, server_hostname=host) as connection,
        ):
            ends = (connection.getpeercert() or {}).get("notAfter")
    except (OSError, ValueError):
        return 0.0
    return float(ssl.cert_time_to_seconds(ends)) if isinstance(ends, str) else 0.0
