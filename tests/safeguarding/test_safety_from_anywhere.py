"""Whatever happened before, in whatever order: whoever sees the case and has the duty can protect the person (C8)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from itertools import cycle

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, editions, procedure
from prevent_cases.casework.models import Case
from prevent_cases.casework.now import held_at
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import Referral
from safeguarding.operations.safety import act_for_safety
from safeguarding.policy import has_the_duty
from safeguarding.states import ProtectionKind
from tests.factories import STATES, County, a_referral, county
from tests.safeguarding.histories import ACTS, do

HISTORIES = int(os.environ.get("SAFETY_HISTORIES") or 8)
BEGINNING = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
BORN = {"a child": date(2012, 5, 1), "an adult": date(1991, 3, 14), "an age nobody knows": None}


def unreadable() -> list[procedure.Edition]:
    raise DatabaseError("the table of editions is gone")


@contextmanager
def editions_gone(*, gone: bool) -> Iterator[None]:
    """No process can read the council's editions, nor trusts those it read before."""
    trusted = procedure.READ_EVERY
    if gone:
        procedure.read_editions_by(unreadable)
        procedure.READ_EVERY = -1.0
    try:
        yield
    finally:
        procedure.read_editions_by(editions.read)
        procedure.READ_EVERY = trusted


def begun(place: County, state: str, born_on: date | None) -> Referral:
    """A referral at a state; just received where nobody of that age gets there."""
    with suppress(Refused), transaction.atomic():
        return a_referral(place, state, at=BEGINNING, born_on=born_on, files=[])
    return a_referral(place, at=BEGINNING, born_on=born_on, files=[])


def tried(case_id: object, kind: str, actor: Actor, at: datetime) -> None:
    """Act, see that it is so, and take it back."""
    with transaction.atomic():
        begun = act_for_safety(case_id=case_id, kind=kind, reason="A risk.", by=actor, at=at)
        assert begun.is_open
        assert Case.objects.get(pk=case_id).held_until is None
        transaction.set_rollback(True)


def everybody_with_the_duty_can_protect(place: County, referral: Referral, at: datetime) -> None:
    """Each of them by one kind, and whoever coordinates it by every kind; nobody else by any."""
    kinds = cycle(ProtectionKind.values)
    for actor in place.roles.values():
        sees = has_the_duty.allows(actor, None) and access.cases(actor).filter(pk=referral.case_id).exists()
        if sees:
            tried(referral.case_id, next(kinds), actor, at)
        else:
            with pytest.raises(NotAllowed):
                act_for_safety(case_id=referral.case_id, kind="IMMEDIATE", reason="A risk.", by=actor, at=at)
    for kind in ProtectionKind.values:
        tried(referral.case_id, kind, place.ssu_lead, at)


@pytest.mark.django_db
def test_whatever_happened_before_a_safety_act_is_possible() -> None:
    """Each run takes other histories; ``SAFETY_HISTORIES=300`` takes as many."""
    with held_at(BEGINNING):
        place = county()

    @settings(max_examples=HISTORIES, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
    @given(
        about=st.sampled_from(sorted(BORN)),
        state=st.sampled_from(STATES),
        acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 40)), min_size=1, max_size=10),
        gone=st.booleans(),
    )
    def holds(about: str, state: str, acts: list[tuple[str, int]], gone: bool) -> None:
        with transaction.atomic():
            at = BEGINNING
            with held_at(at):
                referral = begun(place, state, BORN[about])
            for name, days in acts:
                at += timedelta(days=days, minutes=1)
                with held_at(at), suppress(Refused, StopIteration), transaction.atomic():
                    do(name, place, referral, at)
            with held_at(at), editions_gone(gone=gone):
                everybody_with_the_duty_can_protect(place, referral, at)
            transaction.set_rollback(True)

    holds()
