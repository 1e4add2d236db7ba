"""What our own record says adult social care holds of a person, whatever the register says today (A6, K0.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from prevent_cases.accounts.models import Team
from prevent_cases.casework import access
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.models import Case, Event
from prevent_cases.casework.wording import day
from referrals.models import Referral
from referrals.queries.matching import merged_with
from referrals.workflow import REFERRAL

SENT_TO_A_TEAM = ("referral.send_to_area", "referral.send_to_locality", "referral.reroute")
TOLD = (
    *SENT_TO_A_TEAM, "referral.recall", "referral.send_to_children", "referral.send_nil_return",
    "referral.sign_off_answer", "referral.record_outcome", "referral.close", "referral.reopen",
)  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """One thing that was done on a case, in the words of its history."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Before:
    """``held`` is why "no record held" would not be true, or empty; ``done`` what was done before it was reopened."""

    held: str
    done: list[Deed]


def team_that_recorded(case: Case) -> Team | None:
    """After a case came back to the unit that coordinates it: the team that keeps what it recorded, if one does."""
    if case.restricted_at is None or case.holder_team_id != case.owner_team_id:
        return None
    return access.opens_to(case)


def record_held(referral: Referral) -> str:
    """Why "no record held" would not be true, in words; empty where our own record does not speak against it.

    This referral, or another of the same person, was once sent on as open or known before. It names no other case,
    which may be hidden from the reader. One statement.
    """
    return before(referral).held


def before(referral: Referral) -> Before:
    """What was done before on this case and for this person, whatever of it the reader may see. One statement."""
    same_person = Referral.objects.filter(person_as_received__in=merged_with(referral.person_as_received_id))
    events = list(
        Event.objects.filter(kind__in=TOLD, case__in=same_person.values("case"))
        .select_related("case", "by")
        .order_by("at", "id")
    )
    here = [event for event in events if event.case_id == referral.case_id]
    is_reopened = any(event.kind == "referral.reopen" for event in here)
    sent = [event for event in events if event.kind in SENT_TO_A_TEAM]
    return Before(
        held=_held(sent[-1], referral) if sent else "",
        done=[Deed(event.at, _in_words(event)) for event in here] if is_reopened else [],
    )


def _held(sent: Event, referral: Referral) -> str:
    if sent.case_id == referral.case_id:
        return f"A record was held when this referral was sent to {sent.facts.get('team', 'a team')} on {day(sent.at)}."
    standing = "is still open" if sent.case.queue != Queue.CLOSED else "is closed now"
    return f"Another referral of this person, which {standing}, was sent on {day(sent.at)} to a team that knows them."


def _in_words(event: Event) -> str:
    facts = {key: ", ".join(value) if isinstance(value, list) else value for key, value in event.facts.items()}
    said = REFERRAL[event.kind].says.format_map(facts)
    return f"{event.by.name} {said}" if event.by else said
