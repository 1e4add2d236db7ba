"""What is done to protect somebody, at any of its states, taken there by the product's own operations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Case
from prevent_cases.casework.now import now
from referrals.models import Referral
from safeguarding.models import Protection
from safeguarding.operations import discussions, endings, screening
from safeguarding.operations.safety import act_for_safety
from safeguarding.queries.typed import Agreed, Discussed, Screened
from safeguarding.states import ProtectionKind as K
from safeguarding.states import ProtectionState as S

WHY = "He was told to leave home tonight."


def a_protection(
    kind: str, state: str = S.OPEN, *, referral: Referral, by: Actor, at: datetime | None = None
) -> Protection:
    """A protection of this kind resting at ``state``, everything done at one moment by one person."""
    at = at or now()
    begun = act_for_safety(case_id=referral.case_id, kind=kind, reason=WHY, by=by, at=at)
    if state == S.DISCUSSED:
        outcome = kind if kind != K.IMMEDIATE else "SAFE_NOW"
        discussions.record_discussion(protection=begun, said=discussed(kind, at, outcome=outcome), by=by, at=at)
    if state == S.CONFERRED:
        endings.record_conference(protection=begun, held_on=civil_date(at), decided="A plan.", by=by, at=at)
    if state == S.ASSESSED:
        endings.record_assessment(protection=begun, finished_on=civil_date(at), found="Help at home.", by=by, at=at)
    if state == S.ENQUIRING:
        screening.screen(protection=begun, said=screened(), needs_police=True, by=by, at=at)
    if state == S.FINISHED:
        endings.finish_protection(protection=begun, ending="SAFE", words="He is with his aunt.", by=by, at=at)
    return fresh_protection(begun)


def discussed(kind: str, held_at: datetime, **said: Any) -> Discussed:
    """A strategy discussion at which everybody was who should be."""
    adult = [("ADULTS", "Ada Pell, social worker"), ("POLICE_PREVENT", "Sergeant A. Lumb")]
    child = [
        ("CHILDREN", "Cass Ibbot, social worker"), ("POLICE", "Inspector B. Roe"),
        ("POLICE_PREVENT", "Sergeant A. Lumb"), ("HEALTH", "Dr C. Moy"),
    ]  # fmt: skip
    usual: dict[str, Any] = {
        "held_at": held_at, "attendees": adult if kind == K.SECTION_42 else child, "legal_advice": "NOT_NEEDED",
        "told": "TOLD", "told_words": "His mother knows, and agrees.", "outcome": "SAFE_NOW",
        "minutes": "Each agency said what it knew. He stays with his aunt.",
    }  # fmt: skip
    return Discussed(**(usual | said))


def an_agreed(due_on: date, what: str = "Visit him tomorrow") -> Agreed:
    return Agreed(what=what, who="Cass Ibbot", due_on=due_on)


def screened(**said: Any) -> Screened:
    """All three parts met: enquiries are made."""
    usual: dict[str, Any] = {
        "has_needs": True, "needs_words": "He needs help to wash and dress.",
        "is_at_risk": True, "risk_words": "A lodger takes his money.",
        "cannot_protect": True, "protect_words": "He depends on the lodger.",
        "decision": "ENQUIRY", "decision_words": "We visit him this week.",
        "wishes": "He wants the lodger to go, and to stay at home.",
        "advocacy": "NOT_NEEDED", "capacity": "NOT_ASSESSED", "child": False,
    }  # fmt: skip
    return Screened(**(usual | said))


def fresh_protection(protection: Protection) -> Protection:
    """The protection and its case as the database has them now."""
    found = Protection.objects.select_related("case").get(pk=protection.pk)
    found.case = Case.objects.get(pk=found.case_id)
    return found
