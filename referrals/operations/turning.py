"""Who turns out to be a child, or an adult: the date of birth is put right, and the case goes where it belongs."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Team
from prevent_cases.casework import outbox
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.engine import advance, keep, lock, must_be_as_seen, record, settle
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import Person, Referral
from referrals.operations.arriving import keep_arrival, must_be_child
from referrals.operations.people import keep_person
from referrals.operations.triage import give_to
from referrals.policy import puts_the_date_right
from referrals.queries.ages import age_group, age_group_on
from referrals.queries.arrivals import NOTHING_SAID, SaidOfAChild
from referrals.queries.naming import must_name_nobody
from referrals.states import AgeGroup
from referrals.workflow import REFERRAL

CROSSED = {AgeGroup.ADULT: "The person is an adult", AgeGroup.CHILD: "The person is under 18"}


@transaction.atomic
def correct_birth_date(
    *, referral: Referral, born_on: date, by: Actor, at: datetime, version: int | None = None
) -> str:  # fmt: skip
    """Put the date of birth right, whatever the case stands at. The age group follows it.

    :returns: the age group the person turned out to be in, where that is another than before; else nothing. Whoever
        holds and coordinates the case is then told to see where it belongs
    :raises NotAllowed: for somebody who neither holds nor coordinates the case
    :raises Refused: for a date in the future, or the one that is there
    """
    case = lock(referral.case_id)
    referral.case = case
    if not puts_the_date_right.allows(by, referral):
        raise NotAllowed(f"This may only be done by {puts_the_date_right.says}.")
    must_be_as_seen(case, version, by)
    on = civil_date(at)
    if born_on >= on:
        raise Refused("The date of birth must be in the past.", "born_on")
    if born_on == referral.born_on:
        raise Refused("That is the date of birth that is there already.", "born_on")
    before = age_group_on(referral, on)
    received = Person.objects.select_for_update(no_key=True).get(pk=referral.person_as_received_id)
    referral.born_on = received.born_on = born_on
    referral.age_group = age_group(born_on, on)
    keep(referral, by=by, at=at)
    keep_person(received, by=by, at=at)
    after = referral.age_group
    crossed = "" if before in (after, AgeGroup.UNKNOWN) else after
    facts = {"crossed": CROSSED[AgeGroup(crossed)]} if crossed else {}
    event = record(case=case, kind="birth_date.corrected", by=by, at=at, subject=referral.record_key, facts=facts)
    for name, team in (("holding", case.holder_team), ("coordinating", case.owner_team)):
        if crossed and (name == "holding" or team != case.holder_team):
            outbox.write(key=f"event:{event.pk}:{name}", kind="birth_date.corrected", case=case, to=team, at=at)
    settle(case, by=by, at=at)
    return str(crossed)


@transaction.atomic
def reroute_to_children(
    *, referral: Referral, team: Team, reason: str, said: SaidOfAChild = NOTHING_SAID, by: Actor, at: datetime,
    version: int | None = None,
) -> None:  # fmt: skip
    """From the adult pathway to children's duty: it is a child after all. What was written goes with it.

    :raises Refused: for an adult
    """
    must_name_nobody(referral, reason)
    case = lock(referral.case_id)
    must_be_child(referral, civil_date(at))
    losing = case.holder_team
    referral.known, referral.named_worker, referral.named_worker_name = "", None, ""
    referral.age_group = AgeGroup.CHILD
    advance(
        subject=referral, transition=REFERRAL["referral.reroute_to_children"], by=by, at=at, version=version,
        team_id=team.pk, facts={"team": team.name, "reason": reason},
        to={"receiving team": team, "losing team": losing},
    )  # fmt: skip
    give_to(referral, team, by=by, at=at)
    keep_arrival(referral, team, said, at, by=by, at=at)
