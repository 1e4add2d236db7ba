"""Hand a kept file to a browser: always as a download, never as a page. Whoever calls has been let in by access."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.utils.text import slugify

from prevent_cases.casework.files.names import ending
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.models import Document
from prevent_cases.casework.store import open_file

POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"


def as_attachment(document: Document, reference: str) -> FileResponse:
    """Stream a file's bytes. :raises ValueError: for a file that is held: nothing of it leaves."""
    if not document.is_readable:
        raise ValueError("A held file is not handed out")
    response = FileResponse(
        open_file(document), as_attachment=True, filename=name_of(document, reference), content_type=document.media_type
    )
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def rendered(data: bytes, name: str, media_type: str = "application/pdf") -> HttpResponse:
    """Bytes that this service made just now, as a download under a name of ours."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = POLICY
    return response


def table(lines: str, name: str) -> HttpResponse:
    """A CSV file made just now, which opens in a spreadsheet as UTF-8."""
    return rendered(f"\ufeff{lines}".encode(), name, "text/csv; charset=utf-8")


def name_of(document: Document, reference: str) -> str:
    """What the download is called: the reference and the kind of document, never the name it was sent under, which
    may hold a person's (``PC-4F7K-92MX-referral-as-received-3f2a.docx``)."""
    kind = slugify(DocumentKind(document.kind).label)
    tail = ending(document.file_name)
    return f"{reference}-{kind}-{document.pk.hex[:4]}" + (f".{tail}" if tail else "")
