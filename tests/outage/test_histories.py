"""Drive the decision through whole days: each table is a history, row by row as a scheduled job would see it.

One column a host. ``.`` answered; ``3`` and ``9`` answered 403 and 429, ``w`` with a wall; ``d`` no name, ``c`` no
connection, ``s`` no end, ``r`` broke off, ``t`` a wrong certificate, ``5`` status 503; ``-`` was not asked. The last
word is what must come of the round: ``on``, ``off``, ``renew``, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from linkhome.config.schema import OutageEntry
from linkhome.embeds.answer import Answer
from linkhome.outage import seen
from linkhome.outage.current import current
from linkhome.outage.decide import GAP, ON_AFTER, ROUNDS, Decision, decide
from linkhome.outage.seen import Journal, Seen
from linkhome.outage.times import written
from linkhome.outage.watch import is_down
from linkhome.outage.watch import seen as observed

START = datetime(2026, 11, 22, tzinfo=UTC).timestamp()
HOUR = 3600.0
HOSTS = {
    "ig": "www.instagram.com",
    "fb": "www.facebook.com",
    "wa": "whatsapp.com",
    "yt": "www.youtube.com",
    "spot": "open.spotify.com",
    "gh": "github.com",
    "li": "www.linkedin.com",
    "x": "x.com",
    "blog": "blog.example",
    "own": "ada.example",
}
STATUSES = {".": 200, "w": 200, "3": 403, "9": 429, "5": 503}
CODES = {"d": "dns", "c": "connect", "s": "slow", "r": "reset", "t": "tls"}


class History:
    """Be a site whose scheduled job runs now and then: it keeps its journal and its entries."""

    def __init__(self, *entries: OutageEntry) -> None:
        self.journal = Journal()
        self.entries = list(entries)

    def round(self, at: float, went: dict[str, str]) -> str:
        """See a round, let it be decided, do what was decided; return that in a word."""
        fresh = [observed(HOSTS[name], code(letter), at) for name, letter in went.items() if letter != "-"]
        seen.add(self.journal, fresh, at)
        decision = decide(self.journal.seen, current(self.entries, at, UTC), at, self.journal.refused, ["instagram"])
        self._apply(decision)
        return " ".join(name for name in ("on", "off", "renew") if getattr(decision, name))

    def _apply(self, decision: Decision) -> None:
        ends = {id(one.entry): written(end, UTC) for one, end in decision.renew}
        gone = {id(one.entry) for one in decision.off}
        kept = [structs.replace(e, until=ends.get(id(e), e.until)) for e in self.entries if id(e) not in gone]
        new = [
            OutageEntry(platform=one.slug, since=written(one.since, UTC), until=written(one.until, UTC), by="auto")
            for one in decision.on
        ]
        self.entries = [*kept, *new]


def code(letter: str) -> str:
    if letter in CODES:
        return CODES[letter]
    return "5xx" if is_down(Answer(STATUSES[letter], {}, b"", "")) else ""


def play(table: str, history: History | None = None) -> History:
    """Play a table and see that each round is decided as its last word says."""
    history = history or History()
    head, *rows = [line.split() for line in table.strip().splitlines()]
    decided, expected = [], []
    for row in rows:
        day, _, clock = row[0].rpartition("+")
        hours, minutes = clock.split(":")
        at = START + int(day or 0) * 24 * HOUR + int(hours) * HOUR + int(minutes) * 60
        did = history.round(at, dict(zip(head, row[1:], strict=False)))
        decided.append(f"{row[0]} {did}".strip())
        expected.append(f"{row[0]} {' '.join(row[1 + len(head) :])}".strip())
    assert decided == expected
    return history


def test_a_true_outage_of_a_company_is_marked_after_three_rounds_and_gone_after_three_good_ones():
    # As on 4 October 2021: names first, everything of the company at once.
    history = play(
        """
               ig fb wa  yt x  own
        00:00  .  .  .   .  .  .
        00:10  d  d  d   .  .  .
        00:20  d  d  d   .  .  .
        00:30  d  d  d   .  .  .   on
        00:40  d  d  d   .  .  .
        06:00  c  c  c   .  .  .
        06:10  .  .  .   .  .  .
        06:20  .  .  .   .  .  .
        06:30  .  .  .   .  .  .
        06:40  .  .  .   .  .  .   off
        06:50  .  .  .   .  .  .
        """
    )
    assert history.entries == []


def test_the_entry_names_the_platform_that_stands_first_on_the_site_and_ends_by_itself():
    history = play(
        """
               fb ig   yt x
        09:00  .  .    .  .
        09:10  5  5    .  .
        09:25  5  5    .  .
        09:40  5  5    .  .   on
        """
    )
    assert history.entries == [
        OutageEntry(platform="instagram", since="2026-11-22 09:10", until="2026-11-23 09:40", by="auto")
    ]


def test_three_rounds_in_a_hurry_are_not_enough():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:01  c  c    .  .
        00:02  c  c    .  .
        00:03  c  c    .  .
        00:20  c  c    .  .
        00:21  c  c    .  .   on
        """
    )


