"""A register of invented people for the person-match benchmark: tables, keys and indexes as the product has them."""

import io
from concurrent.futures import ProcessPoolExecutor

from django.db import connection

from benchmarks.invented_people import Invented, invent
from referrals.matching.candidates import Population
from referrals.matching.facts import PersonFacts, split_other_names
from referrals.matching.keys import keys_for
from referrals.matching.names import match_name

SCHEMA = "bench_person_match"
PEOPLE = Population("bench_person", "bench_key", "person_id", (("nhs", "nhs_number"),), "address")
CHUNK = 10_000
TABLES = f"""
CREATE EXTENSION IF NOT EXISTS pg_trgm;
DROP SCHEMA IF EXISTS {SCHEMA} CASCADE;
CREATE SCHEMA {SCHEMA};
CREATE TABLE bench_person (id bigint NOT NULL, given_name text NOT NULL, family_name text NOT NULL,
    other_names text NOT NULL, born_on date, postcode text NOT NULL, address text NOT NULL, nhs_number text NOT NULL,
    match_name text NOT NULL);
CREATE TABLE bench_key (key text NOT NULL, person_id bigint NOT NULL);
"""
INDEXES = """
SET maintenance_work_mem = '512MB';
ALTER TABLE bench_person ADD PRIMARY KEY (id);
CREATE INDEX ON bench_person (born_on);
CREATE INDEX ON bench_person USING gin (match_name gin_trgm_ops);
ALTER TABLE bench_key ADD PRIMARY KEY (key, person_id);
CREATE INDEX ON bench_key (person_id);
"""


def load(rows: int) -> None:
    """Make the schema anew with people 1 to `rows`."""
    chunks = [range(start, min(start + CHUNK, rows + 1)) for start in range(1, rows + 1, CHUNK)]
    with connection.cursor() as cursor, ProcessPoolExecutor(2) as workers:
        cursor.execute(TABLES)
        for people, keys in workers.map(_copy_texts, chunks):
            cursor.copy_expert("COPY bench_person FROM STDIN", io.StringIO(people))
            cursor.copy_expert("COPY bench_key FROM STDIN", io.StringIO(keys))
        cursor.execute(INDEXES)
        cursor.execute("VACUUM ANALYZE bench_person")
        cursor.execute("VACUUM ANALYZE bench_key")


def sizes() -> str:
    """How much room the people and their keys take, in words."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT pg_size_pretty(pg_total_relation_size('bench_person')),
                      pg_size_pretty(pg_table_size('bench_key')), pg_size_pretty(pg_indexes_size('bench_key')),
                      (SELECT count(*) FROM bench_key)::float / greatest(1, (SELECT count(*) FROM bench_person))"""
        )
        people, keys, indexes, each = cursor.fetchone()
    return f"people {people}, keys {keys} and their indexes {indexes}, {each:.1f} keys a person"


def drop() -> None:
    """Leave nothing behind."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def _copy_texts(numbers: range) -> tuple[str, str]:
    people, keys = io.StringIO(), io.StringIO()
    for person in invent(numbers):
        facts = _facts(person)
        born_on = person.born_on.isoformat() if person.born_on else "\\N"
        row = (person.number, person.given, person.family, person.other_names, born_on, person.postcode)
        people.write("\t".join(map(str, (*row, person.address, person.nhs_number, match_name(facts)))) + "\n")
        keys.writelines(f"{key}\t{person.number}\n" for key in keys_for(facts))
    return people.getvalue(), keys.getvalue()


def _facts(person: Invented) -> PersonFacts:
    others = split_other_names(person.other_names)
    identifiers = {"nhs": person.nhs_number}
    return PersonFacts(
        person.given, person.family, others, person.born_on, person.postcode, person.address, identifiers
    )
