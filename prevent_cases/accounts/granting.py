"""Who may give whom which seat: data. Nobody can give what is not written here, and an admin can end what they give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q

from prevent_cases.accounts.actors import Actor, Seat
from prevent_cases.accounts.kinds import NOMINATING, OrganisationKind, SeatRole, TeamKind

EVERY_ROLE = tuple(SeatRole)
BESIDE_THE_GUARDS = tuple(kind for kind in TeamKind if kind not in (TeamKind.LISTS, TeamKind.AUDIT))


class Reach(StrEnum):
    OWN_TEAM = "in their own team"
    OWN_ORGANISATION = "in teams of their own organisation"
    COUNTY = "in teams of their own organisation and of any body that is no council"


@dataclass(frozen=True)
class Grant:
    """Somebody with the seat ``role`` in a team of ``kind`` may give these ``roles`` in these ``kinds``, so far."""

    kind: str
    role: str
    roles: tuple[SeatRole, ...]
    kinds: tuple[TeamKind, ...]
    reach: Reach

    def is_of(self, seat: Seat) -> bool:
        return (seat.kind, seat.role) == (self.kind, self.role)

    def reaches(self, seat: Seat, team: Any) -> bool:
        """Whether ``team`` (with its organisation) lies within what this seat may keep."""
        if team.kind not in self.kinds:
            return False
        if self.reach == Reach.OWN_TEAM:
            return bool(seat.team_id == team.pk)
        own = seat.organisation_id == team.organisation_id
        return bool(own or (self.reach == Reach.COUNTY and team.organisation.kind != OrganisationKind.COUNCIL))


GRANTS = (
    Grant(TeamKind.LISTS, SeatRole.MANAGER, EVERY_ROLE, tuple(TeamKind), Reach.COUNTY),
    Grant(TeamKind.LISTS, SeatRole.MEMBER, EVERY_ROLE, BESIDE_THE_GUARDS, Reach.COUNTY),
    Grant(TeamKind.SSU, SeatRole.MANAGER, (SeatRole.MEMBER,), (TeamKind.SSU,), Reach.OWN_TEAM),
    Grant(TeamKind.AREA, SeatRole.MANAGER, (SeatRole.MEMBER,), (TeamKind.AREA,), Reach.OWN_TEAM),
    Grant(TeamKind.LOCALITY, SeatRole.MANAGER, (SeatRole.MEMBER,), (TeamKind.LOCALITY,), Reach.OWN_TEAM),
    Grant(TeamKind.CHILDREN, SeatRole.MANAGER, (SeatRole.MEMBER,), (TeamKind.CHILDREN,), Reach.OWN_TEAM),
    Grant(TeamKind.PREVENT_LEAD, SeatRole.MANAGER, EVERY_ROLE, (TeamKind.PRACTITIONER,), Reach.COUNTY),
    Grant(TeamKind.PRACTITIONER, SeatRole.MANAGER, (SeatRole.MEMBER, SeatRole.DEPUTY), (TeamKind.PRACTITIONER,),
          Reach.OWN_ORGANISATION),
)  # fmt: skip


def grants_of(actor: Actor) -> list[tuple[Seat, Grant]]:
    """What a person's seats of today let them give."""
    return [(seat, grant) for seat in actor.seats for grant in GRANTS if grant.is_of(seat)]


def roles_for(actor: Actor, team: Any) -> list[SeatRole]:
    """The roles this person may give in a team, in the order of the list of roles."""
    given = {role for seat, grant in grants_of(actor) if grant.reaches(seat, team) for role in grant.roles}
    return [role for role in SeatRole if role in given]


def may_grant(actor: Actor, team: Any, role: str) -> bool:
    """Whether this person may give, or end, a seat of this role in this team. The service itself may."""
    return actor.is_system or role in roles_for(actor, team)


def may_nominate(actor: Actor, team: Any) -> bool:
    """Nominated workers are kept by whoever may give a member's seat, in the kinds of team that nominate."""
    return team.kind in NOMINATING and may_grant(actor, team, SeatRole.MEMBER)


def within_reach(actor: Actor) -> Q:
    """The teams in which this person may give something, as a filter of teams."""
    found = Q(pk__in=[])
    for seat, grant in grants_of(actor):
        here = Q(pk=seat.team_id) if grant.reach == Reach.OWN_TEAM else Q(organisation=seat.organisation_id)
        if grant.reach == Reach.COUNTY:
            here |= ~Q(organisation__kind=OrganisationKind.COUNCIL)
        found |= here & Q(kind__in=grant.kinds)
    return found
