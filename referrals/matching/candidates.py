"""Possible matches from one population: by keys and birth date, and by trigram only where those give nobody likely."""

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.backends.utils import CursorWrapper

from referrals.matching.compare import Reason, reasons
from referrals.matching.facts import PersonFacts, split_other_names
from referrals.matching.keys import search_keys
from referrals.matching.names import match_name
from referrals.matching.ranking import Ranking, Strength, strength

# Bounds of the work, whatever the size of the population; held in place by benchmarks/person_match.py.
MOST_BY_KEY = 80
MOST_BY_BIRTH_DATE = 400
MOST_BY_TRIGRAM = 100
# Who shares less than a quarter of what the best one shares is not fetched.
FAINTEST = 4
TRIGRAM_FLOOR = "0.5"
LIKELY_FROM = 5.0
SHOWN_FROM = 1.0
# Many people share the ends of two names; fewer share a sound and a date; an identifier is one person's.
KEY_WEIGHTS = "CASE left(key, 1) WHEN 'i' THEN 8 WHEN 'c' THEN 5 WHEN 's' THEN 1 WHEN 'e' THEN 1 ELSE 2 END"


@dataclass(frozen=True)
class Population:
    """Where one kind of person is stored. Every text here is written in code, never taken from a request.

    `owner` is the key table's column that points to `table`.id; `only` is an SQL condition on the table, as p
    (for instance "p.merged_into_id IS NULL"); `identifiers` pairs a kind with its column. `also` is a jsonb expression
    over p, fetched with every candidate; `as_of` an SQL expression for how old the population's data are.
    """

    table: str
    key_table: str
    owner: str
    identifiers: tuple[tuple[str, str], ...] = ()
    address: str = ""
    only: str = "TRUE"
    also: str = "NULL::jsonb"
    as_of: str = "NULL::timestamptz"

    @cached_property
    def columns(self) -> str:
        """The columns fetched of every candidate, in the order `_candidate` reads them."""
        address = f"p.{self.address}" if self.address else "'' AS address"
        names = [
            "p.id::text AS id",
            "p.given_name",
            "p.family_name",
            "p.other_names",
            "p.born_on",
            "p.postcode",
            address,
        ]
        numbers = [f"coalesce(p.{column}, '') AS {column}" for _, column in self.identifiers]
        return ", ".join([*names, *numbers, f"{self.also} AS also"])


@dataclass(frozen=True)
class Candidate:
    """One possible match: whose id, what is held, and the reasons for and against in words."""

    id: Hashable
    facts: PersonFacts
    score: float
    strength: Strength
    reasons: tuple[Reason, ...]
    also: dict[str, Any]


@dataclass(frozen=True)
class Found:
    """Whom one population may hold, likeliest first, and how old its data are (None where it says nothing of that)."""

    candidates: list[Candidate]
    as_of: datetime | None


def find(population: Population, facts: PersonFacts, limit: int = 10, *, using: str = "default") -> list[Candidate]:
    """The likeliest matches first, at most `limit`; one statement, or two where the first finds nobody likely.

    Those for whom nothing speaks are left out, so the list may be empty.
    """
    return find_among([(population, limit)], facts, using=using)[0].candidates


def find_among(
    searches: Sequence[tuple[Population, int]], facts: PersonFacts, *, using: str = "default"
) -> list[Found]:
    """The same in several populations at once, each with its limit: one statement for all, or two."""
    ranking, name = Ranking(facts), match_name(facts)
    populations = [population for population, _ in searches]
    with connections[using].cursor() as cursor:
        asked = _asked(cursor, {place: (one, *_by_keys(one, facts)) for place, one in enumerate(populations)})
        found = [_scored(one, ranking, asked[place][1]) for place, one in enumerate(populations)]
        unlikely = [place for place, rows in enumerate(found) if not rows or rows[0][0] < LIKELY_FROM]
        if unlikely and name:
            more = _asked(
                cursor, {place: (populations[place], *_by_trigram(populations[place], name)) for place in unlikely}
            )
            for place in unlikely:
                known = {row[0] for _, row in found[place]}
                fresh = [row for row in more[place][1] if row[0] not in known]
                found[place] = sorted(found[place] + _scored(populations[place], ranking, fresh), key=_likeliest_first)
    return [
        Found(
            [_candidate(one, facts, score, row) for score, row in rows[:limit] if score >= SHOWN_FROM], asked[place][0]
        )
        for place, ((one, limit), rows) in enumerate(zip(searches, found, strict=True))
    ]


Rows = list[Sequence[Any]]


