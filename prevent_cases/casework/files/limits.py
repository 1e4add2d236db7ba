"""What a file may be and how large, and the one refusal. Every number about uploads is here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from prevent_cases.casework.workflow import Refused

MEGABYTE = 1024 * 1024

MAX_BYTES = 25 * MEGABYTE
MAX_FILES = 20
MAX_TOGETHER = 50 * MEGABYTE
"""Bytes of all files sent at once, or kept with what is being typed: a web process holds them while it works."""
MAX_PIXELS = 40_000_000
MAX_PAGES = 500
MAX_NAME = 100
"""Characters of a display name, ending included."""

MAX_ZIP_ENTRIES = 1_000
MAX_UNPACKED = 60 * MEGABYTE
MAX_XML = 16 * MEGABYTE
"""Unpacked bytes of all XML parts of one document together: they are parsed, so they weigh more than pictures."""
MAX_XML_ELEMENTS = 300_000
MAX_XML_DEPTH = 200
MAX_RATIO = 100
"""Unpacked bytes for each packed byte, for any part above RATIO_APPLIES_ABOVE and for the whole."""
RATIO_APPLIES_ABOVE = MEGABYTE

MAX_MAIL_PARTS = 200
MAX_MAIL_DEPTH = 3
"""Emails inside emails."""
MAIL_SECONDS = 20.0
"""For all attachments of one email together; the next is not begun after that."""

PDF_SECONDS = 10
PDF_MEMORY = 768 * MEGABYTE
PDF_TEXT_PAGES = 20
PDF_TEXT_CHARACTERS = 200_000

SCAN_CHUNK = 64 * 1024
SCAN_SECONDS = 30.0


class Reason(StrEnum):
    """Why a file was refused, for counting and for tests; the sentence is for people."""

    TOO_MANY = "too-many"
    TOO_LARGE = "too-large"
    EMPTY = "empty"
    NAME = "name"
    NOT_ALLOWED = "not-allowed"
    MISNAMED = "misnamed"
    PROGRAM = "program"
    MACROS = "macros"
    ACTIVE = "active"
    ENCRYPTED = "encrypted"
    TWO_IN_ONE = "two-in-one"
    BOMB = "bomb"
    DAMAGED = "damaged"


DANGEROUS = frozenset({Reason.PROGRAM, Reason.MACROS, Reason.ACTIVE, Reason.TWO_IN_ONE, Reason.BOMB})
"""Reasons for which an email is refused whole when one of its attachments has them."""


class UnsafeFile(Refused):
    """The file may not be kept. The message is fit to show; ``reason`` says which rule spoke."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True)
class Kind:
    """One sort of file that may come in. ``endings`` are lower case, without the dot; the first is the usual one."""

    key: str
    called: str
    media_type: str
    endings: tuple[str, ...]


KINDS = {
    kind.key: kind
    for kind in (
        Kind("eml", "an email (.eml)", "message/rfc822", ("eml",)),
        Kind(
            "docx",
            "a Word document (.docx)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("docx",),
        ),
        Kind("pdf", "a PDF", "application/pdf", ("pdf",)),
        Kind("png", "a PNG picture", "image/png", ("png",)),
        Kind("jpg", "a JPEG picture", "image/jpeg", ("jpg", "jpeg")),
        Kind("txt", "plain text (.txt)", "text/plain", ("txt",)),
        Kind("csv", "a CSV file", "text/csv", ("csv",)),
    )
}
REFERRAL_KINDS = frozenset({"eml", "docx", "pdf", "png", "jpg", "txt"})
REGISTER_KINDS = frozenset({"csv"})


def in_words(allow: frozenset[str]) -> str:
    """The allowed kinds as the end of a sentence: "an email (.eml), a PDF or plain text (.txt)"."""
    called = [kind.called for kind in KINDS.values() if kind.key in allow]
    return called[0] if len(called) == 1 else f"{', '.join(called[:-1])} or {called[-1]}"
