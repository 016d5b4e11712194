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
    "email": "E-mail",
    "first_name": "First name",
    "last_name": "Last name",
    "phone": "Phone",
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
    "email": "E-Mail",
    "first_name": "Vorname",
    "last_name": "Nachname",
    "phone": "Telefon",
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
