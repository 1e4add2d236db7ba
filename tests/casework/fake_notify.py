"""A GOV.UK Notify on this machine: remembers what it was sent, answers as the real one does, fails when told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "a_key-11111111-2222-4333-8444-555555555555-66666666-7777-4888-8999-000000000000"


class FakeNotify:
    """``sent`` holds each email as it was posted. ``fails_with`` is the status of the next answers to a post, and
    ``forgets_to_answer`` makes it take a message and break off, as a connection cut short would."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.fails_with = 0
        self.forgets_to_answer = False
        self.address = ""


@contextmanager
def notify_running() -> Iterator[FakeNotify]:
    fake = FakeNotify()

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None: ...

        def do_GET(self) -> None:
            reference = parse_qs(urlsplit(self.path).query)["reference"][0]
            fake.asked.append(reference)
            found = [mail for mail in fake.sent if mail["reference"] == reference]
            self._answer(200, {"notifications": [{"reference": mail["reference"]} for mail in found]})

        def do_POST(self) -> None:
            mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if fake.fails_with:
                self._answer(fake.fails_with, {"errors": [{"error": "BadRequestError", "message": "No."}]})
                return
            fake.sent.append(mail)
            if fake.forgets_to_answer:
                self.close_connection = True
                return
            self._answer(201, {"id": "1", "reference": mail["reference"]})

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    fake.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
