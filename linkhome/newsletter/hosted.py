"""Know the large services that keep the list and send the mails, wherever in the world.

Where nothing is said, the vendor's own documentation was read. "Seen in use" means that the address and the names come
from forms on public pages, not from the vendor's word.
"""

from __future__ import annotations

from .entry import Fetch, Names, Provider, Setting

_NUMBER = r"[0-9]{1,12}"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SLUG = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"

HOSTED = (
    Provider(
        "buttondown",
        "Buttondown",
        "form",  # its manual forbids scripts: the answer may be a page that the visitor must follow
        action="https://buttondown.com/api/emails/embed-subscribe/{account}",
        names=Names(
            email="email",
            first_name="metadata__first-name",
            last_name="metadata__last-name",
            phone="metadata__phone",
            tags="tag",
            consent="metadata__consent",
            phone_consent="metadata__phone-consent",
        ),
        hidden=(("embed", "1"),),
        settings=(
            Setting(
                "account",
                "the name of your newsletter, the last part of its address buttondown.com/NAME",
                "lina",
                r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
            ),
        ),
        company="Buttondown",
        country="US",
        remark="Buttondown shows its own page after the sign-up; another one can be set in its settings.",
    ),
    Provider(
        "kit",
        "Kit",
        "form+fetch",  # the form: seen in use; the answer in JSON: not verified, so only its best case counts
        action="https://app.kit.com/forms/{form}/subscriptions",
        names=Names(
            email="email_address",
            first_name="fields[first_name]",
            last_name="fields[last_name]",
            phone="fields[phone]",
            tags="tags[]",
        ),
        settings=(
            Setting(
                "form",
                "the number of your form; it stands in its address, and in the embed code under 'HTML'",
                "1234567",
                _NUMBER,
            ),
        ),
        fetch=Fetch(success="status=success"),
        company="Kit",
        country="US",
        remark="Kit keeps a last name or a phone only if custom fields 'last_name' and 'phone' exist there. Tags are "
        "their numbers.",
    ),
    Provider(
        "mailchimp",
        "Mailchimp",
        "form+jsonp",  # seen in use; its answer can only be read by running its script here, so the form it is
        action="https://{account}.{region}.list-manage.com/subscribe/post?u={user}&id={list}&f_id={form}",
        names=Names(email="EMAIL", first_name="FNAME", last_name="LNAME", phone="PHONE", tags="tags"),
        hidden=(("subscribe", "Subscribe"),),
        honeypot="b_{user}_{list}",
        settings=(
            Setting(
                "account",
                "the first part of the address in the embedded form, https://ACCOUNT.us21.list-manage.com",
                "lina",
                _SLUG,
            ),
            Setting("region", "the part after that, such as us21", "us21", r"[a-z]{2}[0-9]{1,3}"),
            Setting("user", "what follows 'u=' in the same address", "0123456789abcdef012345678", r"[0-9a-f]{10,40}"),
            Setting("list", "what follows 'id=' in the same address", "0a1b2c3d4e", r"[0-9a-f]{6,20}"),
            Setting("form", "what follows 'f_id=' in the same address", "00a1b2c3d4", r"[0-9a-f]{6,20}", optional=""),
        ),
        join=",",
        company="Intuit Mailchimp",
        country="US",
        remark="Mailchimp keeps what the audience has a merge tag for: FNAME, LNAME, PHONE. Tags are their numbers.",
    ),
    Provider(
        "mailerlite",
        "MailerLite",
        "form",  # seen in use
        action="https://assets.mailerlite.com/jsonp/{account}/forms/{form}/subscribe",
        names=Names(
            email="fields[email]",
            first_name="fields[name]",
            last_name="fields[last_name]",
            phone="fields[phone]",
            tags="groups[]",
        ),
        hidden=(("ml-submit", "1"), ("anticsrf", "true")),
        settings=(
            Setting("account", "the number after /jsonp/ in the embedded form, under 'HTML code'", "123456", _NUMBER),
            Setting("form", "the number after /forms/ in the same address", "123456789012345678", r"[0-9]{1,24}"),
        ),
        remark="MailerLite may answer with a page of bare code: set a page to go to in the form's settings, and try "
        "it. Tags are the numbers of groups.",
    ),
    Provider(
        "beehiiv",
        "beehiiv",
        "form",
        action="https://magic.beehiiv.com/v1/{account}",
        method="get",
        settings=(
            Setting(
                "account",
                "the number in a magic link of beehiiv, https://magic.beehiiv.com/v1/NUMBER",
                "01234567-89ab-cdef-0123-456789abcdef",
                _UUID,
            ),
        ),
        thanks="redirect_to",
        drops=("first_name", "last_name", "phone"),
        company="beehiiv",
        country="US",
    ),
    Provider(
        "substack",
        "Substack",
        "form",  # seen in use; a script could send it but never read the answer
        action="https://{account}.substack.com/api/v1/free?nojs=true",
        settings=(Setting("account", "the first part of your address, NAME.substack.com", "lina", _SLUG),),
        double_opt_in="none",
        drops=("first_name", "last_name", "phone"),
        company="Substack",
        country="US",
        remark="Substack does not document this form, nor a mail to confirm: try it now and then.",
    ),
    Provider(
        "loops",
        "Loops",
        "fetch-only",  # seen in use
        action="https://app.loops.so/api/newsletter-form/{form}",
        names=Names(email="email", first_name="firstName", last_name="lastName", phone="phone", list="mailingLists"),
        settings=(
            Setting(
                "form",
                "the last part of the form's endpoint, under Forms, Settings",
                "cl0123456789abcdefghijklm",
                r"[A-Za-z0-9]{10,40}",
            ),
            Setting(
                "list",
                "the id of a mailing list, under Lists",
                "cm0123456789abcdefghijklm",
                r"[A-Za-z0-9]{10,40}",
                optional="",
                many=True,
            ),
        ),
        fetch=Fetch(success="success"),
        poor="without JavaScript Loops answers with a line of code instead of a page",
        join=",",
        remark="Loops keeps a phone only if a contact property 'phone' exists there.",
    ),
    Provider(
        "klaviyo",
        "Klaviyo",
        "form+fetch",  # seen in use
        action="https://manage.kmail-lists.com/subscriptions/subscribe?a={account}&g={list}",
        names=Names(email="email", first_name="$first_name", last_name="$last_name", phone="$phone_number"),
        hidden=(("$fields", "{others}"),),
        settings=(
            Setting("account", "the public API key, or site ID: six letters and digits", "AbC123", r"[A-Za-z0-9]{6}"),
            Setting("list", "the list's ID, under the list's settings", "XyZ789", r"[A-Za-z0-9]{6}"),
        ),
        fetch=Fetch(
            url="https://manage.kmail-lists.com/ajax/subscriptions/subscribe",
            hidden=(("a", "{account}"), ("g", "{list}")),
            success="success",
        ),
        company="Klaviyo",
        country="US",
    ),
)
