"""Write an answer, to a referral or to a form: two people at once never overwrite each other (K0.12 to K0.14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.engine import keep, lock
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from referrals.models import Answer, AnswerItem, Contribution, Referral
from referrals.policy import a_nominated_worker
from referrals.states import ContributionState, FormState, ReferralState

LEFT_OUT = "left_out"
"""What was left out, beside the headings of an answer, where two people's texts are compared."""


@dataclass(frozen=True)
class Said:
    """What stands under one heading. ``known`` is None while nobody has dealt with it."""

    known: bool | None
    fact: str = ""
    opinion: str = ""

    @property
    def mark(self) -> str:
        """A short digest: what somebody opened is recognised by it when they save."""
        return sha256(repr((self.known, self.fact, self.opinion)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class TwoEditors(StaleRecord):
    """Two people changed the same ``headings`` since both had them open. Nothing was written."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        super().__init__("Somebody else saved this answer after you opened it. Both texts are shown below.")
        self.headings = headings


@transaction.atomic
def start_answer(*, referral: Referral, by: Actor, at: datetime) -> Answer:
    """The draft answer of a referral, made with an empty item under each of the procedure's headings."""
    case = lock(referral.case_id)
    referral.case = case
    if not a_nominated_worker.allows(by, referral):
        raise NotAllowed(f"This may only be done by {a_nominated_worker.says}.")
    existing = Answer.objects.filter(referral=referral, form__isnull=True).first()
    if existing:
        return existing
    answer = keep(Answer(case=case, referral=referral, edited_at=at, edited_by=by.user), by=by, at=at)
    for place, (heading, _) in enumerate(case.procedure.answer_headings):
        keep(AnswerItem(case=case, answer=answer, heading=heading, place=place), by=by, at=at)
    return answer


@transaction.atomic
def write_answer(
    *, referral: Referral, said: Mapping[str, Said], minimum_checked: bool, left_out: str, by: Actor, at: datetime,
    version: int, opened: Mapping[str, str] | None = None,
) -> Answer:  # fmt: skip
    """Save the answer to a referral, begun by this if nobody has yet. As :func:`save_answer`."""
    return save_answer(
        answer=start_answer(referral=referral, by=by, at=at), said=said, minimum_checked=minimum_checked,
        left_out=left_out, by=by, at=at, version=version, opened=opened,
    )  # fmt: skip


@transaction.atomic
def save_answer(
    *, answer: Answer, said: Mapping[str, Said], minimum_checked: bool, left_out: str, by: Actor, at: datetime,
    version: int, opened: Mapping[str, str] | None = None,
) -> Answer:  # fmt: skip
    """Save what was typed. Headings that are with a colleague are left as they are.

    ``opened`` maps headings to the marks of what this person had before them. With it, what only they changed is
    written, what only others changed is kept, and the check of the minimum falls when others changed anything.

    :raises TwoEditors: if somebody else saved the same heading after ``version``
    """
    case = lock(answer.case_id)
    answer = Answer.objects.select_for_update(of=("self",)).select_related("referral", "form").get(pk=answer.pk)
    answer.case = answer.referral.case = case
    _must_be_open_to_writing(answer, by)
    with access.writing(by, case.pk):
        asked = Contribution.objects.filter(item__answer=answer, state=ContributionState.ASKED).values("item")
        items = {item.heading: item for item in AnswerItem.objects.filter(answer=answer).exclude(pk__in=asked)}
        stored = {key: Said(item.known, item.fact, item.opinion) for key, item in items.items()}
        stored[LEFT_OUT] = Said(None, answer.left_out)
        typed = {**said, LEFT_OUT: Said(None, left_out)}
        mine = {key: new for key, new in typed.items() if key in stored and new != stored[key]}
        if answer.version != version:
            mine = _changed_by_one(mine, stored, opened or {})
            minimum_checked = minimum_checked and not _changed_by_others(typed, stored, opened or {})
        if not mine and minimum_checked == answer.minimum_checked:
            return answer
        for key in mine.keys() & items.keys():
            item, new = items[key], mine[key]
            item.known, item.fact, item.opinion = new.known, new.fact, new.opinion
            keep(item, by=by, at=at)
    answer.version += 1
    answer.edited_by, answer.edited_at = by.user, at
    answer.minimum_checked, answer.left_out = minimum_checked, mine.get(LEFT_OUT, stored[LEFT_OUT]).fact
    return keep(answer, by=by, at=at)


def may_write(by: Actor, answer: Answer) -> bool:
    """The nominated workers of the holding team; and, on a form, the worker it was given to."""
    if answer.form is not None and by.user_id == answer.form.worker_id:
        return True
    return a_nominated_worker.allows(by, answer.referral)


def _must_be_open_to_writing(answer: Answer, by: Actor) -> None:
    if not may_write(by, answer):
        raise NotAllowed("This may only be done by the worker it was given to or a nominated worker of the team.")
    if answer.form is None and answer.referral.state != ReferralState.PREPARING:
        raise Refused("This answer is not being prepared now, so it cannot be changed.")
    if answer.form is not None and answer.form.state != FormState.OPEN:
        raise Refused("This form is no longer open, so it cannot be changed.")


def _changed_by_one(mine: Mapping[str, Said], stored: Mapping[str, Said], opened: Mapping[str, str]) -> dict[str, Said]:
    """Of what differs from what is stored, what this person changed. :raises TwoEditors: where others did too"""
    changed = {key: new for key, new in mine.items() if opened.get(key) != new.mark}
    both = tuple(key for key in changed if opened.get(key) != stored[key].mark)
    if both:
        raise TwoEditors(both)
    return changed


def _changed_by_others(typed: Mapping[str, Said], stored: Mapping[str, Said], opened: Mapping[str, str]) -> bool:
    """Whether anything stands now that this person had neither before them nor typed themselves."""
    return any(opened.get(key) != one.mark and typed.get(key) != one for key, one in stored.items())
