"""Other people's CSVs come home as they are found in the world."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from site_folder import REPOSITORY, SiteFolder

from linkhome.lists.person import COLUMNS

Site = Callable[..., SiteFolder]
SAMPLES = REPOSITORY.parent / "shared/samples/exports/newsletter-lists"
#: The columns of real exports, with invented people.
FILES = {
    "buttondown": (
        "id,secondary_id,email,notes,subscriber_type,referrer_url,utm_campaign,utm_medium,utm_source,creation_date,"
        "ip_address,subscription_date,unsubscription_date,tags,metadata\n"
        "sub_1,1,gast1@example.org,,regular,https://cafe.example.org/,,,,2026-01-01T10:00:00Z,192.0.2.7,"
        '2026-01-01T10:01:00Z,,zine,"{""first-name"": ""Jörg""}"\n'
        "sub_2,2,gast2@example.org,,unsubscribed,,,,,2026-01-01T10:00:00Z,,,2026-02-01T10:00:00Z,,\n"
        "sub_3,3,gast3@example.org,,unactivated,,,,,2026-01-01T10:00:00Z,,,,,\n",
        ["active", "unsubscribed", "pending"],
    ),
    "ghost": (
        "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n"
        'a1,gast1@example.org,Jörg Beispiel,,true,false,,2026-01-01T10:00:00.000Z,,"zine,shop",\n'
        "a2,gast2@example.org,,,false,false,,2026-01-01T10:00:00.000Z,,,\n",
        ["active", "unsubscribed"],
    ),
    "listmonk": (
        "uuid,email,name,attributes,status,created_at,updated_at\n"
        'u1,gast1@example.org,Jörg Beispiel,"{""mobile"": ""+49 151 0000000""}",enabled,2026-01-01T10:00:00+00:00,x\n'
        "u2,gast2@example.org,,{},blocklisted,2026-01-01T10:00:00+00:00,x\n",
        ["active", "unsubscribed"],
    ),
    "substack": (
        "email,active_subscription,expiry,plan,email_disabled,digest_enabled,created_at\n"
        "gast1@example.org,false,,other,false,false,2026-01-01T10:00:00.000Z\n"
        "gast2@example.org,true,,paid,true,false,2026-01-01T10:00:00.000Z\n",
        ["active", "unsubscribed"],
    ),
    "mailchimp": (
        '"Email Address","First Name","Last Name",Phone,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LEID,EUID,UNSUB_TIME,TAGS\n'
        'gast1@example.org,Jörg,Beispiel,+49151,2,"2026-01-01 10:00:00",192.0.2.7,"2026-01-01 10:00:00",192.0.2.7,1,e1,,"""zine"""\n'
        'gast2@example.org,,,,2,,,"2026-01-01 10:00:00",192.0.2.7,2,e2,"2026-02-01 10:00:00",\n',
        ["active", "unsubscribed"],
    ),
}


def rows(folder: SiteFolder) -> list[dict[str, str]]:
    with (folder.root / "private/subscribers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture
def folder(site: Site) -> SiteFolder:
    return site({"linkhome.yaml": "profile: {name: Lina}\n"})


def bring(folder: SiteFolder, data: str | bytes, *more: str, name: str = "list.csv") -> tuple[int, str]:
    path = folder.root.parent / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    ran = folder.run("list", "import", str(path), *more)
    assert "example.org" not in ran.out + ran.err, "nobody's address is shown"
    return ran.code, ran.err + ran.out


@pytest.mark.parametrize("provider", FILES)
def test_exports_of_known_services_are_recognised(provider: str, folder: SiteFolder) -> None:
    text, states = FILES[provider]
    code, said = bring(folder, text)
    assert code == 0, said
    assert f"{len(states)} people of" in said
    found = rows(folder)
    assert [row["status"] for row in found] == states
    assert {row["provider"] for row in found} == {provider}
    assert found[0]["subscribed_at"].startswith("2026-01-01T10:0")
    assert "Jörg" in found[0]["first_name"] + found[0]["name"] or provider == "substack"
    assert found[0]["phone"] == {"listmonk": "+49 151 0000000", "mailchimp": "+49151"}.get(provider, "")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not beside this copy")
@pytest.mark.parametrize("provider", ["buttondown", "ghost", "listmonk", "substack"])
def test_sample_exports_come_home(provider: str, folder: SiteFolder) -> None:
    (file,) = SAMPLES.glob(f"{provider}-*.csv")
    ran = folder.run("list", "import", str(file))
    assert ran.code == 0, ran
    (row,) = rows(folder)
    assert (row["provider"], row["email"], row["status"]) == (provider, "gast1@example.org", "active")


HEAD = "E-Mail-Adresse;Vorname;Nachname;Handy;Status;Angemeldet am;Lieblingsfarbe"
LINE = "Gäste.Eins@example.org;Jörg;O'Example;+49 151;abgemeldet;2026-01-01;blau"
WRITTEN = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "utf-16 big-endian": lambda text: "\ufeff".encode("utf-16-be") + text.encode("utf-16-be"),
    "windows": lambda text: text.encode("cp1252"),
}


@pytest.mark.parametrize("encoding", WRITTEN)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_encoding_any_end_of_line_any_separator(
    encoding: str, end: str, separator: str, folder: SiteFolder
) -> None:
    text = f"{HEAD}{end}{LINE}{end}".replace(";", separator)
    code, said = bring(folder, WRITTEN[encoding](text))
    assert code == 0, said
    (row,) = rows(folder)
    assert (row["email"], row["first_name"], row["phone"]) == ("Gäste.Eins@example.org", "Jörg", "+49 151")
    assert (row["status"], row["subscribed_at"]) == ("unsubscribed", "2026-01-01")
    assert json.loads(row["extra_json"])["file"]["data"] == {"Lieblingsfarbe": "blau"}
    assert "'Handy' is phone" in said


def test_the_word_of_excel_and_empty_lines_before_the_head(folder: SiteFolder) -> None:
    code, said = bring(folder, f"\n\nsep=;\n{HEAD}\n{LINE}\nno address;;;;;;\n")
    assert code == 0, said
    assert "list.csv:6:1: warning: this row was left out: there is no e-mail address in it" in said
    assert len(rows(folder)) == 1


def test_bad_rows_are_named_by_the_line_on_which_they_begin(folder: SiteFolder) -> None:
    text = (
        "email,name,note\n"
        "a@example.org,Anna,fine\n"
        'b@example.org,Bob,"two\nlines"\n'
        "nobody at all,Carl,\n"
        "d@example.org,Dora,too,many,values\n"
        "e@example.org,Eva\n"
        "\n"
        ",,\n"
        'f@example.org,"Fay"x,\n'
        "g@example.org,Gil,\n"
    )
    code, said = bring(folder, text)
    assert code == 0
    lines = {line.partition(".csv:")[2].partition(":")[0]: line for line in said.splitlines() if "left out" in line}
    assert set(lines) == {"5", "6", "10"}
    assert "no e-mail address" in lines["5"]
    assert "there are 5 values in it, and 3 columns" in lines["6"]
    assert "quotation marks" in lines["10"]
    assert [row["email"][0] for row in rows(folder)] == ["a", "b", "e", "g"]


def test_an_open_quotation_mark_is_told_with_its_line(folder: SiteFolder) -> None:
    code, said = bring(folder, 'email,name\na@example.org,Anna\nb@example.org,"Bob\nc@example.org,Carl\n')
    assert code == 0
    assert "list.csv:3:1: warning" in said
    assert [row["email"][0] for row in rows(folder)] == ["a"]


REFUSED = {
    "no addresses": (
        "name,city\nAnna,Graz\n",
        "no column of list.csv holds e-mail addresses; its columns are 'name', 'city'",
    ),
    "no head": ("anna@example.org,Anna\nbob@example.org,Bob\n", "its first line is about a person"),
    "two columns of addresses": ("one,two\na@example.org,b@example.org\n", "no column"),
    "only a head": ("email,name\n", "there is nobody in list.csv"),
    "nobody": ("email,name\nAnna,\n", "no column"),
    "empty": ("", "is empty"),
    "white": ("\n\n  \n", "is empty"),
    "a ZIP": (b"PK\x03\x04rest", "is a ZIP or an Excel workbook, no CSV"),
    "an old Excel": (b"\xd0\xcf\x11\xe0rest", "is an old Excel workbook"),
    "JSON": ('{"a": 1}', "is JSON"),
    "a web page": ("<!doctype html>", "is a web page"),
    "binary": (bytes(range(256)) * 40, "is no text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_changes_nothing(name: str, folder: SiteFolder) -> None:
    assert bring(folder, "email\nz@example.org\n")[0] == 0
    before = folder.files("private")
    data, says = REFUSED[name]
    code, said = bring(folder, data)
    assert (code, says in said) == (1, True), said
    assert folder.files("private") == before


def test_a_file_that_is_not_there(folder: SiteFolder) -> None:
    ran = folder.run("list", "import", "nothing.csv")
    assert (ran.code, "nothing.csv cannot be read: no such file" in ran.err) == (1, True)


def test_addresses_are_found_without_a_name_of_the_column(folder: SiteFolder) -> None:
    code, said = bring(folder, "Wer,Kontakt\nAnna,a@example.org\nBob,b@example.org\n")
    assert code == 0
    assert "'Kontakt' is email" in said
    assert "does not say who has unsubscribed" in said


def test_a_column_called_address_that_holds_streets_is_not_taken_for_one(folder: SiteFolder) -> None:
    assert bring(folder, "Adresse,Mail\nRing 1,a@example.org\nRing 2,b@example.org\n")[0] == 0
    assert [row["email"] for row in rows(folder)] == ["a@example.org", "b@example.org"]


def test_words_for_the_status_mean_what_the_provider_means(folder: SiteFolder) -> None:
    text = "email,state\na@example.org,inactive\nb@example.org,cancelled\nc@example.org,sleeping\n"
    code, said = bring(folder, text, "--provider", "kit")
    assert code == 0
    assert [row["status"] for row in rows(folder)] == ["pending", "unsubscribed", "pending"]
    assert "1 row with a status that nobody knows: counted as pending" in said


def test_an_unknown_provider_is_told(folder: SiteFolder) -> None:
    code, said = bring(folder, "email\na@example.org\n", "--provider", "buttondwon")
    assert (code, "did you mean 'buttondown'?" in said) == (2, True)


def test_an_older_file_takes_nothing_back(folder: SiteFolder) -> None:
    assert bring(folder, "email,status\na@example.org,unsubscribed\nb@example.org,active\n")[0] == 0
    assert bring(folder, "email,status\nA@Example.org,active\nc@example.org,active\n")[0] == 0
    assert [(row["email"], row["status"]) for row in rows(folder)] == [
        ("a@example.org", "unsubscribed"), ("b@example.org", "active"), ("c@example.org", "active"),
    ]  # fmt: skip


def test_the_file_itself_is_kept_once(folder: SiteFolder) -> None:
    text = "email\na@example.org\n"
    for _ in range(2):
        assert bring(folder, text)[0] == 0
    assert bring(folder, text + "b@example.org\n")[0] == 0
    kept = sorted((folder.root / "private/raw").iterdir())
    assert sorted(path.read_text() for path in kept) == [text, text + "b@example.org\n"]


def test_a_file_inside_of_the_site_is_better_moved_away(folder: SiteFolder) -> None:
    folder.write("my list.csv", "email\na@example.org\n")
    ran = folder.run("list", "import", "my list.csv")
    assert ran.code == 0
    assert "this file with people's addresses lies in the site's folder" in ran.err


def test_our_own_file_comes_home_too_and_the_copy_for_excel(folder: SiteFolder, site: Site) -> None:
    assert bring(folder, "email,phone,status\na@example.org,+49 151,unsubscribed\n")[0] == 0
    other = site({"linkhome.yaml": "profile: {name: Lina}\n"}, "other")
    ran = other.run("list", "import", str(folder.root / "private/subscribers.csv"))
    assert ran.code == 0, ran
    assert rows(other) == rows(folder)
    text = folder.read("private/subscribers.csv").replace("+49", "'+49")
    third = site({"linkhome.yaml": "profile: {name: Lina}\n"}, "third")
    assert bring(third, "\ufeff" + text)[0] == 0
    assert rows(third) == rows(folder)


# ------------------------------------------------------------------ the file


def test_the_file_is_rfc_4180_with_exactly_our_columns(folder: SiteFolder) -> None:
    bring(folder, 'email,name\na@example.org,"Anna ""A"", O\'Example"\n')
    data = (folder.root / "private/subscribers.csv").read_bytes()
    assert data.startswith(",".join(COLUMNS).encode() + b"\r\na@example.org,,,,")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    assert b'"Anna ""A"", O\'Example"' in data
    assert list(csv.reader(io.StringIO(data.decode(), newline="")))[1][4] == 'Anna "A", O\'Example'


DAMAGED = {
    "another head": (lambda text: text.replace("email,", "mail,", 1), ":1:", "its first line is not the one"),
    "a further column": (lambda text: text.replace("exported_at", "exported_at,vip", 1), ":1:", "its first line"),
    "semicolons": (lambda text: text.replace(",", ";"), ":1:", "its first line"),
    "a short row": (
        lambda text: text + "x@example.org,1\r\n",
        ":3:",
        "there are 2 values in this row, and should be 17",
    ),
    "no address": (lambda text: text + "nobody" + "," * 16 + "\r\n", ":3:", "does not begin with an e-mail address"),
    "an open quotation mark": (lambda text: text + '"x@example.org,\r\n', ":3:", "quotation marks"),
    "no UTF-8": (lambda text: text.encode() + b"\xff\xfe\r\n", "", "not UTF-8"),
    "nothing": (lambda text: "", ":1:", "its first line"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_file_that_somebody_changed_for_the_worse_is_never_overwritten(name: str, folder: SiteFolder) -> None:
    bring(folder, "email\na@example.org\n")
    damage, where, says = DAMAGED[name]
    folder.write("private/subscribers.csv", damage(folder.read("private/subscribers.csv")))
    before = folder.files("private")
    code, said = bring(folder, "email\nb@example.org\n")
    assert (code, f"private/subscribers.csv{where}" in said, says in said) == (1, True, True), said
    assert folder.files("private") == before


def test_somebody_twice_in_the_file_becomes_one(folder: SiteFolder) -> None:
    bring(folder, "email,status\na@example.org,active\n")
    head, row = folder.read("private/subscribers.csv").splitlines()
    folder.write(
        "private/subscribers.csv",
        f"{head}\r\n{row}\r\n{row.replace('a@', 'A@').replace(',active,', ',unsubscribed,')}\r\n",
    )
    assert bring(folder, "email\nb@example.org\n")[0] == 0
    assert [(one["email"], one["status"]) for one in rows(folder)] == [
        ("a@example.org", "unsubscribed"),
        ("b@example.org", "active"),
    ]


def test_a_large_import_is_quick_and_small(folder: SiteFolder, tmp_path: Path) -> None:
    lines = [f"person{n}@example.org,Name {n},active" for n in range(20_000)]
    code, said = bring(folder, "email,name,status\n" + "\n".join(lines))
    assert (code, "20,000 people, 20,000 of them new" in said) == (0, True)
