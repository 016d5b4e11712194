"""Ask one bucket of any host that speaks S3: list it, read and write an object, delete one; and say what went wrong.

botocore signs, tries again and knows what hosts answer. It is told everything that it needs: profiles, files and
addresses that other programs have left on this machine for it are not read.
"""

from __future__ import annotations

import base64
import functools
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from ..diagnostics import LinkhomeError, reason_of
from ..token import Token
from .sending import AT_ONCE, Tally

#: Seconds to connect, and to wait for each piece of an answer; how often one request is tried.
CONNECT, READ, TRIES = 15, 60, 4
_IGNORED = ("profile", "config_file", "credentials_file")
_KEYS = "are LINKHOME_S3_KEY and LINKHOME_S3_SECRET complete, still valid, and made for this host?"
_MEMBER = "it has to be allowed to list the bucket, and to read, write and delete in it"
#: What hosts answer → what a creator reads, and what to do.
_WORDS: Mapping[str, tuple[str, str]] = {
    "NoSuchBucket": ("there is no such bucket there", "make it, or correct 'bucket', 'endpoint' and 'region'"),
    "InvalidAccessKeyId": ("the host does not know the key", _KEYS),
    "SignatureDoesNotMatch": ("the host does not accept the secret", _KEYS),
    "ExpiredToken": ("the key has expired", "get a new one"),
    "InvalidToken": ("the host does not accept the session", "get a new one, or take LINKHOME_S3_SESSION away"),
    "AccessDenied": ("the key may not do that", _MEMBER),
    "AllAccessDisabled": ("the host has closed the bucket", "see why in its console"),
    "AuthorizationHeaderMalformed": ("the bucket is in another region", "write its 'region' in linkhome.yaml"),
    "PermanentRedirect": ("the bucket is in another region", "write its 'region' in linkhome.yaml"),
    "RequestTimeTooSkewed": ("the clock of this computer is wrong", "set it, then deploy again"),
    "QuotaExceeded": ("the space there is used up", "make room there, then deploy again"),
    "XMinioStorageFull": ("the space there is used up", "make room there, then deploy again"),
    "EntityTooLarge": ("a file is larger than the host allows", "use a smaller file"),
    "SlowDown": ("the host asks for fewer requests", "deploy again in some minutes"),
    "BadDigest": ("a file arrived damaged", "deploy again"),
}


class Changed(Exception):  # noqa: N818 (an answer)
    """Say that an object is not as it was seen: somebody else wrote it in the meantime."""


class Bucket:
    """Be one bucket, and in it what begins with a prefix: names go in and come out without it."""

    def __init__(self, given: Mapping[str, str], secrets: Mapping[str, Token]) -> None:
        self._name = given["bucket"]
        self._prefix = f"{given['prefix'].strip('/')}/" if given.get("prefix", "").strip("/") else ""
        self._endpoint = given.get("endpoint", "").rstrip("/")
        self._region = given.get("region", "us-east-1")
        self._secrets = secrets
        self._made: Any = None

    def etags(self) -> dict[str, str]:
        """Return the mark that the host gives the content of each object, by name."""
        found: dict[str, str] = {}
        more: dict[str, Any] = {}
        while True:
            answer = self._s3.list_objects_v2(Bucket=self._name, Prefix=self._prefix, **more)
            for one in answer.get("Contents", ()):
                found[one["Key"][len(self._prefix) :]] = one["ETag"].strip('"')
            if not answer.get("IsTruncated"):
                return found
            more = {"ContinuationToken": answer["NextContinuationToken"]}

    def read(self, name: str) -> tuple[bytes, str]:
        """Return a small object and the mark of its content."""
        answer = self._s3.get_object(Bucket=self._name, Key=self._prefix + name)
        return answer["Body"].read(), answer["ETag"].strip('"')

    def write(self, name: str, body: Any, md5: bytes, kind: str, cache: str, **only: str) -> str:
        """Write an object; the host compares ``md5`` with what arrived. Return the mark of its content.

        ``only`` may be ``IfMatch`` or ``IfNoneMatch``, for hosts that understand that; others write in any case.

        Raises:
            Changed: the object is not as ``only`` says.
        """
        from botocore.exceptions import ClientError

        more = {"ContentType": kind, "CacheControl": cache, "ContentMD5": base64.b64encode(md5).decode(), **only}
        try:
            answer = self._s3.put_object(Bucket=self._name, Key=self._prefix + name, Body=body, **more)
        except ClientError as problem:
            code = _code(problem)
            if only and code in ("PreconditionFailed", "ConditionalRequestConflict", "412"):
                raise Changed(name) from None
            if not only or code not in ("NotImplemented", "501", "InvalidArgument", "InvalidRequest"):
                raise
            return self.write(name, body, md5, kind, cache)
        return str(answer["ETag"]).strip('"')

    def delete(self, name: str) -> None:
        """Delete an object; one that is gone already is no mistake."""
        self._s3.delete_object(Bucket=self._name, Key=self._prefix + name)

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()
            self._made = None

    @property
    def _s3(self) -> Any:
        if self._made is None:
            self._made = self._client()
        return self._made

    def _client(self) -> Any:
        import botocore.config

        config = botocore.config.Config(
            connect_timeout=CONNECT,
            read_timeout=READ,
            retries={"mode": "standard", "total_max_attempts": TRIES},
            max_pool_connections=AT_ONCE + 1,
            ignore_configured_endpoint_urls=True,
            # Hosts other than Amazon know no checksums at the end of a body, and few have a name for each bucket.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if self._endpoint or "." in self._name else "auto"},
        )
        session = self._secrets.get("session")
        return _session().create_client(
            "s3",
            region_name=self._region,
            endpoint_url=self._endpoint or None,
            aws_access_key_id=self._secrets["key"].reveal(),
            aws_secret_access_key=self._secrets["secret"].reveal(),
            aws_session_token=session.reveal() if session else None,
            config=config,
        )


