"""What a procedure is: one authority's dated, published way of working, which a case pins at receipt.

What the code publishes is the base. A council's own editions change its words, lists and lengths from a day on
(:func:`in_force`). They are read from the database at most once a minute by each process, never once a request.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from datetime import time as hour
from typing import Any

from prevent_cases.casework import clocks
from prevent_cases.casework.clocks import Clock
from prevent_cases.casework.days import Length

READ_EVERY = 60.0
"""Seconds for which a process trusts the editions it has read."""

_published: dict[str, Procedure] = {}


@dataclass(frozen=True)
class Reason:
    """A short reason a person may choose; ``needs_words`` where the choice alone does not explain itself."""

    key: str
    label: str
    needs_words: bool = False


@dataclass(frozen=True)
class Prompt:
    """Something that may be noticed: a prompt for the writer's own words, never a score (N3.1 to N3.3, E4.23)."""

    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class ListedDocument:
    """A document of the procedure's register: its title, edition and when it must be reviewed."""

    key: str
    title: str
    edition: str
    review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """Data, no logic.

    ``routes`` maps what adult social care knows to the kind of team that receives the case. ``lengths`` override
    the clocks by key; ``cut_offs`` their hour after which receipt counts as the next working day. ``reasons`` maps an
    act's key to its list. ``steps`` name the optional steps this authority has. ``posts`` maps a post's key to its
    title. ``texts`` are the procedure's own words. ``prompts`` are what a practitioner may be asked to think of.
    ``edition`` is the number of the last edition in it, 0 for the base.
    """

    key: str
    title: str
    authority: str
    effective_from: date
    effective_to: date | None = None
    division: str = "england-and-wales"
    labels: dict[str, str] = field(default_factory=dict)
    routes: dict[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    lengths: dict[str, Length] = field(default_factory=dict)
    cut_offs: dict[str, hour] = field(default_factory=dict)
    deciders: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    form_version: str = ""
    documents: tuple[ListedDocument, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    answer_headings: tuple[tuple[str, str], ...] = ()
    prompts: tuple[Prompt, ...] = ()
    source: tuple[str, ...] = ()
    edition: int = 0

    def __post_init__(self) -> None:
        if self.edition:
            return
        if self.key in _published:
            raise ValueError(f"Two procedures are called {self.key}")
        _published[self.key] = self

    def length_of(self, clock: Clock) -> Length | None:
        return self.lengths.get(clock.key, clock.length)

    def cut_off_of(self, clock: Clock) -> hour | None:
        return self.cut_offs.get(clock.key, clock.cut_off)

    def reasons_for(self, act: str) -> tuple[Reason, ...]:
        return self.reasons[act]

    def label(self, key: str, default: str) -> str:
        return self.labels.get(key, default)


@dataclass(frozen=True)
class Edition:
    """A change in force from a day on: its number, and what it changes, part by part (see :func:`changed`)."""

    procedure_key: str
    number: int
    effective_from: date
    changes: Mapping[str, Any]


@dataclass(frozen=True)
class _Known:
    """The editions a process has read, in the order in which they add up, and when it read them."""

    editions: tuple[Edition, ...] = ()
    read_at: float = float("-inf")


Reader = Callable[[], Iterable[Edition]]
_known = _Known()
_made: dict[tuple[str, tuple[int, ...]], Procedure] = {}
_reader: Reader = tuple


def published(key: str) -> Procedure:
    """The base of this key, as the code publishes it. :raises KeyError: when none is published."""
    return _published[key]


def in_force(key: str, on: date) -> Procedure:
    """The procedure of this key with the editions in force on a day: what a case received that day keeps.

    :raises KeyError: when none is published
    """
    if time.monotonic() - _known.read_at >= READ_EVERY:
        read_again()
    own = [each for each in _known.editions if each.procedure_key == key and each.effective_from <= on]
    if not own:
        return published(key)
    name = (key, tuple(each.number for each in own))
    if name not in _made:
        made = published(key)
        for each in own:
            made = changed(made, each.changes, number=each.number)
        _made[name] = made
    return _made[name]


def read_editions_by(reader: Reader) -> None:
    """Say how editions are read. This module knows no database."""
    global _reader  # noqa: PLW0603 -- one source for the process
    _reader = reader


def read_again() -> None:
    """Read the editions now: after a minute, and at once in the process that publishes."""
    began = time.monotonic()
    _take(_reader(), began)


def take_up(editions: Iterable[Edition]) -> None:
    """Hold these editions as if they had just been read."""
    _take(editions, time.monotonic())


def _take(editions: Iterable[Edition], read_at: float) -> None:
    global _known  # noqa: PLW0603 -- one registry for the process, replaced whole so that no reader sees half of it
    _known = _Known(tuple(sorted(editions, key=lambda each: (each.effective_from, each.number))), read_at)
    _made.clear()


def changed(kept: Procedure, changes: Mapping[str, Any], *, number: int) -> Procedure:
    """A procedure with changes put in: ``texts`` and ``labels`` (key to words), ``lengths`` (clock to a count in the
    clock's own unit), ``reasons`` (act to rows of key, label, needs_words), ``prompts`` (rows of key, label, hint)."""
    lengths = dict(kept.lengths)
    for key, count in changes.get("lengths", {}).items():
        now = kept.length_of(clocks.declared(key))
        if now is not None:
            lengths[key] = now.of(count)
    reasons = {act: tuple(Reason(*row) for row in rows) for act, rows in changes.get("reasons", {}).items()}
    prompts = changes.get("prompts")
    return replace(
        kept,
        texts={**kept.texts, **changes.get("texts", {})},
        labels={**kept.labels, **changes.get("labels", {})},
        lengths=lengths,
        reasons={**kept.reasons, **reasons},
        prompts=kept.prompts if prompts is None else tuple(Prompt(*row) for row in prompts),
        edition=number,
    )


def every() -> list[Procedure]:
    return sorted(_published.values(), key=lambda procedure: procedure.key)
