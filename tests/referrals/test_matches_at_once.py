"""Two people at the same moment: one referral, one join, no circle, whoever is first."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import Submission
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import Refused
from referrals.models import Person, Referral
from referrals.operations import people
from referrals.queries.matching import one_person
from tests.factories import a_referral, county, sign_in
from tests.journeys.pages import form_in

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment, each on its own connection; what each returned, or the refusal it met."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_form_sent_twice_at_once_is_received_once(client: Client) -> None:
    place = county()
    shown = sign_in(client, place.officer).get(reverse("referrals:enter"), follow=True)
    url, (_, fields) = shown.request["PATH_INFO"], form_in(shown, "Receive the referral")
    filled = fields | {
        "reply_address": "desk@ctp.example", "received_on-day": "1", "received_on-month": "6",
        "received_on-year": "2026", "received_time": "10:12", "given_name": "Tamsin",
    }  # fmt: skip
    clients = [sign_in(Client(), place.officer) for _ in range(3)]
    answers = at_once(*(lambda one=one: one.post(url, filled) for one in clients))
    assert {answer.status_code for answer in answers} == {302}
    referral = Referral.objects.get()
    assert all(str(referral.case_id) in answer.url for answer in answers)
    assert Submission.objects.count() == Person.objects.count() == 1


def test_two_officers_who_join_the_same_two_people_both_ways_make_no_circle() -> None:
    place = county()
    first, second = a_referral(place), a_referral(place, given_name="Wilf")

    def join(mine: Referral, other: Referral, by: Any) -> Any:
        return people.decide_match(
            referral=mine, other=other.person_as_received, answer="SAME", reasons=[], by=by, at=now()
        )

    answers = at_once(lambda: join(first, second, place.officer), lambda: join(second, first, place.second_officer))
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    tops = one_person([first.person_as_received_id])
    assert len(tops) == 2
    assert len(set(tops.values())) == 1
