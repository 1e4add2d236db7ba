"""The deadlines of safeguarding."""

from prevent_cases.casework.clocks import OUTSIDE, Clock, Escalation
from prevent_cases.casework.days import WorkingDays

CHECK_REPLY = Clock(
    key="check.reply",
    label="Answer the police check first",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="CT policing",
    duty=OUTSIDE,
    ladder=(Escalation(WorkingDays(1), "policing_supervisor"),),
    source=("C4", "C1.21", "C1.22"),
)
"""A check that must come first, so that Working Together's own limits can be kept. Others run with the hold's clock."""
