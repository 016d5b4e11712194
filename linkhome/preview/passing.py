"""Know the names that editors and systems give to files of theirs: the preview never builds because of one."""

from __future__ import annotations

import re

_PASSING = re.compile(
    r"""
      .*~                                  # backups of vim, emacs, gedit, kate, nano
    | ~\$.*                                # office programs mark an open file so
    | 4913                                 # vim tries whether it may write here
    | \#.*                                 # emacs saves by itself
    | \.\#.*                               # emacs marks an open file so
    | .*\.(?: sw[a-z] | swpx | kate-swp | tmp | temp | bck | part | crdownload )
    | .*___jb_(?: tmp | old | bak )___     # JetBrains
    | .*\.goutputstream-.*                 # what GNOME saves with
    | .*\.sb-[^.]*                         # safe saves on macOS
    | sed[A-Za-z0-9]{6}                    # sed -i
    | Thumbs\.db | ehthumbs\.db | desktop\.ini | \.DS_Store | \._.* | Icon\r
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
).fullmatch


def passing(name: str) -> bool:
    """Tell whether a file of this name (without its folder) is nothing that a creator would put on a site."""
    return _PASSING(name) is not None
