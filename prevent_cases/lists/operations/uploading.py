"""Do what an uploaded list says, and forget the file."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import ListUpload
from prevent_cases.accounts.nomination_list import Unreadable
from prevent_cases.accounts.operations import apply_list
from prevent_cases.accounts.refusals import Refused
from prevent_cases.casework.drafts import forget_draft


@transaction.atomic
def apply_upload(*, data: bytes, file_name: str, key: UUID, seen: str, by: Actor, at: datetime) -> ListUpload | None:
    """Apply a list as it was previewed; the same key twice is done once.

    :raises StaleRecord: if a list it touches changed since the preview
    :raises Refused: where the file has a fault by now
    """
    try:
        done = apply_list(data=data, file_name=file_name, key=key, seen=seen, by=by, at=at)
    except Unreadable as wrong:
        raise Refused(f"Nothing was changed. {wrong.problems[0]}") from wrong
    forget_draft(key=key, by=by)
    return done
