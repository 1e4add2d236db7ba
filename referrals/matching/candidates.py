"""Possible matches from one population: by keys and birth date, and by trigram only where those give nobody likely."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

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
    (for instance "p.merged_into_id IS NULL"); `identifiers` pairs a kind with its column.
    """

    table: str
    key_table: str
    owner: str
    identifiers: tuple[tuple[str, str], ...] = ()
    address: str = ""
    only: str = "TRUE"

    @cached_property
    def columns(self) -> str:
        """The columns fetched of every candidate, in the order `_candidate` reads them."""
        address = f"p.{self.address}" if self.address else "'' AS address"
        names = ["p.id", "p.given_name", "p.family_name", "p.other_names", "p.born_on", "p.postcode", address]
        return ", ".join(names + [f"coalesce(p.{column}, '') AS {column}" for _, column in self.identifiers])


@dataclass(frozen=True)
class Candidate:
    """One possible match: whose id, what is held, and the reasons for and against in words."""

    id: Hashable
    facts: PersonFacts
    score: float
    strength: Strength
    reasons: tuple[Reason, ...]


def find(population: Population, facts: PersonFacts, limit: int = 10, *, using: str = "default") -> list[Candidate]:
    """The likeliest matches first, at most `limit`; one statement, or two where the first finds nobody likely.

    Those for whom nothing speaks are left out, so the list may be empty.
    """
    ranking = Ranking(facts)
    with connections[using].cursor() as cursor:
        found = _scored(population, ranking, _by_keys(cursor, population, facts))
        if not found or found[0][0] < LIKELY_FROM:
            known = {row[0] for _, row in found}
            more = [row for row in _by_trigram(cursor, population, facts) if row[0] not in known]
            found = sorted(found + _scored(population, ranking, more), key=_likeliest_first)
    return [_candidate(population, facts, score, row) for score, row in found[:limit] if score >= SHOWN_FROM]


def _by_keys(cursor: CursorWrapper, population: Population, facts: PersonFacts) -> Sequence[Sequence]:
    keys = sorted(search_keys(facts))
    if not keys and not facts.born_on:
        return []
    statement = f"""
        SELECT {population.columns} FROM (
            SELECT {population.owner} AS id, sum({KEY_WEIGHTS}) AS weight, max(sum({KEY_WEIGHTS})) OVER () AS heaviest
            FROM {population.key_table} WHERE key = ANY(%s) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_BY_KEY}
        ) by_key JOIN {population.table} p USING (id)
        WHERE by_key.weight * {FAINTEST} >= by_key.heaviest AND {population.only}
        UNION ALL
        (SELECT {population.columns} FROM {population.table} p
         WHERE p.born_on = %s AND p.match_name LIKE ANY (%s) AND {population.only} LIMIT {MOST_BY_BIRTH_DATE})"""  # noqa: S608  names written in code
    cursor.execute(statement, [keys, facts.born_on, _faintly_alike(match_name(facts))])
    return list({row[0]: row for row in cursor.fetchall()}.values())


def _faintly_alike(name: str) -> list[str]:
    """LIKE patterns for names of which some word begins, or ends, as some word of this plain name does."""
    found: set[str] = set()
    for word in name.split():
        first, last = word[0], word[-2:]
        found |= {f"{first}%", f"% {first}%", f"%{last}", f"%{last} %"}
    return sorted(found)


def _by_trigram(cursor: CursorWrapper, population: Population, facts: PersonFacts) -> Sequence[Sequence]:
    """Names that hold at least half of what was typed, other names notwithstanding.

    The threshold holds until the transaction ends. LATERAL makes PostgreSQL set it before it scans the index.
    """
    name = match_name(facts)
    if not name:
        return []
    statement = f"""
        SELECT alike.* FROM (SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)) AS floor (set),
        LATERAL (
            SELECT {population.columns} FROM {population.table} p
            WHERE floor.set IS NOT NULL AND p.match_name %%> %s AND {population.only}
            ORDER BY word_similarity(%s, p.match_name) DESC, p.id LIMIT {MOST_BY_TRIGRAM}
        ) AS alike"""  # noqa: S608  names written in code
    cursor.execute(statement, [TRIGRAM_FLOOR, name, name])
    return cursor.fetchall()


def _scored(population: Population, ranking: Ranking, rows: Sequence[Sequence]) -> list[tuple[float, Sequence]]:
    kinds = [kind for kind, _ in population.identifiers]
    found = []
    for row in rows:
        score = ranking.names_and_birth_date(row[1], row[2], row[3], row[4])
        if ranking.looks_further:
            score += ranking.other_fields(row[5], row[6], dict(zip(kinds, row[7:], strict=True)))
        found.append((score, row))
    return sorted(found, key=_likeliest_first)


def _likeliest_first(scored: tuple[float, Sequence]) -> tuple[float, str]:
    score, row = scored
    return -score, str(row[0])


def _candidate(population: Population, query: PersonFacts, score: float, row: Sequence) -> Candidate:
    identity, given, family, other_names, born_on, postcode, address, *numbers = row
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
    return Candidate(identity, held, score, strength(score), tuple(reasons(query, held)))
