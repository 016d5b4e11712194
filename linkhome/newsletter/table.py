"""Hold the table of all providers, in the order in which they are listed."""

from __future__ import annotations

from .backends import BACKENDS
from .entry import Provider
from .european import EUROPEAN
from .hosted import HOSTED
from .selfhosted import SELFHOSTED

#: Every provider by the key that the creator writes after ``provider:``.
PROVIDERS: dict[str, Provider] = {provider.key: provider for provider in (*HOSTED, *EUROPEAN, *SELFHOSTED, *BACKENDS)}

#: Names that providers had before, or that people use for them.
FORMER = {
    "convertkit": "kit",
    "sendinblue": "brevo",
    "cloudflare": "worker",
    "email": "mail",
    "mailto": "mail",
    "mailman3": "mailman",
}
