"""aiosmtpd, a mail server that others wrote, in a process of its own. Run: FOLDER tls|clear.

It throws the messages away, and so has less to do than a server with mailboxes.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import sys
import warnings
from pathlib import Path

from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, AuthResult

from bench.mail_server import tls_of


async def serve(context: ssl.SSLContext | None) -> None:
    """Serve on a free port of this machine, which is printed, until killed."""
    logging.disable()
    warnings.simplefilter("ignore")

    def conversation() -> SMTP:
        return SMTP(
            Sink(),
            hostname="localhost",
            authenticator=lambda *_: AuthResult(success=True),
            tls_context=context,
            require_starttls=context is not None,
            auth_required=context is not None,
        )

    server = await asyncio.get_running_loop().create_server(conversation, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(tls_of(Path(sys.argv[1])) if sys.argv[2] == "tls" else None))
