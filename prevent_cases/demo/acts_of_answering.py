"""The acts of a tale from the locality team to its end: the answer, forms, the outcome, closing, reopening."""

from __future__ import annotations

from datetime import datetime

from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.deadlines import extend_deadline
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.models import ClockRun, Disclosure
from prevent_cases.demo import words
from prevent_cases.demo.walk import Walk
from referrals import clocks
from referrals.models import Answer, AnswerItem, OnwardNeed
from referrals.operations import answering, contributions, drafting, finishing, sharing
from referrals.operations import information_forms as forms
from referrals.states import NeedState

NOTHING_KNOWN = drafting.Said(known=False)


def draft(walk: Walk, at: datetime, how_many: str) -> None:
    """Write some of the headings, in their order; the fifth and every fourth after it are "nothing known"."""
    by = walk.worker(at)
    answer = drafting.start_answer(referral=walk.referral, by=by, at=at)
    headings = [heading for heading, _ in walk.case.procedure.answer_headings][: int(how_many)]
    said = {
        heading: NOTHING_KNOWN
        if place % 4 == 0 and place
        else drafting.Said(known=True, fact=words.FACTS[heading], opinion=words.OPINIONS.get(heading, ""))
        for place, heading in enumerate(headings)
    }
    drafting.save_answer(
        answer=answer, said=said, minimum_checked=int(how_many) > 8, left_out=words.LEFT_OUT, by=by, at=at,
        version=answer.version,
    )  # fmt: skip


def submit(walk: Walk, at: datetime) -> None:
    """Every heading that nobody has written is "nothing known"; then a manager is asked."""
    by = walk.worker(at)
    answer = drafting.start_answer(referral=walk.referral, by=by, at=at)
    with access.material(by, walk.referral.case_id):
        untouched = list(AnswerItem.objects.filter(answer=answer, known=None).values_list("heading", flat=True))
    drafting.save_answer(
        answer=answer, said=dict.fromkeys(untouched, NOTHING_KNOWN), minimum_checked=True,
        left_out=words.LEFT_OUT, by=by, at=at, version=answer.version,
    )  # fmt: skip
    answering.submit_answer(referral=walk.referral, by=by, at=at)


def send_back(walk: Walk, at: datetime, key: str) -> None:
    reasons = {reason.key: reason.label for reason in walk.case.procedure.reasons_for("referral.return_answer")}
    answering.return_answer(referral=walk.referral, reason=reasons[key], by=walk.manager(at), at=at)


def sign(walk: Walk, at: datetime) -> None:
    answering.sign_off_answer(
        referral=walk.referral, reasons=_reasons(walk), council=walk.world.council, by=walk.manager(at), at=at
    )


def acknowledge(walk: Walk, at: datetime) -> None:
    disclosure = Disclosure.objects.filter(case=walk.referral.case_id, acknowledged_at=None).earliest("decided_at")
    sharing.acknowledge(disclosure=disclosure, by=walk.county.actor("liaison", at), at=at)


def form(walk: Walk, at: datetime, route: str, due: str, who: str) -> None:
    """Register a form with three questions, due so many working days before day zero, given to somebody."""
    referral = walk.referral
    by = walk.officer(at) if route == "VIA_SSU" else walk.at_their_desk(who, at)
    walk.form = forms.register_form(
        referral=referral, route=route, asked_by=referral.sender_name,
        organisation=referral.policing_team.name, reply_address=referral.reply_address,
        asked_on=civil_date(at), due_on=walk.world.office.day(int(due)), questions=words.QUESTIONS[:3],
        worker=walk.county.people[who], files=[], by=by, at=at,
    )  # fmt: skip


def ask(walk: Walk, at: datetime, question: str, who: str, due: str) -> None:
    worker, item = _item(walk, at, question)
    walk.parts[question] = contributions.ask_colleague(
        form=walk.the_form, item_id=item.pk, colleague=walk.county.people[who], due_on=walk.world.office.day(int(due)),
        by=worker, at=at,
    )  # fmt: skip


def give(walk: Walk, at: datetime, question: str) -> None:
    part = walk.parts[question]
    key = next(key for key, user in walk.county.people.items() if user.pk == part.colleague_id)
    fact, opinion = walk.pick(words.PARTS)
    contributions.give_contribution(
        contribution=part, known=True, fact=fact, opinion=opinion, by=walk.county.actor(key, at), at=at
    )


def answer(walk: Walk, at: datetime) -> None:
    """Return the form: whatever no colleague answered is answered now."""
    worker, _ = _item(walk, at, "1")
    draft_of_form = Answer.objects.get(form=walk.the_form)
    with access.material(worker, walk.referral.case_id):
        untouched = list(AnswerItem.objects.filter(answer=draft_of_form, known=None).values_list("heading", flat=True))
    said = {heading: drafting.Said(known=True, fact=walk.pick(words.PARTS)[0]) for heading in untouched}
    drafting.save_answer(
        answer=draft_of_form, said=said, minimum_checked=True, left_out="", by=worker, at=at,
        version=draft_of_form.version,
    )  # fmt: skip
    forms.answer_form(form=walk.the_form, reasons=_reasons(walk), council=walk.world.council, by=worker, at=at)


def extend(walk: Walk, at: datetime, to: str) -> None:
    """Move the reply's deadline to a working day counted from day zero."""
    run = ClockRun.objects.running().get(subject=walk.referral.record_key, clock=clocks.REPLY.key)
    reason = walk.case.procedure.reasons_for("clock.extend")[2].label
    extend_deadline(run=run, due_on=walk.world.office.day(int(to)), reason=reason, by=walk.manager(at), at=at)


def outcome(walk: Walk, at: datetime, key: str) -> None:
    finishing.record_outcome(referral=walk.referral, outcome=key, told_on=civil_date(at), by=walk.officer(at), at=at)


def need(walk: Walk, at: datetime, number: str) -> None:
    finishing.note_other_need(
        referral=walk.referral, need=walk.pick(words.NEEDS_FOUND, number), by=walk.officer(at), at=at
    )


def refer(walk: Walk, at: datetime, number: str) -> None:
    waiting = OnwardNeed.objects.get(case=walk.referral.case_id, standing=NeedState.TO_REFER)
    finishing.refer_other_need(
        need=waiting, referred_to=walk.pick(words.REFERRED_TO, number), referred_on=civil_date(at),
        by=walk.officer(at), at=at,
    )  # fmt: skip


def close(walk: Walk, at: datetime) -> None:
    finishing.close_case(referral=walk.referral, other_needs="None, or referred", by=walk.officer(at), at=at)


def reopen(walk: Walk, at: datetime, number: str) -> None:
    reason = walk.pick(walk.case.procedure.reasons_for("referral.reopen"), number).label
    finishing.reopen_case(referral=walk.referral, reason=reason, by=walk.at_their_desk("ssu-lead", at), at=at)


def _item(walk: Walk, at: datetime, heading: str):
    """The worker a form was given to, and one of its questions as they read it."""
    key = next(key for key, user in walk.county.people.items() if user.pk == walk.the_form.worker_id)
    worker = walk.at_their_desk(key, at)
    with access.material(worker, walk.referral.case_id):
        return worker, AnswerItem.objects.get(answer__form=walk.the_form, heading=heading)


def _reasons(walk: Walk) -> sharing.Reasons:
    return sharing.Reasons(
        lawful_basis=walk.case.procedure.texts["lawful_basis"], necessity=words.NECESSITY,
        delivery=Delivery.IN_SERVICE,
    )  # fmt: skip
