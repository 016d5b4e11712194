from __future__ import annotations

import codecs
import subprocess
import sys

import pytest

from linkhome.embeds.answer import API, FEED, PAGE, PICTURE, Answer, Limits, looks


@pytest.mark.parametrize(
    ("limits", "body", "right"),
    [
        (PAGE, b"<!doctype html>", True),
        (PAGE, b"\r\n\t <p>", True),
        (PAGE, codecs.BOM_UTF8 + b"\n<p>", True),
        (PAGE, "<p>".encode("utf-16"), True),
        (PAGE, codecs.BOM_UTF16_BE + "<p>".encode("utf-16-be"), True),
        (PAGE, b"", False),
        (PAGE, b"Forbidden", False),
        (PAGE, b'{"error": 1}', False),
        (API, b' {"title": ""}', True),
        (API, b"[]", True),
        (API, codecs.BOM_UTF8 + b"{}", True),
        (API, b"<!doctype html>", False),
        (API, b"/**/ callback({})", False),
        (FEED, b"<?xml version='1.0'?>", True),
        (FEED, b'{"version": ""}', True),
        (FEED, b"[]", False),
        (PICTURE, b"\xff\xd8\xff\xe0\0\x10JFIF", True),
        (PICTURE, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", True),
        (PICTURE, b"GIF89a", True),
        (PICTURE, b"RIFF\x10\0\0\0WEBPVP8 ", True),
        (PICTURE, b"RIFF\x10\0\0\0WAVEfmt ", False),
        (PICTURE, b"\0\0\0\x20ftypavif\0\0\0\0", True),
        (PICTURE, b"\0\0\0\x20ftypisom\0\0\0\0", False),
        (PICTURE, b"xxxxftyp", False),
        (PAGE, b"\0\0\0\x20ftypavif\0\0\0\0", False),
        (PAGE, b"RIFF\x10\0\0\0WEBPVP8 ", False),
        (PICTURE, b"<svg xmlns='http://www.w3.org/2000/svg'/>", False),
        (PICTURE, b"<!doctype html>", False),
        (PICTURE, b"", False),
    ],
)
def test_what_an_answer_looks_like(limits: Limits, body: bytes, right: bool) -> None:
    assert looks(Answer(200, {"content-type": "image/jpeg"}, body, "https://a.example/"), limits) is right


def test_whoever_names_the_client_loads_no_library_for_the_network() -> None:
    code = "import sys, linkhome.embeds.fetch, linkhome.embeds.decode; print([m for m in ('requests', 'urllib3', 'ssl', 'idna') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
