"""Web servers on loopback as their packages set them up, which show a built site."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from deploy.file_hosts import free_port
from headers.test_servers import MODULES, SBIN, running


def opened(place: Path) -> None:
    """Let other accounts read a folder: Apache gives files out as one of its own."""
    for path in (place, *place.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@contextlib.contextmanager
def nginx(place: Path, root: Path, lines: str) -> Iterator[str]:
    """Serve a folder with nginx; ``lines`` stand in the server block. Give the address."""
    program = shutil.which("nginx", path=SBIN)
    assert program, "these tests need nginx: 'scripts/prepare tools' installs it"
    port = free_port()
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {place}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (place / "linkhome.conf").write_text(lines)
    (place / "conf").write_text(
        f"{user} daemon off; pid {place}/pid; error_log {place}/log; events {{}} http {{ access_log off; {paths}"
        " include /etc/nginx/mime.types; default_type application/octet-stream; gzip on;"
        f" server {{ listen 127.0.0.1:{port}; root {root}; include {place}/linkhome.conf; }} }}"
    )
    with running([program, "-p", place, "-c", place / "conf", "-e", place / "log"], port, place / "log"):
        yield f"http://127.0.0.1:{port}/"


@contextlib.contextmanager
def apache(place: Path, root: Path, override: str) -> Iterator[str]:
    """Serve a folder with Apache; ``override`` is what its .htaccess may say. Give the address."""
    program = shutil.which("apache2", path=SBIN)
    assert program, "these tests need Apache: 'scripts/prepare tools' installs it"
    port = free_port()
    names = ("mpm_event", "authz_core", "dir", "mime", "headers", "setenvif", "alias", "filter", "deflate")
    lines = [f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in names]
    lines += ["User daemon", "Group daemon"] if os.geteuid() == 0 else []
    lines += [f"ServerRoot {place}", f"Listen 127.0.0.1:{port}", "ServerName localhost", "TypesConfig /etc/mime.types"]
    lines += [f"PidFile {place}/pid", f"ErrorLog {place}/log", f"DocumentRoot {root}", "DirectoryIndex index.html"]
    lines += ["AddOutputFilterByType DEFLATE text/html text/css", f"<Directory {root}>"]
    lines += [f"AllowOverride {override}", "Require all granted", "</Directory>", ""]
    (place / "conf").write_text("\n".join(lines))
    opened(place)
    with running([program, "-f", place / "conf", "-DFOREGROUND"], port, place / "log"):
        yield f"http://127.0.0.1:{port}/"
