"""Hold the interface texts: English and German here, other languages from the site's key ``texts``.

`TEXTS["en"]` is the reference of every key. Placeholders in braces are filled by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: dict[str, str] = {
    "language": "English",
    "skip": "Skip to the page",
    "home": "Home",
    "elsewhere": "Elsewhere",
    "languages": "Languages",
    "footer": "About this page",
    "more": "More",
    "open": "Open",
    "featured": "Have a look",
    "show_all": "All posts",
    "posts": "Posts",
    "posts_about": "Posts about {tag}",
    "newer": "Newer",
    "older": "Older",
    "page_of": "Page {number} of {count}",
    "updated": "Updated {date}",
    "feed": "Feed",
    "imprint": "Imprint",
    "privacy": "Privacy",
    "newsletter": "Newsletter",
    "newsletter_button": "Sign me up",
    "newsletter_consent": "Yes, send me the newsletter.",
    "newsletter_small": "You get one mail to confirm. Unsubscribe with one click.",
    "newsletter_small_once": "Unsubscribe with one click.",
    "newsletter_yes": (
        "Yes, {name} may write to me {often} about {about}, also when social networks are down. I can take this "
        "back at any time, with the link in every mail."
    ),
    "newsletter_sender": "The mails are sent with {sender}.",
    "newsletter_privacy": "More under {privacy}.",
    "newsletter_phone": "Yes, {name} may also reach me at this mobile number. I can take this back at any time.",
    "newsletter_boxes": "Your consent",
    "newsletter_more": "Add more about you",
    "newsletter_trap": "Leave this empty",
    "newsletter_mail": "Or by mail: {address}",
    "newsletter_mail_subject": "Newsletter",
    "newsletter_mail_body": "Please put me on the list.",
    "newsletter_link": "Sign up on {host}",
    "email": "E-mail",
    "first_name": "First name",
    "last_name": "Last name",
    "phone": "Phone",
    "mobile": "Mobile",
    "mobile_hint": "With the country: +44 20 7946 0018",
    "thanks_title": "Thank you",
    "thanks_text": "You are on the list. The next letter comes to you, whatever becomes of the platforms.",
    "check_title": "Look into your mail",
    "check_text": (
        "One mail is on its way to you, with a link in it. You are on the list once you have opened that link. If "
        "nothing comes, look among the unwanted mail."
    ),
    "sorry_title": "That did not work",
    "sorry_text": "The sign-up did not go through, and nothing was kept. Try again in a moment.",
    "sorry_mail": "Or write to {address}.",
    "signup_sending": "Sending …",
    "signup_done": "You are on the list. Thank you!",
    "signup_confirm": "Almost done: a mail is on its way to you. Open the link in it.",
    "signup_kept": (
        "The list cannot be reached just now. What you wrote is kept on this device only, for 7 days at most, and "
        "sent as soon as it works."
    ),
    "signup_unkept": (
        "The list cannot be reached just now, and this browser keeps nothing. Try again later, or write a mail."
    ),
    "signup_delete": "Delete it",
    "signup_deleted": "It is deleted.",
    "signup_send_now": "Send it now",
    "signup_sent": "What was kept on this device is sent now.",
    "signup_failed": "That did not work. Try again, or write a mail.",
    "signup_refused": "The list says no: {why}",
    "signup_email_missing": "Write your e-mail address here.",
    "signup_email_wrong": "“{value}” is no e-mail address. It looks like this: name@example.org",
    "signup_email_typo": "Did you mean {value}?",
    "signup_phone_wrong": "“{value}” is no telephone number. Begin with the country: +44 20 7946 0018",
    "signup_consent_missing": "Tick this box: nobody writes to you without it.",
    "signup_phone_consent_missing": "Tick this box, or leave the number out.",
    "outage_text": "{platform} is down right now. So we don’t lose touch: sign up here.",
    "outage_text_many": "{platform} are down right now. So we don’t lose touch: sign up here.",
    "outage_else": "{platform} is down right now. You still reach me here.",
    "outage_else_many": "{platform} are down right now. You still reach me here.",
    "outage_button": "Sign up",
    "outage_down": "Down right now",
    "outage_instead": "Instead of {platform}",
    "outage_and": "and",
    "outage_also": "You also find me here:",
    "offline_copy": "Offline copy of {date}. The site cannot be reached just now.",
    "offline_mirror": "The site’s own address does not answer just now. This comes from {address}",
    "second_address": "Reachable at {addresses}, should one of them be down.",
    "optional": "optional",
    "latest_from": "Latest from {platform}",
    "plays_from": "Plays from {platform}",
    "plays_notice": "Plays from {platform}. {platform} will see your address.",
    "loads_notice": "Loads from {platform}. {platform} will see your address.",
    "plays_always": "Always load from {platform}",
    "as_of": "As of {date}",
    "reads_on": "On {platform}",
    "post_from": "Post on {platform}",
    "events": "Dates",
    "gallery": "Gallery",
    "faq": "Questions",
    "support": "Support",
    "contact": "Contact",
    "mail": "Mail",
    "sms": "Text message",
    "address": "Address",
    "video": "Video",
    "audio": "Listen",
    "captions": "Captions",
    "missing_title": "This page is not here",
    "missing_text": "It may have moved, or the address has a typing mistake.",
    "missing_button": "To the front page",
    "leads_on": "On to {address}",
    "portrait_of": "Portrait of {name}",
    "save_contact": "Save my contact",
    "kit": "To take along",
    "kit_text": "Codes, pictures and colours of {name}: for posters, posts and articles.",
    "kit_call": "Find everything on one page.",
    "kit_codes": "Codes",
    "kit_code": "To this site",
    "kit_card": "Contact card",
    "kit_pictures": "Pictures to pass on",
    "kit_wide": "For previews",
    "kit_square": "Square",
    "kit_story": "For stories",
    "kit_icons": "Icon, logo, portrait",
    "kit_icon": "Icon",
    "kit_logo": "Logo",
    "kit_portrait": "Portrait",
    "kit_colours": "Colours",
    "kit_light": "Light",
    "kit_dark": "Dark",
    "kit_fonts": "Fonts",
    "quotes": "“”‘’",
    "months": "January February March April May June July August September October November December",
    "months_short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "date": "{day} {month} {year}",
    "date_time": "{day} {month} {year}, {time}",
    "date_short": "{day} {month_short}",
}

GERMAN: dict[str, str] = {
    "language": "Deutsch",
    "skip": "Zum Inhalt springen",
    "home": "Startseite",
    "elsewhere": "Anderswo",
    "languages": "Sprachen",
    "footer": "Über diese Seite",
    "more": "Mehr",
    "open": "Öffnen",
    "featured": "Ansehen",
    "show_all": "Alle Beiträge",
    "posts": "Beiträge",
    "posts_about": "Beiträge über {tag}",
    "newer": "Neuer",
    "older": "Älter",
    "page_of": "Seite {number} von {count}",
    "updated": "Geändert am {date}",
    "feed": "Feed",
    "imprint": "Impressum",
    "privacy": "Datenschutz",
    "newsletter": "Newsletter",
    "newsletter_button": "Eintragen",
    "newsletter_consent": "Ja, schick mir den Newsletter.",
    "newsletter_small": "Du bekommst eine Mail zum Bestätigen. Abmelden geht mit einem Klick.",
    "newsletter_small_once": "Abmelden geht mit einem Klick.",
    "newsletter_yes": (
        "Ja, {name} darf mir {often} per E-Mail über {about} schreiben, auch wenn soziale Netzwerke ausfallen. "
        "Ich kann das jederzeit widerrufen, mit dem Link in jeder Mail."
    ),
    "newsletter_sender": "Die Mails werden mit {sender} verschickt.",
    "newsletter_privacy": "Mehr unter {privacy}.",
    "newsletter_phone": (
        "Ja, {name} darf mich auch unter dieser Mobilnummer erreichen. Das kann ich jederzeit widerrufen."
    ),
    "newsletter_boxes": "Deine Einwilligung",
    "newsletter_more": "Mehr von dir dazuschreiben",
    "newsletter_trap": "Bitte leer lassen",
    "newsletter_mail": "Oder per Mail: {address}",
    "newsletter_mail_subject": "Newsletter",
    "newsletter_mail_body": "Bitte nimm mich in die Liste auf.",
    "newsletter_link": "Eintragen auf {host}",
    "email": "E-Mail",
    "first_name": "Vorname",
    "last_name": "Nachname",
    "phone": "Telefon",
    "mobile": "Mobilnummer",
    "mobile_hint": "Mit Ländervorwahl: +49 30 23125 014",
    "thanks_title": "Danke",
    "thanks_text": "Du stehst auf der Liste. Der nächste Brief kommt zu dir, was auch immer aus den Plattformen wird.",
    "check_title": "Schau in dein Postfach",
    "check_text": (
        "Eine Mail mit einem Link ist unterwegs zu dir. Du stehst auf der Liste, sobald du den Link geöffnet "
        "hast. Wenn nichts kommt, schau bei den unerwünschten Mails nach."
    ),
    "sorry_title": "Das hat nicht geklappt",
    "sorry_text": "Die Anmeldung ist nicht angekommen, und nichts wurde behalten. Versuch es gleich noch einmal.",
    "sorry_mail": "Oder schreib an {address}.",
    "signup_sending": "Wird gesendet …",
    "signup_done": "Du stehst auf der Liste. Danke!",
    "signup_confirm": "Fast fertig: Eine Mail ist unterwegs zu dir. Öffne den Link darin.",
    "signup_kept": (
        "Die Liste ist gerade nicht zu erreichen. Was du geschrieben hast, liegt nur auf diesem Gerät, höchstens "
        "7 Tage, und wird gesendet, sobald es geht."
    ),
    "signup_unkept": (
        "Die Liste ist gerade nicht zu erreichen, und dieser Browser merkt sich nichts. Versuch es später, oder "
        "schreib eine Mail."
    ),
    "signup_delete": "Löschen",
    "signup_deleted": "Es ist gelöscht.",
    "signup_send_now": "Jetzt senden",
    "signup_sent": "Was auf diesem Gerät lag, ist jetzt gesendet.",
    "signup_failed": "Das hat nicht geklappt. Versuch es noch einmal, oder schreib eine Mail.",
    "signup_refused": "Die Liste sagt nein: {why}",
    "signup_email_missing": "Schreib hier deine E-Mail-Adresse hin.",
    "signup_email_wrong": "„{value}“ ist keine E-Mail-Adresse. So sieht eine aus: name@example.org",
    "signup_email_typo": "Meintest du {value}?",
    "signup_phone_wrong": "„{value}“ ist keine Telefonnummer. Beginne mit dem Land: +49 30 23125 014",
    "signup_consent_missing": "Setz hier ein Häkchen: Ohne das schreibt dir niemand.",
    "signup_phone_consent_missing": "Setz hier ein Häkchen, oder lass die Nummer weg.",
    "outage_text": "{platform} ist gerade gestört. Damit wir uns nicht verlieren: Trag dich hier ein.",
    "outage_text_many": "{platform} sind gerade gestört. Damit wir uns nicht verlieren: Trag dich hier ein.",
    "outage_else": "{platform} ist gerade gestört. Hier erreichst du mich weiterhin.",
    "outage_else_many": "{platform} sind gerade gestört. Hier erreichst du mich weiterhin.",
    "outage_button": "Eintragen",
    "outage_down": "Gerade gestört",
    "outage_instead": "Statt {platform}",
    "outage_and": "und",
    "outage_also": "Hier findest du mich auch:",
    "offline_copy": "Offline-Kopie vom {date}. Die Seite ist gerade nicht zu erreichen.",
    "offline_mirror": "Die Adresse der Seite antwortet gerade nicht. Das hier kommt von {address}",
    "second_address": "Erreichbar unter {addresses}, falls eine davon ausfällt.",
    "optional": "freiwillig",
    "latest_from": "Neu auf {platform}",
    "plays_from": "Spielt von {platform}",
    "plays_notice": "Spielt von {platform}. {platform} sieht dann deine Adresse.",
    "loads_notice": "Lädt von {platform}. {platform} sieht dann deine Adresse.",
    "plays_always": "Immer von {platform} laden",
    "as_of": "Stand {date}",
    "reads_on": "Auf {platform}",
    "post_from": "Beitrag auf {platform}",
    "events": "Termine",
    "gallery": "Galerie",
    "faq": "Fragen",
    "support": "Unterstützen",
    "contact": "Kontakt",
    "mail": "Mail",
    "sms": "SMS",
    "address": "Adresse",
    "video": "Video",
    "audio": "Anhören",
    "captions": "Untertitel",
    "missing_title": "Diese Seite gibt es hier nicht",
    "missing_text": "Vielleicht ist sie umgezogen, oder in der Adresse steckt ein Tippfehler.",
    "missing_button": "Zur Startseite",
    "leads_on": "Weiter zu {address}",
    "portrait_of": "Porträt von {name}",
    "save_contact": "Kontakt speichern",
    "kit": "Zum Mitnehmen",
    "kit_text": "Codes, Bilder und Farben von {name}: für Plakate, Beiträge und Artikel.",
    "kit_call": "Alles auf einer Seite.",
    "kit_codes": "Codes",
    "kit_code": "Zu dieser Seite",
    "kit_card": "Kontaktkarte",
    "kit_pictures": "Bilder zum Weitergeben",
    "kit_wide": "Für Vorschauen",
    "kit_square": "Quadratisch",
    "kit_story": "Für Storys",
    "kit_icons": "Icon, Logo, Porträt",
    "kit_icon": "Icon",
    "kit_logo": "Logo",
    "kit_portrait": "Porträt",
    "kit_colours": "Farben",
    "kit_light": "Hell",
    "kit_dark": "Dunkel",
    "kit_fonts": "Schriften",
    "quotes": "„“‚‘",
    "months": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "months_short": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "weekdays": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "date": "{day}. {month} {year}",
    "date_time": "{day}. {month} {year}, {time} Uhr",
    "date_short": "{day}. {month_short}",
}

TEXTS: dict[str, dict[str, str]] = {"en": ENGLISH, "de": GERMAN}

#: Typographic quotes of languages whose other texts the site supplies itself.
QUOTES: dict[str, str] = {
    "fr": "«»‹›", "it": "«»“”", "es": "«»“”", "pt": "“”‘’", "nl": "“”‘’", "da": "»«›‹", "sv": "””’’", "fi": "””’’",
    "nb": "«»‘’", "no": "«»‘’", "pl": "„”‚’", "cs": "„“‚‘", "sk": "„“‚‘", "sl": "„“‚‘", "hr": "„”‚’", "hu": "„”»«",
    "ro": "„”«»", "ru": "«»„“", "uk": "«»„“", "el": "«»“”", "tr": "“”‘’", "ja": "「」『』", "zh": "“”‘’", "ar": "«»“”",
}  # fmt: skip

NAMES: dict[str, str] = {
    "fr": "Français", "it": "Italiano", "es": "Español", "pt": "Português", "nl": "Nederlands", "da": "Dansk",
    "sv": "Svenska", "fi": "Suomi", "nb": "Norsk", "no": "Norsk", "pl": "Polski", "cs": "Čeština", "sk": "Slovenčina",
    "sl": "Slovenščina", "hr": "Hrvatski", "hu": "Magyar", "ro": "Română", "ru": "Русский", "uk": "Українська",
    "el": "Ελληνικά", "tr": "Türkçe", "ja": "日本語", "zh": "中文", "ko": "한국어", "ar": "العربية", "he": "עברית",
    "fa": "فارسی", "rm": "Rumantsch",
}  # fmt: skip

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "syr", "ug", "ur", "yi"})


def interface(language: str, own: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, str], list[str]]:
    """Return the texts of a language, and the keys for which only English was to be had.

    The site's own ``texts`` win over the built-in ones; ``pt-BR`` falls back to ``pt``.
    """
    base = language.split("-")[0].lower()
    known = TEXTS.get(language) or TEXTS.get(base, {})
    mine = {**own.get(base, {}), **own.get(language, {})}
    given = {**_facts(base), **known, **mine}
    return {**ENGLISH, **given}, [key for key in ENGLISH if key not in given]


def direction(language: str) -> str:
    """Return ``rtl`` for a language written from right to left, else ``ltr``."""
    return "rtl" if language.lower() in RIGHT_TO_LEFT or language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def _facts(base: str) -> dict[str, str]:
    facts = {}
    if base in QUOTES:
        facts["quotes"] = QUOTES[base]
    if base in NAMES:
        facts["language"] = NAMES[base]
    return facts
