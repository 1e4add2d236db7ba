"""The official GOV.UK component macros, and our own compiled row templates, behind one process-wide Jinja environment.

Building an environment for each component costs about 30 ms; a cached macro costs about 0.2 ms. The loader's prefix
must be ``govuk_frontend_jinja``: the macros import one another by that name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from jinja2 import BaseLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, StrictUndefined, Undefined

from prevent_cases.casework import tones, wording

FILTERS: dict[str, Callable[..., str]] = {
    "day": wording.day,
    "weekday": wording.weekday,
    "clock_time": wording.clock_time,
    "date_and_time": wording.date_and_time,
    "iso": wording.iso,
    "capped": wording.capped,
    "file_size": wording.file_size,
    "tag_text": tones.tag_text,
    "tag_colour": tones.tag_colour,
}
_PACKAGE = "govuk_frontend_jinja"


class UntrustedMarkup(TypeError):
    """A macro was handed plain text where it prints raw HTML."""


@cache
def _macros() -> Environment:
    return _environment(PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)}), Undefined)


@cache
def _pages() -> Environment:
    templates: list[dict[str, Any]] = settings.TEMPLATES
    folders = [folder for engine in templates for folder in engine.get("DIRS", ())]
    return _environment(FileSystemLoader(folders), StrictUndefined)


def _environment(loader: BaseLoader, undefined: type[Undefined]) -> Environment:
    environment = Environment(
        loader=loader, autoescape=True, auto_reload=settings.DEBUG, cache_size=400, undefined=undefined
    )
    environment.filters.update(FILTERS)
    return environment


@cache
def _macro(component: str) -> Any:
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    return getattr(_macros().get_template(f"{_PACKAGE}/components/{component}/macro.html").module, name)


def component(name: str, params: dict[str, Any]) -> SafeString:
    """The markup of one official component, such as ``summary-list``.

    :param params: the component's documented options, as plain dicts and lists.
    :raises jinja2.TemplateNotFound: when GOV.UK Frontend has no such component.
    :raises UntrustedMarkup: when an option ending in ``html`` holds text not marked safe.
    """
    refuse_untrusted(params)
    return official(name, params)


def official(name: str, params: dict[str, Any]) -> SafeString:
    """As :func:`component`, unchecked: for the form pack and the conformity test, which own the markup they pass."""
    return SafeString(_macro(name)(params))


def page(path: str, context: dict[str, Any]) -> SafeString:
    """A compiled Jinja template of ours (a list's rows), escaped, with the date filters; unknown names raise."""
    return SafeString(_pages().get_template(path).render(context))


def refuse_untrusted(value: Any, key: str = "") -> None:
    """:raises UntrustedMarkup: when anything under a key ending in ``html`` is text not marked safe."""
    if isinstance(value, dict):
        for inner, held in value.items():
            refuse_untrusted(held, inner if isinstance(inner, str) else "")
    elif isinstance(value, (list, tuple)):
        for held in value:
            refuse_untrusted(held, key)
    elif isinstance(value, str) and key.lower().endswith("html") and value and not hasattr(value, "__html__"):
        raise UntrustedMarkup(f"{key} was given text that is not marked safe; pass text instead, or use format_html")
