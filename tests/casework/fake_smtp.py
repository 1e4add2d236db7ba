"""A mail server on this machine, as small as SMTP allows: takes mail, declines a mailbox, or hangs up."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class FakeSmtp:
    """``taken`` holds each message as it came; addresses in ``declines`` are refused; ``hangs_up`` takes nothing."""

    port: int = 0
    taken: list[str] = field(default_factory=list)
    declines: set[str] = field(default_factory=set)
    connections: int = 0
    hangs_up: bool = False


@contextmanager
def smtp_running() -> Iterator[FakeSmtp]:
    fake = FakeSmtp()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            fake.connections += 1
            self.say("220 ready")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if fake.hangs_up:
                    return
                if verb == "QUIT":
                    self.say("221 bye")
                    return
                if verb == "RCPT" and any(address in line for address in fake.declines):
                    self.say("550 no such mailbox")
                elif verb == "DATA":
                    self.say("354 go on")
                    fake.taken.append("".join(iter(self.line, ".\r\n")))
                    self.say("250 taken")
                else:
                    self.say("250 good")

        def line(self) -> str:
            return self.rfile.readline().decode()

        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        fake.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield fake
        server.shutdown()
        thread.join()
