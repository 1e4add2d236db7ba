"""The police checks of a case, its hold, and what a policing team still owes. Why police stop shows to whom the
database lets read it, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework import access
from prevent_cases.casework.clocks import HOLD_CHECKS
from prevent_cases.casework.holds import has_lapsed
from prevent_cases.casework.kinds import Basis, ClockState, HoldState, Look
from prevent_cases.casework.models import Case, ClockRun, Exclusion, Hold, Narrative
from prevent_cases.casework.wording import date_and_time, day, due_words, weekday
from safeguarding.clocks import CHECK_REPLY
from safeguarding.models import Check, StoppedBecause
from safeguarding.states import ENDS_THE_HOLD, CheckPurpose, CheckResult, CheckState, StopReason

MOST = 50
EXPECTED, EVIDENCE = "what_police_expect", "how_police_told_us"
"""The headings under which the words of an answer are kept, behind the wall."""
ADVICE: dict[str, str] = {
    CheckResult.SUITABLE: "It may go on, to the Channel Panel or led by police: CT policing says which.",
    CheckResult.NOT_SUITABLE: "Consider early help or social care, and write down another need if there is one.",
    CheckResult.DO_NOT_PROCEED: "The hold goes on. Only the lead of the Strategic Safeguarding Unit may end it.",
    CheckResult.NOT_PROGRESSED: "The hold goes on. Only the lead of the Strategic Safeguarding Unit may end it.",
}
"""What follows from an answer about a hold."""


@dataclass(frozen=True)
class CheckRead:
    """One check as the page of a case shows it. ``why`` is empty for all who may not read it."""

    id: UUID
    title: str
    is_open: bool
    is_priority: bool
    rows: list[dict[str, str]]
    why: str
    advice: str
    check: Check


@dataclass(frozen=True)
class HoldRead:
    """The hold that stands: its dates in words."""

    until: str
    has_lapsed: bool
    rows: list[dict[str, str]]


@dataclass(frozen=True)
class Owed:
    """A check that a policing team owes: the references and what is asked. Nothing of the person."""

    id: UUID
    asked: str
    reference: str
    theirs: str
    received: str
    asked_on: str
    due: str
    is_late: bool
    is_priority: bool
    waits: bool
    check: Check


def checks_of(case: Case) -> list[CheckRead]:
    """The checks of a case, newest first: three statements, in the transaction in which the person is named for row
    security."""
    rows = Check.objects.filter(case=case).select_related("policing_team", "asked_by", "answered_by")
    checks = list(rows.order_by("-asked_at", "-id")[:MOST])
    words: dict[str, dict[str, str]] = {}
    of_checks = Narrative.objects.filter(case=case, subject__in=[check.record_key for check in checks])
    for row in of_checks.order_by("heading"):
        words.setdefault(row.subject, {})[row.heading] = row.text
    reasons = dict(StoppedBecause.objects.filter(case=case).values_list("check_asked_id", "reason"))
    return [
        _read(check, words.get(check.record_key, {}), reasons.get(check.pk, ""), is_held=case.is_held)
        for check in checks
    ]


def hold_of(case: Case, on: date) -> HoldRead | None:
    """The hold that stands on a case. One statement where one does, and none otherwise."""
    if case.held_until is None:
        return None
    hold = Hold.objects.select_related("placed_by").get(case=case, state=HoldState.STANDING)
    rows = [
        {"key": "Received", "value": date_and_time(hold.received_at)},
        {"key": "On hold since", "value": f"{date_and_time(hold.placed_at)}, by {_name(hold.placed_by)}"},
        {"key": "Last day", "value": weekday(hold.until_on)},
        {"key": "Renewed", "value": _times(hold.renewals)},
    ]
    return HoldRead(weekday(hold.until_on), has_lapsed(hold.until_on, on), rows)


def check_of(case: Case, check_id: UUID) -> Check:
    """:raises Http404: for a check of another case, the same as for none"""
    return _or_404(Check.objects.filter(case=case), check_id)


def open_purposes(case: Case) -> list[str]:
    """What may be asked now: what is not asked already."""
    asked = set(Check.objects.filter(case=case, state=CheckState.ASKED).values_list("purpose", flat=True))
    return [purpose.value for purpose in CheckPurpose if purpose not in asked]


def owed_by_team(actor: Actor, today: date, at: datetime) -> list[Owed]:
    """The checks this person's policing teams owe, those that come first before the others. One statement."""
    rows = _of_teams(actor).filter(state=CheckState.ASKED)
    return [_owed(row, today, at) for row in rows.order_by("-is_priority", "asked_at", "id")[:MOST]]


