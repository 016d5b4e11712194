"""What platforms say in their own way: what comes out, what is respected, and that nothing else comes out."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkhome.embeds.answer import Answer
from linkhome.embeds.apis import ADAPTERS
from linkhome.embeds.reading import Reading, Unusable
from linkhome.platforms.asking import Ask

DID = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
CDN = "https://cdn.bsky.app/img"


def ask(how: str, body: object, address: str, url: str = "https://api.example.org/x", status: int = 200) -> Reading:
    data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return ADAPTERS[how](Answer(status, {}, data, url), Ask(how, url), address)


def refused(how: str, body: object, address: str = "https://example.org/", **more: Any) -> Unusable:
    with pytest.raises(Unusable) as found:
        ask(how, body, address, **more)
    assert found.value.sentence
    return found.value


# Bluesky

AUTHOR = {
    "did": DID,
    "handle": "lina.example",
    "displayName": "Lina <b>",
    "avatar": f"{CDN}/avatar/a@jpeg",
    "labels": [],
}
POST_AT = "https://bsky.app/profile/lina.example/post/3kaaaaaaaaaa2"
POST = {
    "uri": f"at://{DID}/app.bsky.feed.post/3kaaaaaaaaaa2",
    "author": AUTHOR,
    "record": {"$type": "app.bsky.feed.post", "text": "Fresh ink\n\non paper", "createdAt": "2026-05-01T10:00:00.123Z"},
    "embed": {"$type": "app.bsky.embed.images#view", "images": [{"thumb": f"{CDN}/thumb/1@jpeg", "alt": "A print"}]},
    "labels": [],
}


def post(**changes: object) -> dict[str, Any]:
    return copy.deepcopy(POST) | changes


def thread(single: object) -> dict[str, Any]:
    return {"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": single, "replies": []}}


def test_bluesky_post():
    for body in (thread(POST), {"posts": [POST]}):
        found = ask("bluesky-post", body, POST_AT)
        assert (found.text, found.title, found.kind) == ("Fresh ink\n\non paper", "Fresh ink on paper", "post")
        assert (found.author, found.author_url) == ("Lina", "https://bsky.app/profile/lina.example")
        assert (found.image, found.image_alt) == (f"{CDN}/thumb/1@jpeg", "A print")
        assert (found.url, found.published) == (POST_AT, "2026-05-01T10:00:00Z")


def test_bluesky_record_alone():
    body = {"uri": POST["uri"], "cid": "x", "value": POST["record"]}
    found = ask("bluesky-post", body, POST_AT)
    assert (found.text, found.url) == ("Fresh ink\n\non paper", f"https://bsky.app/profile/{DID}/post/3kaaaaaaaaaa2")


@pytest.mark.parametrize(
    ("embed", "image"),
    [
        ({"media": {"images": [{"thumb": f"{CDN}/1@jpeg", "alt": ""}]}, "record": {}}, f"{CDN}/1@jpeg"),
        ({"external": {"uri": "https://x.example/", "thumb": f"{CDN}/2@jpeg"}}, f"{CDN}/2@jpeg"),
        ({"thumbnail": "https://video.bsky.app/t.jpg", "playlist": "x"}, "https://video.bsky.app/t.jpg"),
        ({"images": [{"thumb": "javascript:x"}, 7, {"fullsize": f"{CDN}/3@jpeg"}]}, f"{CDN}/3@jpeg"),
        ({"record": {"author": AUTHOR}}, ""),
    ],
)
def test_bluesky_pictures(embed, image):
    assert ask("bluesky-post", thread(post(embed=embed)), POST_AT).image == image


def test_bluesky_respects_who_wants_to_be_seen_by_members_only():
    hidden = post(author=AUTHOR | {"labels": [{"val": "!no-unauthenticated"}]})
    assert refused("bluesky-post", thread(hidden), POST_AT).code == "private"
    assert refused("bluesky-feed", {"feed": [{"post": POST}, {"post": hidden}]}).code == "private"


def test_bluesky_sensitive_pictures():
    for body in (
        post(labels=[{"val": "porn"}]),
        post(record=POST["record"] | {"labels": {"values": [{"val": "nudity"}]}}),
    ):
        found = ask("bluesky-post", thread(body), POST_AT)
        assert (found.sensitive, found.image, found.text) == (True, "", "Fresh ink\n\non paper")
    negated = post(labels=[{"val": "porn", "neg": True}])
    assert not ask("bluesky-post", thread(negated), POST_AT).sensitive


def test_bluesky_refusals():
    assert refused("bluesky-post", {"thread": {"$type": "app.bsky.feed.defs#notFoundPost"}}, POST_AT).gone
    assert refused("bluesky-post", {"error": "NotFound", "message": "Post not found"}, POST_AT, status=400).gone
    assert refused("bluesky-post", {"error": "InvalidRequest", "message": "x"}, POST_AT, status=400).code == "error"
    assert refused("bluesky-post", {"thread": {"$type": "app.bsky.feed.defs#blockedPost"}}, POST_AT).code == "private"
    assert refused("bluesky-post", thread(POST), POST_AT[:-1] + "3").code == "other-thing"
    assert refused("bluesky-post", {"follows": []}, POST_AT).code == "empty"
    assert refused("bluesky-post", thread(post(labels=[{"val": "!takedown"}])), POST_AT).code == "empty"


def test_bluesky_feed_leaves_out_what_is_not_its_own():
    second = post(
        uri=f"at://{DID}/app.bsky.feed.post/3kaaaaaaaaaa3",
        record=POST["record"] | {"createdAt": "2026-05-02T10:00:00Z"},
    )
    body = {
        "feed": [
            {"post": POST, "reason": {"$type": "app.bsky.feed.defs#reasonPin"}},
            {"post": second},
            {
                "post": post(uri="at://did:plc:other/app.bsky.feed.post/3kb"),
                "reason": {"$type": "app.bsky.feed.defs#reasonRepost"},
            },
            {"post": post(uri=f"at://{DID}/app.bsky.feed.post/3kc"), "reply": {"parent": {}}},
            {"post": post(uri=f"at://{DID}/app.bsky.feed.post/3kd", record=POST["record"] | {"reply": {"parent": {}}})},
        ]
    }
    found = ask("bluesky-feed", body, "https://bsky.app/profile/lina.example")
    assert [one.url[-1] for one in found.items] == ["3", "2"]
    assert (found.title, found.image) == ("Lina", f"{CDN}/avatar/a@jpeg")


def test_bluesky_names_become_ids():
    found = ask("bluesky-handle", {"did": DID}, "https://bsky.app/profile/lina.example")
    assert found.facts == {"did": DID}
    assert found.asks[0].how == "bluesky-feed" and f"actor={DID}" in found.asks[0].url
    asked = ask("bluesky-handle", {"did": DID}, POST_AT).asks[0]
    assert asked.how == "bluesky-post" and asked.url.count(DID.replace(":", "%3A")) == 1
    for bad in ({"did": "x"}, {"did": "did:plc:a/../b"}, {"did": 7}, {}):
        assert refused("bluesky-handle", bad).code == "empty"


# Mastodon

ACCOUNT = {
    "id": "42", "username": "lina", "acct": "lina", "display_name": "Lina :ink:", "url": "https://social.example/@lina",
    "note": "<p>Prints :ink:</p>", "avatar": "https://files.social.example/a.gif", "avatar_static": "https://files.social.example/a.png",
    "emojis": [{"shortcode": "ink", "url": "https://files.social.example/ink.png"}],
}  # fmt: skip
STATUS_AT = "https://social.example/@lina/111111111111111111"
STATUS = {
    "id": "111111111111111111", "created_at": "2026-05-01T10:00:00.000Z", "in_reply_to_id": None, "sensitive": False, "spoiler_text": "",
    "visibility": "public", "url": STATUS_AT, "uri": "https://social.example/users/lina/statuses/111111111111111111",
    "content": "<p>New <a href='https://x.example/'><span class='invisible'>https://</span>x.example</a> &amp; old :ink:</p><p>Second</p>",
    "reblog": None, "account": ACCOUNT, "card": None, "emojis": ACCOUNT["emojis"],
    "media_attachments": [{"type": "image", "url": "https://files.social.example/1.png", "preview_url": "https://files.social.example/1s.png", "description": "A drum"}],
}  # fmt: skip


def status(**changes: object) -> dict[str, Any]:
    return STATUS | changes


def test_mastodon_status():
    found = ask("mastodon-status", STATUS, STATUS_AT)
    assert (found.text, found.title) == ("New https://x.example & old\n\nSecond", "New https://x.example & old Second")
    assert (found.author, found.author_url, found.kind) == ("Lina", "https://social.example/@lina", "post")
    assert (found.image, found.image_alt) == ("https://files.social.example/1s.png", "A drum")
    assert (found.url, found.published) == (STATUS_AT, "2026-05-01T10:00:00Z")


def test_mastodon_of_another_server():
    there = "https://other.example/@lina@social.example/99999999"
    assert ask("mastodon-status", status(id="99999999"), there).url == STATUS_AT
    assert refused("mastodon-status", status(id="5"), there).code == "other-thing"


def test_mastodon_warnings():
    found = ask("mastodon-status", status(spoiler_text="Spiders &amp; webs", sensitive=True), STATUS_AT)
    assert (found.text, found.title, found.image, found.sensitive) == ("Spiders & webs", "Spiders & webs", "", True)
    found = ask("mastodon-status", status(sensitive=True), STATUS_AT)
    assert (found.image, found.sensitive) == ("", True) and found.text.startswith("New ")


@pytest.mark.parametrize("visibility", ["private", "direct"])
def test_mastodon_shows_nothing_that_is_not_for_everybody(visibility):
    assert refused("mastodon-status", status(visibility=visibility), STATUS_AT).code == "private"
    assert refused("mastodon-statuses", [status(visibility=visibility)]).code == "empty"


def test_mastodon_pictures():
    film = {
        "type": "gifv",
        "url": "https://files.social.example/1.mp4",
        "preview_url": "https://files.social.example/1p.png",
    }
    assert ask("mastodon-status", status(media_attachments=[film]), STATUS_AT).image == film["preview_url"]
    sound = {"type": "audio", "url": "https://files.social.example/1.mp3", "preview_url": None}
    card = {"image": "https://files.social.example/card.png"}
    assert ask("mastodon-status", status(media_attachments=[sound], card=card), STATUS_AT).image == card["image"]


def test_mastodon_newest():
    body = [
        STATUS,
        status(id="2", url=STATUS_AT[:-1] + "2", created_at="2026-05-02T10:00:00.000Z"),
        status(id="3", url=STATUS_AT[:-1] + "3", in_reply_to_id="1"),
        status(id="4", url=STATUS_AT[:-1] + "4", reblog=STATUS),
    ]
    found = ask("mastodon-statuses", body, "https://social.example/@lina")
    assert [one.url[-1] for one in found.items] == ["2", "1"]
    assert (found.title, found.text, found.image) == ("Lina", "Prints", ACCOUNT["avatar_static"])
    assert refused("mastodon-statuses", []).code == "empty"
    assert (
        refused("mastodon-statuses", {"error": "This method requires an authenticated user"}, status=401).code
        == "error"
    )


def test_mastodon_account():
    found = ask(
        "mastodon-lookup",
        ACCOUNT,
        "https://social.example/@lina",
        "https://social.example/api/v1/accounts/lookup?acct=lina",
    )
    assert (found.title, found.kind, found.facts) == ("Lina", "profile", {"account": "42"})
    assert found.asks[0].how == "mastodon-statuses"
    assert found.asks[0].url.startswith("https://social.example/api/v1/accounts/42/statuses?")
    assert refused("mastodon-lookup", ACCOUNT | {"id": "4/2"}).code == "empty"
    assert refused("mastodon-lookup", ACCOUNT | {"suspended": True}).code == "gone"


# films


def test_dailymotion():
    body = {"page": 1, "list": [
        {"id": "x1", "title": "One &amp; two", "thumbnail_720_url": "https://s2.dmcdn.net/v/1/x720", "created_time": 1777630000, "duration": 61},
        {"id": "x2", "title": "Newer", "thumbnail_720_url": None, "created_time": 1777640000}, {"id": "../x"}, 7, {"id": "x3"},
    ]}  # fmt: skip
    newer, one = ask("dailymotion-list", body, "https://www.dailymotion.com/lina").items
    assert (one.url, one.title, one.duration) == ("https://www.dailymotion.com/video/x1", "One & two", 61)
    assert (one.published, one.kind, one.image) == ("2026-05-01T10:06:40Z", "video", "https://s2.dmcdn.net/v/1/x720")
    assert newer.title == "Newer"
    assert refused("dailymotion-list", {"error": {"code": 404, "message": "no such user"}}).sentence.endswith(
        "no such user"
    )


def test_peertube():
    film = {
        "uuid": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "shortUUID": "aBcDeFgHiJkLmNoPqRsTuV", "name": "Loading paper", "duration": 95, "nsfw": False,
        "truncatedDescription": "A lesson", "publishedAt": "2026-05-01T10:00:00.000Z", "previewPath": "/lazy-static/previews/1.jpg",
        "embedPath": "/videos/embed/aBc", "url": "https://tube.example/videos/watch/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "channel": {"displayName": "Lina's films", "url": "https://tube.example/video-channels/lina"}, "licence": {"id": 1, "label": "Attribution"},
    }  # fmt: skip
    url = "https://tube.example/api/v1/video-channels/lina/videos?count=20"
    for body in ({"total": 1, "data": [film]}, {"total": 1, "data": [{"position": 1, "video": film}]}):
        found = ask("peertube-list", body, "https://tube.example/c/lina/videos", url)
        (one,) = found.items
        assert (found.title, one.author) == ("Lina's films", "Lina's films")
        assert (one.title, one.text, one.duration, one.kind) == ("Loading paper", "A lesson", 95, "video")
        assert (one.image, one.frame) == (
            "https://tube.example/lazy-static/previews/1.jpg",
            "https://tube.example/videos/embed/aBc",
        )
        assert one.license == "Attribution"
    hidden = ask("peertube-video", film | {"nsfw": True, "url": None}, "https://tube.example/w/x", url)
    assert (hidden.sensitive, hidden.image, hidden.url) == (True, "", "https://tube.example/w/aBcDeFgHiJkLmNoPqRsTuV")


# music


def test_mixcloud():
    show = {
        "key": "/lina/ink-1/", "url": "https://www.mixcloud.com/lina/ink-1/", "name": "Ink 1", "created_time": "2026-05-01T10:00:00Z", "audio_length": 3600,
        "user": {"username": "lina", "name": "Lina", "url": "https://www.mixcloud.com/lina/"},
        "pictures": {"small": "https://t.mixcloud.com/25.jpg", "extra_large": "https://t.mixcloud.com/600.jpg"},
    }  # fmt: skip
    found = ask("mixcloud-list", {"data": [show, {"name": "no address"}]}, "https://www.mixcloud.com/lina/")
    (one,) = found.items
    assert (found.title, one.title, one.duration, one.image) == (
        "Lina",
        "Ink 1",
        3600,
        "https://t.mixcloud.com/600.jpg",
    )


def test_deezer():
    body = {"data": [
        {"id": 1, "title": "Old", "link": "https://www.deezer.com/album/1", "cover_xl": "https://e.example/1.jpg", "release_date": "2020-01-01", "type": "album"},
        {"id": 2, "title": "New", "release_date": "2026-01-01 00:00:00", "type": "episode", "duration": 60},
    ]}  # fmt: skip
    new, old = ask("deezer-list", body, "https://www.deezer.com/artist/9").items
    assert (old.kind, old.image, old.published) == ("album", "https://e.example/1.jpg", "2020-01-01")
    assert (new.kind, new.url, new.duration) == ("episode", "https://www.deezer.com/episode/2", 60)
    assert (
        refused("deezer-list", {"error": {"type": "DataException", "message": "no data", "code": 800}}).code == "error"
    )


# Apple

PODCAST = {
    "wrapperType": "track", "kind": "podcast", "collectionId": 100000001, "trackId": 100000001, "artistName": "Lina", "collectionName": "Ink talk",
    "collectionViewUrl": "https://podcasts.apple.com/us/podcast/ink-talk/id100000001?uo=4", "feedUrl": "https://inktalk.example/feed",
    "artworkUrl100": "https://is1-ssl.mzstatic.com/image/thumb/x/mza_1.jpg/100x100bb.jpg", "releaseDate": "2026-05-01T10:00:00Z",
}  # fmt: skip
PODCAST_AT = "https://podcasts.apple.com/ch/podcast/ink-12345/id100000001"


def test_apple_podcasts_lead_to_their_feeds():
    found = ask("itunes-lookup", {"resultCount": 1, "results": [PODCAST]}, PODCAST_AT)
    assert (found.title, found.author, found.kind) == ("Ink talk", "Lina", "podcast")
    assert found.image == "https://is1-ssl.mzstatic.com/image/thumb/x/mza_1.jpg/600x600bb.jpg"
    assert (found.facts, found.asks) == (
        {"feed": "https://inktalk.example/feed"},
        (Ask("feed", "https://inktalk.example/feed"),),
    )
    assert refused("itunes-lookup", {"resultCount": 0, "results": []}, PODCAST_AT).code == "empty"
    assert refused("itunes-lookup", {"results": [PODCAST]}, PODCAST_AT[:-1] + "2").code == "other-thing"
    assert not ask("itunes-lookup", {"results": [PODCAST | {"feedUrl": "file:///x"}]}, PODCAST_AT).asks


def test_apple_episode():
    episode = {
        "wrapperType": "podcastEpisode", "kind": "podcast-episode", "trackId": 1000500000001, "collectionId": 100000001, "trackName": "3: Paper",
        "collectionName": "Ink talk", "trackViewUrl": "https://podcasts.apple.com/us/podcast/3/id100000001?i=1000500000001", "trackTimeMillis": 3723000,
        "episodeUrl": "https://cdn.inktalk.example/3.mp3", "episodeContentType": "audio", "description": "About paper", "releaseDate": "2026-05-01T10:00:00Z",
    }  # fmt: skip
    found = ask("itunes-lookup", {"results": [PODCAST, episode]}, PODCAST_AT + "?i=1000500000001")
    assert (found.title, found.author, found.kind, found.duration) == ("3: Paper", "Ink talk", "episode", 3723)
    assert found.audio == "https://cdn.inktalk.example/3.mp3"
    assert refused("itunes-lookup", {"results": [PODCAST, episode]}, PODCAST_AT + "?i=1000500000009").code == "empty"


def test_apple_albums():
    artist = {
        "wrapperType": "artist",
        "artistName": "Lina",
        "artistLinkUrl": "https://music.apple.com/us/artist/lina/1000001",
    }
    album = {
        "wrapperType": "collection", "collectionType": "Album", "collectionName": "Drum", "artistName": "Lina", "releaseDate": "2025-01-01T08:00:00Z",
        "collectionViewUrl": "https://music.apple.com/us/album/drum/1000002", "artworkUrl100": "https://is1-ssl.mzstatic.com/image/thumb/x/y.jpg/100x100bb.jpg",
    }  # fmt: skip
    newer = album | {
        "collectionName": "Ink",
        "collectionViewUrl": "https://music.apple.com/us/album/ink/1000003",
        "releaseDate": "2026-01-01T08:00:00Z",
    }
    found = ask("apple-albums", {"results": [artist, album, newer]}, "https://music.apple.com/us/artist/lina/1000001")
    assert found.title == "Lina"
    assert [(one.title, one.kind) for one in found.items] == [("Ink", "album"), ("Drum", "album")]


# GitHub, Discord, Telegram


def test_github():
    repository = {
        "full_name": "lina/drum", "name": "drum", "owner": {"login": "lina", "html_url": "https://github.com/lina"}, "html_url": "https://github.com/lina/drum",
        "description": "Prints <b>things</b>", "license": {"spdx_id": "MIT"}, "pushed_at": "2026-05-01T10:00:00Z",
    }  # fmt: skip
    found = ask("github-repo", repository, "https://github.com/lina/drum")
    assert (found.title, found.text, found.kind, found.license) == ("lina/drum", "Prints things", "repository", "MIT")
    assert found.image == "https://opengraph.githubassets.com/1/lina/drum"
    assert ask("github-repo", repository, "https://github.com/lina/old-name").title == "lina/drum"
    assert refused("github-repo", repository, "https://github.com/ada/tube").code == "other-thing"
    assert refused("github-repo", {"message": "Not Found", "status": "404"}, status=404).code == "error"
    release = {
        "tag_name": "v2",
        "html_url": "https://github.com/lina/drum/releases/tag/v2",
        "body": "faster",
        "published_at": "2026-05-01T10:00:00Z",
    }
    assert ask("github-repo", [release], "https://github.com/lina/drum").items[0].title == "v2"
    person = {
        "login": "lina",
        "html_url": "https://github.com/lina",
        "bio": "ink",
        "avatar_url": "https://avatars.githubusercontent.com/u/1?v=4",
    }
    assert ask("github-repo", person, "https://github.com/lina").kind == "profile"


def test_discord():
    body = {
        "code": "AbCd",
        "guild": {"id": "123", "name": "Printers", "description": "Ink", "icon": "a_0f", "splash": None},
        "approximate_member_count": 9,
    }
    found = ask("discord-invite", body, "https://discord.gg/AbCd")
    assert (found.title, found.text, found.url) == ("Printers", "Ink", "https://discord.gg/AbCd")
    assert found.image == "https://cdn.discordapp.com/icons/123/a_0f.png?size=256"
    assert refused(
        "discord-invite", {"message": "Unknown Invite", "code": 10006}, "https://discord.gg/x", status=404
    ).gone
    assert refused("discord-invite", body, "https://discord.gg/other").code == "other-thing"
    assert (
        ask(
            "discord-invite", body | {"guild": {"id": "../1", "name": "P", "icon": "a/b"}}, "https://discord.gg/AbCd"
        ).image
        == ""
    )


TELEGRAM = """<!DOCTYPE html><html><head><title>Lina – Telegram</title><meta property="og:title" content="Lina &amp; ink"><meta property="og:image" content="https://cdn4.example/c.jpg">
<meta property="og:description" content="Prints"></head><body><main><section>
<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message service_message js-widget_message" data-post="linaprints/1"><div class="tgme_widget_message_text js-message_text" dir="auto">Channel created</div><a class="tgme_widget_message_date"><time datetime="2026-05-01T09:00:00+00:00"></time></a></div></div>
<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="linaprints/2" data-view="x">
<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/linaprints"><span dir="auto">Lina &amp; ink</span></a></div>
<a class="tgme_widget_message_photo_wrap 1 2" href="https://t.me/linaprints/2" style="width:800px;background-image:url('https://cdn4.example/2.jpg')"><div></div></a>
<div class="tgme_widget_message_text js-message_text" dir="auto">New <b>print</b><br/>today <i class="emoji" style="background-image:url('//telegram.org/img/emoji/40/1.png')"><b>x</b></i></div>
<span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/linaprints/2"><time datetime="2026-05-01T10:00:00+00:00" class="time">10:00</time></a></span></div></div>
<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message js-widget_message" data-post="linaprints/3"><div class="tgme_widget_message_text js-message_reply_text">quoted</div>
<div class="tgme_widget_message_text js-message_text" dir="auto">Only words</div><a class="tgme_widget_message_date" href="x"><time datetime="2026-05-02T10:00:00+00:00"></time></a></div></div>
</section></main></body></html>"""


def test_telegram():
    found = ask("telegram-list", TELEGRAM, "https://t.me/linaprints", "https://t.me/s/linaprints")
    assert (found.title, found.text, found.image) == ("Lina & ink", "Prints", "https://cdn4.example/c.jpg")
    words, photo = found.items
    assert (photo.url, photo.text, photo.image) == (
        "https://t.me/linaprints/2",
        "New print\ntoday x",
        "https://cdn4.example/2.jpg",
    )
    assert (photo.author, photo.kind, photo.published) == ("Lina & ink", "post", "2026-05-01T10:00:00Z")
    assert (words.text, words.image) == ("Only words", "")
    assert refused("telegram-list", "<html><title>Telegram: Contact @x</title></html>").code == "empty"


# all of them

GOOD: dict[str, object] = {
    "bluesky-post": thread(POST), "bluesky-feed": {"feed": [{"post": POST}]}, "bluesky-handle": {"did": DID}, "mastodon-status": STATUS,
    "mastodon-statuses": [STATUS], "mastodon-lookup": ACCOUNT, "itunes-lookup": {"results": [PODCAST]}, "telegram-list": TELEGRAM,
}  # fmt: skip
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["https://x.example/", "at://did:plc:a/b/c", DID, "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "uri",
                    "url",
                    "data",
                    "list",
                    "feed",
                    "results",
                    "post",
                    "posts",
                    "thread",
                    "author",
                    "record",
                    "embed",
                    "media",
                    "images",
                    "thumb",
                    "user",
                    "name",
                    "title",
                    "guild",
                    "account",
                    "content",
                    "labels",
                    "val",
                    "values",
                    "did",
                    "handle",
                    "reason",
                    "reply",
                    "kind",
                    "full_name",
                    "owner",
                    "files",
                    "tag_name",
                    "login",
                    "html_url",
                    "channel",
                    "video",
                    "uuid",
                    "link",
                    "code",
                    "icon",
                    "emojis",
                    "shortcode",
                    "card",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("how", ADAPTERS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b"7",
        b'"x"',
        b"<html>",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"\xff\xfe",
        b'{"error": 1}',
    ],
)
def test_rubbish_is_refused(how, body):
    assert refused(how, body).code in ("not-json", "empty", "error", "gone")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(ADAPTERS)), _JSON, st.data())
def test_any_json_gives_a_reading_or_a_refusal(how, value, data):
    body: Any = value
    if how in GOOD and isinstance(GOOD[how], dict | list) and data.draw(st.booleans()):
        body = copy.deepcopy(GOOD[how])
        here = body
        for _ in range(data.draw(st.integers(0, 4))):  # put something odd somewhere into a good answer
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(here[key], dict | list) or not here[key]:
                here[key] = value
                break
            here = here[key]
        else:
            if isinstance(here, dict):
                here[data.draw(st.sampled_from(list(here)))] = value
    try:
        found = ask(
            how, json.dumps(body), data.draw(st.sampled_from(["https://example.org/", POST_AT, STATUS_AT, PODCAST_AT]))
        )
    except Unusable:
        return
    for one in (found, *found.items):
        for shown in (one.url, one.image, one.author_url, one.frame, one.audio):
            assert not shown or shown.startswith(("https://", "http://"))
        assert "\ud800" not in one.title + one.text + one.author
