"""Possible matches from one population: by keys and birth date, and by trigram only where those give nobody likely."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connections
from django.db.backends.utils import CursorWrapper

from referrals.matching.compare import Reason, reasons
from referrals.matching.facts import PersonFacts, split_other_names
from referrals.matching.keys import search_keys
from referrals.matching.names import match_name
from referrals.matching.ranking import Ranking, Strength, strength

MOST_BY_KEY = 60
MOST_BY_BIRTH_DATE = 400
MOST_BY_TRIGRAM = 100
FAINTLY_ALIKE = 0.06
WHOLE_NAME_FLOOR, ONE_WORD_FLOOR = "0.45", "0.5"
LIKELY_FROM = 5.0
# Many people share the ends of two names; few share a sound and a date; an identifier is one person's.
KEY_WEIGHTS = "CASE left(key, 1) WHEN 'i' THEN 20 WHEN 'c' THEN 3 WHEN 's' THEN 1 WHEN 'e' THEN 1 ELSE 2 END"


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
    """The likeliest matches first, at most `limit`; one statement, or two where the first finds nobody likely."""
    ranking = Ranking(facts)
    with connections[using].cursor() as cursor:
        found = _scored(population, ranking, _by_keys(cursor, population, facts))
        if not found or found[0][0] < LIKELY_FROM:
            known = {row[0] for _, row in found}
            more = [row for row in _by_trigram(cursor, population, facts) if row[0] not in known]
            found = sorted(found + _scored(population, ranking, more), key=_likeliest_first)
    return [_candidate(population, facts, score, row) for score, row in found[:limit]]


def _by_keys(cursor: CursorWrapper, population: Population, facts: PersonFacts) -> Sequence[Sequence]:
    keys = sorted(search_keys(facts))
    if not keys and not facts.born_on:
        return []
    cursor.execute(
        f"""WITH by_key AS (
                SELECT {population.owner} AS id FROM {population.key_table} WHERE key = ANY(%s)
                GROUP BY 1 ORDER BY sum({KEY_WEIGHTS}) DESC, 1 LIMIT {MOST_BY_KEY}
            ), by_birth_date AS (
                SELECT id FROM {population.table} WHERE born_on = %s AND similarity(match_name, %s) > {FAINTLY_ALIKE}
                LIMIT {MOST_BY_BIRTH_DATE}
            ), found AS (
                SELECT id FROM by_key UNION SELECT id FROM by_birth_date
            )
            SELECT {population.columns} FROM found JOIN {population.table} p USING (id) WHERE {population.only}""",
        [keys, facts.born_on, match_name(facts)],
    )
    return cursor.fetchall()


def _by_trigram(cursor: CursorWrapper, population: Population, facts: PersonFacts) -> Sequence[Sequence]:
    """Names alike as a whole; a single word is looked for inside the names.

    The threshold holds until the transaction ends. LATERAL makes PostgreSQL set it before it scans the index.
    """
    name = match_name(facts)
    if not name:
        return []
    if " " in name:
        setting, floor, alike, degree = "similarity", WHOLE_NAME_FLOOR, "p.match_name %% %s", "similarity"
    else:
        setting, floor, alike, degree = "word_similarity", ONE_WORD_FLOOR, "p.match_name %%> %s", "word_similarity"
    cursor.execute(
        f"""SELECT alike.* FROM (SELECT set_config('pg_trgm.{setting}_threshold', %s, true)) AS floor (set),
            LATERAL (
                SELECT {population.columns} FROM {population.table} p
                WHERE floor.set IS NOT NULL AND {alike} AND {population.only}
                ORDER BY {degree}(%s, p.match_name) DESC LIMIT {MOST_BY_TRIGRAM}
            ) AS alike""",
        [floor, name, name],
    )
    return cursor.fetchall()


def _scored(population: Population, ranking: Ranking, rows: Iterable[Sequence]) -> list[tuple[float, Sequence]]:
    kinds = [kind for kind, _ in population.identifiers]
    found = []
    for row in rows:
        _, given, family, other_names, born_on, postcode, address, *numbers = row
        score = ranking.names_and_birth_date(given, family, other_names, born_on)
        score += ranking.other_fields(postcode, address, dict(zip(kinds, numbers, strict=True)))
        found.append((score, row))
    return sorted(found, key=_likeliest_first)


def _likeliest_first(scored: tuple[float, Sequence]) -> tuple[float, str]:
    score, row = scored
    return -score, str(row[0])


def _candidate(population: Population, query: PersonFacts, score: float, row: Sequence) -> Candidate:
    identity, given, family, other_names, born_on, postcode, address, *numbers = row
    kinds = [kind for kind, _ in population.identifiers]
    held = PersonFacts(given, family, split_other_names(other_names), born_on, postcode, address,
                       dict(zip(kinds, numbers, strict=True)))
    return Candidate(identity, held, score, strength(score), tuple(reasons(query, held)))
