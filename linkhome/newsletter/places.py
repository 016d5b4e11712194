"""Say what may be pasted: addresses that lead to one place and nowhere else, and nothing that must stay secret."""

from __future__ import annotations

import re

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"(?=[^/?#]{{1,255}}(?:[/?#]|$))(?:{_LABEL}\.)+{_LABEL}"
_PORT = r"(?::[1-9][0-9]{0,4})?"
#: https for everybody; without it only what runs on this computer.
_ORIGIN = rf"(?:https://{_HOST}{_PORT}|https?://(?:localhost|127\.0\.0\.1|\[::1\]){_PORT})"
_STEP = r"/(?!\.{1,2}(?:[/?#]|$))"
#: The root of something that the creator runs: no password, no ``..``, no parameters, no ``/`` at the end.
SERVER = rf"{_ORIGIN}(?:{_STEP}[A-Za-z0-9._~-]+)*"
_PATH = rf"(?:{_STEP}(?:[A-Za-z0-9._~!$&()*+,;=:@-]|%[0-9A-Fa-f]{{2}})*)*"
_QUERY = r"(?:\?(?:[A-Za-z0-9._~!$&()*+,;=:@/?\[\]-]|%[0-9A-Fa-f]{2})*)?"
#: Where a form of any kind may post to: such an address with a path, or a path on the same site.
ACTION = rf"(?:{_ORIGIN}{_PATH}|(?=/(?!/)){_PATH}){_QUERY}"

#: Names and words that go into a page: no control characters, nothing that hides.
_STRANGE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff0-\uffff]"
)
LONGEST_NAME, LONGEST_VALUE = 120, 2000

#: The shapes in which providers hand out keys of their interfaces. Who has one can read and change the list.
_SECRET = re.compile(
    r"""(?x)(?<![0-9A-Za-z_])(?:
      [sr]k_(?:[a-z]+_)?[0-9A-Za-z]{16,}                   # secret keys of many: sk_live_…
    | re_[0-9A-Za-z]{8}_[0-9A-Za-z]{16,}                   # Resend
    | x(?:keysib|smtpsib)-[0-9A-Za-z-]{16,}                # Brevo
    | mls[np]\.[0-9A-Za-z]{16,}                            # MailerSend, of the house of MailerLite
    | [0-9a-f]{32}-[a-z]{2}[0-9]{1,3}(?![0-9A-Za-z])       # Mailchimp
    | [0-9a-f]{24}:[0-9a-f]{64}                            # Ghost
    | pk_[0-9a-f]{30,}                                     # Klaviyo calls its private keys so
    | kit_[0-9a-f]{20,}                                    # Kit
    | eo_[0-9a-f]{30,}                                     # EmailOctopus
    | nf[a-z]_[0-9A-Za-z]{20,}                             # Netlify
    | SG\.[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}           # SendGrid
    | gh[pousr]_[0-9A-Za-z]{20,}                           # GitHub
    | eyJ[0-9A-Za-z_-]{5,}\.[0-9A-Za-z_-]{5,}              # tokens of MailerLite and others: JSON in base 64
    | (?:Bearer|Basic|Token|Klaviyo-API-Key)\ +(?=[A-Za-z+/=._-]*[0-9])[0-9A-Za-z+/=._-]{20,}  # out of a program
    )"""
)
#: Other things that only secrets are: tokens of hosts, a private key, a password in an address, what is called so.
_KEYS = re.compile(
    r"""(?x)github_pat_\w{20,} | glpat-[\w-]{15,} | A[KS]IA[0-9A-Z]{16} | -----BEGIN\ [A-Z\ ]*PRIVATE\ KEY\S*
    | (?<=://)[^\s/:@]+:[^\s/@]+(?=@)"""
)
_CALLED = re.compile(r"(?i)(?<![\w-])((?:password|passwort|passphrase|secret|token)[ ]*:[ ]+)([^\s,}#][^\s,}]*)")


def is_secret(text: str) -> bool:
    """Tell whether a text is, or holds, what looks like the secret key of some provider."""
    return bool(_SECRET.search(text))


def blotted(text: str) -> str:
    """Return a text with every such key blotted out, letter by letter: what stands behind it keeps its place."""
    plain = _KEYS.sub(lambda key: "*" * len(key[0]), _SECRET.sub(lambda key: "*" * len(key[0]), text))
    return _CALLED.sub(lambda found: found[1] + "*" * len(found[2]), plain)


def holds_key(text: str) -> bool:
    """Tell whether a text holds a secret key of a provider or a host, or an address with a password in it."""
    return bool(_SECRET.search(text) or _KEYS.search(text))


def is_plain(text: str, longest: int = LONGEST_VALUE) -> bool:
    """Tell whether a text is fit to be an attribute of a form: not too long, nothing that does not show."""
    return len(text) <= longest and not _STRANGE.search(text)
