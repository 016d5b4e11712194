"""Know the platforms of code and of those who write it."""

from __future__ import annotations

from .entry import Platform

PLATFORMS = (
    Platform(
        "github",
        "GitHub",
        "Microsoft",
        "181717",
        ("github.com", "github.io"),
        (
            ("code", "gist.github.com/{name}/{id:hex}", "https://gist.github.com/{name}/{id}"),
            ("profile", "gist.github.com/{name}"),
            ("feed", "/{name}.atom"),
            ("feed", "github.com/{name}/{name}/{x:releases|tags|commits}.atom"),
            ("repository", "github.com/{name}/{name}/**", "https://github.com/{name}"),
            ("profile", "github.com/{name}"),
            ("site", "{name}.github.io/**"),
        ),
        noise=("tab",),
    ),
    Platform(
        "gitlab",
        "GitLab",
        "GitLab",
        "FC6D26",
        ("gitlab.com",),
        (("code", "/-/snippets/{id}"), ("repository", "/{name}/{name}/**"), ("profile", "/{name}")),
    ),
    Platform(
        "codeberg",
        "Codeberg",
        "Codeberg e.V.",
        "2185D0",
        ("codeberg.org", "codeberg.page"),
        (
            ("repository", "codeberg.org/{name}/{name}/**"),
            ("profile", "codeberg.org/{name}"),
            ("site", "{name}.codeberg.page/**"),
        ),
    ),
    Platform(
        "stackoverflow",
        "Stack Overflow",
        "Prosus",
        "F58025",
        ("stackoverflow.com",),
        (("profile", "/users/{id:digits}/**"), ("post", "/{x:questions|q|a}/{id:digits}/**")),
    ),
    Platform(
        "npm",
        "npm",
        "Microsoft",
        "CB3837",
        ("npmjs.com",),
        (("repository", "/package/{id:any}/**"), ("profile", "/~{name}")),
    ),
    Platform(
        "pypi",
        "PyPI",
        "Python Software Foundation",
        "3775A9",
        ("pypi.org",),
        (("repository", "/project/{id}/**"), ("profile", "/user/{name}")),
    ),
    Platform(
        "codepen",
        "CodePen",
        "CodePen",
        "131417",
        ("codepen.io",),
        (
            ("code", "/{name}/{x:pen|full|details|embed}/{id}/**", "https://codepen.io/{name}/pen/{id}"),
            ("profile", "/{name}"),
        ),
        icon="code",
    ),
    Platform(
        "jsfiddle",
        "JSFiddle",
        "JSFiddle",
        "0084FF",
        ("jsfiddle.net",),
        (("profile", "/user/{name}/**"), ("code", "/{name}/{id}/**"), ("code", "/{id}")),
    ),
    Platform(
        "codesandbox",
        "CodeSandbox",
        "CoreWeave",
        "151515",
        ("codesandbox.io",),
        (("code", "/{x:s|p|embed}/{id:any}/**"), ("profile", "/u/{name}")),
    ),
    Platform(
        "producthunt",
        "Product Hunt",
        "AngelList",
        "DA552F",
        ("producthunt.com",),
        (("profile", "/@{at}/**"), ("product", "/{x:posts|products}/{id}/**")),
    ),
)
