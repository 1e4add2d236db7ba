"""The organisation's own step: a concern is handed to its lead, weighed, and decided for a reason (E4.12).

A concern is no case: nobody but its writer and the lead it was handed to sees it, and its steps are written once.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework import access, outbox
from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.procedure import published
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals.clocks import CONCERN_WEIGHED_KEPT
from referrals.models import AdviceTaken, Concern, ConcernStep
from referrals.queries.leads import leads_of
from referrals.states import ConcernStage, ConcernStepKind

DECISIONS = {
    ConcernStepKind.REFER: ConcernStage.WITH_LEAD,
    ConcernStepKind.HANDED_BACK: ConcernStage.WRITING,
    ConcernStepKind.WATCH: ConcernStage.WATCHING,
    ConcernStepKind.EXPLAIN: ConcernStage.EXPLAINED,
}
"""What a lead may decide, and where the concern stands then. Who decides to refer sends it next, or hands it back."""
SETTLED = (ConcernStage.WATCHING, ConcernStage.EXPLAINED)


@transaction.atomic
def hand_over(*, concern_id: UUID, to: UUID, words: str, version: int, by: Actor, at: datetime) -> ConcernStep:
    """Hand a concern to the safeguarding lead or the deputy, who is told that there is one to decide.

    The writer may hand it to the other of them while nobody has decided.

    :raises NotAllowed: if this person did not write it
    :raises Refused: for somebody who is not a lead of the team, or once it was decided or sent
    """
    with access.oneself(by):
        concern = _seen(concern_id, version)
        if concern.writer_id != by.user_id:
            raise NotAllowed("This may only be done by whoever wrote the concern.")
        if concern.stage not in (ConcernStage.WRITING, ConcernStage.WITH_LEAD):
            raise Refused(f"This cannot be done now: the concern is at “{concern.get_stage_display()}”.")
        if to not in {lead.user_id for lead in leads_of(concern.team_id, by.user_id, civil_date(at))}:
            raise Refused("That person is not a safeguarding lead or deputy of your team today.")
        if concern.stage == ConcernStage.WITH_LEAD and concern.lead_id == to:
            raise Refused("It is with that person already.")
        lead = User.objects.get(pk=to)
        concern.lead = lead
        step = _step(concern, ConcernStepKind.HANDED, ConcernStage.WITH_LEAD, words, by, at, to=lead)
        outbox.write(key=f"concern:{step.pk}", kind="concern.handed", case=None, to=lead, at=at)
        return step


@transaction.atomic
def decide(*, concern_id: UUID, decision: str, words: str, version: int, by: Actor, at: datetime) -> ConcernStep:
    """The lead decides what becomes of a concern, for a reason. Its writer is told that it was decided.

    :raises NotAllowed: if it was not handed to this person
    :raises Refused: without a reason, or where it is not theirs to decide now
    """
    with access.oneself(by):
        concern = _seen(concern_id, version)
        if concern.lead_id != by.user_id:
            raise NotAllowed("This may only be done by the safeguarding lead it was handed to.")
        if concern.stage != ConcernStage.WITH_LEAD:
            raise Refused(f"This cannot be done now: the concern is at “{concern.get_stage_display()}”.")
        if not words.strip():
            raise Refused("Give the reason for your decision.")
        kind = ConcernStepKind(decision)
        step = _step(concern, kind, DECISIONS[kind], words, by, at, to=concern.writer)
        outbox.write(key=f"concern:{step.pk}", kind="concern.decided", case=None, to=concern.writer, at=at)
        return step


@transaction.atomic
def take_up_again(*, concern_id: UUID, words: str, version: int, by: Actor, at: datetime) -> ConcernStep:
    """Weigh again a concern that was being watched or was explained: it is with the lead, and the other is told.

    :raises Refused: without a reason, or where it is being weighed or was sent
    """
    with access.oneself(by):
        concern = _seen(concern_id, version)
        if concern.stage not in SETTLED:
            raise Refused(f"This cannot be done now: the concern is at “{concern.get_stage_display()}”.")
        if not words.strip():
            raise Refused("Say why it is taken up again.")
        step = _step(concern, ConcernStepKind.TAKEN_UP_AGAIN, ConcernStage.WITH_LEAD, words, by, at)
        other = concern.writer if by.user_id == concern.lead_id else concern.lead
        if other is not None and other.pk != by.user_id:
            outbox.write(key=f"concern:{step.pk}", kind="concern.handed", case=None, to=other, at=at)
        return step


@transaction.atomic
def answer_urgency(*, concern_id: UUID, has_called: bool, words: str, by: Actor, at: datetime) -> ConcernStep:
    """Say whether the police were called now, or why that is not needed (E4.10). Written once each time it is said.

    :raises Refused: for a call of which nothing is said
    """
    with access.oneself(by):
        concern = _locked(concern_id)
        if concern.stage == ConcernStage.SENT:
            raise Refused("This concern was sent already.")
        if has_called and not words.strip():
            raise Refused("Say when you called, and any reference the police gave you.")
        kind = ConcernStepKind.POLICE_CALLED if has_called else ConcernStepKind.NOT_URGENT
        return ConcernStep.objects.create(concern=concern, kind=kind, words=words.strip(), by=by.user, at=at)


@transaction.atomic
def note_advice(
    *, concern_id: UUID, rung: str, whom: str, taken_on: date, advised: str, by: Actor, at: datetime
) -> AdviceTaken:
    """Write down advice that was taken: from whom, when, and what they advised (D2.1 to D2.3, E4.11).

    :raises Refused: for a day still to come, or once it was sent
    """
    with access.oneself(by):
        concern = _locked(concern_id)
        if concern.stage == ConcernStage.SENT:
            raise Refused("This concern was sent already. Amend the referral instead.")
        if taken_on > civil_date(at):
            raise Refused("The day advice was taken must be today or in the past.")
        return AdviceTaken.objects.create(
            concern=concern, rung=rung, whom=whom, taken_on=taken_on, advised=advised, by=by.user, at=at
        )


def _locked(concern_id: UUID) -> Concern:
    """The concern, locked, if row security shows it to this person. :raises NotAllowed: if it does not"""
    concern = Concern.objects.select_for_update(of=("self",)).select_related("writer", "lead").filter(pk=concern_id)
    if (found := concern.first()) is None:
        raise NotAllowed("This concern is not open to you.")
    return found


def _seen(concern_id: UUID, version: int) -> Concern:
    concern = _locked(concern_id)
    if concern.version != version:
        raise StaleRecord("This concern changed after you opened it. Check it, then try again.")
    return concern


def _step(
    concern: Concern, kind: ConcernStepKind, stage: ConcernStage, words: str, by: Actor, at: datetime,
    to: User | None = None,
) -> ConcernStep:  # fmt: skip
    """Write the step, move the concern, and keep it a year from now."""
    concern.stage = stage
    concern.version += 1
    calendar = calendar_of(published(concern.procedure_key).division)
    concern.forget_on = max(concern.forget_on, CONCERN_WEIGHED_KEPT.after(civil_date(at), calendar))
    concern.save(update_fields=["stage", "lead", "version", "forget_on"])
    return ConcernStep.objects.create(concern=concern, kind=kind, words=words.strip(), to=to, by=by.user, at=at)
