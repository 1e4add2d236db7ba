"""Find cases by what somebody says on the telephone: a name (misspelt too), a birth date as it is usually written, a
telephone or NHS number, a postcode, either reference, or a worker, assigned or named."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework.references import tidy
from prevent_cases.casework.wording import day
from referrals.matching.candidates import Candidate, Population, find
from referrals.matching.compare import Standing
from referrals.matching.facts import facts_from_words
from referrals.models import Person, PersonKey, Referral
from referrals.models.referral import PLAIN_REFERENCE
from referrals.queries.typed import Typed, understand

PEOPLE = Population(table="referrals_person", key_table="referrals_personkey", owner="person_id")
MOST = 25
MOST_PEOPLE = 200
WHY = {"inhs": "This NHS number", "iphone": "This telephone number", "c": "This postcode"}


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
    """Cases this person may see that answer to what was typed, likeliest first; at most 25.

    At most seven statements, however much is found. Numbers, postcodes and references are looked up by index.
    """
    typed = typed.replace("\x00", "").strip()[:200]
    if not typed:
        return []
    visible = Referral.objects.visible_to(actor, today).select_related("case", "person")
    if reference := tidy(typed):
        return _found(visible.filter(case__reference=reference), {}, "This reference")
    if by_number := _by_their_reference(visible, typed):
        return _found(by_number, {}, "CT policing's reference")
    asked = understand(typed, today)
    if by_key := _by_key(visible, asked):
        return by_key
    if asked.born_on and not asked.words:
        born = Person.objects.filter(born_on__in=asked.born_on).order_by("-added_at")
        return _found(_newest(visible, born), {}, "Born on this day")
    return _by_name(visible, asked)


def _by_their_reference(visible: QuerySet[Referral], typed: str) -> list[Referral]:
    """By policing's reference, whatever stands between its letters and figures."""
    plain = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    if not any(sign.isdigit() for sign in plain):
        return []
    return list(visible.alias(plain=PLAIN_REFERENCE).filter(plain=plain).order_by("-case__opened_at")[:MOST])


def _by_key(visible: QuerySet[Referral], asked: Typed) -> list[Found]:
    """By a number or, where nothing else was typed, a postcode."""
    keys = [key for key in asked.keys if key.startswith("i") or not (asked.words or asked.born_on)]
    if not keys:
        return []
    held = list(PersonKey.objects.filter(key__in=keys).values_list("person_id", "key")[:MOST_PEOPLE])
    reasons: dict[Hashable, str] = {
        person: WHY[key.partition(":")[0] if key.startswith("i") else "c"] for person, key in held
    }
    return _found(_newest(visible, list(reasons)), reasons, "")


def _newest(visible: QuerySet[Referral], people: QuerySet[Person] | list[Any]) -> QuerySet[Referral]:
    ids = people if isinstance(people, list) else list(people.values_list("pk", flat=True)[:MOST_PEOPLE])
    about = Q(person_as_received__in=ids) | Q(person__in=ids)
    return visible.filter(about).order_by("-case__opened_at")[:MOST]


def _by_name(visible: QuerySet[Referral], asked: Typed) -> list[Found]:
    facts = replace(facts_from_words(asked.words, asked.first_date), postcode=asked.postcode)
    candidates = find(PEOPLE, facts, limit=MOST)
    reasons = {c.id: _in_words(c) for c in candidates}
    places = {c.id: place for place, c in enumerate(candidates)}
    about = Q(person_as_received__in=places) | Q(person__in=places)
    rows = sorted(
        visible.filter(about)[: MOST * 2],
        key=lambda r: min(places.get(r.person_as_received_id, MOST), places.get(r.person_id, MOST)),
    )
    found = _found(rows[:MOST], reasons, "")
    if len(asked.words) >= 3 and not asked.born_on:
        people = list(User.objects.filter(name__icontains=asked.words).values_list("pk", flat=True)[:MOST])
        theirs = Q(case__assignee__in=people) | Q(named_worker__in=people)
        theirs |= Q(named_worker_name__icontains=asked.words)
        workers = visible.filter(theirs, case__closed_at=None).order_by("case__next_due_at")[:MOST]
        found += _found([row for row in workers if row not in rows], {}, "Worker")
    return found[:MOST]


def _in_words(candidate: Candidate) -> str:
    """What speaks for somebody, as one line."""
    return "; ".join(r.text for r in candidate.reasons if r.standing in (Standing.SAME, Standing.SIMILAR))


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
