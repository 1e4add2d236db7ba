"""Who has taken which course, until when it counts, and the gate before a referral. Reads only (E4.1, E4.68)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import Membership, TrainingCourse, TrainingRecord, User

URGENT = "refers_urgently_on"
"""The key of the session under which the day is kept on which somebody said that their referral cannot wait."""

LEADING = (SeatRole.MANAGER, SeatRole.DEPUTY)
"""Who keeps the register of a team, beside each person their own."""


@dataclass(frozen=True)
class Standing:
    """One person's standing on a day: the last day on which they are trained, None for always, and whether they are.

    ``course`` is empty for somebody who never took a course that counts.
    """

    person: User
    course: str
    until: date | None
    is_trained: bool


def gate(actor: Actor, on: date, urgent_on: str = "") -> bool:
    """Whether the council's training gate keeps this person from beginning a referral: no statement while it is off.

    ``urgent_on`` is what the session keeps under :data:`URGENT`: safety comes before process, so somebody who said
    today that it cannot wait is let through.
    """
    if not settings.TRAINING_GATE or urgent_on == on.isoformat():
        return False
    return not counting(on).filter(user=actor.user).exists()


def counting(on: date) -> QuerySet[TrainingRecord]:
    """The records that count for the gate on a day, of courses that count, retired or not."""
    valid = Q(expires_on__isnull=True) | Q(expires_on__gte=on)
    return TrainingRecord.objects.filter(valid, taken_on__lte=on, course__counts_for_gate=True)


def expiry(course: TrainingCourse, taken_on: date) -> date | None:
    """The last day on which a course taken on a day counts; None where it counts for ever."""
    if course.months_valid is None:
        return None
    years, month = divmod(taken_on.month - 1 + course.months_valid, 12)
    year = taken_on.year + years
    return date(year, month + 1, min(taken_on.day, monthrange(year, month + 1)[1]))


def open_courses(on: date) -> QuerySet[TrainingCourse]:
    """The courses that may be taken on a day."""
    return TrainingCourse.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=on)).order_by("title")


def records_of(user_id: Any) -> QuerySet[TrainingRecord]:
    return (
        TrainingRecord.objects.filter(user_id=user_id)
        .select_related("course", "entered_by")
        .order_by("-taken_on", "course__title")
    )


def led_by(actor: Actor, on: date) -> QuerySet[User]:
    """The people whose register this person keeps: those who sit today in a team they manage or are deputy of."""
    teams = [seat.team_id for seat in actor.seats if seat.role in LEADING]
    current = Membership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), team__in=teams, starts_on__lte=on)
    return User.objects.filter(pk__in=current.values("user"), is_active=True).order_by("name", "email")


def standings(people: QuerySet[User], on: date) -> list[Standing]:
    """How each of these people stands on a day, those out of date first: two statements."""
    everybody = list(people)
    best: dict[Any, TrainingRecord] = {}
    rows = TrainingRecord.objects.filter(user__in=everybody, taken_on__lte=on, course__counts_for_gate=True)
    for row in rows.select_related("course"):
        if row.user_id not in best or _last_day(row) > _last_day(best[row.user_id]):
            best[row.user_id] = row
    found = [_standing(person, best.get(person.pk), on) for person in everybody]
    return sorted(found, key=lambda one: (one.is_trained, one.until or date.max, one.person.name))


def _standing(person: User, record: TrainingRecord | None, on: date) -> Standing:
    if record is None:
        return Standing(person, "", None, is_trained=False)
    return Standing(person, record.course.title, record.expires_on, is_trained=_last_day(record) >= on)


def _last_day(record: TrainingRecord) -> date:
    return record.expires_on or date.max
