"""One referral from receipt to closing, with a mark in everything that anybody types on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.casework import directory_edits
from prevent_cases.casework import operations as casework
from prevent_cases.casework.kinds import AccessReason
from prevent_cases.casework.models import Disclosure
from prevent_cases.casework.now import today
from prevent_cases.lists.operations.inviting import invite
from referrals.models import Answer, Concern, OnwardNeed, PractitionerReferral, Referral
from referrals.operations import (
    answering,
    concern_steps,
    contributions,
    drafting,
    finishing,
    information_forms,
    referrers,
    sharing,
    triage,
)
from referrals.states import AdviceRung, Outcome
from tests.access.canaries import WORDS, person
from tests.access.offices import a_post
from tests.factories import (
    County,
    a_concern,
    a_form,
    a_nil_return,
    a_practitioner_referral,
    a_question,
    a_referral,
    an_eml,
    items_of,
    received_file,
    seen,
)
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


def from_a_worry_to_its_end(place: County, at: datetime) -> tuple[Concern, PractitionerReferral]:
    """A concern that the school's lead watches, and a referral that was amended, asked about, answered and finished."""
    me = place.practitioner
    typed = {"individual.given_name": WORDS["given_name"], "concerns.described": WORDS["worry"]}
    concern = a_concern(place, at=at, **typed)
    concern_steps.answer_urgency(concern_id=concern.pk, has_called=True, words=WORDS["why_now"], by=me, at=at)
    concern_steps.note_advice(
        concern_id=concern.pk, rung=AdviceRung.PREVENT_LEAD, whom=WORDS["advised"], taken_on=today(),
        advised=WORDS["advised"], by=me, at=at,
    )  # fmt: skip
    for act, by, given in (
        (concern_steps.hand_over, me, {"to": place.school_lead.user_id}),
        (concern_steps.decide, place.school_lead, {"decision": "WATCH"}),
    ):
        version = seen(concern, by).version
        act(concern_id=concern.pk, words=WORDS["handed"], version=version, by=by, at=at, **given)
    sent = a_practitioner_referral(place, **person(), files=[a_marked_file()], at=at)
    referrers.amend(
        practitioner_referral=sent, changes={"phone": WORDS["amended"]}, reason=WORDS["amended"], by=me, at=at,
        version=sent.version,
    )  # fmt: skip
    sent.refresh_from_db()
    referrers.take_up(practitioner_referral=sent, by=place.officer, at=at)
    question = a_question(place, sent, WORDS["asked_back"], at=at)
    referrers.answer_question(question=question, answer=WORDS["told_back"], by=me, at=at)
    sent.refresh_from_db()
    referrers.finish(practitioner_referral=sent, words=WORDS["told_back"], by=place.officer, at=at)
    invite(
        email="new@people.example", name=WORDS["invited"], team=place.school, role=SeatRole.MEMBER, starts_on=today(),
        by=place.lists, at=at,
    )  # fmt: skip
    directory_edits.add_entry(written=a_post(holder_name=WORDS["holder"]), by=place.lists, at=at)
    return concern, sent


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
