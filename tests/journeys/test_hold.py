"""On hold until police say: renewed or ended with a reason, lifted for safety; C7, C8, C11 (C1.25 to C1.27)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import holding
from prevent_cases.casework.days import LONDON, civil_date
from prevent_cases.casework.kinds import HoldState
from prevent_cases.casework.models import Case, Hold
from prevent_cases.casework.now import now, today
from safeguarding.operations.checks import Answer, answer_check
from safeguarding.states import StopReason
from tests.factories import County, a_referral, county, sign_in
from tests.journeys.holds import a_duty_manager, check_on, on_hold
from tests.journeys.pages import errors, form_in, press, words
from tests.journeys.triaging import kinds

RENEW, END, ANSWERED, LIFT = "hold.renew", "hold.end", "hold.answer", "hold.lift"
RECEIVED = datetime(2026, 6, 1, 9, 0, tzinfo=LONDON)
NOT_THEIRS = ("officer", "children", "locality_manager", "liaison", "auditor", "outsider")


@pytest.fixture
def place(db: None) -> County:
    return county()


def until(on: date) -> dict[str, str]:
    return {"until-day": f"{on.day}", "until-month": f"{on.month}", "until-year": f"{on.year}"}


@pytest.mark.parametrize("who", ["the lead", "the duty manager"])
def test_a_lapsed_hold_says_so_everywhere_until_it_is_renewed(place: County, client: Client, who: str) -> None:
    manager = place.ssu_lead if who == "the lead" else a_duty_manager(place)
    referral = on_hold(place, at=RECEIVED)
    with time_machine.travel(datetime(2026, 6, 30, 9, 0, tzinfo=LONDON), tick=False):
        sign_in(client, manager)
        case = client.get(reverse("case", args=[referral.case_id])).content.decode()
        assert "The hold lapsed: its last day was Monday 29 June 2026" in case
        assert "Hold lapsed on 29 June 2026" in client.get(reverse("referrals:inbox"), {"tab": "open"}).content.decode()
        url = reverse("hold-renew", args=[referral.case_id])
        late = press(client, client.get(url), "Renew the hold", reason="going_on", **until(date(2026, 7, 29)))
        assert errors(late) == ["The new last day of the hold must be the same as or before 28 July 2026"]
        assert errors(press(client, client.get(url), "Renew the hold", **until(date(2026, 7, 20)))) == [
            "Select a reason"
        ]
        done = press(client, client.get(url), "Renew the hold", reason="going_on", **until(date(2026, 7, 20)))
        assert "The hold was renewed." in words(done)
        assert "On hold until Monday 20 July 2026" in words(done)
    hold = Hold.objects.get(case=referral.case_id)
    assert (hold.until_on, hold.renewals, kinds(referral)[-1]) == (date(2026, 7, 20), 1, RENEW)


def test_renewing_twice_from_one_page_is_done_once(place: County, client: Client) -> None:
    referral = on_hold(place, at=RECEIVED)
    url = reverse("hold-renew", args=[referral.case_id])
    with time_machine.travel(RECEIVED + timedelta(days=10), tick=False):
        sign_in(client, place.ssu_lead)
        action, fields = form_in(client.get(url), "Renew the hold")
        fields |= {"reason": "going_on"} | until(date(2026, 7, 6))
        assert client.post(action or url, fields).status_code == 302
        again = errors(client.post(action or url, fields | until(date(2026, 7, 7))))
    assert again[0].startswith("You changed this case yourself")
    assert (Hold.objects.get(case=referral.case_id).renewals, kinds(referral).count(RENEW)) == (1, 1)


def test_a_hold_is_not_renewed_on_the_day_of_receipt(place: County, client: Client) -> None:
    referral = on_hold(place)
    sign_in(client, place.ssu_lead)
    page = client.get(reverse("hold-renew", args=[referral.case_id]), follow=True)
    assert "can be renewed from tomorrow" in words(page)


@pytest.mark.parametrize("name", NOT_THEIRS)
def test_the_wrong_people_neither_renew_nor_end_it(place: County, client: Client, name: str) -> None:
    referral = on_hold(place)
    sign_in(client, getattr(place, name))
    for page in ("hold-renew", "hold-end"):
        assert client.get(reverse(page, args=[referral.case_id])).status_code == 404
        assert client.post(reverse(page, args=[referral.case_id])).status_code == 404
    assert Case.objects.get(pk=referral.case_id).is_held


def test_a_manager_ends_it_with_a_reason_once(place: County, client: Client) -> None:
    referral = on_hold(place)
    sign_in(client, a_duty_manager(place))
    url = reverse("hold-end", args=[referral.case_id])
    action, fields = form_in(client.get(url), "End the hold")
    assert errors(client.post(action or url, fields)) == ["Select a reason"]
    ended = client.post(action or url, fields | {"reason": "withdrawn"}, follow=True)
    assert "The hold ended." in words(ended)
    assert Hold.objects.get(case=referral.case_id).state == HoldState.ENDED
    again = client.post(action or url, fields | {"reason": "withdrawn"}, follow=True)
    assert "not on hold any more" in words(again)
    assert kinds(referral).count(END) == 1


@pytest.mark.parametrize("why", StopReason.values)
def test_after_police_did_not_take_it_forward_only_the_lead_ends_it(place: County, client: Client, why: str) -> None:
    referral = on_hold(place)
    answer_check(check=check_on(referral), answer=Answer(result="NOT_PROGRESSED", why=why), by=place.liaison, at=now())
    assert Case.objects.get(pk=referral.case_id).is_held, "the hold stands"
    url = reverse("hold-end", args=[referral.case_id])
    sign_in(client, a_duty_manager(place))
    assert "Only the lead of the Strategic Safeguarding Unit" in errors(
        press(client, client.get(url), "End the hold", reason="agreed")
    )[0]  # fmt: skip
    sign_in(client, place.ssu_lead)
    press(client, client.get(url), "End the hold", reason="agreed")
    assert not Case.objects.get(pk=referral.case_id).is_held


def test_a_new_risk_lifts_it_for_whoever_has_the_duty(place: County) -> None:
    for who in ("children", "officer", "area_worker", "locality_worker"):
        referral = on_hold(place)
        holding.lift_for_safety(case=referral.case, reason="New bruises", by=getattr(place, who), at=now())
        assert kinds(referral)[-1] == LIFT
        assert holding.lift_for_safety(case=referral.case, reason="Again", by=place.children, at=now()) is None
        assert kinds(referral).count(LIFT) == 1


def test_an_answer_to_a_hold_that_was_lifted_is_kept_and_ends_nothing(place: County) -> None:
    referral = on_hold(place)
    holding.lift_for_safety(case=referral.case, reason="New bruises", by=place.children, at=now())
    answer_check(check=check_on(referral), answer=Answer(result="SUITABLE"), by=place.liaison, at=now())
    assert ANSWERED not in kinds(referral)
    assert Hold.objects.get(case=referral.case_id).state == HoldState.LIFTED


def test_a_case_on_hold_shows_it_on_its_pages_and_in_the_list(place: County, client: Client) -> None:
    referral = on_hold(place, at=RECEIVED)
    with time_machine.travel(RECEIVED + timedelta(days=1), tick=False):
        sign_in(client, place.children)
        for page in ("case", "case-history", "case-people", "case-tasks", "checks"):
            text = client.get(reverse(page, args=[referral.case_id])).content.decode()
            assert "On hold until Monday 29 June 2026: nothing may be shared." in text
        assert "On hold until 29 June 2026" in client.get(reverse("referrals:inbox"), {"tab": "open"}).content.decode()


def test_a_case_is_not_closed_while_a_hold_stands(place: County, client: Client) -> None:
    referral = a_referral(place, "NIL_RETURNED")
    holding.place(case=referral.case, received_at=referral.received_at, reason="x", by=place.officer, at=now())
    sign_in(client, place.officer)
    page = client.get(reverse("referrals:close", args=[referral.case_id]))
    assert "A hold stands on this case. End it first." in words(page)
    posted = client.post(
        reverse("referrals:close", args=[referral.case_id]),
        {"version": referral.case.version, "other_needs": "none"},
    )
    assert "A hold stands" in errors(posted)[0]


def test_the_restricted_area_is_not_printed_while_a_hold_stands(place: County, client: Client) -> None:
    referral = on_hold(place)
    sign_in(client, place.children)
    url = reverse("print-restricted", args=[referral.case_id])
    refused = client.get(url, follow=True)
    assert refused["Content-Type"].startswith("text/html")
    assert "nothing of it may be shared" in words(refused)
    holding.lift_for_safety(case=referral.case, reason="New bruises", by=place.children, at=now())
    assert client.get(url)["Content-Type"] == "application/pdf"
    assert civil_date(now()) == today()
