"""A hold: placed, renewed, ended, lifted; what its clock does; and what neither a stale object nor haste can undo."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from prevent_cases.casework import engine, holding, outbox
from prevent_cases.casework.days import LONDON, civil_date
from prevent_cases.casework.kinds import ClockState, Delivery, HoldState
from prevent_cases.casework.models import Case, ClockRun, Disclosure, DueAction, Event, Hold, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.sweep import sweep_clocks
from prevent_cases.casework.workflow import NotAllowed, OnHold, Refused
from referrals.models import Referral
from referrals.states import ReferralState as S
from referrals.workflow import REFERRAL
from tests.factories import County, a_referral, county

RECEIVED = datetime(2026, 6, 1, 9, 0, tzinfo=LONDON)
LAST = date(2026, 6, 29)
WHY = "No immediate concern"


@pytest.fixture
def place(db: None) -> County:
    return county()


def held(place: County, state: str = S.WITH_CHILDREN, at: datetime = RECEIVED) -> Referral:
    """A referral on hold since it was received."""
    referral = a_referral(place, state, at=at)
    holding.place(case=referral.case, received_at=at, reason=WHY, by=place.officer, at=at, chase_address="a@b.example")
    return Referral.objects.select_related("case").get(pk=referral.pk)


def on(day: int, month: int = 6, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=LONDON)


def test_a_hold_ends_28_days_after_receipt_however_late_it_is_placed(place: County) -> None:
    referral = a_referral(place, S.WITH_CHILDREN, at=RECEIVED)
    hold = holding.place(case=referral.case, received_at=RECEIVED, reason=WHY, by=place.children, at=on(4))
    assert (hold.until_on, hold.placed_at) == (LAST, on(4))
    assert Case.objects.get(pk=referral.case_id).held_until == LAST
    run = ClockRun.objects.get(clock="hold.checks")
    assert (civil_date(run.due_at), civil_date(run.warn_at), run.declared.is_ours) == (
        LAST, date(2026, 6, 22), False,
    )  # fmt: skip


def test_what_the_case_was_handed_in_as_is_brought_up_to_date(place: County) -> None:
    case = a_referral(place, S.WITH_CHILDREN, at=RECEIVED).case
    holding.place(case=case, received_at=RECEIVED, reason=WHY, by=place.children, at=on(2))
    kept = Case.objects.get(pk=case.pk)
    assert (case.held_until, case.version, case.next_due_at) == (LAST, kept.version, kept.next_due_at)


def test_a_second_hold_an_unreasoned_one_a_future_receipt_and_a_stranger_are_refused(place: County) -> None:
    referral = held(place)
    usual = {"case": referral.case, "received_at": RECEIVED, "reason": WHY, "by": place.officer, "at": on(2)}
    with pytest.raises(Refused, match="on hold already"):
        holding.place(**usual)
    fresh = a_referral(place, S.WITH_CHILDREN, at=RECEIVED).case
    for changed, words in (({"reason": " "}, "Say why"), ({"received_at": on(3)}, "in the future")):
        with pytest.raises(Refused, match=words):
            holding.place(**usual | {"case": fresh} | changed)
    for stranger in (place.locality_worker, place.liaison, place.practitioner, place.outsider):
        with pytest.raises(NotAllowed):
            holding.place(**usual | {"case": fresh, "by": stranger})
    assert Hold.objects.count() == 1


def test_what_shares_is_refused_in_its_days_and_past_them_in_other_words(place: County) -> None:
    referral = held(place, S.CHECKING)
    facts = {"systems": ["Mosaic"], "searched_on": "2026-06-02"}

    def nil_return(at: datetime) -> None:
        with transaction.atomic():
            engine.advance(
                subject=referral, transition=REFERRAL["referral.send_nil_return"], by=place.officer, at=at,
                facts=facts, to={"reply address": outbox.ToAddress("desk@ctp.example")},
            )  # fmt: skip

    for at in (on(2), on(29)):
        with pytest.raises(OnHold, match="on hold until Monday 29 June 2026"):
            nil_return(at)
    with pytest.raises(OnHold, match="ended on Monday 29 June 2026 and police have not said"):
        nil_return(on(30))
    assert Referral.objects.get(pk=referral.pk).state == S.CHECKING
    holding.lift_for_safety(case=referral.case, reason="New bruises", by=place.officer, at=on(30))
    nil_return(on(30))


def test_a_case_that_changed_is_said_to_be_before_a_hold_is(place: County) -> None:
    """Whoever may not act learns nothing of the hold."""
    referral = held(place, S.CHECKING)
    with pytest.raises(NotAllowed), transaction.atomic():
        engine.advance(
            subject=referral, transition=REFERRAL["referral.send_nil_return"], by=place.area_worker, at=on(2), facts={}
        )


def test_renewing_is_an_act_with_a_reason_and_a_day_that_can_be(place: County) -> None:
    case = held(place).case
    usual = {"case": case, "until": date(2026, 7, 20), "reason": "Checks go on", "by": place.ssu_lead, "at": on(30)}
    with pytest.raises(NotAllowed):
        holding.renew(**usual | {"by": place.officer})
    for until, words in ((LAST, "must be after"), (date(2026, 6, 30), "after Tuesday 30 June"),
                         (date(2026, 7, 29), "on or before Tuesday 28 July 2026, 28 days from today")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            holding.renew(**usual | {"until": until})
    with pytest.raises(Refused, match="reason"):
        holding.renew(**usual | {"reason": " "})
    hold = holding.renew(**usual)
    assert (hold.until_on, hold.renewals, case.held_until) == (date(2026, 7, 20), 1, date(2026, 7, 20))
    run = ClockRun.objects.get(clock="hold.checks")
    assert (civil_date(run.due_at), run.state) == (date(2026, 7, 20), ClockState.RUNNING)
    assert Event.objects.filter(case=case, kind="hold.renew").get().facts == {
        "reason": "Checks go on", "until_on": "2026-07-20",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("act", "state"), [("end", HoldState.ENDED), ("lift", HoldState.LIFTED), ("answer", HoldState.ANSWERED)]
)
def test_a_hold_ends_in_three_ways_and_each_stops_the_clock(place: County, act: str, state: str) -> None:
    case = held(place).case
    given = {"case": case, "at": on(10)}
    acts = {
        "end": lambda: holding.end(**given, reason="Withdrawn by police", by=place.ssu_lead),
        "lift": lambda: holding.lift_for_safety(**given, reason="New risk", by=place.children),
        "answer": lambda: holding.end_as_answered(**given, answer="Suitable", by=place.liaison),
    }
    acts[act]()
    hold = Hold.objects.get(case=case)
    assert (hold.state, hold.ended_at) == (state, on(10))
    assert (case.held_until, Case.objects.get(pk=case.pk).held_until) == (None, None)
    assert ClockRun.objects.get(clock="hold.checks").state == ClockState.STOPPED
    with transaction.atomic():
        holding.must_be_free_to_share(engine.lock(case.pk), at=on(11))
    again = Event.objects.filter(case=case).count()
    if act == "end":
        with pytest.raises(Refused, match="not on hold"):
            acts[act]()
    else:
        assert acts[act]() is None
    assert Event.objects.filter(case=case).count() == again


@pytest.mark.parametrize("who", ["officer", "area_worker", "locality_worker", "children"])
def test_whoever_has_the_duty_lifts_it_and_nobody_else(place: County, who: str) -> None:
    case = held(place).case
    for stranger in (place.practitioner, place.auditor, place.lists):
        with pytest.raises(NotAllowed):
            holding.lift_for_safety(case=case, reason="New risk", by=stranger, at=on(2))
    assert holding.lift_for_safety(case=case, reason="New risk", by=getattr(place, who), at=on(2)).state == "LIFTED"


def test_only_the_lead_ends_or_renews_what_they_lead(place: County) -> None:
    case = held(place).case
    for other in (place.officer, place.children, place.locality_manager, place.liaison):
        with pytest.raises(NotAllowed):
            holding.end(case=case, reason="Because", by=other, at=on(2))


def test_police_are_chased_on_day_21_and_28_and_it_is_raised_the_day_after(place: County) -> None:
    case = held(place).case
    fired = {}
    with time_machine.travel(RECEIVED, tick=False) as clock:
        for day in range(40):
            clock.move_to(RECEIVED + timedelta(days=day, hours=9))
            sweep_clocks(at=now())
            for event in Event.objects.filter(case=case, facts__clock="hold.checks").exclude(pk__in=fired):
                fired[event.pk] = (event.kind, (civil_date(event.at) - civil_date(RECEIVED)).days)
    assert sorted(fired.values()) == [
        ("clock.chased", 28), ("clock.raised", 29), ("clock.raised", 29), ("clock.reminded", 21),
    ]  # fmt: skip
    raised = Notice.objects.filter(case=case, kind="clock.raised").values_list("post", flat=True)
    assert sorted(raised) == ["policing_supervisor", "ssu_lead"]
    chased = Notice.objects.filter(case=case, kind__in=("clock.reminded", "clock.chased"))
    assert set(chased.values_list("address", flat=True)) == {"a@b.example"}
    assert not Event.objects.filter(case=case, kind="clock.late", facts__clock="hold.checks").exists()
    assert Case.objects.get(pk=case.pk).held_until == LAST, "it never goes on, or ends, by itself"


def test_a_hold_placed_after_its_days_has_lapsed_at_once(place: County) -> None:
    case = a_referral(place, S.WITH_CHILDREN, at=RECEIVED).case
    holding.place(case=case, received_at=RECEIVED, reason=WHY, by=place.children, at=on(3, month=7))
    with pytest.raises(OnHold, match="police have not said that this may go on"), transaction.atomic():
        holding.must_be_free_to_share(engine.lock(case.pk), at=on(3, month=7))
    assert DueAction.objects.filter(case=case, clock="hold.checks", fire_at__lte=on(3, month=7)).count() == 4


def test_a_stale_case_cannot_undo_a_hold_nor_bring_one_back(place: County) -> None:
    stale = a_referral(place, S.WITH_CHILDREN, at=RECEIVED).case
    holding.place(case=engine_copy(stale), received_at=RECEIVED, reason=WHY, by=place.children, at=on(2))
    engine.keep(stale, by=place.officer, at=on(3))
    assert Case.objects.get(pk=stale.pk).held_until == LAST
    stale = engine_copy(stale)
    holding.lift_for_safety(case=engine_copy(stale), reason="New risk", by=place.children, at=on(4))
    engine.keep(stale, by=place.officer, at=on(5))
    assert Case.objects.get(pk=stale.pk).held_until is None


def engine_copy(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_database_itself_refuses_a_disclosure_under_a_hold(place: County) -> None:
    answered = a_referral(place, S.NIL_RETURNED, at=RECEIVED)
    shared = Disclosure.objects.get(case=answered.case)
    kept = shared.documents.first()
    holding.place(case=answered.case, received_at=RECEIVED, reason=WHY, by=place.officer, at=on(2))
    with pytest.raises(IntegrityError, match="nothing is disclosed"), transaction.atomic():
        Disclosure.objects.create(
            case=answered.case, title="A letter", recipient_team=place.policing, recipient_address="a@b.example",
            purpose="To tell", lawful_basis="A basis", necessity="Needed", delivery=Delivery.IN_SERVICE,
            decided_by=place.officer.user, decided_at=on(2),
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="no document"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_disclosure_documents (disclosure_id, document_id) VALUES (%s, %s)",
            [shared.pk, kept.pk if kept else shared.pk],
        )
    shared.refresh_from_db()


def test_a_hold_is_never_deleted(place: County) -> None:
    held(place)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Hold.objects.all().delete()
