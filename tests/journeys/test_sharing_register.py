"""The register of what was shared: filters, gaps, a file, and the person's own list; no content for an auditor."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from prevent_cases.casework import holding
from prevent_cases.casework.kinds import Delivery, Look
from prevent_cases.casework.models import AccessLog, Disclosure
from prevent_cases.casework.now import now, today
from referrals.models import Referral
from referrals.operations import answering, sharing
from tests.factories import County, a_conflict, a_nil_return, a_referral, county, sign_in
from tests.factories.referrals import REASONS
from tests.journeys.answering import at
from tests.journeys.pages import errors, page, press, words

REGISTER, FILE = "/shared/", "/shared/register.csv"
CONTENT = ("Ackerley", "Policing cannot assess without it.", "Sergeant A. Lumb", "desk@ctp.example", "Care and support")


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def answered(place: County) -> Referral:
    return a_referral(place, "RESPONDED")


def rows(response) -> list[str]:
    return [" ".join(row.text_content().split()) for row in page(response).xpath("//tbody/tr")]


def lines(response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.content.decode().lstrip("\ufeff"))))


@pytest.mark.parametrize("role", ["ssu_lead", "auditor"])
def test_everything_shared_is_listed_newest_first_without_its_content(
    place: County, answered: Referral, client: Client, role: str
) -> None:
    a_nil_return(place)
    sign_in(client, getattr(place, role))
    shown = client.get(REGISTER)
    assert [row.partition(" PC-")[0] for row in rows(shown)] == ["Nil return", "Answer to policing"]
    assert "or fairness: 0." in words(shown)
    file = client.get(FILE)
    assert [line["What"] for line in lines(file)] == ["Answer to policing", "Nil return"]
    assert {line["Necessity"] for line in lines(file)} == {"Recorded"}
    assert {line["Every reason was asked"] for line in lines(file)} == {"Yes"}
    both = words(shown) + file.content.decode()
    assert [word for word in CONTENT if word in both] == []


def test_each_look_is_written_down(place: County, answered: Referral, client: Client) -> None:
    sign_in(client, place.auditor)
    client.get(REGISTER)
    client.get(FILE)
    looks = AccessLog.objects.filter(case=answered.case_id, user=place.auditor.user_id, what=Look.SHARED)
    assert set(looks.values_list("record", "basis")) == {("register", "audit"), ("register as a file", "audit")}


def test_it_is_filtered_on_the_page_and_in_the_file(
    place: County, answered: Referral, client: Client, subtests: Any
) -> None:
    a_nil_return(place)
    sharing.acknowledge(disclosure=Disclosure.objects.get(case=answered.case_id), by=place.liaison, at=now())
    sign_in(client, place.ssu_lead)
    day = timedelta(days=1)
    for asked, found in (
        ({"delivery": "IN_SERVICE"}, 2), ({"delivery": "SECURE_EMAIL"}, 0), ({"consent": "NOT_SOUGHT"}, 2),
        ({"consent": "GIVEN"}, 0), ({"agency": "police"}, 2), ({"agency": "health"}, 0),
        ({"standing": "unacknowledged"}, 1), ({"standing": "unsent"}, 0), ({"standing": "older"}, 0),
        ({"begins": f"{today() + day}"}, 0), ({"ends": f"{today() - day}"}, 0),
        ({"begins": f"{today()}", "ends": f"{today()}"}, 2), ({"begins": "yesterday", "delivery": "PIGEON"}, 2),
    ):  # fmt: skip
        with subtests.test(str(asked)):
            assert len(rows(client.get(REGISTER, asked))) == found
            assert len(lines(client.get(FILE, asked))) == found


def test_nobody_else_has_such_a_page(place: County) -> None:
    for role in ("officer", "locality_worker", "liaison", "lists", "practitioner", "children"):
        client = sign_in(Client(), getattr(place, role))
        assert client.get(REGISTER).status_code == client.get(FILE).status_code == 404, role


def test_a_conflict_keeps_a_case_out_of_it(place: County, answered: Referral, client: Client) -> None:
    for who in (place.auditor, place.ssu_lead):
        a_conflict(answered, who)
        sign_in(client, who)
        assert rows(client.get(REGISTER)) == lines(client.get(FILE)) == []


def test_an_auditor_begins_there_and_opens_no_case(place: County, answered: Referral, client: Client) -> None:
    sign_in(client, place.auditor)
    assert client.get("/", follow=True).redirect_chain[-1][0] == REGISTER
    assert str(answered.case_id) not in client.get(REGISTER).content.decode()
    assert client.get(at("disclosures", answered)).status_code == 404


def test_a_formula_in_a_cell_is_text(place: County, client: Client) -> None:
    referral = a_referral(place, "SIGN_OFF")
    answering.sign_off_answer(
        referral=referral, reasons=REASONS.__class__(
            lawful_basis="=cmd|'calc'!A0", necessity="x", delivery=Delivery.IN_SERVICE
        ), council="C", by=place.locality_manager, at=now(),
    )  # fmt: skip
    sign_in(client, place.auditor)
    assert lines(client.get(FILE))[0]["Lawful basis"].startswith("'=")


OWN = {"consulted": "Inspector, today", "identity_checked": "on"}


def test_the_person_is_given_their_own_list(place: County, answered: Referral, client: Client) -> None:
    sign_in(client, place.ssu_lead)
    listed = client.get(at("disclosures", answered))
    assert "The person asked what was shared" in words(listed)
    opened = client.get(reverse("case-own-list", args=[answered.case_id]))
    given = press(client, opened, "Make the list", **OWN)
    assert given["Content-Type"] == "application/pdf"
    said = " ".join("".join(part.extract_text() for part in PdfReader(BytesIO(given.content)).pages).split())
    assert "Answer to policing" in said and "Wilfred Ackerley" in said
    assert "Policing cannot assess" not in said
    made = Disclosure.objects.get(case=answered.case_id, recipient_agency="The person it is about")
    assert (made.items, made.delivery) == (["1 of 1 things that were shared"], Delivery.ON_PAPER)
    again = press(client, opened, "Make the list", **OWN)
    assert "perhaps by sending it twice" in words(again)
    assert Disclosure.objects.filter(case=answered.case_id).count() == 2


def test_what_is_left_out_of_it_has_a_reason(place: County, answered: Referral, client: Client) -> None:
    sign_in(client, place.ssu_lead)
    opened = client.get(reverse("case-own-list", args=[answered.case_id]))
    refused = press(client, opened, "Make the list", told=[])
    assert errors(refused) == [
        "Say why something is left out", "Enter who in CT policing was asked",
        "Confirm that you have checked who asks",
    ]  # fmt: skip
    given = press(client, opened, "Make the list", **OWN, told=[], why_withheld="It would tip him off")
    said = "".join(part.extract_text() for part in PdfReader(BytesIO(given.content)).pages)
    assert "Answer to policing" not in said and "tip him off" not in said
    made = Disclosure.objects.get(case=answered.case_id, recipient_agency="The person it is about")
    assert "1 of 1 left out: It would tip him off" in made.left_out


def test_under_a_hold_no_list_is_given(place: County, answered: Referral, client: Client) -> None:
    sign_in(client, place.ssu_lead)
    opened = client.get(reverse("case-own-list", args=[answered.case_id]))
    holding.place(case=answered.case, received_at=now(), reason="Checks", by=place.ssu_lead, at=now())
    fresh = client.get(reverse("case-own-list", args=[answered.case_id]))
    assert "nothing of it may be shared" in words(press(client, fresh, "Make the list", **OWN))
    assert opened.status_code == 200
    assert Disclosure.objects.filter(case=answered.case_id).count() == 1


def test_only_the_units_lead_gives_it(place: County, answered: Referral) -> None:
    address = reverse("case-own-list", args=[answered.case_id])
    for role in ("officer", "locality_worker", "auditor", "liaison"):
        client = sign_in(Client(), getattr(place, role))
        assert client.get(address).status_code in (302, 404)
        assert client.post(address, OWN).status_code in (302, 404)
    assert Disclosure.objects.filter(case=answered.case_id).count() == 1
