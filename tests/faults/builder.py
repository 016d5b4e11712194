"""Build sites in forks of this process: a build that is to be killed begins at once, not with its imports.

Reads a folder from a line of its input; answers with the number of the process that builds it, and when that has ended
with its exit code. An empty line lets go of it.
"""

from __future__ import annotations

import os
import sys

import linkhome.brand.variants
import linkhome.kit.workshop
import linkhome.publish  # noqa: F401  (and with it nearly all that a build needs)
from linkhome.cli import main

if __name__ == "__main__":
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os.chdir(line.removesuffix("\n"))
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(int(main(["build", "--quiet"])))
        print(child, flush=True)
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        assert ended
        print(ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status, flush=True)
        # Until the next order its number stays its own, so that a kill that comes too late meets nobody else.
        sys.stdin.readline()
        os.waitpid(child, 0)
