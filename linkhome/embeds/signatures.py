"""List the signs of answers that are none: the words, addresses and numbers that platforms use instead of an answer.

Most were seen in real answers; a new one is one more line here. Texts are in lower case.
"""

from __future__ import annotations

import re

BLOCKED = (
    "it answers programs with a check for humans; try again from another connection, or give title and picture yourself"
)
CONSENT = "it answered with a page that asks for consent to cookies"
SHELL = "it answered with its front door or login page instead of the thing itself"
MISSING = "it says that there is nothing at this address (any more)"

#: Whole titles of pages, and what they mean. The bare names of platforms are rubbish on their own pages only.
TITLES: dict[str, tuple[str, ...]] = {
    "blocked": (
        *(
            "just a moment...",
            "just a moment…",
            "attention required! | cloudflare",
            "attention required!",
            "access denied",
        ),
        *(
            "client challenge",
            "security check required",
            "security check",
            "blocked",
            "robot check",
            "are you a robot?",
        ),
        *("error: the request could not be satisfied", "human verification", "verify you are human", "captcha"),
        *("please wait...", "ddos-guard", "checking your browser", "one moment, please...", "pardon our interruption"),
        *("you have been blocked", "bot verification", "vercel security checkpoint", "making sure you're not a bot!"),
        *("429 too many requests", "too many requests", "whoa there, pardner!", "403 forbidden", "forbidden"),
        *("sorry! something went wrong!", "amazon.com robot check", "un momento…", "einen moment, bitte..."),
    ),
    "shell": (
        *("login • instagram", "log into facebook", "content not found", "leaving facebook...", "threads • log in"),
        *("x.com", "x / ?", "twitter", "tiktok - make your day", "- youtube", "reddit - dive into anything"),
        *(
            "reddit - the heart of the internet",
            "vimeuhoh",
            "unsupported browser",
            "photo storage",
            "sign up | linkedin",
        ),
        *(
            "log in",
            "login",
            "sign in",
            "sign up",
            "spotify – web player",
            "spotify - web player",
            "telegram messenger",
        ),
        *("telegram – a new era of messaging", "javascript is not available.", "javascript is disabled", "loading..."),
        *("undefined", "null", "{{title}}", "[object object]", "unsupported browser | spotify"),
        *("your browser is not supported", "update your browser"),
    ),
    "error": (
        *("404 not found", "error 404 (not found)!!1", "page not found", "404", "not found", "error 404", "404 error"),
        *("service unavailable", "503 service unavailable", "503 service temporarily unavailable", "502 bad gateway"),
        *("500 internal server error", "internal server error", "504 gateway time-out", "504 gateway timeout"),
        *("bad gateway", "bad request", "400 bad request", "401 unauthorized", "410 gone", "error", "oops!"),
        *("web server is down", "site not found", "domain not found", "this page isn't available", "video unavailable"),
        *("sorry, this page isn't available.", "page unavailable", "something went wrong", "an error occurred"),
        *("account suspended", "site under maintenance", "under maintenance", "maintenance", "down for maintenance"),
        *("404: this page could not be found.", "404: this page could not be found", "404 - page not found"),
        *("welcome to nginx!", "apache2 ubuntu default page: it works", "domain for sale", "iis windows server"),
        *("seite nicht gefunden", "página no encontrada", "page introuvable", "pagina non trovata", "页面不存在"),
        *(
            "pagina niet gevonden",
            "страница не найдена",
            "ページが見つかりません",
            "nie znaleziono strony",
            "sidan hittades inte",
        ),
        *("página não encontrada", "siden blev ikke fundet", "sivua ei löydy", "sayfa bulunamadı"),
    ),
}
BEGINNINGS: tuple[tuple[str, str], ...] = (
    ("log in or sign up", "shell"),
    ("linkedin login", "shell"),
    ("login • ", "shell"),
    ("attention required! |", "blocked"),
    ("just a moment", "blocked"),
    ("ddos protection by", "blocked"),
    ("error 404 (", "error"),
    ("error 403 (", "blocked"),
    ("error 429 (", "blocked"),
    ("error 500 (", "error"),
    ("404 - ", "error"),
    ("404 | ", "error"),
    ("404 — ", "error"),
    ("page not found |", "error"),
    ("page not found -", "error"),
    ("page not found –", "error"),
    ("page not found —", "error"),
    ("page not found ·", "error"),
    ("hugedomains.com", "error"),
)
#: Pages of Google's companies that ask for consent, in the languages they ask in.
CONSENTS = (
    *(
        "before you continue",
        "antes de ir a",
        "antes de continuar",
        "bevor sie",
        "bevor du",
        "avant d'accéder",
        "avant d’accéder",
    ),
    *(
        "avant de continuer",
        "prima di continuare",
        "voordat je verder",
        "voordat u verder",
        "zanim przejdziesz",
        "innan du",
    ),
    *("før du fortsætter", "før du fortsetter", "ennen kuin jatkat", "než budete pokračovat", "mielőtt továbblép"),
    *("înainte de a continua", "πριν συνεχίσετε", "pred pokračovaním", "続行する前に", "antes de avançar"),
)
#: What the first 4 KB of a challenge hold.
BODIES = (
    *("please enable js and disable any ad blocker", "captcha-delivery.com", "cf-chl", "_cf_chl_opt", "px-captcha"),
    *("whoa there, pardner", "enable javascript and cookies to continue", "/dogsofamazon", "errors/validatecaptcha"),
    *("you've been blocked by network security", "awswafcaptcha", "/_fs-ch-", "ddos-guard.net/check"),
)
#: Words that platforms use where a description should be.
TEXTS = (
    *("create an account or log in to instagram", "log into facebook", "log in or sign up", "please enable js"),
    *(
        "twitch is the world's leading video platform",
        "enjoy the videos and music you love",
        "see posts, photos and more on",
    ),
    *("sorry, we couldn’t find that page", "sorry, we couldn't find that page", "javascript is not available"),
    *("we've detected that javascript is disabled", "get the full experience and see what people are posting"),
)
#: Pictures that show nothing of the thing.
PICTURES = re.compile(
    r"abs\.twimg\.com/(?:rweb/ssr/default|responsive-web|errors|sticky)|/fb_placeholder\.png|twitch_logo|ttv-static-metadata"
    r"|ytimg\.com/img/no_thumbnail|s\.ytimg\.com/yts/img|static\.cdninstagram\.com/rsrc|(?:www\.|/)redditstatic\.com|/default_avatar"
    r"|/default[_-]profile|placeholder|blank\.(?:gif|png)|(?<![0-9])1x1(?![0-9])|spacer\.(?:gif|png)|/favicon|static\.xx\.fbcdn\.net/rsrc"
    r"|/no[_-]?image[._-]|/missing\.(?:png|jpg)|transparent\.(?:gif|png)|abs\.twimg\.com/favicons|telegram\.org/img/t_logo"
    r"|gstatic\.com/images/branding|avatar_default|\.ico(?:$|\?)",
    re.IGNORECASE,
)
#: Paths that a redirect ends at when the thing is not shown, and what that means.
DETOURS: dict[str, tuple[str, ...]] = {
    "shell": (
        *(
            "login",
            "login.php",
            "accounts/login",
            "signin",
            "sign-in",
            "sign_in",
            "users/sign_in",
            "log-in",
            "authwall",
        ),
        *("uas/login", "checkpoint", "i/flow/login", "servicelogin", "account/login", "user/login", "wp-login.php"),
        *("unsupported-browser", "unsupported_browser", "unsupportedbrowser"),
    ),
    "blocked": (
        "captcha",
        "splashui",
        "errors/validatecaptcha",
        "sorry/index",
        "cdn-cgi/challenge-platform",
        "human-verification",
    ),
    "consent": ("consent", "cookie-consent", "privacy-consent"),
    "error": (
        "404",
        "404.html",
        "404.php",
        "not-found",
        "notfound",
        "not_found",
        "page-not-found",
        "errors/404",
        "error404",
        "error",
    ),
}
CONSENT_HOST = re.compile(r"(?:consent|guce|privacy-mgmt|myprivacy|cmp)\.")
LOGIN_HOST = re.compile(r"(?:accounts|login|auth|signin|sso|idp)\.")
PARKED = ("hugedomains.com", "sedoparking.com", "sedo.com", "afternic.com", "dan.com", "parkingcrew.net", "bodis.com")

