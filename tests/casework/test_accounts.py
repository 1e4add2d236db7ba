"""People sign in by email, nobody skips the rules, and a seat counts on its days."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from prevent_cases.accounts.backends import SeatedBackend
from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.accounts.models import Membership, Nomination, Team, User
from prevent_cases.accounts.operations import choose_digest, end_nomination, nominate, seat
from prevent_cases.casework.now import now, today
from tests.factories import PASSWORD, a_person, acting, county, seated_in, sign_in

DAY = timedelta(days=1)


@pytest.fixture
def place(db):
    return county()


def test_there_is_no_superuser_and_no_way_to_make_one(place):
    columns = {field.name for field in User._meta.get_fields()}
    assert not columns & {"is_superuser", "is_staff", "user_permissions"}
    assert not hasattr(User.objects, "create_superuser")
    with pytest.raises((CommandError, AttributeError)):
        call_command("createsuperuser", interactive=False, email="root@people.example", name="Root", verbosity=0)
    user = place.lists.user
    user.is_superuser = user.is_staff = True
    user.save()
    again = get_user_model().objects.get(pk=user.pk)
    assert not again.is_superuser
    assert not again.is_staff


def test_no_permission_is_ever_held_through_the_account(place):
    for actor in place.roles.values():
        if actor.user:
            assert not actor.user.has_perm("casework.enter_restricted_area")
            assert not actor.user.has_module_perms("casework")


def test_an_email_address_signs_in_whatever_its_case(place):
    address = place.officer.user.email
    user = User.objects.create_user("  Mixed.CASE@People.Example ", PASSWORD, name="Mixed Case", joined_at=now())
    assert user.email == "mixed.case@people.example"
    for typed in (address, address.upper(), address.title()):
        assert authenticate(None, email=typed, password=PASSWORD).pk == place.officer.user_id


def test_an_account_that_is_not_active_is_not_found(place):
    user = place.officer.user
    assert SeatedBackend().get_user(user.pk) is not None
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert SeatedBackend().get_user(user.pk) is None
    assert SeatedBackend().authenticate(None, email=user.email, password=PASSWORD) is None


def test_a_live_session_ends_with_the_account(place, client):
    sign_in(client, place.officer)
    assert client.get(reverse("account")).status_code == 200
    User.objects.filter(pk=place.officer.user_id).update(is_active=False)
    answer = client.get(reverse("account"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_seat_counts_from_its_first_day_to_its_last(place):
    user = a_person("Edda Moor")
    seated_in(user, place.ssu, starts_on=today() - DAY, ends_on=today() + DAY)
    days = [today() + DAY * n for n in range(-2, 3)]
    assert [acting(user, day).sits_in(TeamKind.SSU) for day in days] == [False, True, True, True, False]


def test_a_seat_in_a_closed_team_counts_for_nothing(place):
    Team.objects.filter(pk=place.ssu.pk).update(closed_on=today())
    assert acting(place.officer.user).seats == ()


def test_a_nomination_counts_on_its_days_and_only_in_its_team(place):
    user = a_person("Edda Moor", place.locality_team, place.other_locality_team)
    nominate(user=user, team=place.locality_team, starts_on=today(), ends_on=today(), by=place.lists, at=now())
    actor = acting(user)
    assert actor.is_nominated(place.locality_team.pk)
    assert not actor.is_nominated(place.other_locality_team.pk)
    assert not acting(user, today() + DAY).is_nominated(place.locality_team.pk)
    assert user.groups.filter(pk=place.locality_team.group_id).exists()


def test_a_seat_and_a_nomination_say_in_their_history_who_gave_them(place):
    user, at = a_person("Edda Moor"), now()
    seat(user=user, team=place.area_team, role=SeatRole.MEMBER, starts_on=today(), by=place.lists, at=at)
    given = nominate(user=user, team=place.area_team, starts_on=today() - DAY, by=place.lists, at=at)
    end_nomination(nomination=given, ends_on=today(), by=place.lists, at=at)
    assert Membership.history.get(user=user).history_user == place.lists.user
    assert [row.history_user for row in Nomination.history.filter(user=user).order_by("history_id")] == [
        place.lists.user,
        place.lists.user,
    ]


def test_nobody_covers_for_themselves_or_is_nominated_twice(place):
    worker = place.locality_worker.user
    for columns in ({"covers": worker, "team": place.other_locality_team}, {"team": place.locality_team}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Nomination.objects.create(user=worker, starts_on=today(), **columns)


def test_a_locality_team_has_its_locality_and_an_area_team_its_area(place):
    for team in (place.locality_team, place.area_team):
        with pytest.raises(IntegrityError), transaction.atomic():
            Team.objects.filter(pk=team.pk).update(locality=None, area=None)


def test_a_person_chooses_how_often_they_are_written_to(place):
    choose_digest(user=place.officer.user, digest="DAILY")
    assert User.objects.get(pk=place.officer.user_id).digest == "DAILY"
    with pytest.raises(ValueError, match="HOURLY"):
        choose_digest(user=place.officer.user, digest="HOURLY")


def without_tokens(answer) -> bytes:
    """A page without what is random in every page: the token against forged posts."""
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", answer.content)


@pytest.mark.parametrize("state", ["no such account", "a wrong password", "an account that was closed"])
def test_signing_in_wrongly_says_the_same_whoever_it_is(place, client, state):
    emails = {
        "no such account": "nobody@people.example",
        "a wrong password": place.officer.user.email,
        "an account that was closed": place.second_officer.user.email,
    }
    User.objects.filter(pk=place.second_officer.user_id).update(is_active=False)
    known = client.post(reverse("account_login"), {"login": place.officer.user.email, "password": "not it at all"})
    wrong = client.post(reverse("account_login"), {"login": emails[state], "password": "not it at all"})
    assert known.status_code == wrong.status_code == 200
    said = [without_tokens(each).replace(emails[state].encode(), b"").replace(place.officer.user.email.encode(), b"")
            for each in (known, wrong)]  # fmt: skip
    assert said[0] == said[1]


def test_asking_for_a_new_password_says_the_same_whoever_it_is(place, client, mailoutbox):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (place.officer.user.email, "nobody@people.example")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [mail.to for mail in mailoutbox] == [[place.officer.user.email]]
    assert place.officer.name not in mailoutbox[0].body + mailoutbox[0].subject


def test_nobody_signs_themselves_up(client, db):
    for path in ("/accounts/signup/", "/account/signup/", "/sign-up/"):
        assert client.get(path).status_code == 404
