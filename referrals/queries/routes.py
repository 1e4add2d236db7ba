"""Where a referral could go, which team is suggested and why, and whose account the named worker has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Membership, PostcodeDistrict, Team, User
from referrals.models import Referral
from referrals.queries.register import Findings, RegisterCandidate
from referrals.states import RegisterStatus

Choices = list[tuple[str, str]]
KINDS = (TeamKind.LOCALITY, TeamKind.AREA, TeamKind.CHILDREN)


@dataclass(frozen=True)
class Suggestion:
    """A team proposed, and the reason for proposing it. The officer decides."""

    team_id: str
    because: str


@dataclass(frozen=True)
class Routes:
    """The teams a referral can be sent to, by kind, and which of them is suggested."""

    teams: dict[str, Choices]
    suggested: dict[str, Suggestion]

    def of(self, kind: str) -> Choices:
        return self.teams.get(kind, [])

    def suggestion(self, kind: str, other_than: str = "") -> Suggestion:
        found = self.suggested.get(kind)
        return found if found and found.team_id != other_than else Suggestion("", "")

    def back_to(self, team: Team) -> Routes:
        """The same, with the team that holds what was recorded before as the one suggested of its kind."""
        again = Suggestion(str(team.pk), "It holds what was recorded about this person before.")
        return replace(self, suggested=self.suggested | {str(team.kind): again})

    def name_of(self, team_id: str) -> str:
        return next((name for teams in self.teams.values() for pk, name in teams if pk == team_id), "")


def routes(referral: Referral, findings: Findings) -> Routes:
    """The teams it could go to, and those suggested: by the register's team, else by the postcode. One statement."""
    named = [one.team.casefold() for one in findings.candidates if one.is_likely and one.status == RegisterStatus.OPEN]
    return routes_from(referral.postcode, named)


def routes_from(postcode: str, named: Sequence[str] = ()) -> Routes:
    """The same from a postcode, whole or its first half, and the names of teams, case folded, that know the person."""
    outward = outward_of(postcode)
    here = PostcodeDistrict.objects.filter(outward=outward)
    teams = list(
        Team.objects.filter(kind__in=KINDS, closed_on=None)
        .annotate(
            serves=Exists(here.filter(locality=OuterRef("locality"))),
            covers=Exists(here.filter(locality__area=OuterRef("area"))),
        )
        .select_related("locality")
        .order_by("name")
    )
    by_kind: dict[str, Choices] = {}
    for team in teams:
        by_kind.setdefault(team.kind, []).append((str(team.pk), team.name))
    theirs = _of_the_register(teams, named)
    suggested = _beside(teams, theirs) if theirs else _by_postcode(teams, outward)
    duty = by_kind.get(TeamKind.CHILDREN, [])
    if len(duty) == 1:
        suggested[TeamKind.CHILDREN.value] = Suggestion(duty[0][0], "")
    return Routes(by_kind, suggested)


def outward_of(postcode: str) -> str:
    """The first half of a postcode, in capitals: what a district is called."""
    return postcode.split(" ", maxsplit=1)[0].upper() if postcode else ""


def worker_account(words: str, entry: RegisterCandidate | None, team_id: Any, on: date) -> User | None:
    """The account of the worker an officer names, where they sit in the team it goes to.

    The officer's words decide. Where they are the register's own it is found by the email address the register gives;
    else by the name or address typed, where one member and no other has it.
    """
    named = " ".join(words.split())
    if not named:
        return None
    is_the_registers = entry is not None and entry.worker_email and entry.worker_name.casefold() == named.casefold()
    who = (
        Q(user__email__iexact=entry.worker_email) if entry is not None and is_the_registers
        else Q(user__name__iexact=named) | Q(user__email__iexact=named)
    )  # fmt: skip
    seats = Membership.objects.filter(who, team=team_id, user__is_active=True, starts_on__lte=on)
    found = {seat.user_id: seat.user for seat in seats.exclude(ends_on__lt=on).select_related("user")[:8]}
    return next(iter(found.values())) if len(found) == 1 else None


def _of_the_register(teams: Sequence[Team], named: Sequence[str]) -> Team | None:
    return next((team for team in teams if team.kind == TeamKind.LOCALITY and team.name.casefold() in named), None)


def _beside(teams: list[Any], named: Any) -> dict[str, Suggestion]:
    found = {TeamKind.LOCALITY.value: Suggestion(str(named.pk), "The register says this team works with them.")}
    area_id = named.area_id or named.locality.area_id
    for team in teams:
        if team.kind == TeamKind.AREA and team.area_id == area_id:
            found.setdefault(TeamKind.AREA.value, Suggestion(str(team.pk), "The register's team is in this area."))
    return found


def _by_postcode(teams: list[Any], outward: str) -> dict[str, Suggestion]:
    found: dict[str, Suggestion] = {}
    for team in teams:
        if team.kind == TeamKind.LOCALITY and team.serves:
            because = f"The postcode {outward} is in {team.locality.name}."
            found.setdefault(TeamKind.LOCALITY.value, Suggestion(str(team.pk), because))
        if team.kind == TeamKind.AREA and team.covers:
            because = f"The postcode {outward} is in this area."
            found.setdefault(TeamKind.AREA.value, Suggestion(str(team.pk), because))
    return found
