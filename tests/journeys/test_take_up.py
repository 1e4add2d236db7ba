"""An officer takes up a practitioner's own referral, and its referrer sees that it is being looked at (A3, E4.34)."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import AccessLog, Case, ClockRun, Event, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import PractitionerReferral
from referrals.operations import referrers
from referrals.states import PractitionerState as P
from tests.factories import County, a_conflict, a_practitioner_referral, county, sign_in
from tests.journeys.pages import page, press, words
from tests.journeys.triaging import other_people

KEY = "practitioner.take_up"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def sent(place: County) -> PractitionerReferral:
    return a_practitioner_referral(place)


def shown(client: Client, sent: PractitionerReferral) -> HttpResponse:
    return client.get(reverse("referrals:practitioner", args=[sent.case_id]))


def take_up(client: Client, sent: PractitionerReferral) -> HttpResponse:
    return press(client, client.get(reverse("referrals:practitioner-take-up", args=[sent.case_id])), "Take it up")


def test_its_clock_runs_from_receipt_and_the_unit_is_told(place: County, sent: PractitionerReferral) -> None:
    run = ClockRun.objects.unfinished().get(case=sent.case_id)
    assert (run.clock, run.team_id, run.started_at) == (KEY, place.ssu.pk, sent.sent_at)
    assert Case.objects.get(pk=sent.case_id).next_due_clock == KEY
    assert Notice.objects.get(case=sent.case_id).team == place.ssu


def test_the_officer_finds_it_in_the_list_reads_it_and_takes_it_up(
    place: County, sent: PractitionerReferral, client: Client
) -> None:
    sign_in(client, place.officer)
    listed = client.get(reverse("referrals:practitioners"))
    assert sent.case.reference in words(listed)
    assert page(listed).xpath(f"//nav//a[@href='{reverse('referrals:practitioners')}']"), "it is in the navigation"
    opened = shown(client, sent)
    assert "He speaks of people met online." in words(opened)
    assert "Larkrise Academy" in words(opened)
    assert AccessLog.objects.filter(case=sent.case_id, user=place.officer.user_id, what="MATERIAL").exists()
    done = take_up(client, sent)
    assert "Being looked at" in words(done)
    assert PractitionerReferral.objects.get(pk=sent.pk).state == P.TAKEN_UP
    event = Event.objects.get(case=sent.case_id, kind=KEY)
    assert (event.by, event.facts) == (place.officer.user, {})
    assert not ClockRun.objects.unfinished().filter(case=sent.case_id).exists()
    assert "Took up a practitioner's own referral" in words(shown(client, sent))


def test_the_cases_own_address_leads_an_officer_there(
    place: County, sent: PractitionerReferral, client: Client
) -> None:
    sign_in(client, place.officer)
    assert client.get(reverse("case", args=[sent.case_id])).url == reverse(
        "referrals:practitioner", args=[sent.case_id]
    )
    for actor in [*other_people(place), place.practitioner]:
        sign_in(client, actor)
        assert client.get(reverse("case", args=[sent.case_id])).status_code == 404, actor.name


def test_nobody_else_finds_it(place: County, sent: PractitionerReferral, client: Client) -> None:
    a_conflict(sent, place.second_officer)  # type: ignore[arg-type]
    for actor in [*other_people(place), place.practitioner, place.school_lead, place.second_officer]:
        sign_in(client, actor)
        assert shown(client, sent).status_code == 404, actor.name
        assert client.post(reverse("referrals:practitioner-take-up", args=[sent.case_id])).status_code == 404
    for actor in [*other_people(place), place.practitioner]:
        with pytest.raises(NotAllowed):
            referrers.take_up(practitioner_referral=sent, by=actor, at=now())
    sign_in(client, place.second_officer)
    assert sent.case.reference not in words(client.get(reverse("referrals:practitioners")))


@pytest.mark.parametrize("state", [P.TAKEN_UP, P.LINKED, P.FINISHED, P.WITHDRAWN])
def test_it_is_taken_up_from_the_moment_it_is_sent_and_no_other(place: County, state: str, client: Client) -> None:
    sent = a_practitioner_referral(place, state)
    with pytest.raises(Refused, match="This cannot be done now"):
        referrers.take_up(practitioner_referral=sent, by=place.officer, at=now())
    sign_in(client, place.officer)
    led = client.get(reverse("referrals:practitioner-take-up", args=[sent.case_id]), follow=True)
    assert "That cannot be done now" in words(led)


def test_two_officers_at_once_take_it_up_once(place: County, sent: PractitionerReferral, client: Client) -> None:
    sign_in(client, place.officer)
    opened = client.get(reverse("referrals:practitioner-take-up", args=[sent.case_id]))
    take_up(sign_in(Client(), place.second_officer), sent)
    assert "That cannot be done now" in words(press(client, opened, "Take it up"))
    assert Event.objects.filter(case=sent.case_id, kind=KEY).count() == 1


def test_it_is_among_the_units_work_and_leads_to_its_page(
    place: County, sent: PractitionerReferral, client: Client
) -> None:
    sign_in(client, place.officer)
    work = client.get(f"{reverse('my-work')}?team={place.ssu.pk}")
    assert "Take up the practitioner's referral" in words(work)
    assert sent.case.reference in words(work)
