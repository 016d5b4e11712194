"""Put a site on Codeberg Pages: a branch of a public repository, which a webhook brings to the pages."""

from __future__ import annotations

from typing import ClassVar

from ..places import codeberg_page
from .git import Branch
from .git_remote import BRANCH, DOMAIN
from .nouns import About, Key, Secret

ABOUT = About(
    name="codeberg",
    title="Codeberg Pages",
    keys=(
        Key(
            "repository",
            "the public git repository at Codeberg",
            "git@codeberg.org:lina/pages.git",
            required=True,
        ),
        Key("branch", "the branch that is served; pages if it is not given", "pages", BRANCH),
        Key("domain", "your own domain, if the site has one; letters beyond a–z as xn--…", "lina.example", DOMAIN),
    ),
    secrets=(
        Secret(
            "token",
            "LINKHOME_CODEBERG_TOKEN",
            "an access token with 'repository: read and write'; only needed for an https address, if git has no "
            "helper that knows one",
            required=False,
        ),
    ),
    atomic=True,
    # It reads '_headers' as well, but refuses the file if it names a header that is not on a short list.
    headers=("_redirects",),
    slow=180.0,
    remark="the repository has to be public, and needs a webhook that tells the pages of each push",
)


class Codeberg(Branch):
    """Be a branch at Codeberg; see `git.Branch`."""

    about = ABOUT
    host: ClassVar[str] = "codeberg.org"
    usual_branch: ClassVar[str] = "pages"
    domain_file: ClassVar[str] = ".domains"

    def page(self, owner: str, name: str) -> str:
        """Return the address; names with a dot have none of their own that a certificate could be for."""
        return codeberg_page(owner, name)