def _asked(
    cursor: CursorWrapper, statements: dict[int, tuple[Population, str, list[Any]]]
) -> dict[int, tuple[datetime | None, Rows]]:
    """What each statement finds, by its place, with how old its population is. One statement for all of them."""
    parts = [
        f"SELECT {place} AS place, {population.as_of} AS as_of, found.*"  # noqa: S608  names written in code
        f" FROM (VALUES (1)) one LEFT JOIN ({sql}) found ON true"
        for place, (population, sql, _) in statements.items()
    ]
    cursor.execute(" UNION ALL ".join(parts), [value for _, _, given in statements.values() for value in given])
    ages: dict[int, datetime | None] = {}
    rows: dict[int, dict[str, Sequence[Any]]] = {place: {} for place in statements}
    for place, as_of, *row in cursor.fetchall():
        ages[place] = as_of
        if row[0] is not None:
            rows[place][row[0]] = row
    return {place: (ages[place], list(rows[place].values())) for place in statements}


def _by_keys(population: Population, facts: PersonFacts) -> tuple[str, list[Any]]:
    """Who shares keys or the birth date, as SQL with its values."""
    statement = f"""
        SELECT {population.columns} FROM (
            SELECT {population.owner} AS id, sum({KEY_WEIGHTS}) AS weight, max(sum({KEY_WEIGHTS})) OVER () AS heaviest
            FROM {population.key_table} WHERE key = ANY(%s) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_BY_KEY}
        ) by_key JOIN {population.table} p USING (id)
        WHERE by_key.weight * {FAINTEST} >= by_key.heaviest AND {population.only}
        UNION ALL
        (SELECT {population.columns} FROM {population.table} p
         WHERE p.born_on = %s AND p.match_name LIKE ANY (%s) AND {population.only} LIMIT {MOST_BY_BIRTH_DATE})"""  # noqa: S608  names written in code
    return statement, [sorted(search_keys(facts)), facts.born_on, _faintly_alike(match_name(facts))]


def _faintly_alike(name: str) -> list[str]:
    """LIKE patterns for names of which some word begins, or ends, as some word of this plain name does."""
    found: set[str] = set()
    for word in name.split():
        first, last = word[0], word[-2:]
        found |= {f"{first}%", f"% {first}%", f"%{last}", f"%{last} %"}
    return sorted(found)


def _by_trigram(population: Population, name: str) -> tuple[str, list[Any]]:
    """Names that hold at least half of what was typed, other names notwithstanding, as SQL with its values.

    The threshold holds until the transaction ends. LATERAL makes PostgreSQL set it before it scans the index.
    """
    statement = f"""
        SELECT alike.* FROM (SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)) AS floor (set),
        LATERAL (
            SELECT {population.columns} FROM {population.table} p
            WHERE floor.set IS NOT NULL AND p.match_name %%> %s AND {population.only}
            ORDER BY word_similarity(%s, p.match_name) DESC, p.id LIMIT {MOST_BY_TRIGRAM}
        ) AS alike"""  # noqa: S608  names written in code
    return statement, [TRIGRAM_FLOOR, name, name]


def _scored(population: Population, ranking: Ranking, rows: Sequence[Sequence]) -> list[tuple[float, Sequence]]:
    kinds = [kind for kind, _ in population.identifiers]
    found = []
    for row in rows:
        score = ranking.names_and_birth_date(row[1], row[2], row[3], row[4])
        if ranking.looks_further:
            score += ranking.other_fields(row[5], row[6], dict(zip(kinds, row[7:-1], strict=True)))
        found.append((score, row))
    return sorted(found, key=_likeliest_first)


def _likeliest_first(scored: tuple[float, Sequence]) -> tuple[float, str]:
    score, row = scored
    return -score, str(row[0])


def _candidate(population: Population, query: PersonFacts, score: float, row: Sequence) -> Candidate:
    identity, given, family, other_names, born_on, postcode, address, *numbers, also = row
    kinds = [kind for kind, _ in population.identifiers]
    held = PersonFacts(
        given,
        family,
        split_other_names(other_names),
        born_on,
        postcode,
        address,
        dict(zip(kinds, numbers, strict=True)),
    )
    more = json.loads(also) if isinstance(also, str) else also or {}
    return Candidate(_native(identity), held, score, strength(score), tuple(reasons(query, held)), more)


def _native(identity: str) -> UUID | int:
    """An id out of its text: populations with ids of either kind are asked for together, as text."""
    return UUID(identity) if "-" in identity else int(identity)
