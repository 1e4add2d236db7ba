"""Exampleshire in the database: places, teams, staff, nominated Prevent virtual workers with dates and cover, posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from prevent_cases.accounts import operations as accounts
from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.accounts.backends import actor_for, seated
from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.accounts.models import (
    Area,
    Locality,
    Membership,
    Nomination,
    Organisation,
    PostcodeDistrict,
    Team,
    User,
)
from prevent_cases.casework.days import civil_date, moment
from prevent_cases.casework.models import Post
from prevent_cases.casework.procedure import every
from prevent_cases.demo import places
from prevent_cases.demo.office import Office
from prevent_cases.demo.sign_ins import SIGN_INS
from prevent_cases.demo.staff import POSTS, STAFF

EMAIL_OF = {one.key: one.email for one in SIGN_INS}
JOINED_DAYS_AGO = 900
THE_LIST = the_service("load_demo")


@dataclass
class County:
    """The people and teams of the demo, by the keys and names under which the data speaks of them."""

    people: dict[str, User]
    teams: dict[str, Team]
    localities: dict[str, Locality]
    _acting: dict[tuple[str, date], Actor] = field(default_factory=dict)

    def actor(self, key: str, at: datetime) -> Actor:
        """A person with the seats held on the day of a moment."""
        day = civil_date(at)
        if (key, day) not in self._acting:
            self._acting[key, day] = actor_for(seated(day).get(pk=self.people[key].pk))
        return self._acting[key, day]

    def nominated(self, team: Team, at: datetime) -> list[str]:
        """The keys of a team's nominated workers on the day of a moment, in the order of the staff list."""
        rows = _current(Membership, team, at).values("user")
        nominees = set(_current(Nomination, team, at).filter(user__in=rows).values_list("user", flat=True))
        return [key for key, user in self.people.items() if user.pk in nominees]

    def manager(self, team: Team, at: datetime) -> str:
        """The key of a team's manager."""
        managers = set(_current(Membership, team, at).filter(role=SeatRole.MANAGER).values_list("user", flat=True))
        return next(key for key, user in self.people.items() if user.pk in managers)

    def service_of(self, locality: str) -> Team:
        """The Area Referral Service of a locality's area."""
        return self.teams[places.area_service(places.AREA_OF[locality])]

    def team_of(self, locality: str) -> Team:
        return self.teams[places.locality_team(locality)]


def _current(dated: type[Membership | Nomination], team: Team, at: datetime) -> QuerySet[Any]:
    """A team's seats or nominations on the day of a moment."""
    day = civil_date(at)
    return dated.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), team=team, starts_on__lte=day)


def build(office: Office, password: str) -> County:
    """Write the county. Everybody signs in with ``password``."""
    organisations = {
        name: Organisation.objects.create(name=name, kind=kind, secure_domain=domain)
        for name, (kind, domain) in places.ORGANISATIONS.items()
    }
    areas = {name: Area.objects.create(name=name) for name in places.AREAS}
    localities = {name: Locality.objects.create(name=name, area=areas[area]) for name, area in places.AREA_OF.items()}
    PostcodeDistrict.objects.bulk_create(
        PostcodeDistrict(outward=outward, locality=localities[name]) for outward, name in places.DISTRICTS.items()
    )
    teams = {
        name: _team(organisations[of], kind, name, **places.HOURS.get(name, {}))
        for name, kind, of in places.ONE_OFF_TEAMS
    }
    council = organisations[places.COUNCIL]
    for name, area in areas.items():
        service = places.area_service(name)
        teams[service] = _team(council, TeamKind.AREA, service, area=area)
    for name, locality in localities.items():
        title = places.locality_team(name)
        teams[title] = _team(council, TeamKind.LOCALITY, title, locality=locality, area=locality.area)
    county = County(_staff(office, teams, password), teams, localities)
    _cover(county, office)
    _posts(county.people)
    return county


def _team(organisation: Organisation, kind: str, name: str, **columns: Any) -> Team:
    mailbox = name.lower().replace("'", "").replace(" ", "-")
    return Team.objects.create(
        organisation=organisation, kind=kind, name=name, group=Group.objects.create(name=name),
        email=f"{mailbox}@{organisation.secure_domain}", **columns,
    )  # fmt: skip


def _staff(office: Office, teams: dict[str, Team], password: str) -> dict[str, User]:
    people: dict[str, User] = {}
    hashed = make_password(password)
    joined_on = civil_date(office.loaded_at) - timedelta(days=JOINED_DAYS_AGO)
    for number, one in enumerate(STAFF):
        first = teams[one.seats[0].team]
        email = EMAIL_OF.get(one.key) or f"{one.name.lower().replace(' ', '.')}@{first.organisation.secure_domain}"
        people[one.key] = user = User.objects.create(
            email=email, name=one.name, job_title=one.job, password=hashed, telephone=f"01632 960{100 + number}",
            joined_at=office.loaded_at - timedelta(days=JOINED_DAYS_AGO), last_login=office.loaded_at,
        )  # fmt: skip
        for seat in one.seats:
            given: dict[str, Any] = {"by": THE_LIST, "at": user.joined_at, "user": user, "team": teams[seat.team]}
            accounts.seat(role=seat.role, starts_on=joined_on, **given)
            if seat.is_nominated:
                accounts.nominate(starts_on=joined_on + timedelta(days=30), **given)
    return people


def _cover(county: County, office: Office) -> None:
    """One nominee is away and covered for; one begins next week; one covered before and no longer does."""
    today, ambersand = office.day_zero, county.team_of("Ambersand")
    people = county.people
    for key, begins, ends in (
        ("ned", today - timedelta(days=12), today + timedelta(days=23)),
        ("imogen", today - timedelta(days=140), today - timedelta(days=100)),
    ):
        given: dict[str, Any] = {"by": THE_LIST, "at": moment(begins), "user": people[key], "team": ambersand}
        accounts.seat(role=SeatRole.MEMBER, starts_on=begins, ends_on=ends, **given)
        accounts.nominate(starts_on=begins, ends_on=ends, covers=people["hattie"], **given)
    accounts.nominate(
        user=people["wynne"], team=county.team_of("Cotterhythe"), starts_on=today + timedelta(days=7), by=THE_LIST,
        at=moment(office.day(2)),
    )  # fmt: skip


def _posts(people: dict[str, User]) -> None:
    """Every post of every published procedure, held and deputised."""
    titles = {key: title for procedure in every() for key, title in procedure.posts.items()}
    for key, title in titles.items():
        holder, deputy = POSTS[key]
        Post.objects.create(key=key, title=title, holder=people[holder], deputy=people[deputy])
