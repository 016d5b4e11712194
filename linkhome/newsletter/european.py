"""Know the services from Europe that keep the list and send the mails. For the words on evidence see `hosted`."""

from __future__ import annotations

from .entry import Names, Provider, Setting

_NUMBER = r"[0-9]{1,12}"

EUROPEAN = (
    Provider(
        "brevo",
        "Brevo",
        "form",  # seen in use
        action="{action}",
        names=Names(email="EMAIL", first_name="FIRSTNAME", last_name="LASTNAME", phone="SMS"),
        hidden=(
            ("SMS__COUNTRY_CODE", "{region}"),
            ("OPT_IN", "1"),  # its own box of consent: ours must be ticked before anything is sent
            ("locale", "en"),
            ("html_type", "simple"),
        ),
        honeypot="email_address_check",
        settings=(
            Setting(
                "action",
                "the whole address of your form; under Forms, Share, choose 'Simple HTML' and copy what stands in "
                'action="…"',
                "https://0a1b2c3d.sibforms.com/serve/MUIFAExampleExampleExampleExample",
                r"https://[0-9a-f]{8}\.sibforms\.com/serve/[A-Za-z0-9_-]{20,600}",
            ),
            Setting(
                "region",
                "the code of the country that phone numbers are from",
                '"+49"',
                r"\+[1-9][0-9]{0,3}",
                optional="",
            ),
        ),
        company="Brevo (Sendinblue SAS)",
        country="FR",
        remark="Brevo's names depend on the language of the account: if the form there says PRENOM and NOM, or VORNAME "
        "and NACHNAME, write them under 'names'. Choose the form type 'double opt-in', without a captcha.",
    ),
    Provider(
        "cleverreach",
        "CleverReach",
        "form",  # seen in use
        action="https://{region}.cleverreach.com/f/{account}-{form}/wcs/",
        settings=(
            Setting(
                "region",
                "the first part of the address in the form's source code, under Forms, Embed",
                "seu2",
                r"s?[a-z]{2}[0-9]?",
            ),
            Setting("account", "the number after /f/ in the same address", "123456", _NUMBER),
            Setting("form", "the number after the hyphen in the same address", "234567", _NUMBER),
        ),
        company="CleverReach GmbH & Co. KG",
        country="DE",
        remark="CleverReach numbers its fields: for a name or a phone, write the numbers of its form under 'names'.",
    ),
    Provider(
        "rapidmail",
        "rapidmail",
        "form",  # seen in use; that it keeps no phone is not verified
        action="{action}",
        names=Names(email="email", first_name="firstname", last_name="lastname"),
        hidden=(("rm_comment", ""),),  # a second trap: it must be sent empty
        honeypot="rm_email",
        settings=(
            Setting(
                "action",
                'the whole address of your form; copy what stands in action="…" of the HTML code under Forms',
                "https://t0a1b2c3d.emailsys1a.net/123/4567/0a1b2c3d4e/subscribe/form.html",
                r"https://t[0-9a-z]{4,24}\.emailsys[0-9]a\.net/[0-9]{1,9}/[0-9]{1,9}/[0-9a-f]{6,40}/subscribe/form\.html",
            ),
        ),
        drops=("phone",),
        company="rapidmail GmbH",
        country="DE",
        remark="If the form of rapidmail has a hidden text field whose name begins with f_, write it as 'honeypot'.",
    ),
    Provider(
        "getresponse",
        "GetResponse",
        "form",  # seen in use
        action="https://app.getresponse.com/add_subscriber.html",
        names=Names(
            email="email",
            first_name="first_name",
            last_name="custom_last_name",
            phone="custom_phone",
            list="campaign_token",
        ),
        hidden=(("start_day", "0"),),
        settings=(
            Setting(
                "list",
                "the token of the list: campaign_token in the form's plain HTML code, or under Lists, Settings",
                "AbC1d",
                r"[A-Za-z0-9]{2,20}",
                many=True,
            ),
        ),
        thanks="thankyou_url",
        company="GetResponse",
        country="PL",
        remark="GetResponse keeps a last name or a phone only if custom fields 'last_name' and 'phone' exist there.",
    ),
    Provider(
        "emailoctopus",
        "EmailOctopus",
        "form",  # seen in use; an older form that still works
        action="https://emailoctopus.com/lists/{list}/members/embedded/1.3/add",
        names=Names(email="field_0", first_name="field_1", last_name="field_2", consent="consent"),
        honeypot="hp{list}",
        settings=(
            Setting(
                "list",
                "the list's ID; it stands in the address of the list's page and under its settings",
                "01234567-89ab-cdef-0123-456789abcdef",
                r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            ),
        ),
        thanks="successRedirectUrl",
        company="EmailOctopus (Three Hearts Digital Ltd)",
        country="GB",
        remark="EmailOctopus numbers the fields in the order of the list: if yours is not address, first name, last "
        "name, write the numbers under 'names'; a phone needs one there, too (field_3).",
    ),
)
