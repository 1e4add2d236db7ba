"""The factories give what their names promise."""

from __future__ import annotations

import pytest

from prevent_cases.casework.models import Case, ClockRun
from prevent_cases.casework.now import now
from referrals.states import ContributionState, FormState, PractitionerState, ReferralState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", factories.STATES)
def test_a_referral_rests_at_the_state_asked_for(state: str) -> None:
    referral = factories.a_referral(factories.county(), state)
    assert referral.state == referral.case.stage == state


@pytest.mark.parametrize("state", ["PREPARING", "CLOSED"])
def test_a_referral_can_go_by_way_of_the_area(state: str) -> None:
    place = factories.county()
    referral = factories.a_referral(place, state, via="area")
    assert referral.state == state
    assert referral.case.holder_team == place.locality_team


def test_the_one_state_no_referral_rests_in_is_said_so() -> None:
    assert set(factories.STATES) == set(ReferralState)


def test_closed_by_a_nil_return_and_reopened() -> None:
    place = factories.county()
    assert factories.a_nil_return(place).state == ReferralState.CLOSED
    assert factories.a_reopened_referral(place).state == ReferralState.CHECKING


@pytest.mark.parametrize("state", ["RECEIVED", "WITH_LOCALITY", "RESPONDED"])
def test_an_overdue_referral_is_overdue(state: str) -> None:
    referral = factories.an_overdue_referral(factories.county(), state)
    assert referral.state == state
    assert ClockRun.objects.overdue(now()).filter(case=referral.case).exists()


@pytest.mark.parametrize("state", FormState)
def test_a_form(state: str) -> None:
    assert factories.a_form(factories.county(), state).state == state


@pytest.mark.parametrize("state", ContributionState)
def test_a_contribution(state: str) -> None:
    place = factories.county()
    part = factories.a_contribution(place, state)
    assert part.state == state
    assert part.colleague == place.colleague.user


@pytest.mark.parametrize("state", PractitionerState)
def test_a_practitioners_referral(state: str) -> None:
    assert factories.a_practitioner_referral(factories.county(), state).state == state


def test_named_workers_conflicts_and_needs() -> None:
    place = factories.county()
    referral = factories.a_referral(place, "PREPARING")
    assert factories.a_named_worker(place, referral, place.colleague).user == place.colleague.user
    assert factories.a_conflict(referral, place.second_officer).user == place.second_officer.user
    assert factories.a_need(place, referral).standing == "TO_REFER"
    assert factories.a_need(place, referral, referred=True).standing == "REFERRED"
    assert Case.objects.visible_to(place.second_officer, now().date()).count() == 0


def test_every_role_is_a_person_of_its_own() -> None:
    place = factories.county()
    people = [actor.user_id for actor in place.roles.values()]
    assert len(set(people)) == len(people) == len(factories.ROLES)
