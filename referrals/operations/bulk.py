"""Many at once: each case in its own savepoint, so that one that cannot be done does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import User
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.models import Case
from prevent_cases.casework.workflow import Refused
from referrals.matching.candidates import find
from referrals.matching.ranking import Strength
from referrals.models import Referral, RegisterImport
from referrals.operations import triage
from referrals.operations.assigning import assign
from referrals.queries.identity import identity
from referrals.queries.matching import REGISTER
from referrals.queries.triage import THE_REGISTER, register_of
from referrals.states import ReferralState


@dataclass(frozen=True)
class Done:
    """How many were done, and for each that was not: its reference and why."""

    count: int
    refused: tuple[tuple[str, str], ...]


@transaction.atomic
def assign_many(*, case_ids: Iterable[object], to: User, by: Actor, at: datetime) -> Done:
    """Give many cases to one person. Cases this person may not see are passed over as if they were not there."""
    done, refused = 0, []
    for case in Case.objects.visible_to(by, civil_date(at)).filter(pk__in=list(case_ids)).order_by("pk"):
        try:
            with transaction.atomic():
                assign(case=case, to=to, by=by, at=at)
            done += 1
        except Refused as refusal:
            refused.append((case.reference, str(refusal)))
    return Done(done, tuple(refused))


@transaction.atomic
def send_nil_returns(
    *, case_ids: Iterable[object], systems: list[str], delivery: str = Delivery.IN_SERVICE, council: str, by: Actor,
    at: datetime,
) -> Done:  # fmt: skip
    """Send many nil returns. The register is searched again for each: one with a likely match is left for a person.

    Among the ``systems``, ``register`` stands for the register as each case's own procedure calls it.
    Each case is settled and returned whole, or not touched: one whose person our own record knows is left too. By
    secure email, each waits to be sent from its own page.
    """
    latest = RegisterImport.objects.order_by("-at").first()
    done, refused = 0, []
    visible = Referral.objects.visible_to(by, civil_date(at)).select_related("case", "policing_team")
    for referral in visible.filter(case__in=list(case_ids)).order_by("case_id"):
        try:
            with transaction.atomic():
                _send_one(referral, systems, latest.at if latest else None, delivery, council, by, at)
            done += 1
        except Refused as refusal:
            refused.append((referral.case.reference, str(refusal)))
    return Done(done, tuple(refused))


def _send_one(
    referral: Referral,
    systems: list[str],
    extract_at: datetime | None,
    delivery: str,
    council: str,
    by: Actor,
    at: datetime,
) -> None:
    likely = [c for c in find(REGISTER, referral.facts, limit=3) if c.strength is not Strength.WEAK]
    if likely:
        raise Refused("The register holds a possible match. Open the referral and look at it.")
    if referral.state == ReferralState.RECEIVED:
        who = identity(by, referral, civil_date(at))
        if not who.is_settled:
            raise Refused("Somebody referred before may be the same person. Open the referral and say.")
        triage.open_checks(referral=referral, compared=len(who.candidates), by=by, at=at, version=referral.case.version)
    called = {THE_REGISTER: register_of(referral.case.procedure)}
    triage.send_nil_return(
        referral=referral, systems=[called.get(system, system) for system in systems],
        using="name and date of birth", extract_at=extract_at, found=[], delivery=delivery, council=council, by=by,
        at=at,
    )  # fmt: skip
