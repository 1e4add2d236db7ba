"""What is typed and not yet sent: saved as it is typed, opened at any host, forgotten when it is sent or a day later.

The files lie in the same storage as every other, under random names; the row alone leads to them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.casework import access
from prevent_cases.casework.clocks import DRAFT_KEPT
from prevent_cases.casework.files.limits import MAX_FILES, MAX_TOGETHER, MEGABYTE
from prevent_cases.casework.files.names import stored_name
from prevent_cases.casework.models import Draft, Submission
from prevent_cases.casework.workflow import Refused

NamedBytes = tuple[str, bytes]


def open_draft(*, key: UUID, by: Actor) -> Draft | None:
    """This person's own draft under a key, if there is one."""
    with access.oneself(by):
        return Draft.objects.filter(pk=key).first()


def own_drafts(*, by: Actor, at: datetime, most: int) -> list[Draft]:
    """This person's own drafts, newest first; those that should have been deleted by now are left out."""
    with access.oneself(by):
        rows = Draft.objects.filter(by=by.user_id, saved_at__gte=at - DRAFT_KEPT)
        return list(rows.order_by("-saved_at")[:most])


def save_draft(
    *, key: UUID, kind: str, typed: dict[str, Any], add: Sequence[NamedBytes] = (), drop: Collection[str] = (),
    by: Actor, at: datetime,
) -> Draft | None:  # fmt: skip
    """Keep what was typed, add files (name and bytes), drop others by their stored name. None once it was sent.

    :raises Refused: for too many files, or a key that is somebody else's
    """
    if Submission.objects.filter(key=key).exists():
        return None
    added = [(default_storage.save(stored_name(), ContentFile(data)), name) for name, data in add]
    try:
        with access.oneself(by):
            draft = Draft.objects.select_for_update().filter(pk=key).first() or Draft(pk=key, kind=kind, by=by.user)
            dropped = [file["store_key"] for file in draft.files if file["store_key"] in drop]
            draft.files = [file for file in draft.files if file["store_key"] not in drop]
            draft.files += [
                {"store_key": stored, "file_name": name, "size": len(data)}
                for (stored, name), (_, data) in zip(added, add, strict=True)
            ]
            _must_be_few(draft)
            draft.typed, draft.saved_at = typed, at
            draft.save()
    except IntegrityError as error:
        _delete([stored for stored, _ in added])
        raise Refused("This page cannot be used any more. Start again.") from error
    except Refused:
        _delete([stored for stored, _ in added])
        raise
    _delete(dropped)
    return draft


def bytes_of(file: dict[str, str]) -> bytes:
    """The bytes of one of a draft's files. :raises Refused: when they are gone."""
    try:
        with default_storage.open(file["store_key"], "rb") as stored:
            return bytes(stored.read())
    except FileNotFoundError as error:
        raise Refused(f"“{file['file_name']}” is no longer kept. Add it again.") from error


def forget_draft(*, key: UUID, by: Actor) -> None:
    """Delete a draft that was sent, in the transaction that sends it; its files go when that commits."""
    with access.oneself(by):
        _forget(Draft.objects.filter(pk=key))


def forget_old_drafts(*, at: datetime) -> int:
    """Delete drafts last saved more than a day ago, with their files. Says how many."""
    with access.oneself(the_service("forget_drafts")):
        return _forget(Draft.objects.select_for_update(skip_locked=True).filter(saved_at__lt=at - DRAFT_KEPT))


def _must_be_few(draft: Draft) -> None:
    if len(draft.files) > MAX_FILES:
        raise Refused(f"A referral may have up to {MAX_FILES} files. Take some away first.")
    if sum(file["size"] for file in draft.files) > MAX_TOGETHER:
        raise Refused(f"The files together are over {MAX_TOGETHER // MEGABYTE} MB. Take some away first.")


def _forget(drafts: Any) -> int:
    found = list(drafts)
    for draft in found:
        stored = [file["store_key"] for file in draft.files]
        draft.delete()
        transaction.on_commit(partial(_delete, stored))
    return len(found)


def _delete(stored: Sequence[str]) -> None:
    for key in stored:
        default_storage.delete(key)
