"""Practitioners' own referrals (row A3): one waits, one has a question, others are joined, finished or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from prevent_cases.casework.now import held_at
from prevent_cases.demo import words
from prevent_cases.demo.places import SSU
from prevent_cases.demo.register import birth_date, postcode_of
from prevent_cases.demo.tales import TALES, Who
from prevent_cases.demo.walk import World
from referrals.models import PractitionerReferral
from referrals.operations import intake, referrers

QUESTION = "Who else at the school has noticed this, and may we speak to them?"
THANKS = "Thank you for telling us, and for asking the family first. Please tell us again if something new worries you."
OF_TALES = {tale.key: tale.who for tale in TALES}


@dataclass(frozen=True)
class Written:
    """What a practitioner wrote, how many working days ago, and what came of it.

    ``then`` is "linked" (to a tale), "asked" (a question), "finished" or "withdrawn"; empty while it waits.
    """

    by: str
    who: Who
    days_ago: int
    then: str = ""
    linked_to: str = ""


WRITTEN = (
    Written("practitioner", OF_TALES["ferris"], 2, "linked", "ferris"),
    Written("practitioner", Who("Nia", "Dapplewade", "2002-05-30", "12 Glebe Lane", "Ambersand"), 3, "asked"),
    Written("practitioner", Who("Cerys", "Quillthorne", "2009-04-02", "5 Tannery Close", "Ambersand"), 30, "finished"),
    Written("callum", Who("Idris", "Ottermere", "2001-01-12", "9 Anchor Row", "Tarnbridge"), 4),
    Written("meera", Who("Joan", "Lindergate", "1956-10-03", "64 Mill Street", "Meresham"), 12, "withdrawn"),
)


def practitioners_write(world: World, seed: int) -> None:
    """Send each referral, and let come of it what came."""
    for place, written in enumerate(WRITTEN):
        if written.linked_to and written.linked_to not in world.referrals:
            continue
        source = Random(f"{seed}:written:{place}")  # noqa: S311 - repeatable on purpose
        days = [written.days_ago, 0 if written.then == "linked" else max(written.days_ago - 1, 0)]
        sent_at, then_at = world.office.moments(days, source)
        referral = _send(world, written, source, sent_at)
        if written.then:
            with held_at(then_at):
                _then(world, written, referral, then_at)


def _send(world: World, written: Written, source: Random, at: datetime) -> PractitionerReferral:
    who, county = written.who, world.county
    actor = county.actor(written.by, at)
    born_on = birth_date(who.born, world.office.day_zero)
    received = intake.ReceivedReferral(
        received_at=at, reply_address=actor.user.email, sender_name=actor.name, given_name=who.given,
        family_name=who.family, born_on=born_on, address=f"{who.address}, {who.locality}",
        postcode=postcode_of(who.address, who.locality),
        narrative={"concerns.described": source.choice(words.CONCERNS).format(given=who.given),
                   "complex_needs.described": source.choice(words.NEEDS)},
    )  # fmt: skip
    organisation = actor.user.memberships.select_related("team__organisation").get().team.organisation
    with held_at(at):
        return intake.receive_practitioner_referral(
            key=UUID(bytes=source.randbytes(16), version=4), received=received, files=[], ssu=county.teams[SSU],
            organisation=organisation, form_version="national-2023", procedure_key=world.procedure, by=actor, at=at,
        )  # fmt: skip


def _then(world: World, written: Written, referral: PractitionerReferral, at: datetime) -> None:
    officer = world.county.actor("ssu", at)
    if written.then == "linked":
        intake.link_practitioner_referral(
            practitioner_referral=referral, referral=world.referral(written.linked_to), by=officer, at=at
        )
    elif written.then == "withdrawn":
        intake.withdraw_practitioner_referral(
            practitioner_referral=referral, reason="The doctor made the referral first.",
            by=world.county.actor(written.by, at), at=at,
        )  # fmt: skip
    else:
        referrers.take_up(practitioner_referral=referral, by=officer, at=at)
    if written.then == "asked":
        referrers.ask_referrer(practitioner_referral=referral, question=QUESTION, by=officer, at=at)
    if written.then == "finished":
        referrers.finish(practitioner_referral=referral, words=THANKS, by=officer, at=at)