@pytest.mark.parametrize("how", ["3", "9", "w"])
def test_one_platform_that_blocks_us_is_no_outage(how):
    play(
        f"""
               ig fb wa  yt x  own
        00:00  .  .  .   .  .  .
        00:10  {how}  .  .   .  .  .
        00:20  {how}  .  .   .  .  .
        00:30  {how}  .  .   .  .  .
        00:40  {how}  .  .   .  .  .
        """
    )


@pytest.mark.parametrize("how", ["3", "9", "w"])
def test_a_company_that_blocks_us_everywhere_is_no_outage(how):
    play(
        f"""
               ig fb   yt x  own
        00:00  .  .    .  .  .
        00:10  {how}  {how}    .  .  .
        00:20  {how}  {how}    .  .  .
        00:40  {how}  {how}    .  .  .
        """
    )


def test_one_platform_that_is_truly_down_is_no_outage_of_its_company():
    play(
        """
               ig fb wa  yt x
        00:00  .  .  .   .  .
        00:10  5  .  .   .  .
        00:20  5  .  .   .  .
        00:30  5  .  .   .  .
        00:50  5  .  .   .  .
        """
    )


def test_a_company_that_never_answered_from_here_may_be_blocked_here():
    # A school or an office that lets nobody through to Meta.
    play(
        """
               ig fb wa  yt x  own
        00:00  c  c  c   .  .  .
        00:15  c  c  c   .  .  .
        00:30  c  c  c   .  .  .
        00:45  c  c  c   .  .  .
        """
    )


def test_a_platform_that_was_always_dead_does_not_stand_for_its_company():
    play(
        """
               ig fb   yt x
        00:00  .  c    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        00:40  c  c    .  .
        """
    )


def test_flapping_switches_nothing_on():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        00:30  .  .    .  .
        00:40  c  c    .  .
        00:50  c  c    .  .
        01:00  .  c    .  .
        01:10  c  c    .  .
        01:20  c  c    .  .
        01:30  .  .    .  .
        """
    )


def test_flapping_while_it_is_on_switches_nothing_off():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        00:30  c  c    .  .   on
        00:40  .  .    .  .
        00:50  .  .    .  .
        01:00  .  c    .  .
        01:10  .  .    .  .
        01:20  .  .    .  .
        01:30  c  c    .  .
        01:40  .  .    .  .
        01:50  .  .    .  .
        02:00  .  .    .  .
        02:10  .  .    .  .   off
        """
    )


def test_good_rounds_in_a_hurry_switch_nothing_off():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        00:30  c  c    .  .   on
        00:35  .  .    .  .
        00:40  .  .    .  .
        00:45  .  .    .  .
        01:00  .  .    .  .
        01:05  .  .    .  .   off
        """
    )


def test_our_own_network_down_says_nothing_about_others():
    play(
        """
               ig fb   yt x  own
        00:00  .  .    .  .  .
        00:10  d  d    d  d  d
        00:20  d  d    d  d  d
        00:30  d  d    d  d  d
        00:40  c  c    c  c  .
        00:50  .  .    .  .  .
        """
    )


def test_our_own_network_down_in_the_middle_of_an_outage_neither_counts_nor_breaks_the_row():
    play(
        """
               ig fb   yt x  own
        00:00  .  .    .  .  .
        00:10  c  c    .  .  .
        00:20  c  c    .  .  .
        00:30  c  c    c  c  c
        00:40  c  c    .  .  .   on
        """
    )


def test_a_single_other_host_is_not_enough_to_trust_our_own_line():
    play(
        """
               ig fb   own
        00:00  .  .    .
        00:10  c  c    .
        00:20  c  c    .
        00:40  c  c    .
        """
    )


def test_platforms_that_fail_in_different_ways_are_no_outage():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  5  c    .  .
        00:20  5  c    .  .
        00:30  5  c    .  .
        00:50  5  c    .  .
        """
    )


