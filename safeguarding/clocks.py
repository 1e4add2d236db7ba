"""The deadlines of safeguarding."""

from prevent_cases.casework.clocks import OUTSIDE, Clock, Escalation
from prevent_cases.casework.days import CalendarDays, WorkingDays

FEEDBACK = Clock(
    key="feedback.give",
    label="Give feedback",
    length=CalendarDays(35),
    warn_before=CalendarDays(7),
    owner="Children's duty",
    ladder=(Escalation(WorkingDays(5), "children_lead"),),
    shown_in_lists=False,
    source=("C1.23", "C12"),
)
"""A week past the 28 days in which nothing may be told. No source sets a length: it is the council's own to change."""
FEEDBACK_TO_US = Clock(
    key="feedback.hear",
    label="Hear CT policing's feedback to social care",
    length=CalendarDays(35),
    warn_before=CalendarDays(7),
    owner="CT policing",
    duty=OUTSIDE,
    ladder=(Escalation(CalendarDays(7), "policing_supervisor"),),
    shown_in_lists=False,
    source=("C1.23", "C12"),
)
