"""Puts Django's stock error messages into the words GOV.UK asks for: say what to do, name the thing asked."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core import validators

from prevent_cases.casework.fields import DateField
from prevent_cases.casework.wording import lower_first

_NO_ARTICLE = re.compile(
    r"(an?|the|your|their|his|her|its|our|my|any|each|this|that|these|those|which|what|when|wh(o|om|ose|y|ere|ether)"
    r"|how|at|if)\b"
)
_SELECTED = (forms.ChoiceField, forms.FileField)


def put_in_words(form: forms.BaseForm, subjects: dict[str, str]) -> None:
    """Give every field of a form messages made from what it asks for.

    :param subjects: for some fields, the noun to use where the label reads badly in a sentence. Messages a form
        wrote for itself are left alone.
    """
    for name, field in form.fields.items():
        subject = subjects.get(name) or subject_of(f"{field.label or name.replace('_', ' ')}")
        if isinstance(field, DateField):
            field.subject = subject
        for code, message in _messages(field, subject).items():
            if _is_stock(field, code):
                field.error_messages[code] = message


def subject_of(label: str) -> str:
    """The label as a noun inside a sentence; a question is quoted."""
    if label.endswith("?"):
        return f"an answer to \u2018{label}\u2019"
    return lower_first(label.removesuffix(" (optional)"))


def _messages(field: forms.Field, subject: str) -> dict[str, str]:
    noun = subject.replace("%", "per cent")
    start = noun[:1].upper() + noun[1:]
    with_article = noun if _NO_ARTICLE.match(noun) else f"the {noun}"
    off_list = f"Select {with_article} again. What you chose is not on the list"
    required = f"{'Select' if isinstance(field, _SELECTED) else 'Enter'} {with_article}"
    if isinstance(field, forms.BooleanField):
        required = f"Tick \u2018{field.label}\u2019 to continue"
    return {
        "required": required,
        "invalid": _wrong_form(field, start),
        "invalid_choice": off_list,
        "invalid_list": off_list,
        "invalid_pk_value": off_list,
        "max_length": f"{start} must be %(limit_value)d characters or fewer",
        "min_length": f"{start} must be %(limit_value)d characters or more",
        "max_value": f"{start} must be %(limit_value)s or less",
        "min_value": f"{start} must be %(limit_value)s or more",
        "max_digits": f"{start} must have %(max)s digits or fewer",
        "max_decimal_places": f"{start} must have %(max)s decimal places or fewer",
        "max_whole_digits": f"{start} must have %(max)s digits or fewer before the decimal point",
        "null_characters_not_allowed": f"{start} contains a hidden character. Type it again instead of pasting it",
    } | _file_messages(field)


def _wrong_form(field: forms.Field, start: str) -> str:
    if isinstance(field, forms.EmailField):
        return "Enter an email address in the correct format, like name@example.com"
    if isinstance(field, forms.URLField):
        return "Enter a web address in the correct format, like https://www.example.com"
    if isinstance(field, (forms.DecimalField, forms.FloatField)):
        return f"{start} must be a number"
    if isinstance(field, forms.IntegerField):
        return f"{start} must be a whole number, like 15"
    if isinstance(field, forms.TimeField):
        return f"{start} must be a time, like 14:30"
    return f"{start} must be in the correct format"


def _file_messages(field: forms.Field) -> dict[str, str]:
    if not isinstance(field, forms.FileField):
        return {}
    return {
        "invalid": "The selected file could not be uploaded. Try again",
        "missing": "The selected file could not be uploaded. Try again",
        "empty": "The selected file is empty",
        "max_length": "The name of the selected file must be %(max)d characters or fewer",
        "invalid_image": "The selected file must be an image",
        "contradiction": "Either select a file or tick the box to remove it, not both",
    }


def _is_stock(field: forms.Field, code: str) -> bool:
    """Whether Django's own words would be shown for this code; what a form or a validator of ours says stands."""
    if code not in field.error_messages:
        return any(_speaks_stock(validator, code) for validator in field.validators)
    for kind in type(field).__mro__:
        if kind.__module__.startswith("django.") and code in kind.__dict__.get("default_error_messages", {}):
            return f"{field.error_messages[code]}" == f"{kind.__dict__['default_error_messages'][code]}"
    return False


def _speaks_stock(validator: Any, code: str) -> bool:
    if isinstance(validator, validators.DecimalValidator):
        return code in validator.messages
    return (
        type(validator).__module__ == "django.core.validators"
        and getattr(validator, "code", None) == code
        and validator.message == type(validator).message
    )
