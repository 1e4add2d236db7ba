"""The area service forwards to a locality team, once the referral is recorded (A10; K0.9)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import PostcodeDistrict
from prevent_cases.casework import access
from prevent_cases.casework.models import Case, Event, Notice
from prevent_cases.casework.now import now
from referrals.forms.recording import ELSEWHERE
from referrals.models import Referral
from referrals.operations.assigning import assign
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county, sign_in


@pytest.fixture
def place(db: None) -> County:
    return county()


def now_at(referral: Referral) -> Referral:
    return Referral.objects.select_related("case").get(pk=referral.pk)


def forward(client: Client, actor: Actor, referral: Referral, team: Any, **also: Any) -> tuple[int, str]:
    url = reverse("referrals:forward", args=[referral.case_id])
    sent = {"version": now_at(referral).case.version, "team": team, "confirmed": "yes", **also}
    answer = sign_in(client, actor).post(url, {name: value for name, value in sent.items() if value is not None})
    return answer.status_code, answer.content.decode()


def test_the_team_of_the_postcode_is_suggested_first_and_nothing_is_chosen_for_anybody(
    place: County, client: Client
) -> None:
    outward = PostcodeDistrict.objects.get(locality=place.localities[1]).outward
    referral = a_referral(place, S.AREA_RECORDED, postcode=f"{outward} 9ZZ")
    page = sign_in(client, place.area_worker).get(reverse("referrals:forward", args=[referral.case_id]))
    shown = page.content.decode()
    assert f"Suggested: the postcode {outward} is in Corrow" in shown
    assert shown.index("Corrow locality team") < shown.index("Alderfen locality team")
    assert "checked" not in shown.partition("<main")[2]


def test_it_is_confirmed_then_forwarded_and_the_restricted_area_goes_with_it(place: County, client: Client) -> None:
    referral = a_referral(place, S.AREA_RECORDED)
    _, shown = forward(client, place.area_worker, referral, place.locality_team.pk, confirmed=None)
    assert "Forward to Alderfen locality team?" in shown
    assert now_at(referral).state == S.AREA_RECORDED
    status, _ = forward(client, place.area_worker, referral, place.locality_team.pk)
    assert status == 302
    after = now_at(referral)
    assert (after.state, after.case.holder_team, after.case.locality) == (
        S.PREPARING, place.locality_team, place.locality,
    )  # fmt: skip
    case = Case.objects.get(pk=referral.case_id)
    assert access.may_enter(place.locality_worker, case)
    assert not access.may_enter(place.area_worker, case)
    assert Notice.objects.filter(case=case, team=place.locality_team, kind="referral.forward").count() == 1
    assert client.get(reverse("case", args=[case.pk])).status_code == 404, "the area service no longer sees it"


def test_a_team_in_another_area_can_be_chosen(place: County, client: Client) -> None:
    referral, team = a_referral(place, S.AREA_RECORDED), place.locality_teams[3]
    _, shown = forward(client, place.area_worker, referral, ELSEWHERE, confirmed=None)
    assert "Select the locality team to forward to" in shown
    status, _ = forward(client, place.area_worker, referral, ELSEWHERE, far_team=team.pk)
    assert status == 302
    assert now_at(referral).case.holder_team == team


def test_until_both_parts_are_recorded_it_is_blocked_in_words(place: County, client: Client) -> None:
    referral = a_referral(place, S.WITH_AREA)
    page = sign_in(client, place.area_worker).get(reverse("referrals:forward", args=[referral.case_id]))
    assert "Forwarding opens when both parts of the record task are done." in page.content.decode()
    status, shown = forward(client, place.area_worker, referral, place.locality_team.pk)
    assert status == 409
    assert "still to do" in shown
    assert now_at(referral).state == S.WITH_AREA


@pytest.mark.parametrize("who", ["officer", "ssu_lead"])
def test_only_a_nominated_worker_of_the_area_service_forwards(place: County, client: Client, who: str) -> None:
    referral = a_referral(place, S.AREA_RECORDED)
    _, shown = forward(client, place.roles[who], referral, place.locality_team.pk)
    assert "This may only be done by a nominated Prevent virtual worker" in shown
    assert now_at(referral).state == S.AREA_RECORDED


@pytest.mark.parametrize("who", ["other_area_worker", "locality_worker", "liaison", "outsider"])
def test_somebody_who_may_not_know_of_it_finds_nothing(place: County, client: Client, who: str) -> None:
    referral = a_referral(place, S.AREA_RECORDED)
    assert forward(client, place.roles[who], referral, place.locality_team.pk)[0] == 404


def test_from_another_state_it_is_refused(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    _, shown = forward(client, place.locality_worker, referral, place.other_locality_team.pk)
    assert "This cannot be done now" in shown
    assert now_at(referral).case.holder_team == place.locality_team


@pytest.mark.parametrize(("who", "state"), [("officer", S.AREA_RECORDED), ("officer", S.CHECKING)])
def test_whoever_cannot_forward_it_is_sent_back_to_the_case(
    place: County, client: Client, who: str, state: str
) -> None:
    url = reverse("referrals:forward", args=[a_referral(place, state).case_id])
    shown = sign_in(client, place.roles[who]).get(url, follow=True).content.decode()
    assert "That cannot be done now" in shown


def test_twice_is_once(place: County, client: Client) -> None:
    referral = a_referral(place, S.AREA_RECORDED)
    version = now_at(referral).case.version
    first, _ = forward(client, place.area_worker, referral, place.locality_team.pk, version=version)
    second, _ = forward(client, place.area_worker, referral, place.locality_team.pk, version=version)
    assert (first, second) == (302, 404)
    assert Event.objects.filter(case=referral.case, kind="referral.forward").count() == 1


def test_a_page_opened_before_somebody_else_acted_is_refused_and_keeps_what_was_chosen(
    place: County, client: Client
) -> None:
    referral = a_referral(place, S.AREA_RECORDED)
    stale = now_at(referral).case.version
    assign(case=referral.case, to=place.area_worker.user, by=place.officer, at=now())
    _, shown = forward(client, place.area_worker, referral, place.locality_team.pk, version=stale)
    assert "Somebody else changed this case after you opened it" in shown
    assert "checked" in shown
    assert now_at(referral).state == S.AREA_RECORDED


@pytest.mark.parametrize("team", ["", "not-a-team", None, "ssu"])
def test_a_team_that_is_not_offered_is_refused(place: County, client: Client, team: str | None) -> None:
    referral = a_referral(place, S.AREA_RECORDED)
    _, shown = forward(client, place.area_worker, referral, place.ssu.pk if team == "ssu" else team)
    assert "There is a problem" in shown
    assert now_at(referral).state == S.AREA_RECORDED
