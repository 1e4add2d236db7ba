"""A referral at any state, taken there step by step by the people whose work it is."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Team
from prevent_cases.casework import operations as casework
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import AccessReason, Delivery
from prevent_cases.casework.models import Case, CaseUserObjectPermission, Exclusion
from prevent_cases.casework.now import held_at, now
from prevent_cases.casework.store import ReceivedFile
from referrals.models import OnwardNeed, PractitionerReferral, Referral
from referrals.operations import answering, drafting, finishing, intake, recording, referrers, sharing, triage
from referrals.queries.triage import register_of
from referrals.states import Known, Outcome, PractitionerState
from referrals.states import ReferralState as S
from safeguarding.operations import duty
from tests.factories.files import received_file
from tests.factories.places import County

KENT = "kent-2023-12"
OVERDUE = timedelta(days=40)
STATES = tuple(S)
"""Every state a referral rests in."""

REASONS = sharing.Reasons(
    lawful_basis="UK GDPR Article 6(1)(e) public task", necessity="Policing cannot assess without it.",
    delivery=Delivery.IN_SERVICE,
)  # fmt: skip
LETTERS = {field.name for field in fields(intake.ReceivedReferral)}


def letter(at: datetime | None = None, **overrides: Any) -> intake.ReceivedReferral:
    """What policing wrote, an adult by default. Any field of ReceivedReferral by name."""
    usual = intake.ReceivedReferral(
        received_at=at or now(), reply_address="desk@ctp.example", sender_name="Sergeant A. Lumb",
        policing_reference="CTP/2026/0001", source="EDUCATION", given_name="Wilfred", family_name="Ackerley",
        born_on=date(1991, 3, 14), address="4 Mill Lane, Alderfen", postcode="ES1 4AB",
        narrative={"concerns.described": "He speaks of people met online.", "complex_needs.described": "Lives alone."},
    )  # fmt: skip
    return replace(usual, **overrides)


def a_referral(
    place: County, state: str = S.RECEIVED, *, via: str = "", at: datetime | None = None,
    procedure: str = KENT, files: list | None = None, team: Team | None = None, **overrides: Any,
) -> Referral:  # fmt: skip
    """A referral resting at ``state``, everything done at one moment ``at`` (now).

    ``via`` "area" or "locality" is the way it went to the locality team (locality). ``team`` receives it in place of
    the county's first. ``overrides`` are fields of the letter: names, ``born_on``, ``narrative``, ``source``…
    """
    at = at or now()
    if state in (S.WITH_CHILDREN, S.CHILD_DECIDED):
        overrides.setdefault("born_on", civil_date(at) - timedelta(days=15 * 365))
    if unknown := set(overrides) - LETTERS:
        raise ValueError(f"A letter has no {', '.join(sorted(unknown))}.")
    with held_at(at):
        referral = intake.receive_referral(
            key=uuid.uuid4(), received=letter(at, **overrides), files=[received_file()] if files is None else files,
            ssu=place.ssu, policing=place.policing, procedure_key=procedure, by=place.officer, at=at,
        )  # fmt: skip
        for step in _path(state, via):
            step(place, fresh(referral), at, team)
    return fresh(referral)


def an_overdue_referral(place: County, state: str = S.RECEIVED, **asked: Any) -> Referral:
    """A referral whose every deadline passed weeks ago. ``run_due`` has not been run."""
    return a_referral(place, state, at=now() - OVERDUE, **asked)


def a_nil_return(place: County, **asked: Any) -> Referral:
    """A referral answered with a nil return, and closed after it."""
    referral = a_referral(place, S.CHECKING, **asked)
    at = asked.get("at") or now()
    with held_at(at):
        _send_nil_return(place, referral, at, None)
        _close(place, fresh(referral), at, None)
    return fresh(referral)


def a_reopened_referral(place: County, **asked: Any) -> Referral:
    """Closed, then reopened by the SSU's lead: at CHECKING again."""
    referral = a_referral(place, S.CLOSED, **asked)
    at = asked.get("at") or now()
    with held_at(at):
        finishing.reopen_case(referral=referral, reason="New information has come", by=place.ssu_lead, at=at)
    return fresh(referral)


