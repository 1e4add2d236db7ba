"""What a procedure is: one authority's dated, published way of working, which a case pins at receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from prevent_cases.casework.clocks import Clock
from prevent_cases.casework.days import Length

_published: dict[str, Procedure] = {}


@dataclass(frozen=True)
class Reason:
    """A short reason a person may choose; ``needs_words`` where the choice alone does not explain itself."""

    key: str
    label: str
    needs_words: bool = False


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
    the clocks by key. ``reasons`` maps an act's key to its list. ``steps`` name the optional steps this authority
    has. ``posts`` maps a post's key to its title. ``texts`` are the procedure's own words.
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
    deciders: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    form_version: str = ""
    documents: tuple[ListedDocument, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    answer_headings: tuple[tuple[str, str], ...] = ()
    source: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.key in _published:
            raise ValueError(f"Two procedures are called {self.key}")
        _published[self.key] = self

    def length_of(self, clock: Clock) -> Length | None:
        return self.lengths.get(clock.key, clock.length)

    def reasons_for(self, act: str) -> tuple[Reason, ...]:
        return self.reasons[act]

    def label(self, key: str, default: str) -> str:
        return self.labels.get(key, default)


def published(key: str) -> Procedure:
    """The procedure of this key. :raises KeyError: when none is published."""
    return _published[key]


def every() -> list[Procedure]:
    return sorted(_published.values(), key=lambda procedure: procedure.key)
