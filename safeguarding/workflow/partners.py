"""Asking a partner: what they may answer, and what may follow (D2.11, D2.12, N3.31 to N3.37)."""

from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.workflow import Transition, Workflow
from safeguarding import clocks as c
from safeguarding import policy as p
from safeguarding.states import PartnerState as S

PARTNER_REQUEST = Workflow(
    "Question to a partner",
    S,
    S.ASKED,
    (S.ANSWERED, S.REFUSED, S.WITHDRAWN),
    dict.fromkeys(S, Queue.WAITING),
    Transition(
        key="partner.answer",
        label="Record the answer",
        says="had an answer from {agency}: {answer}",
        sources=(S.ASKED, S.PARTLY),
        target=S.ANSWERED,
        may=p.the_partner | p.keeps_the_question,
        requires=("agency", "answer"),
        records=("came_by",),
        stops=(c.PARTNER_ANSWER,),
        tells=("asker",),
        source=("D2.11", "N3.31"),
    ),
    Transition(
        key="partner.answer_in_part",
        label="Record a part of the answer",
        says="had part of an answer from {agency}; the rest is to come",
        sources=(S.ASKED, S.PARTLY),
        target=S.PARTLY,
        may=p.the_partner | p.keeps_the_question,
        requires=("agency",),
        records=("came_by",),
        tells=("asker",),
        source=("D2.11", "N3.31"),
    ),
    Transition(
        key="partner.refuse",
        label="Record that they will not answer",
        says="heard from {agency} that they will not answer",
        sources=(S.ASKED, S.PARTLY),
        target=S.REFUSED,
        may=p.the_partner | p.keeps_the_question,
        requires=("agency",),
        records=("came_by",),
        stops=(c.PARTNER_ANSWER,),
        tells=("asker",),
        source=("N3.32", "N3.33"),
    ),
    Transition(
        key="partner.ask_again",
        label="Ask again",
        says="asked {agency} again, for an answer by {due_on}: {reason}",
        sources=(S.ASKED, S.PARTLY, S.ANSWERED, S.REFUSED),
        target=S.ASKED,
        may=p.keeps_the_question,
        requires=("agency", "due_on", "reason"),
        stops=(c.PARTNER_ANSWER,),
        starts=(c.PARTNER_ANSWER,),
        shares=True,
        source=("D2.11", "D2.12"),
    ),
    Transition(
        key="partner.withdraw",
        label="Withdraw the question",
        says="withdrew the question to {agency}: {reason}",
        sources=(S.ASKED, S.PARTLY),
        target=S.WITHDRAWN,
        may=p.keeps_the_question,
        requires=("agency", "reason"),
        stops=(c.PARTNER_ANSWER,),
        source=("N3.36",),
    ),
)
