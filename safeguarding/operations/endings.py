"""Record the conference and the assessment, and finish what was begun to protect somebody (C5, C6, C13, A14)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.clocks import Clock
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, running
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import NotAllowed, Refused
from safeguarding import clocks as c
from safeguarding.models import AgreedAction, Protection
from safeguarding.operations.discussions import for_writing
from safeguarding.operations.protection import IN_SENTENCES, say
from safeguarding.states import ActionState, ChildRoute, ProtectionEnding
from safeguarding.states import ProtectionWordsAbout as About
from safeguarding.workflow import PROTECTION


@transaction.atomic
def record_conference(
    *, protection: Protection, held_on: date, decided: str, why_late: str = "", by: Actor, at: datetime,
    version: int | None = None,
) -> Protection:  # fmt: skip
    """The child protection conference was held, and decided this (C5).

    :raises Refused: for a day to come, without what it decided, or after its due date without saying why
    """
    protection = for_writing(protection, by, version)
    _must_be_sound(protection, held_on, decided, "what the conference decided", at)
    _must_say_why(protection, c.CONFERENCE, held_on, why_late)
    say(protection, About.CONFERENCE, decided.strip(), by=by, at=at)
    if why_late.strip():
        say(protection, About.LATE, why_late.strip(), by=by, at=at)
    advance(
        subject=protection, transition=PROTECTION["protection.confer"], by=by, at=at,
        facts={"held_on": held_on.isoformat()},
    )  # fmt: skip
    return protection


@transaction.atomic
def record_assessment(
    *, protection: Protection, finished_on: date, found: str, why_late: str = "", by: Actor, at: datetime,
    version: int | None = None,
) -> Protection:  # fmt: skip
    """The assessment under section 17 was finished, and found this (C6): within 45 working days of the referral, or
    with the reason why not."""
    protection = for_writing(protection, by, version)
    _must_be_sound(protection, finished_on, found, "what the assessment found", at)
    _must_say_why(protection, c.ASSESSMENT, finished_on, why_late)
    say(protection, About.ASSESSMENT, found.strip(), by=by, at=at)
    if why_late.strip():
        say(protection, About.LATE, why_late.strip(), by=by, at=at)
    advance(
        subject=protection, transition=PROTECTION["protection.assess"], by=by, at=at,
        facts={"finished_on": finished_on.isoformat()},
    )  # fmt: skip
    return protection


@transaction.atomic
def finish_protection(
    *, protection: Protection, ending: str, words: str, by: Actor, at: datetime, version: int | None = None
) -> Protection:
    """It is over: how, and why that is safe.

    :raises NotAllowed: unless the restricted area is open to this person, who must know what was agreed
    :raises Refused: while an agreed action is to do, or a child is to be raised with children's social care
    """
    protection = for_writing(protection, by, version)
    if not access.may_enter(by, protection.case):
        raise NotAllowed("The restricted area of this case is not open to you.")
    if not words.strip():
        raise Refused("Say why it can end.")
    if protection.child_route == ChildRoute.TO_RAISE:
        raise Refused("Tell children's social care of the child first, and record that.")
    if AgreedAction.objects.filter(protection=protection, standing=ActionState.AGREED).exists():
        raise Refused("Say first what became of each agreed action.")
    say(protection, About.ENDING, words.strip(), by=by, at=at)
    protection.ending, protection.finished_at = ending, at
    advance(
        subject=protection, transition=PROTECTION["protection.finish"], by=by, at=at,
        facts={"what": IN_SENTENCES[protection.kind], "ending": ProtectionEnding(ending).label},
    )  # fmt: skip
    return protection


def _must_be_sound(protection: Protection, on: date, words: str, what: str, at: datetime) -> None:
    if on > civil_date(at):
        raise Refused("The day cannot be in the future.")
    if on < (begun := civil_date(protection.conference_from or protection.counted_from)):
        raise Refused(f"The day cannot be before {day(begun)}, when the time for it began.")
    if not words.strip():
        raise Refused(f"Say {what}.")


def _must_say_why(protection: Protection, clock: Clock, on: date, why_late: str) -> None:
    run = running(protection, clock)
    if run and on > civil_date(run.due_at) and not why_late.strip():
        raise Refused(f"It was due on {day(run.due_at)}. Say why it took longer.", field="why_late")