@functools.cache
def _session() -> Any:
    """Return what makes clients; it reads much of what botocore knows, once for all buckets of a site."""
    import botocore.session

    ignored = {name: (None, None, None if name == "profile" else os.devnull, None) for name in _IGNORED}
    session = botocore.session.Session(session_vars=ignored)
    # A list of a bucket has a time for each object. Nobody here wants to know them, and reading them is half the work.
    session.get_component("response_parser_factory").set_parser_defaults(timestamp_parser=str)
    return session


class Reading:
    """Be the content of one file on its way: told to a `Tally`, and begun again when a request is."""

    def __init__(self, file: BinaryIO, tally: Tally, path: str) -> None:
        self._file, self._tally, self._path = file, tally, path

    def read(self, size: int = -1) -> bytes:
        """Return the next piece."""
        piece = self._file.read(size)
        self._tally.at(self._path, self._file.tell())
        return piece

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to another place, as botocore does to learn the size and to try again."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._file.tell()


@contextmanager
def telling(what: str, as_: Callable[[str, str], LinkhomeError]) -> Iterator[None]:
    """Turn whatever the host or the system says into what ``as_`` makes of it; ``what`` begins with a verb."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as problem:
        code = _code(problem)
        why, hint = _WORDS.get(code) or _by_status(problem, code)
        raise as_(f"cannot {what}: {why}", hint) from None
    except BotoCoreError as problem:
        why, hint = _unanswered(problem)
        raise as_(f"cannot {what}: {why}", hint) from None
    except OSError as problem:
        raise as_(f"cannot {what}: {reason_of(problem)}", "build and deploy again") from None


def _code(problem: Any) -> str:
    return str(problem.response.get("Error", {}).get("Code", ""))


def _by_status(problem: Any, code: str) -> tuple[str, str]:
    status = problem.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if status == 403:
        return _WORDS["AccessDenied"]
    if status == 404:
        return _WORDS["NoSuchBucket"]
    if status == 301:
        return _WORDS["PermanentRedirect"]
    said = "".join(c for c in code if c.isalnum())[:60] or "nothing more"
    if status == 429 or status >= 500:
        return f"the host has a problem (answer {status}, {said})", "deploy again in some minutes"
    return f"the host refuses that (answer {status}, {said})", "check 'bucket', 'endpoint' and 'region'"


def _unanswered(problem: Any) -> tuple[str, str]:
    from botocore import exceptions as known

    if isinstance(problem, known.SSLError):
        return "the certificate of the host is not right", "check 'endpoint' in linkhome.yaml"
    if isinstance(problem, known.ConnectTimeoutError | known.ReadTimeoutError):
        return "the host does not answer in time", "deploy again in some minutes"
    if isinstance(problem, known.ConnectionError | known.HTTPClientError):
        return "the host cannot be reached, or broke off", "are you online? Is 'endpoint' right? Then deploy again"
    return f"that does not fit what S3 is ({type(problem).__name__})", "check 'bucket', 'endpoint' and 'region'"
