"""A mail server on this machine that misbehaves as it is told, in real SMTP over real sockets."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

DROP: Final = "drop"
"""In place of a reply: close the connection without a word."""

SILENCE: Final = "silence"
"""In place of a reply: say nothing and wait until the client goes away."""

CUT: Final = "cut"
"""In place of taking a message: close the connection in the middle of it."""

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

    `replies` changes what is said, by command or by a whole line; "." is the end of the message.
    Of several replies each is given once, in order, and then the polite one. `happens` is called
    when a command comes, before the reply. A message counts as taken whatever is said afterwards:
    it was complete. It counts as accepted unless it was refused. `room`: so many connections are
    served at once, and a further one is turned away.
    """

    replies: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    happens: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    room: int = 100
    taken: list[bytes] = field(default_factory=list)
    accepted: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    connections: int = 0
    _given: Counter[str] = field(default_factory=Counter)
    _served: int = 0

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
            self._served += 1
            try:
                if self._served > self.room:
                    connection.sendall(b"421 too many connections\r\n")
                else:
                    self._converse(connection, lines)
            except OSError:
                return
            finally:
                self._served -= 1
                _hang_up(connection)

    def _converse(self, connection: socket.socket, lines: object) -> None:
        going_on = self._say(connection, self._reply("greeting"))
        while going_on:
            line = lines.readline().decode().strip()  # type: ignore[attr-defined]
            if not line:
                return
            verb = line.split()[0].upper()
            self.commands.append(verb)
            self.lines.append(line)
            reply = self._reply(verb, line)
            going_on = self._say(connection, reply) and verb != "QUIT"
            if going_on and verb == "DATA" and reply.startswith("354"):
                going_on = self._take(connection, lines)

    def _take(self, connection: socket.socket, lines: object) -> bool:
        if self._is_cut():
            lines.readline()  # type: ignore[attr-defined]
            return False
        message = _read_message(lines)
        self.taken.append(message)
        reply = self._reply(".")
        if not reply.startswith(("4", "5")):
            self.accepted.append(message)
        return self._say(connection, reply)

    def _is_cut(self) -> bool:
        if self.replies.get(".") != CUT:
            return False
        self.replies = {}
        return True

    def _say(self, connection: socket.socket, reply: str) -> bool:
        if reply == DROP:
            return False
        if reply == SILENCE:
            connection.recv(1)
            return False
        connection.sendall(f"{reply}\r\n".encode())
        return True

    def _reply(self, at: str, line: str = "") -> str:
        if at in self.happens:
            self.happens[at]()
        named = line if line in self.replies else at
        replies = self.replies.get(named, POLITE.get(at, "250 fine"))
        if isinstance(replies, str):
            return replies
        self._given[named] += 1
        turn = self._given[named] - 1
        return replies[turn] if turn < len(replies) else POLITE.get(at, "250 fine")


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
