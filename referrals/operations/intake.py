"""A referral arrives: store it exactly as it came, then show its reference (K0.4, row A4)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Organisation, Team
from prevent_cases.casework import outbox
from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.drafts import forget_draft
from prevent_cases.casework.engine import advance, keep, lock, open_case
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.models import Case, Narrative, Submission
from prevent_cases.casework.procedure import published
from prevent_cases.casework.references import new_reference
from prevent_cases.casework.store import ReceivedFile, keep_file
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals import clocks
from referrals.models import Person, PractitionerReferral, Referral
from referrals.operations.people import keep_person
from referrals.policy import ssu_staff
from referrals.queries.ages import age_group
from referrals.states import ReferralState
from referrals.workflow import PRACTITIONER_REFERRAL


@dataclass(frozen=True, kw_only=True)
class ReceivedReferral:
    """A referral as typed or read from its file and checked: who it is about, who sent it, what it says.

    ``narrative`` maps a form heading's key to its words; they are kept apart from the record.
    """

    received_at: datetime
    reply_address: str
    sender_name: str = ""
    policing_reference: str = ""
    source: str = "UNKNOWN"
    given_name: str = ""
    family_name: str = ""
    other_names: str = ""
    born_on: date | None = None
    address: str = ""
    postcode: str = ""
    nhs_number: str = ""
    phone: str = ""
    narrative: dict[str, str] = field(default_factory=dict)

    @property
    def person(self) -> dict[str, Any]:
        names = ("given_name", "family_name", "other_names", "born_on", "address", "postcode", "nhs_number", "phone")
        return {name: getattr(self, name) for name in names}


def receive_referral(
    *, key: UUID, received: ReceivedReferral, files: list[ReceivedFile], ssu: Team, policing: Team,
    procedure_key: str, by: Actor, at: datetime,
) -> Referral:  # fmt: skip
    """Take in a police referral. The same ``key`` twice is one referral; the first is returned.

    :raises NotAllowed: if this person is not of the SSU
    :raises Refused: if the key was used for something else, it was received in the future or before the calendar begins
    """
    if not ssu_staff.allows(by, None) or not by.is_member(ssu.pk):
        raise NotAllowed("This may only be done by a member of the Strategic Safeguarding Unit.")
    must_have_come(received.received_at, procedure_key, at=at)
    digest = digest_of(received, files)
    if earlier := sent_before(key, digest):
        return earlier
    try:
        with transaction.atomic():
            return _receive(key, digest, received, files, ssu, policing, procedure_key, by, at)
    except IntegrityError:
        if earlier := sent_before(key, digest):
            return earlier
        raise


def _receive(
    key: UUID, digest: str, received: ReceivedReferral, files: list[ReceivedFile], ssu: Team, policing: Team,
    procedure_key: str, by: Actor, at: datetime,
) -> Referral:  # fmt: skip
    case = Case(
        reference=new_reference(), procedure_key=procedure_key, opened_at=received.received_at,
        stage=ReferralState.RECEIVED, queue=Queue.TRIAGE, owner_team=ssu, holder_team=ssu,
    )  # fmt: skip
    referral = referral_of(case, received, policing, by=by, at=at)
    open_case(
        case=case, subject=referral, by=by, at=received.received_at,
        clocks=(clocks.TRIAGE, clocks.REPLY), kind="referral.received", facts=entered_late(received.received_at, at=at),
    )  # fmt: skip
    keep_what_came(referral, key, digest, received.narrative, files, by=by, at=at)
    outbox.write(key=f"received:{case.pk}", kind="referral.received", case=case, to=ssu, at=at)
    return referral


def must_have_come(received_at: datetime, procedure_key: str, *, at: datetime) -> None:
    """:raises Refused: for a receipt in the future, or before working days are known"""
    if received_at > at:
        raise Refused("The referral cannot have been received in the future.")
    earliest = calendar_of(published(procedure_key).division).first_day
    if civil_date(received_at) < earliest:
        raise Refused(f"The referral cannot have been received before {day(earliest)}: no working days are known then.")


def referral_of(case: Case, received: ReceivedReferral, policing: Team, *, by: Actor, at: datetime) -> Referral:
    """The record of what was received, with the person it names, who is kept."""
    person = keep_person(Person(added_at=at, **received.person), by=by, at=at)
    return Referral(
        case=case, received_at=received.received_at, policing_team=policing, reply_address=received.reply_address,
        policing_reference=received.policing_reference, sender_name=received.sender_name, source=received.source,
        form_version=case.procedure.form_version, person=person, person_as_received=person,
        age_group=age_group(received.born_on, civil_date(received.received_at)), **received.person,
    )  # fmt: skip


def keep_what_came(
    referral: Referral, key: UUID, digest: str, narrative: dict[str, str], files: list[ReceivedFile], *, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """That the page was sent, what it said in words, and its files; what was kept while it was typed is forgotten."""
    case = referral.case
    Submission.objects.create(key=key, case=case, kind="police_referral", digest=digest, by=by.user, at=at)
    keep_narrative(case, referral.record_key, narrative, by=by, at=at)
    for file in files:
        keep_file(case=case, file=file, by=by, at=at, subject=referral.record_key)
    forget_draft(key=key, by=by)


def entered_late(received_at: datetime, *, at: datetime) -> dict[str, str]:
    """Both moments, where a referral was typed in on a later day than it came."""
    if civil_date(received_at) == civil_date(at):
        return {}
    return {"received_at": received_at.isoformat(), "entered_at": at.isoformat()}


@transaction.atomic
def receive_practitioner_referral(
    *, key: UUID, received: ReceivedReferral, files: list[ReceivedFile], ssu: Team, organisation: Organisation | None,
    form_version: str, procedure_key: str, told_by: str = "", by: Actor, at: datetime,
) -> PractitionerReferral:  # fmt: skip
    """Keep a practitioner's own referral as it was sent (row A3), on a case of its own until it is joined to one.

    ``told_by`` says who told it by telephone, where staff wrote it down: then nobody's account is its referrer.
    """
    digest = digest_of(received, files)
    if earlier := Submission.objects.filter(key=key).select_related("case").first():
        if earlier.digest != digest:
            raise Refused(f"This form was already sent, as {earlier.case.reference}.")
        return PractitionerReferral.objects.get(case=earlier.case)
    case = Case(
        reference=new_reference(), procedure_key=procedure_key, opened_at=at, stage="SENT",
        queue=Queue.ARRIVED, owner_team=ssu, holder_team=ssu,
    )  # fmt: skip
    referral = PractitionerReferral(
        case=case, referrer=None if told_by else by.user, entered_by=by.user if told_by else None, told_by=told_by,
        organisation=organisation, sent_at=at, form_version=form_version, **received.person,
    )  # fmt: skip
    open_case(case=case, subject=referral, by=by, at=at, clocks=(clocks.TAKE_UP,), kind="practitioner.sent")
    Submission.objects.create(key=key, case=case, kind="practitioner_referral", digest=digest, by=by.user, at=at)
    keep_narrative(case, referral.record_key, received.narrative, by=by, at=at)
    for file in files:
        keep_file(case=case, file=file, by=by, at=at, subject=referral.record_key)
    outbox.write(key=f"received:{case.pk}", kind="practitioner.sent", case=case, to=ssu, at=at)
    return referral


@transaction.atomic
def link_practitioner_referral(
    *, practitioner_referral: PractitionerReferral, referral: Referral, by: Actor, at: datetime
) -> None:
    """Join a practitioner's own referral to the police referral about the same concern (row A4)."""
    lock(referral.case_id)
    practitioner_referral.linked_to = referral
    advance(
        subject=practitioner_referral,
        transition=PRACTITIONER_REFERRAL["practitioner.link"],
        by=by,
        at=at,
        facts={"reference": referral.case.reference},
    )


