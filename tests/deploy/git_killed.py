"""Deploy as a process of its own, to be killed by the host that it talks to: `python git_killed.py ROOT URL TEXT`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from deploy.git_site import Deploy

if __name__ == "__main__":
    root, url, text = sys.argv[1:]
    Deploy(Path(root), url, {"index.html": text.encode(), "same.css": b"a{}"}).all()
