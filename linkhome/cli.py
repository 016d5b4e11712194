"""Start the program and end it well: whatever happens, the creator reads a sentence and never a traceback.

The commands and their options are in `commands.group`; click is only loaded when there is something to parse.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from .console import Console
from .diagnostics import Exit, LinkhomeError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_a_character(stream)
    console = Console()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except LinkhomeError as problem:
        console.report(problem.diagnostics)
        return problem.code
    except KeyboardInterrupt:
        console.complain("stopped")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _let_go_of_stdout()
        return Exit.PROBLEMS
    except Exception as surprise:  # the last resort, so that nobody meets a traceback
        from .surprise import explain

        console.complain(*explain(surprise, given))
        return Exit.PROBLEMS


def _run(arguments: list[str]) -> int:
    if arguments == ["build"]:
        # What people type all day needs no parser, and the parser is a third of a build that has nothing to do.
        from .commands.build import Options, run

        return run(Options())
    from .commands.group import run_command

    return run_command(arguments)


def _never_fail_on_a_character(stream: TextIO | None) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")


def _let_go_of_stdout() -> None:
    """Keep the interpreter from complaining at its end that the reader (``| head``) has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
