"""Acts on the directory: add, change and end a post, and say who holds a post that escalations go to (N3.39, E4.71)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import DirectoryEntry, Post
from prevent_cases.casework.policy import may_edit_directory
from prevent_cases.casework.telephones import is_telephone, tidy
from prevent_cases.casework.wording import day
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord

ANOTHER = "Somebody else has changed this since you opened it. What it says now is shown below. Yours is in the boxes."


@dataclass(frozen=True, kw_only=True)
class Written:
    """What an entry of the directory says. ``deputy_of`` is the entry of the post stood in for."""

    kind: str
    title: str
    area_id: UUID | None = None
    holder_name: str = ""
    telephone: str = ""
    out_of_hours: str = ""
    email: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    deputy_of_id: UUID | None = None
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def add_entry(*, written: Written, by: Actor, at: datetime) -> DirectoryEntry:
    """Add a post to the directory.

    :raises NotAllowed: unless a keeper of the lists or the unit's lead adds it
    :raises Refused: for what cannot be, naming the field: a first day that is past, no way to be reached, a number
        that cannot be dialled, hours that end before they begin, one that overlaps what is there
    """
    _allow(by)
    if written.starts_on < civil_date(at):
        raise Refused("The first day must be today or in the future.", field="starts_on")
    return _keep(DirectoryEntry(), written, by, at)


@transaction.atomic
def change_entry(*, entry: DirectoryEntry, written: Written, by: Actor, at: datetime, version: int) -> DirectoryEntry:
    """Change what an entry says from now on; what it said is in its history.

    :raises StaleRecord: if another changed it since :raises Refused: as for :func:`add_entry`
    """
    _allow(by)
    row = _locked(entry, version)
    if written.starts_on != row.starts_on and min(written.starts_on, row.starts_on) < civil_date(at):
        raise Refused("The first day can only be moved while it is still to come.", field="starts_on")
    if written.ends_on is not None and written.ends_on != row.ends_on and written.ends_on < civil_date(at):
        raise Refused("The last day must be today or in the future.", field="ends_on")
    return _keep(row, written, by, at)


@transaction.atomic
def end_entry(*, entry: DirectoryEntry, ends_on: date, by: Actor, at: datetime, version: int) -> DirectoryEntry:
    """Give an entry its last day.

    :raises StaleRecord: if another changed it since :raises Refused: for a day that is past or before its first
    """
    _allow(by)
    row = _locked(entry, version)
    if ends_on < civil_date(at):
        raise Refused("The last day must be today or in the future.", field="ends_on")
    if ends_on < row.starts_on:
        raise Refused(f"The last day must be {day(row.starts_on)} or later, when it begins.", field="ends_on")
    row.ends_on = ends_on
    return _signed(row, by, at)


@transaction.atomic
def fill_post(
    *, key: str, title: str, holder_email: str, deputy_email: str, email: str, deputy_from: date | None,
    deputy_until: date | None, by: Actor, at: datetime, version: int,
) -> Post:  # fmt: skip
    """Say who holds a post that escalations go to, who deputises and between which days, and its mailbox.

    Holders are named by the address they sign in with. ``version`` is 0 for a post that nobody filled yet.

    :raises StaleRecord: if another changed it since
    :raises Refused: for an address without an account, one person twice, days without a deputy or that are past
    """
    _allow(by)
    row = Post.objects.select_for_update().filter(pk=key).first() or Post(key=key)
    if row.version != version:
        raise StaleRecord(ANOTHER)
    row.title, row.email = title, email
    row.holder, row.deputy = _person(holder_email, "holder_email"), _person(deputy_email, "deputy_email")
    if row.holder is None and not email:
        raise Refused("Enter who holds the post, or its mailbox.", field="holder_email")
    if row.holder is not None and row.holder == row.deputy:
        raise Refused("The deputy must be somebody other than the holder.", field="deputy_email")
    _check_standing_in(row.deputy, deputy_from, deputy_until, civil_date(at))
    row.deputy_from, row.deputy_until = deputy_from, deputy_until
    row.version += 1
    _keep_signed(row, by, at)
    return row


def _check_standing_in(deputy: User | None, begins: date | None, ends: date | None, today: date) -> None:
    if (begins is None) != (ends is None):
        raise Refused("Enter both days between which the deputy stands in.", field="deputy_until")
    if begins is None or ends is None:
        return
    if deputy is None:
        raise Refused("Enter who deputises.", field="deputy_email")
    if ends < begins:
        raise Refused("The last day must be the same as or after the first.", field="deputy_until")
    if ends < today:
        raise Refused("The last day must be today or in the future.", field="deputy_until")


def _person(email: str, field: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise Refused("Nobody with an account uses this address.", field=field)
    return found


def _allow(by: Actor) -> None:
    if not may_edit_directory.allows(by, None):
        raise NotAllowed(f"This may only be done by {may_edit_directory.says}.")


def _locked(entry: DirectoryEntry, version: int) -> DirectoryEntry:
    row = DirectoryEntry.objects.select_for_update().get(pk=entry.pk)
    if row.version != version:
        raise StaleRecord(ANOTHER)
    return row


def _keep(row: DirectoryEntry, written: Written, by: Actor, at: datetime) -> DirectoryEntry:
    _check_reach(written)
    _check_days_and_hours(written)
    for name, value in vars(written).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.telephone, row.out_of_hours = tidy(row.telephone), tidy(row.out_of_hours)
    _check_neighbours(row)
    return _signed(row, by, at)


def _signed(row: DirectoryEntry, by: Actor, at: datetime) -> DirectoryEntry:
    if not row._state.adding:  # noqa: SLF001 Django's own name
        row.version += 1
    _keep_signed(row, by, at)
    return row


def _check_reach(written: Written) -> None:
    if written.kind not in DirectoryKind.values:
        raise Refused("Choose what kind of post it is.", field="kind")
    if not written.title.strip():
        raise Refused("Enter the title of the post.", field="title")
    if not written.telephone.strip() and not written.email.strip():
        raise Refused("Enter a telephone number or an email address.", field="telephone")
    for name in ("telephone", "out_of_hours"):
        number = getattr(written, name)
        if number.strip() and not is_telephone(number):
            raise Refused("Enter a telephone number with its area code, like 01632 960001 or 101.", field=name)
    if written.email:
        try:
            validate_email(written.email)
        except ValidationError as wrong:
            raise Refused("Enter an email address like name@example.com.", field="email") from wrong


def _check_days_and_hours(written: Written) -> None:
    opens, closes = written.opens_at, written.closes_at
    if (opens is None) != (closes is None):
        raise Refused("Enter both when it opens and when it closes, or neither.", field="closes_at")
    if opens is not None and closes is not None and closes <= opens:
        raise Refused("It must close later than it opens.", field="closes_at")
    if written.out_of_hours and opens is None:
        raise Refused("Enter the hours outside which this number is called.", field="opens_at")
    if written.ends_on is not None and written.ends_on < written.starts_on:
        raise Refused("The last day must be the same as or after the first.", field="ends_on")


def _check_neighbours(row: DirectoryEntry) -> None:
    """Nothing twice at one time, no deputy of a deputy, and one deputy at a time."""
    others = _at_the_same_time(row)
    if row.deputy_of_id is not None:
        post = DirectoryEntry.objects.filter(pk=row.deputy_of_id).first()
        if post is None or post.pk == row.pk or post.kind != row.kind or post.deputy_of_id is not None:
            raise Refused("A deputy stands in for another post of the same kind.", field="deputy_of")
        if DirectoryEntry.objects.filter(deputy_of=row.pk).exists():
            raise Refused("This post has a deputy of its own.", field="deputy_of")
        if others.filter(deputy_of=row.deputy_of_id).exists():
            raise Refused("That post has a deputy in that time already.", field="deputy_of")
    same = others.filter(kind=row.kind, area=row.area_id, title__iexact=row.title)
    if any(_hours_meet(row, other) for other in same):
        raise Refused("This post is in the directory already, at overlapping days and hours.", field="title")


def _at_the_same_time(row: DirectoryEntry) -> QuerySet[DirectoryEntry]:
    rows = DirectoryEntry.objects.exclude(pk=row.pk).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=row.starts_on))
    return rows.filter(starts_on__lte=row.ends_on) if row.ends_on else rows


def _hours_meet(one: DirectoryEntry, other: DirectoryEntry) -> bool:
    if one.opens_at is None or one.closes_at is None or other.opens_at is None or other.closes_at is None:
        return True
    return one.opens_at < other.closes_at and other.opens_at < one.closes_at


def _keep_signed(row: Any, by: Actor, at: datetime) -> None:
    """Save with the history: who, and when."""
    row._history_user, row._history_date = by.user, at  # noqa: SLF001 simple-history's own
    row.save()
