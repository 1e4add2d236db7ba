"""Feedback that is owed after a child's referral: domain row C12. It outlives the case."""

from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.workflow import Transition, Workflow
from safeguarding import clocks as c
from safeguarding import policy as p
from safeguarding.states import FeedbackState as S

FEEDBACK = Workflow(
    "Feedback owed",
    S,
    S.OWED,
    (S.GIVEN, S.HEARD, S.NOT_APPROPRIATE),
    dict.fromkeys(S, Queue.WAITING),
    Transition(
        key="feedback.give",
        label="Give feedback",
        says="gave feedback to {to}",
        sources=(S.OWED,),
        target=S.GIVEN,
        may=p.owes_the_feedback,
        requires=("to", "told_on"),
        stops=(c.FEEDBACK, c.FEEDBACK_TO_PARENTS),
        shares=True,
        source=("C12", "C1.23"),
    ),
    Transition(
        key="feedback.hear",
        label="Record CT policing's feedback to social care",
        says="recorded CT policing's feedback to social care",
        sources=(S.OWED,),
        target=S.HEARD,
        may=p.owes_the_feedback,
        requires=("told_on",),
        stops=(c.FEEDBACK_TO_US,),
        source=("C12", "C1.23"),
    ),
    Transition(
        key="feedback.not_appropriate",
        label="Say that feedback is not appropriate",
        says="recorded that feedback to {to} is not appropriate: {reason}",
        sources=(S.OWED,),
        target=S.NOT_APPROPRIATE,
        may=p.owes_the_feedback,
        requires=("to", "reason"),
        stops=(c.FEEDBACK, c.FEEDBACK_TO_PARENTS, c.FEEDBACK_TO_US),
        source=("C12", "C1.23"),
    ),
)
