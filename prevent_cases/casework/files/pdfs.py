"""PDFs: whole, not locked, nothing that runs, nothing packed inside; parsed only in a confined process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from prevent_cases.casework.files.limits import (
    MAX_PAGES,
    PDF_MEMORY,
    PDF_SECONDS,
    PDF_TEXT_CHARACTERS,
    PDF_TEXT_PAGES,
    Reason,
    UnsafeFile,
)

_CHILD = Path(__file__).with_name("pdf_child.py")
_LAST_END = re.compile(rb"%%EOF[\r\n\t \0]*\Z")


@dataclass(frozen=True)
class PdfFacts:
    """``pages`` counts all; ``text`` is of the first PDF_TEXT_PAGES, and only when asked for."""

    pages: int
    text: str = ""


def check_pdf(file: BinaryIO, *, want_text: bool = False) -> PdfFacts:
    """Facts about a PDF that may be kept. Raises UnsafeFile for one that may not. Reads ``file`` whole."""
    file.seek(0)
    data = file.read()
    file.seek(0)
    if not data.startswith(b"%PDF-") or not _LAST_END.search(data[-2048:]):
        raise UnsafeFile(
            Reason.TWO_IN_ONE, "This PDF has something added before its start or after its end. Print it to a new PDF."
        )
    found = _ask_child(data, PDF_TEXT_PAGES if want_text else 0)
    if found.get("heavy"):
        raise UnsafeFile(Reason.BOMB, "This PDF takes too much to open. Print it to a new PDF, or send it in parts.")
    if found.get("encrypted"):
        raise UnsafeFile(
            Reason.ENCRYPTED, "This PDF is protected by a password. Send a copy without one, by a secure route."
        )
    if found.get("damaged") or not found.get("pages"):
        raise UnsafeFile(Reason.DAMAGED, "This PDF is damaged and cannot be opened. Ask for a new copy.")
    if found["active"]:
        raise UnsafeFile(Reason.ACTIVE, "This PDF would run or send something when opened. Print it to a new PDF.")
    if found["embedded"]:
        raise UnsafeFile(Reason.ACTIVE, "This PDF has another file packed inside it. Send each file by itself.")
    if found["pages"] > MAX_PAGES:
        raise UnsafeFile(Reason.TOO_LARGE, f"This PDF has more than {MAX_PAGES} pages. Send it in parts.")
    return PdfFacts(pages=found["pages"], text=found["text"])


def _ask_child(data: bytes, pages: int) -> dict[str, Any]:
    limits = [str(number) for number in (PDF_SECONDS, PDF_MEMORY, pages, PDF_TEXT_CHARACTERS)]
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD), *limits],
            input=data,
            capture_output=True,
            timeout=PDF_SECONDS + 5,
            env={},
            check=False,
        )
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {"heavy": True}
    return found if isinstance(found, dict) else {"heavy": True}
