"""Children's referrals in numbers: how many, what was decided, where they stand (C1.28, C1.29).

Read from the events and the stages of cases alone, never from what the restricted area holds. A number from 1 to 5 is
not shown, nor what would give it away (DfE practice).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from prevent_cases.casework.days import civil_date, moment
from prevent_cases.casework.models import Case, Event
from referrals.states import ChildDecisionKind
from referrals.states import ReferralState as S

SMALL = 5
HIDDEN = "Not shown"
QUARTERS = 5
CAME = ("referral.received_by_duty", "referral.send_to_children", "referral.reroute_to_children")
DECISIONS = tuple(str(kind.label) for kind in ChildDecisionKind)
UNDECIDED = "Not decided"
STATUS = {S.WITH_CHILDREN: "With children’s duty", S.CHILD_DECIDED: "Decided, and open", S.CLOSED: "Closed"}
ELSEWHERE = "On the adult pathway"


@dataclass(frozen=True)
class Figures:
    """A table: a heading for each quarter, and rows of a label and its numbers as they may be shown."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def figures(at: datetime) -> list[Figures]:
    """The last quarters, the newest last: two statements."""
    quarters = last_quarters(civil_date(at))
    came = Event.objects.filter(kind__in=CAME, case__opened_at__gte=_begins(quarters[0])).values("case")
    cases = Case.objects.filter(pk__in=came).values_list("pk", "opened_at", "stage")
    found = [(pk, quarter_of(civil_date(opened_at)), stage) for pk, opened_at, stage in cases]
    decided = _decisions(pk for pk, _, _ in found)
    tables = {
        "What was decided": ((*DECISIONS, UNDECIDED), [(q, decided.get(pk, UNDECIDED)) for pk, q, _ in found]),
        "Where they stand": ((*STATUS.values(), ELSEWHERE), [(q, _status(stage)) for _, q, stage in found]),
    }
    counted = {
        caption: [shown([told.count((quarter, label)) for label in labels]) for quarter in quarters]
        for caption, (labels, told) in tables.items()
    }
    wholes = [
        f"{sum(q == quarter for _, q, _ in found):,}" if all(cells[place].has_whole for cells in counted.values())
        else HIDDEN
        for place, quarter in enumerate(quarters)
    ]  # fmt: skip
    return [_table(caption, tables[caption][0], quarters, cells, wholes) for caption, cells in counted.items()]


@dataclass(frozen=True)
class Shown:
    """The parts of a whole as they may be shown, and whether the whole may."""

    parts: tuple[str, ...]
    has_whole: bool


def shown(counts: Sequence[int]) -> Shown:
    """Hide every part from 1 to 5, and as many of the next smallest as it takes that the whole gives none away.

    Where there is nothing left to hide, the whole itself is not shown.
    """
    small = [place for place, count in enumerate(counts) if 0 < count <= SMALL]
    others = sorted((place for place, count in enumerate(counts) if count > SMALL), key=lambda place: counts[place])
    beside: list[int] = []
    while small and others and _gives_away(counts, small, beside):
        beside.append(others.pop(0))
    hidden = {*small, *beside}
    parts = tuple(HIDDEN if place in hidden else f"{count:,}" for place, count in enumerate(counts))
    return Shown(parts, not small or not _gives_away(counts, small, beside))


def _gives_away(counts: Sequence[int], small: Sequence[int], beside: Sequence[int]) -> bool:
    """Whether what is hidden could be worked out from its sum: it stands alone, or at one end of what it may be."""
    total = sum(counts[place] for place in (*small, *beside))
    least = len(small) + (SMALL + 1) * len(beside)
    return len(small) + len(beside) == 1 or total == least or (not beside and total == SMALL * len(small))


def quarter_of(on: date) -> tuple[int, int]:
    """The year and the quarter of a day."""
    return on.year, (on.month + 2) // 3


def last_quarters(on: date) -> list[tuple[int, int]]:
    """The quarter of a day and those before it, the oldest first."""
    year, quarter = quarter_of(on)
    index = year * 4 + quarter - 1
    return [(place // 4, place % 4 + 1) for place in range(index - QUARTERS + 1, index + 1)]


def _status(stage: str) -> str:
    return STATUS.get(S(stage), ELSEWHERE)


def _table(
    caption: str, labels: Sequence[str], quarters: Sequence[tuple[int, int]], cells: Sequence[Shown],
    wholes: Sequence[str],
) -> Figures:  # fmt: skip
    rows = [(label, tuple(cell.parts[place] for cell in cells)) for place, label in enumerate(labels)]
    columns = tuple(f"{_NAMES[quarter]} {year}" for year, quarter in quarters)
    return Figures(caption, columns, (*rows, ("All", tuple(wholes))))


def _decisions(cases: Iterable[UUID]) -> dict[Any, str]:
    """The last decision on each case, as its event says it."""
    rows = Event.objects.filter(case__in=list(cases), kind="referral.decide_child").order_by("id")
    return {case_id: facts["decision"] for case_id, facts in rows.values_list("case_id", "facts")}


def _begins(quarter: tuple[int, int]) -> datetime:
    return moment(date(quarter[0], quarter[1] * 3 - 2, 1), time.min)


_NAMES = {1: "January to March", 2: "April to June", 3: "July to September", 4: "October to December"}
