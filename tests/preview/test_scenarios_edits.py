"""Edit it, see it; break it, see what is wrong; repair it: a creator's day with ``linkhome serve``."""

from __future__ import annotations

import re

import pytest
from previewed import GREEN, RED, picture, post, rests

ONE_BUILD = r"\d\d:\d\d:\d\d {}: \d+ pages?, \d+\.\d\d s"


def test_a_text_is_seen_as_soon_as_it_is_saved(preview, tab):
    tab.go(preview.url("posts/zagreb/"))
    with preview.builds(1) as lines:
        preview.site.replace("posts/zagreb.md", "slow trains", "night trains")
        tab.shows("Drawn on night trains.")
    assert re.fullmatch(ONE_BUILD.format(r"posts/zagreb\.md"), lines[0])
    assert tab.told().loads == 0, "a word is changed in the page, not the page for another one"


def test_a_link_is_followed_to_its_new_address(preview, tab):
    tab.go(preview.url())
    with preview.builds(1) as lines:
        preview.site.replace("linkhome.yaml", "https://shop.example/new", "https://shop.example/autumn")
        tab.until("document.querySelector('main a[href=\"https://shop.example/autumn\"]')")
    assert re.fullmatch(ONE_BUILD.format(r"linkhome\.yaml"), lines[0])


def test_a_picture_is_replaced_by_another_one_of_the_same_name(preview, tab):
    tab.go(preview.url("posts/print/"))
    with preview.builds(1) as lines:
        preview.site.write("media/print.png", picture(RED))
        tab.drawn("main img", RED)
    assert re.fullmatch(ONE_BUILD.format(r"media/print\.png"), lines[0])
    assert tab.told().loads == 0


def test_a_style_changes_under_the_readers_eyes(preview, tab):
    tab.go(preview.url("posts/long/"))
    tab.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    with preview.builds(1) as lines:
        preview.site.replace("theme/custom.css", "--rev: one", "--rev: two; color: rgb(1, 2, 3)")
        tab.styled("main", "color", "rgb(1, 2, 3)")
    assert tab.style("main", "--rev").strip() == "two"
    assert re.fullmatch(ONE_BUILD.format(r"theme/custom\.css"), lines[0])
    assert (tab.told().loads, tab.evaluate("scrollY")) == (0, 900)


def test_a_template_of_ones_own_comes_and_goes(preview, tab):
    own = '{% extends "theme:post.html" %}{% block title %}<h1>{{ page.title }}, drawn</h1>{% endblock %}'
    tab.go(preview.url("posts/basel/"))
    with preview.builds(1):
        preview.site.write("theme/templates/post.html", own)
        tab.shows("Basel, drawn")
    with preview.builds(1):
        preview.site.write("theme/templates/post.html", own.replace("drawn", "printed"))
        tab.shows("Basel, printed")
    with preview.builds(1):
        (preview.site.root / "theme/templates/post.html").unlink()
        tab.shows_no("Basel, printed")


def test_the_name_changes_on_every_page(preview, tab):
    tab.go(preview.url("imprint/"))
    with preview.builds(1):
        preview.site.replace("linkhome.yaml", "tagline: Illustrator", "tagline: Zine-maker")
    with preview.builds(1):
        preview.site.replace("linkhome.yaml", "name: Lina Marlow", "name: Lina Marlow-Weiss")
        tab.shows("Lina Marlow-Weiss")
        tab.until("document.title.includes('Lina Marlow-Weiss')")
    tab.go(preview.url())
    assert "Zine-maker" in tab.text


def test_the_reader_stays_where_they_are_when_the_page_is_loaded_anew(preview, tab):
    tab.go(preview.url("posts/long/"))
    tab.evaluate("scrollTo({ top: 1200, behavior: 'instant' })")
    longer = "\n\n".join(["Before the last:", "- one\n- two", "| a | b |\n|---|---|\n| 1 | 2 |", "> The end."] * 3)
    with preview.builds(1):
        preview.site.write("posts/long.md", preview.site.read("posts/long.md") + "\n" + longer + "\n")
        tab.shows("The end.")
    tab.until("document.readyState === 'complete' && scrollY === 1200")


def test_an_opened_group_stays_open(preview, tab):
    tab.go(preview.url())
    tab.evaluate("document.querySelector('details').open = true")
    with preview.builds(1):
        preview.site.replace("linkhome.yaml", "  - posts: 3\n", "  - text: A new block at the end.\n  - posts: 3\n")
        tab.shows("A new block at the end.")
    tab.until("document.readyState === 'complete' && document.querySelector('details').open")


def test_letters_of_other_languages_in_names_are_no_matter(preview, tab):
    tab.go(preview.url("posts/koeln/"))
    with preview.builds(1) as lines:
        preview.site.write("media/Über den Fluss.png", picture(RED))
        tab.drawn(".prose img", RED)
    assert "media/Über den Fluss.png: " in lines[0]


