"""Whatever happened before, in whatever order: whoever sees the case and has the duty can protect the person (C8)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


def everybody_with_the_duty_can_protect(place: County, referral: Referral, at: datetime) -> int:
    """Tries each kind as each of them, and takes it back. How many may."""
    able = 0
    for name, actor in place.roles.items():
        sees = has_the_duty.allows(actor, None) and access.cases(actor).filter(pk=referral.case_id).exists()
        for kind in ProtectionKind.values:
            with transaction.atomic():
                if not sees:
                    with pytest.raises(NotAllowed):
                        act_for_safety(case_id=referral.case_id, kind=kind, reason="A risk.", by=actor, at=at)
                    break
                begun = act_for_safety(case_id=referral.case_id, kind=kind, reason="A risk.", by=actor, at=at)
                assert begun.is_open, (name, kind)
                assert Case.objects.get(pk=referral.case_id).held_until is None
                transaction.set_rollback(True)
            able += 1
    return able


@pytest.mark.django_db
@settings(
    max_examples=20, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    about=st.sampled_from(sorted(BORN)),
    state=st.sampled_from(STATES),
    acts=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 40)), min_size=1, max_size=10),
    gone=st.booleans(),
)
def test_whatever_happened_before_a_safety_act_is_possible(
    about: str, state: str, acts: list[tuple[str, int]], gone: bool
) -> None:
    with transaction.atomic():
        with held_at(BEGINNING):
            place = county()
            referral = begun(place, state, BORN[about])
        at = BEGINNING
        for name, days in acts:
            at += timedelta(days=days, minutes=1)
            with held_at(at), suppress(Refused, StopIteration), transaction.atomic():
                do(name, place, referral, at)
        with held_at(at), editions_gone(gone=gone):
            assert everybody_with_the_duty_can_protect(place, referral, at) >= len(ProtectionKind.values)
        transaction.set_rollback(True)
