"""Keep release folders on a host by small scripts: what is there, let another one be live, remove the oldest.

Below the folder of the place lie ``releases/0007-3f2a9c011b22``, beside each the list of its files, and ``current``, a
symbolic link to the one that is live. It is replaced by a rename, so there is no moment without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from .nouns import Frozen

NAME = re.compile(r"([0-9]{4,9})-[0-9a-f]{12}")
PART = re.compile(r"\.[0-9a-f]{32}\.[0-9a-f]{8}\.part")
_LINK = re.compile(rf"releases/({NAME.pattern})")

#: $1 is the folder of the place, here and below.
LOOK = """
command -v rsync >/dev/null 2>&1 || echo 'no rsync'
if [ ! -e "$1" ]; then echo 'new'
elif ! cd -- "$1" 2>/dev/null; then echo 'closed'
else
  [ -w . ] || echo 'locked'
  live=
  if [ -L current ]; then live=$(readlink current); printf 'current %s\\n' "$live"
  elif [ -e current ]; then echo 'taken'; fi
  for one in releases/*; do if [ -d "$one" ]; then printf 'release %s\\n' "${one#releases/}"; fi; done
  if [ -f "$live.files" ]; then printf 'files '; cat -- "$live.files"; echo; fi
fi
echo 'end'
"""

#: $2 is the tree, $3 tells this attempt from others. Prints what earlier ones left. No folder is filled twice: of a
#: connection that broke, the far end may live on for minutes, and put half a file into the folder that it filled.
PREPARE = """
umask 022
mkdir -p -- "$1/releases" && cd -- "$1/releases" || exit 1
for one in ".$2".*.part; do if [ -d "$one" ]; then printf 'part %s\\n' "$one"; fi; done
mkdir -- ".$2.$3.part" || exit 1
"""

#: $2 is the folder that was filled, $3 the release's name, $4 where ``current`` leads until now. May run twice.
#: A rename of the link itself is spelled -T by GNU and busybox, -h by the BSDs.
ACTIVATE = """
umask 022
cd -- "$1" || exit 1
was=$(readlink current 2>/dev/null)
if [ "$was" = "releases/$3" ]; then echo 'live'; exit 0; fi
if [ "$was" != "$4" ]; then printf 'moved %s\\n' "$was"; exit 0; fi
if [ ! -d "releases/$3" ]; then mv -- "releases/$2" "releases/$3" || exit 1; fi
cat > "releases/.$3.files" <<'linkhome-ends' || exit 1
{listing}
linkhome-ends
mv -f -- "releases/.$3.files" "releases/$3.files" || exit 1
rm -f -- ".current-$3"
ln -s -- "releases/$3" ".current-$3" || exit 1
sync -f . 2>/dev/null || sync
mv -fT -- ".current-$3" current 2>/dev/null || mv -fh -- ".current-$3" current 2>/dev/null ||
  perl -e 'rename($ARGV[0], $ARGV[1]) or exit 1' ".current-$3" current || exit 1
sync -f . 2>/dev/null || true
if [ "$(readlink current)" = "releases/$3" ]; then echo 'live'; fi
"""

#: $2, $3, … are the releases that go. What uploads that were given up left behind goes after two days.
TIDY = """
cd -- "$1" || exit 1
rm -rf -- releases/."$2".*.part
shift 2
live=$(readlink current)
for one in "$@"; do
  if [ "$live" != "releases/$one" ]; then rm -rf -- "releases/$one" "releases/$one.files"; fi
done
find releases -maxdepth 1 -name '.*.part' -mtime +1 -exec rm -rf -- {} +
echo 'done'
"""


class Listing(Struct, frozen=True):
    """Hold what is kept beside a release: the build's id, and the hash of every file."""

    build: str
    files: Mapping[str, str]


class Found(Struct, frozen=True):
    """Hold what lies on the host: which release is live (empty: none), the others, and the list of the live one.

    ``trouble`` names what stands in the way: ``no rsync``, ``closed``, ``locked``, ``taken`` or ``foreign``.
    """

    live: str = ""
    names: tuple[str, ...] = ()
    listing: Listing | None = None
    trouble: str = ""
    leads: str = ""

    def next_name(self, tree: str) -> str:
        """Return the name for a new release; numbers, as clocks may be wrong."""
        numbers = [int(one.partition("-")[0]) for one in self.names]
        return f"{max(numbers, default=0) + 1:04}-{tree[:12]}"

    def beyond(self, keep: int) -> Sequence[str]:
        """Return the releases that go if only ``keep`` of them stay, the live one always being among those."""
        newest = sorted(self.names, key=lambda one: (one == self.live, int(one.partition("-")[0])), reverse=True)
        return newest[keep:]


def read(lines: Sequence[str]) -> Found | None:
    """Return what `LOOK` printed; None if it did not come to its end."""
    if not lines or lines[-1] != "end":
        return None
    live = leads = trouble = ""
    names: list[str] = []
    listing: Listing | None = None
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "current":
            leads = rest
            live = found[1] if (found := _LINK.fullmatch(rest)) else ""
            trouble = trouble or ("" if live else "foreign")
        elif word == "release" and NAME.fullmatch(rest):
            names.append(rest)
        elif word == "files":
            listing = _listing(rest)
        elif line in ("no rsync", "closed", "locked", "taken"):
            trouble = trouble or line
    return Found(live, tuple(names), listing, trouble, leads)


def activating(frozen: Frozen) -> str:
    """Return the script that makes a release live and writes its list; no name of a file can end the list early."""
    listing = Listing(frozen.build, {path: file.sha256 for path, file in frozen.files.items()})
    return ACTIVATE.replace("{listing}", msgspec.json.encode(listing).decode())


def _listing(text: str) -> Listing | None:
    try:
        return msgspec.json.decode(text, type=Listing)
    except (msgspec.DecodeError, UnicodeError):
        return None
