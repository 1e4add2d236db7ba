"""What is done to protect somebody, beside the Prevent steps and never waiting for them: rows A14, C3 to C6 and C8."""

from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.workflow import Transition, Workflow
from safeguarding import clocks as c
from safeguarding import policy as p
from safeguarding.states import ProtectionState as S

PROTECTION = Workflow(
    "Protection",
    S,
    S.OPEN,
    (S.FINISHED,),
    dict.fromkeys(S, Queue.WAITING),
    Transition(
        key="protection.discuss",
        label="Record the strategy discussion",
        says="recorded a strategy discussion held on {held_at}: {outcome}",
        sources=(S.OPEN, S.DISCUSSED),
        target=S.DISCUSSED,
        may=p.has_the_duty,
        requires=("held_at", "outcome"),
        stops=(c.DISCUSSION,),
        source=("C4", "C1.17"),
    ),
    Transition(
        key="protection.confer",
        label="Record the child protection conference",
        says="recorded the child protection conference held on {held_on}",
        sources=(S.OPEN, S.DISCUSSED),
        target=S.CONFERRED,
        may=p.under_section_47,
        requires=("held_on",),
        stops=(c.DISCUSSION, c.CONFERENCE),
        source=("C5", "C1.14"),
    ),
    Transition(
        key="protection.assess",
        label="Record the section 17 assessment",
        says="recorded the section 17 assessment, finished on {finished_on}",
        sources=(S.OPEN, S.DISCUSSED),
        target=S.ASSESSED,
        may=p.under_section_17,
        requires=("finished_on",),
        stops=(c.ASSESSMENT,),
        source=("C6", "C1.13"),
    ),
    Transition(
        key="protection.open_enquiry",
        label="Open an enquiry",
        says="screened under section 42: {decision}",
        sources=(S.OPEN, S.DISCUSSED),
        target=S.ENQUIRING,
        may=p.under_section_42,
        requires=("decision",),
        stops=(c.SCREENING,),
        source=("A14", "D2.7"),
    ),
    Transition(
        key="protection.make_no_enquiry",
        label="Make no enquiry",
        says="screened under section 42: {decision}",
        sources=(S.OPEN, S.DISCUSSED),
        target=S.FINISHED,
        may=p.under_section_42,
        requires=("decision",),
        stops=(c.SCREENING, c.DISCUSSION),
        source=("A14", "D2.7"),
    ),
    Transition(
        key="protection.finish",
        label="Finish it",
        says="finished {what}: {ending}",
        sources=(S.OPEN, S.DISCUSSED, S.ENQUIRING, S.CONFERRED, S.ASSESSED),
        target=S.FINISHED,
        may=p.has_the_duty,
        requires=("what", "ending"),
        stops=(c.DISCUSSION, c.CONFERENCE, c.ASSESSMENT, c.SCREENING),
        source=("A14", "C13"),
    ),
)
