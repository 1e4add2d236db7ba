"""Files beside a draft: typed, scanned or photographed. Pictures lose their position, date and camera on the way in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.drafts import NamedBytes
from prevent_cases.casework.files.limits import MAX_FILES, MAX_TOGETHER, MEGABYTE
from prevent_cases.casework.files.names import stored_name
from prevent_cases.casework.workflow import Refused
from referrals.models import Concern
from referrals.operations.concerns import to_write, touch


def add_files(*, concern_id: UUID, add: Sequence[NamedBytes], by: Actor, at: datetime) -> Concern:
    """Keep these files (name and bytes) beside the draft.

    :raises NotAllowed: if it is not this person's to write
    :raises Refused: for too many, or too much together
    """
    added = [(default_storage.save(stored_name(), ContentFile(data)), name, len(data)) for name, data in add]
    try:
        with access.oneself(by):
            concern = to_write(concern_id, by)
            concern.files += [{"store_key": key, "file_name": name, "size": size} for key, name, size in added]
            _must_be_few(concern)
            touch(concern, at=at)
            concern.save()
    except Refused:
        for key, _, _ in added:
            default_storage.delete(key)
        raise
    return concern


def drop_file(*, concern_id: UUID, store_key: str, by: Actor, at: datetime) -> Concern:
    """Take one file away. Taking it away twice is taking it away. :raises NotAllowed: if it is not theirs to write."""
    with access.oneself(by):
        concern = to_write(concern_id, by)
        if any(file["store_key"] == store_key for file in concern.files):
            concern.files = [file for file in concern.files if file["store_key"] != store_key]
            touch(concern, at=at)
            concern.save()
            transaction.on_commit(partial(default_storage.delete, store_key))
    return concern


def _must_be_few(concern: Concern) -> None:
    if len(concern.files) > MAX_FILES:
        raise Refused(f"A referral may have up to {MAX_FILES} files. Take some away first.")
    if sum(file["size"] for file in concern.files) > MAX_TOGETHER:
        raise Refused(f"The files together are over {MAX_TOGETHER // MEGABYTE} MB. Take some away first.")
