"""The deadlines of safeguarding."""

from datetime import timedelta

from prevent_cases.casework.clocks import OUTSIDE, Clock, Escalation
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

FEEDBACK = Clock(
    key="feedback.give",
    label="Give feedback to the referrer",
    length=CalendarDays(35),
    warn_before=CalendarDays(7),
    owner="Children's duty",
    ladder=(Escalation(WorkingDays(5), "children_lead"),),
    shown_in_lists=False,
    source=("C1.23", "C12"),
)
FEEDBACK_TO_PARENTS = Clock(
    key="feedback.give_parents",
    label="Give feedback to the parents or guardians",
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
CHECK_REPLY = Clock(
    key="check.reply",
    label="Answer the police check first",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="CT policing",
    duty=OUTSIDE,
    ladder=(Escalation(WorkingDays(1), "policing_supervisor"),),
    shown_in_lists=False,
    source=("C4", "C1.21", "C1.22"),
)
"""A check that must come first, so that Working Together's own limits can be kept. Others run with the hold's clock."""

PARTNER_ANSWER = Clock(
    key="partner.reply",
    label="Answer our question",
    length=None,
    warn_before=WorkingDays(1),
    owner="The partner asked",
    duty=OUTSIDE,
    ladder=(Escalation(WorkingDays(3), "ssu_lead"),),
    shown_in_lists=False,
    source=("D2.11", "D2.12"),
)

PARTNER_USUALLY = WorkingDays(5)
"""How long a partner is given where nobody says otherwise: filled in for whoever asks, who may change it."""

LINK_OUTLIVES_DUE = timedelta(days=7)
"""How long after the day an answer is due its link still opens."""

AGREEMENT_REMINDER = timedelta(days=28)
"""How long before an agreement must be reviewed its keeper is told."""
