"""Colours, days, languages, zones, addresses, paths: what is accepted, what is refused, and with which advice."""

from __future__ import annotations

import pytest

from linkhome.config.kinds import KINDS
from linkhome.config.wrong import KindError

ACCEPTED = [
    ("colour", "#9A3B1F", "#9A3B1F"),
    ("colour", "#fff", "#fff"),
    ("when", "2024-02-29", "2024-02-29"),
    ("when", "2026-12-01 18:00", "2026-12-01 18:00"),
    ("when", "2026-12-01T00:00", "2026-12-01T00:00"),
    ("language", "no", "no"),
    ("language", "PT-br", "pt-BR"),
    ("language", "zh-hant-tw", "zh-Hant-TW"),
    ("language", "es-419", "es-419"),
    ("language", "ca-valencia", "ca-valencia"),
    ("zone", "UTC", "UTC"),
    ("zone", "Europe/Zurich", "Europe/Zurich"),
    ("zone", "America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ("email", "hello@lina.example", "hello@lina.example"),
    ("email", "a.b+c@sub.zürich.example", "a.b+c@sub.zürich.example"),
    ("phone", "+41 61 555 01 23", "+41 61 555 01 23"),
    ("phone", "+1 (555) 010-9999", "+1 (555) 010-9999"),
    ("focus", "40%  20%", "40% 20%"),
    ("focus", "0% 99.5%", "0% 99.5%"),
    ("slug", "night-trains", "night-trains"),
    ("slug", "züge-2026", "züge-2026"),
    ("path", "media/My picture (1).jpg", "media/My picture (1).jpg"),
    ("path", "./media/a.jpg", "media/a.jpg"),
    ("path", "media/Ünï.jpg", "media/Ünï.jpg"),
    ("path", "media/12:30.jpg", "media/12:30.jpg"),
    ("path", "media/a..b.jpg", "media/a..b.jpg"),
    ("web", "https://lina.example", "https://lina.example"),
    ("web", "HTTPS://lina.example:8080/a?b=c#d", "https://lina.example:8080/a?b=c#d"),
    ("web", "http://[::1]:8000/", "http://[::1]:8000/"),
    ("web", "https://zürich.example/ä/@lina", "https://zürich.example/ä/@lina"),
    ("web", "https://my_shop.example/", "https://my_shop.example/"),
    ("address", "https://signal.me/#eu/abc", "https://signal.me/#eu/abc"),
    ("address", "mailto:hello@lina.example?subject=Hi%20there", "mailto:hello@lina.example?subject=Hi%20there"),
    ("address", "MAILTO:a@b.example,c@d.example", "mailto:a@b.example,c@d.example"),
    ("address", "tel:+41 61 555 01 23", "tel:+41615550123"),
    ("address", "sms:+41615550123?body=Hi", "sms:+41615550123?body=Hi"),
    ("address", "media/portfolio.pdf", "media/portfolio.pdf"),
    ("address", "portfolio.pdf", "portfolio.pdf"),
    ("address", "media/Q&A 100%.pdf", "media/Q&A 100%.pdf"),
]


@pytest.mark.parametrize(("kind", "text", "expected"), ACCEPTED)
def test_accepted(kind, text, expected):
    assert KINDS[kind](text) == expected


def refuse(kind: str, text: str) -> KindError:
    with pytest.raises(KindError) as caught:
        KINDS[kind](text)
    return caught.value


ADVICE = [
    ("colour", "9A3B1F", 'did you mean "#9A3B1F"? (with the quotes)'),
    ("colour", "Red", 'did you mean "#d32f2f"? (with the quotes)'),
    ("colour", "#12", 'it looks like this: "#9A3B1F"'),
    ("colour", "rgb(1,2,3)", 'it looks like this: "#9A3B1F"'),
    ("when", "1.12.2026", "did you mean '2026-12-01'?"),
    ("when", "2026/1/5 9:05", "did you mean '2026-01-05 09:05'?"),
    ("when", "2026-12-01T18:00:00Z", "did you mean '2026-12-01 18:00'?"),
    ("when", "tomorrow", "it looks like this: 2026-12-01, or 2026-12-01 18:00"),
    ("when", "2026-02-29", "a day is written year, month, day: 2026-12-01"),
    ("when", "2026-13-01", "a day is written year, month, day: 2026-12-01"),
    ("when", "2026-12-01 24:00", "a time is written 18:00; midnight is 00:00 of the next day"),
    ("when", "0000-12-01", "a day looks like this: 2026-12-01"),
    ("language", "english", "did you mean 'en'?"),
    ("language", "de_DE", "did you mean 'de-DE'?"),
    ("language", "x", "a language is written with its short name: en, de, pt-BR"),
    ("zone", "Europe/Zürich", "did you mean 'Europe/Zurich'?"),
    ("zone", "europe/zurich!", "did you mean 'Europe/Zurich'?"),
    ("zone", "../../etc/passwd", "it looks like this: Europe/Zurich"),
    ("zone", "Europe", None),
    ("email", "mailto:a@b.example", "did you mean 'a@b.example'?"),
    ("email", "lina", "it looks like this: hello@lina.example"),
    ("email", "lina@localhost", None),
    ("email", "a@b..example", None),
    ("email", "a b@c.example", None),
    ("phone", "0041 61 555", "did you mean '+41 61 555'?"),
    ("phone", "061 555 01 23", "it looks like this: +41 61 555 01 23"),
    ("phone", "+41 (0)61 555 01 23", "did you mean '+41 61 555 01 23'?"),
    ("phone", "+41 61", "a telephone number has 7 to 15 of them"),
    ("phone", "call me", "it looks like this: +41 61 555 01 23"),
    ("focus", "40% 120%", "write how far from the left and from the top it is: 40% 20%"),
    ("focus", "left", "write how far from the left and from the top it is: 40% 20%"),
    ("slug", "Night Trains!", "did you mean 'night-trains'?"),
    ("slug", "../x", "did you mean 'x'?"),
    ("slug", "", "it looks like this: night-trains"),
    ("path", "../a.jpg", "copy the file into the folder media/ and write its path: media/…"),
    ("path", "media/../../a.jpg", None),
    ("path", "media/%2e%2e/a.jpg", None),
    ("path", "/home/lina/a.jpg", None),
    ("path", "~/a.jpg", None),
    ("path", "C:/Users/a.jpg", None),
    ("path", "media\\a.jpg", "did you mean 'media/a.jpg'?"),
    ("path", "C:\\a.jpg", "copy the file into the folder media/ and write its path, media/…"),
    ("path", "https://x.example/a.jpg", "save the file into the folder media/ and write its path: media/…"),
    ("path", "media/", "a path looks like this: media/portrait.jpg"),
    ("path", "media//a.jpg", "a path looks like this: media/portrait.jpg"),
    ("path", ".git/config", "hidden files stay private: rename it"),
    ("path", "media/.env", "hidden files stay private: rename it"),
    ("path", "media/a\nb.jpg", "delete it and type it once more, by hand"),
    ("path", "media/" + "a" * 256, "no computer allows more than 255 characters"),
    ("path", "", "write an address or a path, or remove the key"),
    ("web", "lina.example/x", "did you mean 'https://lina.example/x'?"),
    ("web", "//lina.example", "did you mean 'https://lina.example'?"),
    ("web", "ftp://lina.example", "write the whole address: https://…"),
    ("web", "https:lina.example", "did you mean 'https://lina.example'?"),
    ("web", "https:///lina.example", "did you mean 'https://lina.example'?"),
    ("web", "https://user:pw@lina.example", "remove what stands before the @, and the @"),
    ("web", "https://lina.example/a b", "copy the address once more from the browser"),
    ("web", "https://lina.example:99999/", "copy the address once more from the browser"),
    ("web", "https://-x-.example/", None),
    ("web", "https://", None),
    ("web", "https://%6cina.example/", None),
    ("web", "https://x.example/" + "a" * 2040, ""),
    ("address", "example.com/x", "did you mean 'https://example.com/x'?"),
    ("address", "www.example.com", "did you mean 'https://www.example.com'?"),
    ("address", "example.com:8080", "did you mean 'https://example.com:8080'?"),
    ("address", "//example.com", "did you mean 'https://example.com'?"),
    ("address", "hello@lina.example", "did you mean 'mailto:hello@lina.example'?"),
    ("address", "+41 61 555 01 23", "did you mean 'tel:+41615550123'?"),
    ("address", "@lina", "write the whole address: https://…"),
    ("address", "#top", "write the whole address: https://…"),
    ("address", "whatsapp://send?phone=1", "use https://wa.me/ and the number"),
    ("address", "file:///home/lina/a.pdf", "copy the file into the folder media/ and write its path, media/…"),
    ("address", "C:/a.pdf", "copy the file into the folder media/ and write its path, media/…"),
    ("address", "mailto:lina", "it looks like this: mailto:hello@lina.example"),
    ("address", 'mailto:a@b.example?subject="x"', None),
    ("address", "tel:lina", "it looks like this: tel:+41615550123"),
    ("address", "https://user@lina.example", None),
]


@pytest.mark.parametrize(("kind", "text", "advice"), ADVICE)
def test_refused_with_advice(kind, text, advice):
    wrong = refuse(kind, text)
    assert wrong.message
    assert advice is None or wrong.hint == advice


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript\u200b:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&colon;alert(1)",
        "java&#115;cript:alert(1)",
        "javascript%3Aalert(1)",
        "javascript%253Aalert(1)",
        "javascript：alert(1)",
        "data:text/html,<script>",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "blob:https://x.example/1",
        "view-source:https://x.example",
        "intent://x#Intent;end",
        "about:blank",
        "ftp://x.example",
        "ws://x.example",
        "%6aavascript:alert(1)",
        "x/../javascript:alert(1)",
        "\\\\server\\share",
        "https:\\\\x.example",
        "https://x.example\\@y.example",
    ],
)
def test_never_an_address(text):
    refuse("address", text)
    refuse("web", text)


def test_a_long_text_is_refused_at_once():
    import time

    began = time.perf_counter()
    for kind in KINDS:
        for sign in ("a", "a.", "a-", "1", "+1 ", "%25", "&amp;", "-", " ", "#", "a@", "é"):
            refuse(kind, sign * 50_000 + "\x7f")
    assert time.perf_counter() - began < 5
