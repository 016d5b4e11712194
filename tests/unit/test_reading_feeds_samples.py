"""Captured feeds and API answers: what each must give, stated by looking at the file. They lie beside the repository.

The rest of the captured answers is in ``test_reading_samples.py``; together both name every file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from linkhome.embeds.answer import FEED, Answer, looks
from linkhome.embeds.reading import Reading, Unusable, read
from linkhome.platforms.asking import Ask

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "embeds"


class Row(NamedTuple):
    """One captured answer: the question, the address that the creator wrote, and what must come out.

    ``expected`` are fields of the reading (``count``, ``first``, ``last``, ``items`` of its entries), or codes of the refusal.
    """

    file: str
    how: str
    url: str
    address: str
    expected: dict[str, Any] | set[str]


_BARE = "https://news.example.org/feed"
_BLUESKY = "https://public.api.bsky.app/xrpc/"
_POST = "https://bsky.app/profile/test.marshal.dev/post/"
_MASTODON = "https://mastodon.social/api/v1/"
_NOTHING = {"empty", "not-feed"}


def _odd(name: str, expected: dict[str, Any] | set[str], url: str = _BARE) -> Row:
    return Row(f"feeds-odd/{name}", "feed", url, "https://news.example.org/", expected)


ROWS = (
    Row(
        "youtube/channel-feed-2.atom.xml", "feed", "https://www.youtube.com/feeds/videos.xml?channel_id=UCBcRF18a7Qf58cCRy5xuWwQ", "https://www.youtube.com/channel/UCBcRF18a7Qf58cCRy5xuWwQ",
        {"title": "L2inc", "author": "L2inc", "facts": {"channel": "UCBcRF18a7Qf58cCRy5xuWwQ"}, "count": 15,
         "first": {"title": "Buy Now, Bitches*", "url": "https://www.youtube.com/watch?v=lR-w1h5ONOY", "kind": "video", "published": "2017-09-14T18:03:34Z",
                   "image": "https://i1.ytimg.com/vi/lR-w1h5ONOY/hqdefault.jpg", "author": "L2inc"},
         "last": {"kind": "video"}},
    ),
    Row("youtube/feed-404-google-error-2024.html", "feed", "https://www.youtube.com/feeds/videos.xml?channel_id=UC80UDR9O8vDvUVossfppxHg", "https://www.youtube.com/channel/UC80UDR9O8vDvUVossfppxHg", {"error", "not-feed"}),
    Row(
        "github/releases.atom.xml", "feed", "https://github.com/gulpjs/gulp/releases.atom", "https://github.com/gulpjs/gulp",
        {"title": "Release notes from gulp", "url": "https://github.com/gulpjs/gulp/releases", "count": 10,
         "first": {"title": "v3.9.0", "url": "https://github.com/gulpjs/gulp/releases/tag/v3.9.0", "published": "2015-06-01T23:49:41+02:00", "author": "contra", "image": ""}},
    ),
    Row("github/gist-2024.json", "github-repo", "https://gist.github.com/oscarotero/7749998.json", "https://gist.github.com/oscarotero/7749998",
        {"title": "Git-cheatsheet.sh", "author": "oscarotero", "kind": "code", "published": "2013-12-02T14:10:20Z"}),
    Row("github/pull-api-onebox.json", "github-repo", "https://api.github.com/repos/discourse/discourse/pulls/1253", "https://github.com/discourse/discourse/pull/1253",
        {"title": "Add audio onebox", "author": "jamesaanderson", "url": "https://github.com/discourse/discourse/pull/1253", "published": "2013-07-26T02:05:53Z"}),
    Row(
        "blogger/4fsod.atom.xml", "feed", "https://4fsodonline.blogspot.com/feeds/posts/default", "https://4fsodonline.blogspot.com/",
        {"title": "4 Fighting Serpents of Death", "author": "Anthony", "count": 25,
         "first": {"title": "4FSOD Documentary: Bloopers and Stuff", "url": "http://4fsodonline.blogspot.com/2007/12/4fsod-documentary-bloopers-and-stuff.html", "published": "2007-12-14T23:15:00-08:00",
                   "kind": "article", "audio": "", "image": ""}},
    ),
    Row(
        "devto/user-feed.rss.xml", "feed", "https://dev.to/feed/gautamkrishnar", "https://dev.to/gautamkrishnar",
        {"title": "Gautam krishna.R", "count": 7,
         "first": {"title": 'God Mode in browsers: document.designMode = "on"', "published": "2020-07-16T10:40:11Z", "image": "https://i.giphy.com/media/iDByhJJoZGSac2RH5z/giphy.gif", "image_alt": "preview", "kind": "article"},
         "last": {"published": "2015-11-05T19:49:25Z"}},
    ),
    Row(
        "medium/user-feed-2.rss.xml", "feed", "https://medium.com/feed/@emarley", "https://medium.com/@emarley",
        {"title": "Stories by Liz Marley on Medium", "url": "https://medium.com/@emarley", "count": 10,
         "first": {"title": "UI Automation & screenshots", "url": "https://medium.com/@emarley/ui-automation-screenshots-c44a41af38d1", "author": "Liz Marley", "kind": "article",
                   "text": "Here’s a partial collection of links from my talk today…", "image": ""}},
    ),
    Row(
        "reddit/front-atom.xml", "feed", "https://www.reddit.com/.rss", "https://www.reddit.com/",
        {"title": "reddit: the front page of the internet", "image": "", "count": 24, "first": {"kind": "post"}},
    ),
    Row(
        "podcast/podigee.rss.xml", "feed", "https://baywatch-berlin.podigee.io/feed/mp3", "https://baywatch-berlin.podigee.io/",
        {"title": "Baywatch Berlin", "author": "Klaas Heufer-Umlauf, Thomas Schmitt und Jakob Lundt", "count": 1,
         "first": {"title": "Trailer", "kind": "episode", "duration": 114, "url": "https://baywatch-berlin.podigee.io/t1-trailer", "published": "2019-11-18T19:14:32Z",
                   "audio": "https://cdn.podigee.com/media/podcast_16544_baywatch_berlin_episode_1_trailer.mp3?v=1574079359&source=feed"}},
    ),
    Row("jsonfeed/extension.json", "feed", "https://contoso.example.org/feed.json", "https://contoso.example.org/",
        {"title": "JSON Extension test feed", "count": 3, "first": {"text": "Second item.", "published": "2021-03-05T13:04:04+02:00", "url": "https://contoso.example.org/", "audio": ""}}),
    Row("jsonfeed/inessential.json", "feed", "http://inessential.com/feed.json", "http://inessential.com/",
        {"title": "inessential.com", "author": "Brent Simmons", "count": 20,
         "first": {"title": "James Dempsey and the Breakpoints Benefit App Camp for Girls", "url": "http://inessential.com/2017/06/02/james_dempsey_and_the_breakpoints_benefi", "kind": "article", "published": "2017-06-02T22:05:47-07:00"}}),
    # Mastodon and those like it
    Row("mastodon/microblog-conversation.json", "feed", "https://micro.blog/posts/conversation", "https://micro.blog/",
        {"title": "Micro.blog - Conversation", "count": 12, "first": {"author": "Amit Gawande", "url": "https://micro.blog/amit/763276", "kind": "post", "published": "2018-08-03T00:50:10Z"}}),
    Row("mastodon/user-feed-v4.rss.xml", "feed", "https://front-end.social/@chriscoyier.rss", "https://front-end.social/@chriscoyier",
        {"title": "Chris Coyier", "count": 2,
         "first": {"text": "Behooves https://chriscoyier.net/2022/12/14/behooves/", "image": "", "kind": "post", "sensitive": False, "url": "https://front-end.social/@chriscoyier/109514150488399327"},
         "last": {"image": "https://cdn.masto.host/frontendsocial/media_attachments/files/109/480/363/100/027/057/original/94aa051201c933c6.png", "sensitive": False}}),
    Row("mastodon/account.json", "mastodon-lookup", _MASTODON + "accounts/lookup?acct=halcy@icosahedron.website", "https://mastodon.social/@halcy@icosahedron.website",
        {"author_url": "https://icosahedron.website/@halcy", "facts": {"account": "23972"}, "kind": "profile",
         "asks": ["https://mastodon.social/api/v1/accounts/23972/statuses?limit=30&exclude_replies=true&exclude_reblogs=true"]}),
    # behind a warning: the warning is the text, and there is no picture
    Row("mastodon/status-plain.json", "mastodon-status", _MASTODON + "statuses/110446223051565765", "https://mastodon.social/@halcy@icosahedron.website/110446223051565765",
        {"text": "test post for mastodon.py stuff", "sensitive": True, "image": "", "published": "2023-05-28T12:06:50Z", "url": "https://icosahedron.website/@halcy/110446222386355655", "kind": "post"}),
    Row("mastodon/status-plain.json", "mastodon-status", _MASTODON + "statuses/110446223051560000", "https://mastodon.social/@halcy@icosahedron.website/110446223051560000", {"other-thing"}),
    # "visibility": "private": it was captured by somebody who was logged in
    Row("mastodon/status-with-media.json", "mastodon-status", _MASTODON + "statuses/110447012773105565", "https://mastodon.social/@halcy@icosahedron.website/110447012773105565", {"private"}),
    # Bluesky
    Row("bluesky/DERIVED-profile-rss.xml", "feed", "https://bsky.app/profile/example.com/rss", "https://bsky.app/profile/example.com",
        {"title": "@example.com - Example", "count": 1,
         "first": {"title": "Hello & welcome second line", "text": "Hello & welcome\nsecond line", "url": "https://bsky.app/profile/example.com/post/3abc", "published": "2024-01-05T10:20:30Z"}}),
    Row("bluesky/api-did_doc.json", "bluesky-post", _BLUESKY + "x", _POST + "3kaheyt6vpc22", {"empty"}),
    Row("bluesky/api-feed_record.json", "bluesky-post", _BLUESKY + "x", _POST + "3kaheyt6vpc22", {"empty"}),
    Row("bluesky/api-get_follows.json", "bluesky-feed", _BLUESKY + "app.bsky.feed.getAuthorFeed?actor=x", "https://bsky.app/profile/test.marshal.dev", {"empty"}),
    Row("bluesky/api-post_record.json", "bluesky-post", _BLUESKY + "com.atproto.repo.getRecord", _POST + "3k2yihcrp6f2c", {"text": "new text114", "published": "2024-02-22T19:58:13Z", "kind": "post"}),
    Row("bluesky/api-post_record.json", "bluesky-post", _BLUESKY + "com.atproto.repo.getRecord", _POST + "3kaheyt6vpc22", {"other-thing"}),
    Row("bluesky/api-resolve_handle.json", "bluesky-handle", _BLUESKY + "com.atproto.identity.resolveHandle?handle=bsky.app", "https://bsky.app/profile/bsky.app", {"facts": {"did": "did:plc:z72i7hdynmk6r22z27h6tvur"}}),
    Row("bluesky/api-thread_view_post_with_embed_media.json", "bluesky-post", _BLUESKY + "app.bsky.feed.getPostThread?uri=x", _POST + "3kaheyt6vpc22",
        {"text": "", "title": "Python SDK", "author": "Python SDK", "published": "2023-09-28T12:49:36Z", "url": _POST + "3kaheyt6vpc22",
         "image": "https://cdn.bsky.app/img/feed_thumbnail/plain/did:plc:kvwvcn5iqfooopmyzvb4qzba/bafkreic3cp5ky525vsukjvrzxsc2h3jka2gud74l2hgeatw2rhj2qycnmq@jpeg"}),
    # feeds in a bad state
    _odd("feedparser-aaa_illformed.xml", _NOTHING),
    _odd("feedparser-enc-big5.xml", _NOTHING),
    _odd("feedparser-enc-bozo_bogus_encoding.xml", _NOTHING),
    _odd("feedparser-enc-bozo_invalid-bytes-with-bom.xml", _NOTHING),
    _odd("feedparser-enc-bozo_linenoise.xml", _NOTHING),  # no title, no address, no id
    _odd("feedparser-enc-euc-kr.xml", _NOTHING),
    _odd("feedparser-rss_incomplete_cdata.xml", _NOTHING),
    _odd("feedparser-rss_item_link_corrupted_ampersands.xml", _NOTHING),  # an address that says nothing
    _odd("iso88591-utf8-mismatch.xml", {"not-feed"}),
    _odd("missing-fields.atom.xml", _NOTHING),
    _odd("heise.atom.xml", {
        "title": "heise developer neueste Meldungen", "author": "heise online", "count": 15,
        "first": {"title": "Java-Anwendungsserver: Red Hat gibt WildFly 10 frei", "published": "2016-02-01T17:22:00+01:00", "image_alt": "WildFly 10",
                  "image": "https://www.heise.de/scale/geometry/264/q80/imgs/18/1/7/3/9/9/2/1/wildfly-2bf4ffd2935e38b6-90200def80b152e9-5ba35d3770232d92.jpeg"},
    }),
    _odd("kc0011-gb2312.rss.xml", {
        "title": "投资资讯网交易在线--流通纪念币最新20篇论坛主题-全文", "count": 20,
        "first": {"title": "建国35周年纪念，华表，和平鸽", "author": "大鱼儿", "published": "2020-01-10T14:33:00Z", "url": "http://www.kc0011.net/dispbbs.asp?BoardID=10&ID=25164257&Page=1",
                  "image": "https://pic.kc0011.net/uploadfile/2020-1-10/202011014255757825.jpg"},
    }),
    _odd("no-encoding-latin1.rss.xml", {"title": "Flux RSS du magazine de psychologie Le Cercle Psy", "count": 9,
        "first": {"title": "Perturbateurs endocriniens : quels effets sur le cerveau ?", "published": "2018-10-17T10:30:00Z"},
        "last": {"title": "Psychologue à domicile : de la clinique à l'état brut"}}),
    _odd("slashdot.rdf.xml", {"title": "Slashdot", "author": "", "count": 3,
        "first": {"title": "SpaceX Working With Cloudflare To Speed Up Starlink Service", "author": "BeauHD", "image": "", "published": "2023-08-24T07:00:00Z",
                  "url": "https://tech.slashdot.org/story/23/08/23/2238246/spacex-working-with-cloudflare-to-speed-up-starlink-service"}}),
    _odd("urdu.rss.xml", {"count": 26, "author": "",
        "first": {"url": "http://www.bbc.com/urdu/pakistan-42645212", "published": "2018-01-11T13:20:55Z", "image": "https://c.files.bbci.co.uk/13C09/production/_99550908_3f6467e7-5086-43e5-9c31-918be66a17ad.jpg"}}),
)  # fmt: skip

#: All files of this table.
FEED_FILES = frozenset(row.file for row in ROWS)

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the captured answers are not beside the repository")


def answer_of(file: str, url: str) -> Answer:
    """Return a captured answer with its status and headers, as far as they are known."""
    path = SAMPLES / file
    known = path.with_name(f"{path.name}.meta.json")
    meta = json.loads(known.read_text(encoding="utf-8")) if known.is_file() else {}
    headers = {name.lower(): ", ".join(values) for name, values in (meta.get("headers") or {}).items()}
    status = 404 if "-404-" in file else 200
    return Answer(meta.get("status", status), headers, path.read_bytes(), url)


def check(found: Reading, expected: dict[str, Any]) -> None:
    for name, value in expected.items():
        if name == "count":
            assert len(found.items) == value
        elif name in ("first", "last"):
            check(found.items[0 if name == "first" else -1], value)
        elif name == "asks":
            assert [ask.url for ask in found.asks] == value
        else:
            assert getattr(found, name) == value, name


@needs_samples
@pytest.mark.parametrize("row", ROWS, ids=[f"{row.how}:{row.file}" for row in ROWS])
def test_captured(row):
    answer = answer_of(row.file, row.url)
    try:
        found = read(Ask(row.how, row.url), answer, row.address)
    except Unusable as problem:
        assert isinstance(row.expected, set), problem.code
        assert problem.code in row.expected
        assert problem.sentence
    else:
        assert isinstance(row.expected, dict), found
        check(found, row.expected)
        for one in (found, *found.items):
            assert not one.image or one.image.startswith("https://")
            assert not one.items or all(item.url and (item.title or item.text) for item in one.items)


@needs_samples
@pytest.mark.parametrize(
    "file", sorted(file for file in FEED_FILES if file.endswith((".xml", "feed/inessential.json")))
)
def test_captured_feeds_cut_anywhere_never_say_more(file):
    """A feed that ends early gives its first whole entries, or a refusal."""
    body = (SAMPLES / file).read_bytes()
    for part in (0.3, 0.6, 0.95):
        answer = Answer(200, {}, body[: int(len(body) * part)], _BARE, cut=True)
        try:
            found = read(Ask("feed", _BARE), answer, "https://news.example.org/")
        except Unusable as problem:
            assert problem.code in ("empty", "not-feed")
        else:
            assert all(item.url for item in found.items)


@needs_samples
def test_captured_feeds_look_like_feeds():
    for row in ROWS:
        if row.how == "feed" and isinstance(row.expected, dict):
            assert looks(answer_of(row.file, row.url), FEED), row.file
