"""A conflict of interest keeps a person from a case, and the case from the person (D3)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework.models import Case, CaseUserObjectPermission, Event, Exclusion
from prevent_cases.casework.now import now
from referrals.models import Referral
from referrals.operations import assigning
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_named_worker, a_referral, county, sign_in


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


def declare(client: Client, actor: Actor, referral: Referral, **sent: Any) -> Any:
    return sign_in(client, actor).post(reverse("declare-conflict", args=[referral.case_id]), sent)


def end(client: Client, actor: Actor, referral: Referral, who: Actor) -> Any:
    return sign_in(client, actor).post(reverse("end-conflict", args=[referral.case_id, who.user_id]), follow=True)


def seen(client: Client, actor: Actor, referral: Referral) -> int:
    return sign_in(client, actor).get(reverse("case", args=[referral.case_id])).status_code


@pytest.mark.parametrize("who", ["locality_worker", "colleague", "officer"])
def test_ones_own_conflict_makes_the_case_vanish_like_one_that_was_never_there(
    place: County, client: Client, referral: Referral, who: str
) -> None:
    actor = place.roles[who]
    assert seen(client, actor, referral) == 200
    answer = declare(client, actor, referral)
    assert answer.status_code == 302
    assert str(referral.case_id) not in answer.url
    said = client.get(answer.url, follow=True).content.decode()
    assert "The conflict of interest was recorded." in said
    assert referral.case.reference not in said
    hidden = client.get(reverse("case", args=[referral.case_id]))
    absent = client.get(reverse("case", args=[uuid4()]))
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    inbox = client.get(reverse("referrals:inbox")).content.decode()
    assert referral.case.reference not in inbox
    assert Exclusion.objects.standing().get(case=referral.case).user_id == actor.user_id


def test_it_ends_access_by_name_and_the_assignment(place: County, client: Client, referral: Referral) -> None:
    a_named_worker(place, referral, place.colleague)
    case = Case.objects.get(pk=referral.case_id)
    assigning.assign(case=case, to=place.colleague.user, by=place.locality_worker, at=now())
    declare(client, place.colleague, referral)
    assert Case.objects.get(pk=referral.case_id).assignee is None
    assert not CaseUserObjectPermission.objects.exists()


@pytest.mark.parametrize("by", ["locality_manager", "ssu_lead"])
def test_a_manager_declares_anothers(place: County, client: Client, referral: Referral, by: str) -> None:
    answer = declare(client, place.roles[by], referral, whose="another", who="Cole Rudd")
    assert answer.url == reverse("declare-conflict", args=[referral.case_id])
    assert seen(client, place.colleague, referral) == 404
    assert seen(client, place.roles[by], referral) == 200
    event = Event.objects.get(case=referral.case, kind="conflict.declared")
    assert event.facts == {}, "the event does not say whose"


def test_a_manager_says_whose_it_is(place: County, client: Client, referral: Referral) -> None:
    page = declare(client, place.locality_manager, referral).content.decode()
    assert page.count("Select whose conflict of interest it is") >= 2
    page = declare(client, place.locality_manager, referral, whose="another").content.decode()
    assert "Enter the person’s name or work email address" in page
    declare(client, place.locality_manager, referral, whose="mine")
    assert seen(client, place.locality_manager, referral) == 404


def test_others_can_only_declare_their_own(place: County, client: Client, referral: Referral) -> None:
    declare(client, place.colleague, referral, whose="another", who="Lowri Dell")
    assert seen(client, place.locality_worker, referral) == 200
    assert seen(client, place.colleague, referral) == 404


def test_only_managers_see_who_is_kept_out(place: County, client: Client, referral: Referral) -> None:
    a_conflict(referral, place.colleague)
    page = reverse("declare-conflict", args=[referral.case_id])
    assert "Cole Rudd, since " in sign_in(client, place.locality_manager).get(page).content.decode()
    for actor in (place.locality_worker, place.officer):
        assert "Cole Rudd" not in sign_in(client, actor).get(page).content.decode()


@pytest.mark.parametrize("who", ["area_worker", "liaison", "outsider"])
def test_somebody_who_may_not_know_of_the_case_cannot_declare_about_it(
    place: County, client: Client, referral: Referral, who: str
) -> None:
    assert declare(client, place.roles[who], referral).status_code == 404
    assert not Exclusion.objects.exists()


def test_twice_is_one_conflict(place: County, client: Client, referral: Referral) -> None:
    for _ in range(2):
        declare(client, place.ssu_lead, referral, whose="another", who="Cole Rudd")
    assert Exclusion.objects.standing().count() == 1
    assert declare(client, place.colleague, referral).status_code == 404


def test_a_manager_ends_it_and_what_ended_with_it_stays_ended(
    place: County, client: Client, referral: Referral
) -> None:
    a_named_worker(place, referral, place.colleague)
    a_conflict(referral, place.colleague)
    page = sign_in(client, place.locality_manager).get(
        reverse("end-conflict", args=[referral.case_id, place.colleague.user_id])
    )
    assert "will see this case again" in page.content.decode()
    assert end(client, place.locality_manager, referral, place.colleague).status_code == 200
    assert seen(client, place.colleague, referral) == 200
    assert not CaseUserObjectPermission.objects.exists()
    assert end(client, place.locality_manager, referral, place.colleague).status_code == 404, "twice"


@pytest.mark.parametrize("who", ["locality_worker", "officer", "colleague"])
def test_nobody_else_ends_it(place: County, client: Client, referral: Referral, who: str) -> None:
    a_conflict(referral, place.colleague)
    assert end(client, place.roles[who], referral, place.colleague).status_code == 404
    assert Exclusion.objects.standing().count() == 1
