"""What children's duty has in hand: their list, oldest deadline first, and what a decision is made with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework import access, timing
from prevent_cases.casework.days import civil_date, civil_time
from prevent_cases.casework.holds import has_lapsed
from prevent_cases.casework.models import ClockRun, Narrative
from prevent_cases.casework.telephones import dialled
from prevent_cases.casework.wording import by_words, date_and_time, lower_first, time_words, weekday
from referrals import clocks
from referrals.models import ChildArrival, Referral
from referrals.queries.arrivals import arrival_of
from referrals.queries.frame import age_words
from referrals.queries.headings import INSTRUCTIONS, in_form_order
from referrals.states import ReferralState as S
from safeguarding.models import ChildDecision, FeedbackOwed
from safeguarding.states import FeedbackState, FeedbackTo

MOST = 50
WITH_DUTY = (S.WITH_CHILDREN, S.CHILD_DECIDED)
VERBS = {clocks.ACKNOWLEDGE.key: "Acknowledge", clocks.DECIDE.key: "Decide", clocks.HAND_OVER.key: "Hand over"}


@dataclass(frozen=True)
class DutyLine:
    """One referral in the duty list. ``clocks`` are what is still owed, in words with their standing; ``held`` says
    that a hold stands, or has lapsed."""

    case_id: UUID
    url: str
    name: str
    reference: str
    age: str
    state: str
    is_decided: bool
    held: str
    clocks: tuple[dict[str, str], ...]
    received: str
    risk: str
    school: str
    phone: str
    dialled: str


@dataclass(frozen=True)
class Feedback:
    """Feedback that is owed, as a list links to it."""

    url: str
    title: str
    reference: str
    words: str
    standing: str


@dataclass(frozen=True)
class OpenOrShut:
    """Whether the duty team is at work now, in words."""

    is_open: bool
    words: str


@dataclass(frozen=True)
class ToWeigh:
    """What a decision is made with: the hub's instructions as sent, what was said, and what was done already."""

    instructions: str
    words: list[tuple[str, str]]
    arrival: ChildArrival | None
    decision: ChildDecision | None


def duty_list(actor: Actor, at: datetime) -> tuple[list[DutyLine], bool]:
    """What this person's duty teams hold, and whether there is more: what is not decided first, then the oldest
    deadline. Three statements, in the transaction in which the looks are logged."""
    teams = actor.team_ids(TeamKind.CHILDREN)
    rows = list(
        Referral.objects.visible_to(actor, civil_date(at))
        .filter(state__in=WITH_DUTY, case__closed_at__isnull=True, case__holder_team__in=teams)
        .select_related("case")
        .order_by("-state", "case__next_due_at", "case_id")[: MOST + 1]
    )
    shown = rows[:MOST]
    cases = [row.case_id for row in shown]
    runs = ClockRun.objects.running().filter(case__in=cases, clock__in=VERBS).order_by("due_at", "clock")
    due: dict[UUID, list[ClockRun]] = {}
    for run in runs:
        due.setdefault(run.case_id, []).append(run)
    with access.oneself(actor):
        came = {one.case_id: one for one in ChildArrival.objects.filter(case__in=cases).order_by("kept_at")}
    return [_line(row, due.get(row.case_id, []), came.get(row.case_id), at) for row in shown], len(rows) > MOST


def feedback_owed(actor: Actor, at: datetime) -> list[Feedback]:
    """What this person's teams owe, of cases they see, closed ones too: two statements."""
    teams = actor.team_ids(TeamKind.CHILDREN, TeamKind.SSU)
    visible = Referral.objects.visible_to(actor, civil_date(at)).values("case")
    rows = FeedbackOwed.objects.filter(state=FeedbackState.OWED, team__in=teams, case__in=visible)
    return _feedback(rows.select_related("case").order_by("owed_at", "pk")[:MOST], at)


def feedback_of(referral: Referral) -> list[FeedbackOwed]:
    """Everything owed on a case and what became of it: one statement."""
    return list(FeedbackOwed.objects.filter(case=referral.case_id).select_related("case", "team").order_by("-to"))


