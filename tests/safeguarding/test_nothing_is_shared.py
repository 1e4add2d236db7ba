"""Nothing leaves a case on hold: every act crossed with every state, each pair named, without a safety act.

Three walls are asked. The engine: every row of every table, at every state of a case. The acts: each is done first on
the case that is free, then on the same case on hold and on the same case past its days; what it let out when free it
must not let out then, and whatever only records is done all the same. The source: whatever can let something out is
known here, so that a new way out fails until it says how the hold bars it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from prevent_cases.accounts.models import Membership
from prevent_cases.casework import engine, holding
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.kinds import HoldState
from prevent_cases.casework.models import Case, CaseUserObjectPermission, Disclosure, Hold, Notice
from prevent_cases.casework.rules import Rule
from prevent_cases.casework.workflow import NotAllowed, OnHold, Refused, Transition
from referrals.models import Referral
from referrals.states import PractitionerState
from referrals.states import ReferralState as S
from safeguarding.operations.safety import act_for_safety
from tests.architecture.source import called, calls, product
from tests.architecture.tables import transitions
from tests.factories import County, a_form, a_practitioner_referral, a_referral, county
from tests.safeguarding.acts import ACTS, NothingToActOn
from tests.safeguarding.acts_of_partners import PARTNER_ACTS, WITH_QUESTIONS, a_question
from tests.safeguarding.acts_of_practitioners import PRACTITIONER_ACTS

AT = datetime(2026, 6, 3, 10, 0, tzinfo=LONDON)
PAST = AT + timedelta(days=29)
WITH_FORMS = (S.PREPARING, S.SIGN_OFF, S.RESPONDED)
ANYBODY = Rule("anybody", lambda actor, subject: True)

CONSULTS = {
    "referral.query_back": "a question to CT policing, who hold it",
    "referral.acknowledge_child": "CT policing, who sent it, hear that it came",
    "check.asked": "the check itself",
    "check.prioritise": "the check itself",
    "check.take_back": "the check itself",
}
"""What goes to CT policing, the references alone, while a hold stands."""

FIRST_ENDED = {"close_case"}
"""Acts that share nothing and yet wait until the hold is ended."""

BY_MEANING = {"tell_the_person", "ask_colleague", "record_emailed", "partner_opens_the_question"}
"""Acts that record contact with the person, ask a colleague, send a file by hand or show a question by its link: they
let something out too."""
EVERY_ACT = ACTS | PARTNER_ACTS


@pytest.fixture
def place(db: None) -> Iterator[County]:
    with time_machine.travel(AT, tick=False):
        yield county()


# The engine: every row of every table at every state


@pytest.mark.parametrize("state", list(S), ids=lambda state: state.value)
def test_the_engine_refuses_each_row_that_shares_at_each_state(place: County, state: str) -> None:
    referral = on_hold_at(place, state)
    wrong = []
    for at in (AT, PAST):
        for row in transitions():
            answer = turned(referral, row, place, at)
            if (answer is OnHold) != row.shares:
                wrong.append(f"{row.key} × {state}, {'on hold' if at == AT else 'lapsed'}: {answer}")
    assert wrong == []


def turned(referral: Referral, row: Transition, place: County, at: datetime) -> type[Exception] | None:
    """What the engine answers when the row is taken on a case at this state by somebody who may."""
    bare = replace(
        row, sources=tuple(S), target=referral.state, may=ANYBODY, requires=(), starts=(), stops=(), pauses=(),
        resumes=(), tells=(), procedure="",
    )  # fmt: skip
    with undone():
        try:
            engine.advance(subject=referral, transition=bare, by=place.officer, at=at, facts={})
        except Refused as refusal:
            return type(refusal)
    return None


# The acts: each on the free case, then on hold, then past its days


@pytest.mark.parametrize("state", list(S), ids=lambda state: state.value)
def test_no_act_lets_anything_out_of_a_case_on_hold(place: County, state: str) -> None:
    referral = a_referral(place, state, at=AT)
    if state in WITH_FORMS:
        a_form(place, referral=referral, at=AT)
    if Case.objects.get(pk=referral.case_id).is_held:
        holding.lift_for_safety(case=referral.case, reason="To begin free", by=place.officer, at=AT)
    if state in WITH_QUESTIONS:
        a_question(place, as_it_is(referral), AT)

    def doing(name: str, at: datetime) -> Outcome:
        return outcome(referral.case_id, lambda: EVERY_ACT[name](place, as_it_is(referral), at))

    free = {name: doing(name, AT) for name in EVERY_ACT}
    for name in BY_MEANING:
        if free[name][0] is None:
            free[name][1].add("what it says")
    assert any(let_out for _, let_out in free.values()), "there is something to bar"
    hold(referral, place)
    wrong = []
    for when, at in (("on hold", AT), ("lapsed", PAST)):
        with time_machine.travel(at, tick=False):
            for name, was in free.items():
                if when == "on hold" or was[1]:
                    wrong += [f"{name} × {state}, {when}: {fault}" for fault in faults(name, was, doing(name, at), at)]
    assert wrong == []


Outcome = tuple[type[Exception] | None, set[str]]


def faults(name: str, free: Outcome, held: Outcome, at: datetime) -> list[str]:
    """What is wrong with how an act went on a case on hold, beside how it went when the case was free."""
    refused, let_out = held
    if let_out:
        return [f"let out {sorted(let_out)}"]
    whose_time_ran_out = refused is NotAllowed and at == PAST
    if free[1] and refused is not OnHold and not whose_time_ran_out:
        return [f"not refused as on hold, but {refused}"]
    if refused and free == (None, set()) and name not in FIRST_ENDED:
        return [f"{refused} although it only records"]
    return []


@pytest.mark.parametrize("state", [PractitionerState.SENT, PractitionerState.TAKEN_UP])
def test_nothing_goes_to_a_referrer_from_a_case_on_hold(place: County, state: str) -> None:
    referral = a_practitioner_referral(place, state, at=AT)
    case = referral.case

    def doing(name: str) -> Outcome:
        return outcome(case.pk, lambda: PRACTITIONER_ACTS[name](place, case, AT))

    free = {name: doing(name) for name in PRACTITIONER_ACTS}
    holding.place(case=Case.objects.get(pk=case.pk), received_at=AT, reason="Asked", by=place.officer, at=AT)
    for name, (_, let_out_free) in free.items():
        refused, let_out = doing(name)
        assert let_out == set(), f"{name} × {state}"
        if let_out_free:
            assert refused is OnHold, f"{name} × {state}"


@pytest.mark.parametrize("kind", ["IMMEDIATE", "SECTION_47", "SECTION_17", "SECTION_42"])
def test_a_safety_act_frees_what_was_barred(place: County, kind: str) -> None:
    referral = on_hold_at(place, S.CHECKING)
    refused, _ = outcome(referral.case_id, lambda: ACTS["send_nil_return"](place, as_it_is(referral), AT))
    assert refused is OnHold
    act_for_safety(case_id=referral.case_id, kind=kind, reason="New bruises", by=place.officer, at=AT)
    assert Hold.objects.get(case=referral.case_id).state == HoldState.LIFTED
    refused, let_out = outcome(referral.case_id, lambda: ACTS["send_nil_return"](place, as_it_is(referral), AT))
    assert refused is None
    assert let_out


# The source: whatever can let something out is known here

BARRED_BY = {
    "prevent_cases/casework/sharing.py:disclose": "asks the hold itself",
    "referrals/operations/triage.py:send_nil_return": "a row that shares, and the one gate",
    "referrals/operations/triage.py:told_at": "words an address for a row that shares",
    "referrals/operations/answering.py:sign_off_answer": "a row that shares, and the one gate",
    "referrals/operations/information_forms.py:answer_form": "a row that shares, and the one gate",
    "safeguarding/operations/feedback.py:give_feedback": "a row that shares, and the one gate",
    "referrals/operations/triage.py:to_policing": "words an address",
    "referrals/operations/triage.py:query_back": "consultation",
    "safeguarding/operations/checks.py:ask_check": "consultation",
    "safeguarding/operations/checks.py:prioritise_check": "consultation",
    "safeguarding/operations/checks.py:take_back_check": "consultation",
    "safeguarding/operations/duty.py:_acknowledge": "consultation: they sent it",
    "safeguarding/operations/partners.py:_tell": "asks the hold first, and the one gate",
    "safeguarding/operations/partner_links.py:send_link": "after the gate; its message waits with our team while held",
    "safeguarding/operations/own_list.py:give_own_list": "asks the hold first, of every case listed, and the one gate",
    "safeguarding/operations/telling.py:tell_agencies": "after a safety act has lifted it, and the one gate",
    "prevent_cases/casework/scanning.py:_tell_the_sender": "of their own file, to whoever sent it",
    "prevent_cases/lists/operations/inviting.py:_send": "about no case",
    "referrals/operations/sharing.py:send_document": "the one gate",
}
"""Each function that can let something of a case out, and how the hold bars it, or why it may."""

WAYS_OUT = ("disclose", "ToAddress", "to_policing", "told_at", "Disclosure")


def test_every_way_out_is_known() -> None:
    found = {}
    for m in product():
        where = m.path.as_posix()
        if m.is_migration or "/demo/" in where or not ("/operations" in where or "/casework/" in where):
            continue
        for node in ast.walk(m.tree):
            if isinstance(node, ast.FunctionDef) and any(called(call) in WAYS_OUT for call in calls(node)):
                found[f"{m.at(node).rpartition(':')[0]}:{node.name}"] = m.at(node)
    assert set(found) - set(BARRED_BY) == set(), "say how the hold bars it"
    assert set(BARRED_BY) - set(found) == set(), "it is there no more"


# How a case is looked at


def on_hold_at(place: County, state: str) -> Referral:
    referral = a_referral(place, state, at=AT)
    hold(referral, place)
    return as_it_is(referral)


def hold(referral: Referral, place: County) -> None:
    case = Case.objects.get(pk=referral.case_id)
    if not case.is_held:
        holding.place(case=case, received_at=AT, reason="No immediate concern", by=place.officer, at=AT)


def as_it_is(referral: Referral) -> Referral:
    return Referral.objects.select_related("case__owner_team", "case__holder_team", "policing_team").get(pk=referral.pk)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is taken back."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            yield
        finally:
            transaction.savepoint_rollback(point)


def outcome(case_id: object, act: Callable[[], object]) -> Outcome:
    """How an act was refused, if it was, and what it let out; taken back afterwards."""
    with undone():
        before = outside(case_id)
        try:
            with transaction.atomic():
                act()
        except (Refused, NothingToActOn, ObjectDoesNotExist) as refusal:
            return type(refusal), outside(case_id) - before
        return None, outside(case_id) - before


def outside(case_id: object) -> set[str]:
    """Everything of a case that is outside the team that holds it and the one that coordinates it."""
    case = Case.objects.select_related("holder_team").get(pk=case_id)
    out = {f"disclosure {pk}" for pk in Disclosure.objects.filter(case=case).values_list("pk", flat=True)}
    out |= {f"held by {case.holder_team.name}"} if case.holder_team_id != case.owner_team_id else set()
    seats = Membership.objects.filter(team__in=[case.holder_team_id, case.owner_team_id])
    inside = set(seats.values_list("user_id", flat=True))
    for notice in Notice.objects.filter(case=case).exclude(kind__in=CONSULTS).exclude(kind__startswith="clock."):
        if notice.address or (notice.user_id and notice.user_id not in inside):
            out.add(f"notice {notice.kind} {notice.pk}")
    for user_id in CaseUserObjectPermission.objects.filter(content_object=case).values_list("user_id", flat=True):
        if user_id not in inside:
            out.add(f"let in {user_id}")
    return out
