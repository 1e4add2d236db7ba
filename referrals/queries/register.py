"""What the register extract says of a referred person, how strongly, and how old the copy is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.casework.wording import day, lower_first
from referrals.matching.candidates import Candidate, Found, find_among
from referrals.matching.ranking import Strength
from referrals.models import Referral, RegisterEntry, RegisterImport
from referrals.queries.matching import (
    ENTRIES_SHOWN,
    REGISTER,
    STRENGTHS,
    TONES,
    Compared,
    compared,
    name_of,
    speaking_for,
)
from referrals.register.columns import FIELDS
from referrals.register.plan import Held
from referrals.states import RegisterStatus

HISTORY = 20


def teams_to_be_with() -> list[str]:
    """The names of the teams a person may be open to. One statement."""
    kinds = (TeamKind.LOCALITY, TeamKind.AREA, TeamKind.CHILDREN)
    return list(Team.objects.filter(kind__in=kinds, closed_on=None).order_by("name").values_list("name", flat=True))


def in_any_case(teams: Iterable[str]) -> frozenset[str]:
    """The names as the register's reader compares them."""
    return frozenset(name.casefold() for name in teams)


@dataclass(frozen=True)
class RegisterCandidate:
    """An entry of the register that may be the person. ``status`` is open or known; the rest as the extract has it."""

    id: int
    name: str
    born: str
    status: str
    status_words: str
    number: str
    team: str
    worker_name: str
    worker_email: str
    strength: str
    tone: str
    is_likely: bool
    is_weak: bool
    rows: tuple[Compared, ...]
    reasons: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """One line to choose it by."""
        held = [f"born {self.born}" if self.born else "birth date not held", lower_first(self.status_words), self.team]
        return f"{self.name}, {', '.join(part for part in held if part)}"

    @property
    def heading(self) -> str:
        return f"{lower_first(self.status_words)}: {lower_first(self.strength)}"

    def evidence(self, *, chosen: bool) -> dict[str, Any]:
        """What is kept of it with the search."""
        return {
            "number": self.number, "status": self.status, "strength": self.strength, "reasons": list(self.reasons),
            "chosen": chosen,
        }  # fmt: skip


@dataclass(frozen=True)
class Findings:
    """A search of the register: the age of the copy (None when none was ever imported) and whom it found."""

    extract_at: datetime | None
    candidates: tuple[RegisterCandidate, ...]

    @property
    def likely(self) -> tuple[RegisterCandidate, ...]:
        return tuple(one for one in self.candidates if one.is_likely)

    @property
    def are_weak(self) -> bool:
        """Whether nobody found has more than a little in common."""
        return all(one.is_weak for one in self.candidates)

    def entry(self, chosen: str) -> RegisterCandidate | None:
        return next((one for one in self.candidates if str(one.id) == chosen), None)

    def evidence(self, chosen: str) -> list[dict[str, Any]]:
        return [one.evidence(chosen=str(one.id) == chosen) for one in self.candidates]


def search_register(referral: Referral, found: Found | None = None) -> Findings:
    """Whom the register may hold for a referral's person, likeliest first. One statement, two if none is likely; none
    at all with what ``queries.matching.alike`` found."""
    found = found or find_among([(REGISTER, ENTRIES_SHOWN)], referral.facts)[0]
    if found.as_of is None:
        return Findings(None, ())
    return Findings(found.as_of, tuple(_candidate(one) for one in found.candidates))


def latest_import() -> RegisterImport | None:
    return RegisterImport.objects.order_by("-at").first()


def held_entries() -> Iterator[Held]:
    """Every entry, ended ones included, as an import sets a file against them. One statement, in pieces."""
    rows = RegisterEntry.objects.values_list("mosaic_id", "ended_at", *FIELDS)
    for number, ended_at, *values in rows.iterator(chunk_size=5_000):
        yield Held(number, tuple(values), ended_at is not None)


def imports() -> Iterable[RegisterImport]:
    """The last imports, newest first, with who made them."""
    return RegisterImport.objects.select_related("by").order_by("-at")[:HISTORY]


def _candidate(candidate: Candidate) -> RegisterCandidate:
    facts, held = candidate.facts, candidate.also
    return RegisterCandidate(
        id=candidate.id,  # type: ignore[arg-type]
        name=name_of(candidate),
        born=day(facts.born_on),
        status=held["status"],
        status_words=_status_words(held["status"], held["last_closed_on"]),
        number=facts.identifiers["mosaic"],
        team=held["team"],
        worker_name=held["worker_name"],
        worker_email=held["worker_email"],
        strength=STRENGTHS[candidate.strength],
        tone=TONES[candidate.strength],
        is_likely=candidate.strength is Strength.STRONG,
        is_weak=candidate.strength is Strength.WEAK,
        rows=compared(candidate.reasons),
        reasons=speaking_for(candidate),
    )


def _status_words(status: str, last_closed_on: str | None) -> str:
    label = RegisterStatus(status).label
    return f"{label}, closed {day(date.fromisoformat(last_closed_on))}" if last_closed_on else label
