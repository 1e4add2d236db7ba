"""Every page of a case opens for each person who may know of it, at every state, within its statements."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import STATES, County, a_referral, county, sign_in

TABS = ("case", "case-history", "case-people", "case-tasks", "case-looks", "declare-conflict")


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.mark.parametrize("state", STATES)
def test_every_page_opens_at_every_state(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    for actor in (place.officer, place.ssu_lead, place.area_worker, place.locality_worker, place.locality_manager):
        sign_in(client, actor)
        answers = {client.get(reverse(name, args=[referral.case_id])).status_code for name in TABS}
        assert len(answers) == 1, "a page of a case opened although another did not"
