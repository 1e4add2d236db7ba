"""The scanner: only its plain "OK" opens a file; silence, lies and faults keep it shut."""

from __future__ import annotations

import io
import socket

import pytest

from prevent_cases.casework.files.scan import Scan, Verdict, scan
from tests.casework import fake_clamd
from tests.casework.fake_clamd import EICAR, listening

SECONDS = 2.0


@pytest.fixture(params=["unix", "tcp"])
def place(request, tmp_path):
    return tmp_path / "clamd.ctl" if request.param == "unix" else None


def test_a_clean_file_is_cleared(place):
    with listening(fake_clamd.honest, place) as address:
        assert scan(io.BytesIO(b"hello" * 50_000), address, SECONDS) == Scan(Verdict.CLEAN)


def test_an_infected_file_is_named_wherever_the_mark_lies(place):
    with listening(fake_clamd.honest, place) as address:
        found = scan(io.BytesIO(b"a" * (64 * 1024 - 10) + EICAR), address, SECONDS)
    assert found == Scan(Verdict.INFECTED, "Win.Test.EICAR_HDB-1")


def test_the_whole_upload_is_sent_from_its_beginning_and_left_there():
    upload = io.BytesIO(EICAR + b"b" * 100)
    upload.seek(90)
    with listening(fake_clamd.honest) as address:
        assert scan(upload, address, SECONDS).verdict == Verdict.INFECTED
    assert upload.tell() == 0


def test_an_answer_in_drops_is_put_together():
    with listening(fake_clamd.in_drops) as address:
        assert scan(io.BytesIO(b"hello"), address, SECONDS).verdict == Verdict.CLEAN


@pytest.mark.parametrize(
    "reply",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"stream: OK",
        b"OK\0",
        b"stream: OK but FOUNDER\0",
        b"stream: OK\nmore\0",
        b"",
        b"\0",
        b"\xff\xfe\0",
        b"a" * 10_000,
    ],
)
def test_any_other_answer_keeps_it_shut(reply):
    with listening(fake_clamd.saying(reply)) as address:
        assert scan(io.BytesIO(b"hello"), address, SECONDS).verdict == Verdict.UNAVAILABLE


@pytest.mark.parametrize("behave", [fake_clamd.silent, fake_clamd.hanging_up])
def test_a_scanner_that_fails_in_the_middle_keeps_it_shut(behave, place):
    with listening(behave, place) as address:
        assert scan(io.BytesIO(b"a" * 3_000_000), address, 0.3).verdict == Verdict.UNAVAILABLE


def test_a_scanner_over_its_limit_keeps_it_shut(place):
    with listening(fake_clamd.over_its_limit, place) as address:
        assert scan(io.BytesIO(b"a" * 20_000_000), address, SECONDS).verdict == Verdict.UNAVAILABLE


def test_no_scanner_keeps_it_shut(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as spare:
        closed = f"127.0.0.1:{spare.getsockname()[1]}"
    for address in ("", str(tmp_path / "none.ctl"), closed, "127.0.0.1:not-a-port", "nonsense"):
        assert scan(io.BytesIO(b"hello"), address, SECONDS).verdict == Verdict.UNAVAILABLE


def test_what_the_scanner_says_of_a_fault_holds_nothing_of_the_file():
    with listening(fake_clamd.saying(b"stream: broke ERROR\0")) as address:
        assert "canary" not in scan(io.BytesIO(b"canary"), address, SECONDS).detail
