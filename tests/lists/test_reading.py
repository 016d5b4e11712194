"""Whatever a provider says is read without surprise, and means what it should."""

from __future__ import annotations

import contextlib
import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_folder import SiteFolder

from linkhome.lists import dig, layouts, paging
from linkhome.lists.person import STATUSES, fits, told
from linkhome.lists.source import Fields, Job, Paging, Source
from linkhome.lists.table import SOURCES
from linkhome.lists.usual import rules

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WORDS = sorted(
    {
        step
        for source in SOURCES.values()
        for name in msgspec.structs.fields(Fields)
        for path in (*getattr(source.fields, name.name), source.people, source.paging.next, source.paging.total)
        for step in path.split(".")
        if step
    }
)
#: Answers that look right from afar: the names that are asked for, with anything behind them.
likely = st.recursive(
    values,
    lambda inner: st.dictionaries(st.sampled_from(WORDS), inner, max_size=6) | st.lists(inner, max_size=3),
    max_leaves=20,
)


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
@given(answer=likely, record=likely, header=st.text(max_size=40))
def test_any_answer_is_read_without_surprise(source: Source, answer: Any, record: Any, header: str) -> None:
    people = paging.people(source, answer)
    assert people is None or type(people) is list
    headers = {"link": header, "totalcount": header, "totalpages": header}
    page = paging.Page(
        paging.first(Job(source, {}), source.variants[0], "1").replace("{", ""), answer, headers, [record]
    )
    page = page._replace(url="https://a.example/x?" + urlsplit(page.url).query)
    with contextlib.suppress(paging.LostError):
        following = paging.following(source.paging, page, 7)
        assert following == "" or following.startswith("https://a.example/")
    found = told(source, record, "a@example.org")
    assert found.said.status in STATUSES
    assert all(type(cell) is str and "\n" not in cell for cell in msgspec.structs.astuple(found.person))
    msgspec.json.encode(found.said)


@given(values)
def test_what_is_no_text_is_none(value: Any) -> None:
    assert type(dig.text(value)) is str
    assert type(dig.moment(value)) is str
    assert type(dig.email(value)) is str


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"),
        ("2026-01-01T11:00:00.123+01:00", "2026-01-01T10:00:00Z"),
        ("2026-01-01T10:00:00+0000", "2026-01-01T10:00:00Z"),
        ("2026-01-01 10:00:00", "2026-01-01T10:00:00Z"),
        ("2026-01-01", "2026-01-01"),
        (1767261600, "2026-01-01T10:00:00Z"),
        ("1767261600", "2026-01-01T10:00:00Z"),
        (1767261600.5, "2026-01-01T10:00:00Z"),
        (0, ""),
        (10**30, ""),
        ("0000-00-00 00:00:00", ""),
        ("0001-01-01T00:00:00Z", ""),
        ("yesterday", ""),
        (None, ""),
        (True, ""),
    ],
)
def test_moments(written: Any, meant: str) -> None:
    assert dig.moment(written) == meant


@pytest.mark.parametrize("email", ["anna@example.org", "Ännä+x@exämple.org", "a.b@x", "'o@example.org"])
def test_addresses(email: str) -> None:
    assert dig.email(f" {email} ") == email
    assert dig.email(f"mailto:{email}") == email


@pytest.mark.parametrize(
    "wrong", ["anna", "a@b@c", "@x", "a@", "a b@c", "a@b, c@d", "<a@b>", "", None, 7, "x" * 65 + "@b"]
)
def test_what_is_no_address(wrong: Any) -> None:
    assert dig.email(wrong) == ""


def test_paths() -> None:
    record = {"a": [{"B": 1}, {"B": 1}], "c.d": 2, "x": {"Y": 0}, "t": ["one", {"name": "two, three"}, {"id": 4}, None]}
    assert dig.at(record, "a.1.b") == 1
    assert dig.at(record, "a.*.B") == 1
    assert dig.at(record, "a.7.b") is None
    assert dig.at(record, "x.y") == 0
    assert dig.at(record, "x.*.y") is None
    assert dig.at(record, "") is record
    assert dig.words(record, ("t",)) == "one,two  three,4"
    assert dig.words({"t": "a, b,"}, ("t",)) == "a,b"


