"""Run django-newsletter with sqlite on loopback, as somebody would who has a server of their own.

Arguments: the folder for the database, and the port of the SMTP server on loopback. Prints the address of the newsletter
and where its database lies, as one line of JSON, and serves until its input is closed.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

SLUG = "letters"


class Quiet(WSGIRequestHandler):
    """Serve without a line for every request."""

    def log_message(self, *_: object) -> None:
        """Keep still."""


class Server(ThreadingMixIn, WSGIServer):
    """Answer several visitors at once: browsers open connections that they use later."""

    daemon_threads = True


def main(folder: Path, smtp: int) -> None:
    """Make the database, and serve."""
    database = folder / "newsletter.sqlite3"
    settings.configure(
        # The form stands on another site, which cannot know a token of this one: such forms are why the middleware that
        # asks for it is left out for the sign-up; the link in the mail takes its place.
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.sites",
            "newsletter",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        ROOT_URLCONF="newsletter.urls",
        SECRET_KEY="only for a test on loopback",
        SITE_ID=1,
        ALLOWED_HOSTS=["127.0.0.1"],
        USE_TZ=True,
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=smtp,
        NEWSLETTER_THUMBNAIL="sorl-thumbnail",
        NEWSLETTER_USE_HTTPS=False,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet)
    _furnish(f"127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}/{SLUG}/", "database": str(database)}), flush=True)
    sys.stdin.read()


def _furnish(domain: str) -> None:
    from django.contrib.sites.models import Site
    from newsletter.models import Newsletter

    site = Site.objects.get_current()
    site.domain = site.name = domain
    site.save()
    newsletter = Newsletter.objects.create(
        title="Letters from slow trains", slug=SLUG, email="letters@lina.example", sender="Lina Marlow"
    )
    newsletter.site.set([site])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
