"""Two devices, one draft: the boxes whose words differ, with both texts, so that nothing is lost. No statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from prevent_cases.casework.wording import date_and_time
from referrals.forms.referring import PageForm
from referrals.models import Concern


def both_texts(form: PageForm, saved: Mapping[str, Any], typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """Boxes that are not the same in both: their label, what is saved, and what was typed here."""
    return [
        {"label": str(field.label), "saved": _words(field, saved.get(name)), "typed": _words(field, typed.get(name))}
        for name, field in form.fields.items()
        if name in typed and (saved.get(name) or "") != (typed[name] or "")
    ]


def aside_texts(concern: Concern, slug: str, form: PageForm) -> list[dict[str, str]]:
    """What another device typed on this page and could not save over; it is kept until the page is saved again."""
    aside = concern.answers.get("journey", {}).get("aside", {}).get(slug)
    if not aside:
        return []
    at = date_and_time(datetime.fromisoformat(aside["at"]))
    return [{**row, "at": at} for row in both_texts(form, concern.answers, aside["typed"])]


def _words(field: forms.Field, value: Any) -> str:
    """A value in the words of its box."""
    names: dict[Any, Any] = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type]
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(str(names.get(each, each)) for each in value or [])
    if isinstance(field, forms.ChoiceField):
        return str(names.get(value, value or ""))
    if isinstance(field, forms.BooleanField):
        return "Ticked" if value else ""
    return str(value or "")
