"""From a Django form field to the official GOV.UK macro that draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeData, SafeString

from prevent_cases.casework.fields import PARTS, DatePartsWidget
from prevent_cases.casework.form_errors import control_id, parts_at_fault
from prevent_cases.casework.form_look import PLAIN, Look
from prevent_cases.casework.macros import official

Params = dict[str, Any]
_OURS = ("class", "id", "maxlength", "minlength", "cols", "rows", "autocomplete", "spellcheck", "inputmode", "required")
_WIDTHS = {"day": "govuk-input--width-2", "month": "govuk-input--width-2", "year": "govuk-input--width-4"}
_SEVERAL = {
    "chooseFilesButtonText": "Choose files",
    "dropInstructionText": "or drop files",
    "noFileChosenText": "No files chosen",
}


def field_markup(bound: BoundField, look: Look = PLAIN) -> SafeString:
    """One field as its official component.

    :raises TypeError: for a widget no GOV.UK component draws.
    """
    if bound.is_hidden:
        return bound.as_widget()  # as_hidden() would fold many values into one
    for widget, draw in _DRAWN:
        if isinstance(bound.field.widget, widget):
            name, params = draw(bound, look)
            return official(name, params)
    raise TypeError(f"No GOV.UK component draws {type(bound.field.widget).__name__} ({bound.html_name})")


def _asked(bound: BoundField, look: Look) -> str:
    """The label, as plain text always, with "(optional)" where the form marks that."""
    label = f"{bound.label}"
    optional = look.show_optional and not bound.field.required and getattr(bound.form, "mark_optional", False)
    return f"{label} (optional)" if optional and "optional" not in label.lower() else label


def _shared(bound: BoundField, look: Look) -> Params:
    attrs = bound.field.widget.attrs
    params: Params = {"id": control_id(bound), "name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"html" if isinstance(bound.help_text, SafeData) else "text": f"{bound.help_text}"}
    if bound.errors:
        params["errorMessage"] = {"text": f"{bound.errors[0]}"}
    if bound.field.disabled:
        params["disabled"] = True
    for name in ("autocomplete", "inputmode"):
        if name in attrs:
            params[name] = attrs[name]
    if "spellcheck" in attrs:
        params["spellcheck"] = f"{attrs['spellcheck']}".lower() == "true"
    params["classes"] = " ".join(filter(None, (look.classes, f"{attrs.get('class', '')}")))
    params["attributes"] = {name: value for name, value in attrs.items() if name not in _OURS and value is not False}
    return params


def _boxed(bound: BoundField, look: Look) -> Params:
    params = _shared(bound, look) | {"label": look.title(_asked(bound, look), "govuk-label")}
    if look.width:
        known = f"govuk-input--width-{look.width}" if isinstance(look.width, int) else look.width
        params["classes"] = f"{params['classes']} {known}".strip()
    return params


def _grouped(bound: BoundField, look: Look) -> Params:
    legend = look.title(_asked(bound, look), "govuk-fieldset__legend")
    return _shared(bound, look) | {"fieldset": {"legend": legend}, "idPrefix": control_id(bound)}


def _text(bound: BoundField, look: Look) -> tuple[str, Params]:
    widget = bound.field.widget
    params = _boxed(bound, look) | {"value": _shown(bound), "type": widget.input_type}
    if isinstance(widget, forms.NumberInput):
        params |= {"type": "text", "inputmode": params.get("inputmode", "numeric"), "spellcheck": False}
        params["attributes"] = {k: v for k, v in params["attributes"].items() if k not in ("step", "min", "max")}
    if isinstance(widget, forms.EmailInput):
        params = {"autocomplete": "email", "spellcheck": False} | params
    if look.prefix:
        params["prefix"] = {"text": look.prefix}
    if look.suffix:
        params["suffix"] = {"text": look.suffix}
    return "input", params


def _prose(bound: BoundField, look: Look) -> tuple[str, Params]:
    params = _boxed(bound, look) | {"value": _shown(bound), "rows": look.rows or 5}
    most = getattr(bound.field, "max_length", None)
    if not most:
        return "textarea", params
    return "character-count", params | {"maxlength": most, "threshold": look.threshold}


def _password(bound: BoundField, look: Look) -> tuple[str, Params]:
    return "password-input", _boxed(bound, look) | {"value": _shown(bound)}


def _file(bound: BoundField, look: Look) -> tuple[str, Params]:
    several = bool(bound.field.widget.attrs.get("multiple") or bound.field.widget.allow_multiple_selected)
    params = _boxed(bound, look) | {"javascript": True, "multiple": several}
    params["attributes"].pop("multiple", None)
    return "file-upload", params | (_SEVERAL if several else {})


def _date(bound: BoundField, look: Look) -> tuple[str, Params]:
    params = _grouped(bound, look)
    faults = parts_at_fault(bound) if bound.errors else ()
    typed = bound.field.widget.typed(bound.value())
    birthday = params.pop("autocomplete", "") == "bday"
    params["items"] = [
        {
            "name": part,
            "value": value,
            "classes": _WIDTHS[part] + (" govuk-input--error" if part in faults else ""),
            "autocomplete": f"bday-{part}" if birthday else None,
            "attributes": {"disabled": "disabled"} if bound.field.disabled else {},
        }
        for part, value in zip(PARTS, typed, strict=True)
    ]
    return "date-input", params | {"namePrefix": bound.html_name, "classes": ""}


def _one_tick(bound: BoundField, look: Look) -> tuple[str, Params]:
    params = _shared(bound, look) | {"idPrefix": control_id(bound)}
    hint = params.pop("hint", None)
    item = {"value": "on", "text": f"{bound.label}", "checked": bool(bound.value()), "hint": hint}
    return "checkboxes", params | {"items": [_with_reveal(item, "on", look)]}


def _radios(bound: BoundField, look: Look) -> tuple[str, Params]:
    return "radios", _choices(bound, look, "radios")


def _ticks(bound: BoundField, look: Look) -> tuple[str, Params]:
    return "checkboxes", _choices(bound, look, "checkboxes")


def _choices(bound: BoundField, look: Look, kind: str) -> Params:
    params = _grouped(bound, look)
    for wanted in ("inline", "small"):
        if getattr(look, wanted):
            params["classes"] = f"{params['classes']} govuk-{kind}--{wanted}".strip()
    chosen, items = _chosen(bound), []
    for value, text in _flat(_offered(bound)):
        if not value:
            continue
        if value == look.divider_before:
            items.append({"divider": look.divider})
        item = {"value": value, "text": text, "checked": value in chosen, "disabled": bound.field.disabled}
        if value in look.hints:
            item["hint"] = {"text": look.hints[value]}
        items.append(_with_reveal(item, value, look))
    return params | {"items": items}


def _select(bound: BoundField, look: Look) -> tuple[str, Params]:
    chosen = _chosen(bound)
    items = [{"value": v, "text": text, "selected": v in chosen} for v, text in _flat(_offered(bound))]
    return "select", _boxed(bound, look) | {"items": items}


def _with_reveal(item: Params, value: str, look: Look) -> Params:
    return item | {"conditional": {"html": look.revealed[value]}} if value in look.revealed else item


def _offered(bound: BoundField) -> Iterable[Any]:
    choices: Iterable[Any] = getattr(bound.field, "choices", ())
    return choices


def _flat(choices: Iterable[Any], group: str = "") -> Iterable[tuple[str, str]]:
    for value, text in choices:
        if isinstance(text, (list, tuple)):
            yield from _flat(text, f"{value}: ")
        else:
            yield ("" if value is None else f"{value}"), f"{group}{text}"


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    several = value if isinstance(value, (list, tuple, set)) else [value]
    return {"" if one is None else f"{one}" for one in several}


def _shown(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else f"{value}"


_DRAWN: tuple[tuple[Any, Callable[[BoundField, Look], tuple[str, Params]]], ...] = (
    (DatePartsWidget, _date),
    ((forms.CheckboxSelectMultiple, forms.SelectMultiple), _ticks),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _one_tick),
    (forms.Select, _select),
    (forms.Textarea, _prose),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
    (forms.widgets.Input, _text),
)
