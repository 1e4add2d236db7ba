"""A robot that asks for every page a person can reach, and fills every form it finds with marked words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from prevent_cases.casework.now import today
from tests.access import canaries
from tests.access.canaries import WORDS
from tests.access.matrix import leaving_no_trace, whole
from tests.factories import an_eml

PARTS_OF_A_DATE = (("_0", "_day"), ("_1", "_month"), ("_2", "_year"))
WRITING = re.compile(r'(?:INSERT INTO|DELETE FROM|TRUNCATE|(?<!FOR )(?<!KEY )UPDATE)\s+"?(\w+_\w+)')
FOREIGN = ("http:", "https:", "mailto:", "tel:", "#")


@dataclass
class Visit:
    """One request and everything of its answer. ``wrote`` are the tables it wrote to, ``said`` its messages."""

    who: str
    method: str
    path: str
    response: HttpResponse
    body: bytes
    wrote: list[str]
    said: list[str]

    @property
    def is_page(self) -> bool:
        return self.response.headers.get("Content-Type", "").startswith("text/html") and bool(self.body)

    def page(self) -> html.HtmlElement:
        return html.document_fromstring(self.body)


@dataclass
class Robot:
    """``then`` is called while what a request wrote still stands; afterwards it is taken back."""

    clients: dict[str, Client]
    then: Callable[[Visit], None]
    visits: list[Visit] = field(default_factory=list)
    filled: set[tuple[str, str]] = field(default_factory=set)

    def visit(self, who: str, method: str, path: str, data: Any = None) -> Visit:
        client = self.clients[who]
        with leaving_no_trace(client), writes() as wrote:
            response = getattr(client, method)(path, data)
            body = whole(response)
            queued = getattr(response.wsgi_request, "_messages", ())
            visit = Visit(who, method, path, response, body, wrote, [str(message) for message in queued])
            self.then(visit)
        self.visits.append(visit)
        return visit

    def fill(self, visit: Visit) -> Iterator[Visit]:
        """Send each form of a page twice: with the first choices and with the last. Each person, each form once."""
        for form in visit.page().forms if visit.is_page else []:
            action = form.action if form.action and form.action.startswith("/") else visit.path
            if form.method.lower() != "post" or (visit.who, kind_of(action)) in self.filled:
                continue
            self.filled.add((visit.who, kind_of(action)))
            for choice in (0, -1):
                yield self.visit(visit.who, "post", action, typed(form, choice))


def kind_of(path: str) -> str:
    """The name of an address, whatever ids stand in it."""
    try:
        return resolve(path.split("?", maxsplit=1)[0]).view_name
    except Resolver404:
        return path


def typed(form: html.FormElement, choice: int) -> dict[str, Any]:
    """What the robot sends: a marked word in every box, one choice of each, every tick, a small file; first a date of
    long ago, then one in a week."""
    day = canaries.BORN_ON if choice == 0 else today() + timedelta(days=7)
    sent: dict[str, Any] = {}
    groups: dict[str, list[str]] = {}
    for box in form.inputs:
        name, kind = box.name, (box.get("type") or box.tag)
        if not name or box.get("disabled") is not None:
            continue
        if kind in ("radio", "checkbox"):
            groups.setdefault(name, []).append(box.get("value") or "on")
        elif kind == "select":
            groups.setdefault(name, []).extend(value for value in box.value_options if value)
        elif kind == "file":
            sent[name] = SimpleUploadedFile(f"{WORDS['file_name']}.eml", an_eml(WORDS["file_words"]))
        elif kind in ("hidden", "submit", "button"):
            sent.setdefault(name, box.get("value") or "")
        else:
            sent[name] = word_for(name, kind, day)
    return sent | {name: [values[choice]] for name, values in groups.items() if values}


def word_for(name: str, kind: str, day: date) -> str:
    for endings, part in zip(PARTS_OF_A_DATE, (day.day, day.month, day.year), strict=True):
        if name.endswith(endings):
            return str(part)
    if kind == "email" or "reply_address" in name:
        return f"{WORDS['typed']}@ctp.example"
    return WORDS["typed"]


def links(visit: Visit) -> set[str]:
    """The addresses of this service that a page leads to."""
    if not visit.is_page:
        return set()
    found = itertools.chain(visit.page().xpath("//a/@href"), visit.page().xpath("//form/@action"))
    return {str(href).split("#")[0] for href in found if href and not str(href).startswith(FOREIGN)}


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables that statements wrote to."""
    wrote: list[str] = []

    def look(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        wrote.extend(WRITING.findall(str(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield wrote
