"""What the demo's practitioners have begun and not sent: a draft half done, with the advice that was taken. Data."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from prevent_cases.casework.now import held_at
from prevent_cases.demo.walk import World
from referrals.models import Concern
from referrals.operations import concerns
from referrals.states import ConcernStepKind

FORM = "national-2023"
PAGES: dict[str, dict[str, Any]] = {
    "person": {
        "individual.given_name": "Rhys", "individual.family_name": "Umberwell", "individual.other_names": "Umbo",
        "individual.born_on": "", "individual.approximate_age": "about 17",
        "individual.address": "28 Ropewalk Street, Ambersand", "individual.first_language": "English",
    },
    "worries": {
        "concerns.described": "Since September he has stopped coming to football and sits alone at lunch.\n\n"
        "He told another pupil that “people will see soon”. I do not know what he meant by it.",
        "concerns.indicators": ["behaviour"],
        "concerns.indicators.behaviour": "He has left the team and does not answer his friends.",
    },
}  # fmt: skip


def practitioners_begin(world: World) -> Concern:
    """A draft of the safeguarding lead's, begun yesterday and saved an hour ago."""
    saved_at = world.office.loaded_at - timedelta(hours=1)
    begun_at = saved_at - timedelta(days=1)
    by = world.county.actor("practitioner", saved_at)
    team = world.county.teams[by.seats[0].team_name]
    with held_at(begun_at):
        concern = concerns.begin(
            form_version=FORM, procedure_key=world.procedure, team=team, organisation=team.organisation,
            on_behalf=False, urgency=ConcernStepKind.NOT_URGENT, by=by, at=begun_at,
            answers={
                "referrer.full_name": by.name, "referrer.role": by.user.job_title, "referrer.email": by.user.email,
                "referrer.organisation": team.organisation.name, "referrer.phone": by.user.telephone,
            },
        )  # fmt: skip
    with held_at(saved_at):
        for number, (page, answers) in enumerate(PAGES.items()):
            concern = concerns.save(
                concern_id=concern.pk, answers=answers, version=concern.version, page=page, sitting=f"demo-{number}",
                done=page == "person", by=by, at=saved_at,
            )  # fmt: skip
    return concern
