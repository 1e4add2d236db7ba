"""Acts on the training register: the courses the keepers of the lists offer, and who took which (E4.1, E4.68)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.accounts.models import TrainingCourse, TrainingRecord, User
from prevent_cases.accounts.training import expiry, led_by
from prevent_cases.casework import outbox
from prevent_cases.casework.clocks import TRAINING_REMINDER
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.policy import may_edit_directory
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord

REMINDER = "training.expires"


@transaction.atomic
def add_course(
    *, title: str, words: str = "", address: str = "", months_valid: int | None, counts_for_gate: bool, by: Actor,
    at: datetime,
) -> TrainingCourse:  # fmt: skip
    """Offer a course. :raises Refused: when another has its title :raises NotAllowed: unless a keeper of the lists"""
    _allow(by)
    course = TrainingCourse(
        title=title.strip(), words=words, address=address, months_valid=months_valid, counts_for_gate=counts_for_gate
    )
    return _keep_course(course, by, at)


@transaction.atomic
def change_course(
    *, course: TrainingCourse, title: str, words: str, address: str, months_valid: int | None, counts_for_gate: bool,
    by: Actor, at: datetime, version: str,
) -> TrainingCourse:  # fmt: skip
    """Change a course. What was taken before keeps the expiry it had.

    ``version`` is the latest history id of the course as the editor saw it.

    :raises StaleRecord: when somebody changed it since :raises Refused: when another has its title
    """
    _allow(by)
    row = TrainingCourse.objects.select_for_update().get(pk=course.pk)
    if version_of(row) != version:
        raise StaleRecord("Somebody else has changed this course since you opened it. Look at it again.")
    row.title, row.words, row.address = title.strip(), words, address
    row.months_valid, row.counts_for_gate = months_valid, counts_for_gate
    return _keep_course(row, by, at)


@transaction.atomic
def retire_course(*, course: TrainingCourse, by: Actor, at: datetime) -> TrainingCourse:
    """Offer a course no longer. Whoever took it keeps it. :raises Refused: when it is retired already"""
    _allow(by)
    row = TrainingCourse.objects.select_for_update().get(pk=course.pk)
    if row.retired_on is not None:
        raise Refused("This course has been retired already.")
    row.retired_on = civil_date(at)
    return _keep_course(row, by, at)


def version_of(course: TrainingCourse) -> str:
    """What changes whenever the course does."""
    return str(course.history.values_list("history_id", flat=True).first())


@transaction.atomic
def record_course(*, user: User, course: TrainingCourse, taken_on: date, by: Actor, at: datetime) -> TrainingRecord:
    """Write down that somebody took a course; how long it counts is worked out.

    :raises NotAllowed: unless it is one's own, or a person of a team one manages or is deputy of
    :raises Refused: for a day to come, after the course was retired, or written down already
    """
    today = civil_date(at)
    if by.user_id != user.pk and not led_by(by, today).filter(pk=user.pk).exists():
        raise NotAllowed("This may only be done by the person, or by whoever leads their team.")
    if taken_on > today:
        raise Refused("The date must be today or in the past.", field="taken_on")
    if course.retired_on is not None and taken_on >= course.retired_on:
        raise Refused("This course was no longer offered on that day.", field="taken_on")
    if TrainingRecord.objects.filter(user=user, course=course, taken_on=taken_on).exists():
        raise Refused("This course is written down for that day already.", field="taken_on")
    record = TrainingRecord(
        user=user, course=course, taken_on=taken_on, expires_on=expiry(course, taken_on), entered_by=by.user,
        entered_at=at,
    )  # fmt: skip
    _sign(record, by, at)
    record.save()
    return record


@transaction.atomic
def remove_record(*, record: TrainingRecord, by: Actor, at: datetime) -> None:
    """Take out a record that was written in error; its history stays.

    :raises NotAllowed: unless it is one's own, or of a person of a team one leads
    """
    if by.user_id != record.user_id and not led_by(by, civil_date(at)).filter(pk=record.user_id).exists():
        raise NotAllowed("This may only be done by the person, or by whoever leads their team.")
    _sign(record, by, at)
    record.delete()


def remind_of_training(*, at: datetime) -> int:
    """Tell people once that a course of theirs runs out soon, unless they took it again; how many were told."""
    today = civil_date(at)
    due = TrainingRecord.objects.filter(
        reminded_at__isnull=True, expires_on__gte=today, expires_on__lte=today + TRAINING_REMINDER, user__is_active=True
    )
    return sum(_remind(pk, at) for pk in due.order_by("expires_on", "id").values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: Any, at: datetime) -> bool:
    record = TrainingRecord.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
    if record.reminded_at is not None:
        return False
    later = Q(expires_on__isnull=True) | Q(expires_on__gt=record.expires_on)
    has_renewed = TrainingRecord.objects.filter(later, user=record.user_id, course=record.course_id).exists()
    record.reminded_at = at
    _sign(record, the_service(REMINDER), at)
    record.save()
    if has_renewed:
        return False
    outbox.write(key=f"{REMINDER}:{record.pk}", kind=REMINDER, case=None, to=record.user, at=at)
    return True


def _allow(by: Actor) -> None:
    if not may_edit_directory.allows(by, None):
        raise NotAllowed(f"This may only be done by {may_edit_directory.says}.")


def _keep_course(course: TrainingCourse, by: Actor, at: datetime) -> TrainingCourse:
    _sign(course, by, at)
    try:
        with transaction.atomic():
            course.save()
    except IntegrityError as taken:
        raise Refused("Another course has this title.", field="title") from taken
    return course


def _sign(row: TrainingCourse | TrainingRecord, by: Actor, at: datetime) -> None:
    """Who and when, for the history."""
    row._history_user, row._history_date = by.user, at  # type: ignore[union-attr]  # noqa: SLF001 simple-history's own
