"""Ask police whether it may go on, have that done first, and keep what they answer (C9, C10; C1.21, C1.22, N3.9).

Who answers: a member of the policing team, with their own account; or the unit on their behalf, saying who told it and
when, with the evidence. No intelligence is kept: a code, and what police expect of us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, holding, outbox, timing
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, settle
from prevent_cases.casework.models import Case, Narrative
from prevent_cases.casework.store import ReceivedFile, keep_file
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import Referral
from referrals.operations.triage import to_policing
from referrals.queries.naming import must_name_nobody
from safeguarding import clocks
from safeguarding.models import Check, StoppedBecause
from safeguarding.policy import may_answer_check, may_ask_check, may_hear_why, the_policing_team
from safeguarding.queries.checks import EVIDENCE, EXPECTED
from safeguarding.states import ANSWERS, ENDS_THE_HOLD, CheckPurpose, CheckResult, CheckState, StopReason
from safeguarding.workflow import CHECK


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What police said. ``why`` is one of StopReason, for what is not progressed. ``told_by``, ``told_on`` and the
    ``evidence`` (words, files, or both) are given where the unit writes it down for them."""

    result: str
    why: str = ""
    expected: str = ""
    told_by: str = ""
    told_on: date | None = None
    evidence: str = ""
    files: Sequence[ReceivedFile] = ()


@transaction.atomic
def ask_check(
    *, referral: Referral, purpose: str, is_priority: bool = False, by: Actor, at: datetime, version: int | None = None
) -> Check:
    """Ask the policing team that sent the referral. It is told that a check waits for it, with the references alone.

    :raises NotAllowed: unless a member of the team that holds or coordinates the case asks
    :raises Refused: while the same is already asked
    """
    case = lock(referral.case_id)
    referral.case = case
    must_be_as_seen(case, version, by)
    check = Check(
        case=case, referral=referral, purpose=CheckPurpose(purpose), policing_team=referral.policing_team,
        is_priority=is_priority, asked_by=by.user, asked_at=at,
    )  # fmt: skip
    if not may_ask_check.allows(by, check):
        raise NotAllowed(f"This may only be done by {may_ask_check.says}.")
    if Check.objects.filter(case=case, purpose=purpose, state=CheckState.ASKED).exists():
        raise Refused("CT policing was asked this already and has not answered yet.")
    keep(check, by=by, at=at)
    if is_priority:
        timing.start(
            case=case, subject=check.record_key, clock=clocks.CHECK_REPLY, by=by, at=at,
            team_id=check.policing_team_id, chase_address=referral.reply_address,
        )  # fmt: skip
    facts = {"asked": CheckPurpose(purpose).label}
    event = record(case=case, kind="check.asked", by=by, at=at, subject=check.record_key, facts=facts)
    outbox.write(
        key=f"event:{event.pk}:policing", kind="check.asked", case=case,
        to=to_policing(referral, referral.reply_address), at=at,
    )  # fmt: skip
    settle(case, by=by, at=at)
    return check


@transaction.atomic
def prioritise_check(*, check: Check, by: Actor, at: datetime, version: int | None = None) -> None:
    """Ask for it first, so that the limits of Working Together can be kept (C1.21). :raises Refused: a second time"""
    lock(check.case_id)
    check = _fresh(check)
    if check.is_priority and check.state == CheckState.ASKED:
        raise Refused("CT policing was already asked to do this first.")
    check.is_priority = True
    advance(
        subject=check, transition=CHECK["check.prioritise"], by=by, at=at, facts={}, version=version,
        to={"reply address": to_policing(check.referral, check.referral.reply_address)},
        team_id=check.policing_team_id, chase={clocks.CHECK_REPLY.key: check.referral.reply_address},
    )  # fmt: skip


@transaction.atomic
def take_back_check(*, check: Check, reason: str, by: Actor, at: datetime, version: int | None = None) -> None:
    """It is not needed any more, or was asked in error."""
    lock(check.case_id)
    check = _fresh(check)
    must_name_nobody(check.referral, reason)
    advance(
        subject=check, transition=CHECK["check.take_back"], by=by, at=at, facts={"reason": reason.strip()},
        version=version, to={"reply address": to_policing(check.referral, check.referral.reply_address)},
    )  # fmt: skip


