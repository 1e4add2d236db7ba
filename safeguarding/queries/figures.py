"""Children's referrals in numbers: how many, what was decided, where they stand (C1.28, C1.29).

Read from the events and the stages of cases alone, never from what the restricted area holds. Small numbers are not
shown, nor anything that would give them away (DfE suppresses 1 to 5; we are stricter, so that one rule is enough).
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

LEAST = 8
NEAREST = 5
SMALL = f"1 to {LEAST - 1}"
HALF = NEAREST // 2
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
    wholes = [
        whole_of(*([told.count((quarter, label)) for label in labels] for labels, told in tables.values()))
        for quarter in quarters
    ]
    return [_table(caption, labels, quarters, told, wholes) for caption, (labels, told) in tables.items()]


def shown(count: int) -> str:
    """A number as it may be shown: a small one as small, any other to the nearest five."""
    return SMALL if 0 < count < LEAST else f"{round(count / NEAREST) * NEAREST:,}"


def whole_of(*tables: Sequence[int]) -> str:
    """The whole that each of these tables of counts adds up to, as it may be shown beside all of them.

    To the nearest five; or to the next nearest, where the nearest would tell what a small part is, because there is one
    number alone that it could be.
    """
    whole = sum(tables[0])
    if whole < LEAST:
        return shown(whole)
    near = sorted(range(NEAREST * 2, whole + NEAREST * 4, NEAREST), key=lambda each: abs(each - whole))
    return f"{next(each for each in near if not any(_gives_away(counts, each) for counts in tables)):,}"


def _gives_away(counts: Sequence[int], whole: int) -> bool:
    """Whether a whole shown as this leaves one number alone for a small part."""
    parts = [_may_be(count) for count in counts]
    least, most = sum(low for low, _ in parts), sum(high for _, high in parts)
    return any(
        max(low, whole - HALF - most + high) >= min(high, whole + HALF - least + low)
        for count, (low, high) in zip(counts, parts, strict=True)
        if 0 < count < LEAST
    )


def _may_be(count: int) -> tuple[int, int]:
    """The least and the most that is shown as this count is."""
    if count < LEAST:
        return (1, LEAST - 1) if count else (0, 0)
    near = round(count / NEAREST) * NEAREST
    return near - HALF, near + HALF


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
    caption: str, labels: Sequence[str], quarters: Sequence[tuple[int, int]], told: Sequence[tuple[Any, str]],
    wholes: Sequence[str],
) -> Figures:  # fmt: skip
    rows = [(label, tuple(shown(told.count((quarter, label))) for quarter in quarters)) for label in labels]
    columns = tuple(f"{_NAMES[quarter]} {year}" for year, quarter in quarters)
    return Figures(caption, columns, (*rows, ("All", tuple(wholes))))


def _decisions(cases: Iterable[UUID]) -> dict[Any, str]:
    """The last decision on each case, as its event says it."""
    rows = Event.objects.filter(case__in=list(cases), kind="referral.decide_child").order_by("id")
    return {case_id: facts["decision"] for case_id, facts in rows.values_list("case_id", "facts")}


def _begins(quarter: tuple[int, int]) -> datetime:
    return moment(date(quarter[0], quarter[1] * 3 - 2, 1), time.min)


_NAMES = {1: "January to March", 2: "April to June", 3: "July to September", 4: "October to December"}
