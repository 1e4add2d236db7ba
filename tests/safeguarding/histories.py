"""Things that people do with a case, in any order: each may be refused, and each leaves the case as it then is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from prevent_cases.casework import holding
from prevent_cases.casework import operations as casework
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.models import Case
from referrals.models import Referral
from referrals.operations import assigning, finishing, recording, triage
from referrals.states import ReferralState as S
from safeguarding.models import Protection
from safeguarding.operations import discussions, endings, screening
from safeguarding.operations.safety import act_for_safety
from tests.factories import County, discussed, referrals, screened
from tests.factories.referrals import fresh

Act = Callable[[County, Referral, datetime], object]
DAY = timedelta(days=1)


def _step(state: str) -> Act:
    """The last step of the way to a state, as the factory takes it."""
    step = referrals.steps_to(state)[-1]
    return lambda place, referral, at: step(place, referral, at, None)


def _place_hold(place: County, referral: Referral, at: datetime) -> object:
    case = referral.case
    by = place.children if case.holder_team_id == place.children_team.pk else place.officer
    return holding.place(case=case, received_at=referral.received_at, reason="Checks", by=by, at=at)


def _renew_hold(place: County, referral: Referral, at: datetime) -> object:
    until = civil_date(at) + 20 * DAY
    return holding.renew(case=referral.case, until=until, reason="Not yet", by=place.ssu_lead, at=at)


def _begin(kind: str) -> Act:
    def act(place: County, referral: Referral, at: datetime) -> object:
        return act_for_safety(case_id=referral.case_id, kind=kind, reason="A risk.", by=place.officer, at=at)

    return act


def _finish(place: County, referral: Referral, at: datetime) -> object:
    first = Protection.objects.filter(case=referral.case_id).exclude(state="FINISHED").order_by("opened_at").first()
    return first and endings.finish_protection(protection=first, ending="SAFE", words="Safe.", by=place.officer, at=at)


def _discuss(place: County, referral: Referral, at: datetime) -> object:
    first = Protection.objects.filter(case=referral.case_id).exclude(state="FINISHED").order_by("-opened_at").first()
    outcome = "SECTION_47" if first and first.kind != "SECTION_42" else "NONE"
    return first and discussions.record_discussion(
        protection=first, said=discussed(first.kind, at, outcome=outcome), by=place.officer, at=at
    )


def _screen(place: County, referral: Referral, at: datetime) -> object:
    first = Protection.objects.filter(case=referral.case_id, kind="SECTION_42").first()
    return first and screening.screen(
        protection=first, said=screened(child=True), needs_police=True, by=place.officer, at=at
    )


ACTS: dict[str, Act] = {
    **{f"go to {state}": _step(state) for state in S if referrals.steps_to(state)},
    "recall": lambda place, referral, at: triage.recall(
        referral=referral, reason="Wrong team", by=place.officer, at=at
    ),
    "reopen": lambda place, referral, at: finishing.reopen_case(
        referral=referral, reason="New information", by=place.ssu_lead, at=at
    ),
    "note added": lambda place, referral, at: recording.note_added(referral=referral, by=place.locality_worker, at=at),
    "assign": lambda place, referral, at: assigning.assign(
        case=referral.case, to=place.second_officer.user, by=place.officer, at=at
    ),
    "write a note": lambda place, referral, at: casework.write_note(
        case=referral.case, text="A note.", by=place.officer, at=at
    ),
    "limit it": lambda _, referral, at: _limit(referral),
    "place a hold": _place_hold,
    "renew the hold": _renew_hold,
    "end the hold": lambda place, referral, at: holding.end(
        case=referral.case, reason="Enough", by=place.ssu_lead, at=at
    ),
    **{f"begin {kind}": _begin(kind) for kind in ("IMMEDIATE", "SECTION_47", "SECTION_17", "SECTION_42")},
    "discuss": _discuss,
    "screen": _screen,
    "finish": _finish,
}


def _limit(referral: Referral) -> None:
    """Fewer people see it from now on."""
    case = Case.objects.get(pk=referral.case_id)
    case.sensitivity = 1
    case.save()


def do(name: str, place: County, referral: Referral, at: datetime) -> None:
    """Try one of them on the case as it is now. :raises Refused: where it cannot be done"""
    ACTS[name](place, fresh(referral), at)
