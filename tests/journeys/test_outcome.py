"""Policing says what became of the referral, and the SSU records it (A15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import ClockRun, Event
from prevent_cases.casework.now import now
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import Refused
from referrals.models import Referral
from referrals.operations.finishing import record_outcome
from referrals.states import Outcome
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_referral, county, sign_in
from tests.journeys.answering import at
from tests.journeys.pages import errors, press, words
from tests.journeys.triaging import kinds, now_at, other_people

KEY = "referral.record_outcome"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.RESPONDED)


@pytest.fixture
def officer(place: County, client: Client) -> Client:
    return sign_in(client, place.officer)


def told(days_ago: int = 0) -> dict[str, int]:
    day = civil_date(now()) - timedelta(days=days_ago)
    return {"told_on-day": day.day, "told_on-month": day.month, "told_on-year": day.year}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_can_be_recorded(place: County, referral: Referral, officer: Client, outcome: Outcome) -> None:
    done = press(officer, officer.get(at("record-outcome", referral)), "Record the outcome", outcome=outcome, **told())
    assert done.redirect_chain[-1][0] == at("close", referral)
    after = now_at(referral)
    assert (after.state, after.outcome) == (S.OUTCOME_KNOWN, outcome)
    facts = Event.objects.get(case=referral.case_id, kind=KEY).facts
    told_on = {} if outcome == Outcome.NOT_DISCLOSED else {"told_on": civil_date(now()).isoformat()}
    assert facts == {"outcome": outcome.label} | told_on
    running = set(ClockRun.objects.unfinished().filter(case=referral.case_id).values_list("clock", flat=True))
    assert running == {"referral.finish"}
    assert place.ssu.pk == ClockRun.objects.get(case=referral.case_id, clock="referral.finish").team_id


def test_both_are_asked_for_in_words(referral: Referral, officer: Client) -> None:
    opened = officer.get(at("record-outcome", referral))
    assert errors(press(officer, opened, "Record the outcome")) == ["Select the outcome"]
    assert errors(press(officer, opened, "Record the outcome", outcome="channel")) == [
        "Enter the day CT policing told us"
    ]
    assert errors(press(officer, opened, "Record the outcome", outcome="channel", **told(-1))) == [
        "The day CT policing told us must be today or in the past"
    ]
    received = day(referral.received_at)
    assert errors(press(officer, opened, "Record the outcome", outcome="channel", **told(1))) == [
        f"The day CT policing told us must be the same as or after {received}"
    ]
    assert errors(press(officer, opened, "Record the outcome", outcome="forged", **told()))[0].startswith("Select the")
    assert now_at(referral).state == S.RESPONDED


def test_what_is_not_disclosed_was_told_on_no_day(referral: Referral, officer: Client) -> None:
    press(officer, officer.get(at("record-outcome", referral)), "Record the outcome", outcome="not_disclosed")
    assert now_at(referral).outcome == "not_disclosed"
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts == {"outcome": "Not disclosed"}


def test_a_day_before_the_receipt_is_refused_by_the_act_itself(place: County, referral: Referral) -> None:
    yesterday = civil_date(now()) - timedelta(days=1)
    with pytest.raises(Refused, match="cannot be before the referral was received"):
        record_outcome(referral=referral, outcome="channel", told_on=yesterday, by=place.officer, at=now())
    with pytest.raises(Refused, match="Say on which day"):
        record_outcome(referral=referral, outcome="channel", told_on=None, by=place.officer, at=now())


def test_the_wrong_people_find_nothing(place: County, referral: Referral, client: Client) -> None:
    a_conflict(referral, place.second_officer)
    for actor in [*other_people(place), place.second_officer]:
        sign_in(client, actor)
        address = at("record-outcome", referral)
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert now_at(referral).state == S.RESPONDED


@pytest.mark.parametrize("state", [S.CHECKING, S.SIGN_OFF, S.CLOSED])
def test_in_another_state_it_is_refused_in_words(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    assert "That cannot be done now" in words(client.get(at("record-outcome", referral), follow=True))
    fields = {"version": referral.case.version, "outcome": "channel"} | told()
    assert errors(client.post(at("record-outcome", referral), fields))[0].startswith("This cannot be done now")
    assert now_at(referral).state == state


def test_recorded_twice_it_is_recorded_once(referral: Referral, officer: Client) -> None:
    opened = officer.get(at("record-outcome", referral))
    press(officer, opened, "Record the outcome", outcome="channel", **told())
    again = press(officer, opened, "Record the outcome", outcome="signposted", **told())
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert now_at(referral).outcome == "channel"
    assert kinds(referral).count(KEY) == 1
