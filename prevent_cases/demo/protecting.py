"""What is done to protect somebody in the county, beside the Prevent steps: a child, and two adults. Invented."""

from __future__ import annotations

from datetime import datetime, timedelta

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.now import held_at
from prevent_cases.demo.walk import World
from referrals.models import Referral
from safeguarding.operations import discussions, screening
from safeguarding.operations.safety import act_for_safety
from safeguarding.queries.typed import Agreed, Discussed, Screened

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CHILD, ADULT, FRESH = ("soren", "rory"), ("phoebe",), ("conor",)
"""The tales in which somebody is protected: the first that was told."""

NIGHT = "He came home to find the lock changed, and a man waits outside whom he met online."
MINUTES = (
    "Police said that the man outside is known to them for violence. School said that Rowan, his form tutor, has seen "
    "bruises this month. Health had nothing new.\n\n"
    "Everybody agreed that there is reason to suspect significant harm. He stays with his aunt, who lives far enough "
    "away. The police Prevent team had been asked before the discussion and had no objection."
)


def people_are_protected(world: World) -> None:
    """A child for whom a strategy discussion was held, an adult with an enquiry, and one to be screened."""
    at = world.office.loaded_at
    if child := _told(world, CHILD):
        _child(world, child, at - 5 * HOUR)
    if adult := _told(world, ADULT):
        _adult(world, adult, at - 4 * HOUR)
    if fresh := _told(world, FRESH):
        by = world.county.actor("colleague", at)
        with held_at(at - HOUR):
            act_for_safety(
                case_id=fresh.case_id, kind="SECTION_42", by=by, at=at - HOUR,
                reason="A neighbour says that somebody holds his bank card and sends him out at night.",
            )  # fmt: skip


def _told(world: World, keys: tuple[str, ...]) -> Referral | None:
    return next((world.referral(key) for key in keys if key in world.referrals), None)


def _child(world: World, referral: Referral, at: datetime) -> None:
    by = world.county.actor("children", at)
    with held_at(at):
        begun = act_for_safety(case_id=referral.case_id, kind="IMMEDIATE", reason=NIGHT, by=by, at=at)
        discussions.record_emergency_decision(
            protection=begun, agency="POLICE", decided_by="Inspector Brann Holloway", decided_at=at - HOUR,
            action="AGREED", words="He could not stay at home tonight. His aunt took him in.",
            consulted="Sergeant Odile Wrenfield, by telephone", by=by, at=at,
        )  # fmt: skip
    later, due = at + HOUR, civil_date(at)
    with held_at(later):
        discussions.record_discussion(
            protection=begun, by=by, at=later, said=Discussed(
                held_at=at + HOUR / 2,
                attendees=[
                    ("CHILDREN", "Cass Elmsby, duty social worker"), ("POLICE", "Inspector Brann Holloway"),
                    ("POLICE_PREVENT", "Sergeant Odile Wrenfield"), ("HEALTH", "Tamsin Orme, named nurse"),
                    ("EDUCATION", "Perry Sandholt, safeguarding lead"),
                ],
                legal_advice="SOUGHT", legal_words="The council’s solicitor: no order is needed while the aunt agrees.",
                told="TOLD", told_words="His mother knows where he is, and agrees. The man outside was not spoken to.",
                outcome="SECTION_47", minutes=MINUTES,
                actions=[
                    Agreed(what="See him at his aunt’s", who="Cass Elmsby", due_on=due + DAY),
                    Agreed(what="Tell the school who may collect him", who="Perry Sandholt", due_on=due + DAY),
                ],
            ),
        )  # fmt: skip


def _adult(world: World, referral: Referral, at: datetime) -> None:
    by = world.county.actor("locality", at)
    with held_at(at):
        begun = act_for_safety(
            case_id=referral.case_id, kind="SECTION_42", by=by, at=at,
            reason="Her lodger keeps her money, and shouts when her sister telephones.",
        )  # fmt: skip
    with held_at(at + HOUR):
        screening.screen(
            protection=begun, needs_police=True, by=by, at=at + HOUR, said=Screened(
                has_needs=True, needs_words="She needs help to wash and to dress, twice a day.",
                is_at_risk=True, risk_words="Her lodger keeps her bank card. She has lost weight.",
                cannot_protect=True, protect_words="She depends on the lodger to get out of bed.",
                decision="ENQUIRY", decision_words="We see her with her sister tomorrow, while the lodger is out.",
                wishes="She wants her card back, and to stay in her own home.",
                advocacy="SOMEBODY", advocate="Her sister", capacity="HAS",
                capacity_decision="Whether to ask the lodger to leave",
                capacity_support="Short questions in the morning, her sister beside her.", child=True,
            ),
        )  # fmt: skip
