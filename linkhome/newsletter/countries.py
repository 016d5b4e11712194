"""Name the countries of the providers in the languages that linkhome itself speaks."""

from __future__ import annotations

#: ISO 3166 code: (English, German). Only those that stand in the table.
_NAMES = {
    "DE": ("Germany", "Deutschland"),
    "FR": ("France", "Frankreich"),
    "GB": ("United Kingdom", "Vereinigtes Königreich"),
    "IE": ("Ireland", "Irland"),
    "PL": ("Poland", "Polen"),
    "US": ("USA", "USA"),
}


def country_name(code: str, language: str) -> str:
    """Return what a country is called: in German if ``language`` (``de``, ``de-AT``) is German, else in English.

    A code without a name here is returned as it is.
    """
    names = _NAMES.get(code)
    if names is None:
        return code
    return names[language.lower().split("-")[0] == "de"]