def answered_by_team(actor: Actor) -> list[Owed]:
    """The checks this person's teams answered last. One statement."""
    rows = _of_teams(actor).filter(state=CheckState.ANSWERED).order_by("-answered_at", "-id")
    return [_owed(row, date.min, row.asked_at) for row in rows[:10]]


@contextmanager
def asked_of_team(actor: Actor, check_id: UUID, today: date, at: datetime, *, source: str | None) -> Iterator[Owed]:
    """One check for a member of the team that was asked; the look is logged with it.

    :raises Http404: for a check of another team, the same as for none
    """
    with transaction.atomic():
        check = _or_404(_of_teams(actor), check_id)
        access.log_look(
            actor, check.case_id, Look.SHARED, at=at, source=source, record=f"check {check.pk}", basis=Basis.SHARED
        )
        yield _owed(check, today, at)


def _of_teams(actor: Actor) -> QuerySet[Check]:
    kept_from = Exclusion.objects.standing().filter(user=actor.user_id).values("case")
    clocks = (CHECK_REPLY.key, HOLD_CHECKS.key)
    runs = ClockRun.objects.filter(case=OuterRef("case"), clock__in=clocks, state=ClockState.RUNNING)
    mine = Check.objects.filter(policing_team__in=actor.team_ids(TeamKind.POLICING)).exclude(case__in=kept_from)
    due = Subquery(runs.order_by("due_at").values("due_at")[:1])
    return mine.select_related("case", "referral").annotate(due_at=due)


def _or_404(rows: QuerySet[Check], check_id: UUID) -> Check:
    found = rows.filter(pk=check_id).first()
    if found is None:
        raise Http404
    return found


def _owed(check: Any, today: date, at: datetime) -> Owed:
    return Owed(
        id=check.pk,
        asked=CheckPurpose(check.purpose).label,
        reference=check.case.reference,
        theirs=check.referral.policing_reference,
        received=day(check.referral.received_at),
        asked_on=day(check.asked_at),
        due=due_words(check.due_at, today) if check.due_at else "No date",
        is_late=check.due_at is not None and check.due_at < at,
        is_priority=check.is_priority,
        waits=check.result == CheckResult.WAIT,
        check=check,
    )


def _read(check: Check, words: dict[str, str], why: str, *, is_held: bool) -> CheckRead:
    rows = [
        ("Asked", f"{date_and_time(check.asked_at)}, by {_name(check.asked_by)}"),
        ("Of", check.policing_team.name),
        ("Answer", _answer(check)),
        ("Answered", _answered(check)),
        ("Told by", f"{check.told_by}, {weekday(check.told_on)}" if check.told_by else ""),
        *((f"What CT policing expects{_when(heading)}", text) for heading, text in words.items()
          if heading.startswith(EXPECTED)),
        *((f"How we know{_when(heading)}", text) for heading, text in words.items() if heading.startswith(EVIDENCE)),
    ]  # fmt: skip
    return CheckRead(
        id=check.pk,
        title=CheckPurpose(check.purpose).label,
        is_open=check.state == CheckState.ASKED,
        is_priority=check.is_priority,
        rows=[{"key": key, "value": value} for key, value in rows if value],
        why=StopReason(why).label if why else "",
        advice=ADVICE.get(check.result, "") if is_held == (check.result not in ENDS_THE_HOLD) else "",
        check=check,
    )


def _answer(check: Check) -> str:
    if check.state == CheckState.TAKEN_BACK:
        return CheckState.TAKEN_BACK.label
    if not check.result:
        return "Not yet"
    return "Not yet: CT policing asks us to wait" if check.result == CheckResult.WAIT else check.get_result_display()


def _answered(check: Check) -> str:
    return f"{date_and_time(check.answered_at)}, by {_name(check.answered_by)}" if check.answered_at else ""


def _when(heading: str) -> str:
    """Words that came with "wait" are marked with when they came."""
    _, _, moment = heading.partition(" ")
    return f" ({day(datetime.fromisoformat(moment))}, with the request to wait)" if moment else ""


def _name(user: Any) -> str:
    return user.name if user else "the service"


def _times(count: int) -> str:
    return {0: "Not yet", 1: "Once", 2: "Twice"}.get(count, f"{count} times")
