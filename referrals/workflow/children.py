"""The rows of the child's pathway: domain rows C1, C2 and C13. The hold and protection run beside the referral."""

from prevent_cases.casework.workflow import Transition
from referrals import clocks as c
from referrals import policy as p
from referrals.states import ReferralState as S

ROUTED = (
    S.WITH_AREA, S.AREA_RECORDED, S.WITH_LOCALITY, S.PREPARING, S.SIGN_OFF, S.RESPONDED, S.OUTCOME_KNOWN,
    S.NIL_RETURNED,
)  # fmt: skip
"""Where a referral may be on the adult pathway when it turns out to be a child's."""

CHILDREN = (
    Transition(
        key="referral.acknowledge_child",
        label="Acknowledge the referral",
        says="acknowledged the referral",
        sources=(S.WITH_CHILDREN,),
        target=S.WITH_CHILDREN,
        may=p.childrens_duty,
        records=("done_at", "logged_at"),
        stops=(c.ACKNOWLEDGE,),
        tells=("reply address",),
        source=("C2", "C1.12"),
    ),
    Transition(
        key="referral.decide_child",
        label="Decide what happens next",
        says="decided: {decision}",
        sources=(S.WITH_CHILDREN,),
        target=S.CHILD_DECIDED,
        may=p.childrens_duty,
        requires=("decision", "threshold"),
        records=("consulted", "done_at", "logged_at"),
        stops=(c.DECIDE,),
        tells=("coordinating team",),
        source=("C2", "C1.7", "C1.8", "C1.9", "C1.13", "C1.14"),
    ),
    Transition(
        key="referral.hand_to_adults",
        label="Hand over to the adult pathway",
        says="handed it over to {team}: {reason}",
        sources=(S.WITH_CHILDREN, S.CHILD_DECIDED),
        target=S.CHECKING,
        may=p.childrens_duty | p.an_ssu_officer,
        requires=("team", "reason"),
        stops=(c.ACKNOWLEDGE, c.DECIDE, c.HAND_OVER),
        starts=(c.TRIAGE, c.REPLY),
        tells=("receiving team",),
        source=("C13",),
    ),
    Transition(
        key="referral.reroute_to_children",
        label="Send to children's duty: the person is under 18",
        says="sent it to {team}: {reason}",
        sources=ROUTED,
        target=S.WITH_CHILDREN,
        may=p.an_ssu_officer,
        requires=("team", "reason"),
        stops=(c.RECORD, c.FORWARD, c.SIGN_OFF, c.REPLY, c.OUTCOME, c.FINISH),
        starts=(c.ACKNOWLEDGE, c.DECIDE),
        tells=("receiving team", "losing team"),
        shares=True,
        source=("C1", "C1.1"),
    ),
    Transition(
        key="referral.close_child",
        label="Close the case",
        says="closed the case: {reason}",
        sources=(S.CHILD_DECIDED,),
        target=S.CLOSED,
        may=p.childrens_duty,
        requires=("reason", "other_needs"),
        stops=(c.HAND_OVER,),
        starts=(c.RETENTION,),
        source=("C13",),
    ),
)
