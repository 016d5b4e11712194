"""Bring the creator's list home: pull it from providers, read it from their files, keep it in ``private/``.

`source` and the tables beside it say how each provider is asked; `pull` asks until a list is complete or refused;
`merge` and `ledger` put it into the one file; `vault` is the only one that writes. Nothing here is part of a build.
"""
