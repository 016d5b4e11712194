"""Log in to a host for SFTP, once its key is known to be the right one; say in words what goes wrong."""

from __future__ import annotations

import contextlib
import errno
import logging
from collections.abc import Iterator
from pathlib import Path

import paramiko

from .remote import RemoteError

#: Seconds to reach the host, and for each of its answers.
REACH, ANSWER = 20.0, 60.0
_ALIVE = 15
_SYSTEM = (Path("/etc/ssh/ssh_known_hosts"),)
_LOST = "cannot be reached, or the connection broke off"
# What it logs goes to the terminal where nobody listens, with a traceback; the errors come as exceptions, too.
logging.getLogger("paramiko").setLevel(logging.CRITICAL + 1)


class Account:
    """Hold how to log in. Without ``identity`` and ``password``, the agent and the usual keys are tried."""

    def __init__(
        self,
        host: str,
        port: int,
        user: str,
        *,
        known_hosts: Path | None = None,
        identity: Path | None = None,
        password: str = "",
        passphrase: str = "",
    ) -> None:
        self.host, self.port, self.user = host, port, user
        self.known_hosts, self.identity = known_hosts, identity
        self.password, self.passphrase = password, passphrase

    @property
    def login(self) -> str:
        """Return the command that opens a connection by hand."""
        return f"sftp {f'-P {self.port} ' if self.port != 22 else ''}{self.user}@{self.host}"


class _Unknown(paramiko.MissingHostKeyPolicy):
    """Refuse a host whose key is not known, and say which key it showed."""

    def __init__(self, login: str) -> None:
        self._login = login

    def missing_host_key(self, _client: paramiko.SSHClient, _hostname: str, key: paramiko.PKey) -> None:
        """Refuse the host."""
        why = f"shows a key that this computer does not know: {key.get_name()} {key.fingerprint}"
        hint = f"compare it with what your host says, then run '{self._login}' once in a terminal and answer 'yes'"
        raise RemoteError(why, hint)


def opened(client: paramiko.SSHClient, account: Account) -> paramiko.SFTPClient:
    """Connect, see whose key the host shows, and only then log in.

    Raises:
        RemoteError: its key is not known. All else as paramiko says it; see `told`.
    """
    if account.known_hosts is not None:
        client.load_host_keys(str(account.known_hosts))
    else:
        client.load_system_host_keys()
        for system in _SYSTEM:
            if system.is_file():
                client.load_system_host_keys(str(system))
    client.set_missing_host_key_policy(_Unknown(account.login))
    alone = bool(account.password or account.identity)  # other keys would use up the tries that a host allows
    client.connect(
        account.host,
        account.port,
        account.user,
        password=account.password or None,
        passphrase=account.passphrase or None,
        key_filename=str(account.identity) if account.identity else None,
        timeout=REACH,
        banner_timeout=ANSWER,
        auth_timeout=ANSWER,
        channel_timeout=ANSWER,
        allow_agent=not alone,
        look_for_keys=not alone,
    )
    transport = client.get_transport()
    assert transport is not None
    transport.set_keepalive(_ALIVE)
    sftp = client.open_sftp()
    channel = sftp.get_channel()
    assert channel is not None
    channel.settimeout(ANSWER)
    return sftp


@contextlib.contextmanager
def told(client: paramiko.SSHClient) -> Iterator[None]:
    """Say in words what goes wrong with the host."""
    try:
        yield
    except paramiko.BadHostKeyException:
        why = "shows another key than before: it may have been set up anew, or somebody is in between"
        hint = "ask your host which key is right, and only then remove the old one with 'ssh-keygen -R'"
        raise RemoteError(why, hint) from None
    except paramiko.PasswordRequiredException:
        hint = "set LINKHOME_SFTP_PASSPHRASE in the environment, or add the key to your agent with ssh-add"
        raise RemoteError("was not asked: the private key has a passphrase", hint) from None
    except paramiko.AuthenticationException:
        hint = "check 'user'; a password is read from LINKHOME_SFTP_PASSWORD, a key from 'identity' or your agent"
        raise RemoteError("does not let this account in", hint) from None
    except (paramiko.SSHException, EOFError) as problem:
        why = f"does not speak SFTP as expected ({type(problem).__name__})"
        alive = _alive(client)
        raise RemoteError(why if alive else _LOST, "try again in a moment", lost=True) from None
    except OSError as problem:
        raise _explained(problem, _alive(client)) from None


def _alive(client: paramiko.SSHClient) -> bool:
    transport = client.get_transport()
    return transport is not None and transport.is_active()


def _explained(problem: OSError, alive: bool) -> RemoteError:
    if isinstance(problem, TimeoutError):
        return RemoteError("does not answer in time", "try again in a moment", lost=True)
    if not alive:
        return RemoteError(_LOST, "check 'host' and 'port', or try again in a moment", lost=True)
    if problem.errno == errno.ENOENT:
        return RemoteError("has no such file or folder", "check 'path'", gone=True)
    if problem.errno == errno.EACCES:
        return RemoteError("does not let this account write there", "check 'path', and who owns the folder")
    return RemoteError("refused to do that, and does not say why", "is there space left? else ask your host")