@transaction.atomic
def withdraw_practitioner_referral(
    *, practitioner_referral: PractitionerReferral, reason: str, by: Actor, at: datetime
) -> None:
    """The practitioner takes back what they sent, with a reason. What was sent stays on record."""
    advance(
        subject=practitioner_referral,
        transition=PRACTITIONER_REFERRAL["practitioner.withdraw"],
        by=by,
        at=at,
        facts={"reason": reason},
    )


def keep_narrative(case: Case, subject: str, narrative: dict[str, str], *, by: Actor, at: datetime) -> None:
    for heading, text in narrative.items():
        if text.strip():
            keep(Narrative(case=case, subject=subject, heading=heading, text=text), by=by, at=at)


def sent_before(key: UUID, digest: str) -> Referral | None:
    earlier = Submission.objects.filter(key=key).select_related("case").first()
    if earlier is None:
        return None
    if earlier.digest != digest:
        raise Refused(f"This form was already sent, as {earlier.case.reference}. Start again to send another.")
    return Referral.objects.select_related("case").get(case=earlier.case)


def digest_of(received: ReceivedReferral, files: list[ReceivedFile]) -> str:
    """A digest of what was sent, so that the same key with other content is noticed."""
    said = json.dumps(asdict(received), default=str, sort_keys=True, ensure_ascii=True)
    whole = said + "".join(file.inspected.sha256 for file in files)
    return hashlib.sha256(whole.encode()).hexdigest()
