"""Form fields that Django lacks: a date in three boxes, an hour, prose, yes or no, several files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from prevent_cases.casework import wording
from prevent_cases.casework.now import today

PARTS = ("day", "month", "year")
_MONTHS = {
    name: number
    for number in range(1, 13)
    for full in (f"{date(2000, number, 1):%B}".lower(),)
    for name in (full, full[:3])
} | {"sept": 9}
_YEAR_DIGITS = 4
Typed = tuple[str, str, str]
TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H"]


_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def without_unseen(text: str) -> str:
    """Text without control characters and without those that turn the direction of the words around it (U+202E). The
    marks that Arabic and Hebrew names are written with stay."""
    return _UNSEEN.sub("", text)


class DatePartsWidget(forms.Widget):
    """Reads ``<name>-day``, ``-month``, ``-year``; or one ISO date under the bare name, so that a link can carry it.

    Drawn by the GOV.UK date-input macro (see ``form_markup.py``), never by Django.
    """

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: Any,
        name: str,
    ) -> Typed | str | None:
        day, month, year = ((data.get(f"{name}-{part}") or "").strip() for part in PARTS)
        return (day, month, year) if day or month or year else data.get(name) or None

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: Any,
        name: str,
    ) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part in PARTS)

    def typed(self, value: Any) -> Typed:
        """What the three boxes show for a date, an ISO date, or what somebody typed."""
        if isinstance(value, (tuple, list)):
            day, month, year = (f"{part}" for part in value)
            return day, month, year
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return "", "", ""
        return (f"{value.day}", f"{value.month}", f"{value.year}") if value else ("", "", "")


class DateField(forms.Field):
    """A date in three boxes; cleans to ``datetime.date``. Month names are understood.

    :param when: ``past``, ``today_or_past``, ``future`` or ``today_or_future``; any date when left out.
    :param earliest: the first date allowed.
    :param latest: the last date allowed.

    Errors carry ``params["parts"]``, the boxes at fault, so that the page marks those and links to the first.
    """

    widget = DatePartsWidget
    default_error_messages: ClassVar[dict[str, Any]] = {
        "incomplete": "%(subject)s must include %(missing)s",
        "year_digits": "%(subject)s must have a year of 4 numbers, like 2004",
        "not_real": "%(subject)s must be a real date",
        "past": "%(subject)s must be in the past",
        "today_or_past": "%(subject)s must be today or in the past",
        "future": "%(subject)s must be in the future",
        "today_or_future": "%(subject)s must be today or in the future",
        "earliest": "%(subject)s must be the same as or after %(limit)s",
        "latest": "%(subject)s must be the same as or before %(limit)s",
    }
    subject = ""

    def __init__(
        self, *, when: str = "", earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if when and when not in self.error_messages:
            raise ValueError(f"A date cannot be {when}")
        self.when, self.earliest, self.latest = when, earliest, latest

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                raise self._wrong("not_real", PARTS) from None
        return self._real(*value)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.when and not _fits(self.when, value, today()):
            raise self._wrong(self.when, PARTS)
        if self.earliest and value < self.earliest:
            raise self._wrong("earliest", PARTS, limit=wording.day(self.earliest))
        if self.latest and value > self.latest:
            raise self._wrong("latest", PARTS, limit=wording.day(self.latest))

    def _real(self, day: str, month: str, year: str) -> date:
        missing = [part for part, typed in zip(PARTS, (day, month, year), strict=True) if not typed]
        if missing:
            raise self._wrong("incomplete", missing, missing=f"a {' and '.join(missing)}")
        numbers = (_number(day), _MONTHS.get(month.lower()) or _number(month), _number(year))
        highest = (31, 12, 9999)
        doubtful = [
            part for part, number, most in zip(PARTS, numbers, highest, strict=True) if not number or number > most
        ]
        if not doubtful and len(year) != _YEAR_DIGITS:
            raise self._wrong("year_digits", ["year"])
        try:
            return date(numbers[2], numbers[1], numbers[0])
        except (ValueError, OverflowError):
            raise self._wrong("not_real", doubtful or PARTS) from None

    def _wrong(self, code: str, parts: Any, **words: str) -> ValidationError:
        subject = self.subject or wording.lower_first(f"{self.label or 'date'}")
        subject = subject[:1].upper() + subject[1:]
        return ValidationError(
            self.error_messages[code], code=code, params={"subject": subject, "parts": tuple(parts), **words}
        )


class HourField(forms.TimeField):
    """A time of day as people write it: ``9am``, ``5:30pm``, ``17:30``, ``midday``."""

    widget = forms.TextInput

    def __init__(self, *, label: str, **more: Any) -> None:
        words = {"invalid": f"{label} must be a time, like 9am or 5:30pm"}
        super().__init__(label=label, input_formats=TIMES, error_messages=words, **more)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = value.replace(" ", "").lower().replace("midday", "12pm").replace("midnight", "12am")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return wording.time_words(value) if isinstance(value, time) else value


class ProseField(forms.CharField):
    """Several paragraphs of plain text. A browser sends two characters for a line end: one is kept, so that the
    character count on the page and the limit here agree."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


class YesNoField(forms.TypedChoiceField):
    """Yes or no as radios; cleans to True, False, or None for "Not known" (``unknown=True``) and for no answer."""

    widget = forms.RadioSelect

    def __init__(self, *, unknown: bool = False, unknown_label: str = "Not known", **kwargs: Any) -> None:
        choices = [("yes", "Yes"), ("no", "No"), *([("unknown", unknown_label)] if unknown else [])]
        super().__init__(choices=choices, coerce={"yes": True, "no": False}.get, empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(
        self,
        data: Any,
        files: Any,
        name: str,
    ) -> list[Any]:
        return files.getlist(name) if isinstance(files, MultiValueDict) else [files[name]] if name in files else []


class FilesField(forms.FileField):
    """Several files at once; cleans to a list of uploads, empty when none and not required.

    :param most: how many may be sent at the same time.
    """

    widget = SeveralFilesInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "too_many": "You can only select up to %(most)d files at the same time"
    }

    def __init__(self, *, most: int = 20, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data or []
        if not uploads:
            super().clean(None, initial)
        if len(uploads) > self.most:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"most": self.most})
        return [super(FilesField, self).clean(upload, initial) for upload in uploads]


def _fits(when: str, value: date, now: date) -> bool:
    return {
        "past": value < now,
        "today_or_past": value <= now,
        "future": value > now,
        "today_or_future": value >= now,
    }[when]


def _number(typed: str) -> int:
    """The number typed, or 0: never an error, never a huge integer."""
    return int(typed) if typed.isdecimal() and len(typed) <= _YEAR_DIGITS else 0
