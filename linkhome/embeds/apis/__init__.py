"""Read the answers of platforms that have an own way to speak: one adapter each, by the name that a question has.

An adapter gets the answer, the question, and the address that the creator wrote. It returns a `Reading`, or
raises `Unusable`; nothing else comes out of it, whatever the bytes are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from . import apple, bluesky, dailymotion, deezer, discord, github, mastodon, mixcloud, peertube, telegram

if TYPE_CHECKING:
    from ...platforms.asking import Ask
    from ..fetch import Answer
    from ..reading import Reading

    Adapter = Callable[[Answer, Ask, str], Reading]

ADAPTERS: dict[str, Adapter] = {
    "apple-albums": apple.albums,
    "bluesky-feed": bluesky.newest,
    "bluesky-handle": bluesky.handle,
    "bluesky-post": bluesky.post,
    "dailymotion-list": dailymotion.films,
    "deezer-list": deezer.records,
    "discord-invite": discord.invite,
    "github-repo": github.thing,
    "itunes-lookup": apple.lookup,
    "mastodon-lookup": mastodon.account,
    "mastodon-status": mastodon.status,
    "mastodon-statuses": mastodon.newest,
    "mixcloud-list": mixcloud.shows,
    "peertube-list": peertube.films,
    "peertube-video": peertube.film,
    "telegram-list": telegram.posts,
}
