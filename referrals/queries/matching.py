"""How possible matches are looked for and put side by side, among people referred before and in the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from referrals.matching.candidates import Candidate, Found, Population, find_among
from referrals.matching.compare import Reason, Standing
from referrals.matching.ranking import Strength
from referrals.models import Referral

NUMBERS = (("nhs", "nhs_number"), ("mosaic", "mosaic_id"), ("phone", "phone"))
PEOPLE = Population(
    table="referrals_person", key_table="referrals_personkey", owner="person_id", identifiers=NUMBERS, address="address"
)
REGISTER = Population(
    table="referrals_registerentry", key_table="referrals_registerkey", owner="entry_id", identifiers=NUMBERS,
    address="address", only="p.ended_at IS NULL", as_of="(SELECT max(at) FROM referrals_registerimport)",
    also="jsonb_build_object('status', p.status, 'team', p.team, 'worker_name', p.worker_name,"
         " 'worker_email', p.worker_email, 'last_closed_on', p.last_closed_on)",
)  # fmt: skip
PEOPLE_LOOKED_AT, ENTRIES_SHOWN = 20, 6
STANDINGS = {
    Standing.SAME: "same",
    Standing.SIMILAR: "similar",
    Standing.DIFFERENT: "different",
    Standing.NOT_KNOWN: "missing",
}
TELLING = ("Names swapped", "Born")
STRENGTHS = {
    Strength.STRONG: "Likely match",
    Strength.POSSIBLE: "Possible match",
    Strength.WEAK: "Little in common",
}
TONES = {Strength.STRONG: "attention", Strength.POSSIBLE: "waiting", Strength.WEAK: "neutral"}
_MERGED = """
    WITH RECURSIVE up AS (
        SELECT id, merged_into_id FROM referrals_person WHERE id = ANY(%s)
        UNION SELECT p.id, p.merged_into_id FROM up JOIN referrals_person p ON p.id = up.merged_into_id
    ), down AS (
        SELECT id AS top, id FROM up WHERE merged_into_id IS NULL
        UNION SELECT down.top, p.id FROM down JOIN referrals_person p ON p.merged_into_id = down.id
    )"""


@dataclass(frozen=True)
class Compared:
    """One row of a side-by-side table, as components/side_by_side.html takes it."""

    label: str
    left: str
    right: str
    standing: str
    note: str
    is_name: bool


@dataclass(frozen=True)
class Alike:
    """Who is like a referral's person: among people referred before, and in the register."""

    people: list[Candidate]
    register: Found


def alike(referral: Referral) -> Alike:
    """Both at once. One statement, two where either holds nobody likely."""
    people, register = find_among([(PEOPLE, PEOPLE_LOOKED_AT), (REGISTER, ENTRIES_SHOWN)], referral.facts)
    return Alike(people.candidates, register)


def one_person(ids: Iterable[Any]) -> dict[UUID, UUID]:
    """Everybody merged with any of these people: each id to the one all of its merges lead to. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_MERGED} SELECT id, top FROM down", [list(ids)])  # noqa: S608 constants
        return dict(cursor.fetchall())


def merged_with(person_id: UUID) -> RawSQL:
    """Everybody merged with a person, themselves among them, as a subquery of ids."""
    return RawSQL(f"{_MERGED} SELECT id FROM down", [[person_id]])  # noqa: S608, S611 constants


def compared(reasons: Iterable[Reason]) -> tuple[Compared, ...]:
    """The matcher's reasons as rows of a side-by-side table; the note says only what the tag beside it does not."""
    return tuple(
        Compared(r.field, r.asked, r.held, STANDINGS[r.standing], _note(r), "name" in r.field.lower()) for r in reasons
    )


def speaking_for(candidate: Candidate) -> tuple[str, ...]:
    """The reasons that speak for a match, as short sentences."""
    return tuple(r.text for r in candidate.reasons if r.standing in (Standing.SAME, Standing.SIMILAR))


def _note(reason: Reason) -> str:
    tells_more = reason.standing is Standing.SIMILAR or (
        reason.standing is Standing.DIFFERENT and reason.text.startswith(TELLING)
    )
    return reason.text if tells_more else ""


def name_of(candidate: Candidate) -> str:
    """The candidate's name as it is held."""
    return f"{candidate.facts.given} {candidate.facts.family}".strip() or "Name not known"
