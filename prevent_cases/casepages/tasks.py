"""What is still to do on a case, and what was done: the record task, the answer, forms, other needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from prevent_cases.casework import queries
from prevent_cases.casework.clocks import SEEK_CONSENT
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.queries import Deadline
from prevent_cases.casework.wording import date_and_time, day, due_words
from referrals import clocks
from referrals.models import Contribution, InformationForm, OnwardNeed, Referral
from referrals.queries.frame import Frame
from referrals.queries.steps import address, parts_to_do
from referrals.states import ContributionState, FormState, NeedState
from referrals.states import ReferralState as S

MOST = 50
Task = dict[str, Any]
DONE = {"status": "Done", "tone": ""}


def tasks(head: Frame, at: datetime, *, may_open: bool) -> dict[str, Any]:
    """The context of templates/case/tasks.html: three statements. The answer is linked for whom it is open to."""
    on = civil_date(at)
    due = {row.clock: row for row in reversed(queries.deadlines(head.case, at, MOST))}
    forms = [task for form in _forms(head) for task in _form(form, on)]
    needs = OnwardNeed.objects.filter(case=head.case).order_by("-standing", "found_at")[:MOST]
    return {
        "steps": list(_steps(head.referral, due, may_open=may_open)),
        "forms": forms,
        "needs": [_need(need) for need in needs],
    }


def _steps(referral: Referral, due: dict[str, Deadline], *, may_open: bool) -> Iterator[Task]:
    case_id, state = referral.case_id, referral.state
    if referral.document_placed_at and referral.note_added_at:
        hint = f"Recorded {date_and_time(max(referral.document_placed_at, referral.note_added_at))}"
        url = address("record", case_id)
        yield {"title": "Record the Prevent case note", "url": url, "hint": hint, **DONE}
    elif state in (S.WITH_AREA, S.WITH_LOCALITY):
        to_do = parts_to_do(referral)
        yield {
            "title": "Record the Prevent case note", "url": address("record", case_id),
            "hint": f"Still to do: {' and '.join(to_do)}. {_when(due, clocks.RECORD.key)}",
            **(_open("Half done", "attention") if len(to_do) == 1 else _open("To do", "new")),
        }  # fmt: skip
    if state == S.AREA_RECORDED:
        forward = address("forward", case_id)
        hint = _when(due, clocks.FORWARD.key)
        yield {"title": "Forward to the locality team", "url": forward, "hint": hint, **_open("To do", "new")}
    if state in (S.PREPARING, S.SIGN_OFF):
        waiting = state == S.SIGN_OFF
        yield {
            "title": "Answer CT policing", "url": address("answer", case_id) if may_open else "",
            "hint": _when(due, (clocks.SIGN_OFF if waiting else clocks.REPLY).key),
            **(_open("Waiting for sign-off", "waiting") if waiting else _open("Being written", "progress")),
        }  # fmt: skip
    if state in (S.RESPONDED, S.OUTCOME_KNOWN):
        yield {"title": "Answer CT policing", "hint": "Signed off and sent", **DONE}
    if state == S.RESPONDED:
        hint = _when(due, clocks.OUTCOME.key)
        yield {"title": "Hear the outcome from CT policing", "hint": hint, **_open("Waiting", "waiting")}
    if state == S.OUTCOME_KNOWN:
        close = address("close", case_id)
        yield {"title": "Close the case", "url": close, "hint": _when(due, clocks.FINISH.key), **_open("To do", "new")}

    if SEEK_CONSENT.key in due:
        yield {
            "title": SEEK_CONSENT.label, "url": reverse("case-consents", args=[case_id]) if may_open else "",
            "hint": _when(due, SEEK_CONSENT.key), **_open("To do", "new"),
        }  # fmt: skip


def _forms(head: Frame) -> Any:
    parts = Contribution.objects.filter(form=OuterRef("pk")).order_by("due_on")
    asked = JSONObject(name=F("colleague__name"), state=F("state"), due_on=F("due_on"))
    return (
        InformationForm.objects.filter(referral=head.referral)
        .select_related("worker")
        .annotate(parts=ArraySubquery(parts.values(part=asked)))
        .order_by("-state", "due_on")[:MOST]
    )


def _form(form: Any, on: date) -> Iterator[Task]:
    url = address("form", form.case_id, form.pk)
    title = f"Form asked for by {form.asked_by}"
    if form.state != FormState.OPEN:
        yield {"title": title, "url": url, "hint": f"Asked {day(form.asked_on)}", "status": form.get_state_display()}
        return
    late = form.due_on < on
    yield {
        "title": title, "url": url, "hint": f"With {form.worker.name}. {due_words(form.due_on, on)}",
        **(_open("Overdue", "late") if late else _open("To do", "new")),
    }  # fmt: skip
    for part in form.parts:
        if part["state"] == ContributionState.ASKED:
            when = due_words(date.fromisoformat(part["due_on"]), on)
            yield {"title": f"A part of it, asked of {part['name']}", "hint": when, **_open("Asked", "waiting")}


def _need(need: OnwardNeed) -> Task:
    url = address("needs", need.case_id)
    if need.standing == NeedState.REFERRED:
        hint = f"Referred to {need.referred_to}, {day(need.referred_on)}"
        return {"title": need.need, "url": url, "hint": hint, **DONE}
    hint = f"Found {day(need.found_at)}"
    return {"title": need.need, "url": url, "hint": hint, **_open("To be referred", "attention")}


def _open(status: str, tone: str) -> Task:
    return {"status": status, "tone": tone}


def _when(due: dict[str, Deadline], key: str) -> str:
    row = due.get(key)
    return f"{row.words}." if row else ""
