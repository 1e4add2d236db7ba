"""Begin to protect somebody, and go on with it: rows A14, C3 to C6, C8. Nothing of Prevent stands in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import holding, outbox, timing
from prevent_cases.casework.engine import keep, lock, record, settle
from prevent_cases.casework.models import Case, ClockRun
from prevent_cases.casework.workflow import NotAllowed, Refused
from safeguarding import clocks as c
from safeguarding.models import Protection, ProtectionWords
from safeguarding.policy import has_the_duty
from safeguarding.states import ProtectionKind as K
from safeguarding.states import ProtectionState as S
from safeguarding.states import ProtectionWordsAbout

IN_SENTENCES: dict[str, str] = {
    K.IMMEDIATE: "immediate protection",
    K.SECTION_47: "enquiries under section 47",
    K.SECTION_17: "an assessment under section 17",
    K.SECTION_42: "safeguarding under section 42",
}
"""What each kind is called in a sentence of the history."""


@transaction.atomic
def open_protection(
    *, case: Case, kind: str, reason: str, counted_from: datetime | None = None, follows: Protection | None = None,
    by: Actor, at: datetime,
) -> Protection:  # fmt: skip
    """Begin to protect somebody, whatever state the case is in, closed too. It lifts a hold, and tells the teams.

    Where one of the same kind is open already, that one is returned, with the reason added to it. ``counted_from`` is
    when the time for an assessment began; left out, this moment. Brings ``case`` itself up to date.

    :raises NotAllowed: unless a member of a team with the duty does it; that they see the case is the caller's to know
    :raises Refused: without a reason
    """
    locked = lock(case.pk)
    if not has_the_duty.allows(by, None):
        raise NotAllowed(f"This may only be done by {has_the_duty.says}.")
    words = reason.strip()
    if not words:
        raise Refused("Say why they must be protected.")
    holding.lift_for_safety(case=locked, reason=f"They need {IN_SENTENCES[kind]}", by=by, at=at)
    found = Protection.objects.filter(case=locked, kind=kind).exclude(state=S.FINISHED).first()
    protection = found or keep(
        Protection(
            case=locked, kind=kind, team_id=_team_of(locked, by), opened_by=by.user, opened_at=at,
            counted_from=counted_from or at, follows=follows,
        ),
        by=by, at=at,
    )  # fmt: skip
    about = ProtectionWordsAbout.AGAIN if found else ProtectionWordsAbout.REASON
    say(protection, about, words, by=by, at=at)
    event = record(
        case=locked, kind="protection.asked_again" if found else "protection.opened", by=by, at=at,
        subject=protection.record_key, facts={"what": IN_SENTENCES[kind]},
    )  # fmt: skip
    for team in {locked.owner_team_id: locked.owner_team, locked.holder_team_id: locked.holder_team}.values():
        outbox.write(key=f"event:{event.pk}:{team.pk}", kind="protection.opened", case=locked, to=team, at=at)
    if not found:
        whatever_is_broken(lambda: start_first(protection, by=by))
    settle(locked, by=by, at=at)
    _bring_up_to_date(case, locked)
    return protection


def say(protection: Protection, about: str, words: str, *, by: Actor, at: datetime) -> ProtectionWords:
    """Keep somebody's words about a protection, behind the wall."""
    row = ProtectionWords(case_id=protection.case_id, protection=protection, about=about, text=words, by=by.user, at=at)
    return keep(row, by=by, at=at)


def whatever_is_broken(start: Callable[[], object]) -> None:
    """Start a deadline, or leave it to ``start_owed_clocks`` where the council's calendar or editions cannot be read:
    a deadline never stands in the way of protecting somebody."""
    try:
        with transaction.atomic():
            start()
    except Exception:  # noqa: BLE001 -- whatever it is, the person is protected; the job makes up for it
        return


def start_owed_clocks(*, by: Actor, at: datetime) -> int:
    """Start the deadlines that could not be started with what they belong to. Safe to repeat; how many were."""
    rows = list(Protection.objects.exclude(state=S.FINISHED))
    runs = ClockRun.objects.filter(subject__in=[row.record_key for row in rows]).values_list("subject", "clock")
    had: dict[str, set[str]] = defaultdict(set)
    for subject, clock in runs:
        had[subject].add(clock)
    return sum(_start_owed(row, by=by, at=at) for row in rows if _owes(row, had[row.record_key]))


def _owes(protection: Protection, had: set[str]) -> bool:
    """Whether a deadline should run that never did: the first, or that of the conference."""
    if protection.state == S.OPEN:
        return not had
    return protection.state == S.DISCUSSED and protection.conference_from is not None and c.CONFERENCE.key not in had


@transaction.atomic
def _start_owed(row: Protection, *, by: Actor, at: datetime) -> int:
    case = lock(row.case_id)
    protection = Protection.objects.get(pk=row.pk)
    protection.case = case
    had = set(ClockRun.objects.filter(subject=protection.record_key).values_list("clock", flat=True))
    if not _owes(protection, had):
        return 0
    if protection.state == S.OPEN:
        start_first(protection, by=by)
    else:
        start_conference(protection, by=by)
    settle(case, by=by, at=at)
    return 1


def start_first(protection: Protection, *, by: Actor) -> ClockRun:
    """The deadline that a protection begins with: to discuss, to assess or to screen."""
    is_assessed, is_screened = protection.kind == K.SECTION_17, protection.kind == K.SECTION_42
    return timing.start(
        case=protection.case, subject=protection.record_key,
        clock=c.ASSESSMENT if is_assessed else c.SCREENING if is_screened else c.DISCUSSION,
        by=by, at=protection.counted_from if is_assessed else protection.opened_at, team_id=protection.team_id,
    )  # fmt: skip


def start_conference(protection: Protection, *, by: Actor) -> ClockRun:
    """Count to the conference from the strategy discussion that began the enquiries."""
    return timing.start(
        case=protection.case, subject=protection.record_key, clock=c.CONFERENCE, by=by,
        at=protection.conference_from or protection.opened_at, team_id=protection.team_id,
    )  # fmt: skip


def _team_of(case: Case, by: Actor) -> UUID:
    """Who goes on with it: the team of whoever began it where that holds or coordinates the case, else the holder."""
    own = [team for team in (case.holder_team_id, case.owner_team_id) if by.is_member(team)]
    return own[0] if own else case.holder_team_id


def _bring_up_to_date(case: Case, locked: Case) -> None:
    case.version, case.held_until = locked.version, locked.held_until
    case.next_due_at, case.next_due_clock = locked.next_due_at, locked.next_due_clock
