"""Never worse: each reason to hold an answer back, what is kept all the same, and what the creator may overrule."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw, structs

from linkhome.embeds import said, worse
from linkhome.embeds.reading import Reading
from linkhome.embeds.record import Good, Image, Item, Owner, parse_item
from linkhome.embeds.worse import Verdict, weigh

LONG = "A risograph prints one colour at a time, and every sheet goes through the drum as often as there are inks. " * 3
PICTURE = Image(file="00aa-640.webp", alt="A drum", sha256="aa")
OTHER = Image(file="00bb-640.webp", sha256="bb")
OLD = Good(
    title="How a risograph prints",
    author="Lina Marlow",
    author_url="https://www.youtube.com/@linamarlow",
    text=LONG.strip(),
    published="2026-10-01",
    duration=768,
    url="https://www.youtube.com/watch?v=aaaaaaaaaaa",
    kind="video",
    image=PICTURE,
    source="page",
    fetched="2026-10-02",
)


def reading(**changes) -> Reading:
    values = {
        "source": "page",
        "title": OLD.title,
        "author": OLD.author,
        "author_url": OLD.author_url,
        "text": OLD.text,
        "published": OLD.published,
        "duration": 768,
        "url": OLD.url,
        "kind": "video",
        "image": "https://i.example/a.jpg",
    }
    return Reading(**values | changes)


def weighed(image=PICTURE, old=OLD, **changes) -> Verdict:
    return weigh(old, reading(**changes), image, platform="YouTube", today="2026-11-20")


def held(verdict: Verdict, why: str, old=OLD) -> None:
    assert verdict == Verdict("held", old, why)


# ------------------------------------------------------------------ nothing to hold


def test_the_first_answer_is_new_and_has_its_day():
    verdict = weigh(None, reading(title="  How a\trisograph prints "), PICTURE, today="2026-10-02")
    assert verdict == Verdict("new", OLD)


def test_the_same_answer_makes_no_difference_and_keeps_its_day():
    verdict = weighed()
    assert verdict.state == "same"
    assert verdict.good is OLD


def test_another_source_that_says_the_same_makes_no_difference():
    assert weighed(source="oembed", text="", published="", duration=0).state == "same"


def test_a_new_title_is_better_and_sets_the_day():
    verdict = weighed(title="How a risograph really prints")
    assert verdict.state == "better"
    assert verdict.good == structs.replace(OLD, title="How a risograph really prints", fetched="2026-11-20")


def test_what_another_source_does_not_know_stays():
    verdict = weighed(
        source="oembed", title="New", author="", author_url="", text="", published="", duration=0, kind=""
    )
    assert verdict.good == structs.replace(OLD, title="New", source="oembed", fetched="2026-11-20")


def test_values_are_cleaned_once_more():
    good = weigh(
        None,
        reading(
            title="a\u202eb\n c",
            url="javascript:alert(1)",
            frame="data:text/html,x",
            published="yesterday",
            duration=float("nan"),
            aspect="16:9;x",
            kind="<b>",
        ),
        None,
    ).good
    assert (good.title, good.url, good.frame, good.published, good.duration, good.aspect, good.kind) == (
        "ab c", None, None, None, None, None, None,
    )  # fmt: skip


# ------------------------------------------------------------------ one rule, one test


def test_an_empty_title_is_held():
    held(weighed(title=""), "the answer has no title")


def test_a_thing_without_a_title_needs_none():
    old = structs.replace(OLD, title=None)
    assert weighed(old=old, title="").state == "same"


@pytest.mark.parametrize("title", ["YouTube", "youtube", " YouTube. "])
def test_the_platform_s_name_as_title_is_held(title):
    held(weighed(title=title), f"the answer is called only '{title.strip()}'")


def test_who_was_always_called_like_the_platform_may_be():
    old = structs.replace(OLD, title="YouTube")
    assert weighed(old=old, title="YouTube").state == "same"


def test_a_lost_picture_stays_and_the_text_is_taken():
    verdict = weighed(image=None, title="New title")
    assert verdict.state == "better"
    assert (verdict.good.title, verdict.good.image) == ("New title", PICTURE)
    assert weigh(OLD, reading(image=""), None).why == "the answer has no picture, the old one stays"


def test_a_new_picture_takes_the_place_of_the_old():
    assert weighed(image=OTHER).good.image == OTHER


def test_the_same_picture_keeps_its_description():
    assert weighed(image=structs.replace(PICTURE, alt=None)).state == "same"
    assert weighed(image=structs.replace(PICTURE, alt="Ink")).good.image == structs.replace(PICTURE, alt="Ink")


def test_a_text_that_shrinks_to_a_fifth_is_held():
    before = len(OLD.text)
    held(weighed(text="Watch now."), f"its text shrank from {before} to 10 characters")
    fifth = "x" * (before // 5 + 1)
    assert weighed(text=fifth).good.text == fifth


def test_a_text_that_is_gone_stays():
    assert weighed(text="").state == "same"
    assert weighed(text="", title="New").good.text == OLD.text


@pytest.mark.parametrize("end", ["…", "..."])
def test_a_text_that_is_only_cut_stays_whole(end):
    assert weighed(text=OLD.text[:40] + end).state == "same"
    assert weighed(text=OLD.text[:200] + end).state == "same"


def test_another_author_is_held():
    held(
        weighed(author="Crypto Giveaway", author_url="https://www.youtube.com/@free"),
        "its author was 'Lina Marlow' and is now 'Crypto Giveaway'",
    )


@pytest.mark.parametrize("name", ["Lina Marlow (@lina)", "LINA MARLOW", "Lina Marlow 🎄", "lina"])
def test_the_same_name_in_other_letters_is_no_other_author(name):
    assert weighed(author=name).state == "better"


def test_an_account_may_call_itself_anew_where_things_have_ids():
    assert weighed(author="Studio Risograph").state == "better"
    profile = structs.replace(OLD, kind="channel", url="https://www.youtube.com/@linamarlow")
    verdict = weighed(old=profile, author="Studio Risograph", kind="channel", url=profile.url)
    held(verdict, "its author was 'Lina Marlow' and is now 'Studio Risograph'", profile)


def test_a_picture_that_was_not_to_be_shown_stays_hidden():
    old = structs.replace(OLD, sensitive=True)
    assert weighed(old=old, title="New").good.sensitive is True


# ------------------------------------------------------------------ the newest of a channel


def entry(number: int, **more) -> Item:
    return Item(url=f"https://lina.example/{number}", title=f"Post {number}", published=f"2026-10-{number:02}", **more)


def raw(*items: Item) -> list[Raw]:
    return [Raw(msgspec.json.encode(item)) for item in items]


def channel(*items: Item, **more) -> Good:
    return Good(**{"title": "Notes", "source": "feed", "fetched": "2026-10-30"} | more, items=raw(*items))


def feed(*numbers: int, changes=None, **more) -> Reading:
    def one(number):
        values = {"url": f"https://lina.example/{number}", "title": f"Post {number}"}
        return Reading(
            **{"source": "feed", "published": f"2026-10-{number:02}"} | values | (changes or {}).get(number, {})
        )

    return Reading(**{"source": "feed", "title": "Notes"} | more, items=tuple(one(number) for number in numbers))


def titles(good: Good) -> list[str | None]:
    return [parse_item(one).title for one in good.items]


def numbers(good: Good) -> list[int]:
    return [int((parse_item(one).url or "").rpartition("/")[2]) for one in good.items]


def test_the_same_list_makes_no_difference():
    old = channel(entry(3), entry(2))
    assert weigh(old, feed(3, 2), None, today="2026-11-20") == Verdict("same", old)


def test_an_empty_list_is_held():
    old = channel(entry(3))
    held(weigh(old, feed(), None), "the list is empty", old)


def test_a_list_without_entries_may_be_the_first():
    assert weigh(None, feed(), None).state == "new"


def test_a_list_from_a_stale_cache_is_held():
    old = channel(entry(9), entry(8))
    held(weigh(old, feed(7, 6, 5), None), "the list ends before our newest entry, 'Post 9'", old)
    assert weigh(old, feed(9, 7), None).state == "better"


def test_a_list_without_days_is_not_called_stale():
    old = channel(structs.replace(entry(9), published=None))
    assert weigh(old, feed(7), None).state == "better"


def test_a_shorter_list_keeps_what_fell_off_its_end():
    verdict = weigh(channel(entry(5), entry(4), entry(3), entry(2)), feed(6, 5), None, today="2026-11-20")
    assert verdict.state == "better"
    assert numbers(verdict.good) == [6, 5, 4, 3]


def test_what_is_missing_from_the_middle_was_taken_down():
    assert numbers(weigh(channel(entry(5), entry(4), entry(3)), feed(5, 3), None).good) == [5, 3]


def test_a_list_that_shares_nothing_with_ours_goes_before_it():
    assert numbers(weigh(channel(entry(5), entry(4), entry(3)), feed(9, 8), None).good) == [9, 8, 5]


def test_a_longer_list_is_taken_whole():
    assert numbers(weigh(channel(entry(2)), feed(4, 3, 2), None).good) == [4, 3, 2]


def test_a_list_does_not_grow_from_one_answer_to_the_next():
    good = channel(entry(5), entry(4, owner=Owner(title="Mine")), entry(3), entry(2))
    for number in range(6, 20):
        good = weigh(good, feed(number, number - 1), None).good
    assert numbers(good) == [19, 18, 17, 4]


def test_entries_keep_their_picture_and_the_creator_s_words():
    words = Owner(title="Mine", hide=True)
    old = channel(entry(3, image=PICTURE, owner=words), entry(2))
    verdict = weigh(
        old, feed(3, 2, changes={3: {"title": "New", "url": "https://lina.example/3?utm_source=feed"}}), None
    )
    item = parse_item(verdict.good.items[0])
    assert (item.title, item.image, item.owner) == ("New", PICTURE, words)
    assert bytes(verdict.good.items[1]) == bytes(old.items[1])


def test_entries_get_their_pictures_by_address():
    verdict = weigh(channel(entry(3)), feed(3), None, images={"https://lina.example/3": OTHER})
    assert parse_item(verdict.good.items[0]).image == OTHER


def test_words_of_the_creator_outlive_the_list():
    old = channel(entry(5), entry(4, owner=Owner(hide=True)), entry(3, owner=Owner(text="Mine")), entry(2))
    assert numbers(weigh(old, feed(6, 5, 2), None).good) == [6, 5, 2, 4, 3]


def test_a_worse_entry_costs_only_itself():
    old = channel(entry(3, text=LONG), entry(2, author="Lina Marlow"))
    new = feed(3, 2, changes={3: {"title": ""}, 2: {"title": "New", "author": "Somebody"}})
    assert weigh(old, new, None) == Verdict("same", old)


def test_an_entry_without_its_text_keeps_it():
    old = channel(entry(3, text="Word for word."))
    item = parse_item(weigh(old, feed(3, changes={3: {"title": "New"}}), None).good.items[0])
    assert (item.title, item.text) == ("New", "Word for word.")


def test_an_entry_that_the_creator_broke_is_left_to_them():
    old = Good(
        title="Notes",
        source="feed",
        items=[
            Raw(b'{"url": "https://lina.example/3", "owner": {"title": 3}}'),
            Raw(b'{"url": "https://lina.example/2", "title": 2}'),
            Raw(b"[]"),
        ],
    )
    good = weigh(old, feed(3, 2), None).good
    assert bytes(good.items[0]) == bytes(old.items[0])
    assert parse_item(good.items[1]).title == "Post 2"
    assert len(good.items) == 2


def test_entries_without_address_are_found_again():
    episode = Item(title="One", audio="https://cdn.example/1.mp3", owner=Owner(title="Mine"))
    new = Reading(
        source="feed", title="N", items=(Reading(source="feed", title="1", audio="https://cdn.example/1.mp3"),)
    )
    item = parse_item(weigh(channel(episode), new, None).good.items[0])
    assert (item.title, item.owner.title) == ("1", "Mine")


def test_a_list_is_cut_at_fifty_and_its_texts_are_short():
    new = Reading(
        source="feed",
        items=tuple(Reading(source="feed", url=f"https://lina.example/{n}", text="word " * 900) for n in range(80)),
    )
    good = weigh(None, new, None).good
    assert len(good.items) == 50
    assert len(parse_item(good.items[0]).text or "") <= said.ENTRY


def test_the_same_entry_twice_is_one():
    assert numbers(weigh(None, feed(3, 3, 2), None).good) == [3, 2]


def test_a_list_adds_to_a_card_and_does_not_change_it():
    card = structs.replace(OLD, kind="channel", text="About prints", items=raw(entry(2)))
    verdict = weigh(
        card, feed(3, 2, title="lina's uploads", author="Lina Marlow", license="CC BY"), None, today="2026-11-20"
    )
    good = verdict.good
    assert (good.title, good.text, good.license, good.source) == (OLD.title, "About prints", "CC BY", "page")
    assert numbers(good) == [3, 2]
    again = weigh(good, reading(text="About prints", kind="channel", image=""), None, today="2026-11-21")
    assert again.state == "same"


def test_a_card_does_not_empty_a_list():
    old = channel(entry(3), text="Notes on ink", author="Lina")
    good = weigh(old, Reading(source="page", title="Notes, a blog"), None).good
    assert (good.title, good.source, numbers(good)) == ("Notes, a blog", "page", [3])


def test_who_asked_for_the_newest_says_so():
    old = channel(entry(3))
    held(weigh(old, Reading(source="api", title="Notes"), None, listed=True), "the list is empty", old)
    assert weigh(old, Reading(source="api", title="Notes"), None).state == "same"


# ------------------------------------------------------------------ the creator's word


def accepted(old: Good, new: Reading, image: Image | None = None) -> Good:
    verdict = weigh(old, new, image, platform="YouTube", today="2026-11-20", accept=True)
    assert verdict.state == "better"
    return verdict.good


def test_what_is_accepted_is_taken_as_it_is():
    good = accepted(OLD, Reading(source="page", title="YouTube", author="Somebody"))
    assert good == Good(title="YouTube", author="Somebody", source="page", fetched="2026-11-20")


def test_an_accepted_list_is_taken_as_it_is_but_for_the_creator_s_words():
    old = channel(entry(9), entry(8, owner=Owner(title="Mine"), image=PICTURE), entry(7, owner=Owner(hide=True)))
    good = accepted(old, feed(8, 2))
    assert numbers(good) == [8, 2, 7]
    first = parse_item(good.items[0])
    assert (first.owner.title, first.image, first.title) == ("Mine", None, "Post 8")
    assert numbers(accepted(old, feed())) == [8, 7]


# ------------------------------------------------------------------ days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-18", 1794960000.0),
        ("2026-11-18T01:00:00+01:00", 1794960000.0),
        ("2026-11-18T00:00:00Z", 1794960000.0),
        ("2026-11-18T00:00:00", 1794960000.0),
        ("0001-01-01T00:00:00+23:59", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_days_and_moments_are_compared_in_one_scale(text, expected):
    found = worse._when(text)
    assert found == expected or (expected is None and (found is None or found < 0))


# ------------------------------------------------------------------ always

WORDS = st.sampled_from(["", "a", "Lina Marlow", "YouTube", "word " * 30, "word " * 4 + "…", "\u202e"])
ADDRESSES = st.sampled_from(
    [
        "",
        "https://lina.example/1",
        "https://lina.example/1?utm_source=x",
        "https://youtu.be/aaaaaaaaaaa",
        "javascript:1",
    ]
)


def readings(items) -> st.SearchStrategy[Reading]:
    values = st.fixed_dictionaries(
        {
            "source": st.sampled_from(["page", "oembed", "feed"]),
            "title": WORDS,
            "author": WORDS,
            "text": WORDS,
            "url": ADDRESSES,
            "author_url": ADDRESSES,
            "published": st.sampled_from(["", "2026-10-01", "2026-11-01T10:00:00Z", "never"]),
            "duration": st.sampled_from([0, 3, 768.5, float("inf")]),
            "price": st.sampled_from(["", "18 EUR"]),
            "sensitive": st.booleans(),
            "items": items,
        }
    )
    return values.map(lambda found: Reading(**found))


LISTS = readings(st.lists(readings(st.just(())), max_size=4).map(tuple))
IMAGES = st.sampled_from([None, PICTURE, OTHER])


@given(LISTS, LISTS, IMAGES, st.booleans())
def test_the_same_answer_again_never_makes_a_difference(first, second, image, accept):
    old = weigh(None, first, image, platform="YouTube", today="2026-01-01").good
    assert weigh(old, first, image, today="2026-01-02").state == "same"
    verdict = weigh(old, second, image, platform="YouTube", today="2026-01-02", accept=accept)
    again = weigh(verdict.good, second, image, platform="YouTube", today="2026-01-03", accept=accept)
    assert again.state == ("held" if verdict.state == "held" else "same")
    assert again.good == verdict.good
