"""A mail server that does as little as one can, in a process of its own. Run: FOLDER tls|clear.

It offers what servers offer and takes every message whole. As a server has to (RFC 5321, 6.1) it
says 250 only when the message is safe on the disk, in the folder. With `tls` it starts encryption
with the certificate there, and asks for a password.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
from collections.abc import Coroutine
from itertools import count
from pathlib import Path
from typing import Any, Final

from typing_extensions import override

CERTIFICATE: Final = "server.pem"
KEY: Final = "server.key"
END: Final = b"\r\n.\r\n"

_FEATURES: Final = b"250-SIZE 35882577\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n"
_REPLIES: Final = {
    b"AUTH": b"235 2.7.0 Authentication successful\r\n",
    b"MAIL": b"250 2.1.0 Ok\r\n",
    b"RCPT": b"250 2.1.5 Ok\r\n",
    b"DATA": b"354 End data with <CR><LF>.<CR><LF>\r\n",
    b"RSET": b"250 2.0.0 Ok\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
    b"STAR": b"220 2.0.0 Ready to start TLS\r\n",
}

_NUMBERS: Final = count(1)


class Conversation(asyncio.Protocol):
    """One connection of a client."""

    def __init__(self, folder: Path, tls: ssl.SSLContext | None) -> None:
        self._folder, self._tls, self._is_encrypted = folder, tls, False
        self._transport: asyncio.Transport
        self._waiting = bytearray()
        self._in_message = self._is_busy = False
        self._task: asyncio.Task[None]

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 localhost ESMTP\r\n")

    @override
    def data_received(self, data: bytes) -> None:
        self._waiting += data
        if not self._is_busy:
            self._answer()

    def _answer(self) -> None:
        while self._waiting and not self._is_busy:
            end = END if self._in_message else b"\r\n"
            at = self._waiting.find(end)
            if at < 0:
                return
            given = bytes(self._waiting[: at + len(end)])
            del self._waiting[: at + len(end)]
            if self._in_message:
                self._in_message = False
                self._begin(self._store(given))
            else:
                self._reply(given[:4].upper())

    def _reply(self, verb: bytes) -> None:
        if verb == b"EHLO":
            offered = b"250-localhost\r\n"
            if self._tls is not None:
                offered += b"250-AUTH PLAIN\r\n" if self._is_encrypted else b"250-STARTTLS\r\n"
            self._transport.write(offered + _FEATURES)
            return
        self._transport.write(_REPLIES[verb])
        self._in_message = verb == b"DATA"
        if verb == b"QUIT":
            self._transport.close()
        elif verb == b"STAR":
            self._begin(self._start_tls())

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that takes a while; what the client says meanwhile waits."""
        self._is_busy = True
        self._task = asyncio.ensure_future(work)

    def _end(self) -> None:
        self._is_busy = False
        self._answer()

    async def _store(self, message: bytes) -> None:
        await asyncio.to_thread(_keep, self._folder / f"{next(_NUMBERS)}.eml", message)
        self._transport.write(b"250 2.0.0 Ok: queued as 4XyZ\r\n")
        self._end()

    async def _start_tls(self) -> None:
        assert self._tls is not None
        loop = asyncio.get_running_loop()
        upgraded = await loop.start_tls(self._transport, self, self._tls, server_side=True)
        assert isinstance(upgraded, asyncio.Transport)
        self._transport, self._is_encrypted = upgraded, True
        self._end()


def _keep(path: Path, message: bytes) -> None:
    with path.open("wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


async def serve(folder: Path, tls: ssl.SSLContext | None) -> None:
    """Serve on a free port of this machine, which is printed, until killed."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Conversation(folder, tls), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def tls_of(folder: Path) -> ssl.SSLContext:
    """Return the server's side of the encryption."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / CERTIFICATE, folder / KEY)
    return context


if __name__ == "__main__":
    given = Path(sys.argv[1])
    asyncio.run(serve(given, tls_of(given) if sys.argv[2] == "tls" else None))
