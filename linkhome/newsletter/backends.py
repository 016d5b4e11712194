"""Know what only takes the form and keeps its entries: form services, own workers, mails, any other form."""

from __future__ import annotations

from .entry import Fetch, Names, Provider, Setting
from .places import ACTION, SERVER

#: For those that keep whatever they are sent.
_ANY = Names("email", "first_name", "last_name", "phone", "tags", "", "consent", "phone_consent")
_CONFIRM = "It sends no mail to confirm: you must do that yourself before you write to anybody."


def _worker(key: str, name: str, company: str, country: str, remark: str) -> Provider:
    """Return a provider that is reached through the creator's own worker: `linkhome newsletter worker`."""
    return Provider(
        key,
        name,
        "worker",
        action="{server}/subscribe",
        names=_ANY,
        honeypot="website",
        settings=(
            Setting(
                "server",
                "the address of your own worker; 'linkhome newsletter worker cloudflare' makes one",
                "https://list.lina.example",
                SERVER,
            ),
        ),
        fetch=Fetch(success="ok"),
        company=company,
        country=country,
        remark=remark,
    )


BACKENDS = (
    Provider(
        "netlify",
        "Netlify Forms",
        "form+fetch",
        action="",  # a page of the same site: the page knows it
        names=_ANY,
        hidden=(("form-name", "{form}"),),
        honeypot="bot-field",
        settings=(
            Setting(
                "form",
                "a name for the form, of your choice; Netlify lists its entries under it",
                "newsletter",
                r"[A-Za-z][A-Za-z0-9_-]{0,63}",
                optional="newsletter",
            ),
        ),
        fetch=Fetch(accept="text/html"),
        double_opt_in="none",
        remark=f"Netlify Forms works only where Netlify serves the site. {_CONFIRM}",
    ),
    Provider(
        "formspree",
        "Formspree",
        "form+fetch",
        action="https://formspree.io/f/{form}",
        names=_ANY,
        honeypot="_gotcha",
        settings=(
            Setting(
                "form",
                "the last part of the form's address, formspree.io/f/FORM; it stands under Integration",
                "abcdwxyz",
                r"[A-Za-z0-9]{6,40}",
            ),
        ),
        fetch=Fetch(success="ok"),
        double_opt_in="none",
        thanks="_next",
        remark=f"Formspree goes to your thanks page only in paid plans. {_CONFIRM}",
    ),
    Provider(
        "basin",
        "Basin",
        "form+fetch",  # seen in use
        action="https://usebasin.com/f/{form}",
        names=_ANY,
        honeypot="_gotcha",
        settings=(
            Setting(
                "form",
                "the last part of the form's address, usebasin.com/f/FORM",
                "0a1b2c3d4e5f",
                r"[A-Za-z0-9]{6,40}",
            ),
        ),
        fetch=Fetch(),
        double_opt_in="none",
        remark=f"The page after the sign-up is set at Basin. {_CONFIRM}",
    ),
    Provider(
        "web3forms",
        "Web3Forms",
        "form+fetch",
        action="https://api.web3forms.com/submit",
        names=_ANY,
        hidden=(("access_key", "{key}"),),
        honeypot="botcheck",
        honeypot_kind="checkbox",
        settings=(
            Setting(
                "key",
                "the access key that came by mail; it is no secret, for it stands in the page",
                "01234567-89ab-cdef-0123-456789abcdef",
                r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            ),
        ),
        fetch=Fetch(success="success"),
        double_opt_in="none",
        thanks="redirect",
        remark=f"Web3Forms only passes entries on to you by mail. {_CONFIRM}",
    ),
    _worker("worker", "your own worker", "", "", ""),
    _worker(
        "mailjet",
        "Mailjet",
        "Mailjet",
        "FR",
        "Mailjet has no form for other pages: your worker passes people on to it.",
    ),
    _worker(
        "resend", "Resend", "Resend", "US", "Resend has no form for other pages: your worker passes people on to it."
    ),
    Provider(
        "mail",
        "Mail",
        "mail",
        settings=(
            Setting(
                "address",
                "your own address, to which people write that they want your mails",
                "hello@lina.example",
                r"[A-Za-z0-9._+-]{1,60}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}",
            ),
        ),
        double_opt_in="none",
        link="mailto:{address}",
        native=False,
        drops=("first_name", "last_name", "phone"),
    ),
    Provider(
        "tinyletter",
        "TinyLetter",
        "form",
        double_opt_in="none",
        closed="TinyLetter was closed on 29 February 2024, and its lists with it",
    ),
    Provider(
        "custom",
        "your provider",
        "form",
        action="{action}",
        names=_ANY,
        settings=(
            Setting(
                "action",
                'the address that the form posts to: action="…" in what your provider gives you',
                "https://lists.example.com/subscribe",
                ACTION,
            ),
        ),
    ),
)
