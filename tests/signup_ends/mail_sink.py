"""Take mails by SMTP on loopback and print each of them as a line of JSON; the first line is the port.

Ends when its input is closed.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import sys

from aiosmtpd.smtp import SMTP, Envelope, Session


class Box:
    """Print what arrives."""

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - the name is aiosmtpd's
        content = envelope.original_content or b""
        message = email.message_from_bytes(content, policy=email.policy.default)
        body = message.get_body(("plain",))
        said = {"to": envelope.rcpt_tos, "subject": str(message["subject"]), "text": body.get_content() if body else ""}
        print(json.dumps(said), flush=True)
        return "250 taken"


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Box(), hostname="mail.example", loop=loop), "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
