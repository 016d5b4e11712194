"""Write the workflow with which GitHub refreshes, builds, checks and publishes a site: on every push, and every day.

Every action is named by its commit, every job may do no more than it has to, and no secret is an argument or a file.
Checked in the tests with the schema of such files and with ``zizmor``.
"""

from __future__ import annotations

import json

from msgspec import Struct

#: Shown to GitHub once a month in a commit, for it forgets the schedules of repositories in which nothing happens.
ALIVE = ".github/linkhome-alive"

_CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
_PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0"
_PACK = "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0"
_DEPLOY = "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0"

_BOT = "github-actions[bot]"
_BOT_MAIL = "41898282+github-actions[bot]@users.noreply.github.com"


class Wishes(Struct, frozen=True):
    """Hold what may differ from site to site.

    ``place`` is the name of the entry under ``deploy:``, ``folder`` where the site lies in its repository (posix, empty
    for all of it), ``settings`` the address at which GitHub Pages is switched on, ``refresh`` the age at which saved
    copies are renewed, empty for never.
    """

    place: str = "github-actions"
    folder: str = ""
    settings: str = ""
    cron: str = "23 4 * * *"
    refresh: str = "20h"
    python: str = "3.13"


def text(wishes: Wishes) -> str:
    """Return the workflow."""
    inside = f"{wishes.folder}/" if wishes.folder else ""
    where = f"at {wishes.settings}" if wishes.settings else "in the settings of the repository, under 'Pages'"
    ignored = json.dumps([f"{inside}saved/**", ALIVE], ensure_ascii=False)
    return f"""\
name: linkhome
# To begin with, choose 'GitHub Actions' as the source of the pages {where}.
on:
  schedule:
    - cron: {json.dumps(wishes.cron)} # UTC; GitHub may be hours late, and that does no harm
  push:
    branches: [main, master]
    paths-ignore: {ignored}
  workflow_dispatch:
permissions: {{}}
concurrency:
  group: linkhome
  cancel-in-progress: false
jobs:
  build:
    name: Refresh, build, check
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    permissions:
      contents: write # for the saved copies
{_home(wishes.folder)}\
    steps:
      - uses: {_CHECKOUT}
        with:
          persist-credentials: false
      - uses: {_PYTHON}
        with:
          python-version: {json.dumps(wishes.python)}
      - name: Install linkhome, the very files that requirements.txt names
        run: python -m pip install --disable-pip-version-check --require-hashes --requirement requirements.txt
{_refresh(wishes.refresh)}\
      - name: Build
        run: linkhome build
      - name: Check
        run: linkhome check
      - name: Lay out what GitHub Pages is to serve
        run: linkhome deploy --to {wishes.place} --built public --into "$RUNNER_TEMP/pages"
      - name: Keep the saved copies
        continue-on-error: true # a site without new copies is better than an old one
        env:
          TOKEN: ${{{{ github.token }}}}
          GIT_AUTHOR_NAME: "{_BOT}"
          GIT_AUTHOR_EMAIL: "{_BOT_MAIL}"
          GIT_COMMITTER_NAME: "{_BOT}"
          GIT_COMMITTER_EMAIL: "{_BOT_MAIL}"
        run: |
          cd "$GITHUB_WORKSPACE"
          mkdir -p .github
          date -u +%Y-%m > {ALIVE}
          git add {ALIVE}
          if [ -d "{inside}saved" ]; then git add --all "{inside}saved"; fi
          if git diff --cached --quiet; then exit 0; fi
          git commit --quiet --message "Saved copies of $(date -u +%Y-%m-%d)"
          helper='!f() {{ echo username=x-access-token; echo "password=$TOKEN"; }}; f'
          for try in 1 2 3; do
            if git -c credential.helper="$helper" push --quiet origin "HEAD:$GITHUB_REF_NAME"; then exit 0; fi
            echo "somebody else has pushed (try $try): once more upon that"
            git -c credential.helper="$helper" pull --quiet --rebase origin "$GITHUB_REF_NAME"
          done
          echo "::error::the saved copies could not be committed: may workflows write to this branch?"
          exit 1
      - uses: {_PACK}
        with:
          path: ${{{{ runner.temp }}}}/pages
          include-hidden-files: true # without it .well-known/ would be left out
  publish:
    name: Publish
    needs: build
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      pages: write # to publish
      id-token: write # to prove to the pages that it is this workflow that does so
    environment:
      name: github-pages
      url: ${{{{ steps.pages.outputs.page_url }}}}
    steps:
      - id: pages
        uses: {_DEPLOY}
"""


def _home(folder: str) -> str:
    if not folder:
        return ""
    place = json.dumps(folder, ensure_ascii=False)
    return f"    defaults:\n      run:\n        working-directory: {place}\n"


def _refresh(age: str) -> str:
    if not age:
        return ""
    return f"""\
      - name: Refresh the saved copies
        continue-on-error: true # a platform that is down must not stop the site
        run: linkhome refresh --max-age {age}
"""
