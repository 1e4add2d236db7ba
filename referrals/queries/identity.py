"""Who a referred person may be: people referred before, what happened to them, and what was decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from referrals.matching.candidates import Candidate, find
from referrals.matching.ranking import Strength
from referrals.models import MatchDecision, Referral
from referrals.queries.matching import (
    PEOPLE,
    PEOPLE_LOOKED_AT,
    STRENGTHS,
    TONES,
    Compared,
    compared,
    name_of,
    one_person,
    speaking_for,
)
from referrals.states import Known, MatchAnswer, Outcome, ReferralState

SHOWN = 8


@dataclass(frozen=True)
class EarlierReferral:
    """A referral of the same person: when, which, and how it ended or where it is."""

    case_id: UUID
    reference: str
    received_at: datetime
    policing_reference: str
    ended: str
    is_open: bool


@dataclass(frozen=True)
class Decided:
    """What somebody said about two people. ``person`` is the other one; ``undone_by`` is empty while it stands."""

    id: UUID
    person: str
    answer: str
    words: str
    by: str
    at: datetime
    undone_by: str
    undone_at: datetime | None
    undone_because: str

    @property
    def joins(self) -> bool:
        return self.answer == MatchAnswer.SAME


@dataclass(frozen=True)
class PersonCandidate:
    """Somebody referred before who may be the same person. ``id`` is a person's, ``rows`` compares the two."""

    id: UUID
    name: str
    strength: str
    tone: str
    is_likely: bool
    rows: tuple[Compared, ...]
    reasons: tuple[str, ...]
    earlier: tuple[EarlierReferral, ...]
    decided: Decided | None


@dataclass(frozen=True)
class Identity:
    """What is known of who a referred person is.

    ``earlier`` are other referrals of the person they are settled to be; ``joined`` the decisions that settled it.
    """

    candidates: tuple[PersonCandidate, ...]
    earlier: tuple[EarlierReferral, ...]
    joined: tuple[Decided, ...]
    history: tuple[Decided, ...]

    @property
    def to_answer(self) -> tuple[PersonCandidate, ...]:
        """Likely matches about whom nobody has said anything yet: the checks wait for them."""
        return tuple(one for one in self.candidates if one.is_likely and one.decided is None)

    @property
    def is_settled(self) -> bool:
        return not self.to_answer

    def candidate(self, person_id: UUID) -> PersonCandidate | None:
        return next((one for one in self.candidates if one.id == person_id), None)

    def decision(self, decision_id: UUID) -> Decided | None:
        return next((one for one in self.history if one.id == decision_id), None)


def identity(actor: Actor, referral: Referral, on: date, found: list[Candidate] | None = None) -> Identity:
    """Possible matches for a referral's person, likeliest first. Four statements, five where nobody is likely; three
    with the people ``queries.matching.alike`` found.

    Somebody all of whose referrals are hidden from this officer is not shown at all.
    """
    if found is None:
        found = find(PEOPLE, referral.facts, limit=PEOPLE_LOOKED_AT)
    tops = one_person([referral.person_as_received_id, *(candidate.id for candidate in found)])
    mine = tops[referral.person_as_received_id]
    decisions = _decisions(referral, [person for person, top in tops.items() if top == mine])
    for row in decisions:
        tops.setdefault(row.person_id, row.person_id)
        tops.setdefault(row.other_id, row.other_id)
    earlier = _earlier(actor, referral, tops, on)
    shown: dict[UUID, PersonCandidate] = {}
    history = [
        (tops[about], _decided(row, about)) for row in decisions if earlier.get(tops[about := _about(referral, row)])
    ]
    for candidate in found:
        top = tops[candidate.id]  # type: ignore[index]
        if top != mine and top not in shown and earlier.get(top):
            standing = (decided for person, decided in history if person == top and not decided.undone_by)
            shown[top] = _candidate(candidate, earlier[top], next(standing, None))
    return Identity(
        candidates=tuple(shown.values())[:SHOWN],
        earlier=earlier.get(mine, ()),
        joined=tuple(one for _, one in history if one.joins and not one.undone_by),
        history=tuple(one for _, one in history),
    )


def ended_words(referral: Referral) -> str:
    """How a referral ended, or where it is now."""
    if referral.state != ReferralState.CLOSED:
        return referral.get_state_display()
    if referral.known == Known.NEVER:
        return "Closed: nil return sent, no record held"
    outcome = Outcome(referral.outcome).label if referral.outcome else "no outcome recorded"
    return f"Closed: {outcome[:1].lower()}{outcome[1:]}"


def _earlier(
    actor: Actor, referral: Referral, tops: dict[UUID, UUID], on: date
) -> dict[UUID, tuple[EarlierReferral, ...]]:
    """Other referrals of these people that this officer may see, newest first, by the person they lead to."""
    rows = (
        Referral.objects.visible_to(actor, on)
        .select_related("case")
        .filter(person_as_received__in=tops)
        .exclude(pk=referral.pk)
        .order_by("-received_at")
    )
    by_person: dict[UUID, list[EarlierReferral]] = {}
    for row in rows:
        by_person.setdefault(tops[row.person_as_received_id], []).append(
            EarlierReferral(
                row.case_id, row.case.reference, row.received_at, row.policing_reference, ended_words(row),
                row.case.is_open,
            )
        )  # fmt: skip
    return {person: tuple(found) for person, found in by_person.items()}


def _decisions(referral: Referral, members: list[UUID]) -> list[MatchDecision]:
    """What was decided about anybody merged into this person, newest first."""
    return list(
        MatchDecision.objects.filter(Q(person__in=members) | Q(other__in=members))
        .select_related("person", "other", "decided_by", "undone_by")
        .order_by("-decided_at", "-pk")
    )


def _about(referral: Referral, row: MatchDecision) -> UUID:
    """The other one of the two, as this referral sees it."""
    return row.person_id if row.other_id == referral.person_as_received_id else row.other_id


def _decided(row: MatchDecision, about: UUID) -> Decided:
    other = row.person if row.person_id == about else row.other
    return Decided(
        row.pk, other.full_name, row.answer, row.get_answer_display(), row.decided_by.name, row.decided_at,
        row.undone_by.name if row.undone_by else "", row.undone_at, row.undone_because,
    )  # fmt: skip


def _candidate(candidate: Candidate, earlier: tuple[EarlierReferral, ...], decided: Decided | None) -> PersonCandidate:
    return PersonCandidate(
        id=candidate.id,  # type: ignore[arg-type]
        name=name_of(candidate),
        strength=STRENGTHS[candidate.strength],
        tone=TONES[candidate.strength],
        is_likely=candidate.strength is Strength.STRONG,
        rows=compared(candidate.reasons),
        reasons=speaking_for(candidate),
        earlier=earlier,
        decided=decided,
    )
