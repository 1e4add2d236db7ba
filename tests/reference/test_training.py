"""The training register: courses, who took them, the one reminder, and the gate that is off unless asked for."""

from datetime import date, timedelta

import pytest

from prevent_cases.accounts import training as register
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import TrainingRecord
from prevent_cases.casework import jobs, training
from prevent_cases.casework.days import moment
from prevent_cases.casework.models import Notice
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from tests.factories import a_person, acting, county

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def place():
    return county()


def a_course(place, title="Prevent awareness", months=24, *, counts=True):
    return training.add_course(title=title, months_valid=months, counts_for_gate=counts, by=place.lists, at=now())


def taken(actor, course, on, *, by=None):
    return training.record_course(user=actor.user, course=course, taken_on=on, by=by or actor, at=now())


def change(place, course, version, **more):
    kept = {"title": course.title, "words": "", "address": "", "months_valid": 24, "counts_for_gate": True} | more
    return training.change_course(course=course, **kept, by=place.lists, at=now(), version=version)


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 12, 1), 13, date(2028, 1, 1)),
        (date(2026, 5, 5), None, None),
    ],
)
def test_how_long_a_course_counts_is_worked_out(place, on, months, until):
    assert register.expiry(a_course(place, months=months), on) == until


def test_one_writes_down_ones_own_course_and_a_lead_that_of_their_team(place):
    course = a_course(place)
    lead = acting(a_person("Dora Lyme", place.school, role=SeatRole.MANAGER))
    deputy = acting(a_person("Dean Marl", place.school, role=SeatRole.DEPUTY))
    for number, by in enumerate((place.practitioner, lead, deputy)):
        assert taken(place.practitioner, course, today() - number * DAY, by=by).entered_by_id == by.user_id
    for stranger in (place.officer, place.locality_manager, place.lists, place.ssu_lead):
        with pytest.raises(NotAllowed):
            taken(place.practitioner, course, today() - 9 * DAY, by=stranger)


def test_what_cannot_be_is_refused_beside_the_date(place):
    course = a_course(place)
    taken(place.practitioner, course, today())
    with pytest.raises(Refused, match="already") as refusal:
        taken(place.practitioner, course, today())
    assert refusal.value.field == "taken_on"
    with pytest.raises(Refused, match="in the past"):
        taken(place.practitioner, course, today() + DAY)
    course = training.retire_course(course=course, by=place.lists, at=now())
    with pytest.raises(Refused, match="no longer offered"):
        taken(place.second_officer, course, today())
    assert taken(place.second_officer, course, today() - DAY).course == course
    with pytest.raises(Refused, match="retired already"):
        training.retire_course(course=course, by=place.lists, at=now())


def test_a_record_written_in_error_goes_and_its_history_stays(place):
    record = taken(place.practitioner, a_course(place), today())
    with pytest.raises(NotAllowed):
        training.remove_record(record=record, by=place.officer, at=now())
    training.remove_record(record=record, by=place.practitioner, at=now())
    assert not TrainingRecord.objects.exists()
    assert TrainingRecord.history.count() == 2


def test_only_keepers_of_the_lists_offer_courses_and_two_do_not_overwrite_each_other(place):
    course = a_course(place)
    with pytest.raises(Refused, match="Another course") as refusal:
        a_course(place)
    assert refusal.value.field == "title"
    with pytest.raises(NotAllowed):
        training.add_course(title="x", months_valid=1, counts_for_gate=False, by=place.officer, at=now())
    seen = training.version_of(course)
    change(place, course, seen, months_valid=12)
    with pytest.raises(StaleRecord, match="Somebody else"):
        change(place, course, seen, months_valid=6)


def test_a_changed_course_leaves_what_was_taken_as_it_was(place):
    course = a_course(place, months=24)
    record = taken(place.practitioner, course, today())
    change(place, course, training.version_of(course), months_valid=1)
    until = record.expires_on
    record.refresh_from_db()
    assert record.expires_on == until


def test_a_person_is_told_once_and_not_if_they_took_it_again(place):
    course = a_course(place, months=12)
    first = today() - timedelta(days=365 - 27)
    soon = taken(place.practitioner, course, first)
    taken(place.officer, course, first)
    taken(place.officer, course, today())
    taken(place.colleague, course, today() - timedelta(days=200))
    taken(place.auditor, course, today() - timedelta(days=500))
    assert jobs.run("remind_of_training", now()) == {"reminded": 1}
    assert jobs.run("remind_of_training", now() + DAY) == {"reminded": 0}
    [notice] = Notice.objects.filter(kind=training.REMINDER)
    soon.refresh_from_db()
    assert (notice.user_id, notice.case_id) == (place.practitioner.user_id, None)
    assert soon.reminded_at is not None


def test_the_reminder_comes_twenty_eight_days_before_and_not_sooner(place):
    record = taken(place.practitioner, a_course(place, months=12), today())
    assert training.remind_of_training(at=moment(record.expires_on - 29 * DAY)) == 0
    assert training.remind_of_training(at=moment(record.expires_on - 28 * DAY)) == 1


def test_the_gate_is_off_unless_the_council_turns_it_on(place, settings, django_assert_num_queries):
    assert settings.TRAINING_GATE is False
    with django_assert_num_queries(0):
        assert register.gate(place.practitioner, today()) is False


def test_the_gate_asks_for_a_course_that_counts_and_is_still_valid(place, settings):
    settings.TRAINING_GATE = True
    other, counts = a_course(place, "Induction", counts=False), a_course(place, months=12)
    assert register.gate(place.practitioner, today())
    taken(place.practitioner, other, today())
    assert register.gate(place.practitioner, today())
    record = taken(place.practitioner, counts, today())
    assert not register.gate(place.practitioner, today())
    assert not register.gate(place.practitioner, record.expires_on)
    assert register.gate(place.practitioner, record.expires_on + DAY)


def test_whoever_says_that_it_is_urgent_passes_the_gate_on_that_day(place, settings):
    settings.TRAINING_GATE = True
    assert not register.gate(place.practitioner, today(), today().isoformat())
    assert register.gate(place.practitioner, today(), (today() - DAY).isoformat())


def test_a_lead_sees_who_is_out_of_date_first_in_few_statements(place, django_assert_num_queries):
    course = a_course(place, months=12)
    lead = acting(a_person("Dora Lyme", place.school, role=SeatRole.MANAGER))
    late = acting(a_person("Abel Fenn", place.school))
    taken(place.practitioner, course, today())
    taken(late, course, today() - timedelta(days=400))
    with django_assert_num_queries(2):
        found = register.standings(register.led_by(lead, today()), today())
    stood = [(one.person.name, one.is_trained) for one in found]
    assert stood[0] == ("Abel Fenn", False), "whose course ran out comes before whoever never took one"
    assert ("Dora Lyme", False) in stood
    assert stood[-1] == ("Pia Loxley", True)
    assert not register.led_by(place.practitioner, today()).exists()
