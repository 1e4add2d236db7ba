"""Keep a person and the keys they are found by; decide who is who; merge, and take a merge back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.engine import keep, lock, must_be_as_seen, record, settle
from prevent_cases.casework.models import Case
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.matching.keys import keys_for
from referrals.matching.names import match_name
from referrals.models import MatchDecision, Person, PersonKey, Referral
from referrals.policy import an_ssu_officer
from referrals.queries.matching import one_person
from referrals.queries.naming import must_name_nobody
from referrals.states import MatchAnswer, ReferralState


def keep_person(person: Person, *, by: Actor, at: datetime) -> Person:
    """Save a person with the keys made from their names, dates and numbers."""
    person.match_name = match_name(person.facts)
    keep(person, by=by, at=at)
    PersonKey.objects.filter(person=person).delete()
    PersonKey.objects.bulk_create(PersonKey(key=key, person=person) for key in keys_for(person.facts))
    return person


@transaction.atomic
def decide_match(
    *, referral: Referral, other: Person, answer: str, reasons: list[str], by: Actor, at: datetime,
    version: int | None = None,
) -> MatchDecision:  # fmt: skip
    """Say whether the person referred is the same as another: the same joins them, and can be taken back.

    The decision keeps the two rows that were compared: ``person`` is the one that was joined to ``other``.

    :raises Refused: once checks are over, or if the two were already joined
    """
    case = lock(referral.case_id)
    referral = Referral.objects.get(pk=referral.pk)
    referral.case = case
    if not an_ssu_officer.allows(by, referral):
        raise NotAllowed(f"This may only be done by {an_ssu_officer.says}.")
    must_be_as_seen(case, version, by)
    if referral.state not in (ReferralState.RECEIVED, ReferralState.CHECKING, ReferralState.QUERIED):
        raise Refused("Who this is was settled before it was sent on. Recall it to change that.")
    mine, theirs = _tops(referral.person_as_received_id, other.pk)
    if mine.pk == theirs.pk:
        raise Refused("These are already recorded as the same person.")
    other = Person.objects.get(pk=other.pk)
    decision = keep(
        MatchDecision(person=mine, other=other, answer=answer, reasons=reasons, decided_by=by.user, decided_at=at),
        by=by,
        at=at,
    )
    if answer == MatchAnswer.SAME:
        mine.merged_into = other
        keep(mine, by=by, at=at)
        referral.person = theirs
        keep(referral, by=by, at=at)
    record(case=case, kind=f"match.{answer.lower()}", by=by, at=at, subject=referral.record_key)
    settle(case, by=by, at=at)
    return decision


@transaction.atomic
def take_back_match(
    *, referral: Referral, decision: MatchDecision, reason: str, by: Actor, at: datetime, version: int | None = None
) -> None:
    """Undo a decision about the person of a referral. What was decided stays on record.

    Two people who were joined are apart again, and with them everybody joined to the first since.

    :raises Refused: if it was taken back already, or is about somebody else
    """
    decision = MatchDecision.objects.select_for_update().get(pk=decision.pk)
    apart = _joined_to(decision.person_id)
    moved = Referral.objects.filter(person_as_received__in=apart).exclude(person__in=apart)
    cases = {case_id: lock(case_id) for case_id in sorted({referral.case_id, *moved.values_list("case_id", flat=True)})}
    referral = Referral.objects.get(pk=referral.pk)
    referral.case = cases[referral.case_id]
    if not an_ssu_officer.allows(by, referral):
        raise NotAllowed(f"This may only be done by {an_ssu_officer.says}.")
    must_be_as_seen(referral.case, version, by)
    if decision.undone_at is not None:
        raise Refused("This was already taken back.")
    if not _concerns(decision, referral):
        raise Refused("This decision was about somebody else.")
    if not reason.strip():
        raise Refused("Say why it is being taken back.")
    must_name_nobody(referral, reason, "reason")
    if decision.answer == MatchAnswer.SAME:
        _part(decision, list(moved), cases, by=by, at=at)
    decision.undone_by, decision.undone_at, decision.undone_because = by.user, at, reason.strip()[:300]
    keep(decision, by=by, at=at)
    for case in cases.values():
        record(case=case, kind="match.taken_back", by=by, at=at, facts={"reason": reason.strip()})
        settle(case, by=by, at=at)


def _part(decision: MatchDecision, moved: list[Referral], cases: dict[UUID, Case], *, by: Actor, at: datetime) -> None:
    mine = Person.objects.select_for_update(no_key=True).get(pk=decision.person_id)
    mine.merged_into = None
    keep(mine, by=by, at=at)
    for row in moved:
        row.case = cases[row.case_id]
        row.person = mine
        keep(row, by=by, at=at)


def _concerns(decision: MatchDecision, referral: Referral) -> bool:
    members = _joined_to(one_person([referral.person_as_received_id])[referral.person_as_received_id])
    return decision.person_id in members or decision.other_id in members


def _joined_to(person_id: UUID) -> list[UUID]:
    """This person and everybody joined to them, directly or through others."""
    found, newest = [person_id], [person_id]
    while newest:
        newest = list(Person.objects.filter(merged_into__in=newest).values_list("pk", flat=True))
        found += newest
    return found


def _tops(mine: UUID, theirs: UUID) -> tuple[Person, Person]:
    """Whom two people are joined to in the end, locked in one order, so that two decisions cannot make a circle."""
    while True:
        tops = one_person([mine, theirs])
        wanted = {tops[mine], tops[theirs]}
        rows = Person.objects.select_for_update(no_key=True).filter(pk__in=wanted, merged_into=None).order_by("pk")
        locked = {person.pk: person for person in rows}
        if len(locked) == len(wanted):
            return locked[tops[mine]], locked[tops[theirs]]
