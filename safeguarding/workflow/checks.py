"""A police check: asked, put first, answered (C9, C10; C1.21, C1.22). No hold bars asking police."""

from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.workflow import Transition, Workflow
from safeguarding import clocks as c
from safeguarding import policy as p
from safeguarding.states import CheckState as S

CHECK = Workflow(
    "Police check",
    S,
    S.ASKED,
    (S.ANSWERED, S.TAKEN_BACK),
    dict.fromkeys(S, Queue.WAITING),
    Transition(
        key="check.prioritise",
        label="Ask for it first",
        says="asked CT policing to do the police check first",
        sources=(S.ASKED,),
        target=S.ASKED,
        may=p.may_ask_check,
        starts=(c.CHECK_REPLY,),
        tells=("reply address",),
        source=("C4", "C1.21"),
    ),
    Transition(
        key="check.wait",
        label="Record that police ask us to wait",
        says="recorded that CT policing asks us to wait",
        sources=(S.ASKED,),
        target=S.ASKED,
        may=p.may_answer_check,
        records=("told_by", "told_on"),
        tells=("coordinating team", "holding team"),
        source=("C1.22",),
    ),
    Transition(
        key="check.answer",
        label="Record the answer",
        says="recorded the answer to the police check: {result}",
        sources=(S.ASKED,),
        target=S.ANSWERED,
        may=p.may_answer_check,
        requires=("result",),
        records=("told_by", "told_on"),
        stops=(c.CHECK_REPLY,),
        tells=("coordinating team", "holding team"),
        source=("C9", "C10", "C1.22", "N3.9"),
    ),
    Transition(
        key="check.take_back",
        label="Take the check back",
        says="took back the police check: {reason}",
        sources=(S.ASKED,),
        target=S.TAKEN_BACK,
        may=p.may_ask_check,
        requires=("reason",),
        stops=(c.CHECK_REPLY,),
        tells=("reply address",),
        source=("C1.22",),
    ),
)
