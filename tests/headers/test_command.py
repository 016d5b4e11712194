"""`linkhome headers` prints for a host what the build writes for those that read files."""

from __future__ import annotations

from typing import Any

import pytest

SITE = "url: https://lina.example\nprofile: {name: Lina}\nhome:\n  - embed: https://vimeo.com/76979871\n"


@pytest.fixture
def folder(site: Any) -> Any:
    return site({"linkhome.yaml": SITE})


def test_what_is_printed_is_what_the_build_writes(folder: Any) -> None:
    assert folder.build().code == 0
    for kind, file in (("apache", ".htaccess"), ("netlify", "_headers")):
        assert folder.run("headers", "--for", kind) == (0, folder.read(f"public/{file}"), "")


def test_without_a_kind_it_is_for_nginx_and_nothing_is_written(folder: Any) -> None:
    code, out, err = folder.run("headers")
    assert (code, err) == (0, "")
    assert 'add_header Content-Security-Policy "default-src' in out
    assert "frame-src https://player.vimeo.com;" in out
    assert not (folder.root / "public").exists()


def test_a_site_with_a_mistake_has_no_headers(folder: Any) -> None:
    folder.replace("linkhome.yaml", "profile:", "profil:")
    code, out, err = folder.run("headers")
    assert (code, out) == (1, "")
    assert "profil" in err
