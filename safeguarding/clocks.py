"""The deadlines of safeguarding."""

from datetime import timedelta

from prevent_cases.casework.clocks import OUTSIDE, Clock, Escalation
from prevent_cases.casework.days import WorkingDays

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
