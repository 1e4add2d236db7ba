"""Template tags and filters: official GOV.UK components, our own components, forms, dates in words.

``{% load govuk %}``. Options of an official component nest with two underscores, list places are numbers, and
attribute names take hyphens: ``{% govuk "button" text="Save" attributes__data_module="x" %}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from prevent_cases.casework import form_errors as errors
from prevent_cases.casework import macros
from prevent_cases.casework.form_look import PLAIN, Look
from prevent_cases.casework.form_markup import field_markup

register = template.Library()

for _name, _filter in macros.FILTERS.items():
    register.filter(_name, _filter)


@register.simple_tag
def govuk(name: str, **options: Any) -> SafeString:
    """An official component. :raises UntrustedMarkup: for an html option that is plain text."""
    return macros.component(name, nested(options))


@register.simple_tag
def jinja(path: str, **values: Any) -> SafeString:
    """A compiled Jinja template of ours, for long lists: ``{% jinja "referrals/rows.jinja" rows=rows %}``."""
    return macros.page(path, values)


@register.simple_tag(takes_context=True)
def component(context: Context, name: str, inputs: Any = None, **more: Any) -> str:
    """``components/<name>.html`` with exactly these inputs (a dict, keywords, or both) and the page's CSRF token."""
    values = {"csrf_token": context.get("csrf_token"), **(inputs or {}), **more}
    return get_template(f"components/{name}.html").render(values)


@register.simple_tag
def govuk_field(bound: Any, look: Look | None = None, **options: Any) -> SafeString:
    """One form field, without crispy: ``{% govuk_field form.name size="m" width=20 %}``. Options as for ``Look``."""
    return field_markup(bound, Look(**options) if options else look or PLAIN)


@register.simple_tag
def error_summary(*shown: Any) -> SafeString | str:
    """The error summary of these forms or formsets, or nothing."""
    items = errors.error_items(shown)
    return macros.official("error-summary", {"titleText": "There is a problem", "errorList": items}) if items else ""


@register.inclusion_tag("govuk/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """Errors that belong to the whole form, in a place the summary can link to."""
    return {"errors": errors.form_errors(form), "id": errors.form_errors_id(form)}


@register.filter
def button_classes(button: Any) -> str:
    """A crispy button's classes, less the Bootstrap ones it is born with."""
    own = [name for name in button.field_classes.split() if not name.startswith("btn")]
    return " ".join(["govuk-button", *own])


@register.filter
def paired(left: Sequence[Any], right: Sequence[Any]) -> Iterable[tuple[Any, Any]]:
    """Two lists side by side, for a loop. :raises ValueError: when their lengths differ."""
    return zip(left, right, strict=True)


def nested(options: dict[str, Any]) -> dict[str, Any]:
    """``{"label__text": "x", "items__0__value": 1}`` as ``{"label": {"text": "x"}, "items": [{"value": 1}]}``."""
    tree: dict[str, Any] = {}
    for path, value in options.items():
        *parents, last = path.split("__")
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[last.replace("_", "-") if parents and parents[-1] == "attributes" else last] = value
    return {name: _as_list(branch) for name, branch in tree.items()}


def _as_list(branch: Any) -> Any:
    """A branch whose names are all numbers is a list."""
    if not isinstance(branch, dict):
        return branch
    held = {name: _as_list(inner) for name, inner in branch.items()}
    if held and all(isinstance(name, str) and name.isdecimal() for name in held):
        return [held[name] for name in sorted(held, key=int)]
    return held
