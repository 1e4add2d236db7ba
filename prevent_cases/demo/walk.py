"""One referral as its tale goes on: who does the next thing, and what has come of the tale so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Team
from prevent_cases.casework import access
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.models import Case
from prevent_cases.demo.county import County
from prevent_cases.demo.office import Office
from prevent_cases.demo.tales import TALES, Tale
from referrals.models import Contribution, InformationForm, Referral

SIGNED_IN_FIRST = ("locality", "area")
"""Of several nominated workers, those with a demo sign-in do the work, so that they find it when they sign in."""
THEIR_DESK = "192.0.2.17"


@dataclass
class World:
    """What every tale has part in. ``referrals`` are the ids of those that have begun, by their tales' keys."""

    county: County
    office: Office
    council: str
    procedure: str
    extract_at: datetime
    tales: Sequence[Tale] = TALES
    referrals: dict[str, UUID] = field(default_factory=dict)

    def referral(self, key: str) -> Referral:
        return Referral.objects.select_related("case", "person", "policing_team").get(pk=self.referrals[key])


@dataclass
class Walk:
    """A tale under way. ``source`` draws what the tale leaves open, the same every time."""

    world: World
    tale: Tale
    source: Random
    form: InformationForm | None = None
    parts: dict[str, Contribution] = field(default_factory=dict)

    @property
    def the_form(self) -> InformationForm:
        """The form registered last. :raises LookupError: before any was"""
        if self.form is None:
            raise LookupError("no form was registered yet")
        return self.form

    @property
    def county(self) -> County:
        return self.world.county

    @property
    def referral(self) -> Referral:
        return self.world.referral(self.tale.key)

    @property
    def case(self) -> Case:
        return Case.objects.select_related("holder_team").get(pk=self.referral.case_id)

    def officer(self, at: datetime) -> Actor:
        """The SSU's officer for this tale."""
        key = "ssu" if sum(map(ord, self.tale.key)) % 3 else "otto"
        return self.at_their_desk(key, at)

    def worker(self, at: datetime) -> Actor:
        """A nominated worker of the team that holds the case."""
        return self.at_their_desk(self._worker_of(self.case.holder_team, at), at)

    def _worker_of(self, team: Team, at: datetime) -> str:
        nominated = self.county.nominated(team, at)
        known = [key for key in SIGNED_IN_FIRST if key in nominated]
        return known[0] if known else nominated[sum(map(ord, self.tale.key)) % len(nominated)]

    def manager(self, at: datetime) -> Actor:
        return self.at_their_desk(self.county.manager(self.case.holder_team, at), at)

    def at_their_desk(self, key: str, at: datetime) -> Actor:
        """The person, who opens the case before doing anything to it (unless it is yet to come)."""
        actor = self.county.actor(key, at)
        if self.tale.key in self.world.referrals:
            access.look(actor, self.case, Look.CASE, at=at, source=THEIR_DESK)
        return actor

    def pick(self, choices: Any, number: str = "") -> Any:
        """The choice of this number, or one drawn."""
        return choices[int(number)] if number else self.source.choice(choices)
