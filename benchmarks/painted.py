"""Hold pages open in Chromium, and know when each has painted what: the Python side of painted.mjs."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from typing import Any

HERE = Path(__file__).resolve().parent
NODE = str(HERE.parent / "scripts/node")
#: So long a page may take to open; a machine that is busy with other things is slow.
PATIENCE = 120.0


class Browser:
    """Be one Chromium with named pages. Use it as a context: the browser ends with it."""

    def __init__(self) -> None:
        self._node = subprocess.Popen(
            [NODE, str(HERE / "painted.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._painted: dict[tuple[str, str], tuple[str, int]] = {}
        self._news = threading.Condition()
        self._answers: Queue[dict[str, Any]] = Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Return the process that has Chromium's processes below it."""
        return self._node.pid

    def open(self, name: str, url: str, *, apart: bool = False, styles: bool = False) -> None:
        """Open a page under a name, or lead the one of that name elsewhere.

        ``apart``: as another person's browser, in front; only such a page tells when it has painted, others when they
        have the change. ``styles``: see every change of the styles in the frame that shows it.
        """
        with self._news:
            for key in [key for key in self._painted if key[0] == name]:
                del self._painted[key]
        self._ask(verb="open", name=name, url=url, apart=apart, styles=styles)

    def pixels(self, name: str, kind: str) -> str:
        """Return the pixels of what changes on a page, as text that can be compared; empty when nothing is there."""
        return self._ask(verb="pixels", name=name, kind=kind) or ""

    def run(self, name: str, script: str) -> Any:
        """Return what a script says in a page."""
        return self._ask(verb="run", name=name, script=script)

    def painted(self, name: str, kind: str, value: str, seconds: float) -> int | None:
        """Wait until a page showed this value last; return when, in milliseconds since 1970, or None."""
        with self._news:
            self._news.wait_for(lambda: self._painted.get((name, kind), ("", 0))[0] == value, seconds)
            seen, at = self._painted.get((name, kind), ("", 0))
            return at if seen == value else None

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._node.stdin
        self._node.stdin.close()  # then it closes Chromium and ends
        try:
            self._node.wait(20)
        except subprocess.TimeoutExpired:
            self._node.kill()  # Chromium ends when nobody holds its pipes
            self._node.wait()
        self._reader.join()

    def _ask(self, **what: object) -> Any:
        assert self._node.stdin
        self._node.stdin.write(json.dumps(what) + "\n")
        self._node.stdin.flush()
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self._answers.get(timeout=1)
                break
            except Empty:
                if self._node.poll() is not None or time.monotonic() > until:
                    sys.exit(
                        "Chromium does not answer: see above, or run 'make test' once, which installs what is missing"
                    )
        if "wrong" in answer:
            sys.exit(f"Chromium could not {what['verb']} {what.get('url', what['name'])}: {answer['wrong']}")
        return answer["answer"]

    def _read(self) -> None:
        assert self._node.stdout
        for line in self._node.stdout:
            told = json.loads(line)
            if "painted" not in told:
                self._answers.put(told)
                continue
            kind, value, at = told["painted"]
            with self._news:
                self._painted[told["name"], kind] = (value, at)
                self._news.notify_all()
