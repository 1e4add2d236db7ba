"""What stands at the head of every page of a case: who, which, where it is, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, clocks
from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.holds import has_lapsed
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.models import Case
from prevent_cases.casework.wording import due_words, weekday
from prevent_cases.casework.workflow import Transition
from referrals.models import Referral
from referrals.queries.ages import age_group_on
from referrals.states import AgeGroup
from referrals.workflow import REFERRAL

RESTRICTED = "case-restricted"
TABS = (
    ("Summary", "case"),
    ("History", "case-history"),
    ("People", "case-people"),
    ("Restricted area", RESTRICTED),
    ("Tasks", "case-tasks"),
    ("Protection", "case-protection"),
)
FOR_AGE = {"referral.hand_to_adults": AgeGroup.ADULT, "referral.reroute_to_children": AgeGroup.CHILD}
"""Steps that are there only while the person is of this age."""
TONES = {Queue.TRIAGE: "new", Queue.WAITING: "waiting", Queue.FINISHING: "progress", Queue.CLOSED: "closed"}


@dataclass(frozen=True)
class Frame:
    """A referral with its case, and the context of layouts/case.html."""

    referral: Referral
    key_details: dict[str, Any]
    steps: tuple[Transition, ...]
    may_open: bool
    """Whether the case's restricted area is open to whoever asked. To anybody else it has no tab and no page."""

    @property
    def case(self) -> Case:
        return self.referral.case

    def context(self, current: str = "") -> dict[str, Any]:
        """``key_details``, ``tabs``, ``case``, ``referral``, ``may_open``; ``current`` is the tab's URL name."""
        return {
            "case": self.case,
            "referral": self.referral,
            "key_details": self.key_details,
            "may_open": self.may_open,
            "tabs": [
                {"text": text, "url": reverse(name, args=[self.case.pk]), "current": name == current}
                for text, name in TABS
                if self.may_open or name != RESTRICTED
            ],
        }


def frame(actor: Actor, case_id: UUID, today: date) -> Frame:
    """The head of a case's page: one query. :raises Http404: the same for a hidden case and an absent one."""
    rows = Referral.objects.visible_to(actor, today).select_related(
        "case__owner_team", "case__holder_team", "case__locality", "case__assignee", "policing_team", "person",
        "named_worker",
    )  # fmt: skip
    rows = rows.annotate(may_open=access.opens_in_the_same_query(actor, case_id))
    referral = access.find(actor, case_id, rows)
    open_steps = REFERRAL.open_to(actor, referral, referral.case.procedure.steps)
    steps = tuple(row for row in open_steps if FOR_AGE.get(row.key, "") in ("", age_group_on(referral, today)))
    return Frame(referral, _key_details(referral, today), steps, referral.may_open)


def _key_details(referral: Referral, today: date) -> dict[str, Any]:
    case = referral.case
    facts = [
        ("Age", age_words(referral, today)),
        ("With", case.holder_team.name),
        ("Assigned to", case.assignee.name if case.assignee else "Nobody yet"),
        ("Locality", case.locality.name if case.locality else ""),
    ]
    return {
        "name": referral.full_name,
        "reference": case.reference,
        "facts": facts,
        "state": {"text": referral.get_state_display(), "tone": TONES[Queue(case.queue)]},
        "clock": clock_words(case, today) if case.has_deadline else None,
        "restricted": case.restricted_at is not None,
        "hold": hold_words(case, today),
        "safety_url": reverse("safety", args=[case.pk]),
    }


def age_words(referral: Referral, today: date) -> str:
    """``34, adult``; or that the age is not known."""
    born = referral.born_on
    if born is None:
        return "Not known"
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{years}, {'under 18' if years < 18 else 'adult'}"


def hold_words(case: Case, today: date) -> dict[str, Any] | None:
    """The hold that stands, as components/key_details.html takes it; past its last day it says so."""
    if case.held_until is None:
        return None
    url = reverse("checks", args=[case.pk])
    if has_lapsed(case.held_until, today):
        words = f"The hold lapsed: its last day was {weekday(case.held_until)}. Nothing may be shared until it is "
        return {"tag": "Hold lapsed", "tone": "red", "text": f"{words}renewed or ended.", "url": url}
    return {
        "tag": "On hold", "tone": "orange", "url": url,
        "text": f"On hold until {weekday(case.held_until)}: nothing may be shared.",
    }  # fmt: skip


def clock_words(case: Case, today: date) -> dict[str, Any]:
    """The case's next deadline as components/clock.html takes it. Due soon from the day its clock warns."""
    clock = clocks.declared(case.next_due_clock)
    due_on = civil_date(case.next_due_at)
    warn_on = clock.warn_before.before(due_on, calendar_of(case.procedure.division))
    standing = "overdue" if due_on < today else "due_soon" if warn_on <= today else "on_time"
    words = due_words(due_on, today)
    return {"label": clock.label, "due": case.next_due_at, "standing": standing, "words": words}
