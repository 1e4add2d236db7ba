"""A PDF's words, taken out in a confined process, and what they say of sender, reference and date."""

from __future__ import annotations

import io

from prevent_cases.casework.files.pdfs import check_pdf
from referrals.reading.letter import ReadLetter, read_letter


def read_pdf(data: bytes) -> tuple[ReadLetter, str]:
    """The letter and its text; both empty for a scan, which holds a picture and no words. Raises UnsafeFile."""
    text = check_pdf(io.BytesIO(data), want_text=True).text.strip()
    return read_letter(text), text
