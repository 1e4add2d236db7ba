"""C12 and C13: a child's case is closed once nothing is open, and the feedback that is owed outlives it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import holding
from prevent_cases.casework.models import Case, ClockRun, Disclosure
from prevent_cases.casework.now import now, today
from referrals.models import Referral
from referrals.states import ReferralState as S
from safeguarding.models import FeedbackOwed
from safeguarding.operations.protection import open_protection
from tests.factories import County, a_referral, county, sign_in
from tests.journeys.pages import errors, press, words
from tests.journeys.triaging import kinds, now_at, other_people

CLOSE = "referral.close_child"
GIVE, HEAR, NOT_APPROPRIATE = "feedback.give", "feedback.hear", "feedback.not_appropriate"


@pytest.fixture
def place(db: None) -> County:
    return county()


def freed(place: County) -> Referral:
    """Decided, and the hold is over."""
    referral = a_referral(place, S.CHILD_DECIDED)
    holding.end(case=referral.case, reason="Police answered by telephone", by=place.ssu_lead, at=now())
    return referral


def close(client: Client, referral: Referral, **said: Any) -> HttpResponse:
    opened = client.get(reverse("close-child", args=[referral.case_id]))
    return press(client, opened, "Close the case", **{"reason": "not_needed", "other_needs": "none", **said})


def owed_to(to: str) -> FeedbackOwed:
    return FeedbackOwed.objects.select_related("case").get(to=to)


def tell(client: Client, owed: FeedbackOwed, **said: Any) -> HttpResponse:
    opened = client.get(reverse("feedback", args=[owed.case_id, owed.pk]))
    on = today()
    told = {"told_on-day": on.day, "told_on-month": on.month, "told_on-year": on.year}
    return press(client, opened, "Save", **{"became": "given", **told, **said})


REFERRER = {"name": "Ms D. Hale", "agency": "Larkrise Academy", "items": ["received", "decided"], "how": "SPOKEN"}


def test_it_is_closed_and_feedback_stays_in_the_list(place: County, client: Client) -> None:
    referral = freed(place)
    sign_in(client, place.children)
    done = close(client, referral)
    assert "Case closed. Feedback that is owed stays in your list." in words(done)
    assert now_at(referral).state == S.CLOSED
    assert kinds(referral).count(CLOSE) == 1
    listed = words(client.get(reverse("children:duty")))
    assert "Feedback to the referrer" in listed
    running = set(ClockRun.objects.running().filter(case=referral.case_id).values_list("clock", flat=True))
    assert running == {"case.retention", "feedback.give", "feedback.give_parents", "feedback.hear"}
    told = tell(client, owed_to("REFERRER"), **REFERRER)
    assert "Saved." in words(told)
    assert owed_to("REFERRER").state == "GIVEN"
    assert not Case.objects.get(pk=referral.case_id).is_open
    shared = Disclosure.objects.get(case=referral.case_id)
    assert (shared.recipient_name, shared.recipient_agency, shared.delivery) == (
        "Ms D. Hale", "Larkrise Academy", "SPOKEN",
    )  # fmt: skip
    assert shared.items == ["That the referral was received", "That it was looked at and decided"]
    assert {GIVE, "disclosure.made"} <= set(kinds(referral))


def test_a_hold_open_protection_and_another_need_stand_in_the_way(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHILD_DECIDED)
    sign_in(client, place.children)
    url = reverse("close-child", args=[referral.case_id])
    assert "End the hold first, with a reason." in words(client.get(url))
    open_protection(case=referral.case, kind="SECTION_17", reason="In need", by=place.children, at=now())
    assert "Section 17: a child in need: this is still open." in words(client.get(url))
    sent = {"reason": "not_needed", "other_needs": "none", "version": now_at(referral).case.version}
    assert errors(client.post(url, sent)) == ["Section 17: a child in need: this is still open."]
    assert now_at(referral).state == S.CHILD_DECIDED


def test_closing_twice_and_by_the_wrong_person_or_state(place: County, client: Client) -> None:
    referral = freed(place)
    url = reverse("close-child", args=[referral.case_id])
    sent = {"reason": "not_needed", "other_needs": "none", "version": now_at(referral).case.version}
    for actor in [place.officer, *(one for one in other_people(place) if one is not place.children)]:
        assert sign_in(client, actor).post(url, sent).status_code == 404
    sign_in(client, place.children)
    undecided = a_referral(place, S.WITH_CHILDREN)
    early = client.get(reverse("close-child", args=[undecided.case_id]), follow=True)
    assert "That cannot be done now" in words(early)
    client.post(url, sent)
    assert "You changed this case yourself" in errors(client.post(url, sent))[0]
    assert kinds(referral).count(CLOSE) == 1


def test_nobody_outside_is_told_under_a_hold_and_that_it_is_not_appropriate_may_be_said(
    place: County, client: Client
) -> None:
    referral = a_referral(place, S.CHILD_DECIDED)
    sign_in(client, place.children)
    refused = tell(client, owed_to("PARENTS"), name="Mrs Orrell", agency="Family", items=["received"])
    assert "This case is on hold until" in errors(refused)[0]
    assert not Disclosure.objects.exists()
    assert owed_to("PARENTS").state == "OWED"
    tell(client, owed_to("PARENTS"), became="not_appropriate", reason="It would put the child at risk")
    assert owed_to("PARENTS").state == "NOT_APPROPRIATE"
    assert NOT_APPROPRIATE in kinds(referral)


def test_what_police_tell_social_care_is_heard_and_never_our_breach(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHILD_DECIDED)
    run = ClockRun.objects.get(clock="feedback.hear")
    assert (run.team, run.chase_address, run.declared.is_ours) == (place.policing, "desk@ctp.example", False)
    sign_in(client, place.children)
    tell(client, owed_to("SOCIAL_CARE"))
    assert owed_to("SOCIAL_CARE").state == "HEARD"
    assert HEAR in kinds(referral)
    again = tell_again(client, owed_to("SOCIAL_CARE"))
    assert "This cannot be done now" in errors(again)[0]


def tell_again(client: Client, owed: FeedbackOwed) -> HttpResponse:
    on = today()
    return client.post(reverse("feedback", args=[owed.case_id, owed.pk]), {
        "became": "given", "told_on-day": on.day, "told_on-month": on.month, "told_on-year": on.year,
        "version": Case.objects.get(pk=owed.case_id).version,
    })  # fmt: skip


def test_what_is_missing_and_days_that_cannot_be_are_asked_again(place: County, client: Client) -> None:
    freed(place)
    sign_in(client, place.children)
    assert errors(tell(client, owed_to("REFERRER"))) == [
        "Enter who was told", "Enter their organisation, or “Family”", "Select what they were told",
    ]  # fmt: skip
    future = today() + timedelta(days=1)
    late = {"told_on-day": future.day, "told_on-month": future.month, "told_on-year": future.year}
    assert "today or in the past" in errors(tell(client, owed_to("SOCIAL_CARE"), **late))[0]
    assert errors(tell(client, owed_to("SOCIAL_CARE"), became="not_appropriate")) == ["Say why it is not appropriate"]


def test_who_does_not_owe_it_finds_nothing(place: County, client: Client) -> None:
    referral = freed(place)
    owed = owed_to("REFERRER")
    for actor in (place.locality_worker, place.area_worker, place.liaison, place.outsider):
        assert sign_in(client, actor).get(reverse("feedback", args=[referral.case_id, owed.pk])).status_code == 404
    sign_in(client, place.officer)
    assert client.get(reverse("feedback", args=[referral.case_id, owed.pk])).status_code == 200