def test_a_text_and_a_style_that_are_saved_together_are_seen_together(preview, tab):
    tab.go(preview.url("posts/graz/"))
    with preview.builds(1), preview.asleep():
        preview.site.write("posts/graz.md", post("Graz", "A blue timetable."))
        preview.site.replace("theme/custom.css", "main {", "main { border-color: rgb(0, 0, 99);")
    tab.shows("A blue timetable.")
    tab.styled("main", "border-top-color", "rgb(0, 0, 99)")


def test_a_page_that_one_goes_back_to_is_as_it_is_now(preview, tab):
    tab.go(preview.url("posts/graz/"))
    tab.go(preview.url("imprint/"))
    with preview.builds(1):
        preview.site.write("posts/graz.md", post("Graz on the Mur", "A river."))
    tab.evaluate("history.back()")
    tab.shows("Graz on the Mur")


def test_a_page_that_did_not_change_is_left_alone(preview, tab):
    tab.go(preview.url("imprint/"))
    tab.evaluate("window.still = 'the same document'; document.querySelector('main').dataset.mark = 'mine'")
    with preview.builds(1):
        preview.site.write("posts/graz.md", post("Graz", "Timetables of enamel."))
    with preview.builds(1):
        preview.site.replace("pages/imprint.md", "Basel", "Graz")
        tab.shows("Lina Marlow, Graz.")
    assert tab.evaluate("window.still") == "the same document"


def test_saving_without_a_change_builds_nothing(preview, tab):
    tab.go(preview.url("posts/graz/"))
    with preview.builds(0):
        for path in ("linkhome.yaml", "posts/graz.md", "media/front.png", "theme/custom.css"):
            file = preview.site.root / path
            file.write_bytes(file.read_bytes())
    with preview.builds(1) as lines:
        preview.site.write("posts/graz.md", post("Graz", "Saved with a change."))
        tab.shows("Saved with a change.")
    assert "posts/graz.md: " in lines[0]


def test_a_platform_is_down_and_up_again(preview, tab):
    tab.go(preview.url("imprint/"))
    with preview.builds(1) as lines:
        assert preview.site.command("outage", "on", "instagram", "--quiet").code == 0
        tab.until("document.querySelector('aside.outage')?.innerText.includes('Instagram')")
    assert "outage.yaml" in lines[0]
    with preview.builds(1):
        assert preview.site.command("outage", "off", "--quiet").code == 0
        tab.until("!document.querySelector('aside.outage')")


NOT_YAML = "profile: {name: Lina\nhome: ["
BREAKS = {
    "text": ("posts/trieste/", "posts/trieste.md", ("title: Trieste", "title: [Trieste"), "posts/trieste.md:2:"),
    "link": ("", "linkhome.yaml", ("https://archive.example", "htps://archive.example"), "'htps://archive.example/lina'"),
    "picture": ("", "media/front.png", b"not a picture", "media/front.png is not a picture that linkhome can read"),
    "style": ("imprint/", "theme/custom.css", b"main { }\n\xff\xfe", "theme/custom.css:2:1: error: this line is not UTF-8 text"),
    "template": ("imprint/", "theme/templates/page.html", ("{% endblock %}", "{{ page.titel }}{% endblock %}"), "'titel', did you mean 'title'?"),
    "template that cannot be read": ("imprint/", "theme/templates/page.html", ("{% endblock %}", ""), "theme/templates/page.html:2:"),
    "YAML": ("", "linkhome.yaml", ("tagline:", "taglin:"), "did you mean 'tagline'?"),
    "YAML that is none": ("posts/basel/", "linkhome.yaml", NOT_YAML.encode(), "linkhome.yaml:1:10: error: this { is opened and never closed"),
    "YAML that is empty": ("posts/basel/", "linkhome.yaml", b"", "the file is empty"),
}  # fmt: skip


@pytest.mark.parametrize(("page", "file", "change", "says"), BREAKS.values(), ids=BREAKS)
def test_a_mistake_lies_over_the_last_good_page_until_it_is_repaired(preview, tab, page, file, change, says):
    site = preview.site
    good = (site.root / file).read_bytes()
    if isinstance(change, bytes):
        broken = change
    else:
        old, new = (part.encode() for part in change)
        assert old in good
        broken = new.join(good.rsplit(old, 1))
    tab.go(preview.url(page))
    before, said = tab.text, len(preview.complaints)

    with preview.builds(1) as lines:
        site.write(file, broken)
        overlay = tab.overlay(says)
    assert re.fullmatch(rf"\d\d:\d\d:\d\d {re.escape(file)}: \d errors?; the page stays as it was", lines[0])
    assert tab.text == before
    preview.wait(
        lambda: re.fullmatch(r"\d+ errors?", "".join(preview.complaints[said:][-1:])), "the end of what is wrong"
    )
    block = preview.complaints[said:-1]
    assert [line for line in block if squeezed(line) not in squeezed(overlay)] == [], (
        "the overlay says what the terminal says"
    )

    with preview.builds(0):
        site.write(file, broken)
    assert preview.ask(f"/{page}").status == 200
    with preview.builds(1) as lines:
        site.write(file, good)
        tab.no_overlay()
    assert re.fullmatch(rf"\d\d:\d\d:\d\d {re.escape(file)}: repaired(, \d+ pages?, \d+\.\d\d s)?", lines[0]), lines[0]
    assert tab.text == before
    assert len(preview.complaints) == said + len(block) + 1, "what is wrong is said once"


