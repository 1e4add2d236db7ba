"""The register of Exampleshire: the people of the tales as the case system has them, and many others."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from hashlib import sha256
from random import Random

from django.db import connections

from prevent_cases.casework.days import moment
from prevent_cases.demo.county import County
from prevent_cases.demo.in_processes import shared_out
from prevent_cases.demo.names import INWARD, Invented, nhs_number
from prevent_cases.demo.office import Office
from prevent_cases.demo.places import AREA_OF, DISTRICTS, locality_team
from prevent_cases.demo.register_rows import COLUMNS, KEY_COLUMNS, Batch, Entry, copy_texts, invented_texts
from prevent_cases.demo.tales import TALES, Held, Tale
from prevent_cases.demo.walk import World
from referrals.models import RegisterImport

CHUNK = 10_000
IN_ONE_PROCESS = 3
NIGHT = time(2, 15)
ENTRIES, KEYS = "referrals_registerentry", "referrals_registerkey"


def load(county: County, office: Office, *, size: int, seed: int, using: str = "default") -> RegisterImport:
    """Write the register as last night's import left it: ``size`` entries, those of the tales among them."""
    named = list(tale_entries(county, office))
    size = max(size, len(named))
    last_night = moment(office.day(1), NIGHT)
    imported = RegisterImport.objects.using(using).create(
        at=last_night, file_name=f"register-{last_night:%Y%m%d}.csv", rows=size, added=size, changed=0, ended=0,
        sha256=sha256(f"{seed}:{size}".encode()).hexdigest(),
    )  # fmt: skip
    batch = Batch(_reserve(size, using), str(imported.pk), seed, office.day_zero, workers_by_locality(county))
    copy(copy_texts(named, batch), using)
    for both in texts(len(named), size, batch):
        copy(both, using)
    return imported


def tale_entries(county: County, office: Office) -> Iterator[Entry]:
    """The entries of the people in the tales, numbered from 0."""
    number = 0
    for tale in TALES:
        for held in tale.held:
            yield _entry(tale, held, number, county, office)
            number += 1


def _entry(tale: Tale, held: Held, number: int, county: County, office: Office) -> Entry:
    who = tale.who
    born = held.born or who.born
    person = Invented(
        number,
        held.given or who.given,
        held.family or who.family,
        (held.other,) if held.other else (),
        birth_date(born, office.day_zero),
        f"{held.address or who.address}, {who.locality}",
        postcode_of(held.address or who.address, who.locality),
        nhs_of(tale, tale.held.index(held)),
        "",
    )
    if held.status == "open":
        worker = county.people[held.worker]
        return Entry(person, "open", locality_team(who.locality), (worker.name, worker.email))
    return Entry(person, "known", last_closed_on=office.day_zero - timedelta(days=200 + number * 23))


def nhs_of(tale: Tale, place: int = 0) -> str:
    """The NHS number of a tale's person (or of the entry at another place, who is somebody else)."""
    number = zlib.crc32(f"{tale.key}:{place}".encode())
    return nhs_number(number) or nhs_number(number + 1)


def birth_date(written: str, today: date) -> date | None:
    """The date of a tale's ``born``."""
    if written.startswith("age "):
        _, years, day = written.split()
        return date.fromisoformat(f"{today.year - int(years)}-{day}")
    return date.fromisoformat(written) if written else None


def postcode_of(address: str, locality: str) -> str:
    """The same address always has the same postcode, in one of its locality's districts."""
    source = Random(f"{address}{locality}")  # noqa: S311 - repeatable on purpose
    outward = source.choice([outward for outward, place in DISTRICTS.items() if place == locality])
    return f"{outward} {source.randrange(1, 10)}{source.choice(INWARD)}{source.choice(INWARD)}" if address else ""


def workers_by_locality(county: County) -> dict[str, tuple[tuple[str, str], ...]]:
    return {locality: _workers(county, locality) for locality in AREA_OF}


def _workers(county: County, locality: str) -> tuple[tuple[str, str], ...]:
    team = county.team_of(locality)
    seated = (user for user in county.people.values() if user.memberships.filter(team=team).exists())
    return tuple((user.name, user.email) for user in seated)


def _reserve(count: int, using: str) -> int:
    """The first of ``count`` ids in a row that nobody else will be given."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            """SELECT min(id) FROM (SELECT nextval(pg_get_serial_sequence(%s, 'id')) AS id
                                      FROM generate_series(1, %s)) AS given""",
            [ENTRIES, count],
        )
        return cursor.fetchone()[0]


def batch_of(
    world: World, workers: Mapping[str, tuple[tuple[str, str], ...]], first: int, size: int, seed: int, using: str
) -> Batch:
    """What entries from number ``first`` on need, to be added to the last import, which then counts ``size``."""
    imported = RegisterImport.objects.using(using).latest()
    RegisterImport.objects.using(using).filter(pk=imported.pk).update(rows=size, added=size)
    return Batch(_reserve(size - first, using) - first, str(imported.pk), seed, world.office.day_zero, workers)


def texts(first: int, size: int, batch: Batch) -> Iterable[tuple[str, str]]:
    """The invented entries from number ``first`` up to ``size`` of them all, in chunks; shared out where many."""
    starts = range(first, size, CHUNK)
    jobs = [(start, min(start + CHUNK, size) - 1, batch) for start in starts]
    if len(jobs) <= IN_ONE_PROCESS:
        return (invented_texts(*job) for job in jobs)
    return shared_out(invented_texts, jobs)


def copy(both: tuple[str, str], using: str) -> None:
    tables = ((ENTRIES, COLUMNS), (KEYS, KEY_COLUMNS))
    with connections[using].cursor() as cursor:
        for (table, columns), text in zip(tables, both, strict=True):
            cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", io.StringIO(text))
