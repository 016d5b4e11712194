"""Merging loses nobody, and writes to nobody who left."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from linkhome.lists import dig, ledger, merge
from linkhome.lists.person import COLUMNS, STATUSES, Person, Said, Told

LATER, EARLIER = "2026-06-01T10:00:00Z", "2026-01-01T10:00:00Z"


def told(provider: str, said: Said, email: str = "anna@example.org", **cells: str) -> Told:
    return Told(Person(email=email, provider=provider, provider_id=said.id, **cells), said)


def row(*sayings: Told, proof: bool = True) -> Person:
    found = None
    for one in sayings:
        found = merge.add(found, one, LATER, proof=proof)
    assert found
    return found


def test_a_complaint_counts_for_ever() -> None:
    found = merge.decide(
        [Said(status="active", confirmed_at=LATER), Said(status="complained", unsubscribed_at=EARLIER)]
    )
    assert found.status == "complained"


def test_who_unsubscribed_anywhere_is_left_alone() -> None:
    assert merge.decide([Said(status="active"), Said(status="unsubscribed")]).status == "unsubscribed"
    assert merge.decide([Said(status="active"), Said(status="bounced", unsubscribed_at=LATER)]).status == "bounced"
    assert merge.decide([Said(status="bounced"), Said(status="unsubscribed")]).status == "unsubscribed"


def test_who_signed_up_again_later_is_active_again() -> None:
    before = Said(status="unsubscribed", unsubscribed_at=EARLIER)
    assert merge.decide([before, Said(status="active", subscribed_at=LATER)]).status == "active"
    assert merge.decide([before, Said(status="active", subscribed_at="2025-01-01")]).status == "unsubscribed"
    assert merge.decide([before, Said(status="pending", subscribed_at=LATER)]).status == "unsubscribed"
    assert (
        merge.decide([before, Said(status="active", subscribed_at=LATER, missing_since=LATER)]).status == "unsubscribed"
    )
    unknown = [Said(status="unsubscribed"), before, Said(status="active", subscribed_at=LATER)]
    assert merge.decide(unknown).status == "unsubscribed", "one of the two may be later still"


def test_active_counts_more_than_pending_and_present_more_than_missing() -> None:
    assert merge.decide([Said(status="pending"), Said(status="active")]).status == "active"
    assert merge.decide([Said(status="pending"), Said(status="active", missing_since=LATER)]).status == "pending"
    assert merge.decide([Said(status="active", missing_since=LATER)]).status == "active"


def test_the_provider_itself_may_take_its_word_back() -> None:
    found = row(told("kit", Said(status="unsubscribed", unsubscribed_at=EARLIER)), told("kit", Said(status="active")))
    assert (found.status, found.unsubscribed_at) == ("active", "")


def test_a_file_of_unknown_age_takes_no_unsubscription_back() -> None:
    now = row(told("kit", Said(status="unsubscribed")))
    assert (
        merge.add(now, told("kit", Said(status="active", subscribed_at=LATER)), LATER, proof=False).status
        == "unsubscribed"
    )


def test_the_first_provider_owns_the_row_and_others_fill_its_gaps() -> None:
    found = row(
        told("kit", Said(id="1"), first_name="Anna", tags="zine"),
        told("brevo", Said(id="2"), first_name="Anne", phone="+49 151", tags="shop,zine"),
    )
    assert (found.provider, found.provider_id) == ("kit", "1")
    assert (found.first_name, found.phone, found.tags) == ("Anna", "+49 151", "zine,shop")
    again = merge.add(found, told("kit", Said(id="1"), first_name="Annika", tags="news"), LATER, proof=True)
    assert (again.first_name, again.tags) == ("Annika", "news")
    emptied = merge.add(again, told("kit", Said(id="1")), LATER, proof=True)
    assert (emptied.first_name, emptied.tags) == ("Annika", "news"), "what was known once is not forgotten"


def test_who_moved_to_another_provider_belongs_there() -> None:
    found = row(told("mailchimp", Said(id="1")))
    assert merge.mark_missing(found, "mailchimp", LATER, left=False)
    assert not merge.mark_missing(found, "mailchimp", LATER, left=False)
    moved = merge.add(found, told("buttondown", Said(id="2")), LATER, proof=True)
    assert (moved.provider, moved.provider_id) == ("buttondown", "2")


def test_what_the_creator_writes_into_the_file_counts() -> None:
    found = row(told("kit", Said(status="active")))
    found.status = "unsubscribed"  # somebody asked for it by mail
    again = merge.add(found, told("kit", Said(status="active")), LATER, proof=True)
    assert again.status == "unsubscribed"
    again.status = "active"  # and changed their mind
    assert merge.add(again, told("kit", Said(status="active")), LATER, proof=True).status == "active"
    written = Person(email="b@example.org", status="unsubscribed")
    assert merge.add(written, told("kit", Said(), "b@example.org"), LATER, proof=True).status == "unsubscribed"


def test_what_somebody_else_keeps_in_extra_json_stays() -> None:
    found = Person(email="a@example.org", extra_json='{"vip": true, "kit": {"status": "strange"}}')
    merge.add(found, told("brevo", Said(), "a@example.org"), LATER, proof=True)
    assert '"vip":true' in found.extra_json
    assert '"strange"' in found.extra_json
    noted = Person(email="a@example.org", extra_json="met at the fair")
    merge.add(noted, told("brevo", Said(), "a@example.org"), LATER, proof=True)
    assert "met at the fair" in noted.extra_json


# ------------------------------------------------------------------ any life of a list

texts = st.text(max_size=20)
moments = st.sampled_from(["", EARLIER, LATER, "2025-12-31"])
sayings = st.builds(
    Said, status=st.sampled_from(STATUSES), id=texts, subscribed_at=moments, confirmed_at=moments,
    unsubscribed_at=moments, data=st.dictionaries(texts, texts, max_size=2),
)  # fmt: skip
letters = st.sampled_from(["a@example.org", "A@Example.org", "ä@example.org", "A\u0308@example.org", "b@example.org"])
events = st.lists(
    st.tuples(st.sampled_from(["kit", "brevo", "file"]), letters, sayings, st.booleans(), texts), max_size=30
)


@given(events)
def test_whatever_happens_nobody_is_lost_and_the_file_is_read_as_it_was_written(
    events: list[tuple[str, str, Said, bool, str]],
) -> None:
    book = ledger.Ledger()
    complained = set()
    for provider, email, said, proof, name in events:
        key = dig.key(email)
        if provider == "file" and said.status == "complained":
            complained.add(key)
        book.people[key] = merge.add(
            book.people.get(key), told(provider, said, email, name=name), LATER, proof=proof and provider != "file"
        )
    assert set(book.people) == {dig.key(email) for _, email, _, _, _ in events}
    for key, person in book.people.items():
        assert person.status in STATUSES
        assert person.status == merge.decide(merge.remembered(person).values()).status
        assert key not in complained or person.status == "complained"
    file = io.BytesIO()
    ledger.write(book, file)
    assert file.getvalue().startswith(",".join(COLUMNS).encode() + b"\r\n")


@given(
    st.lists(
        st.builds(
            Person, email=letters, **{name: texts for name in COLUMNS if name not in ("email", "status", "extra_json")}
        ),
        max_size=8,
        unique_by=lambda one: dig.key(one.email),
    )
)
def test_the_file_gives_back_what_was_put_in(people: list[Person]) -> None:
    import tempfile
    from pathlib import Path

    before = ledger.Ledger(people)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "subscribers.csv"
        with path.open("w+b") as file:
            ledger.write(before, file)
        assert ledger.load(path).people == before.people
