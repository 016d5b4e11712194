"""The contact card: what other programs read out of it is what was put in."""

from __future__ import annotations

import base64

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.kit.vcard import Card, split, write

LINA = Card(
    name="Lina Marlow",
    nickname="@linamarlow",
    emails=("hello@lina.example", "press@lina.example"),
    phones=(("voice,cell", "+41 61 555 01 23"),),
    home="https://lina.example/",
    urls=(("Instagram", "https://www.instagram.com/linamarlow"), ("", "https://shop.example/")),
    address="Studio Marlow\nGleisbogen 7; Hof\n4053 Basel, Schweiz",
    note="Zeichnungen, Züge; \\ und\nmehr",
    language="de",
)
VERSIONS = ["3.0", "4.0"]


def read(data: bytes):
    return vobject.readOne(data.decode("utf-8"))


@pytest.mark.parametrize("version", VERSIONS)
def test_another_program_reads_what_was_meant(version):
    card = read(write(LINA, version, b"\xff\xd8picture"))
    card.validate()
    assert card.version.value == version
    assert card.fn.value == "Lina Marlow"
    assert (card.n.value.given, card.n.value.family) == ("Lina", "Marlow")
    assert [one.value for one in card.contents["email"]] == list(LINA.emails)
    assert card.tel.value.removeprefix("tel:") == "+41615550123"
    assert [one.value for one in card.contents["url"]] == [LINA.home, *(url for _, url in LINA.urls)]
    assert card.note.value == LINA.note
    assert card.adr.value.street == LINA.address
    if version == "3.0":
        assert card.photo.value == b"\xff\xd8picture"
    else:  # vobject knows no addresses with data in them
        assert b"PHOTO:data:image/jpeg;base64," + base64.b64encode(b"\xff\xd8picture") in write(
            LINA, version, b"\xff\xd8picture"
        )


@pytest.mark.parametrize("version", VERSIONS)
def test_a_club_is_an_organization(version):
    card = read(write(Card(name="Verein für langsame Züge, e. V.", kind="organization"), version))
    assert card.org.value == ["Verein für langsame Züge, e. V."]
    assert card.fn.value == "Verein für langsame Züge, e. V."
    assert b"\r\nN:;;;;\r\n" in write(Card(name="Verein", kind="organization"), version)


def test_version_four_names_its_language_and_kind():
    data = write(LINA, "4.0").decode()
    assert "\r\nLANG:de\r\n" in data
    assert "LANG" not in write(LINA, "3.0").decode()
    assert "\r\nKIND:org\r\n" in write(Card(name="Verein", kind="organization"), "4.0").decode()


NASTY = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


@pytest.mark.parametrize("version", VERSIONS)
@settings(deadline=None)
@given(name=NASTY.filter(str.strip), note=NASTY, photo=st.binary(max_size=400))
def test_lines_are_folded_without_cutting_a_letter(version, name, note, photo):
    data = write(Card(name=name, note=note, address=note), version, photo)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in lines:
        assert len(line) <= 75
        line.decode("utf-8")
    unfolded = data.decode().replace("\r\n ", "")
    assert [line.partition(":")[0] for line in unfolded.split("\r\n")].count("NOTE") == bool(note)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("evil", ["x\r\nTEL:666", "x\nTEL:666", "x\u2028TEL:666", "x;y,z\\", "x\x00y"])
def test_no_value_can_begin_a_line_of_its_own(version, evil):
    data = write(
        Card(name=evil, note=evil, nickname=evil, emails=(), address=evil, home="https://x.example/\r\nTEL:666"),
        version,
    )
    card = read(data)
    assert "tel" not in card.contents
    assert card.note.value.replace("\n", "").replace("\u2028", "") != ""


@pytest.mark.parametrize(
    ("card", "given", "family"),
    [
        (Card(name="Lina Marlow"), "Lina", "Marlow"),
        (Card(name="Anna Lena Schmidt"), "Anna Lena", "Schmidt"),
        (Card(name="Ludwig van Beethoven"), "Ludwig", "van Beethoven"),
        (Card(name="Ursula von der Leyen"), "Ursula", "von der Leyen"),
        (Card(name="Prince"), "Prince", ""),
        (Card(name="ليلى المنصوري"), "ليلى", "المنصوري"),
        (Card(name="Lina Marlow", given="Lina Maria", family="Marlow-Frei"), "Lina Maria", "Marlow-Frei"),
        (Card(name="Studio Nord", kind="organization"), "", ""),
    ],
)
def test_names_are_split_sensibly(card, given, family):
    assert split(card) == (given, family)
