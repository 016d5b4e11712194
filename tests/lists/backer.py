"""Run `linkhome list backup` in a process that has all its modules already, again and again, so that it may be killed.

Reads one line for each run from standard input, the seconds after which to kill it; writes one when it is over:

    python backer.py SITE
"""

from __future__ import annotations

import os
import signal
import sys
import time

from linkhome.cli import main
from linkhome.commands import lists
from linkhome.embeds import wire
from linkhome.lists import backup


def once(site: str, seconds: float) -> str:
    """Run a backup and kill it; return ``killed``, or the code with which it had ended before."""
    child = os.fork()
    if not child:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os._exit(main(["list", "backup", site]))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else str(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    assert all((backup, lists, wire))  # these are what a backup would import late
    for line in sys.stdin:
        print(once(sys.argv[1], float(line)), flush=True)
