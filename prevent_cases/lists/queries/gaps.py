"""Where a list is too short, or will be soon: what the back office has to put right before a referral finds nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from prevent_cases.accounts.clocks import FEWEST_NOMINEES, GAPS_AHEAD
from prevent_cases.accounts.kinds import NOMINATING, TeamKind
from prevent_cases.accounts.models import Locality, Membership, Nomination, Team
from prevent_cases.casework.wording import day

ROUTED = (TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN)
Key = tuple[UUID, UUID]


class GapKind(StrEnum):
    NOBODY = "nobody"
    FEW = "few"
    NO_COVER = "no_cover"
    NO_MAILBOX = "no_mailbox"
    NO_TEAM = "no_team"


@dataclass(frozen=True)
class Gap:
    """Something missing, since or from a day. ``team`` is None for a locality that no team serves."""

    kind: GapKind
    team: Team | None
    place: str
    from_on: date
    words: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.team.pk if self.team else self.place}"


def find_gaps(on: date) -> list[Gap]:
    """Every gap on a day or within thirty days of it, the emptiest lists first. Five statements."""
    teams = list(Team.objects.filter(kind__in=ROUTED, closed_on__isnull=True).order_by("name"))
    spells = _spells([team.pk for team in teams if team.kind in NOMINATING], on)
    found = [gap for team in teams if team.kind in NOMINATING for gap in _of_list(team, spells[team.pk], on)]
    found += [
        Gap(GapKind.NO_MAILBOX, team, team.name, on, "The team has no mailbox: messages go to its managers one by one.")
        for team in teams
        if not team.email
    ]
    served = {team.locality_id for team in teams if team.kind == TeamKind.LOCALITY and team.locality_id}
    found += [
        Gap(GapKind.NO_TEAM, None, place.name, on, "No team serves this locality.")
        for place in Locality.objects.exclude(pk__in=served).order_by("name")
    ]
    rank = list(GapKind)
    return sorted(found, key=lambda gap: (rank.index(gap.kind), gap.from_on, gap.place))


@dataclass(frozen=True)
class Spell:
    """A time in which somebody is on a list and may sign in; ``ends_on`` is the earlier of their seat's and its own."""

    user_id: UUID
    starts_on: date
    ends_on: date
    is_cover: bool


def _spells(team_ids: list[UUID], on: date) -> dict[UUID, list[Spell]]:
    later = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    seats: dict[Key, list[Membership]] = defaultdict(list)
    for seat in Membership.objects.filter(later, team__in=team_ids, user__is_active=True):
        seats[seat.user_id, seat.team_id].append(seat)
    found: dict[UUID, list[Spell]] = defaultdict(list)
    for row in Nomination.objects.filter(later, team__in=team_ids):
        for seat in seats[row.user_id, row.team_id]:
            begins = max(row.starts_on, seat.starts_on)
            ends = min(row.ends_on or date.max, seat.ends_on or date.max)
            if begins <= ends:
                found[row.team_id].append(Spell(row.user_id, begins, ends, row.covers_id is not None))
    return found


def _of_list(team: Team, spells: list[Spell], on: date) -> list[Gap]:
    days = {on, *(s.ends_on + timedelta(days=1) for s in spells if s.ends_on < on + GAPS_AHEAD)}
    found = []
    for first in sorted(each for each in days if on <= each <= on + GAPS_AHEAD):
        count = len({s.user_id for s in spells if s.starts_on <= first <= s.ends_on})
        if count < FEWEST_NOMINEES:
            kind = GapKind.FEW if count else GapKind.NOBODY
            who = "one nominated worker" if count else "nobody"
            when = "Today" if first == on else f"From {day(first)}"
            found.append(Gap(kind, team, team.name, first, f"{when} the list has {who}."))
    worst = [*found[:1], *(gap for gap in found[1:] if gap.kind == GapKind.NOBODY and found[0].kind != gap.kind)][:2]
    if spells and not any(s.is_cover and s.ends_on >= on for s in spells):
        worst.append(Gap(GapKind.NO_COVER, team, team.name, on, "Nobody is named to cover when a worker is away."))
    return worst
