"""What an upload really is. Decided by parsing; the name is only compared with the finding, never believed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import BinaryIO

from prevent_cases.casework.files import names
from prevent_cases.casework.files.images import check_image
from prevent_cases.casework.files.limits import (
    DANGEROUS,
    KINDS,
    MAIL_SECONDS,
    MAX_BYTES,
    MAX_FILES,
    MAX_MAIL_DEPTH,
    MEGABYTE,
    REFERRAL_KINDS,
    Reason,
    UnsafeFile,
)
from prevent_cases.casework.files.mail import files_in, parse_mail
from prevent_cases.casework.files.office import check_docx
from prevent_cases.casework.files.pdfs import check_pdf
from prevent_cases.casework.files.recognise import check_ending, recognise, two_in_one
from prevent_cases.casework.files.texts import writing_of
from prevent_cases.casework.files.zips import has_zip_inside

_HEAD = 8192


@dataclass(frozen=True)
class Inspected:
    """A file that may be kept.

    ``kind`` is a key of ``limits.KINDS``; ``media_type`` is ours, not the browser's; ``name`` is fit to show and to
    offer for download; ``size`` is in bytes; ``sha256`` is 64 hex digits. ``pages`` for a PDF, ``pixels`` (width,
    height) for a picture, else None. ``encoding`` is Python's name for the writing of a text or CSV file, else "".
    ``notes`` are sentences for the person: what was set aside or deserves care.
    """

    kind: str
    media_type: str
    name: str
    size: int
    sha256: str
    pages: int | None = None
    pixels: tuple[int, int] | None = None
    encoding: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A file inside an email, inspected; ``is_inline`` when the letter shows it, as it does a crest."""

    inspected: Inspected
    data: bytes
    is_inline: bool


@dataclass(frozen=True)
class _Opening:
    """How far one inspection has gone: files kept so far, emails deep, and the moment after which it stops."""

    kept: list[Kept]
    depth: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + MAIL_SECONDS)


def inspect_all(
    uploads: Iterable[tuple[BinaryIO, str]], allow: frozenset[str] = REFERRAL_KINDS
) -> tuple[Inspected, ...]:
    """Each (upload, filename) inspected, in order. Raises UnsafeFile for the first refused, or for more than 20."""
    every = list(uploads)
    if len(every) > MAX_FILES:
        raise UnsafeFile(Reason.TOO_MANY, f"You can add up to {MAX_FILES} files at once.")
    return tuple(inspect(upload, filename, allow) for upload, filename in every)


def inspect(upload: BinaryIO, filename: str, allow: frozenset[str] = REFERRAL_KINDS) -> Inspected:
    """What the upload is, when it may be kept; the upload is left at its beginning.

    ``upload`` must be seekable, as Django's uploaded files are; at most 25 MB of it is ever read. ``allow`` holds
    keys of ``limits.KINDS``. Raises UnsafeFile, whose text is fit to show, for everything else.
    """
    return _inspect(upload, filename, allow, _Opening([]))


def open_mail(upload: BinaryIO, filename: str) -> tuple[Inspected, tuple[Kept, ...]]:
    """An email that may be kept, with every file in it that may be: those of emails inside it too, after them.

    Raises UnsafeFile as ``inspect`` does, and for what is not an email.
    """
    kept: list[Kept] = []
    return _inspect(upload, filename, frozenset({"eml"}), _Opening(kept)), tuple(kept)


def _inspect(upload: BinaryIO, filename: str, allow: frozenset[str], opening: _Opening) -> Inspected:
    name, end = names.safe_name(filename), names.ending(filename)
    check_ending(end)
    size, sha256 = _measure(upload)
    kind = recognise(upload.read(_HEAD), end, allow)
    upload.seek(0)
    if kind != "docx" and has_zip_inside(upload):
        raise two_in_one()
    shown = name if end else f"{name}.{KINDS[kind].endings[0]}"
    found = Inspected(kind=kind, media_type=KINDS[kind].media_type, name=shown, size=size, sha256=sha256)
    found = _with_what_is_inside(found, upload, opening)
    upload.seek(0)
    return found


def _measure(upload: BinaryIO) -> tuple[int, str]:
    """Size in bytes and hash, reading in pieces and stopping at the ceiling."""
    too_large = UnsafeFile(
        Reason.TOO_LARGE, f"The file is over {MAX_BYTES // MEGABYTE} MB. Send a smaller copy, or send it in parts."
    )
    declared = getattr(upload, "size", None)
    if isinstance(declared, int) and declared > MAX_BYTES:
        raise too_large
    upload.seek(0)
    size, digest = 0, hashlib.sha256()
    while piece := upload.read(64 * 1024):
        size += len(piece)
        if size > MAX_BYTES:
            raise too_large
        digest.update(piece)
    if not size:
        raise UnsafeFile(Reason.EMPTY, "The file is empty. Check it opens on your computer, then try again.")
    upload.seek(0)
    return size, digest.hexdigest()


def _with_what_is_inside(found: Inspected, upload: BinaryIO, opening: _Opening) -> Inspected:
    if found.kind == "docx":
        return replace(found, notes=check_docx(upload, found.size))
    if found.kind == "pdf":
        return replace(found, pages=check_pdf(upload).pages)
    data = upload.read()
    if found.kind in ("png", "jpg"):
        return replace(found, pixels=check_image(data, found.kind))
    if found.kind == "eml":
        return replace(found, notes=_check_mail(data, opening))
    return replace(found, encoding=writing_of(data))


def _check_mail(data: bytes, opening: _Opening) -> tuple[str, ...]:
    """Adds the attachments that may be kept to ``opening.kept``, and returns notes on those set aside.

    An attachment that could do harm refuses the whole email. Pictures shown in the letter are not counted: long
    threads carry a crest in every reply.
    """
    if opening.depth > MAX_MAIL_DEPTH:
        raise UnsafeFile(Reason.BOMB, "This email has too many emails inside each other, so it was not opened.")
    notes: list[str] = []
    attached = 0
    for part in files_in(parse_mail(data)):
        attached += not part.is_inline
        if attached > MAX_FILES:
            raise UnsafeFile(Reason.TOO_MANY, f"This email has more than {MAX_FILES} attachments. Send them in parts.")
        if time.monotonic() > opening.until:
            raise UnsafeFile(Reason.BOMB, "The attachments of this email take too long to open. Send them in parts.")
        shown = names.safe_name(part.name)
        inner = replace(opening, kept=[], depth=opening.depth + 1)
        try:
            found = _inspect(BytesIO(part.data), part.name, REFERRAL_KINDS, inner)
        except UnsafeFile as refused:
            if refused.reason in DANGEROUS:
                raise UnsafeFile(refused.reason, f"The attachment “{shown}” cannot be accepted. {refused}") from refused
            if part.name and not part.is_inline:
                notes.append(f"The attachment “{shown}” was set aside. {refused}")
        else:
            opening.kept.extend([Kept(found, part.data, part.is_inline), *inner.kept])
            notes += found.notes
    return tuple(notes)
