"""What a document says, apart from how it looks. Plain frozen values; every renderer is given the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, cast

from prevent_cases.casework.rendering.writing import printable

OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"
BRAND_COLOUR = "#1d4f91"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Row:
    """A label and what stands beside it; both plain text. Lines of ``value`` are kept."""

    label: str
    value: str


@dataclass(frozen=True)
class Statement:
    """One fact or one opinion, and where it comes from ("Social care record, 4 June 2026"); ``source`` may be empty."""

    text: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it, in this order: paragraphs, rows, facts, opinions, blank answer boxes.

    Facts and opinions are never mixed: each renderer sets them apart under the words "Fact" and "Opinion".
    ``to_answer`` holds questions with space left under each, for a form that somebody fills in.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    facts: tuple[Statement, ...] = ()
    opinions: tuple[Statement, ...] = ()
    to_answer: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DocumentContent:
    """A whole document.

    ``name`` goes into the file name ("nil-return") with ``reference``, so neither may hold anything of a person;
    ``reference`` is also the only title in the file's properties. ``dated`` is the document's date and the only
    date in its properties. ``sender`` is the council; ``addressed_to`` and ``signed_by`` are lines. ``details`` are
    the rows at the head (their reference, about whom). ``purpose`` says why the document exists; ``handling`` what
    the reader may do with it; ``footer`` closes the last page.
    """

    name: str
    title: str
    reference: str
    dated: date
    sender: str
    addressed_to: tuple[str, ...]
    details: tuple[Row, ...] = ()
    sections: tuple[Section, ...]
    purpose: str
    signed_by: tuple[str, ...] = ()
    handling: str = ""
    footer: str = ""
    marking: str = OFFICIAL_SENSITIVE

    def file_name(self, ending: str) -> str:
        """The download's name, such as ``PC-4F7K-92MX-nil-return.pdf``: the reference and the kind of document."""
        stem = re.sub(r"[^A-Za-z0-9]+", "-", f"{self.reference}-{self.name}").strip("-")
        return f"{stem}.{ending}"


def checked_colour(colour: str) -> str:
    """The colour, when it is written #rrggbb; raises ValueError otherwise."""
    if not _COLOUR.fullmatch(colour):
        raise ValueError("A brand colour is written #rrggbb.")
    return colour


def in_words(day: date) -> str:
    """A date as people write it: 4 June 2026."""
    return f"{day.day} {day:%B %Y}"


def prepared(content: DocumentContent) -> DocumentContent:
    """The same content with every text made printable (see ``writing.printable``) and the marking in capitals."""
    clean = cast(DocumentContent, _printable_throughout(content))
    return replace(clean, marking=clean.marking.upper())


def _printable_throughout(thing: Any) -> Any:
    if isinstance(thing, str):
        return printable(thing)
    if isinstance(thing, tuple):
        return tuple(_printable_throughout(item) for item in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: _printable_throughout(getattr(thing, f.name)) for f in fields(thing)})
    return thing
