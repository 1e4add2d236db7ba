"""The deadlines of safeguarding."""

from datetime import timedelta

from prevent_cases.casework.clocks import Clock, Escalation
from prevent_cases.casework.days import CalendarDays, WorkingDays

DISCUSSION = Clock(
    key="protection.discussion",
    label="Hold the strategy discussion",
    length=CalendarDays(1),
    warn_before=CalendarDays(0),
    owner="Children's social care",
    ladder=(Escalation(CalendarDays(1), "ssu_lead"),),
    source=("C1.17",),
)
"""The source says "immediate": a day is the latest, and each council's own to shorten in words."""
CONFERENCE = Clock(
    key="protection.conference",
    label="Hold the child protection conference",
    length=WorkingDays(15),
    warn_before=WorkingDays(5),
    owner="Children's social care",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"), Escalation(WorkingDays(5), "head_of_safeguarding")),
    source=("C1.14",),
)
ASSESSMENT = Clock(
    key="protection.assessment",
    label="Finish the section 17 assessment",
    length=WorkingDays(45),
    warn_before=WorkingDays(10),
    owner="Children's social care",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"), Escalation(WorkingDays(5), "head_of_safeguarding")),
    source=("C1.13",),
)
SCREENING = Clock(
    key="protection.screening",
    label="Screen under section 42",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="Adult social care",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"),),
    source=("D2.7",),
)
"""No statute sets a time: each council's own to change."""

BEFORE_RECEIPT = timedelta(days=28)
"""How long before a case came somebody may have decided or discussed what is recorded in it afterwards."""
