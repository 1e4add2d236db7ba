"""Organisations, areas, localities, postcode districts and teams: added and changed by whoever keeps the lists."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.granting import grants_of, within_reach
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Area, Locality, Organisation, PostcodeDistrict, Team
from prevent_cases.accounts.operations.keeping import drop, keep, must
from prevent_cases.accounts.refusals import Refused

TAKEN = "There is one with that name already"


@transaction.atomic
def keep_organisation(
    *, name: str, kind: str, secure_domain: str = "", organisation: Organisation | None = None, by: Actor, at: datetime
) -> Organisation:
    """Add an organisation, or change one. :raises Refused: for a name that is taken"""
    must(_keeps_lists(by))
    row = organisation or Organisation()
    _must_be_free(Organisation, name, row.pk)
    row.name, row.kind, row.secure_domain = name, kind, secure_domain.lower()
    return keep(row, by=by, at=at)


@transaction.atomic
def keep_area(*, name: str, area: Area | None = None, by: Actor, at: datetime) -> Area:
    """Add an area, or rename one. :raises Refused: for a name that is taken"""
    must(_keeps_lists(by))
    row = area or Area()
    _must_be_free(Area, name, row.pk)
    row.name = name
    return keep(row, by=by, at=at)


@transaction.atomic
def keep_locality(
    *, name: str, area: Area, districts: list[str], locality: Locality | None = None, by: Actor, at: datetime
) -> Locality:
    """Add a locality, or change one, with the postcode districts it serves.

    :raises Refused: for a name that is taken, or a district that another locality serves
    """
    must(_keeps_lists(by))
    row = locality or Locality()
    _must_be_free(Locality, name, row.pk)
    served = PostcodeDistrict.objects.select_related("locality").filter(outward__in=districts)
    if other := next((one for one in served if one.locality_id != row.pk), None):
        raise Refused(f"{other.outward} is served by {other.locality.name}. Take it away there first", "districts")
    row.name, row.area = name, area
    keep(row, by=by, at=at)
    for gone in PostcodeDistrict.objects.filter(locality=row).exclude(outward__in=districts):
        drop(gone, by=by, at=at)
    for outward in sorted(set(districts) - {one.outward for one in served}):
        keep(PostcodeDistrict(outward=outward, locality=row), by=by, at=at)
    return row


@transaction.atomic
def keep_team(
    *, organisation: Organisation, kind: str, name: str, email: str, locality: Locality | None = None,
    area: Area | None = None, opens_at: time | None = None, closes_at: time | None = None, team: Team | None = None,
    by: Actor, at: datetime,
) -> Team:  # fmt: skip
    """Add a team, or change one's name, mailbox, place and hours. What kind it is, and whose, never changes.

    :raises NotAllowed: where their own seat does not reach such a team
    :raises Refused: for a name that is taken, a place that the kind needs and has not, or hours that are no hours
    """
    _must_be_free(Team, name, team.pk if team else None)
    if kind == TeamKind.LOCALITY and locality is None:
        raise Refused("Choose the locality that this team serves", "locality")
    if kind == TeamKind.AREA and area is None:
        raise Refused("Choose the area that this team serves", "area")
    if (opens_at is None) != (closes_at is None):
        raise Refused("Enter both when it opens and when it closes, or neither", "closes_at")
    if opens_at and closes_at and closes_at <= opens_at:
        raise Refused("It must close later than it opens", "closes_at")
    if team is None:
        group = Group.objects.create(name=f"{name[:100]} {organisation.pk.hex[:8]}")
        team = Team(organisation=organisation, kind=kind, group=group)
    team.name, team.email = name, email
    team.opens_at, team.closes_at = opens_at, closes_at
    team.locality = locality if kind == TeamKind.LOCALITY else None
    team.area = locality.area if kind == TeamKind.LOCALITY and locality else area if kind == TeamKind.AREA else None
    keep(team, by=by, at=at)
    must(_keeps_lists(by) and (by.is_system or Team.objects.filter(within_reach(by), pk=team.pk).exists()))
    return team


def _keeps_lists(by: Actor) -> bool:
    return by.is_system or any(grant.kind == TeamKind.LISTS for _, grant in grants_of(by))


def _must_be_free(model: Any, name: str, pk: Any) -> None:
    if model.objects.filter(name__iexact=name).exclude(pk=pk).exists():
        raise Refused(TAKEN, "name")
