"""One referral from receipt to closing, with a mark in everything that anybody types on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from prevent_cases.casework import operations as casework
from prevent_cases.casework.kinds import AccessReason
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import today
from referrals.models import Answer, OnwardNeed, Referral
from referrals.operations import answering, contributions, drafting, finishing, information_forms, sharing, triage
from referrals.states import Outcome
from tests.access.canaries import WORDS, person
from tests.factories import County, a_form, a_nil_return, a_referral, an_eml, items_of, received_file
from tests.factories.referrals import REASONS, fresh

MARKED = replace(REASONS, necessity=WORDS["necessity"], left_out=WORDS["left_out"])
COUNCIL = "Exampleshire County Council"


def a_marked_file():
    return received_file(an_eml(WORDS["file_words"], WORDS["policing_reference"]), f"{WORDS['file_name']}.eml")


def from_receipt_to_closing(place: County, at: datetime) -> Referral:
    """Asked back, sent to the area and on, recorded, answered with a form and a colleague's part, closed."""
    referral = a_referral(place, **person(), files=[a_marked_file()], at=at)
    triage.query_back(
        referral=referral, reason=WORDS["reason"], question=WORDS["question"], by=place.officer, at=at,
        version=referral.case.version,
    )  # fmt: skip
    referral = fresh(referral)
    triage.answer_query(
        referral=referral, corrected={"phone": WORDS["phone"]}, reply=WORDS["note"], by=place.officer, at=at,
        version=referral.case.version,
    )  # fmt: skip
    sent = a_nil_return(place, **person(), at=at)
    finishing.reopen_case(referral=sent, reason=WORDS["reason"], by=place.ssu_lead, at=at)
    referral = a_referral(place, "PREPARING", via="area", **person(), files=[a_marked_file()], at=at)
    casework.write_note(case=referral.case, text=WORDS["note"], by=place.locality_worker, at=at)
    casework.name_worker(
        case=referral.case, worker=place.colleague.user, reason=AccessReason.TASK, until=today() + timedelta(days=3),
        words=WORDS["worker_words"], by=place.locality_worker, at=at,
    )  # fmt: skip
    _a_form_with_a_part(place, referral, at)
    _another_need(place, referral, at)
    _the_answer(place, referral, at)
    finishing.record_outcome(
        referral=fresh(referral), outcome=Outcome.SIGNPOSTED, told_on=today(), by=place.officer, at=at
    )
    finishing.close_case(referral=fresh(referral), other_needs=WORDS["need"], by=place.officer, at=at)
    return fresh(referral)


def _a_form_with_a_part(place: County, referral: Referral, at: datetime) -> None:
    form = a_form(place, referral=referral, questions=(WORDS["question"], "Who else lives there?"), at=at)
    worker, answer = place.locality_worker, Answer.objects.get(form=form)
    items = items_of(worker, answer)
    part = contributions.ask_colleague(
        form=form, item_id=items[0].pk, colleague=place.colleague.user, due_on=today(), by=worker, at=at
    )
    contributions.give_contribution(
        contribution=part, known=True, fact=WORDS["part_fact"], opinion=WORDS["part_opinion"], by=place.colleague, at=at
    )
    answer.refresh_from_db()
    drafting.save_answer(
        answer=answer, said={"2": drafting.Said(True, WORDS["form_fact"], "")}, minimum_checked=True, left_out="",
        by=worker, at=at, version=answer.version,
    )  # fmt: skip
    information_forms.answer_form(form=form, reasons=MARKED, council=COUNCIL, by=worker, at=at)


def _another_need(place: County, referral: Referral, at: datetime) -> None:
    finishing.note_other_need(referral=referral, need=WORDS["need"], by=place.officer, at=at)
    need = OnwardNeed.objects.get(case=referral.case)
    finishing.refer_other_need(
        need=need, referred_to=WORDS["referred_to"], referred_on=today(), by=place.officer, at=at
    )


def _the_answer(place: County, referral: Referral, at: datetime) -> None:
    worker = place.locality_worker
    headings = [key for key, _ in referral.case.procedure.answer_headings]
    said = {key: drafting.Said(True, WORDS["fact"], WORDS["opinion"]) for key in headings}
    answer = drafting.start_answer(referral=referral, by=worker, at=at)
    drafting.save_answer(
        answer=answer, said=said, minimum_checked=True, left_out=WORDS["left_out"], by=worker, at=at,
        version=answer.version,
    )  # fmt: skip
    answering.submit_answer(referral=fresh(referral), by=worker, at=at)
    answering.return_answer(referral=fresh(referral), reason=WORDS["reason"], by=place.locality_manager, at=at)
    answering.submit_answer(referral=fresh(referral), by=worker, at=at)
    answering.sign_off_answer(
        referral=fresh(referral), reasons=MARKED, council=COUNCIL, by=place.locality_manager, at=at
    )
    sharing.acknowledge(disclosure=Disclosure.objects.filter(case=referral.case).last(), by=place.liaison, at=at)
