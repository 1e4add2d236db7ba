"""Plain text and CSV: is it really text, and in which writing."""

from __future__ import annotations

import re

from prevent_cases.casework.files.limits import Reason, UnsafeFile

_WEB_PAGE = re.compile(
    rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?php)|<\?xml|javascript:", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file reads as text: it has a text mark, or no NUL or other control character."""
    return head.startswith(tuple(mark for mark, _ in _MARKS)) or not _CONTROL.search(head.decode("latin-1"))


def writing_of(data: bytes) -> str:
    """The Python name of the text's encoding: by its mark, else UTF-8, else windows-1252 (which Notepad once wrote).

    Raises UnsafeFile for bytes that are not text: a NUL or other control character, or a web page or script.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    for candidate in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            text = data.decode(candidate)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            raise UnsafeFile(Reason.NOT_ALLOWED, "This is not plain text: it holds characters that no text file has.")
        if _WEB_PAGE.search(text[:8192].encode("utf-8", "replace")):
            raise UnsafeFile(Reason.ACTIVE, "This is a web page or a script, not plain text. Send a PDF of it instead.")
        return candidate
    raise UnsafeFile(Reason.NOT_ALLOWED, "This is not plain text: its characters cannot be read.")
