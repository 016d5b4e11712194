"""Give the tests of lists a linkhome that does not dawdle, offices to ask, and tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest
from site_folder import SiteFolder

from linkhome.lists import ask, pull

from .offices import Clerk, Office, office
from .services import SETTINGS, TOKENS


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spend no time on politeness: the pauses themselves are tested with a clock of their own."""
    monkeypatch.setattr(ask, "PAUSES", (0.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(ask, "MINUTE", 0.0)
    monkeypatch.setattr(pull, "REST", 0.0)


@pytest.fixture(autouse=True)
def _no_tokens_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in TOKENS:
        monkeypatch.delenv(f"LINKHOME_{provider.upper()}_TOKEN", raising=False)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Mapping[str, Clerk]], Office]]:
    """Open offices that linkhome asks instead of the internet, with all tokens in the environment."""
    with ExitStack() as kept:

        def open_(hosts: Mapping[str, Clerk]) -> Office:
            made = kept.enter_context(office(tmp_path / "offices", hosts))
            monkeypatch.setenv("LINKHOME_TEST_INTERNET", str(made.file))
            for provider, token in TOKENS.items():
                monkeypatch.setenv(f"LINKHOME_{provider.upper()}_TOKEN", token)
            return made

        yield open_


@pytest.fixture
def listed(site: Callable[..., SiteFolder]) -> Callable[..., SiteFolder]:
    """Make a site with a sign-up at a provider."""

    def make(provider: str, port: int = 0, more: str = "") -> SiteFolder:
        settings = SETTINGS[provider].replace("PORT", str(port))
        text = f"profile: {{name: Lina}}\nurl: https://lina.example\nnewsletter:\n  provider: {provider}\n  {settings}\n{more}"
        return site({"linkhome.yaml": text})

    return make
