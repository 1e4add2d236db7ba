"""The deadlines of the adult pathway. No published source sets their length: each is the council's own to change."""

from prevent_cases.casework.clocks import OUTSIDE, Clock, Escalation
from prevent_cases.casework.days import CalendarDays, WorkingDays, Years

TRIAGE = Clock(
    key="referral.triage",
    label="Triage the referral",
    length=WorkingDays(2),
    warn_before=WorkingDays(1),
    owner="Strategic Safeguarding Unit",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"), Escalation(WorkingDays(3), "head_of_safeguarding")),
    source=("K0.4", "K0.5"),
)
REPLY = Clock(
    key="referral.reply",
    label="Reply to CT policing",
    length=WorkingDays(10),
    warn_before=WorkingDays(2),
    owner="The team that holds the case",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"), Escalation(WorkingDays(5), "head_of_safeguarding")),
    source=("K0.6", "K0.12"),
)
RECORD = Clock(
    key="referral.record",
    label="Record the Prevent case note",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="The nominated Prevent virtual worker",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"),),
    source=("K0.8", "K0.11"),
)
FORWARD = Clock(
    key="referral.forward",
    label="Forward to the locality team",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="Area Referral Service",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"),),
    source=("K0.9",),
)
SIGN_OFF = Clock(
    key="referral.sign_off",
    label="Sign off the answer",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="The locality team's manager",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"),),
    source=("K0.12",),
)
QUERY = Clock(
    key="referral.query",
    label="Reply to our question",
    length=WorkingDays(5),
    warn_before=WorkingDays(1),
    owner="CT policing",
    duty=OUTSIDE,
    ladder=(Escalation(WorkingDays(3), "policing_supervisor"),),
    source=("K0.4",),
)
OUTCOME = Clock(
    key="referral.outcome",
    label="Hear the outcome from CT policing",
    length=CalendarDays(28),
    warn_before=CalendarDays(7),
    owner="CT policing",
    duty=OUTSIDE,
    ladder=(Escalation(CalendarDays(7), "policing_supervisor"), Escalation(CalendarDays(14), "ssu_lead")),
    source=("D2.11", "D2.12"),
)
FINISH = Clock(
    key="referral.finish",
    label="Close the case",
    length=WorkingDays(5),
    warn_before=WorkingDays(1),
    owner="Strategic Safeguarding Unit",
    ladder=(Escalation(WorkingDays(5), "ssu_lead"),),
    source=("D2.16",),
)
ACKNOWLEDGE = Clock(
    key="referral.acknowledge",
    label="Acknowledge the referral",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="Children's duty",
    hours_of_team=True,
    ladder=(Escalation(WorkingDays(1), "children_lead"),),
    source=("C1.12", "C1.13"),
)
DECIDE = Clock(
    key="referral.decide",
    label="Decide what happens next",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="Children's duty",
    hours_of_team=True,
    ladder=(Escalation(WorkingDays(1), "children_lead"), Escalation(WorkingDays(2), "ssu_lead")),
    source=("C1.12", "C1.14"),
    formerly=("referral.children",),
)
HAND_OVER = Clock(
    key="referral.hand_over",
    label="Hand over to the adult pathway",
    length=WorkingDays(5),
    warn_before=WorkingDays(1),
    owner="Children's duty",
    ladder=(Escalation(WorkingDays(1), "children_lead"),),
    source=("C13",),
)
FORM_REPLY = Clock(
    key="form.reply",
    label="Return the information gathering form",
    length=None,
    warn_before=WorkingDays(2),
    owner="The worker it was given to",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"),),
    source=("K0.14", "K0.15"),
)
CONTRIBUTION = Clock(
    key="contribution.reply",
    label="Give your part of the form",
    length=None,
    warn_before=WorkingDays(1),
    owner="The colleague asked",
    shown_in_lists=False,
    source=("K0.14",),
)
RETENTION = Clock(
    key="case.retention",
    label="Review whether to keep this record",
    length=Years(6),
    warn_before=CalendarDays(28),
    owner="Strategic Safeguarding Unit",
    shown_in_lists=False,
    source=("E4.67",),
)
TAKE_UP = Clock(
    key="practitioner.take_up",
    label="Take up the practitioner's referral",
    length=WorkingDays(1),
    warn_before=WorkingDays(0),
    owner="Strategic Safeguarding Unit",
    ladder=(Escalation(WorkingDays(1), "ssu_lead"),),
    source=("A3",),
)
REFERRER_QUESTION = Clock(
    key="question.reply",
    label="Answer our question",
    length=WorkingDays(5),
    warn_before=WorkingDays(1),
    owner="The referrer",
    shown_in_lists=False,
    source=("A5",),
)

CONCERN_WEIGHED_KEPT = Years(1)
"""How long a concern that was handed to a safeguarding lead is kept at the organisation after it was last touched."""
CONCERN_KEPT = CalendarDays(28)
"""How long a draft of a referral is kept after it was last saved."""
