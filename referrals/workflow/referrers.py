"""What becomes of a practitioner's own referral, and of the questions to whoever sent it (rows A3 and A4)."""

from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.workflow import Transition, Workflow
from referrals import clocks as c
from referrals import policy as p
from referrals.states import PractitionerState as W
from referrals.states import QuestionState as Q

PRACTITIONER_REFERRAL = Workflow(
    "Practitioner's referral",
    W,
    W.SENT,
    (W.FINISHED, W.WITHDRAWN),
    {
        W.SENT: Queue.ARRIVED,
        W.TAKEN_UP: Queue.ARRIVED,
        W.LINKED: Queue.CLOSED,
        W.FINISHED: Queue.CLOSED,
        W.WITHDRAWN: Queue.CLOSED,
    },
    Transition(
        key="practitioner.take_up",
        label="Take it up",
        says="took up a practitioner's own referral",
        sources=(W.SENT,),
        target=W.TAKEN_UP,
        may=p.an_ssu_officer,
        stops=(c.TAKE_UP,),
        source=("A3", "E4.34"),
    ),
    Transition(
        key="practitioner.link",
        label="Join it to the police referral",
        says="joined a practitioner's own referral to the police referral {reference}",
        sources=(W.SENT, W.TAKEN_UP),
        target=W.LINKED,
        may=p.an_ssu_officer,
        requires=("reference",),
        stops=(c.TAKE_UP,),
        source=("A4",),
    ),
    Transition(
        key="practitioner.finish",
        label="Tell the referrer that it is finished",
        says="told the referrer that it is finished",
        sources=(W.TAKEN_UP, W.LINKED),
        target=W.FINISHED,
        may=p.an_ssu_officer,
        tells=("referrer",),
        shares=True,
        source=("A15",),
    ),
    Transition(
        key="practitioner.withdraw",
        label="Withdraw the referral",
        says="withdrew the referral",
        sources=(W.SENT,),
        target=W.WITHDRAWN,
        may=p.the_referrer,
        requires=("reason",),
        stops=(c.TAKE_UP,),
        source=("A3",),
    ),
)

QUESTION = Workflow(
    "Question to a referrer",
    Q,
    Q.ASKED,
    (Q.ANSWERED, Q.TAKEN_BACK),
    dict.fromkeys(Q, Queue.WAITING),
    Transition(
        key="question.answer",
        label="Answer the question",
        says="answered a question about their referral",
        sources=(Q.ASKED,),
        target=Q.ANSWERED,
        may=p.the_referrer,
        requires=("answered",),
        stops=(c.REFERRER_QUESTION,),
        tells=("coordinating team",),
        source=("A5",),
    ),
    Transition(
        key="question.take_back",
        label="Take the question back",
        says="took back a question to the referrer",
        sources=(Q.ASKED,),
        target=Q.TAKEN_BACK,
        may=p.an_ssu_officer,
        stops=(c.REFERRER_QUESTION,),
        source=("A5",),
    ),
)
