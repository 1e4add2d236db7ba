"""What a hold is: its clock, its table, and the one question every act that shares asks first. No database.

While a hold stands nothing of the case may be shared. Past its last day it has lapsed: it is not over, and what would
share is refused in other words until somebody renews it, ends it, or acts for safety (C1.10, C1.25 to C1.27).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from prevent_cases.casework.clocks import HOLD_CHECKS
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import HoldState as H
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.policy import has_the_duty, may_answer_hold, may_end_hold
from prevent_cases.casework.wording import weekday
from prevent_cases.casework.workflow import OnHold, Transition, Workflow

if TYPE_CHECKING:
    from prevent_cases.casework.models import Case

HOLD = Workflow(
    "Hold",
    H,
    H.STANDING,
    (H.ANSWERED, H.ENDED, H.LIFTED),
    dict.fromkeys(H, Queue.WAITING),
    Transition(
        key="hold.renew",
        label="Renew the hold",
        says="renewed the hold until {until_on}: {reason}",
        sources=(H.STANDING,),
        target=H.STANDING,
        may=may_end_hold,
        requires=("reason", "until_on"),
        source=("C11",),
    ),
    Transition(
        key="hold.answer",
        label="End the hold by the answer from CT policing",
        says="ended the hold, as CT policing answered: {answer}",
        sources=(H.STANDING,),
        target=H.ANSWERED,
        may=may_answer_hold,
        requires=("answer",),
        stops=(HOLD_CHECKS,),
        source=("C9", "C10", "C1.25"),
    ),
    Transition(
        key="hold.end",
        label="End the hold",
        says="ended the hold: {reason}",
        sources=(H.STANDING,),
        target=H.ENDED,
        may=may_end_hold,
        requires=("reason",),
        stops=(HOLD_CHECKS,),
        source=("C11",),
    ),
    Transition(
        key="hold.lift",
        label="Lift the hold for safety",
        says="lifted the hold to protect somebody: {reason}",
        sources=(H.STANDING,),
        target=H.LIFTED,
        may=has_the_duty,
        requires=("reason",),
        stops=(HOLD_CHECKS,),
        source=("C8",),
    ),
)


def has_lapsed(held_until: date | None, on: date) -> bool:
    """Whether a hold stands whose last day has passed."""
    return held_until is not None and on > held_until


def must_be_free_to_share(case: Case, *, at: datetime) -> None:
    """Nothing of the case leaves while a hold stands. ``case`` is locked, so that no hold begins beside the act.

    :raises OnHold: in its days, saying until when; past them, saying what must be done first
    """
    if case.held_until is None:
        return
    if has_lapsed(case.held_until, civil_date(at)):
        raise OnHold(
            f"The time for police checks ended on {weekday(case.held_until)} and police have not said that this may go "
            "on. Renew the hold or end it, with a reason, first."
        )
    raise OnHold(
        f"This case is on hold until {weekday(case.held_until)}, so nothing of it may be shared. "
        "If somebody needs protecting now, act for safety: that lifts the hold at once."
    )
