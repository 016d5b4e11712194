"""Find pages that do not say what may run on them, and scripts that the page's own policy stops."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from ..diagnostics import Severity
from .csp import ANYTHING, Policy, directives
from .finding import Finding
from .markup import Page
from .site import Site, shown

RULE = "policy"
_OWN = "put scripts into a file in theme/static/ and name it with <script src>"


def find(site: Site) -> Iterator[Finding]:
    """Find pages without a policy, policies that allow anything, and scripts that they do not allow."""
    for path, page in site.pages.items():
        if page.policy is None:
            hint = "let your own template extend base.html of the theme, which has it"
            message = "the page has no policy (Content-Security-Policy), so any script may run on it"
            yield Finding(RULE, Severity.WARNING, message, hint, (shown(path),))
            continue
        for severity, message, hint in _faults(page, directives(page.policy)):
            yield Finding(RULE, severity, message, hint, (shown(path),))


def _faults(page: Page, policy: Policy) -> Iterator[tuple[Severity, str, str]]:
    allowed = policy.get("script-src", policy.get("default-src"))
    if allowed is None:
        hint = "write script-src 'self' into the policy of your template"
        yield Severity.WARNING, "the policy of the page does not say which scripts may run", hint
        return
    for word in sorted(allowed & ANYTHING):
        hint = f"take {word} out of the policy in your template; linkhome allows by hash what the page holds"
        yield Severity.WARNING, f"the policy of the page lets scripts run by {word}", hint
    if "'unsafe-inline'" in allowed:
        return
    for script in page.scripts:
        if script.strip() and _hash(script) not in allowed:
            message = f"the policy of the page stops a script that stands on it: {' '.join(script.split())[:60]}"
            yield Severity.ERROR, message, _OWN
    if any(one.url.lower().startswith("javascript:") for one in page.references):
        yield Severity.ERROR, "the policy of the page stops a link that is a script (javascript:)", _OWN
    for handler in page.handlers:
        yield Severity.ERROR, f"the policy of the page stops the script in {handler}", _OWN


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
