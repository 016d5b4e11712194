"""The file of outages and the times in it: what is written is read back, whatever a note says."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkhome.config.outages import read_outages
from linkhome.config.schema import OutageEntry
from linkhome.config.wrong import KindError
from linkhome.diagnostics import LinkhomeError
from linkhome.outage import record
from linkhome.outage.current import current
from linkhome.outage.times import as_when, written
from linkhome.platforms import Platform, plugins, recognise, table
from linkhome.platforms.table import PLATFORMS
from linkhome.project import Project

ZURICH = ZoneInfo("Europe/Zurich")
#: 22 November 2026, 09:10 in Zurich.
NOW = 1_795_335_000.0


def entry(platform: str = "instagram", **more: str) -> OutageEntry:
    return OutageEntry(platform=platform, since=more.pop("since", "2026-11-22 09:10"), **more)


def read(data: bytes) -> tuple[OutageEntry, ...]:
    entries, _, found = read_outages(data, record.FILE, ("en", "de"))
    assert found == []
    assert entries is not None
    return entries


HOSTILE = [
    'He said: "back soon" # or not',
    "'single' and \"double\"",
    "- a list?\n- no",
    "key: value",
    "null",
    "yes",
    "2026-11-22",
    "1e3",
    "*anchor &name !tag %dir @at `tick`",
    "{flow: map}",
    "[a, b",
    "> folded",
    "| literal",
    "line one\nline two\n\n  indented",
    "👩‍👩‍👧 Ürlaub · שלום · \u2028 · \u00a0 · \ufeff",
    "tab\there",
    "ends with colon:",
    "…" * 200,
    "--- \n...",
    "\\n \\u0041 %41",
]


@pytest.mark.parametrize("note", HOSTILE)
def test_a_hostile_note_comes_back_as_it_was(note):
    entries = (entry(note=record.clean_note(note)), entry("x", note="plain"))
    assert read(record.as_yaml(entries)) == entries


@given(st.text(min_size=1, max_size=60))
def test_any_note_comes_back_as_it_was(note):
    clean = record.clean_note(note)
    entries = (entry(note=clean or None),)
    assert read(record.as_yaml(entries)) == entries


LINE = st.text("ab: #'\"\n", min_size=1, max_size=20).map(lambda text: text.strip() or "x")


@given(st.fixed_dictionaries({"en": LINE, "de": LINE}))
def test_a_note_in_several_languages_that_somebody_wrote_stays(notes):
    entries = (entry(note=notes, until="2026-11-23"),)
    assert read(record.as_yaml(entries)) == entries


def test_a_note_loses_what_no_page_can_show():
    assert record.clean_note(" a\r\nb\rc\x00\x1b[31m\ud800 ") == "a\nb\nc[31m"
    with pytest.raises(ValueError, match="too long: 501 characters"):
        record.clean_note("x" * 501)


def test_the_file_says_what_it_is_and_names_no_more_than_is_known():
    text = record.as_yaml([entry(), entry("x", until="2026-11-23", by="auto")]).decode()
    head, _, body = text.partition("outages:\n")
    assert all(line.startswith("#") for line in head.splitlines())
    assert "linkhome outage off" not in body
    assert body == (
        "- platform: instagram\n  since: 2026-11-22 09:10\n"
        "- platform: x\n  since: 2026-11-22 09:10\n  until: '2026-11-23'\n  by: auto\n"
    )


def test_a_platform_has_one_entry_and_the_others_stay():
    others = (entry("x"), entry("Instagram"), entry("nobody-knows-it"), entry("www.instagram.com"))
    new = entry("instagram", note="new")
    assert record.put(others, new) == (others[0], new, others[2])
    assert record.put((), new) == (new,)


def test_the_last_entry_takes_the_file_with_it(tmp_path: Path):
    project = Project(tmp_path)
    record.save(project, [entry()])
    assert record.load(project, ("en",)) == ((entry(),), [])
    record.save(project, [])
    assert os.listdir(tmp_path) == []
    record.save(project, [])
    assert record.load(project, ("en",)) == ((), [])


def test_a_file_that_leads_out_of_the_site_is_not_read(tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "elsewhere.yaml").write_bytes(record.as_yaml([entry()]))
    (tmp_path / "site/outage.yaml").symlink_to("../elsewhere.yaml")
    with pytest.raises(LinkhomeError, match="symbolic link"):
        record.load(Project(tmp_path / "site"), ("en",))


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("now", "2026-11-22 09:10"),
        (" NOW ", "2026-11-22 09:10"),
        ("14:00", "2026-11-22 14:00"),
        ("7:05", "2026-11-22 07:05"),
        ("+6h", "2026-11-22 15:10"),
        ("+ 90 m", "2026-11-22 10:40"),
        ("-1d", "2026-11-21 09:10"),
        ("2026-11-22 14:00", "2026-11-22 14:00"),
        ("2026-11-22T14:00", "2026-11-22 14:00"),
        ("2026-11-23", "2026-11-23"),
    ],
)
def test_times_can_be_typed_in_several_ways(typed, when):
    assert as_when(typed, NOW, ZURICH) == when


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "'' is no time"),
        ("soon", "'soon' is no time"),
        ("25:00", "there is no time '25:00'"),
        ("2026-02-30", "there is no day '2026-02-30'"),
        ("22.11.2026 14:00", "is not a day that can be read"),
        ("+6", "'\\+6' is no time"),
        ("\x1b[31m", "'\\?\\[31m' is no time"),
    ],
)
def test_what_is_no_time_is_refused(typed, why):
    with pytest.raises(KindError, match=why) as refused:
        as_when(typed, NOW, ZURICH)
    assert refused.value.hint


@given(st.floats(0, 4e9))
def test_a_time_that_is_written_is_read_to_the_minute(at):
    (found,) = current([entry(since=written(at, UTC))], at, UTC)
    assert 0 <= at - found.since < 60


def test_what_is_over_is_left_out_and_what_is_to_come_is_not():
    entries = [
        entry("instagram", until="2026-11-22"),
        entry("x", since="2026-11-23", until="2026-11-24 12:00"),
        entry("youtube"),
    ]
    before, at_midnight = NOW, NOW + 14.9 * 3600
    assert [(one.slug, one.is_on(before)) for one in current(entries, before, ZURICH)] == [
        ("instagram", True),
        ("x", False),
        ("youtube", True),
    ]
    assert [(one.slug, one.is_on(at_midnight)) for one in current(entries, at_midnight, ZURICH)] == [
        ("x", True),
        ("youtube", True),
    ]


def test_an_outage_concerns_its_whole_company_and_nobody_else():
    (meta,) = current([entry("Instagram")], NOW, UTC)
    assert (meta.slug, meta.name, meta.owner) == ("instagram", "Instagram", "Meta")
    down = ["https://www.instagram.com/ada", "https://wa.me/41615550123", "https://m.me/ada", "https://fb.com/ada"]
    well = ["https://x.com/ada", "https://ada.example", "mailto:ada@ada.example", "media/a.pdf", "tel:+41615550123"]
    assert [address for address in (*down, *well) if meta.concerns(recognise(address))] == down


def test_an_outage_of_a_network_that_nobody_owns_concerns_that_network_only():
    (mastodon,) = current([entry("mastodon")], NOW, UTC)
    assert mastodon.concerns(recognise("https://mastodon.social/@ada"))
    assert not mastodon.concerns(recognise("https://pixelfed.social/ada"))
    assert not mastodon.concerns(recognise("https://ada.example/blog"))


def test_every_platform_is_found_by_its_slug_and_by_its_name():
    for slug, platform in PLATFORMS.items():
        for word in (slug, platform.name, platform.name.upper()):
            (found,) = current([entry(word)], NOW, UTC)
            assert found.slug == slug, word


def test_a_platform_of_another_package_is_found_too(monkeypatch: pytest.MonkeyPatch):
    forum = Platform("forum", "My Forum", "Ada Ltd", "336699", ("forum.example",))
    monkeypatch.setattr(plugins, "_hosts", table.by_host([forum]))
    monkeypatch.setattr(table, "_added", None)
    for word in ("forum", "my forum", "www.forum.example"):
        (found,) = current([entry(word)], NOW, UTC)
        assert (found.slug, found.name, found.owner) == ("forum", "My Forum", "Ada Ltd")
        assert found.concerns(recognise("https://forum.example/ada"))


def test_a_platform_that_nobody_knows_is_its_own_word():
    (found,) = current([entry("my forum")], NOW, UTC)
    assert (found.slug, found.name, found.owner) == ("my forum", "my forum", "")
    assert not found.concerns(recognise("https://ada.example"))


# ------------------------------------------------------------------ killed while it writes

#: Forks writers that write one of two files in turn for ever, kills each after another pause, and says what it left.
KILLER = """
import itertools, os, signal, sys, time
from pathlib import Path
from linkhome.config.schema import OutageEntry
from linkhome.outage import record
from linkhome.project import Project

project = Project(Path(sys.argv[1]))
files = [
    [OutageEntry(platform="instagram", since="2026-11-22", note=letter * 400) for _ in range(20)] for letter in "ab"
]
record.save(project, files[0])
for turn in range(60):
    child = os.fork()
    if not child:
        for number in itertools.count(turn):
            record.save(project, files[number % 2])
    time.sleep(0.003 + 0.0007 * turn)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    entries = list(record.load(project, ("en",))[0])
    print("ab"[files.index(entries)] if entries in files else "torn")
"""


def test_whoever_is_killed_while_writing_leaves_a_whole_file(tmp_path: Path):
    ran = subprocess.run([sys.executable, "-c", KILLER, str(tmp_path)], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.split()) == 60
    assert set(ran.stdout.split()) == {"a", "b"}


def test_a_disk_that_takes_nothing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    project = Project(tmp_path)
    record.save(project, [entry()])

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(LinkhomeError, match=r"outage\.yaml cannot be written: no space left on device"):
        record.save(project, [entry("x")])
    assert record.load(project, ("en",))[0] == (entry(),)
    assert os.listdir(tmp_path) == [record.FILE]
