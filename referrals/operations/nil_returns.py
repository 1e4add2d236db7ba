"""What must be so before policing is told that no record is held (A6, K0.5, K0.6)."""

from __future__ import annotations

from collections.abc import Sequence

from prevent_cases.casework.workflow import Refused
from referrals.models import Referral
from referrals.queries.holding import record_held, team_that_recorded
from referrals.queries.triage import register_of


def must_hold_nothing(referral: Referral, words: str) -> None:
    """:raises Refused: where our own record says otherwise, unless the officer's ``words`` say why it is true."""
    if team := team_that_recorded(referral.case):
        raise Refused(
            f"{team.name} recorded this referral in its restricted area, so a record is held and a nil return would "
            "not be true. Send it to that team again."
        )
    if not words.strip() and (held := record_held(referral)):
        raise Refused(f"{held} Open the referral and say why no record is held all the same, or send it to a team.")


def must_have_searched(referral: Referral, systems: Sequence[str], not_searched: str) -> None:
    """:raises Refused: where the register was not searched and nobody says why it could not be"""
    register = register_of(referral.case.procedure)
    if register not in systems and not not_searched.strip():
        raise Refused(f"Search {register} before you send a nil return, or say why it could not be searched.")
