"""Find cases by what somebody says on the telephone: a name (misspelt too), a birth date, a reference or a worker."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework.references import tidy
from prevent_cases.casework.wording import day
from referrals.matching.candidates import Candidate, Population, find
from referrals.matching.compare import Standing
from referrals.matching.facts import facts_from_words
from referrals.models import Person, Referral

PEOPLE = Population(table="referrals_person", key_table="referrals_personkey", owner="person_id")
MOST = 25
DATE = re.compile(r"\b(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True)
class Found:
    case_id: UUID
    name: str
    reference: str
    born: str
    state: str
    opened: str
    why: str
    is_open: bool


def search(actor: Actor, typed: str, today: date) -> list[Found]:
    """Cases this person may see that answer to what was typed, likeliest first; at most 25."""
    typed = typed.replace("\x00", "").strip()[:200]
    if not typed:
        return []
    visible = Referral.objects.visible_to(actor, today).select_related("case", "person")
    reference = tidy(typed)
    if reference:
        return _found(visible.filter(case__reference=reference), {}, "This reference")
    by_number = list(visible.filter(policing_reference__in={typed, typed.upper()})[:MOST])
    if by_number:
        return _found(by_number, {}, "CT policing's reference")
    words, born_on = _take_date(typed)
    if born_on and not words:
        born = list(Person.objects.filter(born_on=born_on).order_by("-added_at").values_list("pk", flat=True)[:200])
        about = Q(person_as_received__in=born) | Q(person__in=born)
        return _found(visible.filter(about).order_by("-case__opened_at")[:MOST], {}, "Born on this day")
    candidates = find(PEOPLE, facts_from_words(words, born_on), limit=MOST)
    reasons = {c.id: _in_words(c) for c in candidates}
    places = {c.id: place for place, c in enumerate(candidates)}
    about = Q(person_as_received__in=places) | Q(person__in=places)
    rows = sorted(
        visible.filter(about)[: MOST * 2],
        key=lambda r: min(places.get(r.person_as_received_id, MOST), places.get(r.person_id, MOST)),
    )
    found = _found(rows[:MOST], reasons, "")
    if len(words) >= 3 and born_on is None:
        people = list(User.objects.filter(name__icontains=words).values_list("pk", flat=True)[:MOST])
        workers = visible.filter(case__assignee__in=people, case__closed_at=None).order_by("case__next_due_at")[:MOST]
        found += _found([row for row in workers if row not in rows], {}, "Worker")
    return found[:MOST]


def _in_words(candidate: Candidate) -> str:
    """What speaks for somebody, as one line."""
    return "; ".join(r.text for r in candidate.reasons if r.standing in (Standing.SAME, Standing.SIMILAR))


def _take_date(typed: str) -> tuple[str, date | None]:
    """What was typed without its date, and the date; day first, as it is written here."""
    match = DATE.search(typed)
    if not match:
        return typed, None
    d, m, y, iso_y, iso_m, iso_d = match.groups()
    parts = (int(y), int(m), int(d)) if y else (int(iso_y), int(iso_m), int(iso_d))
    try:
        born_on = date(*parts)
    except ValueError:
        return typed, None
    return (typed[: match.start()] + typed[match.end() :]).strip(" ,"), born_on


def _found(rows: Iterable[Referral], reasons: Mapping[Hashable, str], why: str) -> list[Found]:
    return [
        Found(
            case_id=row.case_id,
            name=row.full_name,
            reference=row.case.reference,
            born=day(row.born_on) or "Not known",
            state=row.get_state_display(),
            opened=day(row.case.opened_at),
            why=why or reasons.get(row.person_as_received_id) or reasons.get(row.person_id, ""),
            is_open=row.case.is_open,
        )
        for row in rows
    ]


def chosen(actor: Actor, case_ids: list[UUID], today: date) -> list[Found]:
    """The ticked cases that this person may see, oldest deadline first: one statement."""
    rows = Referral.objects.visible_to(actor, today).select_related("case").filter(case__in=case_ids)
    return _found(rows.order_by("case__next_due_at"), {}, " ")
