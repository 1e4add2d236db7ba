"""What somebody began and has not sent is found again: by them alone, for a day, with its text in its boxes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import jobs
from prevent_cases.casework.now import now
from prevent_cases.casework.wording import day
from referrals.models import Answer
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_referral, county, sign_in
from tests.journeys.pages import page, press, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county()


def types(client: Client, path: str, **typed: str) -> dict[str, str]:
    """What the page does by itself, twenty seconds after somebody typed."""
    answer = client.post(f"{reverse('keep-typed')}?page={path}&to={path}", typed)
    assert answer.status_code == 200
    return answer.json()


def test_a_note_that_was_begun_is_listed_and_opens_with_its_words(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    path = reverse("write-note", args=[referral.case_id])
    sign_in(client, place.locality_worker)
    saved = types(client, path, text="She was seen on Tuesday.")
    types(client, path, text="She was seen on Tuesday, at home.", kept=saved["fields"]["kept"])
    shown = client.get(reverse("unfinished"))
    said = words(shown)
    assert said.count(f"Case note, {referral.case.reference}") == 1
    assert day(now() + timedelta(days=1)) in said
    link = next(a.get("href") for a in page(shown).iter("a") if "Case note" in a.text_content())
    opened = client.get(link)
    assert page(opened).get_element_by_id("id_text").text_content().strip() == "She was seen on Tuesday, at home."
    press(client, opened, "Add the note")
    assert "You have nothing unfinished" in words(client.get(reverse("unfinished")))


def test_nobody_else_finds_it_not_even_in_the_same_team(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    path = reverse("referrals:query-back", args=[referral.case_id])
    kept = types(sign_in(client, place.officer), path, question="Which school?")["fields"]["kept"]
    other = sign_in(Client(), place.second_officer)
    assert "You have nothing unfinished" in words(other.get(reverse("unfinished")))
    assert "Which school?" not in other.get(f"{path}?kept={kept}").content.decode()


def test_somebody_kept_from_the_case_since_does_not_learn_its_reference(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    types(sign_in(client, place.officer), reverse("referrals:query-back", args=[referral.case_id]), question="Who?")
    a_conflict(referral, place.officer)
    assert referral.case.reference not in words(client.get(reverse("unfinished")))


def test_it_is_gone_after_a_day(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    types(sign_in(client, place.officer), reverse("referrals:query-back", args=[referral.case_id]), question="Who?")
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        assert jobs.run("forget_drafts", at=now())["forgotten"] == 1
        sign_in(client, place.officer)
        assert "You have nothing unfinished" in words(client.get(reverse("unfinished")))


def test_an_answer_half_written_is_listed_for_who_wrote_it_last(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    sign_in(client, place.locality_worker)
    opened = client.get(reverse("referrals:answer", args=[referral.case_id]))
    press(client, opened, "Save and come back later", left_out="An old address.")
    assert Answer.objects.get(referral=referral).edited_by_id == place.locality_worker.user_id
    assert f"The answer to CT policing, {referral.case.reference}" in words(client.get(reverse("unfinished")))


def test_a_page_of_another_site_is_never_kept_or_led_to(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    answer = client.post(f"{reverse('keep-typed')}?page=//evil.example/&to=/nowhere/at/all/", {"text": "x"})
    assert answer.status_code == 409
