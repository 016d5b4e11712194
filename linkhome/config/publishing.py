"""Name the keys of an entry under ``deploy:``. Which of them a target takes, it says itself: see `deploy.entries`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from .vocabulary import Keys, WebAddress

Port = Annotated[int, Meta(ge=1, le=65535, description="The number of a port.")]
Kept = Annotated[int, Meta(ge=2, le=50, description="How many releases stay on the server, 2 to 50.")]
Budget = Annotated[int, Meta(ge=0, le=9999, description="How many deploys a month are allowed; 0 for any number.")]
Name = Annotated[str, Meta(description="A name of your own for this place: small letters, digits and hyphens.")]


class Deploy(Keys, frozen=True, kw_only=True):
    """A place where the site is published; read by ``linkhome deploy``; the build only looks up mirrors."""

    target: str
    name: Name | None = None
    url: WebAddress | None = None
    repository: str | None = None
    branch: str | None = None
    domain: str | None = None
    cron: str | None = None
    refresh: str | None = None
    python: str | None = None
    site: str | None = None
    draft: bool | None = None
    budget: Budget | None = None
    api: WebAddress | None = None
    account: str | None = None
    script: str | None = None
    host: str | None = None
    user: str | None = None
    port: Port | None = None
    path: str | None = None
    keep: Kept | None = None
    known_hosts: str | None = None
    identity: str | None = None
    certificate: str | None = None
    bucket: str | None = None
    endpoint: WebAddress | None = None
    region: str | None = None
    prefix: str | None = None
    zip: str | None = None
    options: dict[str, str] = field(default_factory=dict)

    def given(self) -> dict[str, str]:
        """Return what was written for the target, as texts: everything but ``target``, ``name`` and ``url``."""
        names = [one for one in self.__struct_fields__ if one not in ("target", "name", "url", "options")]
        own = {name: _as_text(value) for name in names if (value := getattr(self, name)) is not None}
        return own | self.options


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
