"""Errors as the page shows them: the summary at the top, and where each of its links lands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet

from prevent_cases.casework.fields import PARTS, DatePartsWidget


def error_items(forms_shown: Iterable[Any]) -> list[dict[str, Any]]:
    """The error summary's lines, in page order: the same words as beside the field, each linked to its control."""
    return [item for form in forms_shown if form for item in _items(form)]


def form_errors(form: Any) -> list[str]:
    """Errors that belong to no box on the page: the form's (or formset's) own, and those of hidden fields."""
    if not form.is_bound:
        return []
    if isinstance(form, BaseFormSet):
        return [f"{error}" for error in form.non_form_errors()]
    hidden = [f"{error}" for bound in form.hidden_fields() for error in bound.errors]
    return [f"{error}" for error in form.non_field_errors()] + hidden


def form_errors_id(form: Any) -> str:
    return f"{form.prefix}-form-errors" if form.prefix else "form-errors"


def control_id(bound: BoundField) -> str:
    return bound.auto_id or bound.html_name


def error_target(bound: BoundField) -> str:
    """The id of the control an error link goes to: the first box at fault in a date, the first radio in a group."""
    if isinstance(bound.field.widget, DatePartsWidget):
        return f"{control_id(bound)}-{parts_at_fault(bound)[0]}"
    return control_id(bound)


def parts_at_fault(bound: BoundField) -> tuple[str, ...]:
    """Which boxes of a date its first error blames; all of them when it does not say."""
    errors = bound.form.errors.as_data().get(bound.name, []) if bound.errors else []
    return (errors[0].params or {}).get("parts") or PARTS if errors else PARTS


def _items(shown: Any) -> list[dict[str, Any]]:
    if not shown.is_bound:
        return []
    own = f"#{form_errors_id(shown)}"
    items = [{"text": text, "href": own} for text in form_errors(shown)]
    if isinstance(shown, BaseFormSet):
        return items + [item for form in shown for item in _items(form)]
    return items + [
        {"text": f"{bound.errors[0]}", "href": f"#{error_target(bound)}"}
        for bound in _in_page_order(shown)
        if bound.errors
    ]


def _in_page_order(form: forms.BaseForm) -> list[BoundField]:
    layout = getattr(getattr(form, "helper", None), "layout", None)
    if layout is None:
        return form.visible_fields()
    order = {pointer.name: place for place, pointer in enumerate(layout.get_field_names())}
    return sorted(form.visible_fields(), key=lambda bound: order.get(bound.name, len(order)))
