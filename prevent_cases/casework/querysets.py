"""What a person can see of cases: one rule over columns, used by every list, page, count, search and export."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework.kinds import ClockState, Sensitivity

COORDINATING = (TeamKind.SSU,)
HOLDING = (TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN)


def _rows_of(model: Any, relation: str) -> Any:
    """The manager of a related table that is declared above this one."""
    return model._meta.get_field(relation).related_model.objects


class CaseQuerySet(models.QuerySet):
    def open(self) -> CaseQuerySet:
        return self.filter(closed_at__isnull=True)

    def visible_to(self, actor: Actor, on: date) -> CaseQuerySet:
        """Cases this person may know of on a day: those their team coordinates or holds, those assigned to them,
        those they were named on until a date, and those
        their team recorded in, by its nominated workers or as children's duty. An exclusion beats all of it (D3)."""
        if not actor.is_signed_in:
            return self.none()
        named = _rows_of(self.model, "named_workers").filter(
            content_object=OuterRef("pk"), user=actor.user_id, until__gte=on
        )
        owned = actor.team_ids(*COORDINATING)
        held = actor.team_ids(*HOLDING)
        limited = Q(sensitivity=Sensitivity.ORDINARY)
        led = [s.team_id for s in actor.seats if s.kind == TeamKind.SSU and s.role == SeatRole.MANAGER]
        nominated = [s.team_id for s in actor.seats if s.is_nominated]
        limited |= Q(owner_team__in=led) | Q(holder_team__in=nominated)
        mine: Any = Q(assignee=actor.user_id) | Exists(named)
        recording = [s.team_id for s in actor.seats if s.is_nominated or s.kind == TeamKind.CHILDREN]
        if recording:
            recorded = _rows_of(self.model, "holding_groups").filter(
                content_object=OuterRef("pk"), group__team__in=recording
            )
            mine |= Exists(recorded)
        return self.filter((limited & (Q(owner_team__in=owned) | Q(holder_team__in=held))) | mine).not_excluding(actor)

    def not_excluding(self, actor: Actor) -> CaseQuerySet:
        """Without the cases this person is kept from by a conflict of interest."""
        kept_from = _rows_of(self.model, "exclusions").filter(
            case=OuterRef("pk"), user=actor.user_id, ended_at__isnull=True
        )
        return self.filter(~Exists(kept_from))


class ClockRunQuerySet(models.QuerySet):
    def running(self) -> ClockRunQuerySet:
        return self.filter(state=ClockState.RUNNING)

    def unfinished(self) -> ClockRunQuerySet:
        return self.exclude(state=ClockState.STOPPED)

    def overdue(self, at: datetime) -> ClockRunQuerySet:
        return self.running().filter(due_at__lt=at)


class NoticeQuerySet(models.QuerySet):
    def unsent(self) -> NoticeQuerySet:
        return self.filter(sent_at__isnull=True, cancelled_at__isnull=True)

    def ready(self, at: datetime) -> NoticeQuerySet:
        return self.unsent().filter(not_before__lte=at)


class ExclusionQuerySet(models.QuerySet):
    def standing(self) -> ExclusionQuerySet:
        return self.filter(ended_at__isnull=True)
