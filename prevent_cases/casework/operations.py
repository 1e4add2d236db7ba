"""Acts on a case's own tables: named workers, conflicts, notes and documents."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Membership, User
from prevent_cases.casework import access, outbox
from prevent_cases.casework.clocks import TASK_ACCESS
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import keep, lock, record, settle
from prevent_cases.casework.holding import must_be_free_to_share
from prevent_cases.casework.kinds import AccessReason
from prevent_cases.casework.models import Case, CaseUserObjectPermission, Document, Exclusion, Note
from prevent_cases.casework.policy import may_let_in, may_manage_conflicts
from prevent_cases.casework.store import ReceivedFile, keep_file
from prevent_cases.casework.workflow import NotAllowed, Refused


@transaction.atomic
def name_worker(
    *, case: Case, worker: User, reason: str, until: date, words: str, by: Actor, at: datetime
) -> CaseUserObjectPermission:
    """Let a named worker into the restricted area until a date: two weeks at most for a task, longer if involved.

    :raises NotAllowed: unless a nominated worker or manager of the holding team names them
    :raises OnHold: for somebody outside the team that holds the case, while it is on hold
    :raises Refused: for oneself, a date that has passed or is too far off, or a person with a conflict
    """
    case = lock(case.pk)
    if not may_let_in.allows(by, case):
        raise NotAllowed(f"This may only be done by {may_let_in.says}.")
    if case.restricted_at is None:
        raise Refused("Nothing is in the restricted area of this case yet.")
    if worker.pk == by.user_id:
        raise Refused("You cannot let yourself in. Ask another nominated worker or manager of the team to name you.")
    if not worker.is_active or case.exclusions.standing().filter(user=worker).exists():
        raise Refused("That person cannot be let in to this case.")
    if not _sits_with_holder(case, worker, civil_date(at)):
        must_be_free_to_share(case, at=at)
    today = civil_date(at)
    if until < today:
        raise Refused("The date access ends cannot be in the past.")
    furthest = today + timedelta(days=TASK_ACCESS[reason].count)
    if until > furthest:
        raise Refused(f"{AccessReason(reason).label}: access may last {TASK_ACCESS[reason]} at most.")
    grant = access.name_worker(case=case, user=worker, reason=reason, words=words, until=until, by=by, at=at)
    facts = {"who": worker.name, "until": until.isoformat()}
    event = record(case=case, kind="access.worker_named", by=by, at=at, facts=facts)
    outbox.write(key=f"event:{event.pk}:worker", kind="access.worker_named", case=case, to=worker, at=at)
    settle(case, by=by, at=at)
    return grant


@transaction.atomic
def end_worker(*, case: Case, worker: User, by: Actor, at: datetime) -> None:
    """Take back a named worker's access now."""
    case = lock(case.pk)
    if not may_let_in.allows(by, case):
        raise NotAllowed(f"This may only be done by {may_let_in.says}.")
    if not access.end_named_workers(access.named_workers(case).filter(user=worker)):
        raise Refused("That person has no access to take back.")
    record(case=case, kind="access.worker_ended", by=by, at=at, facts={"who": worker.name})
    settle(case, by=by, at=at)


@transaction.atomic
def declare_conflict(*, case: Case, who: User, by: Actor, at: datetime) -> Exclusion:
    """Keep a person from a case they know the people of. Anyone may declare their own; a manager, another's.

    The event says only that a conflict was declared, not whose: the record would tell the person it hides.
    """
    case = lock(case.pk)
    if who.pk != by.user_id and not may_manage_conflicts.allows(by, case):
        raise NotAllowed(f"Another person's conflict may only be declared by {may_manage_conflicts.says}.")
    standing = Exclusion.objects.standing().filter(case=case, user=who).first()
    if standing:
        return standing
    row = keep(Exclusion(case=case, user=who, declared_by=by.user, declared_at=at), by=by, at=at)
    access.end_named_workers(access.named_workers(case).filter(user=who))
    if case.assignee_id == who.pk:
        case.assignee = None
    record(case=case, kind="conflict.declared", by=by, at=at)
    settle(case, by=by, at=at)
    return row


@transaction.atomic
def end_conflict(*, case: Case, who: User, by: Actor, at: datetime) -> None:
    """A manager ends a conflict that was declared in error or is over. Nothing that ended with it comes back."""
    case = lock(case.pk)
    if not may_manage_conflicts.allows(by, case):
        raise NotAllowed(f"This may only be done by {may_manage_conflicts.says}.")
    standing = Exclusion.objects.standing().filter(case=case, user=who).first()
    if standing is None or who.pk == by.user_id:
        raise Refused("No conflict of interest stands that you may end.")
    standing.ended_at = at
    keep(standing, by=by, at=at)
    record(case=case, kind="conflict.ended", by=by, at=at)
    settle(case, by=by, at=at)


@transaction.atomic
def write_note(*, case: Case, text: str, by: Actor, at: datetime) -> Note:
    """Add a dated case note to the restricted area."""
    case = lock(case.pk)
    _must_be_let_in(case, by)
    if not text.strip():
        raise Refused("Write the note first.")
    stays_with_holder(case, by=by, at=at)
    note = keep(Note(case=case, text=text.strip(), by=by.user, at=at), by=by, at=at)
    record(case=case, kind="note.written", by=by, at=at)
    return note


@transaction.atomic
def add_document(*, case: Case, file: ReceivedFile, by: Actor, at: datetime) -> Document:
    """Add a document to the case's material."""
    case = lock(case.pk)
    _must_be_let_in(case, by)
    stays_with_holder(case, by=by, at=at)
    document = keep_file(case=case, file=file, by=by, at=at)
    record(case=case, kind="document.added", by=by, at=at)
    return document


def _sits_with_holder(case: Case, worker: User, on: date) -> bool:
    seats = Membership.objects.filter(user=worker, team=case.holder_team, starts_on__lte=on)
    return seats.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).exists()


def _must_be_let_in(case: Case, by: Actor) -> None:
    if not access.may_enter(by, case):
        raise NotAllowed("The restricted area of this case is not open to you.")


def stays_with_holder(case: Case, *, by: Actor, at: datetime) -> None:
    """What a team writes in a case sent to it is under its grants from the first word: it never goes back with it."""
    if case.restricted_at is None and case.holder_team_id != case.owner_team_id:
        case.restricted_at = at
        access.place_under_grants(case, case.holder_team)
        settle(case, by=by, at=at)
