"""Put a site on GitHub Pages, by the branch that GitHub serves."""

from __future__ import annotations

from typing import ClassVar

from ..places import github_page
from .git import Branch
from .git_remote import BRANCH, DOMAIN
from .nouns import About, Key, Secret

ABOUT = About(
    name="github",
    title="GitHub Pages",
    keys=(
        Key(
            "repository",
            "the git repository at GitHub, as its button 'Code' shows it",
            "git@github.com:lina/lina.github.io.git",
            required=True,
        ),
        Key("branch", "the branch that GitHub Pages serves; gh-pages if it is not given", "gh-pages", BRANCH),
        Key("domain", "your own domain, if the site has one; letters beyond a–z as xn--…", "lina.example", DOMAIN),
    ),
    secrets=(
        Secret(
            "token",
            "LINKHOME_GITHUB_TOKEN",
            "a fine-grained token for this repository with 'Contents: read and write'; only needed for an https "
            "address, if git has no helper that knows one",
            required=False,
        ),
    ),
    atomic=True,
    # GitHub tells browsers and its own machines to keep everything for ten minutes.
    slow=660.0,
    remark="GitHub does not allow shops and the like on Pages; a page with links and a newsletter is fine",
)


class GitHub(Branch):
    """Be a branch at GitHub; see `git.Branch`."""

    about = ABOUT
    host: ClassVar[str] = "github.com"
    usual_branch: ClassVar[str] = "gh-pages"
    domain_file: ClassVar[str] = "CNAME"

    def page(self, owner: str, name: str) -> str:
        """Return the address: the owner's own one, or a folder of it."""
        return github_page(owner, name)
