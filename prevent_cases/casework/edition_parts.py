"""What an edition may change, and what each part must be: the readers of a text, its placeholders, how long it may be.

Pure: no models, no clock.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Any

from prevent_cases.casework import clocks
from prevent_cases.casework.days import Years
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.workflow import Refused

LABEL_LENGTH, HINT_LENGTH = 100, 200
MOST_DAYS, MOST_YEARS = 365, 100
MOST_ROWS = 30


@dataclass(frozen=True)
class TextPart:
    """One text: its title, who reads it, the placeholders it must hold, and how many characters it may have.
    ``is_address`` is true of one that is the address of a page."""

    title: str
    reader: str
    placeholders: tuple[str, ...] = ()
    longest: int = 1000
    is_address: bool = False


TEXTS = {
    "advice": TextPart("Advice before a referral", "Practitioners, on the help page"),
    "out_of_hours": TextPart("Out-of-hours advice", "Everybody, under the numbers to call"),
    "purpose": TextPart("Purpose of sharing", "Whoever receives a nil return, a form or an answer", longest=300),
    "nil_return": TextPart("Words of a nil return", "Counter terrorism policing, in the letter"),
    "case_note": TextPart(
        "Neutral case note", "Anybody who opens the record in the case system", ("received", "reference", "team")
    ),
    "lawful_basis": TextPart("Lawful basis", "Whoever receives what is shared", longest=300),
    "power": TextPart("Power to share", "Whoever decides what is shared, filled in for them", longest=300),
    "partner_purpose": TextPart("Why a partner is asked", "Whoever asks a partner", longest=300),
    "partner_power": TextPart(
        "By what power a partner is asked", "Whoever asks a partner, filled in for them", longest=300
    ),
    "partner_proportionality": TextPart("Why a partner is told no more", "Whoever asks a partner"),
    "proportionality": TextPart("Why no more is shared", "Whoever decides what is shared, and whoever receives it"),
    "fairness": TextPart("That sharing is fair", "Whoever decides what is shared, filled in for them", longest=300),
    "consent_not_sought": TextPart("Why consent is not sought", "Whoever decides what is shared, filled in for them"),
    "retention": TextPart("Retention", "Whoever closes a case"),
    "threshold_document": TextPart("Threshold document: its title and edition", "Children's duty", longest=200),
    "threshold_link": TextPart("Threshold document: its address", "Children's duty", longest=300, is_address=True),
}
LABELS = {"register": "What the case system is called"}
"""The words that screens ask a procedure for."""
FIXED = ("referral.record_outcome",)
"""Lists whose choices the service itself knows: they may be put in other words or left out, and none may be added."""
PARTS = ("texts", "reasons", "prompts", "lengths", "labels")


def check(changes: Mapping[str, Any], base: Procedure) -> None:
    """:raises Refused: naming the first thing in these changes that cannot stand in an edition of this procedure"""
    if unknown := set(changes) - set(PARTS):
        raise Refused(f"An edition cannot change {' or '.join(sorted(unknown))}.")
    for key, words in changes.get("texts", {}).items():
        _known(key, base.texts)
        check_text(key, words)
    for key, words in changes.get("labels", {}).items():
        _known(key, base.labels)
        _short(words, LABELS.get(key, key))
    for key, count in changes.get("lengths", {}).items():
        check_length(key, count, base)
    for act, rows in changes.get("reasons", {}).items():
        _known(act, base.reasons)
        _rows(rows, "reason")
        if act in FIXED and {row[0] for row in rows} - {reason.key for reason in base.reasons[act]}:
            raise Refused("This list can be put in other words, and no choice can be added to it.")
    if "prompts" in changes:
        _rows(changes["prompts"], "prompt")
        for _, label, hint in changes["prompts"]:
            if len(hint) > HINT_LENGTH:
                raise Refused(f"The hint of “{label}” must be {HINT_LENGTH} characters or fewer.")


def check_text(key: str, words: str) -> None:
    """:raises Refused: for no words, too many, or placeholders that are not this text's own or are missing"""
    part = TEXTS.get(key, TextPart(key, ""))
    if not words.strip():
        raise Refused(f"Enter the words of “{part.title}”.")
    if len(words) > part.longest:
        raise Refused(f"“{part.title}” must be {part.longest} characters or fewer.")
    if part.is_address and not re.fullmatch(r"https://[^\s\"<>]+", words.strip()):
        raise Refused(f"“{part.title}” must be an address that begins with https://")
    found = _placeholders(words)
    if unknown := [name for name in dict.fromkeys(found) if name not in part.placeholders]:
        known = _listed(part.placeholders) or "none"
        raise Refused(f"{_listed(unknown)} is not filled in here. What this text may hold: {known}.")
    if missing := [name for name in part.placeholders if name not in found]:
        raise Refused(f"The text must hold {_listed(missing)}.")


def check_length(key: str, count: Any, base: Procedure) -> None:
    """:raises Refused: for a clock without a length of its own, or a length nobody can mean"""
    clock = {each.key: each for each in clocks.every()}.get(key)
    length = base.length_of(clock) if clock else None
    if clock is None or length is None:
        raise Refused("There is no such deadline with a length of its own.")
    most = MOST_YEARS if isinstance(length, Years) else MOST_DAYS
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= most:
        raise Refused(f"“{clock.label}” must be between 1 and {most} {length.unit}s.")


def _placeholders(words: str) -> list[str]:
    try:
        parsed = list(Formatter().parse(words))
    except ValueError as broken:
        raise Refused("A curly bracket is not closed. Placeholders look like {reference}.") from broken
    return [name + (f":{spec}" if spec else "") + (f"!{how}" if how else "") for _, name, spec, how in parsed
            if name is not None]  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _known(key: str, mapping: Mapping[str, Any]) -> None:
    if key not in mapping:
        raise Refused(f"This procedure has nothing called {key}.")


def _short(words: str, title: str) -> None:
    if not words.strip():
        raise Refused(f"Enter the words of “{title}”.")
    if len(words) > LABEL_LENGTH:
        raise Refused(f"“{title}” must be {LABEL_LENGTH} characters or fewer.")


def _rows(rows: Sequence[Sequence[Any]], what: str) -> None:
    """Keys and labels, each there and each different."""
    if not 1 <= len(rows) <= MOST_ROWS:
        raise Refused(f"The list must have between 1 and {MOST_ROWS} {what}s.")
    for row in rows:
        if not row[0]:
            raise Refused(f"Each {what} needs a key.")
        _short(row[1], what)
    for place, name in ((0, "key"), (1, "wording")):
        twice = [each for each, count in Counter(str(row[place]).strip().lower() for row in rows).items() if count > 1]
        if twice:
            raise Refused(f"Two {what}s have the same {name}: {twice[0]}.")
