"""Know the platforms of code and of those who write it."""

from __future__ import annotations

from .entry import Frame, Platform, Rule

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
        asks=(Rule("repository", "github-repo", "https://api.github.com/repos/{name/0}/{name/1}"),),
        feeds=(
            Rule("repository", "feed", "https://github.com/{name/0}/{name/1}/releases.atom"),
            Rule("repository", "feed", "https://github.com/{name/0}/{name/1}/tags.atom"),
            Rule("profile", "feed", "https://github.com/{name}.atom"),
        ),
    ),
    Platform(
        "gitlab",
        "GitLab",
        "GitLab",
        "FC6D26",
        ("gitlab.com",),
        (("code", "/-/snippets/{id}"), ("repository", "/{name}/{name}/**"), ("profile", "/{name}")),
        feeds=(
            Rule("repository", "feed", "https://gitlab.com/{name}/-/releases.atom"),
            Rule("profile", "feed", "https://gitlab.com/{name}.atom"),
        ),
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
        feeds=(
            Rule("repository", "feed", "https://codeberg.org/{name}/releases.rss"),
            Rule("profile", "feed", "https://codeberg.org/{name}.rss"),
        ),
    ),
    Platform(
        "stackoverflow",
        "Stack Overflow",
        "Prosus",
        "F58025",
        ("stackoverflow.com",),
        (("profile", "/users/{id:digits}/**"), ("post", "/{x:questions|q|a}/{id:digits}/**")),
        feeds=(Rule("profile", "feed", "https://stackoverflow.com/feeds/user/{id}"),),
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
        oembed="https://codepen.io/api/oembed?format=json&url=",
        frames=(Frame("code", "https://codepen.io/{name}/embed/{id}?default-tab=result"),),
    ),
    Platform(
        "jsfiddle",
        "JSFiddle",
        "JSFiddle",
        "0084FF",
        ("jsfiddle.net",),
        (("profile", "/user/{name}/**"), ("code", "/{name}/{id}/**"), ("code", "/{id}")),
        frames=(
            Frame("code", "https://jsfiddle.net/{name}/{id}/embedded/result/"),
            Frame("code", "https://jsfiddle.net/{id}/embedded/result/"),
        ),
    ),
    Platform(
        "codesandbox",
        "CodeSandbox",
        "CoreWeave",
        "151515",
        ("codesandbox.io",),
        (("code", "/{x:s|p|embed}/{id:any}/**"), ("profile", "/u/{name}")),
        oembed="https://codesandbox.io/oembed?url=",
        oembed_kinds="code",
        frames=(Frame("code", "https://codesandbox.io/embed/{id}"),),
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
