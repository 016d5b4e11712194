"""Write the tables of docs/platforms.md from what linkhome knows: python docs/platforms.py."""

from __future__ import annotations

import re
from pathlib import Path

from linkhome.platforms import PLATFORMS, Platform
from linkhome.platforms.icons import about, names

WORDS = {"oembed": "oEmbed", "feed": "feed", "page": "page", "telegram-list": "page"}
FILE = Path(__file__).with_suffix(".md")

HEAD = """\
# Platforms

<!-- This page is written by a program: python docs/platforms.py -->

linkhome reads an address and knows what it is: the platform, what the thing is called there, the icon. You write
the address and nothing else:

```yaml
socials:
  - https://www.instagram.com/linamarlow
  - https://bsky.app/profile/lina.example
  - https://mastodon.social/@lina
  - mailto:hello@lina.example
```

Any other address works, too. It is called by its host and gets a plain icon. Nothing is ever asked of the platform
for this: it is all read off the address. [A package of your own](making-a-platform.md) can add a platform.

The column *belongs to* names the company that could switch it off. It is empty for networks that nobody owns.

## The table

| platform | belongs to | addresses at | told apart |
|---|---|---|---|
"""

CARDS = """
## Cards, the newest, players

`linkhome refresh` asks the platforms for what `embed` and `latest` show, and keeps the answers as files of your site.
Visitors ask nobody until they click. What each platform is good for:

- *A card from*: its **oEmbed** service, its **own API**, or the **page** (Open Graph and JSON-LD). *Nothing*: it
  forbids copies, or shows programs nothing; the card has what you write yourself.
- *The newest from*: a **feed**, its **own API**, or **the page** if that names a feed. *Nothing*: write the `items:`
  yourself.
- *Plays on a click from*: the host of its player, which sees the visitor's address from then on. `…` is a server's
  own host, or a part of one.

Any other address gets a card from the oEmbed service that its page names, from Open Graph or JSON-LD, and the newest
from the feed that its page names. It plays only if its page names a player of one of these platforms.

| platform | a card from | the newest from | plays on a click from | what is not possible |
|---|---|---|---|---|
"""

MIDDLE = """
## Icons

Every link may choose another icon with `icon: NAME`. For things:

"""

BRANDS = """
For platforms:

"""

FOOT = """
The outlines come from simple-icons (CC0), Bootstrap Icons (MIT) and Tabler Icons (MIT); logos are trademarks of their
owners, used to point to your own account. `NOTICE` has the details.
"""


def table() -> str:
    """Return one row for each platform, by name."""
    rows = []
    for platform in sorted(PLATFORMS.values(), key=lambda p: p.name.lower()):
        kinds = sorted({row[0] for row in platform.rows})
        hosts = ", ".join(f"`{host}`" for host in platform.hosts) or "any host"
        rows.append(f"| {platform.name} | {platform.owner} | {hosts} | {', '.join(kinds)} |\n")
    return "".join(rows)


def cards() -> str:
    """Return one row for each platform that more than its page is known of, by name."""
    rows = []
    for platform in sorted(PLATFORMS.values(), key=lambda p: p.name.lower()):
        if platform.oembed or platform.asks or platform.feeds or platform.frames or platform.apart:
            cells = (platform.name, card(platform), newest(platform), players(platform), platform.apart)
            rows.append(f"| {' | '.join(cells)} |\n")
    return "".join(rows)


def card(platform: Platform) -> str:
    """Return where cards of one thing come from, the best first."""
    if not platform.copies:
        return "nothing"
    words = [WORDS.get(rule.how, "own API") for rule in platform.asks]
    words += ["oEmbed"] * bool(platform.oembed) + ["page"] * (platform.shells != "*")
    return ", ".join(dict.fromkeys(words)) or "nothing"


def newest(platform: Platform) -> str:
    """Return where the newest of a channel or profile come from."""
    if not platform.copies:
        return "nothing"
    words = [WORDS.get(rule.how, "own API") for rule in platform.feeds if rule.how != "channel"]
    silent = platform.apart or platform.shells == "*"
    return ", ".join(dict.fromkeys(words)) or ("nothing" if silent else "the page")


def players(platform: Platform) -> str:
    """Return the hosts of a platform's players."""
    found = []
    for frame in platform.frames:
        made = frame.address.removeprefix("https://").partition("/")[0]
        found += [f"`{re.sub('{.*}', '…', host)}`" for host in (made, *frame.hosts) if host]
    return ", ".join(dict.fromkeys(found))


def icons() -> tuple[str, str]:
    """Return the names of icons of things, and of platforms."""
    brands = {name for name in names() if about(name)["title"]}
    things = [f"`{name}`" for name in names() if name not in brands]
    return ", ".join(things), ", ".join(f"`{name}`" for name in sorted(brands))


def page() -> str:
    """Return the whole page."""
    things, brands = icons()
    return HEAD + table() + CARDS + cards() + MIDDLE + things + ".\n" + BRANDS + brands + ".\n" + FOOT


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8")
