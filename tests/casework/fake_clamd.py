"""A peer that speaks clamd's protocol over a real socket, well or badly, so the client meets bytes and not a mock."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

Behaviour = Callable[[socket.socket], None]


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            raise ConnectionError("the client hung up")
        data += piece
    return data


def receive(connection: socket.socket) -> bytes:
    """The command and the whole stream, as clamd reads them; raises AssertionError when the client strays."""
    command = _exactly(connection, len(b"zINSTREAM\0"))
    assert command == b"zINSTREAM\0", command
    data = b""
    while length := struct.unpack(">L", _exactly(connection, 4))[0]:
        data += _exactly(connection, length)
    return data


def honest(connection: socket.socket) -> None:
    data = receive(connection)
    connection.sendall(b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in data else b"stream: OK\0")


def saying(reply: bytes) -> Behaviour:
    def behave(connection: socket.socket) -> None:
        receive(connection)
        connection.sendall(reply)

    return behave


def over_its_limit(connection: socket.socket) -> None:
    """Reads a little, complains and hangs up with data unread, as clamd does above StreamMaxLength."""
    _exactly(connection, 20_000)
    connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")


def silent(connection: socket.socket) -> None:
    receive(connection)
    with contextlib.suppress(OSError):
        connection.recv(1)


def hanging_up(connection: socket.socket) -> None:
    _exactly(connection, 4)


def in_drops(connection: socket.socket) -> None:
    receive(connection)
    for byte in b"stream: OK\0":
        connection.sendall(bytes([byte]))


@contextlib.contextmanager
def listening(behave: Behaviour, place: Path | None = None) -> Iterator[str]:
    """The address of a daemon that serves every connection with ``behave``; a socket path, or TCP on this machine."""
    if place:
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(str(place))
        server.listen()
        address = str(place)
    else:
        server = socket.create_server(("127.0.0.1", 0))
        address = f"127.0.0.1:{server.getsockname()[1]}"

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                behave(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield address
    finally:
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)
