"""The case is closed once nothing stands in the way, and kept until its review (A16)."""

from __future__ import annotations

import pytest
from django.test import Client

from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import CaseUserObjectPermission, ClockRun, Event
from prevent_cases.casework.now import now
from prevent_cases.casework.wording import weekday
from prevent_cases.casework.workflow import Refused
from referrals.models import Referral
from referrals.operations.finishing import close_case
from referrals.states import ReferralState as S
from tests.factories import (
    County,
    a_contribution,
    a_form,
    a_named_worker,
    a_need,
    a_referral,
    county,
    sign_in,
)
from tests.journeys.answering import at
from tests.journeys.pages import errors, page, press, words
from tests.journeys.triaging import kinds, now_at, other_people

KEY = "referral.close"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.OUTCOME_KNOWN)


@pytest.fixture
def officer(place: County, client: Client) -> Client:
    return sign_in(client, place.officer)


def test_it_is_closed_and_its_retention_begins(place: County, referral: Referral, officer: Client) -> None:
    a_named_worker(place, referral, place.colleague)
    opened = officer.get(at("close", referral))
    today = civil_date(now())
    assert f"Kept until review on {weekday(today.replace(year=today.year + 6))}" in words(opened)
    done = press(officer, opened, "Close the case", other_needs="none")
    assert done.redirect_chain[-1][0] == f"/cases/{referral.case_id}/"
    after = now_at(referral)
    assert (after.state, after.case.is_open) == (S.CLOSED, False)
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts == {"other_needs": "None found"}
    running = ClockRun.objects.unfinished().get(case=referral.case_id)
    assert (running.clock, civil_date(running.due_at).year) == ("case.retention", today.year + 6)
    assert not CaseUserObjectPermission.objects.filter(content_object=referral.case_id).exists()
    assert not access.may_enter(place.colleague, after.case)


@pytest.mark.parametrize("who", ["locality_worker", "colleague", "officer"])
def test_what_the_locality_still_opens_is_said_as_it_is(
    place: County, referral: Referral, officer: Client, who: str
) -> None:
    opened = officer.get(at("close", referral))
    assert "its nominated workers still open it" in words(opened)
    press(officer, opened, "Close the case", other_needs="none")
    case, actor = now_at(referral).case, place.roles[who]
    answer = sign_in(Client(), actor).get(f"/cases/{case.pk}/restricted/")
    assert (answer.status_code == 200) is access.may_enter(actor, case) is (who == "locality_worker")
    if who == "locality_worker":
        kept = "The case is closed. The nominated workers of Alderfen locality team keep what they recorded"
        assert kept in words(answer) and "He speaks of people met online" in words(answer)


def test_what_stands_in_the_way_is_said_with_the_way_to_it(place: County, referral: Referral, officer: Client) -> None:
    form = a_form(place, referral=referral)
    a_contribution(place, form=form)
    a_need(place, referral)
    opened = officer.get(at("close", referral))
    links = [link.get("href") for link in page(opened).xpath("//main//ul//a")]
    assert links == [at("form", referral, form.pk), at("form", referral, form.pk), at("needs", referral)]
    for said in (
        "The information gathering form Sergeant A. Lumb asked for on",
        "has not been returned",
        "has not yet given their part",
        "Another need has not been referred: Housing.",
    ):
        assert said in words(opened)
    assert "Were other needs found" not in words(opened)
    fields = {"version": now_at(referral).case.version, "other_needs": "none"}
    refused = officer.post(at("close", referral), fields)
    (error,) = errors(refused)
    assert error.startswith("The information gathering form ") and error.endswith("has not been returned.")
    assert now_at(referral).state == S.OUTCOME_KNOWN


def test_needs_that_were_found_are_said_in_words(place: County, referral: Referral, officer: Client) -> None:
    a_need(place, referral, referred=True)
    opened = officer.get(at("close", referral))
    assert errors(press(officer, opened, "Close the case", other_needs="")) == ["Select whether other needs were found"]
    assert errors(press(officer, opened, "Close the case", other_needs="found", words="")) == [
        "Say what was done about them"
    ]
    press(officer, opened, "Close the case", other_needs="found", words="Housing options took it on.")
    facts = Event.objects.get(case=referral.case_id, kind=KEY).facts
    assert facts == {"other_needs": "Housing options took it on."}


def test_the_wrong_people_find_nothing(place: County, referral: Referral, client: Client) -> None:
    for actor in other_people(place):
        sign_in(client, actor)
        assert client.get(at("close", referral)).status_code == client.post(at("close", referral)).status_code == 404
    assert now_at(referral).state == S.OUTCOME_KNOWN


@pytest.mark.parametrize("state", [S.PREPARING, S.RESPONDED, S.CLOSED])
def test_in_another_state_it_is_refused_in_words(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    assert "That cannot be done now" in words(client.get(at("close", referral), follow=True))
    fields = {"version": referral.case.version, "other_needs": "none"}
    assert errors(client.post(at("close", referral), fields))[0].startswith("This cannot be done now")
    assert now_at(referral).state == state


def test_closed_twice_it_is_closed_once(referral: Referral, officer: Client) -> None:
    opened = officer.get(at("close", referral))
    press(officer, opened, "Close the case", other_needs="none")
    again = press(officer, opened, "Close the case", other_needs="none")
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert kinds(referral).count(KEY) == 1


def test_a_need_found_while_the_page_was_open_stops_it(place: County, referral: Referral, officer: Client) -> None:
    opened = officer.get(at("close", referral))
    a_need(place, referral)
    refused = press(officer, opened, "Close the case", other_needs="none")
    assert errors(refused) == ["Another need has not been referred: Housing."]
    assert "Open the list of needs" in words(refused)


def test_a_need_that_was_recorded_cannot_be_denied(place: County, referral: Referral, officer: Client) -> None:
    need = a_need(place, referral, referred=True)
    opened = officer.get(at("close", referral))
    held = page(opened).get_element_by_id("id_words").text_content().strip()
    assert need.need in held and need.referred_to in held
    assert errors(press(officer, opened, "Close the case", other_needs="none")) == [
        f"Choose “Yes, and each has been referred”. Recorded on this case: {need.need}"
    ]
    with pytest.raises(Refused, match="Another need was recorded"):
        close_case(referral=now_at(referral), other_needs="None found", by=place.officer, at=now())
    press(officer, opened, "Close the case")
    assert Event.objects.get(case=referral.case_id, kind=KEY).facts["other_needs"] == held
