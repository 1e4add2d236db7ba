"""Asks a ClamAV daemon about a file, over its INSTREAM command. Anything but a plain "OK" keeps the file shut."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from prevent_cases.casework.files.limits import SCAN_CHUNK, SCAN_SECONDS


class Verdict(StrEnum):
    """What the scanner said. Only CLEAN may ever open a file; UNAVAILABLE means ask again later."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Scan:
    """``detail`` is the name of what was found, or why there is no answer: for those who run the service."""

    verdict: Verdict
    detail: str = ""


def scan(upload: BinaryIO, address: str, seconds: float = SCAN_SECONDS) -> Scan:
    """The daemon's verdict on the whole upload, which is left at its beginning. Never raises for a scanner's fault.

    ``address`` is a socket path ("/run/clamav/clamd.ctl") or "host:port"; empty means none is configured.
    ``seconds`` is the longest silence borne at any one step.
    """
    if not address:
        return Scan(Verdict.UNAVAILABLE, "No scanner is configured.")
    upload.seek(0)
    try:
        with _connect(address, seconds) as connection:
            reply = _stream(connection, upload)
    except (OSError, ValueError) as e:
        return Scan(Verdict.UNAVAILABLE, f"The scanner did not answer ({type(e).__name__}).")
    finally:
        upload.seek(0)
    return _read(reply)


def _connect(address: str, seconds: float) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _stream(connection: socket.socket, upload: BinaryIO) -> bytes:
    """Sends length-prefixed pieces and a zero length. Over its limit the daemon answers early and hangs up."""
    try:
        connection.sendall(b"zINSTREAM\0")
        while piece := upload.read(SCAN_CHUNK):
            connection.sendall(struct.pack(">L", len(piece)) + piece)
        connection.sendall(struct.pack(">L", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < 4096 and (piece := connection.recv(1024)):
        reply += piece
    return reply


def _read(reply: bytes) -> Scan:
    if not reply.endswith(b"\0"):
        return Scan(Verdict.UNAVAILABLE, "The scanner broke off.")
    said = reply[:-1].decode("utf-8", "replace").strip()
    if said == "stream: OK":
        return Scan(Verdict.CLEAN)
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return Scan(Verdict.INFECTED, said.removeprefix("stream: ").removesuffix(" FOUND"))
    return Scan(Verdict.UNAVAILABLE, f"The scanner said: {said[:200]}")
