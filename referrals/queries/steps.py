"""What may be done next on a referral, where its page is, and what stands in the way: pure, no query."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.workflow import Transition
from referrals.models import Referral
from referrals.queries.frame import Frame
from referrals.states import ReferralState as S
from referrals.workflow import REFERRAL

PAGES = {
    "referral.record_in_area": "record",
    "referral.record_in_locality": "record",
    "referral.submit_answer": "answer",
}
"""Steps whose page is not called after them."""
ABOVE = {
    "referral.decide_child": "decide-child", "referral.close_child": "close-child",
    "referral.hand_to_adults": "hand-to-adults",
}  # fmt: skip
"""Steps whose page belongs to children's duty, by the name of its address."""
LABELS = {
    "referral.submit_answer": "Write the answer to CT policing",
    "referral.decide_child": "Acknowledge and decide",
}
WITHIN = frozenset({"referral.acknowledge_child"})
"""Steps that are taken on the page of another."""
TURNS = frozenset({
    "referral.recall", "referral.reroute", "referral.query_back", "referral.hand_to_adults",
    "referral.reroute_to_children", "referral.close_child",
})  # fmt: skip
"""Steps off the usual way: offered to whoever may take them, not named to others as what the case waits for."""


@dataclass(frozen=True)
class Step:
    """A link to a page on which something can be done."""

    label: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """Something that cannot be done yet, or not by this person, and why."""

    label: str
    why: str


def next_steps(head: Frame) -> tuple[list[Step], list[Step]]:
    """What this person may do now: the usual way on, and the turns off it."""
    referral = head.referral
    free = [row for row in head.steps if not (row.shares and referral.case.is_held)]
    on = [_step(row, referral) for row in free if row.key not in TURNS | WITHIN]
    if on and referral.state in (S.RECEIVED, S.CHECKING):
        on.insert(0, Step("Triage this referral", address("triage", referral.case_id)))
    return on, [_step(row, referral) for row in free if row.key in TURNS]


def page_of(row: Transition, referral: Referral) -> str:
    """The address of the page on which a step is taken."""
    if row.key in ABOVE:
        return reverse(ABOVE[row.key], args=[referral.case_id])
    name = PAGES.get(row.key) or row.key.partition(".")[2].replace("_", "-")
    return address(name, referral.case_id)


def address(name: str, *ids: UUID) -> str:
    """The address of a page of the referrals, by the name of what is done there."""
    return reverse(f"referrals:{name}", args=ids)


def waiting_for(actor: Actor, referral: Referral) -> list[Waiting]:
    """What is blocked on a referral, in words: the steps that are for somebody else, then what waits for those."""
    steps = referral.case.procedure.steps
    for_others = [
        Waiting(row.label, f"May be done by {row.may.says}.")
        for row in REFERRAL
        if referral.state in row.sources
        and row.key not in TURNS | WITHIN
        and (not row.procedure or row.procedure in steps)
        and not row.may.allows(actor, referral)
    ]
    if referral.case.is_held:
        barred = [row.label for row in REFERRAL if row.shares and row.may.allows(actor, referral)
                  and referral.state in row.sources and (not row.procedure or row.procedure in steps)]  # fmt: skip
        for_others = [Waiting(label, "Not while the case is on hold: it would share.") for label in barred] + for_others
    return for_others + _gates(referral)


def parts_to_do(referral: Referral) -> list[str]:
    """The parts of the record task that nobody has done yet (K0.8, K0.11)."""
    parts = [
        ("adding the case note to the case system", referral.note_added_at),
        ("placing the referral in the restricted area", referral.document_placed_at),
    ]
    return [part for part, done_at in parts if done_at is None]


def _gates(referral: Referral) -> list[Waiting]:
    if referral.state in (S.WITH_AREA, S.WITH_LOCALITY):
        blocked = "Forward to the locality team" if referral.state == S.WITH_AREA else "Answer CT policing"
        to_do = " and ".join(parts_to_do(referral))
        return [Waiting(blocked, f"Blocked until the referral is recorded. Still to do: {to_do}.")]
    if referral.state == S.OUTCOME_KNOWN:
        return [Waiting("Close the case", "Blocked while a form, a part of one or another need is open.")]
    return []


def _step(row: Transition, referral: Referral) -> Step:
    return Step(LABELS.get(row.key, row.label), page_of(row, referral))
