"""The acts of children's duty in a tale: each calls the product's own operation, with the tale's words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.sharing import Recipient
from prevent_cases.demo import words
from prevent_cases.demo.places import CHILDREN, POLICING, SCHOOL, SSU
from prevent_cases.demo.register import birth_date, postcode_of
from prevent_cases.demo.walk import Walk
from referrals.operations import intake
from referrals.operations.arriving import receive_child_referral
from referrals.queries.arrivals import SaidOfAChild
from referrals.states import AgeGroup
from safeguarding.models import FeedbackOwed
from safeguarding.operations import duty as operations
from safeguarding.operations.feedback import give_feedback

INSTRUCTIONS = (
    "For the attention of the duty manager only.\n\nPlease hold. Do not share this referral and do not contact the "
    "family or the school until our checks are complete. Weigh it against your threshold document and tell us today "
    "what you decide. If you think that the child is at risk now, act first and call us after."
)
SAID = (
    ("Talks of a knife at school", SCHOOL, "01632 960140"),
    ("Online chats with adults, kept secret", "Hollowell College", "01632 960141"),
    ("Drawings of an attack", SCHOOL, "01632 960140"),
    ("Says that nobody will be spared", "Fennel Row School", ""),
    ("An adult at home praises violence and has weapons", SCHOOL, "01632 960142"),
    ("Frightened of an older brother’s friends", "Fennel Row School", "01632 960143"),
)
REASONS = {
    "NO_CONCERN": "Nothing points to immediate harm. The school sees the child daily and the parents take part.",
    "SECTION_17": "The child is often alone at home and misses school. An assessment is needed; no significant harm is "
    "suspected.",
    "SECTION_47": "Weapons within reach of the child, and an adult who praises violence: reasonable cause to suspect "
    "significant harm.",
}
CONSULTED = "The duty sergeant of the Prevent team, by telephone"


def duty(walk: Walk, at: datetime, number: str) -> None:
    sender, address = walk.pick(words.SENDERS)
    who, office, source = walk.tale.who, walk.world.office, walk.source
    risk, school, phone = SAID[int(number)]
    received = intake.ReceivedReferral(
        received_at=at, reply_address=address, sender_name=sender, source=walk.tale.source,
        policing_reference=f"CTP/{at:%y}/{int.from_bytes(source.randbytes(4), 'big') % 90_000 + 10_000}",
        given_name=who.given, family_name=who.family, born_on=birth_date(who.born, office.day_zero),
        address=f"{who.address}, {who.locality}", postcode=postcode_of(who.address, who.locality),
        narrative={"concerns.described": walk.pick(words.CONCERNS).format(given=who.given)},
    )  # fmt: skip
    teams = walk.county.teams
    referral = receive_child_referral(
        key=UUID(bytes=source.randbytes(16), version=4), received=received, files=[], team=teams[CHILDREN],
        ssu=teams[SSU], policing=teams[POLICING], procedure_key=walk.world.procedure, instructions=INSTRUCTIONS,
        age=AgeGroup.CHILD, said=SaidOfAChild(risk=risk, school=school, caller_phone=phone),
        by=walk.county.actor("children", at), at=at,
    )  # fmt: skip
    walk.world.referrals[walk.tale.key] = referral.pk


def acknowledged(walk: Walk, at: datetime) -> None:
    operations.acknowledge(referral=walk.referral, by=walk.at_their_desk("children", at), at=at)


def decided(walk: Walk, at: datetime, decision: str) -> None:
    operations.decide(
        referral=walk.referral, decision=decision, reason=REASONS[decision], consulted=CONSULTED,
        by=walk.at_their_desk("children", at), at=at,
    )  # fmt: skip


def told(walk: Walk, at: datetime, to: str) -> None:
    give_feedback(
        owed=FeedbackOwed.objects.select_related("case").get(case=walk.case, to=to),
        to=Recipient(name="The head of year", agency=SCHOOL), items=["That the referral was received"],
        necessity="Whoever referred must know that it was acted on.", delivery=Delivery.SPOKEN,
        told_on=civil_date(at), by=walk.at_their_desk("children", at), at=at,
    )  # fmt: skip
