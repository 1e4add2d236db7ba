"""One act protects somebody, from any state of a case, hold or no hold (C8; A14; C1.10)."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import holding
from prevent_cases.casework.kinds import HoldState
from prevent_cases.casework.models import Case, ClockRun, Hold, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.workflow import NotAllowed, Refused
from safeguarding.models import Protection
from safeguarding.operations.safety import act_for_safety
from safeguarding.states import ProtectionKind
from tests.factories import (
    STATES,
    County,
    a_conflict,
    a_practitioner_referral,
    a_protection,
    a_referral,
    county,
    fresh_protection,
    sign_in,
)
from tests.journeys.pages import errors, words
from tests.journeys.protecting import act, kinds, page_of, safety_of, the_only

CLOCKS = {
    "IMMEDIATE": {"protection.discussion"}, "SECTION_47": {"protection.discussion"},
    "SECTION_17": {"protection.assessment"}, "SECTION_42": {"protection.screening"},
}  # fmt: skip


@pytest.fixture
def place(db: None) -> County:
    return county()


def test_one_page_and_one_press_begin_each_kind(place: County, client: Client) -> None:
    referral = a_referral(place, "PREPARING")
    sign_in(client, place.colleague)
    opened = client.get(reverse("case", args=[referral.case_id]))
    assert f'href="{safety_of(referral)}"' in opened.content.decode()
    for kind in ProtectionKind.values:
        done = act(client, referral, kind)
        assert "It has begun, and nothing stands in its way." in words(done)
        begun = the_only(referral, kind)
        assert (begun.state, begun.opened_by_id) == ("OPEN", place.colleague.user_id)
        assert kinds(referral.case_id)[-1] == "protection.opened"
        running = ClockRun.objects.unfinished().filter(subject=begun.record_key)
        assert set(running.values_list("clock", flat=True)) == CLOCKS[kind]
    told = Notice.objects.filter(case=referral.case, kind="protection.opened")
    assert set(told.values_list("team", flat=True)) == {place.ssu.pk, place.locality_team.pk}


def test_it_begins_from_every_state_and_leaves_that_as_it_was(place: County) -> None:
    """Every kind from every state: tests/safeguarding tries them after random histories too."""
    kinds_in_turn = cycle(ProtectionKind.values)
    for state in STATES:
        referral = a_referral(place, state, files=[])
        before = Case.objects.values("stage", "queue", "closed_at").get(pk=referral.case_id)
        kind = next(kinds_in_turn)
        begun = act_for_safety(case_id=referral.case_id, kind=kind, reason="New risk.", by=place.officer, at=now())
        assert begun.is_open, state
        assert Case.objects.values("stage", "queue", "closed_at").get(pk=referral.case_id) == before


@pytest.mark.parametrize("days", [3, 40], ids=["in its days", "past them"])
def test_a_hold_is_lifted_by_it(place: County, client: Client, days: int) -> None:
    received = now() - timedelta(days=days)
    referral = a_referral(place, "WITH_CHILDREN", at=received)
    holding.place(case=referral.case, received_at=received, reason="No immediate concern", by=place.children, at=now())
    sign_in(client, place.children)
    act(client, referral, "SECTION_47")
    assert Case.objects.get(pk=referral.case_id).held_until is None
    assert Hold.objects.get(case=referral.case_id).state == HoldState.LIFTED
    assert kinds(referral.case_id)[-2:] == ["hold.lift", "protection.opened"]
    assert not ClockRun.objects.unfinished().filter(case=referral.case_id, clock="hold.checks").exists()


def test_a_page_from_yesterday_still_protects(place: County, client: Client) -> None:
    referral = a_referral(place, "CHECKING")
    sign_in(client, place.officer)
    stale = client.get(safety_of(referral))
    a_protection("SECTION_17", referral=referral, by=place.ssu_lead)
    assert 'name="version"' not in stale.content.decode()
    done = client.post(safety_of(referral), {"kind": "IMMEDIATE", "reason": "Now."}, follow=True)
    assert "It has begun" in words(done)
    assert the_only(referral, "IMMEDIATE").is_open


def test_twice_is_one_with_both_reasons(place: County, client: Client) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    sign_in(client, place.children)
    act(client, referral, "IMMEDIATE", "He was told to leave home.")
    act(client, referral, "IMMEDIATE", "A man waits outside the house.")
    begun = the_only(referral, "IMMEDIATE")
    assert kinds(referral.case_id)[-2:] == ["protection.opened", "protection.asked_again"]
    read = words(client.get(page_of(begun)))
    assert "He was told to leave home." in read
    assert "A man waits outside the house." in read


def test_after_one_is_finished_another_begins(place: County) -> None:
    referral = a_referral(place, "WITH_CHILDREN")
    over = a_protection("IMMEDIATE", "FINISHED", referral=referral, by=place.children)
    again = a_protection("IMMEDIATE", referral=referral, by=place.children)
    assert (over.is_open, again.is_open, over.pk != again.pk) == (False, True, True)


def test_a_practitioners_own_referral_can_be_acted_on_too(place: County, client: Client) -> None:
    sent = a_practitioner_referral(place)
    sign_in(client, place.officer)
    shown = client.get(reverse("referrals:practitioner", args=[sent.case_id]))
    assert reverse("safety", args=[sent.case_id]) in shown.content.decode()
    done = client.post(
        reverse("safety", args=[sent.case_id]), {"kind": "SECTION_17", "reason": "She needs help."}, follow=True
    )
    assert "Section 17" in words(done)
    begun = Protection.objects.get(case=sent.case_id)
    assert "She needs help." in words(client.get(page_of(begun)))


def test_why_is_asked_and_what_is_needed(place: County, client: Client) -> None:
    referral = a_referral(place)
    sign_in(client, place.officer)
    asked = client.post(safety_of(referral), {})
    assert errors(asked) == ["Select what is needed now", "Say why, in a few words"]
    with pytest.raises(Refused):
        act_for_safety(case_id=referral.case_id, kind="IMMEDIATE", reason=" ", by=place.officer, at=now())
    with pytest.raises(Refused):
        act_for_safety(case_id=referral.case_id, kind="OTHER", reason="Now.", by=place.officer, at=now())


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    referral = a_referral(place, "CHECKING")
    a_conflict(referral, place.second_officer)
    strangers = [place.locality_worker, place.children, place.second_officer, place.liaison, place.auditor,
                 place.lists, place.practitioner, place.outsider]  # fmt: skip
    for actor in strangers:
        sign_in(client, actor)
        assert client.get(safety_of(referral)).status_code == 404
        assert client.post(safety_of(referral), {"kind": "IMMEDIATE", "reason": "Now."}).status_code == 404
        with pytest.raises(NotAllowed):
            act_for_safety(case_id=referral.case_id, kind="IMMEDIATE", reason="Now.", by=actor, at=now())
    assert not Protection.objects.exists()


def test_whoever_the_area_is_not_open_to_acts_and_reads_nothing_inside(place: County, client: Client) -> None:
    referral = a_referral(place, "PREPARING")
    sign_in(client, place.colleague)
    act(client, referral, "SECTION_42", "His lodger frightens him.")
    begun = the_only(referral, "SECTION_42")
    read = words(client.get(page_of(begun)))
    assert "is in the restricted area, which is not open to you" in read
    assert "His lodger frightens him." not in read
    assert (
        "His lodger frightens him." not in client.get(reverse("case-history", args=[referral.case_id])).content.decode()
    )
    sign_in(client, place.locality_worker)
    assert "His lodger frightens him." in words(client.get(page_of(begun)))


def test_a_closed_case_stays_closed_while_it_runs_beside(place: County, client: Client) -> None:
    referral = a_referral(place, "CLOSED")
    sign_in(client, place.officer)
    act(client, referral, "SECTION_42")
    begun = fresh_protection(the_only(referral, "SECTION_42"))
    assert not begun.case.is_open
    assert begun.is_open
    assert "Protection" in words(client.get(reverse("case", args=[referral.case_id])))