#: Sentences for the codes that this room finds out.
SENTENCES = {
    "blocked": BLOCKED,
    "consent": CONSENT,
    "shell": SHELL,
    "error": "it answered with an error page",
    "other-thing": "the answer is about something else than what was asked for",
    "empty": "the answer says nothing that a card could show",
}

#: What a platform means by a status whose body says nothing: (slug, status) -> code and sentence.
STATUSES: dict[tuple[str, int], tuple[str, str]] = {
    ("youtube", 401): ("private", "the video is there, but may not be embedded"),
    ("youtube", 403): ("private", "the video is private"),
    ("youtube", 400): ("gone", MISSING),
    ("vimeo", 403): ("private", "the video is private, or may only be shown on certain sites"),
    ("x", 403): ("private", "the post is hidden: its account is protected or suspended, or it is for adults only"),
    ("flickr", 401): ("private", "the photo is private"),
    ("spotify", 401): ("private", "it is private, or made for one listener"),
}
#: Errors of Meta's Graph API (`error.code`, `error_subcode`). None of them says that something is gone.
META: dict[int, tuple[str, str]] = {
    **dict.fromkeys((1, 2), ("error", "Meta has a fault of its own just now")),
    **dict.fromkeys((4, 17, 32, 341, 613), ("wait", "Meta wants to be asked less often")),
    **dict.fromkeys((24, 100), ("private", "Meta says that it is not there, or may not be embedded")),
    **dict.fromkeys((102, 104, 190), ("error", "Meta wants a token that linkhome does not have")),
    **dict.fromkeys((3, 10, *range(200, 300)), ("private", "Meta does not permit to show it")),
    368: ("blocked", "Meta has blocked these questions for a while"),
    400: ("private", "the post is private"),
}
META_SUBCODES = {2207046: ("private", "its owner does not permit to embed it")}
