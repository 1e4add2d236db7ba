"""The advice ladder, and the question whether the police must be called: written down, and carried into the case."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.access import oneself
from prevent_cases.casework.models import DirectoryEntry
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import AdviceTaken, Concern, ConcernStep
from referrals.operations import concern_steps, concerns
from referrals.queries.advice import is_urgency_answered
from referrals.states import AdviceRung, ConcernStage, ConcernStepKind
from tests.factories import County, a_concern, county, seen, sign_in
from tests.journeys.pages import errors, press, words


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def concern(place: County) -> Concern:
    return a_concern(place)


@pytest.fixture
def writer(place: County) -> Client:
    return sign_in(Client(), place.practitioner)


def typed(days: int = 0, **more: str) -> dict[str, object]:
    day = today() + timedelta(days=days)
    return {"rung": AdviceRung.PREVENT_LEAD, "whom": "Petra Vane", "taken_on-day": day.day,
            "taken_on-month": day.month, "taken_on-year": day.year, "advised": "Refer it today."} | more  # fmt: skip


def advising(concern: Concern) -> str:
    return reverse("mine:advice", args=[concern.pk])


def urgent(concern: Concern) -> str:
    return reverse("mine:urgent", args=[concern.pk])


def test_each_rung_is_written_down_and_shown_and_goes_with_the_referral(
    place: County, concern: Concern, writer: Client
) -> None:
    opened = writer.get(advising(concern))
    for rung in AdviceRung.labels:
        assert rung in words(opened)
    press(writer, opened, "Save this advice", **typed())
    done = press(writer, opened, "Save this advice", **typed(-1, rung=AdviceRung.LINE_MANAGER, whom="Mo Penn"))
    assert "Petra Vane" in words(done)
    assert "Mo Penn" in words(done)
    sent = concerns.send(
        concern_id=concern.pk, key=uuid.uuid4(), version=seen(concern, place.practitioner).version,
        by=place.practitioner, at=now(),
    )  # fmt: skip
    officer = sign_in(Client(), place.officer)
    theirs = reverse("referrals:practitioner", args=[sent.case_id])
    for client, page in ((writer, reverse("mine:referral", args=[sent.pk])), (officer, theirs)):
        shown = words(client.get(page))
        assert shown.index("Line manager, Mo Penn") < shown.index("Prevent lead, Petra Vane")
        assert "Refer it today." in shown
    with pytest.raises(Refused, match="sent already"):
        _note(concern, place.practitioner)


def test_a_day_to_come_and_what_is_missing_are_refused(place: County, concern: Concern, writer: Client) -> None:
    opened = writer.get(advising(concern))
    assert errors(press(writer, opened, "Save this advice", **typed(1))) == [
        "The day you asked must be today or in the past"
    ]
    assert errors(press(writer, opened, "Save this advice")) == [
        "Select whom you asked", "Enter their name", "Enter the day you asked", "Enter what they advised"
    ]  # fmt: skip
    with pytest.raises(Refused, match="today or in the past"):
        _note(concern, place.practitioner, days=1)
    with oneself(place.practitioner):
        assert not AdviceTaken.objects.exists()


def test_whom_to_ask_comes_from_the_directory(concern: Concern, writer: Client) -> None:
    DirectoryEntry.objects.create(
        kind="PREVENT_LEAD", title="Prevent lead for the county", telephone="01632 960 123",
        starts_on=today() - timedelta(days=1),
    )  # fmt: skip
    assert "01632 960 123" in words(writer.get(advising(concern)))


def test_the_lead_writes_advice_down_too_and_nobody_else(place: County) -> None:
    concern = a_concern(place, ConcernStage.WITH_LEAD)
    lead = sign_in(Client(), place.school_lead)
    press(lead, lead.get(advising(concern)), "Save this advice", **typed())
    for actor in (place.school_deputy, place.other_practitioner, place.officer):
        with pytest.raises(NotAllowed):
            _note(concern, actor)
    with oneself(place.practitioner):
        assert AdviceTaken.objects.get().by == place.school_lead.user


def test_whether_the_police_were_called_is_asked_and_written_down(
    place: County, concern: Concern, writer: Client
) -> None:
    with oneself(place.practitioner):
        assert not is_urgency_answered(concern)
    onward = reverse("refer:check", args=[concern.pk])
    opened = writer.get(f"{urgent(concern)}?next={onward}")
    assert "call 999 now" in words(opened)
    assert errors(press(writer, opened, "Continue")) == ["Select whether you have called the police"]
    assert errors(press(writer, opened, "Continue", called="called")) == ["Enter when you called, and what they said"]
    done = press(writer, opened, "Continue", called="called", words="999 at 3pm, reference 41")
    assert done.redirect_chain[0][0] == onward
    with oneself(place.practitioner):
        assert is_urgency_answered(concern)
        step = ConcernStep.objects.get(concern=concern)
    assert (step.kind, step.words) == (ConcernStepKind.POLICE_CALLED, "999 at 3pm, reference 41")


def test_no_is_an_answer_too_and_it_can_become_urgent_later(place: County, concern: Concern, writer: Client) -> None:
    opened = writer.get(urgent(concern))
    press(writer, opened, "Continue", called="not_needed")
    press(writer, opened, "Continue", called="called", words="101, at noon")
    with oneself(place.practitioner):
        kinds = list(ConcernStep.objects.filter(concern=concern).order_by("id").values_list("kind", flat=True))
    assert kinds == [ConcernStepKind.NOT_URGENT, ConcernStepKind.POLICE_CALLED]


def test_it_leads_on_within_the_service_and_nowhere_else(concern: Concern, writer: Client) -> None:
    done = press(writer, writer.get(f"{urgent(concern)}?next=//attacker.example/"), "Continue", called="not_needed")
    assert done.redirect_chain[0][0] == reverse("refer:tasks", args=[concern.pk])


def test_numbers_to_call_come_from_the_directory(concern: Concern, writer: Client) -> None:
    DirectoryEntry.objects.create(
        kind="EMERGENCY_LINE", title="Council emergency line", telephone="01632 960 999",
        starts_on=today() - timedelta(days=1),
    )  # fmt: skip
    assert "01632 960 999" in words(writer.get(urgent(concern)))


def _note(concern: Concern, by: object, days: int = 0) -> None:
    concern_steps.note_advice(
        concern_id=concern.pk, rung=AdviceRung.LINE_MANAGER, whom="Mo Penn", taken_on=today() + timedelta(days=days),
        advised="Refer", by=by, at=now(),
    )  # fmt: skip
