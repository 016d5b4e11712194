"""Hear from the system what changes in a folder, through watchdog, which is imported only then.

On Linux one inotify instance of watchdog serves all folders, in one thread: its observers take a thread for every
folder, hold a removed name back for half a second, and say nothing when the kernel's queue overflows.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import logging
import os
import sys
from collections.abc import Callable
from typing import Any, Protocol

from .journal import Kind

Tell = Callable[[str, str, Kind], None]
#: An observer takes a thread for every folder.
_MOST = 250


class Source(Protocol):
    """Tell of what happens directly in each of some real folders."""

    def add(self, folder: str) -> None:
        """Begin with a folder, or begin anew. Raises OSError when that is not possible."""

    def remove(self, folder: str) -> None:
        """End with a folder."""

    def alive(self) -> bool:
        """Tell whether it still would tell."""

    def close(self) -> None:
        """End with everything; no thread is left."""


def source(tell: Tell) -> Source:
    """Return what tells of changes on this system.

    Raises:
        OSError: the system gives no more of it.
    """
    logging.getLogger("watchdog").addHandler(logging.NullHandler())  # it would print warnings; we answer them
    if sys.platform == "linux":
        with contextlib.suppress(ImportError):  # another major version of watchdog
            return Inotify(tell)
    return Observed(tell)


class Inotify:
    """Hear through inotify(7)."""

    def __init__(self, tell: Tell) -> None:
        from watchdog.observers.inotify_c import CallbackId, InotifyConstants, InotifyFD, Mask

        class Reader(InotifyFD):
            def run(self) -> None:
                with contextlib.suppress(Exception):  # `alive` says that it ended; a traceback would help nobody
                    super().run()

        on = InotifyConstants
        self._tell = tell
        self._made, self._named = on.IN_CREATE, on.IN_DELETE | on.IN_MOVE
        self._written, self._closed, self._itself = on.IN_MODIFY, on.IN_CLOSE_WRITE, on.IN_DELETE_SELF | on.IN_MOVE_SELF
        self._mask = Mask(
            self._made | self._named | self._written | self._closed | self._itself | on.IN_ATTRIB | on.IN_ONLYDIR
        )
        self._numbers = map(CallbackId, itertools.count())
        self._watches: dict[str, tuple[Any, Any]] = {}
        #: The folders of each watch; another thread reads this.
        self._folders: dict[int, frozenset[str]] = {}
        self._reader = Reader()
        self._reader.start()

    def add(self, folder: str) -> None:
        """Begin with a folder, or begin anew where another one may be in its place."""
        number = next(self._numbers)
        watch = self._reader.add_callback(os.fsencode(folder), self._mask, self, number)
        old = self._watches.get(folder)
        self._watches[folder] = watch, number
        self._folders[watch] = self._folders.get(watch, frozenset()) | {folder}
        if old:
            self._drop(folder, *old)
        if watch < 0:  # watchdog says nothing of a folder that may not be read
            self.remove(folder)
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)

    def remove(self, folder: str) -> None:
        """End with a folder."""
        if watched := self._watches.pop(folder, None):
            self._drop(folder, *watched)

    def _drop(self, folder: str, watch: Any, number: Any) -> None:
        if self._watches.get(folder, (None,))[0] != watch:
            self._folders[watch] = self._folders.get(watch, frozenset()) - {folder}
            if not self._folders[watch]:
                del self._folders[watch]
        self._reader.remove_callbacks([(watch, number)])

    def alive(self) -> bool:
        """Tell whether the thread still reads."""
        return self._reader.is_alive()

    def close(self) -> None:
        """End the thread."""
        self._reader.stop()
        self._reader.join()

    def on_event(self, event: Any) -> None:
        """Pass on what the kernel says of a folder; called by watchdog's thread."""
        mask, name = event.mask, os.fsdecode(event.name)
        if mask & self._itself or not name:
            kind = Kind.LOST
        elif mask & self._named:
            kind = Kind.NAMED
        elif mask & self._made:
            kind = Kind.MADE
        elif mask & self._written:
            kind = Kind.WRITTEN
        else:
            kind = Kind.CLOSED if mask & self._closed else Kind.TOUCHED
        for folder in self._folders.get(event.wd, ()):
            self._tell(folder, name, kind)

    def on_watch_deleted(self, wd: int) -> None:
        """Say that a watched folder is gone; called by watchdog's thread."""
        for folder in self._folders.get(wd, ()):
            self._tell(folder, "", Kind.LOST)

    def on_queue_overflow(self) -> None:
        """Say that the kernel dropped events; called by watchdog's thread."""
        self._tell("", "", Kind.FLOOD)


class Observed:
    """Hear through an observer of watchdog: FSEvents on macOS, ReadDirectoryChangesW on Windows, kqueue on BSD."""

    def __init__(self, tell: Tell) -> None:
        from watchdog import events
        from watchdog.observers import Observer

        class Handler(events.FileSystemEventHandler):
            def __init__(self, folder: str) -> None:
                self.folder = folder

            def dispatch(self, event: events.FileSystemEvent) -> None:
                hear(self.folder, event)

        hear, self._handler = self._hear, Handler
        self._tell = tell
        # Only Linux tells when a file is closed; elsewhere nobody could say that it is still being written.
        written = Kind.WRITTEN if sys.platform == "linux" else Kind.TOUCHED
        self._kinds = {"closed": Kind.CLOSED, "modified": written, "created": Kind.MADE}
        self._wanted: list[type[events.FileSystemEvent]] = [
            *(events.FileCreatedEvent, events.FileDeletedEvent, events.FileMovedEvent, events.FileModifiedEvent),
            *(events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent, events.FileClosedEvent),
        ]
        self._watches: dict[str, Any] = {}
        self._observer = Observer()
        self._observer.start()

    def add(self, folder: str) -> None:
        """Begin with a folder, or begin anew: the thread of one that was removed has ended."""
        self.remove(folder)
        if len(self._watches) >= _MOST:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), folder)
        self._watches[folder] = self._observer.schedule(self._handler(folder), folder, event_filter=self._wanted)

    def remove(self, folder: str) -> None:
        """End with a folder."""
        if watch := self._watches.pop(folder, None):
            self._observer.unschedule(watch)

    def alive(self) -> bool:
        """Tell whether its threads still run."""
        return self._observer.is_alive()

    def close(self) -> None:
        """End all its threads."""
        self._observer.stop()
        self._observer.join()

    def _hear(self, folder: str, event: Any) -> None:
        """Pass on an event of a folder; called by a thread of watchdog."""
        for path in filter(None, (event.src_path, event.dest_path)):
            if path == folder:
                self._tell(folder, "", Kind.LOST)
            else:  # one end of a move may lie in another folder: then too much is looked at, and nothing is lost
                self._tell(folder, os.path.basename(path), self._kinds.get(event.event_type, Kind.NAMED))
