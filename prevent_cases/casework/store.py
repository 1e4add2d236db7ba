"""Keep files outside the web root, under random names, and stream them back only to whoever access lets in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.engine import keep
from prevent_cases.casework.files.names import stored_name
from prevent_cases.casework.files.sniff import Inspected
from prevent_cases.casework.kinds import DocumentKind, ScanState
from prevent_cases.casework.models import Case, Document


@dataclass(frozen=True)
class ReceivedFile:
    """A file that passed inspection, with its bytes, ready to be kept."""

    data: bytes
    inspected: Inspected
    title: str
    kind: str = DocumentKind.REFERRAL


def first_scan_state() -> str:
    """Held unreadable until scanned where a scanner is configured; marked as not scanned where none is."""
    return ScanState.WAITING if settings.CLAMD_ADDRESS else ScanState.NOT_SCANNED


def keep_file(*, case: Case, file: ReceivedFile, by: Actor, at: datetime, subject: str = "") -> Document:
    """Store the bytes as they came and write their row."""
    key = default_storage.save(stored_name(), ContentFile(file.data))
    return keep(
        Document(
            case=case, subject=subject, kind=file.kind, title=file.title, file_name=file.inspected.name,
            media_type=file.inspected.media_type, size=file.inspected.size, sha256=file.inspected.sha256,
            store_key=key, scan=first_scan_state(), added_by=by.user, added_at=at,
        ),
        by=by,
        at=at,
    )  # fmt: skip


def keep_rendered(
    *, case: Case, kind: str, title: str, name: str, media_type: str, data: bytes, sha256: str, by: Actor, at: datetime
) -> Document:
    """Keep a document this service made. It needs no scan: nobody uploaded it."""
    key = default_storage.save(stored_name(), ContentFile(data))
    return keep(
        Document(
            case=case, kind=kind, title=title, file_name=name, media_type=media_type, size=len(data), sha256=sha256,
            store_key=key, scan=ScanState.CLEAN, added_by=by.user, added_at=at,
        ),
        by=by,
        at=at,
    )  # fmt: skip


def open_file(document: Document) -> BinaryIO:
    """The stored bytes, as a stream. The caller has been let in by access first."""
    return cast("BinaryIO", default_storage.open(document.store_key, "rb"))
