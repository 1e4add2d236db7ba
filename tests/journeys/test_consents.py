"""The five consents and tellings, each with its history, and the decision whether to ask (N3.34, E4.25 to E4.29)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import the_service
from prevent_cases.casework import access, consenting, holding
from prevent_cases.casework.consent_kinds import ConsentAnswer, ConsentGiver, ConsentKind, Seeking
from prevent_cases.casework.kinds import ConsentPosition
from prevent_cases.casework.models import ClockRun, ConsentRecord
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import NotAllowed, OnHold, Refused
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_referral, county, sign_in
from tests.journeys.pages import errors, press, words

DAY = timedelta(days=1)


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


@pytest.fixture
def worker(place: County, client: Client) -> Client:
    return sign_in(client, place.locality_worker)


def at(name: str, referral: Referral, *more: str) -> str:
    return reverse(name, args=[referral.case_id, *more])


def on(day: Any, name: str = "on") -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def said(place: County, referral: Referral, **otherwise: Any) -> ConsentRecord:
    asked = {
        "case": referral.case, "kind": ConsentKind.SHARING, "answer": ConsentAnswer.AGREED, "on": today(),
        "by": place.locality_worker, "at": now(),
    }  # fmt: skip
    return consenting.record_consent(**asked | otherwise)


def test_each_is_recorded_and_what_stood_before_stays(place: County, referral: Referral, worker: Client) -> None:
    empty = worker.get(at("case-consents", referral))
    assert words(empty).count("Nothing is recorded yet") == 5
    form = worker.get(at("consent-record", referral, "sharing"))
    done = press(worker, form, "Record it", answer="AGREED", words="He said yes on the telephone.")
    assert done.redirect_chain[-1][0] == at("case-consents", referral)
    press(worker, form, "Record it", answer="WITHDRAWN", words="He rang again.")
    shown = words(worker.get(at("case-consents", referral)))
    assert "Took their agreement back" in shown and "BeforeThe person: Agreed" in shown
    with access.material(place.locality_worker, referral.case_id):
        assert ConsentRecord.objects.filter(case=referral.case_id).count() == 2
    history = words(worker.get(at("case-history", referral)))
    assert "Recorded “Agreement to sharing”: Took their agreement back" in history


def test_a_young_persons_word_and_a_parents_both_stand(place: County, referral: Referral, worker: Client) -> None:
    form = worker.get(at("consent-record", referral, "support"))
    press(worker, form, "Record it", answer="AGREED", giver="PERSON")
    press(worker, form, "Record it", answer="REFUSED", giver="PARENT")
    shown = words(worker.get(at("case-consents", referral)))
    assert "The personAgreed" in shown and "parental responsibilityDid not agree" in shown


def test_capacity_is_for_one_decision_and_says_what_helped(place: County, referral: Referral, worker: Client) -> None:
    form = worker.get(at("consent-record", referral, "capacity"))
    refused = press(worker, form, "Record it", answer="UNABLE")
    assert errors(refused) == [
        "Enter which decision it is", "Enter what was done to help them decide", "Say why",
    ]  # fmt: skip
    press(
        worker, form, "Record it", answer="UNABLE", decision="Meeting a mentor", support="Pictures", words="Unwell"
    )  # fmt: skip
    shown = words(worker.get(at("case-consents", referral)))
    assert "The decision: Meeting a mentor" in shown and "Support given: Pictures" in shown


def test_what_is_missing_is_said_beside_its_box(referral: Referral, worker: Client) -> None:
    form = worker.get(at("consent-record", referral, "told"))
    assert errors(press(worker, form, "Record it")) == ["Select what was said"]
    assert errors(press(worker, form, "Record it", answer="NOT_TOLD")) == ["Say why"]
    later = press(worker, form, "Record it", answer="TOLD", **on(today() + DAY))
    assert errors(later) == ["The day must be today or in the past"]
    assert worker.get(at("consent-record", referral, "elsewhere")).status_code == 404


def test_pressed_twice_it_is_recorded_once(place: County, referral: Referral, worker: Client) -> None:
    form = worker.get(at("consent-record", referral, "told"))
    press(worker, form, "Record it", answer="TOLD")
    assert "It was recorded once" in words(press(worker, form, "Record it", answer="TOLD"))
    with access.material(place.locality_worker, referral.case_id):
        assert ConsentRecord.objects.filter(case=referral.case_id).count() == 1


def test_whether_to_ask_is_a_decision_with_a_deadline(place: County, referral: Referral, worker: Client) -> None:
    form = worker.get(at("consent-seek", referral, "support"))
    assert errors(press(worker, form, "Record the decision")) == ["Select whether to ask"]
    missing = press(worker, form, "Record the decision", decision="DEFER")
    assert errors(missing) == ["Enter the day it is decided again", "Say why not yet"]
    waits = on(today() + 10 * DAY, "again_on")
    press(worker, form, "Record the decision", decision="DEFER", why_later="His mother is in danger.", **waits)
    run = ClockRun.objects.unfinished().get(case=referral.case_id, clock="consent.seek")
    assert run.due_at.date() == today() + 10 * DAY
    assert "Ask for consent, or decide on it again" in words(worker.get(at("case-tasks", referral)))
    asks = on(today() + DAY, "ask_on")
    press(worker, form, "Record the decision", decision="SEEK", who="Ned Bell", **asks)
    assert ClockRun.objects.unfinished().filter(case=referral.case_id, clock="consent.seek").count() == 1
    shown = words(worker.get(at("case-consents", referral)))
    assert "Ned Bell asks on" in shown and "His mother is in danger." in shown
    said(place, referral, kind=ConsentKind.SUPPORT)
    assert not ClockRun.objects.unfinished().filter(case=referral.case_id, clock="consent.seek").exists()


def test_not_asking_at_all_says_why(place: County, referral: Referral, worker: Client) -> None:
    form = worker.get(at("consent-seek", referral, "sharing"))
    assert errors(press(worker, form, "Record the decision", decision="DO_NOT_SEEK")) == ["Say why not"]
    press(worker, form, "Record the decision", decision="DO_NOT_SEEK", why_not="It would prejudice an inquiry.")
    with access.material(place.locality_worker, referral.case_id):
        position = consenting.position_on_sharing(referral.case)
    assert position == (ConsentPosition.NOT_SOUGHT, "It would prejudice an inquiry.")
    assert not ClockRun.objects.filter(case=referral.case_id, clock="consent.seek").exists()


def test_what_was_said_of_sharing_is_where_the_gate_begins(place: County, referral: Referral) -> None:
    for minute, (answer, why, position) in enumerate((
        (ConsentAnswer.AGREED, "", (ConsentPosition.GIVEN, "")),
        (ConsentAnswer.OVERRIDDEN, "A child is at risk", (ConsentPosition.OVERRIDDEN, "A child is at risk")),
        (ConsentAnswer.REFUSED, "No thanks", (ConsentPosition.OVERRIDDEN, "")),
        (ConsentAnswer.NOT_SOUGHT, "Away", (ConsentPosition.NOT_SOUGHT, "Away")),
    )):  # fmt: skip
        said(place, referral, answer=answer, words=why, at=now() + timedelta(minutes=minute))
        with access.material(place.locality_worker, referral.case_id):
            assert consenting.position_on_sharing(referral.case) == position


def test_under_a_hold_it_is_recorded_and_nobody_is_told_or_asked(place: County, referral: Referral) -> None:
    said(place, referral, kind=ConsentKind.TOLD, answer=ConsentAnswer.NOT_TOLD, words="Not safe yet")
    holding.place(case=referral.case, received_at=now(), reason="No concern", by=place.locality_worker, at=now())
    with pytest.raises(OnHold):
        said(place, referral, kind=ConsentKind.TOLD, answer=ConsentAnswer.TOLD)
    with pytest.raises(OnHold):
        consenting.decide_on_seeking(
            case=referral.case, kind=ConsentKind.TOLD, decision=Seeking.SEEK, who="N", on=today() + DAY,
            by=place.locality_worker, at=now(),
        )  # fmt: skip
    told = {"kind": ConsentKind.TOLD, "giver": ConsentGiver.PARENT}
    said(place, referral, **told, answer=ConsentAnswer.TOLD, on=today() - DAY)
    said(place, referral, **told, answer=ConsentAnswer.TOLD_BY_OTHERS)
    consenting.decide_on_seeking(
        case=referral.case, kind=ConsentKind.TOLD, decision=Seeking.DEFER, why="Checks", on=today() + DAY,
        by=the_service("turning_18"), at=now(),
    )  # fmt: skip


def test_whom_the_material_is_closed_to_finds_nothing(place: County, referral: Referral) -> None:
    for role in ("colleague", "officer", "ssu_lead", "other_locality_worker", "liaison", "auditor"):
        client = sign_in(Client(), getattr(place, role))
        for name, *about in (("case-consents",), ("consent-record", "told"), ("consent-seek", "told")):
            assert client.get(at(name, referral, *about)).status_code == 404
            assert client.post(at(name, referral, *about)).status_code in (404, 405)
        with pytest.raises(NotAllowed):
            said(place, referral, by=getattr(place, role))


def test_a_conflict_beats_being_nominated(place: County, referral: Referral, worker: Client) -> None:
    a_conflict(referral, place.locality_worker)
    assert worker.get(at("case-consents", referral)).status_code == 404


def test_the_rows_are_behind_the_wall_and_are_never_changed(place: County, referral: Referral) -> None:
    row = said(place, referral)
    seen = {"officer": 0, "locality_worker": 1}
    for role, count in seen.items():
        with access.material(getattr(place, role), referral.case_id):
            assert ConsentRecord.objects.count() == count
    for change in ("UPDATE casework_consentrecord SET words = 'x'", "DELETE FROM casework_consentrecord",
                   "UPDATE casework_seekingdecision SET why = 'x'"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert str(row)


def test_what_cannot_be_is_refused_by_every_road(place: County, referral: Referral) -> None:
    for otherwise, says in (
        ({"answer": "TOLD"}, "what was said"), ({"giver": "DOG"}, "whose word"), ({"kind": "OTHER"}, "what was said"),
        ({"on": today() + 400 * DAY}, "today or in the past"), ({"answer": "OVERRIDDEN"}, "Say why"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            said(place, referral, **otherwise)
    with access.material(place.locality_worker, referral.case_id):
        assert not ConsentRecord.objects.exists()
