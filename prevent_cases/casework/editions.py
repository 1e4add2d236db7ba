"""A council's own editions of a procedure: prepared by several people, published for a day to come, taken back before.

An edition takes effect on a day after it is published, and never one published within the last minutes before that
day: every process reads the editions again after a minute (procedure.READ_EVERY), so none can miss it (ADR 0013).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import edition_parts, procedure
from prevent_cases.casework.days import civil_date, civil_time
from prevent_cases.casework.models import EditionTakenBack, PreparedEdition, ProcedureEdition
from prevent_cases.casework.policy import may_prepare_edition, may_publish_edition
from prevent_cases.casework.procedure import Edition, Procedure
from prevent_cases.casework.rules import Rule
from prevent_cases.casework.wording import weekday
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord

LATEST_HOUR = time(23, 45)
"""After this, what is published or taken back may no longer concern the day that begins at midnight."""

WHY_LENGTH = ProcedureEdition._meta.get_field("why").max_length or 0  # noqa: SLF001 Django's own name
ANOTHER = "Somebody else has changed this since you opened it. Look at it as it is now, then make your change again."


def read() -> list[Edition]:
    """Every edition that was not taken back: one statement."""
    rows = ProcedureEdition.objects.filter(taken_back__isnull=True)
    found = rows.values_list("procedure_key", "number", "effective_from", "changes")
    return [Edition(*row) for row in found]


def earliest_day(at: datetime) -> date:
    """The first day on which an edition published at this moment may take effect."""
    return civil_date(at) + timedelta(days=1 + (civil_time(at) >= LATEST_HOUR))


def prepared(procedure_key: str) -> PreparedEdition:
    """The edition being prepared; an empty one, not saved, where nobody has begun."""
    return PreparedEdition.objects.filter(pk=procedure_key).first() or PreparedEdition(procedure_key=procedure_key)


def as_prepared(procedure_key: str, changes: Mapping[str, Any], on: date) -> Procedure:
    """The procedure of a day with these changes put in, for a preview."""
    return procedure.changed(procedure.in_force(procedure_key, on), changes, number=-1)


@transaction.atomic
def prepare(
    *, procedure_key: str, part: str, key: str, value: Any, by: Actor, at: datetime, version: int
) -> PreparedEdition:
    """Put one part into the edition being prepared; ``value`` None leaves it as it is in force.

    ``part`` is texts, labels, lengths, reasons or prompts; ``key`` names the text, label, clock or act (prompts have
    none).

    :raises NotAllowed: unless a keeper of the lists or the unit's lead prepares it
    :raises StaleRecord: if another changed it since
    :raises Refused: for a value that could not be published, saying what is wrong with it
    """
    _allow(may_prepare_edition, by)
    base = _base(procedure_key)
    row = _locked(procedure_key, version)
    if value is None:
        _leave_out(row.changes, part, key)
    else:
        wanted = {part: value} if part == "prompts" else {part: {key: value}}
        edition_parts.check(wanted, base)
        if _says_nothing_new(wanted, procedure.in_force(procedure_key, civil_date(at))):
            _leave_out(row.changes, part, key)
        elif part == "prompts":
            row.changes[part] = value
        else:
            row.changes.setdefault(part, {})[key] = value
    return _keep(row, by, at)


@transaction.atomic
def publish(
    *, procedure_key: str, changes: Mapping[str, Any], effective_from: date, why: str, by: Actor, at: datetime,
    version: int | None = None,
) -> ProcedureEdition:  # fmt: skip
    """Publish an edition: cases received from that day on follow it, and no other case changes.

    ``version`` is that of the edition being prepared, as the publisher saw it; publishing empties that. This process
    reads the editions again as soon as the transaction is kept; every other within a minute.

    :raises NotAllowed: unless the lists' manager or the unit's lead publishes it
    :raises StaleRecord: if what was being prepared has changed since
    :raises Refused: for a day too soon, no reason, nothing new, or a part that cannot stand, saying which
    """
    _allow(may_publish_edition, by)
    base = _base(procedure_key)
    row = _locked(procedure_key, version)
    words = why.strip()
    if not words:
        raise Refused("Say why this edition is published.", field="why")
    if len(words) > WHY_LENGTH:
        raise Refused(f"The reason must be {WHY_LENGTH} characters or fewer.", field="why")
    if effective_from < earliest_day(at):
        soonest = weekday(earliest_day(at))
        raise Refused(f"The day must be {soonest} or later, so that no case misses it.", field="effective_from")
    if not any(part == "prompts" or changes[part] for part in changes):
        raise Refused("Nothing has been prepared.")
    edition_parts.check(changes, base)
    procedure.read_again()
    if _says_nothing_new(changes, procedure.in_force(procedure_key, effective_from)):
        raise Refused("Nothing here differs from what is in force on that day.")
    last = ProcedureEdition.objects.filter(procedure_key=procedure_key).aggregate(Max("number"))["number__max"] or 0
    edition = ProcedureEdition.objects.create(
        procedure_key=procedure_key, number=last + 1, effective_from=effective_from, changes=dict(changes), why=words,
        by=by.user, at=at,
    )  # fmt: skip
    row.changes = {}
    _keep(row, by, at)
    transaction.on_commit(procedure.read_again)
    return edition


@transaction.atomic
def take_back(*, edition: ProcedureEdition, by: Actor, at: datetime) -> EditionTakenBack:
    """Take back an edition that no case follows yet. It stays in the list.

    :raises NotAllowed: unless the lists' manager or the unit's lead takes it back
    :raises Refused: if it has been taken back already, or is in force or about to be
    """
    _allow(may_publish_edition, by)
    _locked(edition.procedure_key, None)
    if EditionTakenBack.objects.filter(edition=edition).exists():
        raise Refused("This edition has been taken back already.")
    if edition.effective_from < earliest_day(at):
        raise Refused("This edition is in force, or about to be. Publish another that puts the words right.")
    taken = EditionTakenBack.objects.create(edition=edition, by=by.user, at=at)
    transaction.on_commit(procedure.read_again)
    return taken


def _allow(rule: Rule, by: Actor) -> None:
    if not rule.allows(by, None):
        raise NotAllowed(f"This may only be done by {rule.says}.")


def _base(procedure_key: str) -> Procedure:
    try:
        return procedure.published(procedure_key)
    except KeyError as unknown:
        raise Refused("There is no such procedure.") from unknown


def _locked(procedure_key: str, version: int | None) -> PreparedEdition:
    """The edition being prepared, locked: one change or publication of a procedure at a time."""
    PreparedEdition.objects.bulk_create([PreparedEdition(procedure_key=procedure_key)], ignore_conflicts=True)
    row = PreparedEdition.objects.select_for_update().get(pk=procedure_key)
    if version is not None and row.version != version:
        raise StaleRecord(ANOTHER)
    return row


def _keep(row: PreparedEdition, by: Actor, at: datetime) -> PreparedEdition:
    row.version += 1
    row.saved_by, row.saved_at = by.user, at
    row.save()
    return row


def _leave_out(changes: dict[str, Any], part: str, key: str) -> None:
    if part == "prompts":
        changes.pop(part, None)
        return
    changes.get(part, {}).pop(key, None)
    if not changes.get(part):
        changes.pop(part, None)


def _says_nothing_new(changes: Mapping[str, Any], now: Procedure) -> bool:
    return procedure.changed(now, changes, number=now.edition or -1) == procedure.changed(
        now, {}, number=now.edition or -1
    )