def hours_of(actor: Actor, at: datetime) -> OpenOrShut:
    """Whether this person's duty team is at work: by its own hours, on working days. Two statements."""
    team = Team.objects.filter(pk__in=actor.team_ids(TeamKind.CHILDREN), closes_at__isnull=False).first()
    if team is None or team.opens_at is None or team.closes_at is None:
        return OpenOrShut(is_open=True, words="")
    words = f"{time_words(team.opens_at)} to {time_words(team.closes_at)} on working days"
    is_working = timing.calendar_in_force("england-and-wales").is_working(civil_date(at))
    return OpenOrShut(is_open=is_working and team.opens_at <= civil_time(at) < team.closes_at, words=words)


def to_weigh(referral: Referral) -> ToWeigh:
    """Read it inside access.material or after access.look, in the same transaction: three statements."""
    told = dict(Narrative.objects.filter(case=referral.case_id).values_list("heading", "text"))
    instructions = told.pop(INSTRUCTIONS, "")
    arrival = arrival_of(referral)
    decision = ChildDecision.objects.filter(arrival=arrival).first() if arrival else None
    return ToWeigh(instructions, in_form_order(referral.form_version, told), arrival, decision)


def owed_clocks(referral: Referral, at: datetime) -> list[dict[str, str]]:
    """What duty still owes on a referral, in words: one statement."""
    runs = ClockRun.objects.running().filter(case=referral.case_id, clock__in=VERBS).order_by("due_at", "clock")
    return _clocks(list(runs), at)


def _line(row: Referral, runs: Iterable[ClockRun], arrival: ChildArrival | None, at: datetime) -> DutyLine:
    is_decided = row.state == S.CHILD_DECIDED
    phone = arrival.caller_phone if arrival else ""
    return DutyLine(
        case_id=row.case_id,
        url=reverse("case" if is_decided else "decide-child", args=[row.case_id]),
        name=row.full_name,
        reference=row.case.reference,
        age=age_words(row, civil_date(at)),
        state=row.get_state_display(),
        is_decided=is_decided,
        held=_held(row, civil_date(at)),
        clocks=tuple(_clocks(list(runs), at)),
        received=date_and_time(arrival.arrived_at if arrival else row.received_at),
        risk=arrival.risk if arrival else "",
        school=arrival.school if arrival else "",
        phone=phone,
        dialled=dialled(phone),
    )


def _clocks(runs: Sequence[ClockRun], at: datetime) -> list[dict[str, str]]:
    """What is owed at each moment, in one sentence: ``Acknowledge and decide by 5pm tomorrow``."""
    today = civil_date(at)
    found = []
    for due_at, together in groupby(runs, key=lambda run: run.due_at):
        verbs = " and ".join(lower_first(VERBS[run.clock]) for run in together)
        when = by_words(due_at, today)
        said = f"{verbs} {when}" if when.startswith("by ") else f"{verbs}: {when}"
        standing = "overdue" if at > due_at else "due_soon" if today == civil_date(due_at) else "on_time"
        found.append({"words": f"{said[:1].upper()}{said[1:]}", "standing": standing})
    return found


def _held(row: Referral, today: date) -> str:
    until = row.case.held_until
    if until is None:
        return ""
    lapsed = has_lapsed(until, today)
    return f"The hold lapsed: its last day was {weekday(until)}" if lapsed else f"On hold until {weekday(until)}"


def _feedback(rows: Iterable[FeedbackOwed], at: datetime) -> list[Feedback]:
    found = list(rows)
    due = {run.subject: run for run in ClockRun.objects.running().filter(case__in=[row.case_id for row in found])}
    lines = []
    for row in found:
        run: Any = due.get(row.record_key)
        lines.append(
            Feedback(
                reverse("feedback", args=[row.case_id, row.pk]),
                f"Feedback to {FeedbackTo(row.to).label}",
                row.case.reference,
                by_words(run.due_at, civil_date(at)) if run else "",
                "overdue" if run and at > run.due_at else "on_time",
            )
        )
    return lines
