"""What is done to protect somebody on a case, as its pages and other acts read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import queries
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Case, ClockRun
from prevent_cases.casework.wording import date_and_time, day
from safeguarding.models import (
    AgreedAction,
    EmergencyDecision,
    Protection,
    ProtectionWords,
    Screening,
    StrategyDiscussion,
)
from safeguarding.states import ActionState, Agency, ChildRoute, ProtectionKind, ProtectionState
from safeguarding.workflow import PROTECTION

MOST = 50
TONES: dict[str, str] = {
    ProtectionState.OPEN: "late",
    ProtectionState.DISCUSSED: "progress",
    ProtectionState.ENQUIRING: "progress",
    ProtectionState.CONFERRED: "progress",
    ProtectionState.ASSESSED: "progress",
    ProtectionState.FINISHED: "closed",
}
PAGES = {
    "protection.discuss": "protection-discuss",
    "protection.confer": "protection-confer",
    "protection.assess": "protection-assess",
    "protection.open_enquiry": "protection-screen",
    "protection.finish": "protection-finish",
}
LABELS = {"protection.open_enquiry": "Screen under section 42"}
ORDER: dict[str, tuple[str, ...]] = {
    ProtectionKind.SECTION_17: ("protection.assess", "protection.finish", "protection.discuss"),
    ProtectionKind.SECTION_42: ("protection.open_enquiry", "protection.discuss", "protection.finish"),
}
USUAL = ("protection.discuss", "protection.confer", "protection.finish")
DISCUSS = "protection.discuss"
NEVER_AGAIN = tuple(key for key in PAGES if key != DISCUSS)
"""Steps that happen once; of discussions there may be several."""


@dataclass(frozen=True)
class Step:
    """A link to a page on which something can be done (components/steps.html)."""

    label: str
    url: str
    warning: bool = False


@dataclass(frozen=True)
class Standing:
    """One protection in a list: what, where it is, since when and by whom, what is due."""

    protection: Protection
    url: str
    state: dict[str, str]
    begun: str
    clocks: tuple[dict[str, Any], ...]

    @property
    def must_raise_child(self) -> bool:
        return self.protection.child_route == ChildRoute.TO_RAISE


@dataclass(frozen=True)
class Discussion:
    """A strategy discussion with its actions, agencies in words."""

    row: StrategyDiscussion
    came: tuple[str, ...]
    absent: str
    actions: tuple[AgreedAction, ...]


@dataclass(frozen=True)
class Inside:
    """What was written about one protection, for whom the restricted area is open."""

    words: tuple[ProtectionWords, ...]
    decisions: tuple[EmergencyDecision, ...]
    discussions: tuple[Discussion, ...]
    screenings: tuple[Screening, ...]

    @property
    def has_open_actions(self) -> bool:
        return any(a.standing == ActionState.AGREED for one in self.discussions for a in one.actions)


def open_kinds(case: Case) -> list[str]:
    """What is still being done to protect somebody on a case, in words, the first begun first: one statement."""
    rows = Protection.objects.filter(case=case).exclude(state=ProtectionState.FINISHED).order_by("opened_at", "pk")
    return [row.get_kind_display() for row in rows]


def standing_on(case: Case, at: datetime) -> list[Standing]:
    """Everything that was done to protect somebody on a case, what is open first, the newest first: two statements."""
    rows = Protection.objects.filter(case=case).select_related("team", "opened_by").order_by("-opened_at", "pk")[:MOST]
    due = deadlines_of(case, at)
    found = [_standing(row, due[row.record_key]) for row in rows]
    return sorted(found, key=lambda one: not one.protection.is_open)


def deadlines_of(case: Case, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """What runs, by the record it runs on, as components/clock.html takes it: one statement."""
    runs = ClockRun.objects.filter(case=case, clock__startswith="protection.").unfinished().order_by("due_at")
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in (queries.deadline(run, at) for run in runs):
        found[row.subject].append({
            "label": row.label, "due": row.due, "words": row.words, "standing": row.standing,
            "why_url": reverse("clock-why", args=[case.pk, row.run_id]),
        })  # fmt: skip
    return found


def find(case: Case, protection_id: UUID) -> Protection | None:
    """A protection of this case and no other."""
    found = (
        Protection.objects.select_related("team", "opened_by", "follows").filter(case=case, pk=protection_id).first()
    )
    if found:
        found.case = case
    return found


def one_of(protection: Protection, at: datetime) -> Standing:
    """A protection as its own page shows it: one statement."""
    return _standing(protection, deadlines_of(protection.case, at)[protection.record_key])


def due_on(protection: Protection, clock: str) -> date | None:
    """The day on which something of a protection is due; None where its clock does not run."""
    run = ClockRun.objects.unfinished().filter(subject=protection.record_key, clock=clock).first()
    return civil_date(run.due_at) if run else None


def inside(protection: Protection) -> Inside:
    """What was written about it: read inside access.material or after access.look. Five statements."""
    of = {"protection": protection}
    actions: dict[UUID, list[AgreedAction]] = defaultdict(list)
    for action in AgreedAction.objects.filter(**of).order_by("due_on", "at")[: MOST * 4]:
        actions[action.discussion_id].append(action)
    discussions = StrategyDiscussion.objects.filter(**of).select_related("by").order_by("-held_at", "pk")[:MOST]
    return Inside(
        tuple(ProtectionWords.objects.filter(**of).select_related("by").order_by("at", "pk")[:MOST]),
        tuple(EmergencyDecision.objects.filter(**of).select_related("by").order_by("-decided_at", "pk")[:MOST]),
        tuple(in_words(row, actions[row.pk]) for row in discussions),
        tuple(Screening.objects.filter(**of).select_related("by").order_by("-at", "pk")[:MOST]),
    )


def in_words(row: StrategyDiscussion, actions: Iterable[AgreedAction]) -> Discussion:
    """A discussion with its agencies named."""
    came = tuple(f"{Agency(one['agency']).label}: {one['name']}" for one in row.attendees)
    return Discussion(row, came, ", ".join(str(Agency(one).label) for one in row.absent), tuple(actions))


def discussion_of(case: Case, discussion_id: UUID) -> Discussion | None:
    """A discussion of this case, if row security lets it be seen: two statements."""
    row = (
        StrategyDiscussion.objects.filter(case=case, pk=discussion_id)
        .select_related("by", "protection", "protection__team")
        .first()
    )
    return in_words(row, row.actions.order_by("due_on", "at")) if row else None


def action_of(case: Case, action_id: UUID) -> AgreedAction | None:
    """An agreed action of this case, if row security lets it be seen."""
    return AgreedAction.objects.filter(case=case, pk=action_id).select_related("protection").first()


def steps_of(actor: Actor, protection: Protection) -> list[Step]:
    """What this person may do next about a protection, the usual way on first: pure."""
    steps = [_child(protection)] if protection.child_route == ChildRoute.TO_RAISE else []
    if not protection.is_open:
        return steps
    rows = {row.key: row for row in PROTECTION.open_to(actor, protection)}
    emergency = [_step(protection, "protection-emergency", "Record the emergency decision")]
    is_fresh = protection.state == ProtectionState.OPEN
    if protection.is_immediate and is_fresh:
        steps += emergency
    offered = (DISCUSS, *NEVER_AGAIN) if is_fresh else NEVER_AGAIN
    steps += [
        _step(protection, PAGES[key], LABELS.get(key, rows[key].label))
        for key in ORDER.get(protection.kind, USUAL)
        if key in rows and key in offered
    ]
    if not is_fresh:
        steps.append(_step(protection, PAGES[DISCUSS], "Record another strategy discussion"))
    return steps + (emergency if protection.is_immediate and not is_fresh else [])


def _standing(row: Protection, due: list[dict[str, Any]]) -> Standing:
    return Standing(
        row,
        reverse("protection", args=[row.case_id, row.pk]),
        {"text": row.get_state_display(), "tone": TONES[row.state]},
        f"Begun {date_and_time(row.opened_at)} by {row.opened_by.name}. With {row.team.name}."
        + (f" Finished {day(row.finished_at)}: {row.get_ending_display().lower()}." if row.ending else ""),
        tuple(due),
    )


def _step(protection: Protection, page: str, label: str) -> Step:
    return Step(label, reverse(page, args=[protection.case_id, protection.pk]))


def _child(protection: Protection) -> Step:
    return _step(protection, "protection-child", "Record that children’s social care was told of the child")
