"""What becomes of a practitioner's own referral: the SSU takes it up and asks; the referrer answers, amends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, outbox, timing
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, settle
from prevent_cases.casework.holding import must_be_free_to_share
from prevent_cases.casework.models import Case, Narrative
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals import clocks
from referrals.models import PractitionerReferral, ReferrerQuestion
from referrals.policy import an_ssu_officer, the_referrer
from referrals.queries.own_words import ABOUT, ADDED, CARRIED, FINISHED, label_of
from referrals.queries.transport import allowed_domains
from referrals.states import PractitionerState, QuestionState, Transport
from referrals.workflow import PRACTITIONER_REFERRAL, QUESTION

LOOKED_AT = (PractitionerState.TAKEN_UP, PractitionerState.LINKED)
AMENDED_IN = (PractitionerState.SENT, *LOOKED_AT)


@transaction.atomic
def take_up(
    *, practitioner_referral: PractitionerReferral, by: Actor, at: datetime, version: int | None = None
) -> None:
    """An officer begins to look at a practitioner's own referral; its referrer may not withdraw it from then on."""
    _, referral = _locked(practitioner_referral)
    advance(
        subject=referral, transition=PRACTITIONER_REFERRAL["practitioner.take_up"], by=by, at=at, facts={},
        version=version,
    )  # fmt: skip


@transaction.atomic
def ask_referrer(
    *, practitioner_referral: PractitionerReferral, question: str, by: Actor, at: datetime, version: int | None = None
) -> ReferrerQuestion:
    """Put a question to whoever sent a referral; they are told that there is one, and its clock runs.

    :raises OnHold: while the case is on hold
    :raises Refused: before it is taken up, for a referral nobody can be asked about, or while another is open
    """
    case, referral = _locked(practitioner_referral)
    if not an_ssu_officer.allows(by, referral):
        raise NotAllowed(f"This may only be done by {an_ssu_officer.says}.")
    must_be_as_seen(case, version, by)
    must_be_free_to_share(case, at=at)
    if referral.state not in LOOKED_AT:
        raise Refused(f"This cannot be done now: the referral is at “{referral.get_state_display()}”.")
    if referral.referrer is None:
        raise Refused("Whoever made this referral has no account here. Telephone them instead.")
    if _open_questions(referral).exists():
        raise Refused("A question is waiting for an answer already. Take it back to ask another.")
    asked = ReferrerQuestion(case=case, referral=referral, referrer=referral.referrer, asked_by=by.user, asked_at=at)
    keep(asked, by=by, at=at)
    keep(Narrative(case=case, subject=asked.record_key, heading="question", text=question), by=by, at=at)
    timing.start(
        case=case, subject=asked.record_key, clock=clocks.REFERRER_QUESTION, by=by, at=at, team_id=None,
        person=referral.referrer,
    )  # fmt: skip
    record(case=case, kind="practitioner.asked", by=by, at=at, subject=asked.record_key)
    outbox.write(key=f"question:{asked.pk}", kind="practitioner.asked", case=case, to=referral.referrer, at=at)
    settle(case, by=by, at=at)
    return asked


@transaction.atomic
def take_back_question(*, question: ReferrerQuestion, by: Actor, at: datetime, version: int | None = None) -> None:
    """The officer no longer needs the answer; the referrer sees that it is so."""
    advance(
        subject=question, transition=QUESTION["question.take_back"], by=by, at=at, facts={}, version=version
    )  # fmt: skip


@transaction.atomic
def answer_question(*, question: ReferrerQuestion, answer: str, by: Actor, at: datetime) -> None:
    """The referrer answers; the words lie with the question, and the SSU is told that they are there."""
    case = lock(question.case_id)
    question.answered_at = at
    advance(
        subject=question, transition=QUESTION["question.answer"], by=by, at=at,
        facts={"answered": "yes" if answer.strip() else ""}, to={"coordinating team": case.owner_team},
    )  # fmt: skip
    keep(Narrative(case=case, subject=question.record_key, heading="answer", text=answer), by=by, at=at)


@transaction.atomic
def finish(
    *, practitioner_referral: PractitionerReferral, words: str, by: Actor, at: datetime, version: int | None = None
) -> None:
    """Tell the referrer that it is finished. ``words`` are read in the service alone, and may be none.

    :raises Refused: while a question to the referrer is open
    """
    case, referral = _locked(practitioner_referral)
    if _open_questions(referral).exists():
        raise Refused("A question is waiting for an answer. Take it back first.")
    referral.finished_at = at
    advance(
        subject=referral, transition=PRACTITIONER_REFERRAL["practitioner.finish"], by=by, at=at, facts={},
        version=version, to={"referrer": referral.referrer},
    )  # fmt: skip
    if words.strip():
        keep(Narrative(case=case, subject=referral.record_key, heading=FINISHED, text=words), by=by, at=at)


