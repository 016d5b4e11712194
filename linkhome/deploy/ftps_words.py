"""Make a sentence out of what an FTP server answers: what is wrong, and what the creator can do about it."""

from __future__ import annotations

import contextlib
import ftplib
import socket
import ssl
from collections.abc import Iterator

from .remote import RemoteError

_LOST = "cannot be reached, or the connection broke off"
#: Answers (RFC 959, RFC 4217): the command is not known here; the file is not there or may not be touched.
_UNKNOWN, _NO_FILE = ("500", "501", "502", "504"), ("550", "553")
_FULL = ("452", "552")


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Say in words what goes wrong with the host."""
    try:
        yield
    except ftplib.error_perm as problem:
        raise _refused(str(problem)[:3]) from None
    except ftplib.error_temp as problem:
        code = str(problem)[:3]
        if code in _FULL:
            raise _refused(code) from None
        raise RemoteError(f"cannot do that just now (answer {code})", "try again in a moment", lost=True) from None
    except (ftplib.Error, EOFError) as problem:
        raise RemoteError(_LOST, f"try again in a moment ({type(problem).__name__})", lost=True) from None
    except ssl.SSLCertVerificationError as problem:
        why = f"shows a certificate that cannot be trusted: {problem.verify_message.lower()}"
        hint = "take the name of the server that your host gives; name a certificate of its own with 'certificate'"
        raise RemoteError(why, hint) from None
    except socket.gaierror:
        raise RemoteError("is not known", "check 'host', and your connection to the internet", lost=True) from None
    except OSError:
        raise RemoteError(_LOST, "check 'host' and 'port', or try again in a moment", lost=True) from None


def _refused(code: str) -> RemoteError:
    if code == "530":
        return RemoteError("does not take this name and password", "check 'user' and LINKHOME_FTPS_PASSWORD")
    if code in _FULL:
        return RemoteError("has no more space", "make room there, then deploy again")
    if code in ("522", "534", "536"):
        return RemoteError("does not take linkhome's encrypted connections for files", "ask your host for SFTP")
    if code in _UNKNOWN:
        return RemoteError("is too old for linkhome", "ask your host for SFTP", unable=True)
    gone = code in _NO_FILE
    why = "has no such file or folder, or does not let this account write there" if gone else "refused to do that"
    return RemoteError(f"{why} (answer {code})", "check 'path', and what your account may do", gone=gone)
