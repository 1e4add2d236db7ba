"""A nil return is told only where it is true: of an adult, after a search of the register, of nobody we know."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import Refused
from referrals.models import Referral, RegisterSearch
from referrals.operations import people, triage
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, a_register_import, county, sign_in
from tests.factories.referrals import a_need
from tests.journeys.pages import errors, page, press, words
from tests.journeys.triaging import decide, now_at, triage_of

KNOWN = "Another referral of this person, which is still open, was sent on"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def officer(place: County, client: Client) -> Client:
    return sign_in(client, place.officer)


@pytest.fixture
def joined(place: County) -> Referral:
    """A new referral of a person whose other case is with a locality team, which prepares its answer."""
    other = a_referral(place, S.PREPARING)
    referral = a_referral(place, S.CHECKING)
    people.decide_match(
        referral=referral, other=other.person_as_received, answer="SAME", reasons=[], by=place.officer, at=now()
    )
    return now_at(referral)


def send(referral: Referral, place: County, **asked: object) -> None:
    usual = {"systems": ["Mosaic"], "using": "name", "extract_at": None, "found": [], "council": "Exampleshire"}
    triage.send_nil_return(referral=referral, by=place.officer, at=now(), **(usual | asked))


def test_a_person_a_team_works_with_has_no_nil_return_without_words(joined: Referral, officer: Client) -> None:
    assert KNOWN in words(officer.get(triage_of(joined)))
    (error,) = errors(decide(officer, joined, "NEVER", systems=["register"]))
    assert error.startswith(KNOWN) and error.endswith("Say why no record is held all the same")
    confirm = decide(officer, joined, "NEVER", systems=["register"], words="The other was joined in error")
    press(officer, confirm, "Send nil return")
    assert now_at(joined).state == S.NIL_RETURNED
    assert RegisterSearch.objects.get(referral=joined).words == "The other was joined in error"


def test_the_operation_refuses_it_too(joined: Referral, place: County) -> None:
    with pytest.raises(Refused, match="to a team that knows them"):
        send(joined, place)
    assert now_at(joined).state == S.CHECKING


def test_without_a_search_of_the_register_it_is_refused(place: County, officer: Client) -> None:
    a_register_import()
    referral = a_referral(place, S.CHECKING)
    chosen = {"systems": ["other"], "other_system": "asked Bob"}
    assert errors(decide(officer, referral, "NEVER", **chosen)) == [
        "Select Mosaic among what was searched, or say why it could not be"
    ]
    with pytest.raises(Refused, match="Search Mosaic before you send a nil return"):
        send(referral, place, systems=["Archived records"])
    confirm = decide(officer, referral, "NEVER", **chosen, not_searched="Mosaic was down all day")
    assert "MosaicNot searched: Mosaic was down all day" in words(confirm)
    assert "In the officer’s words: asked Bob" in words(confirm)
    press(officer, confirm, "Send nil return")
    search = RegisterSearch.objects.get(referral=referral)
    assert search.words == "Mosaic was not searched: Mosaic was down all day"
    assert search.systems == ["In the officer’s words: asked Bob"]


def test_another_need_stops_the_closing_and_not_the_sending(place: County, officer: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    a_need(place, referral)
    sent = press(officer, decide(officer, referral, "NEVER", systems=["register"]), "Send nil return")
    assert now_at(referral).state == S.NIL_RETURNED
    assert "Nil return sent to CT policing." in words(sent)
    assert "Another need has not been referred: Housing." in words(sent)
    waiting = words(officer.get(reverse("referrals:inbox"), {"tab": "finishing"}))
    assert referral.case.reference in waiting


def test_the_age_on_the_day_of_the_decision_decides(place: County) -> None:
    came = datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Europe/London"))
    with time_machine.travel(came, tick=False):
        referral = a_referral(place, born_on=date(2008, 11, 21))
        child = page(sign_in(Client(), place.officer).get(triage_of(referral)))
        assert child.xpath("//input[@name='decision']/@value") == ["CHILD", "QUERY"]
    with time_machine.travel(came.replace(day=22), tick=False):
        officer = sign_in(Client(), place.officer)
        opened = officer.get(triage_of(referral))
        assert page(opened).xpath("//input[@name='decision']/@value") == ["OPEN", "KNOWN", "NEVER", "QUERY"]
        assert "They turned 18 on 21 November 2026, after the referral came" in words(opened)
        with pytest.raises(Refused, match="This person is an adult"):
            triage.send_to_children(referral=now_at(referral), team=place.children_team, by=place.officer, at=now())
        chosen = {"systems": ["register"], "open_team": str(place.locality_team.pk)}
        press(officer, decide(officer, referral, "OPEN", **chosen), "Send to the locality team")
        assert (now_at(referral).state, now_at(referral).age_group) == (S.WITH_LOCALITY, "ADULT")
