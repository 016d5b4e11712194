"""Deploy to a bucket of any host that speaks S3: what no page needs yet first, pages after it, ``build.json`` last.

A bucket has no switch: while the changed files are written, which takes seconds, visitors may see a new page and an
old one. A page never comes before what it shows, and what old pages show stays for two more deploys.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from ..headers.caching import cache_of
from ..output import SEAL
from ..token import Token
from .kinds import kind_of
from .nouns import About, Failed, Frozen, Key, Live, Plan, Refused, Secret, Tell, There
from .order import hashed, is_page, stages
from .s3_bucket import Bucket, Changed, Reading, telling
from .s3_record import NAME, Kept, Record, decoded, encoded, key, mark_of
from .sending import Tally, send_all
from .table import Around

#: For how many deploys a file with a hash in its name is kept when no page shows it any more: one may be open still.
GRACE = 2
_OURS = NAME.partition("/")[0] + "/"
_ADDRESS = r"https://[A-Za-z0-9.-]+(:[0-9]+)?/?|http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?/?"

ABOUT = About(
    name="s3",
    title="S3",
    keys=(
        Key("bucket", "the name of the bucket", "lina-site", r"[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]", True),
        Key("endpoint", "the address of the host, if that is not Amazon", "https://s3.host.example", _ADDRESS),
        Key("region", "the region that the bucket is in", "eu-central-1", r"[A-Za-z0-9-]{1,40}"),
        Key(
            "prefix",
            "a folder in the bucket, if the site is not at its top",
            "site",
            r"(?!.*\.\.)[A-Za-z0-9._/-]{1,200}",
        ),
    ),
    secrets=(
        Secret("key", "LINKHOME_S3_KEY", "the id of an access key (access key id)"),
        Secret("secret", "LINKHOME_S3_SECRET", "the secret of the access key (secret access key)"),
        Secret("session", "LINKHOME_S3_SESSION", "the session token of a key that is valid for hours", required=False),
    ),
    extra="s3",
    module="botocore",
    remark="a bucket shows each file as soon as it is there, so for some seconds visitors may see a mixture",
)


class S3:
    """Be one bucket, or a folder of one."""

    about = ABOUT

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token], around: Around) -> None:
        self._bucket = Bucket(given, secrets)
        self._where = f"the bucket '{given['bucket']}'"
        self._yes = around.yes
        self._there: dict[str, str] = {}
        self._foreign: frozenset[str] = frozenset()
        self._record = Record()
        self._seen = ""
        self._later: tuple[Frozen, list[str], Tally] | None = None
        self._md5s: dict[str, bytes] = {}

    @property
    def address(self) -> str:
        """Return nothing: where visitors see a bucket, the host decides, or what stands before it."""
        return ""

    def marks(self, frozen: Frozen) -> Mapping[str, str]:
        """Return the mark of each file.

        Raises:
            Refused: objects of somebody else are in the way.
        """
        taken = sorted(self._foreign & frozen.files.keys())
        if taken and not self._yes:
            some = ", ".join(f"'{path}'" for path in taken[:3]) + (", …" if len(taken) > 3 else "")
            hint = "take another bucket or a 'prefix'; or deploy with --yes, which replaces them"
            raise Refused(f"{self._where} holds {some}, which linkhome did not put there", hint)
        return {path: mark_of(path, file) for path, file in frozen.files.items()}

    def look(self) -> There:
        """List the bucket, and read what linkhome wrote down there."""
        with telling(f"look at {self._where}", Refused):
            listed = self._bucket.etags()
            data, self._seen = self._bucket.read(NAME) if NAME in listed else (b"", "")
        record = decoded(data) if self._seen else Record()
        if record is None:
            why = f"{NAME} in {self._where} is from a newer linkhome, or damaged"
            return There(stop=why, hint="update linkhome; or delete that object, and deploy with --yes")
        self._record = record
        # A name that ends with a slash is what consoles make to show a folder.
        self._there = {path: etag for path, etag in listed.items() if path[-1:] != "/" and not path.startswith(_OURS)}
        self._foreign = frozenset(path for path in self._there if record.of(path) is None)
        files = {path: mark for path, etag in self._there.items() if (mark := _mark(record.of(path), etag))}
        return There(record.build, record.tree, files, tuple(sorted(self._foreign)))

    def upload(self, frozen: Frozen, plan: Plan, there: There, tell: Tell) -> str:
        """Write down what is to come, then send what no page of the old site shows."""
        del there
        todo = [*plan.adds, *plan.changes]
        tally = Tally(sum(frozen.files[path].size for path in todo), tell)
        first = [path for path in todo if hashed(path) or (path in plan.adds and not _seen_at_once(path))]
        with telling(f"send the site to {self._where}", Failed):
            self._note({path: self._expected(frozen, path) for path in todo})
            for stage in stages(first):
                self._send(frozen, stage, tally)
        chosen = set(first)
        self._later = frozen, [path for path in todo if path not in chosen], tally
        return frozen.tree

    def activate(self, ticket: str) -> str:
        """Send what visitors see: the files that change, pages, ``build.json``; then write down that it is done."""
        assert self._later is not None
        frozen, paths, tally = self._later
        with telling(f"send the rest to {self._where}", _unknown):
            for stage in stages(paths):
                self._send(frozen, stage, tally)
            self._note({}, build=frozen.build, tree=ticket)
        return ticket

    def tidy(self, frozen: Frozen, plan: Plan) -> None:
        """Delete what no page needs any more; what an open page may still ask for is left for two more deploys."""
        ours = [path for path in self._there if path not in frozen.files and path not in self._foreign]
        if plan.empty or not ours:
            return
        gone = {path: kept.gone + 1 for path in ours if (kept := self._record.of(path))}
        over = [path for path, times in gone.items() if not hashed(path) or times > GRACE]
        with telling(f"delete what is not needed any more in {self._where}", _unknown):
            send_all(over, self._bucket.delete, Tally(0, lambda *_: None))
            files = {
                name: kept for name, kept in self._record.files.items() if name not in {key(path) for path in over}
            }
            for path in gone.keys() - set(over):
                files[key(path)] = msgspec.structs.replace(files[key(path)], gone=gone[path])
            self._save(msgspec.structs.replace(self._record, files=files))

    def close(self) -> None:
        """Close the connections."""
        self._bucket.close()

    def _expected(self, frozen: Frozen, path: str) -> Kept:
        """Return what the bucket will say of a file once it is there, so that it is not sent again after a cut."""
        md5, before = self._md5(frozen, path).hex(), self._there.get(path, "")
        # Where only the headers differ, the content cannot tell whether the file was sent.
        return Kept(mark_of(path, frozen.files[path]), "" if before == md5 else md5)

    def _send(self, frozen: Frozen, paths: Sequence[str], tally: Tally) -> None:
        arrived: dict[str, Kept] = {}

        def send(path: str) -> None:
            with frozen.open(path) as file:
                body: Any = Reading(file, tally, path) if frozen.files[path].size else b""
                etag = self._bucket.write(path, body, self._md5(frozen, path), kind_of(path), cache_of(path))
            arrived[path] = Kept(mark_of(path, frozen.files[path]), etag)

        try:
            send_all(paths, send, tally)
        finally:
            # Kept for the next note, which is written at the end; a host whose marks are MD5 needs none before it.
            files = {**self._record.files, **{key(path): kept for path, kept in dict(arrived).items()}}
            self._record = msgspec.structs.replace(self._record, files=files)

    def _md5(self, frozen: Frozen, path: str) -> bytes:
        """Return what the host compares with what arrived."""
        sha256 = frozen.files[path].sha256
        if sha256 not in self._md5s:
            file: Any
            with frozen.open(path) as file:
                found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
            self._md5s[sha256] = found.digest()
        return self._md5s[sha256]

    def _note(self, more: Mapping[str, Kept], *, build: str = "", tree: str = "") -> None:
        files = {**self._record.files, **{key(path): kept for path, kept in more.items()}}
        self._save(Record(build=build or self._record.build, tree=tree or self._record.tree, files=files))

    def _save(self, record: Record) -> None:
        """Write the record, unless another computer wrote one since it was read."""
        data = encoded(record)
        only = {"IfMatch": f'"{self._seen}"'} if self._seen else {"IfNoneMatch": "*"}
        md5 = hashlib.md5(data, usedforsecurity=False).digest()
        try:
            self._seen = self._bucket.write(NAME, data, md5, "application/json", "no-store", **only)
        except Changed:
            # A write whose answer was lost is tried again, and then meets itself.
            found, self._seen = self._bucket.read(NAME)
            if found != data:
                why = f"another deploy to {self._where} is under way, or has just ended"
                raise _unknown(why, "wait until it is done, then deploy again") from None
        self._record = record


_unknown = partial(Failed, live=Live.UNKNOWN)


def _mark(kept: Kept | None, etag: str) -> str:
    """Return our mark of an object that is there; empty for one that only waits for being deleted."""
    if kept is None or (kept.etag != etag and not kept.gone):
        return f"?{etag}"
    return "" if kept.gone else kept.mark


def _seen_at_once(path: str) -> bool:
    return is_page(path) or path in ("sw.js", SEAL)
