"""What git and hosts say becomes a sentence that tells the cases apart, and never shows what must not be seen."""

from __future__ import annotations

import pytest

from linkhome.deploy.git_process import Said
from linkhome.deploy.git_remote import parse
from linkhome.deploy.git_words import words

HTTPS = parse("https://github.com/lina/site.git", "github.com")

SAID = {
    "fatal: unable to access 'https://github.com/lina/site.git/': Could not resolve host: github.com": "is not found",
    "fatal: Authentication failed for 'https://github.com/lina/site.git/'": "does not accept the name and password",
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled": "does not accept the name",
    "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.": "your ssh key",
    "Host key verification failed.\nfatal: Could not read from remote repository.": "does not know the host key",
    "remote: Permission to lina/site.git denied to mara.\nfatal: unable to access: The requested URL returned error: 403": "does not let you write",
    "ERROR: The key you are authenticating with has been marked as read only.": "does not let you write",
    "remote: Repository not found.\nfatal: repository 'https://github.com/lina/site.git/' not found": "no such repository",
    "!\trefs/heads/x:refs/heads/gh-pages\t[rejected] (stale info)\nDone": "somebody else changed the branch gh-pages",
    "!\tx:refs/heads/gh-pages\t[remote rejected] (cannot lock ref 'refs/heads/gh-pages': is at 1 but expected 2)": "somebody else",
    "remote: error: GH006: Protected branch update failed for refs/heads/gh-pages.\n!\tx\t[remote rejected] (protected branch hook declined)": "the rules of the repository",
    "remote: error: File media/film.mp4 is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB\nremote: error: GH001: Large files detected.": "does not take a file of this size",
    "remote: error: GH013: Repository rule violations found for refs/heads/gh-pages.\nremote: - Push cannot contain secrets": "looks like a secret",
    "remote: Forgejo: the quota of this account is used up": "no room left in the repository",
    "fatal: write error: No space left on device": "the disk is full",
    "error: unable to write file: Disk quota exceeded": "the disk is full",
    "error: RPC failed; curl 92 HTTP/2 stream 0 was not closed cleanly\nfatal: the remote end hung up unexpectedly": "broke off",
    "error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413": "broke off",
    "fatal: unable to access 'x': The requested URL returned error: 503": "has a problem of its own",
    "fatal: unable to access 'x': The requested URL returned error: 429": "fewer questions",
    "fatal: unable to access 'x': server certificate verification failed. CAfile: none CRLfile: none": "cannot be trusted",
    "fatal: unable to access 'x': Failed to connect to github.com port 443: Connection refused": "cannot be reached",
    "fatal: something nobody has met": "it said: something nobody has met",
    "": "it said: nothing",
}


@pytest.mark.parametrize("said", SAID)
def test_each_case_has_its_own_words(said: str) -> None:
    found = words(Said(said), HTTPS, "gh-pages", "LINKHOME_GITHUB_TOKEN")
    assert SAID[said] in found.message
    assert found.hint
    assert "{" not in found.message + found.hint


def test_a_host_is_quoted_with_its_reason_but_without_secrets_and_control_characters() -> None:
    said = "remote: \x1b[31mfatal: see https://x:canary@github.com/rules\x07\n! [remote rejected] (pre-receive hook declined)"
    found = words(Said(said), HTTPS, "gh-pages", "X")
    assert "github.com says: " in found.message
    assert "canary" not in found.message
    assert found.message.isprintable()


def test_a_line_without_end_is_cut() -> None:
    assert len(words(Said("fatal: " + "x" * 5000), HTTPS, "b", "X").message) < 300
