"""The person acting, with the seats and nominations they hold today: plain values, so that a Rule never queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from prevent_cases.accounts.kinds import NOMINATING, SeatRole, TeamKind


@dataclass(frozen=True)
class Seat:
    """A current place in a team. ``locality_id``, ``area_id`` and ``organisation_id`` are the team's own."""

    team_id: UUID
    team_name: str
    kind: str
    role: str
    locality_id: UUID | None = None
    area_id: UUID | None = None
    is_nominated: bool = False
    organisation_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts. ``user`` is the account (None for the service itself or a visitor)."""

    user: Any = None
    seats: tuple[Seat, ...] = ()
    system: str = field(default="")

    @property
    def is_system(self) -> bool:
        return bool(self.system)

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None and self.user.is_active

    @property
    def user_id(self) -> UUID | None:
        return self.user.pk if self.user is not None else None

    @property
    def name(self) -> str:
        return self.user.name if self.user is not None else "The service"

    def sits_in(self, *kinds: str, roles: tuple[str, ...] = ()) -> bool:
        return any(s.kind in kinds and (not roles or s.role in roles) for s in self.seats)

    def team_ids(self, *kinds: str) -> list[UUID]:
        """The teams in which this person sits (of these kinds, if any are named)."""
        return list(dict.fromkeys(s.team_id for s in self.seats if not kinds or s.kind in kinds))

    def is_member(self, team_id: UUID | None, *roles: str) -> bool:
        return any(s.team_id == team_id and (not roles or s.role in roles) for s in self.seats)

    def is_nominated(self, team_id: UUID | None) -> bool:
        """A nominated Prevent virtual worker of this team today, or covering for one (K0.3)."""
        return any(s.team_id == team_id and s.is_nominated for s in self.seats)

    def opens_material_of(self, team_id: UUID | None) -> bool:
        """May open what this team holds: its nominated workers where the kind nominates, else its members."""
        return any(s.team_id == team_id and (s.is_nominated or s.kind not in NOMINATING) for s in self.seats)

    @property
    def is_manager(self) -> bool:
        return any(s.role == SeatRole.MANAGER for s in self.seats)

    @property
    def leads_the_ssu(self) -> bool:
        return self.sits_in(TeamKind.SSU, roles=(SeatRole.MANAGER,))


VISITOR = Actor()


def the_service(job: str) -> Actor:
    """The service acting by itself, named by the job that runs."""
    return Actor(system=job)
