"""A moment that has gone by, as a date and a time: what was done is written down with its real time."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.days import LONDON, moment
from prevent_cases.casework.form_layout import Question
from prevent_cases.casework.now import now
from referrals.forms.intake import TIMES


def time_field(label: str) -> forms.TimeField:
    """A time of day, as people type it."""
    return forms.TimeField(label=label, help_text="For example, 14:30 or 2:30pm", input_formats=TIMES)


def moment_of(cleaned: dict[str, Any], stem: str) -> datetime | None:
    """The moment that ``<stem>_on`` and ``<stem>_time`` say; None until both are sound."""
    on, at = cleaned.get(f"{stem}_on"), cleaned.get(f"{stem}_time")
    return moment(on, at) if isinstance(on, date) and isinstance(at, time) else None


def must_be_past(form: forms.Form, stem: str, what: str) -> None:
    """Say beside the time that it is still to come. Called from ``clean``."""
    said = moment_of(form.cleaned_data, stem)
    if said is not None and said > now():
        form.add_error(f"{stem}_time", ValidationError(f"{what} must be in the past", code="past"))


def as_of_now(stem: str) -> dict[str, Any]:
    """What the two boxes show before anything is typed: today, and the minute."""
    local = now().astimezone(LONDON)
    return {f"{stem}_on": local.date(), f"{stem}_time": f"{local:%H:%M}"}


def asked_together(stem: str) -> Row:
    """The date and the time beside each other."""
    return Row(Column(Question(f"{stem}_on")), Column(Question(f"{stem}_time", width=5)))
