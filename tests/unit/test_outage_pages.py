"""What a site shows while a platform is down: said on every page, led to what remains, and gone without a trace after."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from planned import Planned, plan
from told import places

from linkhome.config.outages import read_outages
from linkhome.texts import ENGLISH

SITE = """\
url: https://lina.example
language: [en, de]
timezone: Europe/Zurich
profile: {name: Lina Marlow}
brand: {share: none, kit: false}
socials: [https://www.instagram.com/lina, https://www.youtube.com/@lina, https://mastodon.social/@lina]
contact: {email: hello@lina.example, whatsapp: "+41 61 555 01 23"}
newsletter: {provider: buttondown, account: lina}
home:
  - links: Elsewhere
    items:
      - https://www.instagram.com/lina
      - https://www.threads.net/@lina
      - https://www.facebook.com/lina
      - https://bsky.app/profile/lina.example
  - link: https://www.instagram.com/lina
  - embed: https://www.instagram.com/p/Example000001/
  - contact
  - newsletter
footer: {links: [https://www.facebook.com/lina]}
"""
POST = "---\ntitle: Blue\ndate: 2026-11-01\nembeds: [https://www.instagram.com/p/Example000001/]\n---\nText\n"
FILES = {"posts/blue.md": POST, "pages/about.md": "---\ntitle: About\n---\nText\n"}
INSTAGRAM = "{platform: instagram, since: 2026-11-22 07:00}"
ENDING = "{platform: instagram, since: 2026-11-22 07:00, until: 2026-11-24 12:00}"
TIKTOK = "{platform: tiktok, since: 2026-11-22 07:00, until: 2026-11-25 12:00}"


def at(time: str) -> float:
    return datetime.fromisoformat(time).timestamp()


NOW = at("2026-11-22T10:00+01:00")
END = at("2026-11-24T12:00+01:00")


@pytest.fixture
def planned(tmp_path):
    def make(*entries: str, now: float = NOW, text: str = SITE) -> Planned:
        outages = "outages:\n" + "".join(f"  - {entry}\n" for entry in entries) if entries else ""
        return plan(tmp_path, text, FILES, now, outages)

    return make


def down(links) -> list[str]:
    return [link.platform for link in links if link.down]


# ---------------------------------------------------------------- the file


def test_a_note_that_lacks_the_main_language_is_a_warning_and_no_mistake(site):
    folder = site(
        {
            "linkhome.yaml": "profile: {name: Lina}\nlanguage: [en, de]\nurl: https://lina.example\n",
            "outage.yaml": "outages:\n- {platform: instagram, since: 2026-11-01, note: {de: Meta arbeitet daran.}}\n",
        }
    )
    built = folder.build()
    assert built.code == 0
    assert "outage.yaml:2:" in built.err and "missing in the main language" in built.err


def test_an_empty_file_says_that_all_is_well():
    assert read_outages(b"", "outage.yaml")[::2] == ((), [])
    assert read_outages(b"# nothing\n", "outage.yaml")[::2] == ((), [])
    assert read_outages(b"outages: []\n", "outage.yaml")[::2] == ((), [])


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("- platform: instagram\n", 1, 1, "here must be the key 'outages'"),
        ("outages:\n  - since: 2026-11-22\n", 2, 5, "platform"),
        ("outages:\n  - platform: instagram\n", 2, 5, "since"),
        ("outages:\n  - {platform: instagram, since: yesterday}\n", 2, 34, "yesterday"),
        ("outages:\n  - {platform: instagram, since: 2026-11-22, untill: 2026-11-23}\n", 2, 46, "untill"),
        ("outages:\n  - {platform: instagram, since: 2026-11-22, by: robot}\n", 2, 50, "by"),
        ("outages:\n  - {platform: instagram, since: 2026-11-22, until: 2026-11-21}\n", 2, 53, "before"),
    ],
)
def test_a_mistake_is_told_at_its_place(text, line, column, sentence):
    entries, _, found = read_outages(text.encode(), "outage.yaml")
    assert entries is None
    ((at_line, at_column, _, message),) = places(found)
    assert (at_line, at_column) == (line, column)
    assert sentence in message
    assert found[0].hint


def test_a_mistake_stops_the_build_and_the_old_site_stays(site):
    folder = site({"linkhome.yaml": SITE, **FILES})
    assert folder.build().code == 0
    before = folder.files()
    folder.write("outage.yaml", "outages:\n  - platform: instragram\n    since: 2026-11-22\n")
    built = folder.build()
    assert built.code == 1
    assert built.err.startswith("outage.yaml:2:15: error: 'instragram' is no platform that is known here\n")
    assert "did you mean 'instagram'?" in built.err
    assert folder.files() == before
    folder.replace("outage.yaml", "instragram", "instagram")
    assert folder.build().code == 0


# ---------------------------------------------------------------- when


@pytest.mark.parametrize("entry", [INSTAGRAM, ENDING])
def test_it_is_in_effect_from_its_beginning(planned, entry):
    begins = at("2026-11-22T07:00+01:00")
    early = planned(entry, now=begins - 1)
    assert early.home.shell.outage is None and early.plan.changes_at == begins
    assert planned(entry, now=begins).home.shell.outage is not None


def test_it_ends_when_it_was_said_to_end(planned):
    assert planned(ENDING, now=END - 1).home.shell.outage is not None
    late = planned(ENDING, now=END)
    assert late.home.shell.outage is None and down(late.home.socials) == []


def test_its_end_wakes_the_next_build(planned):
    assert planned(ENDING).plan.changes_at == END
    assert planned(INSTAGRAM).plan.changes_at == 0
    assert planned(ENDING, TIKTOK).plan.changes_at == END, "the first of two"


def test_a_day_as_its_end_is_counted_whole(planned):
    entry = "{platform: instagram, since: 2026-11-22, until: 2026-11-24}"
    assert planned(entry).plan.changes_at == at("2026-11-25T00:00+01:00")


def test_it_ends_for_those_who_look_later_too(planned):
    site = planned(ENDING)
    outage = site.home.shell.outage
    assert outage is not None and outage.window is not None
    assert (outage.window.until, outage.window.hidden) == (int(END * 1000), False)
    marks = [link.down for block in site.home.blocks for link in block.links if link.down]
    marks += [card.down for block in site.home.blocks for card in block.cards if card.down]
    assert len(marks) == 6
    assert {mark.window.until for mark in marks if mark.window} == {int(END * 1000)}
    assert all(mark.window for mark in marks)
    instead = [link for block in site.home.blocks for link in block.links if link.note == "Instead of Instagram"]
    assert [link.window.until for link in instead if link.window] == [int(END * 1000)]
    assert site.home.timed


def test_an_open_end_is_not_counted_down(planned):
    site = planned(INSTAGRAM)
    assert site.home.shell.outage is not None and site.home.shell.outage.window is None
    assert not site.home.timed


# ---------------------------------------------------------------- where


def test_every_page_says_it_in_its_language_and_leads_to_the_form(planned):
    site = planned(INSTAGRAM)
    assert len(site.pages) > 10
    for path, page in site.pages.items():
        outage = page.shell.outage
        assert outage is not None and outage.button is not None, path
        german = page.shell.language == "de"
        assert outage.text == (
            "Instagram ist gerade gestört. Damit wir uns nicht verlieren: Trag dich hier ein."
            if german
            else "Instagram is down right now. So we don’t lose touch: sign up here."
        )
        assert outage.button.href == f"{page.shell.root}{'de/' if german else ''}index.html#newsletter"


def test_a_note_is_told_in_the_language_of_the_page(planned):
    entry = "{platform: instagram, since: 2026-11-22 07:00, note: {en: All of it., de: Alles.}}"
    site = planned(entry)
    assert site.home.shell.outage is not None and site.home.shell.outage.note == "All of it."
    german = site.pages["de/index.html"].shell.outage
    assert german is not None and german.note == "Alles."


def test_the_best_other_channels_are_named_and_none_that_is_down(planned):
    outage = planned(INSTAGRAM).home.shell.outage
    assert outage is not None
    assert [link.title for link in outage.instead] == ["YouTube", "Mastodon", "hello@lina.example"]


def test_a_sign_up_that_is_still_to_come_does_not_take_the_place_of_one_that_is_there(planned):
    later = "home: [{newsletter: Later, from: 2090-01-01}, {newsletter: Now}, {newsletter: Also}]"
    written = re.sub(r"home:.*?(?=footer)", later + "\n", SITE, flags=re.DOTALL)
    blocks = planned(INSTAGRAM, text=written).home.blocks
    assert [(block.title, block.id) for block in blocks] == [
        ("Now", "newsletter"), ("Later", "newsletter-2"), ("Also", "newsletter-3")]  # fmt: skip


def test_the_sign_up_comes_first(planned):
    assert [block.type for block in planned().home.blocks] == ["links", "link", "embed", "contact", "newsletter"]
    shown = planned(INSTAGRAM).home.blocks
    assert [block.type for block in shown] == ["newsletter", "links", "link", "link", "embed", "contact"]
    assert [block.id for block in shown].count("newsletter") == 1


def test_a_page_without_a_form_gets_one(planned):
    site = planned(INSTAGRAM, text=SITE.replace("  - newsletter\n", ""))
    assert site.home.blocks[0].type == "newsletter" and site.home.blocks[0].id == "newsletter"
    assert site.home.signs_up and "connect-src" in site.home.policy
    assert "newsletter" not in {block.type for block in planned(text=SITE.replace("  - newsletter\n", "")).home.blocks}


def test_everything_of_the_whole_company_is_marked(planned):
    site = planned(INSTAGRAM)
    assert down(site.home.socials) == ["Instagram"]
    assert down(site.block("links").links) == ["Instagram", "Threads", "Facebook"]
    assert down(site.block("contact").links) == ["WhatsApp"]
    assert [card.down.text for card in site.block("embed").cards if card.down] == ["Down right now"]
    assert [card.down.text for card in site.pages["posts/blue/index.html"].cards if card.down] == ["Down right now"]
    assert down(planned("{platform: whatsapp, since: 2026-11-22}").block("links").links) == [
        "Instagram",
        "Threads",
        "Facebook",
    ]
    assert down(planned("{platform: bluesky, since: 2026-11-22}").block("links").links) == ["Bluesky"]


def test_the_next_best_channel_stands_behind_those_that_are_down(planned):
    site = planned(INSTAGRAM)
    assert [(link.platform, link.note) for link in site.block("links").links] == [
        ("Instagram", ""), ("Threads", ""), ("Facebook", ""), ("YouTube", "Instead of Facebook"), ("Bluesky", ""),
    ]  # fmt: skip
    assert [link.platform for link in site.home.socials] == ["Instagram", "YouTube", "Mastodon"], "nothing twice"
    single, instead = (block for block in site.home.blocks if block.type == "link")
    assert [link.platform for link in (*single.links, *instead.links)] == ["Instagram", "YouTube"]


def test_when_all_channels_are_down_a_mail_remains(planned):
    socials = "socials: [https://www.instagram.com/lina]\n"
    site = planned(INSTAGRAM, text=re.sub(r"socials: .*\n", socials, SITE))
    assert site.home.shell.outage is not None
    assert [link.href for link in site.home.shell.outage.instead] == ["mailto:hello@lina.example"]


# ---------------------------------------------------------------- two at once, and none


def test_two_at_once_are_told_together(planned):
    site = planned(ENDING, TIKTOK)
    outage = site.home.shell.outage
    assert outage is not None
    assert outage.text == "Instagram and TikTok are down right now. So we don’t lose touch: sign up here."
    assert outage.window is not None and outage.window.until == int(at("2026-11-25T12:00+01:00") * 1000)
    german = site.pages["de/index.html"].shell.outage
    assert german is not None and german.text.startswith("Instagram und TikTok sind gerade gestört.")


def test_three_at_once_are_a_list_and_the_same_one_twice_is_one(planned):
    outage = planned(INSTAGRAM, TIKTOK, "{platform: youtube, since: 2026-11-22}", INSTAGRAM).home.shell.outage
    assert outage is not None and outage.text.startswith("Instagram, TikTok and YouTube are down right now.")


def test_one_without_end_keeps_the_banner_and_the_mark_of_the_other_ends_all_the_same(planned, site):
    entries = (ENDING, "{platform: tiktok, since: 2026-11-22}")
    both = planned(*entries)
    assert both.home.shell.outage is not None and both.home.shell.outage.window is None
    post = both.pages["posts/blue/index.html"]
    assert post.cards[0].down is not None and post.cards[0].down.window is not None
    assert post.timed, "the page has to know the time"


def test_the_end_of_one_leaves_the_other(planned):
    site = planned(ENDING, TIKTOK, now=END)
    assert site.home.shell.outage is not None and site.home.shell.outage.platform == "TikTok"
    assert down(site.home.socials) == []


def test_without_a_newsletter_there_is_a_banner_without_button(planned):
    text = re.sub(r"newsletter: .*\n|  - newsletter\n", "", SITE)
    site = planned(INSTAGRAM, text=text)
    outage = site.home.shell.outage
    assert outage is not None
    assert outage.text == "Instagram is down right now. You still reach me here."
    assert outage.button is None and len(outage.instead) == 3
    assert "newsletter" not in {block.type for block in site.home.blocks}


def test_all_that_is_shown_can_be_said_in_other_words(planned):
    own = "texts: {en: {outage_text: '{platform} sleeps.', outage_down: Asleep}}\n"
    site = planned(INSTAGRAM, text=SITE + own)
    assert site.home.shell.outage is not None and site.home.shell.outage.text == "Instagram sleeps."
    assert site.home.socials[0].down is not None and site.home.socials[0].down.text == "Asleep"
    assert ENGLISH["outage_down"] == "Down right now"


# ---------------------------------------------------------------- the built site

OFF = ["", "outages: []\n", "outages: [{platform: instagram, since: 2020-01-01, until: 2020-01-02}]\n",
       "outages: [{platform: instagram, since: 2099-01-01}]\n"]  # fmt: skip


@pytest.mark.parametrize("outage", OFF[1:], ids=["empty", "over", "not yet"])
def test_it_leaves_no_byte_behind(site, outage):
    folder = site({"linkhome.yaml": SITE, **FILES})
    assert folder.build().code == 0
    without = folder.files()
    assert not any(b"outage" in data for name, data in without.items() if name.endswith(".html")), "no style, no mark"
    folder.write("outage.yaml", outage)
    assert folder.build().code == 0
    assert folder.files() == without


def test_switching_on_and_off_changes_every_page_and_changes_it_back(site):
    folder = site({"linkhome.yaml": SITE, **FILES})
    assert folder.build().code == 0
    without = folder.files()
    folder.write("outage.yaml", f"outages: [{INSTAGRAM}]\n".replace("2026-11-22 07:00", "2020-01-01"))
    assert folder.build().code == 0
    pages = {name: data.decode() for name, data in folder.files().items() if name.endswith(".html")}
    assert all('<aside class="outage"' in page for page in pages.values())
    assert 'href="#newsletter"' in pages["index.html"], "the form is on the same page"
    assert 'href="../../index.html#newsletter"' in pages["posts/blue/index.html"]
    (folder.root / "outage.yaml").unlink()
    assert folder.build().code == 0
    assert folder.files() == without


def test_a_build_after_its_end_knows_that_something_changed(site, monkeypatch):
    folder = site({"linkhome.yaml": SITE, **FILES, "outage.yaml": f"outages: [{ENDING}]\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW)))
    assert folder.build().code == 0
    assert "Instagram is down" in folder.read("public/index.html")
    assert 'data-until="1795518000000"' in folder.read("public/index.html")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(END)))
    assert folder.build().code == 0
    assert "Instagram is down" not in folder.read("public/index.html")
    assert "Instagram is down" not in folder.read("public/posts/blue/index.html")
