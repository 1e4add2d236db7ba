"""A nominated worker records the referral, in two parts that count only together; the area forwards (A9, A10)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, hand_over, keep, lock, record, settle
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.models import Document
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals import clocks
from referrals.documents import Letter, referral_as_entered
from referrals.models import Referral
from referrals.operations.triage import keep_document, subject_of
from referrals.policy import a_nominated_worker
from referrals.queries.triage import what_came
from referrals.states import ReferralState
from referrals.workflow import REFERRAL


@transaction.atomic
def note_added(*, referral: Referral, by: Actor, at: datetime) -> None:
    """Part one: the neutral case note was copied into the case system (K0.8, K0.11)."""
    referral = _recording(referral, by)
    if referral.note_added_at is not None:
        raise Refused("This was already recorded.")
    referral.note_added_by, referral.note_added_at = by.user, at
    keep(referral, by=by, at=at)
    record(case=referral.case, kind="record.note_added", by=by, at=at, subject=referral.record_key)
    _record_when_both(referral, by=by, at=at)


@transaction.atomic
def place_document(*, referral: Referral, by: Actor, at: datetime) -> None:
    """Part two: the referral document goes into the Prevent restricted area, which from now opens only by grant.

    Of a referral that was typed in without a file, its words are rendered and kept as that document.
    """
    referral = _recording(referral, by)
    if referral.document_placed_at is not None:
        raise Refused("This was already recorded.")
    with access.writing(by, referral.case_id):
        if not Document.objects.filter(case=referral.case, kind=DocumentKind.REFERRAL).exists():
            _keep_as_entered(referral, by=by, at=at)
        referral.document_placed_by, referral.document_placed_at = by.user, at
        keep(referral, by=by, at=at)
        case = lock(referral.case_id)
        case.restricted_at = case.restricted_at or at
        keep(case, by=by, at=at)
        access.place_under_grants(case, case.holder_team)
    record(case=case, kind="record.document_placed", by=by, at=at, subject=referral.record_key)
    referral.case = case
    _record_when_both(referral, by=by, at=at)


def _keep_as_entered(referral: Referral, *, by: Actor, at: datetime) -> None:
    letter = Letter(
        reference=referral.case.reference, theirs=referral.policing_reference, dated=civil_date(referral.received_at),
        council=referral.policing_team.name, addressed_to=(referral.case.owner_team.name,),
    )  # fmt: skip
    words = [(one.label, one.text) for one in what_came(referral).words]
    content = referral_as_entered(letter, subject_of(referral), words)
    keep_document(referral, DocumentKind.REFERRAL, "Referral as entered", content, by=by, at=at)


@transaction.atomic
def forward(*, referral: Referral, team: Team, by: Actor, at: datetime, version: int | None = None) -> None:
    """The area service forwards to the locality team; the restricted area goes with it (A10, K0.9)."""
    if team.kind != TeamKind.LOCALITY:
        raise Refused("Forward it to a locality team.")
    advance(
        subject=referral, transition=REFERRAL["referral.forward"], by=by, at=at, version=version, team_id=team.pk,
        facts={"team": team.name}, to={"receiving team": team},
    )  # fmt: skip
    case = lock(referral.case_id)
    case.holder_team, case.locality, case.assignee = team, team.locality, None
    keep(case, by=by, at=at)
    access.place_under_grants(case, team)
    hand_over(referral, clocks.REPLY, team.pk)


def _recording(referral: Referral, by: Actor) -> Referral:
    case = lock(referral.case_id)
    referral = Referral.objects.get(pk=referral.pk)
    referral.case = case
    if not a_nominated_worker.allows(by, referral):
        raise NotAllowed(f"This may only be done by {a_nominated_worker.says}.")
    if referral.state not in (ReferralState.WITH_AREA, ReferralState.WITH_LOCALITY):
        raise Refused(f"This cannot be done now: the case is at “{referral.get_state_display()}”.")
    return referral


def _record_when_both(referral: Referral, *, by: Actor, at: datetime) -> None:
    """Both parts done: the record is made, and the case moves on. One part alone moves nothing."""
    if referral.note_added_at is None or referral.document_placed_at is None:
        settle(lock(referral.case_id), by=by, at=at)
        return
    facts = {
        "note_added": referral.note_added_at.isoformat(),
        "document_placed": referral.document_placed_at.isoformat(),
    }
    if referral.state == ReferralState.WITH_AREA:
        advance(subject=referral, transition=REFERRAL["referral.record_in_area"], by=by, at=at, facts=facts)
    else:
        advance(subject=referral, transition=REFERRAL["referral.record_in_locality"], by=by, at=at, facts=facts)
