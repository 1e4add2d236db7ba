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
from referrals.matching.ranking import POSSIBLE_FROM, Ranking, Strength, strength

MOST_BY_KEY = 200
MOST_BY_BIRTH_DATE = 400
MOST_BY_TRIGRAM = 100
TRIGRAM_FLOOR = 0.45


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
        """The columns fetched of every candidate, in the order `_candidate_facts` reads them."""
        address = f"p.{self.address}" if self.address else "''"
        names = ["p.id", "p.given_name", "p.family_name", "p.other_names", "p.born_on", "p.postcode", address]
        return ", ".join(names + [f"p.{column}" for _, column in self.identifiers])


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
        found = dict(_scored(population, ranking, _by_keys(cursor, population, facts)))
        if not found or max(score for score, _ in found.values()) < POSSIBLE_FROM:
            found |= dict(_scored(population, ranking, _by_trigram(cursor, population, facts)))
    best = sorted(found.items(), key=lambda item: (-item[1][0], str(item[0])))[:limit]
    return [
        Candidate(identity, held, score, strength(score), tuple(reasons(facts, held)))
        for identity, (score, held) in best
    ]


def _by_keys(cursor: CursorWrapper, population: Population, facts: PersonFacts) -> Sequence[Sequence]:
    keys = sorted(search_keys(facts))
    if not keys and not facts.born_on:
        return []
    cursor.execute(
        f"""WITH by_key AS (
                SELECT {population.owner} AS id FROM {population.key_table} WHERE key = ANY(%s)
                GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT {MOST_BY_KEY}
            ), by_birth_date AS (
                SELECT id FROM {population.table} WHERE born_on = %s LIMIT {MOST_BY_BIRTH_DATE}
            ), found AS (
                SELECT id FROM by_key UNION SELECT id FROM by_birth_date
            )
            SELECT {population.columns} FROM found JOIN {population.table} p USING (id) WHERE {population.only}""",
        [keys, facts.born_on],
    )
    return cursor.fetchall()


def _by_trigram(cursor: CursorWrapper, population: Population, facts: PersonFacts) -> Sequence[Sequence]:
    name = match_name(facts)
    if not name:
        return []
    cursor.execute(
        f"""SELECT {population.columns} FROM {population.table} p
            WHERE p.match_name %% %s AND {population.only}
            ORDER BY similarity(p.match_name, %s) DESC LIMIT {MOST_BY_TRIGRAM}""",
        [name, name],
    )
    return cursor.fetchall()


def _scored(
    population: Population, ranking: Ranking, rows: Iterable[Sequence]
) -> Iterable[tuple[Hashable, tuple[float, PersonFacts]]]:
    kinds = [kind for kind, _ in population.identifiers]
    for identity, given, family, others, born_on, postcode, address, *numbers in rows:
        held = PersonFacts(
            given, family, split_other_names(others) if others else (), born_on, postcode or "", address or "",
            {kind: number or "" for kind, number in zip(kinds, numbers, strict=True)},
        )
        yield identity, (ranking.score(held, others), held)