@transaction.atomic
def amend(
    *, practitioner_referral: PractitionerReferral, changes: Mapping[str, Any], reason: str, by: Actor, at: datetime,
    version: int,
) -> list[str]:  # fmt: skip
    """The referrer puts right or adds to what they wrote. Old and new are kept; the event names the boxes alone.

    ``changes`` maps the columns of ABOUT and the headings under which words were sent to what they shall say.
    ``version`` is the referral's own, which the referrer saw. Returns the labels of the boxes that changed.

    :raises Refused: once it is finished or withdrawn, for no reason, or where nothing changed
    """
    case, referral = _locked(practitioner_referral)
    if not the_referrer.allows(by, referral):
        raise NotAllowed(f"This may only be done by {the_referrer.says}.")
    if version != referral.version:
        raise StaleRecord("You changed this referral after you opened this page. Check it, then try again.")
    if referral.state not in AMENDED_IN:
        raise Refused("This referral is finished or withdrawn, so it can no longer be changed.")
    if not reason.strip():
        raise Refused("Say why it is being changed.")
    columns = {name: value for name, value in changes.items() if name in ABOUT and getattr(referral, name) != value}
    for name, value in columns.items():
        setattr(referral, name, value)
    with access.oneself(by):
        headings = _reword(referral, changes, by, at)
    if not columns and not headings:
        raise Refused("Nothing was changed. Change a box, or go back.")
    referral.version += 1
    keep(referral, by=by, at=at)
    boxes = [label_of(referral.form_version, key) for key in (*columns, *headings)]
    event = record(
        case=case, kind="practitioner.amended", by=by, at=at, subject=referral.record_key,
        facts={"boxes": boxes, "reason": reason.strip()},
    )  # fmt: skip
    outbox.write(key=f"event:{event.pk}", kind="practitioner.amended", case=case, to=case.owner_team, at=at)
    settle(case, by=by, at=at)
    return boxes


@transaction.atomic
def record_transport(
    *, practitioner_referral: PractitionerReferral, transport: str, to: str, password_told: str, by: Actor, at: datetime
) -> None:
    """Write down how the form went to police, where it goes by other means than this service (E4.35 to E4.37).

    ``to`` is the address of a secure email or of a file with a password; ``password_told`` says to whom the password
    went, by telephone.

    :raises Refused: for an address that is not of an allowed domain, or what is recorded already
    """
    case, referral = _locked(practitioner_referral)
    if not the_referrer.allows(by, referral):
        raise NotAllowed(f"This may only be done by {the_referrer.says}.")
    if not case.procedure.texts["sent_by_other_means"]:
        raise Refused("The form goes to police in this service. There is nothing to record.")
    if referral.state == PractitionerState.WITHDRAWN:
        raise Refused("This referral was withdrawn.")
    if (referral.transport, referral.transport_to) == (transport, to):
        raise Refused("This is recorded already.")
    if transport == Transport.SECURE_EMAIL and to.rpartition("@")[2].lower() not in allowed_domains(at):
        raise Refused("That address is not one that police or the council keep for secure email. Check it.")
    if transport == Transport.PASSWORD and not (to and password_told.strip()):
        raise Refused("Say where the file went, and to whom you gave the password by telephone.")
    referral.transport, referral.transport_to, referral.transported_at = transport, to, at
    keep(referral, by=by, at=at)
    facts = {"how": Transport(transport).label, "address": to, "password_told": password_told.strip()}
    record(
        case=case, kind="practitioner.transported", by=by, at=at, subject=referral.record_key,
        facts={name: value for name, value in facts.items() if value},
    )  # fmt: skip
    settle(case, by=by, at=at)


def _locked(practitioner_referral: PractitionerReferral) -> tuple[Case, PractitionerReferral]:
    """The case, locked, and the referral as it is now."""
    case = lock(practitioner_referral.case_id)
    referral = PractitionerReferral.objects.select_related("referrer").get(pk=practitioner_referral.pk)
    referral.case = case
    return case, referral


def _open_questions(referral: PractitionerReferral) -> Any:
    return ReferrerQuestion.objects.filter(referral=referral, state=QuestionState.ASKED)


def _reword(referral: PractitionerReferral, changes: Mapping[str, Any], by: Actor, at: datetime) -> list[str]:
    """Change the words under the referral's own headings; those whose words changed."""
    changed: list[str] = []
    told: set[str] = set()
    for row in Narrative.objects.filter(subject=referral.record_key).exclude(heading__in=CARRIED).order_by("heading"):
        text = changes.get(row.heading, row.text)
        if text != row.text:
            row.text = text
            keep(row, by=by, at=at)
            changed.append(row.heading)
        told.add(row.heading)
    if ADDED not in told and changes.get(ADDED):
        keep(
            Narrative(case=referral.case, subject=referral.record_key, heading=ADDED, text=changes[ADDED]), by=by, at=at
        )
        changed.append(ADDED)
    return changed
