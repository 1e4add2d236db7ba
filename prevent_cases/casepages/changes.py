"""What an act changed, before and after, in words: read from the rows' history, for the events on one page.

Only the columns named here are ever told, under the words given here. Material is told to whom it is open to, and the
database holds it back from anybody else: its history stands behind the same wall (security.md, D13, D14).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from json import loads
from typing import Any

from django.db import connection, models

from prevent_cases.accounts.models import Locality, Team, User
from prevent_cases.casework.models import Case, Document, Narrative
from prevent_cases.casework.queries import Change, Happening
from prevent_cases.casework.wording import day
from referrals.models import InformationForm, Referral

NAMED = (Team, User, Locality)
NOTHING = "not given"


@dataclass(frozen=True)
class Column:
    """One column and what people call it. ``is_name`` marks what a shared screen hides."""

    field: Any
    label: str
    is_name: bool = False

    @property
    def stored_as(self) -> str:
        return str(self.field.column)

    def in_words(self, value: Any, names: Mapping[str, str]) -> str:
        """A stored value in the words people use for it."""
        if value is None or value == "":
            return NOTHING
        if self.field.is_relation:
            return names.get(value, "a name that is no longer held")
        if self.field.choices:
            return str(dict(self.field.flatchoices).get(value, value))
        return day(date.fromisoformat(value)) if isinstance(self.field, models.DateField) else str(value)


@dataclass(frozen=True)
class Told:
    """A model whose changes are told, its history's table, and how that table names the case."""

    table: str
    case_key: str
    columns: tuple[Column, ...]
    is_material: bool


def told(
    model: type[models.Model], labels: dict[str, str], *, personal: Mapping[str, str] = {}, is_material: bool = False
) -> Told:
    """Tell of these columns of a model. ``personal`` ones describe the person who was referred."""
    described = model._meta  # noqa: SLF001 Django's own name
    columns = [Column(described.get_field(name), label) for name, label in labels.items()]
    columns += [Column(described.get_field(name), label, is_name=True) for name, label in personal.items()]
    table = model.history.model._meta.db_table  # type: ignore[attr-defined]  # noqa: SLF001
    return Told(table, "id" if model is Case else "case_id", tuple(columns), is_material)


TOLD = (
    told(
        Case,
        {"holder_team": "With", "assignee": "Assigned to", "locality": "Locality", "sensitivity": "Sensitivity"},
    ),
    told(
        Referral,
        {
            "policing_reference": "Their reference", "sender_name": "Sent by", "reply_address": "Reply address",
            "age_group": "Adult or child", "source": "First raised by", "known": "Known to adult social care",
            "named_worker_name": "Named worker", "outcome": "Outcome",
        },
        personal={
            "given_name": "First name", "family_name": "Last name", "other_names": "Other names",
            "born_on": "Date of birth", "address": "Address", "postcode": "Postcode", "nhs_number": "NHS number",
            "phone": "Telephone", "mosaic_id": "Number in the case system",
        },
    ),
    told(InformationForm, {"due_on": "Form due", "worker": "Form given to", "reply_address": "Form's reply address"}),
    told(Narrative, {}, personal={"text": "Words of the referral"}, is_material=True),
    told(Document, {"scan": "Check for viruses", "title": "Title of a document"}, is_material=True),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A history row and the one before it, of one record."""

    told: Told
    record: str
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any]


def with_changes(case: Case, page: Sequence[Happening], *, may_open: bool) -> list[Happening]:
    """The same happenings, each with what its act changed: two statements, or none where nothing happened.

    Several events of one act share its moment: the changes stand with the first of them.
    """
    if not page:
        return []
    moments = sorted({item.at for item in page})
    steps = _steps(case, moments, may_open=may_open)
    names = _names(steps)
    changes = {at: _changes([step for step in steps if step.at == at], names) for at in moments}
    first = {item.at: place for place, item in enumerate(page)}
    return [
        replace(item, changes=item.changes + changes[item.at]) if first[item.at] == place else item
        for place, item in enumerate(page)
    ]


def _steps(case: Case, moments: list[datetime], *, may_open: bool) -> list[Step]:
    readable = [(place, told) for place, told in enumerate(TOLD) if may_open or not told.is_material]
    statement = " UNION ALL ".join(_select(place, told) for place, told in readable)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY at, history_id", [case.pk, moments] * len(readable))
        rows = cursor.fetchall()
    return [Step(TOLD[place], record, at, loads(before), loads(after)) for place, record, at, _, before, after in rows]


def _select(place: int, told: Told) -> str:
    """History rows of these moments, each beside the row it follows; the first row of a record follows none."""
    before, after = (", ".join(f"'{c.stored_as}', {row}.{c.stored_as}" for c in told.columns) for row in "bh")
    return f"""(SELECT {place}, h.id::text, h.history_date AS at, h.history_id,
                       jsonb_build_object({before}), jsonb_build_object({after})
        FROM {told.table} h CROSS JOIN LATERAL (
            SELECT * FROM {told.table} b WHERE b.id = h.id
               AND (b.history_date, b.history_id) < (h.history_date, h.history_id)
             ORDER BY b.history_date DESC, b.history_id DESC LIMIT 1) b
       WHERE h.{told.case_key} = %s AND h.history_date = ANY(%s))"""  # noqa: S608 names of our own tables and columns


def _changes(steps: Sequence[Step], names: Mapping[str, str]) -> tuple[Change, ...]:
    """What one moment changed: each record's values before its first step and after its last."""
    whole: dict[str, Step] = {}
    for step in steps:
        earlier = whole.get(step.record)
        whole[step.record] = replace(step, before=earlier.before) if earlier else step
    return tuple(
        Change(column.label, column.in_words(old, names), column.in_words(new, names), column.is_name)
        for step in whole.values()
        for column in step.told.columns
        if (old := step.before[column.stored_as]) != (new := step.after[column.stored_as])
    )


def _names(steps: Sequence[Step]) -> dict[str, str]:
    """Names of the teams, people and localities that the steps refer to, in one statement."""
    wanted: dict[Any, set[str]] = {model: set() for model in NAMED}
    for step in steps:
        for column in step.told.columns:
            if column.field.is_relation:
                values = {step.before[column.stored_as], step.after[column.stored_as]}
                wanted[column.field.related_model] |= values - {None}
    parts = [model.objects.filter(pk__in=ids).values_list("pk", "name") for model, ids in wanted.items() if ids]
    return {str(pk): name for pk, name in parts[0].union(*parts[1:])} if parts else {}
