"""A host of buckets on loopback: moto behind a door that can count, refuse, break off and listen."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import botocore.config
import botocore.session
import requests
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

#: Answers a request in moto's place: status and code of the error; None lets it through.
Fault = Callable[[str, str], "tuple[int, str] | None"]


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Say nothing."""


class S3Host:
    """Be the host. ``asked`` holds method and name of every request, ``fault`` decides what goes wrong."""

    def __init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._door, threaded=True, request_handler=Quiet)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self.fault: Fault | None = None
        self.asked: list[tuple[str, str]] = []
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        self.client = botocore.session.get_session().create_client(
            "s3",
            region_name="us-east-1",
            endpoint_url=self.address,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=botocore.config.Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )

    def new(self, bucket: str) -> None:
        """Make an empty bucket and forget what was asked."""
        self.fault = None
        self.client.create_bucket(Bucket=bucket)
        self.asked.clear()

    def put(self, bucket: str, name: str, data: bytes) -> None:
        self.client.put_object(Bucket=bucket, Key=name, Body=data)
        self.asked.clear()

    def holds(self, bucket: str) -> dict[str, bytes]:
        """Return all objects that visitors may ask for."""
        found = self.client.list_objects_v2(Bucket=bucket).get("Contents", ())
        names = [one["Key"] for one in found if not re.search(r"(^|/)\.linkhome/", one["Key"])]
        return {name: self.client.get_object(Bucket=bucket, Key=name)["Body"].read() for name in names}

    def written(self) -> list[str]:
        """Return the names of the objects that were sent and taken, without linkhome's own record."""
        return [name for method, name in self.asked if method == "PUT" and ".linkhome/" not in name]

    def close(self) -> None:
        # All hosts of a process share what they hold: the next one begins with nothing.
        self.fault = None
        requests.post(f"{self.address}/moto-api/reset", timeout=60).raise_for_status()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.client.close()

    def _door(self, environ: dict[str, Any], start: Any) -> Any:
        method, name = environ["REQUEST_METHOD"], environ["PATH_INFO"].lstrip("/").partition("/")[2]
        found = self.fault(method, name) if self.fault else None
        if found is None:
            self.asked.append((method, name))
            return self._moto(environ, start)
        status, code = found
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>".encode()
        start(f"{status} No", [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
        return [body]


@contextmanager
def s3_host() -> Iterator[S3Host]:
    host = S3Host()
    try:
        yield host
    finally:
        host.close()
