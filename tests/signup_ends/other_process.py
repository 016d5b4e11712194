"""Talk with a program that runs beside the tests: it prints lines of JSON, and may be asked in such lines."""

from __future__ import annotations

import json
import queue
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any, Self

REPOSITORY = Path(__file__).parents[2]
NODE = REPOSITORY / "scripts/node"
PATIENCE = 40.0


class OtherProcess:
    """A program that ends when its input is closed."""

    def __init__(self, *command: str | Path, **environment: str) -> None:
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            env=_environment(environment),
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def line(self, seconds: float = PATIENCE) -> Any:
        """Return the next thing it says; fail with what it complained about when there is none."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            line = ""
        assert line, f"nothing came from {self._process.args}\n{self.complaints()}"
        return json.loads(line)

    def silent(self) -> bool:
        """Tell whether nothing waits to be read."""
        return self._lines.empty()

    def ask(self, call: str, **more: Any) -> Any:
        """Ask for something, and return the answer."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"call": call} | more) + "\n")
        self._process.stdin.flush()
        answer = self.line()
        assert "problem" not in answer, answer["problem"]
        return answer["answer"]

    def complaints(self) -> str:
        """Return what it wrote for people to read."""
        self._said.seek(0)
        return self._said.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        self._said.close()


def _environment(more: dict[str, str]) -> dict[str, str]:
    import os

    # What is checked runs in the other process; the checker's own strictness with warnings is not for it.
    return {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"} | more