def test_half_a_pair_of_surrogates_spoils_one_letter_and_not_the_list() -> None:
    assert dig.decoded(b'{"name": "Anna \\ud83d", "b": "\\ud83d\\ude00"}') == {"name": "Anna ?", "b": "😀"}
    assert dig.decoded(b"\xef\xbb\xbf[1]") == [1]
    for wrong in (b"", b"{", b'{"a": NaN}', b"[" * 100_000, b'"\xff"', b'{"a": "\\ud83d", "b": NaN}', b'["\\ud83d"'):
        with pytest.raises(ValueError):
            dig.decoded(wrong)


@pytest.mark.parametrize(
    ("wanted", "value", "meets"),
    [
        ("true", 1767261600, True), ("true", 0, False), ("true", "0", False), ("true", "no", False), ("true", None, False),
        ("false", 0, True), ("false", "", True), ("false", None, False), ("false", False, True), ("cleaned", "Cleaned", True),
    ],
)  # fmt: skip
def test_rules(wanted: str, value: Any, meets: bool) -> None:
    assert fits(wanted, value) is meets


def test_rules_know_only_the_words_of_the_file() -> None:
    for source in SOURCES.values():
        assert source.status in STATUSES
        assert {rule.status for rule in source.rules} <= set(STATUSES)
        assert all(rule.value == rule.value.lower() for rule in source.rules)
    assert [rule.value for rule in rules("x", {"bounced": "a b"})] == ["a", "b"]


@pytest.mark.parametrize(
    ("header", "next_"),
    [
        ('<https://a.example/x?page=2>; rel="next"', "https://a.example/x?page=2"),
        ('<https://a.example/x?page=1>; rel="first", </x?page=3>; rel="next last"', "https://a.example/x?page=3"),
        ("</x?a=1,2>; title=x; rel=next", "https://a.example/x?a=1,2"),
        ('<https://a.example/x>; rel="nextish"', ""),
        ("", ""),
    ],
)
def test_the_header_link(header: str, next_: str) -> None:
    page = paging.Page("https://a.example/x", [], {"link": header}, [{}])
    assert paging.following(Paging("link"), page, 1) == next_


def test_a_setting_cannot_leave_its_place_in_an_address() -> None:
    source = SOURCES["mailchimp"]
    url = paging.first(Job(source, {"list": "../../x?y=1#z", "dc": "us21.evil.example/"}), (), "")
    assert urlsplit(url).netloc == "us21.evil.example%2F.api.mailchimp.com"
    assert urlsplit(url).path == "/3.0/lists/..%2F..%2Fx%3Fy%3D1%23z/members"
    query = dict(parse_qsl(urlsplit(paging.first(Job(SOURCES["rapidmail"], {}), (("status", "new"),), "5&x=1")).query))
    assert query == {"recipientlist_id": "5&x=1", "status": "new"}


def test_known_words_of_files_mean_one_thing() -> None:
    words = [word for words in layouts._STATUS.values() for word in words.split()]
    assert len(words) == len(set(words))


def test_the_copy_for_excel_holds_no_formula(site: Any) -> None:
    folder: SiteFolder = site(
        {"linkhome.yaml": "profile: {name: Lina}\nnewsletter: {provider: kit, form: '1234567'}\n"}
    )
    dangerous = ["=1+1", "+49 151", "-1", "@SUM(A1)", "plain", "=cmd|' /C calc'!A0"]
    lines = [f"p{n}@example.org,{json.dumps(text)}" for n, text in enumerate(dangerous)]
    folder.root.parent.joinpath("x.csv").write_text("email,name\n" + "\n".join(lines) + "\n")
    assert folder.run("list", "import", str(folder.root.parent / "x.csv")).code == 0
    from linkhome.lists import ledger
    from linkhome.lists.vault import Draft, Vault

    vault = Vault(folder.root / "private")
    with Draft(vault.excel) as draft:
        ledger.write_for_excel(ledger.load(vault.people), draft.file)
        draft.keep()
    text = folder.read("private/subscribers-excel.csv")
    assert text.startswith("\ufeffemail,")
    assert [line.split(",")[4] for line in text.splitlines()[1:]] == [
        "'=1+1",
        "'+49 151",
        "'-1",
        "'@SUM(A1)",
        "plain",
        "'=cmd|' /C calc'!A0",
    ]
    assert "'+49" not in folder.read("private/subscribers.csv")
