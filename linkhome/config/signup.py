"""Name the keys of the sign-up: where it goes, what it asks, and to what people say yes."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from .vocabulary import Email, Keys, Markdown, Text, WebAddress

#: Every provider of `linkhome.newsletter.table`; a test holds the two together.
Provider = Literal[
    "custom", "basin", "beehiiv", "brevo", "buttondown", "cleverreach", "emailoctopus", "formspree", "getresponse",
    "ghost", "keila", "kit", "klaviyo", "listmonk", "loops", "mail", "mailchimp", "mailerlite", "mailjet", "mailman",
    "netlify", "rapidmail", "resend", "sendy", "substack", "tinyletter", "web3forms", "worker",
]  # fmt: skip

#: What a visitor can be asked for.
Field = Literal["email", "first_name", "last_name", "phone"]
#: What is sent under a name of its own.
Sent = Literal["email", "first_name", "last_name", "phone", "consent", "phone_consent"]

Account = Annotated[str, Meta(description="The name of your account or newsletter at the provider.")]
User = Annotated[str, Meta(description="The provider's number of you.")]
Form = Annotated[str, Meta(description="The number or address of a form at the provider.")]
List = Annotated[str, Meta(description="The number of a list at the provider.")]
Region = Annotated[str, Meta(description="Which of the provider's servers yours is.")]
Server = Annotated[str, Meta(description="The address of your own server: https://news.example.")]
Key = Annotated[str, Meta(description="A key that is meant to be public. Never a secret one.")]
Mailbox = Annotated[str, Meta(description="An e-mail address that takes sign-ups.")]


class Sender(Keys, frozen=True, kw_only=True):
    """Where sign-ups go: a provider, and what it wants to be told."""

    provider: Provider = "custom"
    account: Account | None = None
    user: User | None = None
    form: Form | None = None
    list_: List | list[List] | None = field(name="list", default=None)
    region: Region | None = None
    server: Server | None = None
    key: Key | None = None
    address: Mailbox | None = None
    action: WebAddress | None = None
    method: Literal["post", "get"] | None = None
    names: dict[Sent, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    honeypot: str | None = None
    tags: list[str] = field(default_factory=list)

    def given(self) -> dict[str, object]:
        """Return what `linkhome.newsletter.target.resolve` is to know: the keys that were written."""
        found = {
            **{name: getattr(self, name) for name in ("account", "user", "form", "region", "server", "key", "address")},
            "list": self.list_,
            "action": self.action,
            "method": self.method,
            "honeypot": self.honeypot,
            "names": dict(self.names),
            "hidden": dict(self.hidden),
            "tags": list(self.tags),
        }
        return {name: value for name, value in found.items() if value}


class Fallback(Sender, frozen=True, kw_only=True):
    """Where sign-ups go when the provider cannot be reached."""


class Newsletter(Sender, frozen=True, kw_only=True):
    """The sign-up form, and what stands in it."""

    title: Text | None = None
    text: Markdown | None = None
    fields: list[Field] = field(default_factory=lambda: ["email"])
    second_step: bool = False
    button: Text | None = None
    small: Markdown | None = None
    mail: Email | None = None
    about: Text | None = None
    often: Text | None = None
    consent: Markdown | None = None
    phone_consent: Markdown | None = None
    version: str | None = None
    fallback: Fallback | None = None
    backup: dict[str, str] = field(default_factory=dict)
