"""A procedure's parts as their editors see them: what each says, what is prepared, and what each edition changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from prevent_cases.casework import clocks, edition_parts, procedure
from prevent_cases.casework.edition_parts import LABELS, TEXTS, TextPart
from prevent_cases.casework.models import PreparedEdition, ProcedureEdition, Stateful
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.wording import day

OTHER_LISTS = {"clock.extend": "Extend a deadline", "search.systems": "Other systems that are searched"}
PROMPTS = "What a practitioner may be asked to think of"
HEADINGS = {
    "texts": "Texts", "reasons": "Lists of reasons", "prompts": "Prompts", "lengths": "Deadlines",
    "labels": "Words for things",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part that may be changed: ``key`` is empty for prompts. ``value`` has the shape an edition keeps."""

    part: str
    key: str
    title: str
    value: Any

    @property
    def said(self) -> str:
        return in_words(self.part, self.value)


@dataclass(frozen=True)
class Told:
    """One change in words."""

    label: str
    before: str
    after: str


def parts(kept: Procedure) -> list[Part]:
    """Everything about a procedure that an edition may change, as it stands in this one."""
    acts = _acts()
    found = [Part("texts", key, TEXTS[key].title, kept.texts[key]) for key in TEXTS if key in kept.texts]
    found += [Part("reasons", act, acts.get(act, act), _rows(kept.reasons[act])) for act in sorted(kept.reasons)]
    found.append(Part("prompts", "", PROMPTS, [[one.key, one.label, one.hint] for one in kept.prompts]))
    for clock in sorted(clocks.every(), key=lambda each: each.label):
        length = kept.length_of(clock)
        if length is not None:
            found.append(Part("lengths", clock.key, clock.label, f"{length}"))
    return found + [Part("labels", key, LABELS[key], kept.labels[key]) for key in LABELS if key in kept.labels]


def part_of(kept: Procedure, name: str, key: str) -> Part:
    """:raises KeyError: for a part there is not"""
    for one in parts(kept):
        if (one.part, one.key) == (name, key):
            return one
    raise KeyError(key)


def text_part(key: str) -> TextPart:
    return edition_parts.TEXTS[key]


def address(procedure_key: str, one: Part) -> str:
    return reverse("reference:part", args=[procedure_key, one.part, one.key or "all"])


def sections(procedure_key: str, on: date, prepared: PreparedEdition, *, may_edit: bool) -> list[dict[str, Any]]:
    """Every part under its heading, as it is in force or prepared, each with the way to change it."""
    kept = procedure.in_force(procedure_key, on)
    coming = procedure.changed(kept, prepared.changes, number=-1)
    found: dict[str, list[dict[str, str]]] = {}
    for now, then in zip(parts(kept), parts(coming), strict=True):
        key = f"{now.title} (prepared, not published)" if now != then else now.title
        url = address(procedure_key, now) if may_edit else ""
        found.setdefault(now.part, []).append({"key": key, "value": then.said, "change_url": url})
    return [{"title": HEADINGS[name], "rows": rows} for name, rows in found.items()]


def told(changes: Mapping[str, Any], before: Procedure) -> list[Told]:
    """What changes would do to a procedure, part by part, in words."""
    after = procedure.changed(before, changes, number=-1)
    return [
        Told(then.title, now.said, then.said)
        for now, then in zip(parts(before), parts(after), strict=True) if now != then
    ]  # fmt: skip


def editions(procedure_key: str, on: date) -> list[dict[str, Any]]:
    """Every edition of a procedure, newest first, with what it changed: one statement."""
    rows = list(
        ProcedureEdition.objects.filter(procedure_key=procedure_key)
        .select_related("by", "taken_back__by").order_by("effective_from", "number")
    )  # fmt: skip
    found, standing = [], procedure.published(procedure_key)
    for row in rows:
        taken = getattr(row, "taken_back", None)
        found.append(_listed(row, taken, on) | {"changes": told(row.changes, standing)})
        if taken is None:
            standing = procedure.changed(standing, row.changes, number=row.number)
    return sorted(found, key=lambda one: -one["number"])


def _listed(row: ProcedureEdition, taken: Any, on: date) -> dict[str, Any]:
    if taken is not None:
        standing, tone = f"Taken back on {day(taken.at)} by {taken.by.name}", "neutral"
    elif row.effective_from > on:
        standing, tone = "Not in force yet", "waiting"
    else:
        standing, tone = "In force", "done"
    return {
        "id": row.pk, "number": row.number, "effective_from": row.effective_from, "why": row.why, "by": row.by.name,
        "at": row.at, "standing": standing, "tone": tone,
        "may_take_back": taken is None and row.effective_from > on,
    }  # fmt: skip


def coming(procedure_key: str, on: date) -> list[ProcedureEdition]:
    rows = ProcedureEdition.objects.filter(procedure_key=procedure_key, taken_back__isnull=True)
    return list(rows.filter(effective_from__gt=on).order_by("effective_from", "number"))


def procedures(on: date) -> list[dict[str, Any]]:
    """Each procedure with the edition in force: no statement beyond the registry's."""
    return [
        {
            "title": one.title, "url": reverse("reference:procedure", args=[one.key]), "detail": one.authority,
            "edition": procedure.in_force(one.key, on).edition,
            "next": procedure.in_force(one.key, date.max).edition,
        }
        for one in procedure.every()
    ]  # fmt: skip


def in_words(part: str, value: Any) -> str:
    if part == "reasons":
        return "\n".join(
            f"{label}{' (to be explained in words)' if needs_words else ''}" for _, label, needs_words in value
        )
    if part == "prompts":
        return "\n".join(label for _, label, _ in value)
    return str(value)


def _rows(reasons: Any) -> list[list[Any]]:
    return [[one.key, one.label, one.needs_words] for one in reasons]


def _acts() -> dict[str, str]:
    rows: Iterator[Any] = (row for model in Stateful.__subclasses__() for row in model.workflow)
    return {row.key: row.label for row in rows} | OTHER_LISTS
