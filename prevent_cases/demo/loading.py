"""Load the demo county, and start it over. Never in production."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from django.conf import settings
from django.db import transaction

from prevent_cases.accounts.models import User
from prevent_cases.casework import jobs, timing
from prevent_cases.casework.now import held_at
from prevent_cases.casework.procedure import published
from prevent_cases.casework.references import drawn_from
from prevent_cases.demo import county, register, story
from prevent_cases.demo.back_office import keep_the_lists
from prevent_cases.demo.drafts import practitioners_begin
from prevent_cases.demo.office import Office
from prevent_cases.demo.partners import keep_agreements, partners_are_asked
from prevent_cases.demo.protecting import people_are_protected
from prevent_cases.demo.reference import keep_reference
from prevent_cases.demo.refusals import NotHere, refuse_outside_the_demo
from prevent_cases.demo.tales import TALES, Tale
from prevent_cases.demo.tales_of_checks import CHECK_TALES
from prevent_cases.demo.tales_of_children import CHILD_TALES
from prevent_cases.demo.walk import World
from prevent_cases.demo.weighing import a_school_weighs
from prevent_cases.demo.writers import practitioners_write

SEED = 1987
REGISTER_SIZE = 20_000
TOLD = (*TALES, *CHILD_TALES, *CHECK_TALES)
PROCEDURE = "kent-2023-12"
"""The tales go by way of the Area Referral Service, a step that this procedure has."""


def is_loaded() -> bool:
    return User.objects.exists()


@transaction.atomic
def load(
    *, at: datetime, password: str, register_size: int = REGISTER_SIZE, seed: int = SEED,
    tales: Sequence[Tale] = TOLD, say: Callable[[str], None] = lambda _: None,
) -> World:  # fmt: skip
    """Write the county, its register and its referrals as they stand at a moment; all of it or nothing.

    :raises NotHere: in production, or where there are accounts already
    """
    refuse_outside_the_demo()
    if is_loaded():
        raise NotHere("There are accounts in this database already.")
    office = Office(at, timing.calendar_in_force(published(PROCEDURE).division))
    place = county.build(office, password)
    say(f"{len(place.people)} people in {len(place.teams)} teams.")
    imported = register.load(place, office, size=register_size, seed=seed)
    say(f"{imported.rows:,} entries in the register.")
    world = World(place, office, settings.COUNCIL_NAME, PROCEDURE, imported.at, tales)
    with drawn_from(Random(seed)):  # noqa: S311 - repeatable on purpose
        acts = story.tell(world, seed)
        practitioners_write(world, seed)
        keep_the_lists(place, at)
        practitioners_begin(world)
        a_school_weighs(world, seed)
        people_are_protected(world)
        partners_are_asked(world, seed)
        with held_at(at):
            for job in ("sweep_clocks", "send_notices"):
                jobs.run(job, at)
        keep_reference(world)
        keep_agreements(world)
    say(f"{len(world.referrals)} referrals, told in {acts} acts.")
    return world
