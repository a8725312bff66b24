"""A mail server on this machine that misbehaves as it is told, in real SMTP over real sockets."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

DROP: Final = "drop"
"""In place of a reply: close the connection without a word."""

SILENCE: Final = "silence"
"""In place of a reply: say nothing and wait until the client goes away."""

POLITE: Final = {
    "greeting": "220 ready",
    "EHLO": "250 here",
    "MAIL": "250 sender noted",
    "RCPT": "250 recipient noted",
    "DATA": "354 go on",
    ".": "250 taken",
    "RSET": "250 forgotten",
    "QUIT": "221 bye",
}


@dataclass
class ScriptedServer:
    """Answers each command as its script says, and remembers what it was given.

    `replies` changes what is said, by command; "." is the end of the message. A message counts as
    taken whatever is said afterwards: it was complete.
    """

    replies: Mapping[str, str] = field(default_factory=dict)
    taken: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            _hang_up(connection)
        self._thread.join(timeout=5)

    @property
    def port(self) -> int:
        """Return the port on 127.0.0.1."""
        return int(self._listener.getsockname()[1])

    def _accept(self) -> None:
        threads = []
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                break
            self.connections += 1
            self._open.append(connection)
            threads.append(threading.Thread(target=self._serve, args=(connection,), daemon=True))
            threads[-1].start()
        for thread in threads:
            thread.join(timeout=5)

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            try:
                self._converse(connection, lines)
            except OSError:
                return
            finally:
                _hang_up(connection)

    def _converse(self, connection: socket.socket, lines: object) -> None:
        going_on = self._say(connection, "greeting")
        while going_on:
            line = lines.readline()  # type: ignore[attr-defined]
            if not line:
                return
            verb = line.decode().split()[0].upper()
            self.commands.append(verb)
            going_on = self._say(connection, verb) and verb != "QUIT"
            if going_on and verb == "DATA" and self._reply("DATA").startswith("354"):
                self.taken.append(_read_message(lines))
                going_on = self._say(connection, ".")

    def _say(self, connection: socket.socket, at: str) -> bool:
        reply = self._reply(at)
        if reply == DROP:
            return False
        if reply == SILENCE:
            connection.recv(1)
            return False
        connection.sendall(f"{reply}\r\n".encode())
        return True

    def _reply(self, at: str) -> str:
        return self.replies.get(at, POLITE.get(at, "250 fine"))


def _read_message(lines: object) -> bytes:
    content = []
    while (line := lines.readline()) not in {b".\r\n", b""}:  # type: ignore[attr-defined]
        content.append(line.removeprefix(b".") if line.startswith(b"..") else line)
    return b"".join(content)


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
