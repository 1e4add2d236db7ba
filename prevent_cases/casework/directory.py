"""Whom to reach about a worry, and on which number at this hour (N3.39, E4.11, E4.71). Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from prevent_cases.casework import calendars
from prevent_cases.casework.days import civil_date, civil_time
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import DirectoryEntry, ProclaimedDay
from prevent_cases.casework.telephones import dialled
from prevent_cases.casework.wording import time_words

DIVISION = "england-and-wales"
_ORDER = {kind: place for place, kind in enumerate(DirectoryKind.values)}


@dataclass(frozen=True)
class Contact:
    """One post as it is reached at one moment.

    ``number`` is the one to call now, empty where there is none now; ``is_out_of_hours`` says that now lies outside
    the hours in which the post answers; ``hours`` are those hours in words, empty where it always answers.
    """

    kind: str
    title: str
    holder: str
    number: str
    email: str
    is_out_of_hours: bool
    hours: str
    deputy: Contact | None = None

    @property
    def dialled(self) -> str:
        """The number as a ``tel:`` link needs it: digits and a plus, without the extension."""
        return dialled(self.number)

    @property
    def label(self) -> str:
        return str(DirectoryKind(self.kind).label)


def contacts(area_id: UUID | None, at: datetime, *kinds: str) -> list[Contact]:
    """The posts in force at a moment for an area or everywhere, each with the number to call then: one statement.

    In the order of ``kinds`` (of the directory, if none are named), an area's own before those for everywhere. A
    deputy comes inside the post it stands in for; alone, where that post is not in force.
    """
    return reached(entries_in_force(area_id, civil_date(at), *kinds), at, kinds or tuple(DirectoryKind.values))


def entries_in_force(area_id: UUID | None, on: date, *kinds: str) -> QuerySet[DirectoryEntry]:
    """The entries in force on a day. Each knows ``is_proclaimed``: whether the day is a holiday proclaimed here."""
    proclaimed = Exists(ProclaimedDay.objects.filter(division=DIVISION, on=on))
    rows = DirectoryEntry.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), Q(area__isnull=True) | Q(area_id=area_id), starts_on__lte=on
    )
    rows = rows.filter(kind__in=kinds) if kinds else rows
    return rows.annotate(is_proclaimed=proclaimed).order_by("title", "id")


def reached(entries: Iterable[DirectoryEntry], at: datetime, kinds: tuple[str, ...]) -> list[Contact]:
    """These entries as they are reached at a moment, each deputy inside the post it stands in for."""
    rows = list(entries)
    present = {row.pk for row in rows}
    deputies = {row.deputy_of_id: row for row in rows if row.deputy_of_id in present}
    order = {kind: place for place, kind in enumerate(kinds)}
    rows.sort(key=lambda row: (order.get(row.kind, _ORDER[row.kind]), row.area_id is None))
    return [_contact(row, at, deputies.get(row.pk)) for row in rows if row.deputy_of_id not in present]


def hours_words(opens_at: time | None, closes_at: time | None) -> str:
    """``working days, 9am to 5pm``; an empty string where the telephone is answered at all times."""
    if opens_at is None or closes_at is None:
        return ""
    return f"working days, {time_words(opens_at)} to {time_words(closes_at)}"


def _contact(row: DirectoryEntry, at: datetime, deputy: DirectoryEntry | None = None) -> Contact:
    away = _is_out_of_hours(row, at)
    return Contact(
        kind=row.kind,
        title=row.title,
        holder=row.holder_name,
        number=row.out_of_hours if away else row.telephone,
        email=row.email,
        is_out_of_hours=away,
        hours=hours_words(row.opens_at, row.closes_at),
        deputy=_contact(deputy, at) if deputy else None,
    )


def _is_out_of_hours(row: DirectoryEntry, at: datetime) -> bool:
    """A moment outside the hours, or on a day that does not count. A year without a calendar is read by weekdays."""
    if row.opens_at is None or row.closes_at is None:
        return False
    if not row.opens_at <= civil_time(at) < row.closes_at:
        return True
    is_working = calendars.calendar_of(DIVISION).is_working(civil_date(at))
    return not is_working or getattr(row, "is_proclaimed", False)
