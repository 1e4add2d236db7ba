"""The boxes of a practitioner's referral by name, and what changed in them. Rows are read inside access.oneself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from prevent_cases.casework.models import Event, Narrative
from prevent_cases.casework.queries import Change
from prevent_cases.casework.wording import day
from referrals.models import PractitionerReferral
from referrals.national_form.editions import labels
from referrals.queries.headings import labels_of

ABOUT = {
    "given_name": "Given names",
    "family_name": "Family name",
    "other_names": "Other names",
    "born_on": "Date of birth",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Telephone",
    "nhs_number": "NHS number",
}
"""The person's details that a referrer may put right, as columns of the referral."""
FINISHED, ADVICE, STEPS, ADDED = "finished", "advice.taken", "concern.steps", "added"
CARRIED = (FINISHED, ADVICE, STEPS)
"""Headings that hold no words of the form: they are shown apart, and are not amended."""
OTHERWISE = {ADDED: "Added later", ADVICE: "Advice taken before it was sent", STEPS: "At the organisation"}
AMENDED = "practitioner.amended"


@dataclass(frozen=True)
class Box:
    """A box of the form, its label, and what it says now."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Amendment:
    """One amendment: when, why, and each box before and after, as components/timeline.html takes them."""

    at: datetime
    title: str
    by: str
    lines: tuple[str, ...]
    changes: tuple[Change, ...]


def label_of(form_version: str, key: str) -> str:
    """What a box is called: a column of the person, a box of the form's edition, or one of ours."""
    return ABOUT.get(key) or OTHERWISE.get(key) or all_labels(form_version).get(key) or in_words(key)


def all_labels(form_version: str) -> dict[str, str]:
    """The label of every box of a form's edition, as it is asked here or as it is read from a file, in its order."""
    asked = labels(form_version)
    return asked | {key: label for key, label in labels_of(form_version).items() if key not in asked}


def boxes_of(form_version: str, rows: Iterable[Narrative]) -> list[Box]:
    """The words of a referral in the order of the form. What was carried beside the form is left out."""
    told = {row.heading: row.text for row in rows if row.heading not in CARRIED}
    order = [key for key in all_labels(form_version) if key in told]
    return [Box(key, label_of(form_version, key), told[key]) for key in (*order, *sorted(told.keys() - set(order)))]


def about_rows(referral: PractitionerReferral) -> list[dict[str, Any]]:
    """Who the referral is about, as components/summary_list.html takes it."""
    return [
        {"key": label, "value": shown(getattr(referral, name)), "is_name": name.endswith("_name")}
        for name, label in ABOUT.items()
        if getattr(referral, name)
    ]


def amendments(referral: PractitionerReferral) -> list[Amendment]:
    """What the referrer changed since it was sent, newest first: three statements, none where nothing was amended."""
    if not referral.version:
        return []
    events = Event.objects.filter(case=referral.case_id, kind=AMENDED).select_related("by").order_by("-at", "-id")
    columns = list(PractitionerReferral.history.filter(id=referral.pk).order_by("history_date", "history_id"))
    kept = Narrative.history.filter(case_id=referral.case_id, subject=referral.record_key)
    words = list(kept.order_by("heading", "history_date", "history_id"))
    return [
        Amendment(
            at=event.at,
            title="Changed what was written",
            by=event.by.name if event.by else "",
            lines=(f"Reason: {event.facts['reason']}",),
            changes=(*_columns(columns, event.at), *_words(words, event.at, referral.form_version)),
        )
        for event in events
    ]


def shown(value: date | str) -> str:
    return day(value) if isinstance(value, date) else value


def in_words(key: str) -> str:
    """A key nobody has a label for, as a phrase."""
    return key.replace("_", " ").replace(".", ": ").capitalize()


def _columns(rows: Sequence[Any], at: datetime) -> list[Change]:
    found = []
    for before, after in pairwise(rows):
        if after.history_date != at:
            continue
        for name, label in ABOUT.items():
            old, new = shown(getattr(before, name) or ""), shown(getattr(after, name) or "")
            if old != new:
                found.append(Change(label, old or "nothing", new or "nothing", is_name=name.endswith("_name")))
    return found


def _words(rows: Sequence[Any], at: datetime, form_version: str) -> list[Change]:
    """History rows lie heading by heading: the row before an amended one is what it said before."""
    found = []
    for place, after in enumerate(rows):
        if after.history_date != at:
            continue
        before = rows[place - 1] if place and rows[place - 1].heading == after.heading else None
        old = before.text if before else ""
        found.append(Change(label_of(form_version, after.heading), old or "nothing", after.text or "nothing"))
    return found
