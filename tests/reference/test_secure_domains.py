"""The list of secure domains on its pages: who keeps it, what it says, and what it is for."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import SecureDomain
from tests.factories import County, county, sign_in
from tests.journeys.pages import errors, press, words

pytestmark = pytest.mark.django_db
LIST, ADD = "/reference/domains/", "/reference/domains/add/"
HEALTH = {"domain": "health.example", "covers_below": "yes", "why": "The agreement of 2026 says so"}


@pytest.fixture
def place() -> County:
    return county()


def test_a_domain_is_listed_and_taken_off_again(place: County, client: Client) -> None:
    sign_in(client, place.lists)
    assert "No domain is listed yet" in words(client.get(LIST))
    shown = press(client, client.get(ADD), "Put it on the list", **HEALTH)
    assert "health.example" in words(shown) and "The agreement of 2026 says so" in words(shown)
    assert "ctp.example" in words(shown), "an organisation's own counts too"
    twice = press(client, client.get(ADD), "Put it on the list", **HEALTH)
    assert errors(twice) == ["This domain is on the list already."]
    listed = SecureDomain.objects.get()
    asked = client.get(reverse("reference:domain-retire", args=[listed.pk]))
    assert "Off the list since" in words(press(client, asked, "Take it off the list"))
    assert "off the list already" in words(press(client, asked, "Take it off the list"))
    assert listed.history.count() == 2


def test_what_is_missing_or_cannot_be_is_said(place: County, client: Client) -> None:
    sign_in(client, place.ssu_lead)
    form = client.get(ADD)
    assert errors(press(client, form, "Put it on the list")) == [
        "Enter the domain", "Choose whether addresses below it count too",
        "Enter how you know that its mail is secure",
    ]  # fmt: skip
    for typed, says in (
        ({"domain": "health"}, "Enter a domain in the right form, such as council.example."),
        ({"domain": "nhs.uk"}, "Not every address below nhs.uk is secure. List the domains you need."),
    ):
        assert errors(press(client, form, "Put it on the list", **HEALTH | typed)) == [says]
    assert not SecureDomain.objects.exists()


def test_who_may_look_and_who_may_change(place: County) -> None:
    for role, looks, adds in (
        ("lists", 200, 200), ("ssu_lead", 200, 200), ("officer", 200, 404), ("locality_worker", 404, 404),
        ("liaison", 404, 404),
    ):  # fmt: skip
        client = sign_in(Client(), getattr(place, role))
        assert (client.get(LIST).status_code, client.get(ADD).status_code) == (looks, adds), role
