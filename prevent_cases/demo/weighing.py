"""The school's own step (E4.12): a teacher's concern waits for the safeguarding lead, and another is being watched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from prevent_cases.casework.days import civil_date
from prevent_cases.casework.now import held_at
from prevent_cases.demo.walk import World
from referrals.operations import concern_steps, concerns
from referrals.states import AdviceRung, ConcernStepKind

FORM = "national-2023"


@dataclass(frozen=True)
class Weighed:
    """A concern of the teacher's: what was typed, what was said with it, and what the lead decided, if they did."""

    days_ago: int
    answers: dict[str, str]
    handed_with: str
    decided: str = ""
    because: str = ""


WEIGHED = (
    Weighed(
        1,
        {
            "individual.given_name": "Bryn", "individual.family_name": "Copperwade",
            "concerns.described": "In a lesson on the vote he said that some people should not be allowed to live "
            "here. He had not spoken like that before.",
            "concerns.noticed": "I was teaching the lesson.",
        },
        "He may only have repeated something he saw. Could you look at it this week?",
    ),
    Weighed(
        12,
        {
            "individual.given_name": "Elin", "individual.family_name": "Thistlewade",
            "concerns.described": "She drew a symbol on her bag that I did not know.",
            "concerns.noticed": "I saw it at registration.",
        },
        "",
        ConcernStepKind.WATCH,
        "It is the mark of a band her brother plays in. Her tutor keeps an eye on it until half term.",
    ),
)  # fmt: skip


def a_school_weighs(world: World, seed: int) -> None:
    """Write each concern, hand it to the lead, and let the lead decide what was decided."""
    for place, weighed in enumerate(WEIGHED):
        source = Random(f"{seed}:weighed:{place}")  # noqa: S311 - repeatable on purpose
        at, decided_at = world.office.moments([weighed.days_ago, max(weighed.days_ago - 1, 0)], source)
        with held_at(at):
            concern_id, version = _handed(world, weighed, at)
        if weighed.decided:
            with held_at(decided_at):
                concern_steps.decide(
                    concern_id=concern_id, decision=weighed.decided, words=weighed.because, version=version,
                    by=world.county.actor("practitioner", decided_at), at=decided_at,
                )  # fmt: skip


def _handed(world: World, weighed: Weighed, at: datetime) -> tuple[UUID, int]:
    """The teacher writes it, notes whom they asked, and hands it over; its id and its version then."""
    teacher, lead = world.county.actor("teacher", at), world.county.people["practitioner"]
    team = world.county.teams[teacher.seats[0].team_name]
    concern = concerns.begin(
        form_version=FORM, procedure_key=world.procedure, team=team, organisation=team.organisation, on_behalf=False,
        urgency=ConcernStepKind.NOT_URGENT, by=teacher, at=at,
        answers={"referrer.full_name": teacher.name, "referrer.role": "Teacher",
                 "referrer.email": teacher.user.email, "referrer.organisation": team.organisation.name},
    )  # fmt: skip
    concern = concerns.save(
        concern_id=concern.pk, answers=weighed.answers, version=concern.version, page="worries", sitting="demo",
        done=True, by=teacher, at=at,
    )  # fmt: skip
    concern_steps.note_advice(
        concern_id=concern.pk, rung=AdviceRung.LINE_MANAGER, whom="Head of year", taken_on=civil_date(at),
        advised="Hand it to the safeguarding lead today.", by=teacher, at=at,
    )  # fmt: skip
    concern_steps.hand_over(
        concern_id=concern.pk, to=lead.pk, words=weighed.handed_with, version=concern.version, by=teacher, at=at
    )
    return concern.pk, concern.version + 1
