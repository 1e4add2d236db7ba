"""Import the register extract: all of the file in one transaction, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.drafts import forget_draft
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals.matching.keys import keys_for
from referrals.matching.names import match_name
from referrals.models import RegisterEntry, RegisterImport, RegisterKey
from referrals.policy import register_importer
from referrals.queries.register import held_entries, latest_import
from referrals.register.columns import FIELDS, RegisterRow
from referrals.register.plan import Plan, plan
from referrals.register.reading import Reading

Row = TypeVar("Row")
AT_ONCE = 2_000
OVERWRITTEN = [*FIELDS, "match_name", "last_import", "ended_at"]


@transaction.atomic
def import_register(
    *, reading: Reading, file_name: str, confirmed: bool = False, seen: UUID | None = None, key: UUID | None = None,
    by: Actor, at: datetime,
) -> RegisterImport:  # fmt: skip
    """Bring the register to what the file says: add, change, bring back, and end whoever it leaves out.

    ``seen`` is the last import when the preview was made, ``key`` the draft that held the file, where there was one.
    ``confirmed`` says that somebody looked at a file that leaves out suspiciously many.

    :raises NotAllowed: unless by a member of the SSU or the nightly job
    :raises StaleRecord: if another import came after the preview
    :raises Refused: for a file with a fault in any row, or that looks cut and is not confirmed
    """
    if not register_importer.allows(by, None):
        raise NotAllowed(f"This may only be done by {register_importer.says}.")
    _one_import_at_a_time()
    latest = latest_import()
    if seen is not None and (latest is None or latest.pk != seen):
        raise StaleRecord("The register was imported again after you saw this preview. Look at it as it is now.")
    found = plan(reading, held_entries())
    if not found.is_importable:
        raise Refused(f"Nothing was imported. {found.rejects[0]}")
    if found.warning and not confirmed:
        raise Refused(found.warning)
    made = RegisterImport.objects.create(
        at=at, by=by.user, file_name=file_name[:200], sha256=reading.sha256, rows=len(reading.rows),
        added=len(found.adds), changed=len(found.changes) + len(found.returns), ended=len(found.ended),
    )  # fmt: skip
    _write(found, made)
    for numbers in _in_pieces(found.ended):
        RegisterEntry.objects.filter(mosaic_id__in=numbers).update(ended_at=at, last_import=made)
    if key is not None:
        forget_draft(key=key, by=by)
    return made


def _one_import_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('referrals.import_register'))")


def _write(found: Plan, made: RegisterImport) -> None:
    """Add the new ones; overwrite the changed ones in place. Keys are made again only where they would differ."""
    for rows in _in_pieces(found.adds):
        _write_keys(RegisterEntry.objects.bulk_create([_entry(row, made) for row in rows]), rows)
    for changes in _in_pieces([*found.changes, *found.returns]):
        rows = [change.row for change in changes]
        entries = RegisterEntry.objects.bulk_create(
            [_entry(row, made) for row in rows],
            update_conflicts=True,
            unique_fields=["mosaic_id"],
            update_fields=OVERWRITTEN,
        )
        pairs = [pair for pair in zip(entries, changes, strict=True) if pair[1].is_found_otherwise]
        RegisterKey.objects.filter(entry__in=[entry.pk for entry, _ in pairs]).delete()
        _write_keys([entry for entry, _ in pairs], [change.row for _, change in pairs])


def _entry(row: RegisterRow, made: RegisterImport) -> RegisterEntry:
    values = dict(zip(FIELDS, row.values, strict=True))
    return RegisterEntry(mosaic_id=row.mosaic_id, match_name=match_name(row.facts), last_import=made, **values)


def _write_keys(entries: Sequence[RegisterEntry], rows: Sequence[RegisterRow]) -> None:
    """One statement for all of them: rows of two columns go in as two arrays."""
    pairs = [(key, entry.pk) for entry, row in zip(entries, rows, strict=True) for key in keys_for(row.facts)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO referrals_registerkey (key, entry_id) SELECT * FROM unnest(%s::text[], %s::bigint[])",
            [[key for key, _ in pairs], [entry for _, entry in pairs]],
        )


def _in_pieces(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for begin in range(0, len(rows), AT_ONCE):
        yield rows[begin : begin + AT_ONCE]
