"""Practitioners' own referrals, not joined to any yet, that may be about the same concern as a police referral."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import Case
from referrals.matching.compare import reasons
from referrals.matching.ranking import Ranking, Strength, strength
from referrals.models import PractitionerReferral, Referral
from referrals.queries.matching import STRENGTHS, Compared, compared
from referrals.states import PractitionerState

AS_OLD_AS = timedelta(days=365)
LOOKED_AT, SHOWN = 100, 5


@dataclass(frozen=True)
class PractitionerCandidate:
    """A practitioner's own referral that may be about the same person."""

    id: UUID
    name: str
    reference: str
    sent_at: datetime
    sent_from: str
    strength: str
    rows: tuple[Compared, ...]


def practitioner_candidates(actor: Actor, referral: Referral, on: date) -> tuple[PractitionerCandidate, ...]:
    """Those sent in the year before that share a name or the birth date, likeliest first. One statement."""
    alike = Q()
    for column in ("given_name", "family_name"):
        if name := getattr(referral, column):
            alike |= Q(given_name__iexact=name) | Q(family_name__iexact=name)
    if referral.born_on:
        alike |= Q(born_on=referral.born_on)
    if not alike:
        return ()
    rows = (
        PractitionerReferral.objects.filter(
            alike,
            state__in=(PractitionerState.SENT, PractitionerState.TAKEN_UP),
            sent_at__gte=referral.received_at - AS_OLD_AS,
            case__in=Case.objects.visible_to(actor, on),
        )
        .select_related("case", "organisation")
        .order_by("-sent_at")[:LOOKED_AT]
    )
    ranking = Ranking(referral.facts)
    scored = sorted(((ranking.score(row.facts), row) for row in rows), key=lambda pair: -pair[0])
    found = [(strength(score), row) for score, row in scored]
    return tuple(_candidate(referral, row, how) for how, row in found[:SHOWN] if how is not Strength.WEAK)


def _candidate(referral: Referral, row: PractitionerReferral, how: Strength) -> PractitionerCandidate:
    return PractitionerCandidate(
        id=row.pk,
        name=row.full_name,
        reference=row.case.reference,
        sent_at=row.sent_at,
        sent_from=row.organisation.name if row.organisation else "",
        strength=STRENGTHS[how],
        rows=compared(reasons(referral.facts, row.facts)),
    )
