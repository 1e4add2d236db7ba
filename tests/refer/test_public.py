"""Members of the public refer where the council's setting lets them, by a code sent to them; else nothing is there."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from prevent_cases.accounts.models import Membership, User
from referrals.models import PractitionerReferral
from tests.refer.filling import FILLED, begun, posted, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(place, settings) -> Client:
    settings.PUBLIC_REFERRALS = settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = True
    return Client()


def code_sent() -> str:
    return re.search(r"Your code is (\S+)\.", mail.outbox[-1].body)[1]


def test_it_is_off_by_default(place, client):
    assert client.get("/public/").status_code == 404
    assert client.get("/public/code/").status_code == 404
    assert "member of the public" not in client.get("/sign-in/").content.decode()


def test_a_code_by_email_opens_an_account_that_may_refer_and_nothing_else(public):
    assert "/public/" in public.get("/sign-in/").content.decode()
    assert public.post("/public/", {"email": "Neighbour@home.example"})["Location"].startswith("/public/code/")
    assert mail.outbox[-1].to == ["neighbour@home.example"]
    assert public.post("/public/code/?next=/refer/", {"code": code_sent()})["Location"] == "/refer/"
    seat = Membership.objects.select_related("team").get(user__email="neighbour@home.example")
    assert (seat.team.name, seat.team.kind) == ("Members of the public", "PRACTITIONER")
    assert public.get("/referrals/").status_code == 404
    concern = begun(public)
    assert concern.answers == {"referrer.email": "neighbour@home.example"}
    for slug, typed in FILLED.items():
        posted(public, concern, slug, typed)
    assert sent(public, concern).status_code == 302
    assert PractitionerReferral.objects.get().referrer_id == seat.user_id


def test_the_same_address_is_the_same_account_again(public):
    for _ in range(2):
        client = Client()
        client.post("/public/", {"email": "neighbour@home.example"})
        assert client.post("/public/code/", {"code": code_sent()}).status_code == 302
    assert User.objects.filter(email="neighbour@home.example").count() == 1


def test_staff_never_sign_in_by_a_code_and_the_page_does_not_say_so(public, place):
    answer = public.post("/public/", {"email": place.officer.user.email})
    assert answer["Location"].startswith("/public/code/")
    assert mail.outbox == []
    page = public.get(answer["Location"])
    assert page.status_code == 200
    assert "Enter the code" in page.content.decode()


def test_a_wrong_code_opens_nothing_and_three_are_the_last(public):
    public.post("/public/", {"email": "neighbour@home.example"})
    for _ in range(3):
        public.post("/public/code/", {"code": "WRONG1"})
    public.post("/public/code/", {"code": code_sent()})
    assert public.get("/refer/").status_code == 302
