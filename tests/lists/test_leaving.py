"""Somebody leaves: counts are shown, the work passes on with a line in each case, and only then the seat ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Membership, Nomination, Team
from prevent_cases.accounts.refusals import NotAllowed
from prevent_cases.casework.models import Case, ClockRun, Event, Notice
from prevent_cases.lists.operations.leaving import hand_over_leaver
from referrals.models import InformationForm
from referrals.operations.assigning import assign
from tests.factories import (
    County,
    a_conflict,
    a_form,
    a_person,
    a_referral,
    acting,
    sign_in,
)
from tests.lists.typed import MONDAY, text_of, typed_day

TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def successor(place: County) -> Any:
    return acting(a_person("Sunniva Dale", place.locality_team, nominated=True))


@pytest.fixture
def work(place: County) -> Any:
    """A case given to the locality's worker, and a form for them to answer."""
    form = a_form(place)
    case = Case.objects.get(pk=form.case_id)
    assign(case=case, to=place.locality_worker.user, by=place.locality_worker, at=MONDAY)
    return form


def url_of_end(place: County) -> str:
    return reverse("lists:end-seat", args=[Membership.objects.get(user=place.locality_worker.user).pk])


def typed(place: County, **more: str) -> dict[str, str]:
    version = Team.objects.get(pk=place.locality_team.pk).list_version
    return {"version": str(version), **typed_day("ends_on", TODAY + 7 * DAY), **more}


def test_work_is_counted_and_must_be_handed_over_before_the_seat_ends(
    place: County, admin: Client, work: Any, successor: Any
) -> None:
    shown = text_of(admin.get(url_of_end(place)))
    assert "1 open case given to them" in shown
    assert "1 information gathering form to answer" in shown
    assert work.case.reference not in shown
    refused = admin.post(url_of_end(place), typed(place))
    beside = str(refused.context["form"].errors["successor"])
    assert "Lowri Dell still has open work in Alderfen locality team" in beside
    assert Membership.objects.get(user=place.locality_worker.user).ends_on is None
    done = admin.post(url_of_end(place), typed(place, successor=str(successor.user_id)))
    assert done.status_code == 302
    assert Case.objects.get(pk=work.case_id).assignee == successor.user
    assert InformationForm.objects.get(pk=work.pk).worker == successor.user
    assert not ClockRun.objects.unfinished().filter(person=place.locality_worker.user).exists()
    assert Membership.objects.get(user=place.locality_worker.user).ends_on == TODAY + 7 * DAY
    assert Nomination.objects.get(user=place.locality_worker.user).ends_on == TODAY + 7 * DAY
    kinds = list(Event.objects.filter(case=work.case_id, by=place.lists.user).values_list("kind", flat=True))
    assert sorted(kinds) == ["case.assigned", "form.handed_over"]
    assert Notice.objects.filter(user=successor.user, kind="case.assigned").exists()


def test_a_nomination_that_ends_hands_over_too(place: County, admin: Client, work: Any, successor: Any) -> None:
    url = reverse("lists:end-nomination", args=[Nomination.objects.get(user=place.locality_worker.user).pk])
    assert "1 open case" in text_of(admin.get(url))
    assert admin.post(url, typed(place, successor=str(successor.user_id))).status_code == 302
    assert Case.objects.get(pk=work.case_id).assignee == successor.user


def test_whoever_is_kept_from_a_case_does_not_get_it(place: County, admin: Client, successor: Any) -> None:
    referral = a_referral(place, "WITH_LOCALITY")
    case = Case.objects.get(pk=referral.case_id)
    assign(case=case, to=place.locality_worker.user, by=place.locality_worker, at=MONDAY)
    a_conflict(referral, successor)
    assert admin.post(url_of_end(place), typed(place, successor=str(successor.user_id))).status_code == 302
    assert Case.objects.get(pk=case.pk).assignee is None


def test_a_manager_hands_over_and_others_do_not(place: County, work: Any, successor: Any) -> None:
    leaver = place.locality_worker.user
    url = reverse("lists:hand-over", args=[place.locality_team.pk, leaver.pk])
    manager = sign_in(Client(), place.locality_manager)
    assert "1 open case" in text_of(manager.get(url))
    assert manager.post(url, typed(place, successor=str(successor.user_id))).status_code == 302
    assert Case.objects.get(pk=work.case_id).assignee == successor.user
    assert manager.get(url).status_code == 404
    with pytest.raises(NotAllowed):
        hand_over_leaver(
            leaver=successor.user, team=place.locality_team, to=leaver, until=TODAY, by=place.officer, at=MONDAY
        )


def test_the_last_admin_of_the_lists_stays(place: County, head: Any) -> None:
    browser = sign_in(Client(), head)

    def end(of: Any) -> Any:
        seat = Membership.objects.get(user=of.user, team=place.lists_team)
        version = Team.objects.get(pk=place.lists_team.pk).list_version
        days = typed_day("ends_on", TODAY)
        return browser.post(reverse("lists:end-seat", args=[seat.pk]), {"version": version, **days})

    assert "The council would have no manager of its staff lists" in text_of(end(head))
    assert end(place.lists).status_code == 302
    assert "Nobody else in this team keeps the staff lists" in text_of(end(head))
    assert Membership.objects.get(user=head.user).ends_on is None


def test_a_seat_before_its_first_day_and_a_list_that_changed_are_refused(place: County, admin: Client) -> None:
    seat = Membership.objects.get(user=place.colleague.user)
    url = reverse("lists:end-seat", args=[seat.pk])
    version = Team.objects.get(pk=place.locality_team.pk).list_version
    early = admin.post(url, {"version": version, **typed_day("ends_on", seat.starts_on - DAY)})
    assert "The last day cannot be before the first day" in str(early.context["form"].errors["ends_on"])
    stale = admin.post(url, {"version": version - 1, **typed_day("ends_on", TODAY)})
    assert "Somebody else changed this list" in text_of(stale)
    assert Membership.objects.get(pk=seat.pk).ends_on is None


def test_an_admin_gives_only_the_seats_they_may(place: County, admin: Client, head: Any) -> None:
    def give(client: Client, team: Team, role: str) -> Any:
        version = Team.objects.get(pk=team.pk).list_version
        given = {"email": place.outsider.user.email, "role": role, "version": version, **typed_day("starts_on", TODAY)}
        return client.post(reverse("lists:give-seat", args=[team.pk]), given)

    assert give(admin, place.lists_team, SeatRole.MEMBER).status_code == 404
    assert give(admin, place.audit_team, SeatRole.MEMBER).status_code == 404
    assert give(admin, place.ssu, SeatRole.MANAGER).status_code == 302
    assert "has this seat already" in text_of(give(admin, place.ssu, SeatRole.MANAGER))
    manager = sign_in(Client(), place.locality_manager)
    assert "Select the role again" in text_of(give(manager, place.locality_team, SeatRole.MANAGER))
    assert give(manager, place.locality_team, SeatRole.MEMBER).status_code == 302
    assert give(sign_in(Client(), head), place.lists_team, SeatRole.MEMBER).status_code == 302
    assert Membership.objects.filter(user=place.outsider.user).count() == 3
