"""Section 47 to the conference, section 17 to the assessment, each in its time or with its reason (C5, C6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.days import civil_date, moment
from prevent_cases.casework.models import ClockRun
from prevent_cases.casework.now import held_at, now
from prevent_cases.casework.workflow import Refused, StaleRecord
from safeguarding.operations import discussions, endings
from safeguarding.operations.protection import open_protection
from tests.factories import County, a_protection, a_referral, county, discussed, fresh_protection, sign_in
from tests.journeys.pages import errors, press, words
from tests.journeys.protecting import kinds, page_of

KEYS = ("protection.confer", "protection.assess")
DAY = timedelta(days=1)


@pytest.fixture
def place(db: None) -> County:
    return county()


def typed(on: date) -> dict[str, Any]:
    return {"on-day": on.day, "on-month": on.month, "on-year": on.year}


@pytest.mark.parametrize(
    ("held", "due"),
    [
        (datetime.fromisoformat("2026-06-01T10:00:00+01:00"), date(2026, 6, 22)),
        (datetime.fromisoformat("2026-12-18T16:00:00+00:00"), date(2027, 1, 13)),
        (datetime.fromisoformat("2026-03-27T23:30:00+00:00"), date(2026, 4, 21)),
    ],
    ids=["fifteen days in June", "over Christmas", "over the clock change and Easter"],
)
def test_the_conference_is_due_fifteen_working_days_after_the_discussion(
    place: County, held: datetime, due: date
) -> None:
    with held_at(held):
        referral = a_referral(place, "WITH_CHILDREN", at=held)
        begun = a_protection("SECTION_47", referral=referral, by=place.children, at=held)
        discussions.record_discussion(
            protection=begun, said=discussed("SECTION_47", held, outcome="SECTION_47"), by=place.children, at=held
        )
    assert civil_date(ClockRun.objects.unfinished().get(subject=begun.record_key).due_at) == due


def test_the_assessment_is_due_forty_five_working_days_after_the_referral(place: County) -> None:
    received = datetime.fromisoformat("2026-06-01T10:00:00+01:00")
    referral = a_referral(place, "WITH_CHILDREN", at=received)
    begun = open_protection(
        case=referral.case, kind="SECTION_17", reason="In need.", counted_from=received, by=place.children,
        at=received + 3 * DAY,
    )  # fmt: skip
    assert civil_date(ClockRun.objects.unfinished().get(subject=begun.record_key).due_at) == date(2026, 8, 3)


def test_a_conference_is_recorded_and_ends_its_clock(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_47", referral=referral, by=place.children)
    discussions.record_discussion(
        protection=begun, said=discussed("SECTION_47", now(), outcome="SECTION_47"), by=place.children, at=now()
    )
    sign_in(client, place.children)
    page = client.get(page_of(begun, "protection-confer"))
    tomorrow = press(client, page, "Record the conference", words="A plan.", **typed(civil_date(now() + DAY)))
    assert "must be today or in the past" in errors(tomorrow)[0]
    done = press(client, page, "Record the conference", words="A child protection plan.", **typed(civil_date(now())))
    assert "The conference was recorded." in words(done)
    assert "A child protection plan." in words(done)
    assert fresh_protection(begun).state == "CONFERRED"
    assert not ClockRun.objects.unfinished().filter(subject=begun.record_key).exists()
    assert kinds(referral.case_id)[-1] == KEYS[0]
    assert "That cannot be done now" in words(client.get(page_of(begun, "protection-confer"), follow=True))


def test_what_is_late_says_why(place: County, client: Client) -> None:
    long_ago = now() - 100 * DAY
    referral = a_referral(place, "WITH_CHILDREN", at=long_ago)
    begun = a_protection("SECTION_17", referral=referral, by=place.children, at=long_ago)
    sign_in(client, place.children)
    page = client.get(page_of(begun, "protection-assess"))
    late = press(client, page, "Record the assessment", words="Help at home.", **typed(civil_date(now())))
    assert "Say why it took longer" in errors(late)[0]
    with pytest.raises(Refused, match="Say why it took longer"):
        endings.record_assessment(
            protection=begun, finished_on=civil_date(now()), found="Help.", by=place.children, at=now()
        )
    done = press(
        client, page, "Record the assessment", words="Help at home.", why_late="The family moved.",
        **typed(civil_date(now())),
    )  # fmt: skip
    assert "The family moved." in words(done)
    assert kinds(referral.case_id)[-1] == KEYS[1]
    assert fresh_protection(begun).state == "ASSESSED"


def test_each_belongs_to_its_section_and_happens_once(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    need = a_protection("SECTION_17", "ASSESSED", referral=referral, by=place.children)
    harm = a_protection("SECTION_47", "CONFERRED", referral=referral, by=place.children)
    today = civil_date(now())
    for protection in (need, harm):
        with pytest.raises(Refused):
            endings.record_conference(protection=protection, held_on=today, decided="A.", by=place.children, at=now())
        with pytest.raises(Refused):
            endings.record_assessment(protection=protection, finished_on=today, found="A.", by=place.children, at=now())
    sign_in(client, place.liaison)
    assert client.get(page_of(need, "protection-assess")).status_code == 404


def test_two_people_at_once_are_told(place: County) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    begun = a_protection("SECTION_17", referral=referral, by=place.children)
    seen = begun.case.version
    a_protection("SECTION_47", referral=referral, by=place.officer)
    with pytest.raises(StaleRecord):
        endings.record_assessment(
            protection=begun, finished_on=civil_date(now()), found="A.", by=place.children, at=now(), version=seen
        )


def test_why_this_date_shows_the_working(place: County, client: Client) -> None:
    received = moment(date(2026, 6, 1))
    with held_at(received):
        referral = a_referral(place, "WITH_CHILDREN", at=received)
        begun = a_protection("SECTION_17", referral=referral, by=place.children, at=received)
    run = ClockRun.objects.get(subject=begun.record_key)
    sign_in(client, place.children)
    assert "45 working days" in words(client.get(reverse("clock-why", args=[referral.case_id, run.pk])))
