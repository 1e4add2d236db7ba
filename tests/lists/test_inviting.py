"""A seat offered by mail: a link that works once, for a while, until it is withdrawn; and says no more than it must."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.invitations import OVER
from prevent_cases.accounts.models import Invitation, Membership, Nomination, User
from prevent_cases.casework.jobs import run
from prevent_cases.casework.models import Notice
from prevent_cases.casework.now import held_at
from tests.factories import County, sign_in
from tests.lists.typed import MONDAY, text_of, typed_day

EMAIL, PASSWORD = "nia.coombe@people.example", "brook-lantern-otter-4"


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def invited(admin: Client, place: County, **changed: Any) -> Any:
    given = {
        "name": "Nia Coombe", "email": EMAIL, "role": "MEMBER", "is_nominated": "yes", "version": "0",
        **typed_day("starts_on", MONDAY.date()),
    } | changed  # fmt: skip
    return admin.post(reverse("lists:invite", args=[place.locality_team.pk]), given)


def link(outbox: Path) -> str:
    """The path of the link in the mail that was sent last."""
    run("send_notices", MONDAY)
    mails = [path for path in outbox.glob("*.eml") if EMAIL in path.read_text()]
    newest = max(mails, key=lambda path: path.stat().st_mtime_ns)
    found = re.search(r"http://127.0.0.1:8000(/join/\S+)", newest.read_text())
    assert found
    return found.group(1)


def join(path: str, password: str = PASSWORD, again: str = "") -> Any:
    visitor = Client()
    opened = visitor.get(path, follow=True)
    if opened.status_code != 200:
        return opened
    return visitor.post("/join/", {"password": password, "again": again or password})


def test_an_invitation_is_mailed_taken_up_once_and_gives_the_seat(place: County, admin: Client, outbox: Path) -> None:
    assert invited(admin, place).status_code == 302
    path = link(outbox)
    mail = next(p.read_text() for p in outbox.glob("*.eml") if EMAIL in p.read_text())
    assert all(word not in mail for word in ("Nia", "Coombe", place.locality_team.name, "Prevent"))
    secret = path.split("/")[2]
    row = Invitation.objects.get()
    assert secret not in f"{row.__dict__} {list(Notice.objects.values())}"
    assert join(path)["Location"] == reverse("account_login")
    user = User.objects.get(email=EMAIL)
    assert user.check_password(PASSWORD)
    assert Membership.objects.get(user=user).team == place.locality_team
    assert Nomination.objects.get(user=user).team == place.locality_team
    used = join(path)
    assert used.status_code == 410
    assert OVER in text_of(used)


def test_expired_used_withdrawn_and_invented_links_say_the_same(place: County, admin: Client, outbox: Path) -> None:
    invited(admin, place)
    path = link(outbox)
    bodies = {text_of(join("/join/" + "0" * 64 + "/"))}
    with held_at(MONDAY + timedelta(days=7)):
        bodies.add(text_of(join(path)))
    assert admin.post(reverse("lists:withdraw", args=[Invitation.objects.get().pk])).status_code == 302
    bodies |= {text_of(join(path)), text_of(Client().get("/join/"))}
    assert len(bodies) == 1
    assert not User.objects.filter(email=EMAIL).exists()


def test_sending_again_makes_a_new_link_and_stops_the_one_before(place: County, admin: Client, outbox: Path) -> None:
    invited(admin, place)
    first = link(outbox)
    with held_at(MONDAY + timedelta(days=10)):
        assert admin.post(reverse("lists:invitation", args=[Invitation.objects.get().pk])).status_code == 302
        run("send_notices", MONDAY + timedelta(days=10))
        second = link(outbox)
        assert first != second
        assert join(first).status_code == 410
        assert join(second).status_code == 302


def test_a_weak_password_and_two_that_differ_are_said_beside_the_box(
    place: County, admin: Client, outbox: Path
) -> None:
    invited(admin, place)
    path = link(outbox)
    assert "12 characters" in str(join(path, "short").context["form"].errors["password"])
    assert "too similar" in str(join(path, "nia.coombe@people").context["form"].errors["password"])
    assert "not the same" in str(join(path, again="another-long-one-2").context["form"].errors["again"])
    assert join(path).status_code == 302


def test_tries_are_limited_by_address(place: County, admin: Client, outbox: Path) -> None:
    invited(admin, place)
    path = link(outbox)
    for _ in range(30):
        join("/join/" + "0" * 64 + "/")
    assert join(path).status_code == 410


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"email": "lowri.dell@people.example"}, "email", "They have an account already"),
        ({"role": "CHAIRMAN"}, "role", "Select the role again"),
        ({"email": "no address"}, "email", "email address"),
        (typed_day("ends_on", MONDAY.date() - timedelta(days=1)), "ends_on", "cannot be before the first day"),
    ],
)
def test_what_is_wrong_with_an_invitation_stands_beside_its_field(
    place: County, admin: Client, changed: dict[str, str], field: str, words: str
) -> None:
    response = invited(admin, place, **changed)
    assert words in str(response.context["form"].errors[field])
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice_or_beyond_ones_reach(place: County, admin: Client) -> None:
    invited(admin, place)
    assert "They were invited already" in text_of(invited(admin, place))
    manager = sign_in(Client(), place.locality_manager)
    assert invited(manager, place, email="b@people.example", role="MANAGER").status_code == 200
    assert invited(manager, place, email="b@people.example").status_code == 302
    assert manager.get(reverse("lists:invite", args=[place.ssu.pk])).status_code == 404
    other = Invitation.objects.get(email=EMAIL)
    Invitation.objects.filter(pk=other.pk).update(team=place.ssu)
    assert manager.post(reverse("lists:withdraw", args=[other.pk])).status_code == 404
