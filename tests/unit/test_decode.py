from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.embeds.answer import Answer
from linkhome.embeds.decode import text


def answer(body: bytes, kind: str = "", cut: bool = False) -> Answer:
    return Answer(200, {"content-type": kind} if kind else {}, body, "https://a.example/", cut)


def page(title: str, charset: str = "", before: str = "") -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!doctype html><html><head>{before}{meta}<title>{title}</title></head>"


JAPANESE, GREEK, RUSSIAN, CHINESE, KOREAN = (
    "夜の海辺で",
    "Νύχτα στη θάλασσα",
    "Ночь у моря",
    "海边的夜晚",
    "바닷가의 밤",
)


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("utf-8", "utf-8", JAPANESE),
        ("UTF8", "utf-8", GREEK),
        ("iso-8859-1", "latin-1", "Nächte am Meer"),
        ("latin1", "cp1252", "“Nächte” – 5 €"),
        ("us-ascii", "cp1252", "“Nächte”"),
        ("windows-1252", "cp1252", "“Nächte”"),
        ("iso-8859-2", "iso8859-2", "Noc nad mořem"),
        ("iso-8859-15", "iso8859-15", "5 €"),
        ("iso-8859-9", "cp1254", "Deniz kıyısında gece"),
        ("windows-1250", "cp1250", "Noc nad mořem"),
        ("windows-1251", "cp1251", RUSSIAN),
        ("koi8-r", "koi8-r", RUSSIAN),
        ("windows-1253", "cp1253", GREEK),
        ("windows-1256", "cp1256", "ليلة على الشاطئ"),
        ("shift_jis", "cp932", JAPANESE),
        ("x-sjis", "cp932", f"①{JAPANESE}"),
        ("Windows-31J", "cp932", f"①{JAPANESE}"),
        ("euc-jp", "euc_jp", JAPANESE),
        ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("gb2312", "gb18030", CHINESE),
        ("gbk", "gbk", f"{CHINESE}鎔"),
        ("big5", "big5", "海邊的夜晚"),
        ("euc-kr", "cp949", f"{KOREAN}똠"),
        ("ks_c_5601-1987", "cp949", KOREAN),
        ("tis-620", "cp874", "คืนริมทะเล"),
        ("macintosh", "mac-roman", "Nächte"),
    ],
)
def test_encodings_of_the_web(label: str, codec: str, words: str) -> None:
    named = page(words, label)
    assert text(answer(named.encode(codec))) == named
    in_capitals = page(words).replace(
        "<title>", f"<META HTTP-EQUIV='Content-Type' CONTENT='text/html;CHARSET={label}'><title>"
    )
    assert text(answer(in_capitals.encode(codec))) == in_capitals
    feed = f"<?xml version='1.0' encoding='{label}'?><rss><title>{words}</title></rss>"
    assert text(answer(feed.encode(codec))) == feed
    unnamed = page(words)
    assert text(answer(unnamed.encode(codec), f'text/html; Charset="{label}"')) == unnamed


def test_a_byte_order_mark_wins() -> None:
    named = page(JAPANESE, "euc-jp")
    for codec in ("utf-8-sig", "utf-16"):
        assert text(answer(named.encode(codec), "text/html; charset=iso-8859-1")) == named
    assert text(answer(b"\xfe\xff" + named.encode("utf-16-be"))) == named


def test_wide_letters_without_a_mark() -> None:
    assert text(answer(page(JAPANESE).encode("utf-16-le"), "text/html; charset=utf-16")) == page(JAPANESE)
    # Said by the body itself in letters that are not wide, it is not true.
    assert text(answer(page(JAPANESE, "utf-16").encode())) == page(JAPANESE, "utf-16")


def test_a_header_that_is_wrong_gives_way_to_the_page() -> None:
    named = page(JAPANESE, "x-sjis")
    assert text(answer(named.encode("cp932"), "text/html; charset=utf-8")) == named


def test_latin_letters_that_everybody_calls_utf_8() -> None:
    named = page("Crème à l'orange", "UTF-8")
    assert text(answer(named.encode("latin-1"), "text/html; charset=utf-8")) == named


def test_utf_8_that_a_server_calls_latin() -> None:
    named = page("Crème à l'orange – 夜", "utf-8")
    assert text(answer(named.encode(), "text/html; charset=ISO-8859-1")) == named


def test_the_page_says_it_late() -> None:
    named = page(RUSSIAN, "windows-1251", f"<!-- {'so much to say first ' * 100} -->")
    assert text(answer(named.encode("cp1251"))) == named
    too_late = page(RUSSIAN, "windows-1251", f"<!-- {'so much to say first ' * 300} -->")
    assert text(answer(too_late.encode("cp1251"))) == too_late.encode("cp1251").decode("cp1252", "replace")


def test_nobody_says_anything() -> None:
    assert text(answer(page(JAPANESE).encode())) == page(JAPANESE)
    assert text(answer(page("Nächte – am Meer").encode("cp1252"))) == page("Nächte – am Meer")
    assert text(answer(b"")) == ""


def test_a_wrong_byte_does_not_spoil_a_page() -> None:
    body = page(JAPANESE * 3, "utf-8").encode()
    body = body.replace("浜".encode(), b"").replace(b"</head>", b"\xff</head>")
    assert text(answer(body, "text/html; charset=utf-8")) == page(JAPANESE * 3, "utf-8").replace(
        "</head>", "\ufffd</head>"
    )


@pytest.mark.parametrize(("codec", "label"), [("utf-8", "utf-8"), ("cp932", "shift_jis"), ("gb18030", "gbk")])
def test_a_body_that_was_cut_inside_of_a_letter(codec: str, label: str) -> None:
    body = page(JAPANESE * 2, label).partition("</title>")[0].encode(codec)
    assert text(answer(body[:-1], f"text/html; charset={label}", cut=True)) == body.decode(codec)[:-1]


@pytest.mark.parametrize(
    "label",
    [
        "rot13",
        "hex",
        "zlib",
        "bz2",
        "base64",
        "uu",
        "quopri",
        "utf-7",
        "unicode_escape",
        "raw-unicode-escape",
        "punycode",
        "idna",
        *("undefined", "mbcs", "nonsense", "iso-2022-kr", "x" * 40, "../../etc", "charmap", "utf-8-sig\0", "none"),
    ],
)
def test_what_is_no_encoding_of_the_web_is_not_obeyed(label: str) -> None:
    named = page(JAPANESE, label)
    assert text(answer(named.encode(), f"text/html; charset={label}")) == named


@given(st.binary(max_size=300), st.text(max_size=40), st.booleans())
def test_nothing_is_an_error(body: bytes, kind: str, cut: bool) -> None:
    for encoding in ("", "charset=shift_jis", "charset=utf-16", "charset=gb18030", kind):
        assert isinstance(text(answer(body, encoding, cut)), str)


@pytest.mark.parametrize(
    "body", [b"<meta " * 300_000, b"<meta charset" * 150_000, b"<?xml " * 300_000, b"\xff" * 2_000_000]
)
def test_nothing_takes_long(body: bytes) -> None:
    begun = time.monotonic()
    text(answer(body, "charset=" * 10_000))
    assert time.monotonic() - begun < 0.5
