"""What the register extract says of a referred person, how strongly, and how old the copy is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from prevent_cases.casework.wording import day, lower_first
from referrals.matching.candidates import Candidate, find
from referrals.matching.ranking import Strength
from referrals.models import Referral, RegisterEntry, RegisterImport
from referrals.queries.matching import REGISTER, STRENGTHS, TONES, Compared, compared, name_of, speaking_for
from referrals.register.columns import FIELDS
from referrals.register.plan import Held
from referrals.states import RegisterStatus

SHOWN = 6
HISTORY = 20


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


def search_register(referral: Referral) -> Findings:
    """Whom the register may hold for a referral's person, likeliest first. Three statements, four if none is likely."""
    latest = latest_import()
    if latest is None:
        return Findings(None, ())
    found = find(REGISTER, referral.facts, limit=SHOWN)
    entries = RegisterEntry.objects.in_bulk([candidate.id for candidate in found])
    return Findings(latest.at, tuple(_candidate(one, entries[one.id]) for one in found))


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


def _candidate(candidate: Candidate, entry: RegisterEntry) -> RegisterCandidate:
    return RegisterCandidate(
        id=entry.pk,
        name=name_of(candidate),
        born=day(entry.born_on),
        status=entry.status,
        status_words=_status_words(entry),
        number=entry.mosaic_id,
        team=entry.team,
        worker_name=entry.worker_name,
        worker_email=entry.worker_email,
        strength=STRENGTHS[candidate.strength],
        tone=TONES[candidate.strength],
        is_likely=candidate.strength is Strength.STRONG,
        is_weak=candidate.strength is Strength.WEAK,
        rows=compared(candidate.reasons),
        reasons=speaking_for(candidate),
    )


def _status_words(entry: RegisterEntry) -> str:
    label = RegisterStatus(entry.status).label
    return f"{label}, closed {day(entry.last_closed_on)}" if entry.last_closed_on else label
