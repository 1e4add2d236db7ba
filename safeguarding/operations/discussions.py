"""Decide in an emergency, discuss with the other agencies, and see that what was agreed is done (C3, C4, A14)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, holding
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, settle
from prevent_cases.casework.models import Case
from prevent_cases.casework.wording import date_and_time, day
from prevent_cases.casework.workflow import NotAllowed, Refused
from safeguarding.clocks import BEFORE_RECEIPT
from safeguarding.models import AgreedAction, EmergencyDecision, Protection, StrategyDiscussion
from safeguarding.operations.protection import open_protection, start_conference, whatever_is_broken
from safeguarding.operations.telling import tell_agencies
from safeguarding.policy import has_the_duty
from safeguarding.queries.typed import MUST_COME, Agreed, Discussed
from safeguarding.states import ActionState, Agency, DiscussionOutcome, EmergencyAction, PowerHolder, ProtectionKind
from safeguarding.states import ProtectionState as S
from safeguarding.workflow import PROTECTION

CLOSED = "This is finished. Begin it anew if somebody needs protecting again."


@transaction.atomic
def record_emergency_decision(
    *, protection: Protection, agency: str, decided_by: str, decided_at: datetime, action: str, words: str,
    consulted: str, by: Actor, at: datetime, version: int | None = None,
) -> EmergencyDecision:  # fmt: skip
    """An agency with the power decided whether to act at once, having consulted CT policing or not being able to.

    :raises Refused: for a decision still to come or long before the case, without who decided, why, or who was
        consulted
    """
    protection = for_writing(protection, by, version)
    if protection.kind != ProtectionKind.IMMEDIATE:
        raise Refused("An emergency decision belongs to immediate protection. Begin that first.")
    _must_be_when_it_can(protection.case, decided_at, "The decision", at)
    if not (decided_by.strip() and words.strip() and consulted.strip()):
        raise Refused("Say who decided, why, and who in CT policing was consulted or why nobody was.")
    decision = EmergencyDecision(
        case=protection.case, protection=protection, agency=agency, decided_by=decided_by.strip(),
        decided_at=decided_at, action=action, words=words.strip(), consulted=consulted.strip(), by=by.user, at=at,
    )  # fmt: skip
    keep(decision, by=by, at=at)
    facts = {"agency": PowerHolder(agency).label, "action": EmergencyAction(action).label}
    record(case=protection.case, kind="protection.decided", by=by, at=at, subject=protection.record_key, facts=facts)
    settle(protection.case, by=by, at=at)
    return decision


@transaction.atomic
def record_discussion(
    *, protection: Protection, said: Discussed, by: Actor, at: datetime, version: int | None = None
) -> StrategyDiscussion:
    """Keep a strategy discussion whole: attendees, advice, what was told, the outcome, actions and minutes.

    Where it decides on enquiries under section 47, the conference is counted from it; what it decides that is not
    under way already is begun.

    :raises Refused: for one still to come or long before the case, without minutes, or without saying why an agency
        that must be there was not
    """
    protection = for_writing(protection, by, version)
    case = protection.case
    _must_be_when_it_can(case, said.held_at, "The discussion", at)
    _must_be_whole(protection, said)
    holding.lift_for_safety(case=case, reason="A strategy discussion was held", by=by, at=at)
    discussion = keep(
        StrategyDiscussion(
            case=case, protection=protection, held_at=said.held_at,
            attendees=[{"agency": agency, "name": name} for agency, name in said.attendees], absent=list(said.absent),
            why_absent=said.why_absent, legal_advice=said.legal_advice, legal_words=said.legal_words, told=said.told,
            told_words=said.told_words, outcome=said.outcome, minutes=said.minutes, by=by.user, at=at,
        ),
        by=by, at=at,
    )  # fmt: skip
    for agreed in said.actions:
        _keep_action(discussion, agreed, by=by, at=at)
    tell_agencies(protection, said, by=by, at=at)
    _note_discussed(protection, said, by=by, at=at)
    if said.outcome in ProtectionKind.values and said.outcome != protection.kind:
        follows = open_protection(
            case=case, kind=said.outcome, reason=f"Agreed at the strategy discussion of {date_and_time(said.held_at)}.",
            follows=protection, by=by, at=at,
        )  # fmt: skip
        if said.outcome == ProtectionKind.SECTION_47:
            follows.case = case
            _note_discussed(follows, said, by=by, at=at)
    return discussion


@transaction.atomic
def agree_action(
    *, discussion: StrategyDiscussion, agreed: Agreed, by: Actor, at: datetime, version: int | None = None
) -> AgreedAction:
    """Add an action that a discussion agreed and that was not written down with it."""
    protection = for_writing(discussion.protection, by, version)
    action = _keep_action(discussion, agreed, by=by, at=at)
    record(case=protection.case, kind="protection.action_agreed", by=by, at=at, subject=protection.record_key)
    settle(protection.case, by=by, at=at)
    return action


@transaction.atomic
def end_action(
    *, action: AgreedAction, standing: str, done_by: str, done_on: date | None, words: str, by: Actor, at: datetime
) -> AgreedAction:
    """Who did what was agreed, and when; or why it was not done (C1.20).

    :raises NotAllowed: unless the restricted area is open to this person, who must know what was agreed
    :raises Refused: if it was said already, for a day to come, or without who or why
    """
    case = lock(action.case_id)
    if not has_the_duty.allows(by, None) or not access.may_enter(by, case):
        raise NotAllowed("The restricted area of this case is not open to you.")
    action = AgreedAction.objects.select_related("protection").get(pk=action.pk)
    if action.standing != ActionState.AGREED:
        raise Refused("What became of this action is recorded already.")
    is_done = standing == ActionState.DONE
    if is_done and (not done_by.strip() or done_on is None):
        raise Refused("Say who did it, and on which day.")
    if done_on is not None and done_on > civil_date(at):
        raise Refused("The day it was done cannot be in the future.")
    if not is_done and not words.strip():
        raise Refused("Say why it was not done.")
    action.standing, action.done_words = standing, words.strip()
    action.done_by, action.done_on = (done_by.strip(), done_on) if is_done else ("", None)
    keep(action, by=by, at=at)
    record(
        case=case, kind="protection.action_done" if is_done else "protection.action_not_done", by=by, at=at,
        subject=action.protection.record_key,
    )  # fmt: skip
    settle(case, by=by, at=at)
    return action


def for_writing(protection: Protection, by: Actor, version: int | None) -> Protection:
    """The protection as it is now, with its case, locked, for somebody who may go on with it.

    :raises NotAllowed: unless a member of a team with the duty
    :raises StaleRecord: if the case changed since ``version``
    :raises Refused: if it is finished
    """
    case = lock(protection.case_id)
    if not has_the_duty.allows(by, None):
        raise NotAllowed(f"This may only be done by {has_the_duty.says}.")
    must_be_as_seen(case, version, by)
    fresh = Protection.objects.get(pk=protection.pk)
    fresh.case = case
    if not fresh.is_open:
        raise Refused(CLOSED)
    return fresh


def _note_discussed(protection: Protection, said: Discussed, *, by: Actor, at: datetime) -> None:
    facts = {"held_at": said.held_at.isoformat(), "outcome": DiscussionOutcome(said.outcome).label}
    counts = protection.kind == said.outcome == ProtectionKind.SECTION_47 and protection.conference_from is None
    if counts and protection.state in (S.OPEN, S.DISCUSSED):
        protection.conference_from = said.held_at
    if protection.state in (S.OPEN, S.DISCUSSED):
        advance(subject=protection, transition=PROTECTION["protection.discuss"], by=by, at=at, facts=facts)
    else:
        record(
            case=protection.case, kind="protection.discussed_again", by=by, at=at, subject=protection.record_key,
            facts=facts,
        )  # fmt: skip
    if counts and protection.state == S.DISCUSSED:
        whatever_is_broken(lambda: start_conference(protection, by=by))
    settle(protection.case, by=by, at=at)


def _keep_action(discussion: StrategyDiscussion, agreed: Agreed, *, by: Actor, at: datetime) -> AgreedAction:
    if not agreed.what.strip() or not agreed.who.strip():
        raise Refused("Say what was agreed, and who does it.")
    action = AgreedAction(
        case_id=discussion.case_id, protection_id=discussion.protection_id, discussion=discussion,
        what=agreed.what.strip(), who=agreed.who.strip(), due_on=agreed.due_on, by=by.user, at=at,
    )  # fmt: skip
    return keep(action, by=by, at=at)


def _must_be_when_it_can(case: Case, when: datetime, what: str, at: datetime) -> None:
    if when > at:
        raise Refused(f"{what} cannot be in the future.")
    if when < (earliest := case.opened_at - BEFORE_RECEIPT):
        raise Refused(f"{what} cannot be before {day(earliest)}, four weeks before the case came.")


def _must_be_whole(protection: Protection, said: Discussed) -> None:
    came = {agency for agency, _ in said.attendees}
    needed = list(MUST_COME[ProtectionKind(protection.kind)])
    if protection.needs_police:
        needed.append(Agency.POLICE_PREVENT)
    missing = [str(Agency(agency).label) for agency in needed if agency not in came]
    if not came:
        raise Refused("Say who came.")
    if missing and not said.why_absent.strip():
        raise Refused(f"Say why nobody came from: {', '.join(missing)}.", field="why_absent")
    if not said.minutes.strip() or not said.told_words.strip():
        raise Refused("Write the minutes, and what was told to whom or why not.")