def test_an_outage_that_changes_its_face_is_still_one():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  d  s    .  .
        00:20  c  r    .  .
        00:30  5  5    .  .   on
        """
    )


def test_a_long_silence_between_two_rounds_breaks_the_row():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        06:30  c  c    .  .
        06:40  c  c    .  .
        06:50  c  c    .  .   on
        """
    )


def test_rounds_that_come_every_few_hours_are_a_row():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        05:00  c  c    .  .
        10:00  c  c    .  .
        15:00  c  c    .  .   on
        """
    )


def test_rounds_that_ask_for_something_else_neither_count_nor_break_the_row():
    play(
        """
               ig fb   yt x  blog
        00:00  .  .    .  .  .
        00:10  c  c    .  .  .
        00:15  -  -    .  .  .
        00:20  c  c    .  .  .
        00:25  c  -    .  .  .
        00:30  c  c    .  .  .   on
        """
    )


def test_one_sign_of_life_breaks_the_row():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        00:25  .  -    .  .
        00:30  c  c    .  .
        00:40  c  c    .  .
        00:50  c  c    .  .   on
        """
    )


def test_a_company_with_one_platform_is_never_switched_on():
    play(
        """
               spot  yt x  own
        00:00  .     .  .  .
        00:10  c     .  .  .
        00:20  c     .  .  .
        00:30  c     .  .  .
        03:00  c     .  .  .
        """
    )


@pytest.mark.parametrize(
    "doors",
    [
        {("github.com", "github"), ("github.com", "githubsponsors")},
        {("github.com", "github"), ("gist.github.com", "github")},
    ],
)
def test_two_platforms_behind_one_door_are_one_and_so_are_two_doors_of_one_platform(doors):
    assert decide(_failing(doors), (), START + 0.5 * HOUR) == Decision()


def test_what_was_seen_in_the_future_counts_for_nothing():
    doors = {("github.com", "github"), ("www.linkedin.com", "linkedin")}
    assert decide(_failing(doors), (), START + 0.5 * HOUR).on
    assert decide(_failing(doors), (), START + 0.3 * HOUR) == Decision()


def _failing(doors: Iterable[tuple[str, str]]) -> list[Seen]:
    """Return four rounds over half an hour: in the first all answered, then these doors of a company failed."""
    found = []
    for minutes in (0, 8, 16, 30):
        at = START + minutes * 60
        found += [Seen(at, "x.com", "x", "X Corp", ""), Seen(at, "blog.example", "", "blog.example", "")]
        found += [Seen(at, host, slug, "Microsoft", "connect" if minutes else "") for host, slug in sorted(doors)]
    return found


def test_the_end_is_renewed_while_it_lasts_and_not_with_every_round():
    history = play(
        """
                 ig fb   yt x
        00:00    .  .    .  .
        00:10    c  c    .  .
        00:20    c  c    .  .
        00:30    c  c    .  .   on
        06:00    c  c    .  .
        11:00    c  c    .  .
        13:00    c  c    .  .   renew
        18:00    c  c    .  .
        23:00    c  c    .  .
        1+02:00  c  c    .  .   renew
        """
    )
    assert history.entries[0].until == "2026-11-24 02:00"
    assert history.entries[0].since == "2026-11-22 00:10"


def test_what_was_switched_on_is_over_by_itself_when_nobody_looks_any_more():
    history = play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        00:30  c  c    .  .   on
        """
    )
    assert current(history.entries, START + 24.4 * HOUR, UTC)
    assert current(history.entries, START + 24.6 * HOUR, UTC) == ()


def test_a_clock_that_was_set_back_costs_rounds_and_nothing_else():
    play(
        """
                 ig fb   yt x
        2+00:00  .  .    .  .
        2+00:10  c  c    .  .
        2+00:20  c  c    .  .
        00:00    .  .    .  .
        00:10    c  c    .  .
        00:20    c  c    .  .
        00:30    c  c    .  .   on
        """
    )


def test_an_end_that_a_wrong_clock_wrote_too_far_ahead_is_put_right():
    play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .   renew
        """,
        History(OutageEntry(platform="instagram", since="2026-11-21 23:00", until="2027-11-22 00:00", by="auto")),
    )