def test_all_mistakes_of_all_files_come_at_once_and_go_one_by_one(preview, tab):
    site = preview.site
    tab.go(preview.url("posts/basel/"))
    with preview.builds(1), preview.asleep():
        site.replace("linkhome.yaml", "profile:", "profil:")
        site.replace("posts/basel.md", "title:", "titel:")
        site.replace("pages/imprint.md", "title:", "titl:")
    overlay = tab.overlay("unknown key 'profil'")
    assert ("unknown key 'titel'" in overlay, "unknown key 'titl'" in overlay) == (True, True)
    with preview.builds(1):
        site.replace("posts/basel.md", "titel:", "title:")
        tab.until("document.body")
    tab.until(
        "fetch('/.linkhome/state').then((answer) => answer.json()).then(({ state }) => state.problems.length === 2)"
    )
    with preview.builds(1):
        site.replace("linkhome.yaml", "profil:", "profile:")
    tab.overlay("unknown key 'titl'")
    with preview.builds(1):
        site.replace("pages/imprint.md", "titl:", "title:")
        tab.no_overlay()


def test_one_mistake_after_the_other_is_shown_as_it_is_now(preview, tab):
    tab.go(preview.url("posts/basel/"))
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "title:", "titel:")
        tab.overlay("unknown key 'titel'")
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "titel:", "tittle:")
        assert "'titel'" not in tab.overlay("unknown key 'tittle'")
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "tittle:", "title:")
        tab.no_overlay()


def test_escape_closes_the_overlay_until_there_is_something_new(preview, tab):
    tab.go(preview.url("posts/basel/"))
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "title:", "titel:")
        tab.overlay("unknown key 'titel'")
    tab.press("Escape")
    tab.no_overlay()
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "titel:", "titl:")
        tab.overlay("unknown key 'titl'")
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "titl:", "title:")
        tab.no_overlay()


def test_whoever_comes_while_something_is_wrong_sees_it_over_the_last_good_page(preview, tab):
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "title:", "titel:")
    assert tab.go(preview.url("imprint/")) == 200
    tab.overlay("unknown key 'titel'")
    assert "Lina Marlow" in tab.text
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "titel:", "title:")
        tab.no_overlay()


def test_what_is_wrong_is_only_text_in_the_overlay(preview, tab):
    hostile = "title: Basel\n<img src=x onerror=window.pwned=1><b>bold</b>: 1"
    tab.go(preview.url("posts/basel/"))
    with preview.builds(1):
        preview.site.replace("posts/basel.md", "title: Basel", hostile)
        assert "<img src=x onerror=window.pwned=1>" in tab.overlay("<b>bold</b>")
    assert tab.evaluate("window.pwned") is None
    with preview.builds(1):
        preview.site.replace("posts/basel.md", hostile, "title: Basel")
        tab.no_overlay()


def test_a_picture_that_is_drawn_anew_and_broken_and_repaired(preview, tab):
    tab.go(preview.url("posts/print/"))
    with preview.builds(1):
        preview.site.write("media/print.png", b"")
        tab.overlay("media/print.png")
    with preview.builds(1):
        preview.site.write("media/print.png", picture(GREEN))
        tab.drawn("main img", GREEN)
        tab.no_overlay()


def test_a_warning_does_not_stand_in_the_way(preview, tab):
    image = "image: {file: media/front.png, alt: Six prints on a table}"
    tab.go(preview.url())
    with preview.builds(1) as lines:
        preview.site.replace("linkhome.yaml", image, "image: media/front.png")
        tab.until("document.querySelector('main img').alt === ''")
    assert not re.search(r"error|stays", lines[0])
    state = preview.state()
    assert (state["broken"], [one["severity"] for one in state["problems"]]) == (False, ["warning"])
    tab.no_overlay()
    tab.click("button", "1 warning")
    tab.overlay("this picture has no description")
    with preview.builds(1):
        preview.site.replace("linkhome.yaml", "image: media/front.png", image)
        tab.no_overlay()


def test_many_saves_in_a_row_end_with_the_last_one(preview, tab):
    tab.go(preview.url("posts/trieste/"))
    before = len(preview.rebuilt)
    for number in range(1, 21):
        preview.site.write("posts/trieste.md", post("Trieste", f"Save number {number}."))
    tab.shows("Save number 20.")
    preview.wait(lambda: len(preview.rebuilt) > before, "a build")
    preview.calm()
    assert len(preview.rebuilt) - before <= 20
    assert "Save number 20." in tab.text


def test_the_preview_is_what_would_be_built_after_all_this(preview, equals_built):
    equals_built(preview)


def test_two_idle_seconds_after_all_this_build_nothing(preview, tab):
    tab.go(preview.url("posts/zagreb/"))
    rests(preview)


def squeezed(text: str) -> str:
    """Leave out how a text is laid out, and the sign before what to do."""
    return "".join(text.split()).lstrip("=")