def a_practitioner_referral(
    place: County, state: str = PractitionerState.SENT, *, files: Sequence[ReceivedFile] = (),
    at: datetime | None = None, **overrides: Any,
) -> PractitionerReferral:  # fmt: skip
    """A practitioner's own referral: SENT, TAKEN_UP, LINKED (to a new police referral about the same person), FINISHED
    or WITHDRAWN."""
    at = at or now()
    with held_at(at):
        sent = intake.receive_practitioner_referral(
            key=uuid.uuid4(), received=letter(at, **overrides), files=list(files), ssu=place.ssu,
            organisation=place.school.organisation, form_version="national-2023", procedure_key=KENT,
            by=place.practitioner, at=at,
        )  # fmt: skip
        if state == PractitionerState.LINKED:
            police = a_referral(place, at=at, **overrides)
            intake.link_practitioner_referral(practitioner_referral=sent, referral=police, by=place.officer, at=at)
        if state in (PractitionerState.TAKEN_UP, PractitionerState.FINISHED):
            referrers.take_up(practitioner_referral=sent, by=place.officer, at=at)
        if state == PractitionerState.FINISHED:
            referrers.finish(practitioner_referral=sent, words="Thank you.", by=place.officer, at=at)
        if state == PractitionerState.WITHDRAWN:
            intake.withdraw_practitioner_referral(
                practitioner_referral=sent, reason="Sent in error", by=place.practitioner, at=at
            )
    return PractitionerReferral.objects.select_related("case").get(pk=sent.pk)


def a_need(place: County, referral: Referral, *, referred: bool = False, at: datetime | None = None) -> OnwardNeed:
    """Another need found on a case, referred on or not."""
    at = at or now()
    need = finishing.note_other_need(referral=referral, need="Housing", by=place.officer, at=at)
    if referred:
        finishing.refer_other_need(
            need=need, referred_to="Housing options", referred_on=civil_date(at), by=place.officer, at=at
        )
    return OnwardNeed.objects.get(pk=need.pk)


def a_named_worker(
    place: County, referral: Referral, who: Actor, *, days: int = 14, reason: str = AccessReason.TASK,
    by: Actor | None = None, at: datetime | None = None,
) -> CaseUserObjectPermission:  # fmt: skip
    """Let somebody into the case's restricted area for some days."""
    at = at or now()
    return casework.name_worker(
        case=Case.objects.get(pk=referral.case_id), worker=who.user, reason=reason,
        until=civil_date(at) + timedelta(days=days), words="", by=by or place.locality_worker, at=at,
    )  # fmt: skip


def a_conflict(referral: Referral, who: Actor, *, at: datetime | None = None) -> Exclusion:
    """A conflict of interest, declared by the person themselves."""
    case = Case.objects.get(pk=referral.case_id)
    return casework.declare_conflict(case=case, who=who.user, by=who, at=at or now())


def fresh(referral: Referral) -> Referral:
    """The referral and its case as the database has them now."""
    return Referral.objects.select_related("case", "person").get(pk=referral.pk)


Step = Callable[[County, Referral, datetime, Team | None], Any]
SEARCHED: dict[str, Any] = {"systems": ["Mosaic"], "extract_at": None, "found": []}


