"""What a card tells the script of what it plays, and how the script becomes a file of the site."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
import theme_model
from msgspec.structs import replace

from linkhome.cli import main
from linkhome.content.model import Card, Player
from linkhome.platforms import playing
from linkhome.scripts import Scripts
from linkhome.theme import environment, facade, locate, styles

SITE = """\
url: https://lina.example
profile: {name: Lina}
home:
  - embed: https://vimeo.com/76979871
"""


def card(address: str, **more: object) -> Card:
    found = playing.player(address, "lina.example")
    assert found
    names = ("src", "host", "platform", "aspect", "height", "allow", "sandbox", "referrer")
    player = Player(**{name: getattr(found, name) for name in names}, notice="Plays from it.", always="")
    return replace(Card(kind="video", href=address, platform=found.platform, title="A film", player=player), **more)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://www.youtube.com/watch?v=nineHours_b", ' data-play="www.youtube-nocookie.com/embed/nineHours_b"'),
        ("https://youtu.be/nineHours_b?t=90",
         ' data-play="www.youtube-nocookie.com/embed/nineHours_b?autoplay=1&amp;playsinline=1&amp;rel=0&amp;start=90"'
         ' data-tail=" "'),
        ("https://vimeo.com/76979871", ' data-play="player.vimeo.com/video/76979871?dnt=1&amp;autoplay=1"'),
        ("https://open.spotify.com/track/4aawyAB9vmqN3uQ7FjRGTy",
         ' data-play="open.spotify.com/embed/track/4aawyAB9vmqN3uQ7FjRGTy"'),
        ("https://open.spotify.com/album/4aawyAB9vmqN3uQ7FjRGTy",
         ' data-play="open.spotify.com/embed/album/4aawyAB9vmqN3uQ7FjRGTy" data-size="352"'),
        ("https://mastodon.example/@lina/115500000000000001",
         ' data-play="mastodon.example/@lina/115500000000000001/embed" data-of="Mastodon"'),
    ],
)  # fmt: skip
def test_a_card_says_what_its_host_does_not(address: str, wanted: str) -> None:
    assert str(facade.facade(card(address))) == wanted


@pytest.mark.parametrize(
    "address",
    ["https://vimeo.com/76979871", "https://www.youtube.com/watch?v=nineHours_b", "https://youtu.be/nineHours_b?t=90",
     "https://www.tiktok.com/@lina/video/7000000000000000001", "https://open.spotify.com/episode/4aawyAB9vmqN3uQ7FjRGTy",
     "https://mastodon.example/@lina/115500000000000001", "https://www.instagram.com/p/Cabc123def/",
     "https://music.apple.com/ch/album/songs/1234567890", "https://www.twitch.tv/videos/123456789",
     "https://soundcloud.com/lina/rails", "https://bsky.app/profile/lina.example/post/3kabc234xyz2a"],
)  # fmt: skip
def test_card_and_table_together_say_all_that_the_frame_is_given(address: str) -> None:
    """The same sums as in play.js."""
    made = card(address)
    assert made.player
    told = _attributes(str(facade.facade(made)))
    table = json.loads(facade.frames([made.player.host]))
    whole = facade.USUAL | table.get(told.get("of", ""), {}) | table.get(made.player.host, {}) | told
    assert f"https://{whole['play']}{whole['tail'].strip()}" == made.player.src
    assert whole["of"] == made.player.platform
    assert whole["size"] == (made.player.aspect.replace(":", "/") or str(made.player.height))
    assert [whole[name] for name in ("allow", "sandbox", "referrer")] == [
        made.player.allow, made.player.sandbox, made.player.referrer,
    ]  # fmt: skip


def test_a_card_without_a_frame_says_nothing() -> None:
    assert facade.facade(Card(kind="link", href="https://x.example/", platform="x")) == ""
    assert facade.facade(card("https://vimeo.com/76979871", audio="https://media.example/1.mp3")) == ""


def test_what_stands_in_the_attributes_stays_there() -> None:
    evil = replace(card("https://vimeo.com/76979871"))
    assert evil.player
    told = str(
        facade.facade(replace(evil, player=replace(evil.player, platform='"><script>', src='https://a.example/"')))
    )
    assert "<" not in told and '"">' not in told and "&#34;" in told


def test_the_table_names_only_hosts_of_the_site() -> None:
    assert set(json.loads(facade.frames(["player.vimeo.com"]))) == {"player.vimeo.com"}
    assert "Mastodon" in json.loads(facade.frames(["mastodon.example"]))
    assert facade.frames([]) == "{}"


def test_a_script_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    theme = locate.find("base", tmp_path / "theme")
    one, other = (
        Scripts(theme, {"FRAMES": partial(str, frames), "STYLES": lambda: '""', "ALWAYS": lambda: "{}"})
        for frames in ("{}", '{"a.example":{}}')
    )
    assert one("play.js") != other("play.js")
    assert one.wanted() == ("play.js",) and one.wanted() == ()
    assert one.file("play.js")[0].startswith("assets/play.")
    with pytest.raises(FileNotFoundError):
        one("nothing.js")


def test_the_scripts_of_a_page_are_one_file(tmp_path: Path) -> None:
    theme = locate.find("base", tmp_path / "theme")
    scripts = Scripts(theme, {"FRAMES": lambda: "{}", "STYLES": lambda: '""', "ALWAYS": lambda: "{}"})
    address = scripts("timed.js", "play.js")
    (wanted,) = scripts.wanted()
    place, artifact = scripts.file(wanted)
    assert place == address and address.startswith("assets/timed-play.") and artifact.data
    texts = [bytes(scripts.file(name)[1].data or b"").rstrip() for name in ("timed.js", "play.js")]
    assert all(text in artifact.data for text in texts)
    assert artifact.data.index(texts[0]) < artifact.data.index(texts[1])
    assert scripts("play.js") != address


def test_pages_that_are_kept_keep_their_script(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "linkhome.yaml").write_text(SITE)
    text = "---\ntitle: One\ndate: 2026-11-14\nembeds: [https://vimeo.com/1]\n---\n\nWords.\n"
    (tmp_path / "posts/2026-11-14-one.md").write_text(text)
    assert main(["build", str(tmp_path), "--quiet"]) == 0
    first = [file.name for file in (tmp_path / "public/assets").glob("*play.*.js")]
    (tmp_path / "posts/2026-11-15-two.md").write_text(text.replace("One", "Two").replace("embeds", "# embeds"))
    assert main(["build", str(tmp_path), "--quiet"]) == 0
    assert [file.name for file in (tmp_path / "public/assets").glob("*play.*.js")] == first and len(first) == 1
    assert f"../../assets/{first[0]}" in (tmp_path / "public/posts/one/index.html").read_text()
    (tmp_path / "posts/2026-11-15-two.md").write_text(
        text.replace("One", "Two").replace("vimeo.com/1", "youtu.be/nineHours_b")
    )
    assert main(["build", str(tmp_path), "--quiet"]) == 0
    second = [file.name for file in (tmp_path / "public/assets").glob("*play.*.js")]
    assert second != first and len(second) == 1
    assert f"../../assets/{second[0]}" in (tmp_path / "public/posts/one/index.html").read_text()


def test_styles_follow_what_cards_are() -> None:
    photo = Card(kind="article", what="photo", href="https://x.example/", platform="x")
    sound = Card(kind="audio", what="episode", href="https://x.example/", platform="x", audio="https://m.example/1.mp3")
    latest = replace(theme_model.BLOCKS["latest"], layout="carousel", cards=(photo, sound))
    used = styles.uses(theme_model.page(blocks=(latest,)))
    assert {"photo", "episode", "sound", "carousel"} <= used and "frame" not in used
    assert {"below", "frame"} <= styles.uses(theme_model.page("post", cards=(card("https://vimeo.com/1"),)))


def test_who_will_see_the_visitor_is_said_once(tmp_path: Path) -> None:
    films = (card("https://vimeo.com/1"), card("https://vimeo.com/2"))
    latest = replace(theme_model.BLOCKS["latest"], cards=films)
    ready = environment.make(locate.find("base", tmp_path / "theme"))
    html = theme_model.rendered(ready, theme_model.page(blocks=(latest,), frames=("player.vimeo.com",)))
    assert html.count("Plays from it.") == 1 and html.count(" data-play=") == 2
    assert '<script defer src="timed.js+play.js"></script>' in html


def _attributes(text: str) -> dict[str, str]:
    from html.parser import HTMLParser

    found: dict[str, str] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update({name.removeprefix("data-"): value or "" for name, value in attrs})

    Reader().feed(f"<p{text}>")
    return found
