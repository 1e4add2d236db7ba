"""Every act on a case as a call with usual words, by whoever does it where the case is. For the matrix of the hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import operations as casework
from prevent_cases.casework import sharing
from prevent_cases.casework.consenting import record_consent
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.holding import must_be_free_to_share
from prevent_cases.casework.kinds import ConsentPosition, Delivery
from prevent_cases.casework.models import Case, Disclosure
from prevent_cases.casework.workflow import OnHold, Refused
from referrals.models import Answer, InformationForm, OnwardNeed, Referral
from referrals.operations import (
    answering,
    assigning,
    bulk,
    contributions,
    drafting,
    finishing,
    information_forms,
    recording,
    triage,
    turning,
)  # fmt: skip
from referrals.operations.sharing import acknowledge as acknowledge_disclosure
from referrals.operations.sharing import record_emailed
from referrals.queries.triage import register_of
from safeguarding.models import Check, FeedbackOwed
from safeguarding.operations import checks, duty, eighteen, feedback, own_list
from tests.factories import County, items_of, received_file
from tests.factories.referrals import REASONS, SEARCHED

COUNCIL = "Exampleshire County Council"


class NothingToActOn(Exception):
    """The case holds nothing that this act is about."""


def holder(place: County, case: Case) -> Actor:
    """Who works on the case where it is: a nominated worker, or a member."""
    roles = place.roles.values()
    nominated = [actor for actor in roles if actor.is_nominated(case.holder_team_id)]
    return (nominated or [actor for actor in roles if actor.is_member(case.holder_team_id)])[0]


def one_of(rows: Any) -> Any:
    if (found := rows.first()) is None:
        raise NothingToActOn
    return found


def to_a_team(referral: Referral) -> Any:
    """What was shared with a team that reads it here."""
    return Disclosure.objects.filter(case=referral.case_id, recipient_team__isnull=False)


def said_of_a_hold(referral: Referral, at: datetime) -> str:
    """How a hold refuses, as a bulk act hands it on in words."""
    try:
        must_be_free_to_share(referral.case, at=at)
    except OnHold as held:
        return str(held)
    return ""


Act = Callable[[County, Referral, datetime], object]
ACTS: dict[str, Act] = {}


def act(function: Act) -> Act:
    ACTS[function.__name__.rstrip("_")] = function
    return function


@act
def open_checks(place: County, referral: Referral, at: datetime) -> object:
    return triage.open_checks(
        referral=referral, compared=0, by=place.officer, at=at, version=referral.case.version
    )  # fmt: skip


@act
def query_back(place: County, referral: Referral, at: datetime) -> object:
    return triage.query_back(
        referral=referral, reason="Which?", question="Which one?", by=place.officer, at=at,
        version=referral.case.version,
    )  # fmt: skip


@act
def answer_query(place: County, referral: Referral, at: datetime) -> object:
    return triage.answer_query(
        referral=referral, corrected={}, reply="The elder.", by=place.officer, at=at, version=referral.case.version
    )


@act
def send_nil_return(place: County, referral: Referral, at: datetime) -> object:
    return triage.send_nil_return(
        referral=referral, systems=[register_of(referral.case.procedure)], using="name", extract_at=None, found=[],
        adult=True, council=COUNCIL, by=place.officer, at=at,
    )  # fmt: skip


@act
def send_nil_returns_in_bulk(place: County, referral: Referral, at: datetime) -> object:
    done = bulk.send_nil_returns(
        case_ids=[referral.case_id], systems=[register_of(referral.case.procedure)], council=COUNCIL,
        by=place.officer, at=at,
    )  # fmt: skip
    if done.refused:
        words = done.refused[0][1]
        raise (OnHold if words in said_of_a_hold(referral, at) else Refused)(words)
    return done


@act
def send_to_area(place: County, referral: Referral, at: datetime) -> object:
    return triage.send_to_area(referral=referral, team=place.area_team, adult=True, by=place.officer, at=at, **SEARCHED)


@act
def send_to_locality(place: County, referral: Referral, at: datetime) -> object:
    return triage.send_to_locality(
        referral=referral, team=place.locality_team, known="OPEN", named_worker=None, named_worker_name="",
        adult=True, by=place.officer, at=at, **SEARCHED,
    )  # fmt: skip


@act
def send_to_children(place: County, referral: Referral, at: datetime) -> object:
    referral.born_on = civil_date(at) - timedelta(days=15 * 365)
    return triage.send_to_children(referral=referral, team=place.children_team, by=place.officer, at=at)


@act
def recall(place: County, referral: Referral, at: datetime) -> object:
    return triage.recall(referral=referral, reason="The wrong team", by=place.officer, at=at)


@act
def reroute(place: County, referral: Referral, at: datetime) -> object:
    return triage.reroute(
        referral=referral, team=place.other_locality_team, reason="Moved", named_worker_name="", by=place.officer,
        at=at,
    )  # fmt: skip


@act
def reroute_to_children(place: County, referral: Referral, at: datetime) -> object:
    Referral.objects.filter(pk=referral.pk).update(born_on=civil_date(at) - timedelta(days=15 * 365))
    return turning.reroute_to_children(
        referral=Referral.objects.select_related("case").get(pk=referral.pk), team=place.children_team,
        reason="A child after all", by=place.officer, at=at,
    )  # fmt: skip


@act
def correct_birth_date(place: County, referral: Referral, at: datetime) -> object:
    return turning.correct_birth_date(referral=referral, born_on=date(1990, 1, 2), by=place.officer, at=at)


@act
def add_the_neutral_note(place: County, referral: Referral, at: datetime) -> object:
    return recording.note_added(referral=referral, by=holder(place, referral.case), at=at)


@act
def place_the_document(place: County, referral: Referral, at: datetime) -> object:
    return recording.place_document(referral=referral, by=holder(place, referral.case), at=at)


@act
def forward(place: County, referral: Referral, at: datetime) -> object:
    return recording.forward(
        referral=referral, team=place.locality_team, by=holder(place, referral.case), at=at
    )  # fmt: skip


@act
def write_and_submit_the_answer(place: County, referral: Referral, at: datetime) -> object:
    worker = holder(place, referral.case)
    answer = drafting.start_answer(referral=referral, by=worker, at=at)
    said = {heading: drafting.Said(False) for heading, _ in referral.case.procedure.answer_headings}
    drafting.save_answer(
        answer=answer, said=said, minimum_checked=True, left_out="", by=worker, at=at, version=answer.version
    )
    return answering.submit_answer(referral=referral, by=worker, at=at)


@act
def return_answer(place: County, referral: Referral, at: datetime) -> object:
    return answering.return_answer(referral=referral, reason="Too much", by=place.locality_manager, at=at)


@act
def sign_off_answer(place: County, referral: Referral, at: datetime) -> object:
    return answering.sign_off_answer(
        referral=referral, reasons=REASONS, council=COUNCIL, by=place.locality_manager, at=at
    )


@act
def record_outcome(place: County, referral: Referral, at: datetime) -> object:
    return finishing.record_outcome(
        referral=referral, outcome="no_further_action", told_on=civil_date(at), by=place.officer, at=at
    )


@act
def note_other_need(place: County, referral: Referral, at: datetime) -> object:
    return finishing.note_other_need(referral=referral, need="Housing", by=place.officer, at=at)


@act
def refer_other_need(place: County, referral: Referral, at: datetime) -> object:
    need = one_of(OnwardNeed.objects.filter(case=referral.case_id))
    return finishing.refer_other_need(
        need=need, referred_to="Housing", referred_on=civil_date(at), by=place.officer, at=at
    )


@act
def close_case(place: County, referral: Referral, at: datetime) -> object:
    return finishing.close_case(referral=referral, other_needs="None found", by=place.officer, at=at)


@act
def reopen_case(place: County, referral: Referral, at: datetime) -> object:
    return finishing.reopen_case(referral=referral, reason="News", by=place.ssu_lead, at=at)


@act
def register_form(place: County, referral: Referral, at: datetime) -> object:
    worker = holder(place, referral.case)
    return information_forms.register_form(
        referral=referral, route="DIRECT", asked_by="A. Lumb", reply_address="lumb@northfold.example",
        asked_on=civil_date(at), due_on=civil_date(at) + timedelta(days=5), questions=["What support?"],
        worker=worker.user, files=[], by=worker, at=at,
    )  # fmt: skip


@act
def answer_form(place: County, referral: Referral, at: datetime) -> object:
    form = one_of(InformationForm.objects.filter(case=referral.case_id, state="OPEN"))
    worker = place.locality_worker
    answer = Answer.objects.get(form=form)
    said = {item.heading: drafting.Said(False) for item in items_of(worker, answer)}
    drafting.save_answer(
        answer=answer, said=said, minimum_checked=True, left_out="", by=worker, at=at, version=answer.version
    )
    return information_forms.answer_form(form=form, reasons=REASONS, council=COUNCIL, by=worker, at=at)


@act
def cancel_form(place: County, referral: Referral, at: datetime) -> object:
    form = one_of(InformationForm.objects.filter(case=referral.case_id, state="OPEN"))
    return information_forms.cancel_form(form=form, reason="In error", by=place.officer, at=at)


@act
def ask_colleague(place: County, referral: Referral, at: datetime) -> object:
    form = one_of(InformationForm.objects.filter(case=referral.case_id, state="OPEN"))
    item = items_of(place.locality_worker, Answer.objects.get(form=form))[0]
    return contributions.ask_colleague(
        form=form, item_id=item.pk, colleague=place.colleague.user, due_on=civil_date(at) + timedelta(days=2),
        by=place.locality_worker, at=at,
    )  # fmt: skip


@act
def let_in_somebody_outside_the_team(place: County, referral: Referral, at: datetime) -> object:
    return casework.name_worker(
        case=referral.case, worker=place.other_area_worker.user, reason="TASK",
        until=civil_date(at) + timedelta(days=5), words="", by=holder(place, referral.case), at=at,
    )  # fmt: skip


@act
def write_note(place: County, referral: Referral, at: datetime) -> object:
    return casework.write_note(case=referral.case, text="Seen today.", by=holder(place, referral.case), at=at)


@act
def add_document(place: County, referral: Referral, at: datetime) -> object:
    return casework.add_document(case=referral.case, file=received_file(), by=holder(place, referral.case), at=at)


@act
def assign(place: County, referral: Referral, at: datetime) -> object:
    worker = holder(place, referral.case)
    return assigning.assign(case=referral.case, to=worker.user, by=worker, at=at)


@act
def record_emailed_(place: County, referral: Referral, at: datetime) -> object:
    return record_emailed(disclosure=one_of(to_a_team(referral)), by=holder(place, referral.case), at=at)


@act
def acknowledge_what_was_shared(place: County, referral: Referral, at: datetime) -> object:
    shared = one_of(to_a_team(referral))
    return acknowledge_disclosure(disclosure=shared, by=place.liaison, at=at)


@act
def disclose(place: County, referral: Referral, at: datetime) -> object:
    return sharing.disclose(
        case=referral.case, title="A letter", to=sharing.Recipient(name="Mx Vale", agency="Alderfen Academy"),
        purpose="To tell", consent=ConsentPosition.GIVEN, necessity="They must know", items=["What was decided"],
        delivery=Delivery.SPOKEN, by=holder(place, referral.case), at=at,
    )  # fmt: skip


@act
def tell_the_person(place: County, referral: Referral, at: datetime) -> object:
    return record_consent(
        case=referral.case, kind="TOLD", answer="TOLD", on=civil_date(at), by=holder(place, referral.case), at=at
    )


@act
def acknowledge_child(place: County, referral: Referral, at: datetime) -> object:
    return duty.acknowledge(referral=referral, by=place.children, at=at)


@act
def decide_child(place: County, referral: Referral, at: datetime) -> object:
    return duty.decide(
        referral=referral, decision="SECTION_17", reason="In need", consulted="A. Lumb", by=place.children, at=at
    )


@act
def give_feedback(place: County, referral: Referral, at: datetime) -> object:
    return feedback.give_feedback(
        owed=one_of(FeedbackOwed.objects.filter(case=referral.case_id, to="REFERRER")),
        to=sharing.Recipient(name="Mx Vale", agency="Alderfen Academy"), items=["That it was looked at"],
        necessity="They asked", delivery=Delivery.SPOKEN, told_on=civil_date(at), by=place.children, at=at,
    )  # fmt: skip


@act
def say_feedback_is_not_appropriate(place: County, referral: Referral, at: datetime) -> object:
    owed = one_of(FeedbackOwed.objects.filter(case=referral.case_id, to="PARENTS"))
    return feedback.say_not_appropriate(owed=owed, reason="It would do harm", by=place.children, at=at)


@act
def hand_to_adults(place: County, referral: Referral, at: datetime) -> object:
    Referral.objects.filter(pk=referral.pk).update(born_on=date(1990, 1, 2))
    return eighteen.hand_to_adults(
        referral=Referral.objects.select_related("case").get(pk=referral.pk), reason="18", by=place.children, at=at
    )


@act
def ask_check(place: County, referral: Referral, at: datetime) -> object:
    return checks.ask_check(
        referral=referral, purpose="DECONFLICTION", is_priority=True, by=holder(place, referral.case), at=at
    )


@act
def prioritise_check(place: County, referral: Referral, at: datetime) -> object:
    check = one_of(Check.objects.filter(case=referral.case_id, state="ASKED"))
    return checks.prioritise_check(check=check, by=place.officer, at=at)


@act
def answer_check_that_they_stop(place: County, referral: Referral, at: datetime) -> object:
    check = one_of(Check.objects.filter(case=referral.case_id, state="ASKED"))
    return checks.answer_check(
        check=check, answer=checks.Answer(result="NOT_PROGRESSED", why="COMPROMISE"), by=place.liaison, at=at
    )


@act
def take_back_check(place: County, referral: Referral, at: datetime) -> object:
    check = one_of(Check.objects.filter(case=referral.case_id, state="ASKED"))
    return checks.take_back_check(check=check, reason="In error", by=place.officer, at=at)


@act
def give_own_list(place: County, referral: Referral, at: datetime) -> object:
    return own_list.give_own_list(
        referral=referral, told=[], why_withheld="None", consulted="A. Lumb", council=COUNCIL, by=place.ssu_lead, at=at
    )
