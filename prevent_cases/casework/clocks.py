"""What a deadline is. One Clock is one promise; apps declare theirs in their own clocks.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from prevent_cases.casework.days import CLOSE_OF_DAY, CalendarDays, Length, WorkingDays
from prevent_cases.casework.kinds import AccessReason

_declared: dict[str, Clock] = {}

OURS = "ours"
OUTSIDE = "an outside body's"


TASK_ACCESS: dict[str, Length] = {AccessReason.TASK: CalendarDays(14), AccessReason.INVOLVED: CalendarDays(183)}
"""How long a named worker may be let in: two weeks for a task, six months if involved (domain.md, section 6)."""

SITTING = timedelta(minutes=30)
"""Looks closer together than this are one sitting: "since you last looked" means before it."""

DRAFT_KEPT = timedelta(days=1)
"""How long what is typed and not sent is kept after it was last saved."""

TRAINING_REMINDER = timedelta(days=28)
"""How long before a course runs out its taker is told, once."""


@dataclass(frozen=True)
class Escalation:
    """A rung of the ladder: this long after the due date, tell this post (see the directory of posts)."""

    after: Length
    post: str


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One kind of deadline.

    ``length`` is None where the date is given by whoever asks. ``duty`` says whose promise it is: ours, which can
    be late; or an outside body's, which we chase and never count as our breach (modelling fact 3).
    ``cut_off`` is the hour after which receipt counts as the next working day, unless the procedure sets another.
    ``hours_of_team`` makes it due when the team that owes it closes, where the team has hours. ``formerly`` are keys it
    once had, so that what was written under them can still be read.
    """

    key: str
    label: str
    length: Length | None
    warn_before: Length
    owner: str
    duty: str = OURS
    ladder: tuple[Escalation, ...] = ()
    until: time = CLOSE_OF_DAY
    cut_off: time | None = None
    hours_of_team: bool = False
    shown_in_lists: bool = True
    source: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for key in (self.key, *self.formerly):
            if key in _declared:
                raise ValueError(f"Two clocks are called {key}")
            _declared[key] = self

    @property
    def is_ours(self) -> bool:
        return self.duty == OURS


SEEK_CONSENT = Clock(
    key="consent.seek",
    label="Ask for consent, or decide on it again",
    length=None,
    warn_before=WorkingDays(1),
    owner="The team that holds the case",
    ladder=(Escalation(WorkingDays(3), "ssu_lead"),),
    source=("N3.34", "N3.35"),
)

HOLD_CHECKS = Clock(
    key="hold.checks",
    label="Hear from CT policing whether this may go on",
    length=CalendarDays(28),
    warn_before=CalendarDays(7),
    owner="CT policing",
    duty=OUTSIDE,
    ladder=(Escalation(CalendarDays(1), "policing_supervisor"), Escalation(CalendarDays(1), "ssu_lead")),
    shown_in_lists=False,
    source=("C1.25", "C1.26", "C1.27"),
)
"""The 28 days that CT policing aims at, from receipt: chased on day 21 and day 28, raised the day after. Lists show the
hold's own last day: what police owe is never counted among what is overdue with us."""
HOLD_RENEWED_FOR = CalendarDays(28)
"""How far off, at most, the last day of a renewed hold may be from the day it is renewed."""


def declared(key: str) -> Clock:
    """The clock of this key. :raises KeyError: when none is declared."""
    return _declared[key]


def every() -> list[Clock]:
    return sorted({clock.key: clock for clock in _declared.values()}.values(), key=lambda clock: clock.key)
