"""A Chromium with tabs, driven in lines of JSON: what a creator has beside the editor (see driver.mjs)."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any, NamedTuple, Self

REPOSITORY = Path(__file__).parents[2]
NODE = REPOSITORY / "scripts/node"
#: How long anything may take on a busy machine before it counts as never.
PATIENCE = 30.0


class Told(NamedTuple):
    """What a tab went through: how often it was loaded again, what was wrong since last asked, its open event streams."""

    loads: int
    errors: list[str]
    streams: int


class Browser:
    """One Chromium. Its tabs are really hidden while another one of their window is in front."""

    def __init__(self) -> None:
        self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [str(NODE), str(Path(__file__).with_name("driver.mjs"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            encoding="utf-8",
        )
        self._answers: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._answers.put(line)
        self._answers.put("")

    def ask(self, call: str, **more: Any) -> Any:
        """Ask for something and return the answer; what the driver says is wrong fails the test."""
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):  # the driver died: what it complained about says why
            self._process.stdin.write(json.dumps({"call": call} | more) + "\n")
            self._process.stdin.flush()
        try:
            line = self._answers.get(timeout=4 * PATIENCE)
        except queue.Empty:
            line = ""
        if not line:
            self._complaints.seek(0)
            raise AssertionError(
                f"the browser could not be driven; 'scripts/prepare tools' installs it\n{self._complaints.read()}"
            )
        answer = json.loads(line)
        assert "problem" not in answer, answer["problem"].partition("\n    at ")[0]
        return answer["answer"]

    def open(self, url: str) -> Tab:
        """Open an address in another tab, which is then in front."""
        return Tab(self, self.ask("open", url=url))

    def window(self, url: str) -> Tab:
        """Open an address in another window; the tabs in front of both windows are visible."""
        return Tab(self, self.ask("window", url=url))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        try:
            self._process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._process.stdout.close()
        self._complaints.close()


class Tab:
    """One tab: what is to be seen in it, and what a person does there."""

    def __init__(self, browser: Browser, number: int) -> None:
        self._browser = browser
        self.number = number

    def _ask(self, call: str, **more: Any) -> Any:
        return self._browser.ask(call, tab=self.number, **more)

    def go(self, url: str) -> int:
        """Go to an address and return the status of the answer; 0 for the empty page."""
        return self._ask("go", url=url)

    def evaluate(self, expression: str) -> Any:
        """Return what an expression is worth in the page, a promise's outcome included."""
        return self._ask("evaluate", expression=expression)

    def until(self, expression: str, seconds: float = PATIENCE) -> Any:
        """Wait until an expression is true, through any number of reloads, and return what it is worth."""
        return self._ask("until", expression=expression, seconds=seconds)

    def shows(self, words: str) -> None:
        """Wait until these words can be read on the page."""
        self.until(f"document.body?.innerText.includes({json.dumps(words)})")

    def shows_no(self, words: str) -> None:
        """Wait until these words can no more be read on the page."""
        self.until(f"document.body && !document.body.innerText.includes({json.dumps(words)})")

    @property
    def text(self) -> str:
        """Return what can be read on the page."""
        return self.evaluate("document.body.innerText")

    def style(self, selector: str, name: str) -> str:
        """Return the value of a property of the first such element: ``style("main", "color")``."""
        return self.evaluate(
            f"getComputedStyle(document.querySelector({json.dumps(selector)})).getPropertyValue({json.dumps(name)})"
        )

    def styled(self, selector: str, name: str, value: str) -> None:
        """Wait until a property of the first such element has this value."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.until(
            f"{element} && getComputedStyle({element}).getPropertyValue({json.dumps(name)}) === {json.dumps(value)}"
        )

    def drawn(self, selector: str, colour: tuple[int, int, int]) -> None:
        """Wait until the first such picture is drawn in this one colour, as exactly as pictures are encoded."""
        self.until(f"""(async () => {{
            const picture = document.querySelector({json.dumps(selector)});
            await picture.decode();
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            canvas.drawImage(picture, 0, 0, 1, 1);
            const seen = canvas.getImageData(0, 0, 1, 1).data;
            return {json.dumps(colour)}.every((part, n) => Math.abs(part - seen[n]) < 8);
        }})()""")

    def overlay(self, words: str) -> str:
        """Wait until the dialog over the page says these words, and return all that it says."""
        return self._ask("overlay", words=words, seconds=PATIENCE)

    def no_overlay(self) -> None:
        """Wait until there is no dialog over the page."""
        self._ask("noOverlay", seconds=PATIENCE)

    def press(self, key: str) -> None:
        """Press a key."""
        self._ask("press", key=key)

    def click(self, role: str, name: str) -> None:
        """Click what has this role and name."""
        self._ask("click", role=role, name=name)

    def show(self) -> None:
        """Bring this tab to the front of its window; the one that was there is hidden."""
        self._ask("show")

    def told(self) -> Told:
        """Return what the tab went through."""
        return Told(**self._ask("told"))

    def screenshot(self, path: Path) -> None:
        """Write what is to be seen into a PNG."""
        self._ask("screenshot", path=str(path))

    def close(self) -> None:
        """Close the tab."""
        self._ask("close")
