"""Write the tables of docs/platforms.md from what linkhome knows: python docs/platforms.py."""

from __future__ import annotations

from pathlib import Path

from linkhome.platforms import PLATFORMS
from linkhome.platforms.icons import about, names

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
for this: it is all read off the address.

The column *belongs to* names the company that could switch it off. It is empty for networks that nobody owns.

## The table

| platform | belongs to | addresses at | told apart |
|---|---|---|---|
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


def icons() -> tuple[str, str]:
    """Return the names of icons of things, and of platforms."""
    brands = {name for name in names() if about(name)["title"]}
    things = [f"`{name}`" for name in names() if name not in brands]
    return ", ".join(things), ", ".join(f"`{name}`" for name in sorted(brands))


def page() -> str:
    """Return the whole page."""
    things, brands = icons()
    return HEAD + table() + MIDDLE + things + ".\n" + BRANDS + brands + ".\n" + FOOT


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8")
