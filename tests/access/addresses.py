"""Every address there is, found by walking the URL configuration. A new one needs no line here."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

from prevent_cases.casework.access import Policy

LIBRARIES = ("allauth.",)


@dataclass(frozen=True)
class Address:
    """One pattern. ``takes`` are the names of its arguments."""

    name: str
    route: str
    view: Callable[..., Any]
    takes: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        return not self.view.__module__.startswith(LIBRARIES)

    @property
    def policy(self) -> Policy | None:
        return getattr(self.view, "policy", None)

    def path(self, ids: dict[str, Any]) -> str:
        """An argument is known by its name, or by ``<the part before it>.<its name>`` where several share a name.

        :raises AssertionError: for an argument that nothing is known for
        """
        known = {name: next((ids[key] for key in self.keys_of(name) if key in ids), None) for name in self.takes}
        unknown = [name for name, value in known.items() if value is None]
        assert not unknown, f"{self.route}: say in tests/access/situations.py which record {unknown[0]} names"
        return reverse(self.name, kwargs=known)

    def keys_of(self, argument: str) -> tuple[str, str, str]:
        before = re.split(rf"<(?:\w+:)?{argument}>", self.route)[0]
        return f"{self.name}.{argument}", f"{before.strip('/').rpartition('/')[2]}.{argument}", argument


def without(ids: dict[str, Any], *names: str) -> dict[str, Any]:
    """The same ids, but that of these arguments nothing has."""
    return {key: uuid.uuid4() if key.rpartition(".")[2] in names else value for key, value in ids.items()}


def addresses(urlconf: Any = None) -> list[Address]:
    """In the order of the configuration."""
    return list(_walk(get_resolver(urlconf).url_patterns, "", ""))


def _walk(patterns: list[Any], namespace: str, before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + _route(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            takes = re.findall(r"<(?:\w+:)?(\w+)>", route)
            yield Address(f"{namespace}{pattern.name}", f"/{route}", pattern.callback, tuple(takes))


def _route(pattern: URLPattern | URLResolver) -> str:
    if isinstance(pattern.pattern, RoutePattern):
        return str(pattern.pattern)
    return re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", str(pattern.pattern)).strip("^$")