@transaction.atomic
def answer_check(*, check: Check, answer: Answer, by: Actor, at: datetime, version: int | None = None) -> Check:
    """Keep what police answered. "Suitable" and "not suitable" end the hold, in its days or past them; nothing else
    does. To wait is kept beside the check, which stays open.

    :raises NotAllowed: for anybody but the policing team that was asked and the unit on its behalf
    :raises Refused: for an answer to another question, or without what must be said with it
    """
    case = lock(check.case_id)
    check = _fresh(check)
    check.case = check.referral.case = case
    if not may_answer_check.allows(by, check):
        raise NotAllowed(f"This may only be done by {may_answer_check.says}.")
    if answer.result not in ANSWERS[CheckPurpose(check.purpose)]:
        raise Refused("That is no answer to what was asked.", field="result")
    on_their_behalf = not the_policing_team.allows(by, check)
    _must_be_evidenced(answer, check, at, on_their_behalf=on_their_behalf)
    why = _why(answer, check, by)
    result = CheckResult(answer.result)
    check.result = result
    if on_their_behalf:
        check.told_by, check.told_on = answer.told_by.strip(), answer.told_on
    facts = {"result": result.label, "told_by": check.told_by, "told_on": f"{check.told_on or ''}"}
    tells = {"coordinating team": case.owner_team, "holding team": _other(case)}
    with access.writing(by, case.pk):
        if result == CheckResult.WAIT:
            advance(subject=check, transition=CHECK["check.wait"], by=by, at=at, facts=facts, to=tells, version=version)
        else:
            check.answered_by, check.answered_at = by.user, at
            advance(
                subject=check, transition=CHECK["check.answer"], by=by, at=at, facts=facts, to=tells, version=version
            )
        _keep_words(check, answer, by=by, at=at)
    if why:
        StoppedBecause.objects.create(check_asked=check, case=case, policing_team_id=check.policing_team_id, reason=why)
    if result in ENDS_THE_HOLD:
        holding.end_as_answered(case=case, answer=result.label, by=by, at=at)
    return check


def _fresh(check: Check) -> Check:
    return Check.objects.select_related("case", "referral__policing_team").get(pk=check.pk)


def _other(case: Case) -> outbox.Recipient | None:
    """The team that holds the case, where that is not the one that coordinates it."""
    return case.holder_team if case.holder_team_id != case.owner_team_id else None


def _why(answer: Answer, check: Check, by: Actor) -> str:
    """The reason that is kept in confidence; of somebody who may not hear it, none is taken."""
    if answer.result != CheckResult.NOT_PROGRESSED:
        return ""
    if not may_hear_why.allows(by, check):
        return StopReason.NOT_SAID
    if answer.why not in StopReason.values:
        raise Refused("Say why police do not take it forward.", field="why")
    return answer.why


def _must_be_evidenced(answer: Answer, check: Check, at: datetime, *, on_their_behalf: bool) -> None:
    if not on_their_behalf:
        return
    if not answer.told_by.strip():
        raise Refused("Say who at CT policing told you.", field="told_by")
    if answer.told_on is None:
        raise Refused("Say on which day CT policing told you.", field="told_on")
    if answer.told_on > civil_date(at):
        raise Refused("The day CT policing told you cannot be in the future.", field="told_on")
    if answer.told_on < (received := civil_date(check.referral.received_at)):
        raise Refused(
            f"The day CT policing told you cannot be before the referral was received, on {day(received)}.",
            field="told_on",
        )
    if not answer.evidence.strip() and not answer.files:
        raise Refused("Say how you know: add the message, or write what was said on the telephone.", field="evidence")


def _keep_words(check: Check, answer: Answer, *, by: Actor, at: datetime) -> None:
    """What police expect and how we know, under a heading of its own each time."""
    mark = f" {at:%Y-%m-%d %H:%M:%S}" if answer.result == CheckResult.WAIT else ""
    for heading, text in ((EXPECTED, answer.expected), (EVIDENCE, answer.evidence)):
        if text.strip():
            row = Narrative(case=check.case, subject=check.record_key, heading=f"{heading}{mark}", text=text.strip())
            keep(row, by=by, at=at)
    for file in answer.files:
        keep_file(case=check.case, file=file, by=by, at=at, subject=check.record_key)
