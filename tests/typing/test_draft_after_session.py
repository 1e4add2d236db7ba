"""A referral being written, whose session ends: its words come back, and never over what was saved meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.now import now
from referrals.models import Concern
from referrals.operations import concern_steps, concerns
from referrals.states import ConcernStage
from tests.factories import County, a_concern, county, seen, sign_in
from tests.journeys.pages import page, press
from tests.typing.walking import forms_that_post, held, signs_in_again

pytestmark = pytest.mark.django_db
DESCRIBED = "concerns.described"
HERE, THERE = "He spoke of it again on Monday.", "His aunt rang on Tuesday."


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def draft(place: County) -> Concern:
    return a_concern(place)


def left_typing(client: Client, path: str, email: str, **typed: str) -> Any:
    """Type on a page and let its session end. Called, what this answers with sends it and signs in again."""
    fields = held(forms_that_post(client.get(path))[0]) | {name: [words] for name, words in typed.items()}
    Session.objects.all().delete()
    return lambda: signs_in_again(
        client, client.post(path, fields, headers={"referer": f"http://testserver{path}"})["Location"], email
    )


def test_it_is_saved_by_continue_once_it_is_back(place: County, draft: Concern, client: Client) -> None:
    path = reverse("refer:page", args=[draft.pk, "worries"])
    back = left_typing(sign_in(client, place.practitioner), path, place.practitioner.user.email, **{DESCRIBED: HERE})()
    assert seen(draft, place.practitioner).answers[DESCRIBED] != HERE
    press(client, back, "Continue")
    assert seen(draft, place.practitioner).answers[DESCRIBED] == HERE


def test_what_another_device_saved_meanwhile_is_shown_beside_it(place: County, draft: Concern, client: Client) -> None:
    path = reverse("refer:page", args=[draft.pk, "worries"])
    goes_on = left_typing(sign_in(client, place.practitioner), path, place.practitioner.user.email, **{DESCRIBED: HERE})
    concerns.save(
        concern_id=draft.pk, answers={DESCRIBED: THERE}, version=draft.version, page="worries", sitting="another",
        done=None, by=place.practitioner, at=now(),
    )  # fmt: skip
    back = goes_on()
    assert held(forms_that_post(back)[0])[DESCRIBED] == [HERE]
    both = press(client, back, "Continue")
    assert HERE in both.content.decode() and THERE in both.content.decode()
    assert seen(draft, place.practitioner).answers[DESCRIBED] == THERE


def test_what_was_to_be_decided_meanwhile_decided_keeps_the_reason_in_sight(place: County, client: Client) -> None:
    concern = a_concern(place, ConcernStage.WITH_LEAD)
    path = reverse("mine:decide", args=[concern.pk])
    goes_on = left_typing(
        sign_in(client, place.school_lead), path, place.school_lead.user.email, decision="WATCH", words=HERE
    )
    handed = seen(concern, place.school_lead)
    concern_steps.decide(
        concern_id=concern.pk, decision="EXPLAIN", words=THERE, version=handed.version, by=place.school_lead, at=now()
    )
    back = goes_on()
    assert back.request["PATH_INFO"] == reverse("mine:concern", args=[concern.pk])
    assert HERE in page(back).text_content()


def test_what_a_page_saves_by_itself_after_the_end_is_answered_with_the_sign_in_page_and_kept_nowhere(
    place: County, draft: Concern, client: Client
) -> None:
    sign_in(client, place.practitioner)
    opened = held(forms_that_post(client.get(reverse("refer:page", args=[draft.pk, "worries"])))[0])
    Session.objects.all().delete()
    sent = client.post(
        reverse("refer:save", args=[draft.pk, "worries"]), opened | {DESCRIBED: HERE}, headers={"x-autosave": "1"}
    )
    assert sent.status_code == 302 and "kept" not in sent["Location"]
    assert seen(draft, place.practitioner).answers[DESCRIBED] != HERE
