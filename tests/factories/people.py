"""Accounts, teams, seats and nominations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from prevent_cases.accounts import operations as accounts
from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.accounts.backends import actor_for, seated
from prevent_cases.accounts.kinds import NOMINATING, SeatRole
from prevent_cases.accounts.models import Membership, Nomination, Organisation, Team, User
from prevent_cases.casework.now import now, today

PASSWORD = "quiet-otter-lantern-9"
LONG_AGO = timedelta(days=800)
THE_LIST = the_service("staff list")


def a_team(organisation: Organisation, kind: str, name: str, **columns: Any) -> Team:
    """A team with its group and its mailbox."""
    mailbox = name.lower().replace("'", "").replace(" ", "-")
    group = Group.objects.create(name=name)
    return Team.objects.create(
        organisation=organisation, kind=kind, name=name, group=group, email=f"{mailbox}@council.example", **columns
    )


def a_person(name: str, *teams: Team, role: str = SeatRole.MEMBER, nominated: bool = False, **columns: Any) -> User:
    """An account that signs in with PASSWORD, seated in these teams, nominated if asked in each that nominates."""
    columns.setdefault("last_login", now())
    columns.setdefault("email", f"{name.lower().replace(' ', '.')}@people.example")
    user = User.objects.create_user(columns.pop("email"), PASSWORD, name=name, joined_at=now() - LONG_AGO, **columns)
    for team in teams:
        seated_in(user, team, role=role)
        if nominated and team.kind in NOMINATING:
            nominate(user, team)
    return user


def seated_in(user: User, team: Team, *, role: str = SeatRole.MEMBER, **dates: date) -> Membership:
    dates.setdefault("starts_on", today() - LONG_AGO)
    return accounts.seat(user=user, team=team, role=role, by=THE_LIST, at=now(), **dates)


def nominate(user: User, team: Team, *, covers: User | None = None, **dates: date) -> Nomination:
    dates.setdefault("starts_on", today() - LONG_AGO)
    return accounts.nominate(user=user, team=team, covers=covers, by=THE_LIST, at=now(), **dates)


def acting(user: User, on: date | None = None) -> Actor:
    """The acting person of an account, with the seats held on a day (today)."""
    return actor_for(seated(on or today()).get(pk=user.pk))


def sign_in(client: Client, actor: Actor) -> Client:
    """The test client, signed in as this person."""
    client.force_login(User.objects.get(pk=actor.user_id), backend="prevent_cases.accounts.backends.SeatedBackend")
    return client
