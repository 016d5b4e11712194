"""Deploy as a process of its own that dies at a certain moment: `python files_killed.py TARGET GIVEN ROOT FILES MOMENT`.

The moments: ``upload`` (when a part has been sent), ``sent`` (all of it), ``+0.05`` (seconds into the switch).
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).parents[1]))

from deploy.file_hosts import frozen_of, plan_of
from linkhome.deploy.table import Around, load
from linkhome.token import Token


def die(*_: object) -> NoReturn:
    """End at once, as after a power cut: nothing is tidied, nobody is told."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


if __name__ == "__main__":
    name, given, root, files, moment = sys.argv[1:]
    secrets = {"password": Token(os.environ["PASSWORD"])} if "PASSWORD" in os.environ else {}
    target = load(name).make(json.loads(given), secrets, Around(Path(root), Path(root) / "state"))
    site = frozen_of(Path(root) / "o", {path: text.encode() for path, text in json.loads(files).items()})
    there = target.look()
    plan = plan_of(target, site, there)
    ticket = target.upload(site, plan, there, die if moment == "upload" else lambda *_: None)
    if moment == "sent":
        die()
    threading.Timer(float(moment), die).start()
    target.activate(ticket)
    target.tidy(site, plan)
    target.close()
    die()
