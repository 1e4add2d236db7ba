"""Files that a referral may come in, made in code."""

from __future__ import annotations

import io
from datetime import datetime
from email.message import EmailMessage

from docx import Document as WordDocument
from pypdf import PdfWriter

from prevent_cases.casework.files.sniff import inspect
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.store import ReceivedFile


def an_eml(body: str = "Please see the referral below.", subject: str = "CTP/2026/0001", *,
           sender: str = "desk@ctp.example", sent_at: datetime | None = None) -> bytes:  # fmt: skip
    message = EmailMessage()
    message["From"] = f"Sergeant A. Lumb <{sender}>"
    message["To"] = "ssu@council.example"
    message["Subject"] = subject
    if sent_at:
        message["Date"] = sent_at
    message.set_content(body)
    return message.as_bytes()


def a_docx(*paragraphs: str) -> bytes:
    document, out = WordDocument(), io.BytesIO()
    for paragraph in paragraphs or ("A letter.",):
        document.add_paragraph(paragraph)
    document.save(out)
    return out.getvalue()


def a_pdf(pages: int = 1) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def received_file(
    data: bytes | None = None, name: str = "referral.eml", *, title: str = "", kind: str = DocumentKind.REFERRAL
) -> ReceivedFile:
    """A file that passed inspection, as the upload form hands it to an operation."""
    data = an_eml() if data is None else data
    return ReceivedFile(data, inspect(io.BytesIO(data), name), title or "Referral", kind)
