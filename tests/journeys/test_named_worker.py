"""A worker is let in by name until a date, and the access is taken back (K0.8, K0.11; domain.md, section 6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.clocks import TASK_ACCESS
from prevent_cases.casework.grants import end_grants
from prevent_cases.casework.kinds import AccessReason
from prevent_cases.casework.models import Case, CaseUserObjectPermission, Event, Notice
from prevent_cases.casework.now import held_at, now, today
from prevent_cases.casework.wording import weekday
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_named_worker, a_person, a_referral, county, sign_in


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


def name(
    client: Client, actor: Actor, referral: Referral, who: str, until: date | None = None, **also: Any
) -> tuple[int, str]:
    until = until or today() + timedelta(days=14)
    sent = {
        "who": who, "reason": AccessReason.TASK, "words": "To find the last assessment",
        "until-day": until.day, "until-month": until.month, "until-year": until.year, **also,
    }  # fmt: skip
    answer = sign_in(client, actor).post(reverse("name-worker", args=[referral.case_id]), sent)
    return answer.status_code, answer.content.decode()


def take_back(client: Client, actor: Actor, referral: Referral, who: Actor) -> tuple[int, str]:
    answer = sign_in(client, actor).post(reverse("end-worker", args=[referral.case_id, who.user_id]), follow=True)
    return answer.status_code, answer.content.decode()


def let_in(actor: Actor, referral: Referral) -> bool:
    return access.may_enter(actor, Case.objects.get(pk=referral.case_id))


@pytest.mark.parametrize("by", ["locality_worker", "locality_manager"])
def test_a_nominated_worker_or_manager_lets_somebody_in_by_name(
    place: County, client: Client, referral: Referral, by: str
) -> None:
    status, _ = name(client, place.roles[by], referral, "luca finch")
    assert status == 302
    assert let_in(place.other_locality_worker, referral)
    event = Event.objects.get(case=referral.case, kind="access.worker_named")
    assert event.facts["who"] == "Luca Finch"
    assert Notice.objects.filter(user=place.other_locality_worker.user, kind="access.worker_named").count() == 1
    page = client.get(reverse("case-people", args=[referral.case_id])).content.decode()
    assert "Luca Finch, until " in page
    assert "To do one task: To find the last assessment" in page


def test_an_email_address_finds_one_person(place: County, client: Client, referral: Referral) -> None:
    assert name(client, place.locality_worker, referral, place.other_locality_worker.user.email.upper())[0] == 302
    assert let_in(place.other_locality_worker, referral)


def test_two_people_of_one_name_are_told_apart(place: County, client: Client, referral: Referral) -> None:
    twins = [
        a_person("Sam Reed", place.other_locality_team, email=f"sam{n}@council.example", job_title=f"Post {n}")
        for n in (1, 2)
    ]
    status, shown = name(client, place.locality_worker, referral, "sam reed")
    assert status == 200
    assert "Several people are called that. Select which one you mean" in shown
    assert "Sam Reed, Post 2" in shown
    assert name(client, place.locality_worker, referral, "sam reed", chosen=twins[1].pk)[0] == 302
    assert CaseUserObjectPermission.objects.get(content_object=referral.case_id).user == twins[1]


@pytest.mark.parametrize("who", ["Nobody Atall", "Lorcan Pryde", "Pia Loxley", "Ossian Ware"])
def test_only_staff_of_the_councils_case_teams_can_be_named(
    place: County, client: Client, referral: Referral, who: str
) -> None:
    _, shown = name(client, place.locality_worker, referral, who)
    assert "Nobody in the council’s case teams is called that" in shown
    assert not CaseUserObjectPermission.objects.exists()


@pytest.mark.parametrize("reason", AccessReason.values)
def test_access_lasts_as_long_as_its_reason_allows_and_not_a_day_longer(
    place: County, client: Client, referral: Referral, reason: str
) -> None:
    last = today() + timedelta(days=TASK_ACCESS[reason].count)
    _, shown = name(client, place.locality_worker, referral, "Luca Finch", last + timedelta(days=1), reason=reason)
    assert "access may last" in shown
    assert name(client, place.locality_worker, referral, "Luca Finch", last, reason=reason)[0] == 302


def test_a_date_that_has_passed_is_refused(place: County, client: Client, referral: Referral) -> None:
    _, shown = name(client, place.locality_worker, referral, "Luca Finch", today() - timedelta(days=1))
    assert "must be today or in the future" in shown


def test_nothing_typed_is_explained_field_by_field(place: County, client: Client, referral: Referral) -> None:
    answer = sign_in(client, place.locality_worker).post(reverse("name-worker", args=[referral.case_id]), {"who": ""})
    shown = answer.content.decode()
    asked = ("Enter the person’s name or work email address", "Select why they need to see it", "Enter the last day")
    for words in asked:
        assert shown.count(words) >= 2, "in the summary and beside the field"


@pytest.mark.parametrize("who", ["colleague", "officer", "ssu_lead", "area_worker", "liaison"])
def test_nobody_else_names_anybody(place: County, client: Client, referral: Referral, who: str) -> None:
    assert name(client, place.roles[who], referral, "Luca Finch")[0] == 404
    assert not CaseUserObjectPermission.objects.exists()


@pytest.mark.parametrize("who", ["locality_worker", "locality_manager"])
def test_nobody_names_themselves(place: County, client: Client, referral: Referral, who: str) -> None:
    """A manager who is not nominated would let themselves in."""
    actor = place.roles[who]
    _, shown = name(client, actor, referral, actor.user.email)
    assert "You cannot let yourself in." in shown
    assert not CaseUserObjectPermission.objects.exists()
    assert let_in(actor, referral) is (who == "locality_worker")


def test_a_worker_of_another_team_finds_the_case_among_their_work_until_the_last_day(
    place: County, client: Client, referral: Referral
) -> None:
    worker, until = place.other_locality_worker, today() + timedelta(days=3)
    a_named_worker(place, referral, worker, days=3)
    case_url = reverse("case", args=[referral.case_id])
    shown = sign_in(client, worker).get(reverse("my-work")).content.decode()
    assert case_url in shown
    assert f"With {place.locality_team.name}. Open to you until the end of {weekday(until)}." in shown
    assert client.get(case_url).status_code == 200
    with held_at(now() + timedelta(days=4)):
        assert case_url not in sign_in(client, worker).get(reverse("my-work")).content.decode()
        assert client.get(case_url).status_code == 404


def test_after_a_conflict_it_is_no_longer_among_their_work(place: County, client: Client, referral: Referral) -> None:
    a_named_worker(place, referral, place.other_locality_worker)
    a_conflict(referral, place.other_locality_worker)
    assert "let in to by name" not in sign_in(client, place.other_locality_worker).get("/work/").content.decode()


def test_somebody_with_a_conflict_cannot_be_named(place: County, client: Client, referral: Referral) -> None:
    a_conflict(referral, place.colleague)
    _, shown = name(client, place.locality_worker, referral, "Cole Rudd")
    assert "That person cannot be let in to this case." in shown
    assert not let_in(place.colleague, referral)


def test_before_anything_is_restricted_there_is_nothing_to_let_anybody_into(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_LOCALITY)
    _, shown = name(client, place.locality_worker, referral, "Cole Rudd")
    assert "Nothing is in the restricted area of this case yet." in shown


def test_naming_again_sets_the_new_date_and_is_still_one_grant(
    place: County, client: Client, referral: Referral
) -> None:
    for days in (3, 9):
        name(client, place.locality_worker, referral, "Luca Finch", today() + timedelta(days=days))
    assert CaseUserObjectPermission.objects.get(content_object=referral.case_id).until == today() + timedelta(days=9)


def test_access_is_taken_back_at_once_after_a_page_that_says_so(
    place: County, client: Client, referral: Referral
) -> None:
    a_named_worker(place, referral, place.other_locality_worker)
    page = sign_in(client, place.locality_worker).get(
        reverse("end-worker", args=[referral.case_id, place.other_locality_worker.user_id])
    )
    assert "From now on the restricted area is not open to Luca Finch" in page.content.decode()
    assert let_in(place.other_locality_worker, referral)
    status, shown = take_back(client, place.locality_worker, referral, place.other_locality_worker)
    assert status == 200
    assert "The access was taken back." in shown
    assert not let_in(place.other_locality_worker, referral)
    assert take_back(client, place.locality_worker, referral, place.other_locality_worker)[0] == 404, "twice"
    assert Event.objects.filter(case=referral.case, kind="access.worker_ended").count() == 1


@pytest.mark.parametrize("who", ["colleague", "officer", "other_locality_worker"])
def test_nobody_else_takes_access_back(place: County, client: Client, referral: Referral, who: str) -> None:
    a_named_worker(place, referral, place.other_locality_worker)
    assert take_back(client, place.roles[who], referral, place.other_locality_worker)[0] == 404
    assert let_in(place.other_locality_worker, referral)


def test_after_the_last_day_the_access_is_gone_even_before_the_row_is(
    place: County, client: Client, referral: Referral
) -> None:
    a_named_worker(place, referral, place.other_locality_worker, days=2)
    with held_at(now() + timedelta(days=3)):
        sign_in(client, place.other_locality_worker)
        assert client.get(reverse("case", args=[referral.case_id])).status_code == 404
        assert end_grants(at=now()) == 1
    assert not CaseUserObjectPermission.objects.exists()