def _open_checks(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    triage.open_checks(referral=referral, compared=0, by=place.officer, at=at, version=referral.case.version)


def _query_back(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    triage.query_back(
        referral=referral, reason="We cannot tell which person this is", by=place.officer, at=at,
        version=referral.case.version,
    )  # fmt: skip


def _send_nil_return(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    triage.send_nil_return(
        referral=referral, systems=[register_of(referral.case.procedure)], using="name and date of birth",
        extract_at=None, found=[], council="Exampleshire County Council", by=place.officer, at=at,
    )  # fmt: skip


def _send_to_area(place: County, referral: Referral, at: datetime, team: Team | None) -> None:
    team = team if team and team.kind == "AREA" else place.area_team
    triage.send_to_area(referral=referral, team=team, by=place.officer, at=at, **SEARCHED)


def _send_to_locality(place: County, referral: Referral, at: datetime, team: Team | None) -> None:
    triage.send_to_locality(
        referral=referral, team=team or place.locality_team, known=Known.OPEN, named_worker=None,
        named_worker_name="Cole Rudd", by=place.officer, at=at, **SEARCHED,
    )  # fmt: skip


def _send_to_children(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    triage.send_to_children(referral=referral, team=place.children_team, by=place.officer, at=at)


def _decide_child(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    duty.decide(
        referral=referral, decision="NO_CONCERN", reason="Nothing in it shows harm.",
        consulted="Sergeant A. Lumb, CT policing", by=place.children, at=at,
    )  # fmt: skip


def _record(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    worker = _worker_of(place, referral.case.holder_team_id)
    recording.note_added(referral=referral, by=worker, at=at)
    recording.place_document(referral=fresh(referral), by=worker, at=at)


def _forward(place: County, referral: Referral, at: datetime, team: Team | None) -> None:
    to = team if team and team.kind == "LOCALITY" else place.locality_team
    recording.forward(referral=referral, team=to, by=_worker_of(place, referral.case.holder_team_id), at=at)


def _submit(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    worker = _worker_of(place, referral.case.holder_team_id)
    answer = drafting.start_answer(referral=referral, by=worker, at=at)
    said = {heading: drafting.Said(False) for heading, _ in referral.case.procedure.answer_headings}
    said["care_needs"] = drafting.Said(True, "Support twice a week since 2024.", "He has seemed settled.")
    drafting.save_answer(
        answer=answer, said=said, minimum_checked=True, left_out="", by=worker, at=at, version=answer.version
    )
    answering.submit_answer(referral=referral, by=worker, at=at)


def _sign_off(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    answering.sign_off_answer(
        referral=fresh(referral), reasons=REASONS, council="Exampleshire County Council",
        by=place.locality_manager, at=at,
    )  # fmt: skip


def _record_outcome(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    finishing.record_outcome(
        referral=referral, outcome=Outcome.NO_FURTHER_ACTION, told_on=civil_date(at), by=place.officer, at=at
    )


def _close(place: County, referral: Referral, at: datetime, _: Team | None) -> None:
    finishing.close_case(referral=referral, other_needs="None found", by=place.officer, at=at)


def _worker_of(place: County, team_id: Any) -> Actor:
    """The nominated worker of a team, among the county's people."""
    return next(actor for actor in place.roles.values() if actor.is_nominated(team_id))


def _path(state: str, via: str) -> tuple[Step, ...]:
    checked = (_open_checks,)
    by_area: tuple[Step, ...] = (*checked, _send_to_area)
    prepared = (*by_area, _record, _forward) if via == "area" else (*checked, _send_to_locality, _record)
    answered: tuple[Step, ...] = (*prepared, _submit, _sign_off)
    return {
        S.RECEIVED: (),
        S.QUERIED: (_query_back,),
        S.CHECKING: checked,
        S.NIL_RETURNED: (*checked, _send_nil_return),
        S.WITH_CHILDREN: (_send_to_children,),
        S.CHILD_DECIDED: (_send_to_children, _decide_child),
        S.WITH_AREA: by_area,
        S.AREA_RECORDED: (*by_area, _record),
        S.WITH_LOCALITY: (*checked, _send_to_locality),
        S.PREPARING: prepared,
        S.SIGN_OFF: (*prepared, _submit),
        S.RESPONDED: answered,
        S.OUTCOME_KNOWN: (*answered, _record_outcome),
        S.CLOSED: (*answered, _record_outcome, _close),
    }[S(state)]


def steps_to(state: str, via: str = "") -> tuple[Step, ...]:
    """What people do, one after another, to bring a referral to rest at a state."""
    return _path(state, via)
