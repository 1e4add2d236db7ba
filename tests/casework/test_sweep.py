"""The sweep: what it writes, whom it tells, and that each thing due happens once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prevent_cases.accounts.models import Membership
from prevent_cases.casework import deadlines
from prevent_cases.casework.days import LONDON, moment
from prevent_cases.casework.kinds import ClockState, DueKind
from prevent_cases.casework.models import ClockRun, DueAction, Event, Notice
from prevent_cases.casework.now import held_at
from prevent_cases.casework.sweep import SWEEP, sweep_clocks
from referrals.operations import assigning, triage
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, county

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)
TRIAGE_WARNED, TRIAGE_DUE = moment(date(2026, 3, 3)), moment(date(2026, 3, 4))
ESCALATED = moment(date(2026, 3, 5))


@pytest.fixture
def place() -> Iterator[County]:
    """A county on that Monday, which stays the present for the length of the test."""
    with held_at(MONDAY):
        yield county()


def events(kind: str = "clock.") -> list[tuple[str, str, datetime]]:
    rows = Event.objects.filter(kind__startswith=kind).order_by("id")
    return [(row.kind, row.facts["clock"], row.at) for row in rows]


def told(kind: str) -> list[tuple[str, ...]]:
    """Who is told, as (user, team, post, address), of one kind of notice."""
    rows = Notice.objects.filter(kind=kind).order_by("key").select_related("user", "team")
    return [
        (row.user.name if row.user else "", row.team.name if row.team else "", row.post, row.address) for row in rows
    ]


def test_a_deadline_is_warned_of_missed_and_escalated_each_at_its_own_moment(place: County) -> None:
    a_referral(place, at=MONDAY)
    assert sweep_clocks(at=TRIAGE_WARNED - timedelta(seconds=1)) == Counter()
    assert sweep_clocks(at=TRIAGE_WARNED) == {"clock.warned": 1}
    assert sweep_clocks(at=TRIAGE_DUE) == {"clock.late": 1}
    assert sweep_clocks(at=ESCALATED) == {"clock.escalated": 1}
    assert events() == [
        ("clock.warned", "referral.triage", TRIAGE_WARNED),
        ("clock.late", "referral.triage", TRIAGE_DUE),
        ("clock.escalated", "referral.triage", ESCALATED),
    ]
    late = Event.objects.get(kind="clock.late")
    assert late.facts == {"clock": "referral.triage", "due_on": "2026-03-04", "rung": 0}
    assert late.by is None
    assert late.subject == ClockRun.objects.get(clock="referral.triage").subject


def test_a_warning_goes_to_the_mailbox_until_somebody_of_the_team_has_the_case(place: County) -> None:
    a_referral(place, at=MONDAY)
    mine = a_referral(place, at=MONDAY, given_name="Edith", family_name="Farrow")
    assigning.assign(case=mine.case, to=place.officer.user, by=place.officer, at=MONDAY)
    sweep_clocks(at=ESCALATED)
    assert told("clock.warned") == [("", place.ssu.name, "", ""), ("Olive Tarn", "", "", "")]
    assert Counter(told("clock.late")) == {("", place.ssu.name, "", ""): 2, ("Olive Tarn", "", "", ""): 1}
    assert told("clock.escalated") == [("", "", "ssu_lead", "")] * 2


def test_somebody_who_has_left_the_team_is_not_warned_in_its_place(place: County) -> None:
    referral = a_referral(place, at=MONDAY)
    assigning.assign(case=referral.case, to=place.officer.user, by=place.officer, at=MONDAY)
    Membership.objects.filter(user=place.officer.user).update(ends_on=MONDAY.date())
    sweep_clocks(at=TRIAGE_WARNED)
    assert told("clock.warned") == [("", place.ssu.name, "", "")]


def test_an_outside_body_is_chased_at_its_address_and_its_lateness_is_never_ours(place: County) -> None:
    referral = a_referral(place, S.QUERIED, at=MONDAY)
    run = ClockRun.objects.get(clock="referral.query")
    swept = sweep_clocks(at=run.due_at + timedelta(days=14))
    assert swept == {"clock.reminded": 1, "clock.chased": 1, "clock.raised": 1}
    assert told("clock.reminded") == told("clock.chased") == [("", "", "", referral.reply_address)]
    assert told("clock.raised") == [("", "", "policing_supervisor", "")]
    assert not Event.objects.filter(kind__in=["clock.warned", "clock.late", "clock.escalated"]).exists()


def test_paused_and_stopped_clocks_never_fire(place: County) -> None:
    referral = a_referral(place, S.QUERIED, at=MONDAY)
    paused = ClockRun.objects.filter(clock__in=["referral.triage", "referral.reply"])
    assert {run.state for run in paused} == {ClockState.PAUSED}
    sweep_clocks(at=MONDAY + timedelta(days=300))
    assert not Event.objects.filter(
        facts__clock__in=["referral.triage", "referral.reply"], kind__startswith="clock"
    ).exists()
    triage.answer_query(referral=referral, corrected={}, by=place.officer, at=MONDAY + timedelta(days=300),
                        version=referral.case.version)  # fmt: skip
    assert sweep_clocks(at=MONDAY + timedelta(days=301)) == Counter()
    assert sweep_clocks(at=MONDAY + timedelta(days=400))["clock.late"] == 2


def test_a_closed_case_keeps_only_its_review(place: County) -> None:
    a_referral(place, S.CLOSED, at=MONDAY)
    live = DueAction.objects.filter(is_live=True, fired_at=None).values_list("clock", flat=True)
    assert set(live) == {"case.retention"}


@pytest.mark.parametrize("outage", [timedelta(minutes=2), timedelta(hours=1), timedelta(days=1), timedelta(days=10)])
def test_after_an_outage_each_thing_happens_once_in_the_order_it_fell_due(place: County, outage: timedelta) -> None:
    for number in range(4):
        a_referral(place, at=MONDAY + timedelta(days=number), policing_reference=f"CTP/2026/{number}")
    back = ESCALATED + outage
    expected = DueAction.objects.filter(fire_at__lte=back).count()
    assert sweep_clocks(at=back).total() == expected
    assert sweep_clocks(at=back) == sweep_clocks(at=back + timedelta(minutes=1)) == Counter()
    moments = [at for _, _, at in events()]
    assert (
        moments == sorted(moments) == sorted(DueAction.objects.exclude(fired_at=None).values_list("fire_at", flat=True))
    )
    assert Event.objects.filter(kind__startswith="clock.").count() == expected
    assert Notice.objects.filter(kind__startswith="clock.").count() == expected


def test_a_chunk_is_a_transaction_and_many_chunks_are_one_sweep(place: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prevent_cases.casework.sweep.CHUNK", 3)
    for number in range(3):
        a_referral(place, at=MONDAY, policing_reference=f"CTP/2026/{number}")
    assert sweep_clocks(at=ESCALATED) == {"clock.warned": 3, "clock.late": 3, "clock.escalated": 3}
    kinds = [kind for kind, _, _ in events()]
    assert kinds == ["clock.warned"] * 3 + ["clock.late"] * 3 + ["clock.escalated"] * 3


def test_an_extended_deadline_is_warned_of_and_missed_again_by_its_new_date(place: County) -> None:
    a_referral(place, at=MONDAY)
    sweep_clocks(at=TRIAGE_DUE + timedelta(minutes=1))
    run = ClockRun.objects.get(clock="referral.triage")
    friday = date(2026, 3, 13)
    deadlines.extend_deadline(
        run=run, due_on=friday, reason="Larger than usual", by=place.ssu_lead, at=TRIAGE_DUE + timedelta(hours=1)
    )
    sweep_clocks(at=moment(friday))
    triage_events = [
        (kind, at) for kind, clock, at in events() if clock == "referral.triage" and kind != "clock.extended"
    ]
    assert triage_events == [
        ("clock.warned", TRIAGE_WARNED),
        ("clock.late", TRIAGE_DUE),
        ("clock.warned", moment(date(2026, 3, 12))),
        ("clock.late", moment(friday)),
    ]
    assert Notice.objects.filter(kind="clock.late").count() == 2


def test_what_fell_due_before_the_clock_began_is_dated_by_its_beginning(place: County) -> None:
    a_referral(place, at=MONDAY)
    run = ClockRun.objects.get(clock="referral.triage")
    DueAction.objects.filter(run=run, kind=DueKind.WARN).update(fire_at=MONDAY - timedelta(days=3))
    sweep_clocks(at=MONDAY + timedelta(minutes=1))
    assert events() == [("clock.warned", "referral.triage", MONDAY)]


def test_an_idle_sweep_asks_once(place: County) -> None:
    with CaptureQueriesContext(connection) as queries:
        sweep_clocks(at=MONDAY)
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 1
    assert SWEEP.split()[0] in asked[0]
