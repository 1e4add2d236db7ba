"""The training register in words: one's own courses, the team's standing, and the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from prevent_cases.accounts import training
from prevent_cases.accounts.models import TrainingCourse, TrainingRecord
from prevent_cases.accounts.training import Standing
from prevent_cases.casework.clocks import TRAINING_REMINDER
from prevent_cases.casework.wording import day

COURSE_COLUMNS = ("Course", "Counts for", "Needed before a referral", "Standing")
TEAM_COLUMNS = ("Name", "Course", "Standing")
OWN_COLUMNS = ("Course", "Taken on", "Standing", "Written down by")


def catalogue(on: date, *, may_edit: bool) -> list[list[dict[str, str]]]:
    """Every course, those that may be taken first: one statement."""
    rows = sorted(TrainingCourse.objects.order_by("title"), key=lambda course: course.retired_on is not None)
    return [
        [
            {
                "text": course.title, "detail": course.words,
                "url": reverse("reference:course", args=[course.pk]) if may_edit else course.address,
            },
            {"text": f"{course.months_valid} months" if course.months_valid else "Always"},
            {"text": "Yes" if course.counts_for_gate else "No"},
            {"text": f"Retired on {day(course.retired_on)}" if course.retired_on else "Offered"},
        ]
        for course in rows
    ]  # fmt: skip


def own(user_id: Any, on: date) -> list[list[dict[str, str]]]:
    """A person's records, newest first, each with the way to take it out: one statement."""
    return [
        [
            {"text": row.course.title, "url": reverse("reference:record-remove", args=[row.pk])},
            {"text": day(row.taken_on)},
            _standing(row.expires_on, on),
            {"text": row.entered_by.name},
        ]
        for row in training.records_of(user_id)
    ]


def team(standings: list[Standing], on: date) -> list[list[dict[str, str]]]:
    """A lead's people, those out of date first."""
    return [
        [
            {"text": one.person.name, "url": reverse("reference:training-of", args=[one.person.pk])},
            {"text": one.course or "None that counts"},
            _standing(one.until, on) if one.course else {"text": "Never trained", "tone": "late"},
        ]
        for one in standings
    ]


def told_of(record: TrainingRecord) -> str:
    return f"{record.course.title}, taken on {day(record.taken_on)}"


def _standing(until: date | None, on: date) -> dict[str, str]:
    if until is None:
        return {"text": "Counts for ever", "tone": "done"}
    if until < on:
        return {"text": f"Ran out on {day(until)}", "tone": "late"}
    tone = "attention" if until <= on + TRAINING_REMINDER else "done"
    return {"text": f"Until {day(until)}", "tone": tone}
