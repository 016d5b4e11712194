"""Know which platforms are down: keep it in ``outage.yaml``, decide it from what was seen, put it into words.

The build needs `current` only, which is pure. Everything else belongs to ``linkhome outage`` and ``linkhome refresh``.
"""