@pytest.mark.parametrize("platform", ["instagram", "Facebook", "threads"])
def test_what_was_switched_on_by_hand_is_never_touched(platform):
    entry = OutageEntry(platform=platform, since="2026-11-21", until="2026-11-22 06:00")
    history = play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        00:30  c  c    .  .
        00:40  c  c    .  .
        01:00  .  .    .  .
        01:20  .  .    .  .
        01:40  .  .    .  .
        02:00  .  .    .  .
        """,
        History(entry),
    )
    assert history.entries == [entry]


def test_whoever_switches_it_off_by_hand_is_believed_until_it_answered_again():
    history = play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        00:30  c  c    .  .   on
        """
    )
    history.entries.clear()
    history.journal.refused["Meta"] = START + 0.6 * HOUR
    play(
        """
               ig fb   yt x
        00:40  c  c    .  .
        01:00  c  c    .  .
        01:20  c  c    .  .
        01:40  .  .    .  .
        01:50  c  c    .  .
        02:00  c  c    .  .
        02:10  c  c    .  .   on
        """,
        history,
    )


def test_two_companies_at_once_are_both_marked():
    history = play(
        """
               ig fb   gh li  x  own
        00:00  .  .    .  .   .  .
        00:10  c  c    5  5   .  .
        00:20  c  c    5  5   .  .
        00:30  c  c    5  5   .  .   on
        """
    )
    assert [one.platform for one in history.entries] == ["instagram", "github"]


def test_a_lost_journal_needs_rounds_anew():
    history = play(
        """
               ig fb   yt x
        00:00  .  .    .  .
        00:10  c  c    .  .
        00:20  c  c    .  .
        """
    )
    history.journal = Journal()
    play(
        """
               ig fb   yt x
        00:30  c  c    .  .
        00:40  .  .    .  .
        00:50  c  c    .  .
        01:00  c  c    .  .
        01:10  c  c    .  .   on
        """,
        history,
    )


# ------------------------------------------------------------------ whatever happens

LETTERS = st.sampled_from(".......39wdcsrt5-")
ROUND = st.tuples(st.floats(1, 8 * HOUR), st.lists(LETTERS, min_size=len(HOSTS), max_size=len(HOSTS)))
#: Histories in which everything of Meta fails often, so that there is something to decide.
BAD = st.tuples(st.floats(600, HOUR), st.just([*"ccc......."]))


@given(st.lists(st.one_of(ROUND, BAD, BAD), max_size=14))
def test_nothing_is_switched_on_without_three_rounds_in_which_others_answered(rounds: list[tuple[float, list[str]]]):
    history, at, log = History(), START, []
    for pause, letters in [(1.0, list("." * len(HOSTS))), *rounds]:
        at += pause
        went = dict(zip(HOSTS, letters, strict=True))
        log.append((at, went))
        before = {one.platform for one in history.entries}
        history.round(at, went)
        for entry in history.entries:
            if entry.platform not in before:
                owner = next(o.owner for o in history.journal.seen if o.platform == entry.platform)
                assert _bad_rounds(log, owner, at) >= ROUNDS


def _bad_rounds(log: Iterable[tuple[float, dict[str, str]]], owner: str, now: float) -> int:
    """Count, in another way than the program, the last rounds in which all of a company failed and others answered."""
    count, last, first = 0, now, now
    for at, went in reversed(list(log)):
        mine = [code(letter) for name, letter in went.items() if whose(name) == owner and letter != "-"]
        others = [name for name, letter in went.items() if whose(name) != owner and letter != "-" and not code(letter)]
        if not mine or (all(mine) and len(others) < 2):
            continue
        if not all(mine) or last - at > GAP:
            break
        last = at
        if len(mine) >= 2:
            count, first = count + 1, at
    return count if now - first >= ON_AFTER else 0


def whose(name: str) -> str:
    return observed(HOSTS[name], "", 0.0).owner
