"""Whom a worried person is told to call, by the area they are in, the day and the hour."""

from datetime import date, time

import pytest

from prevent_cases.accounts.models import Area
from prevent_cases.casework.days import moment
from prevent_cases.casework.directory import contacts
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import DirectoryEntry, ProclaimedDay
from tests.factories import a_person

pytestmark = pytest.mark.django_db

TUESDAY, SATURDAY, CHRISTMAS = date(2026, 11, 24), date(2026, 11, 28), date(2026, 12, 25)
LINE, LEAD = DirectoryKind.EMERGENCY_LINE, DirectoryKind.PREVENT_LEAD


def an_entry(kind=LINE, **columns):
    columns = {
        "title": "Emergency line", "telephone": "01632 960001", "out_of_hours": "01632 960002",
        "opens_at": time(9), "closes_at": time(17), "starts_on": date(2026, 1, 1),
    } | columns  # fmt: skip
    return DirectoryEntry.objects.create(kind=kind, **columns)


@pytest.mark.parametrize(
    ("at", "number", "is_away"),
    [
        (moment(TUESDAY, time(9)), "01632 960001", False),
        (moment(TUESDAY, time(16, 59)), "01632 960001", False),
        (moment(TUESDAY, time(17)), "01632 960002", True),
        (moment(TUESDAY, time(8, 59)), "01632 960002", True),
        (moment(SATURDAY, time(11)), "01632 960002", True),
        (moment(CHRISTMAS, time(11)), "01632 960002", True),
        (moment(date(2040, 11, 27), time(11)), "01632 960001", False),
    ],
)
def test_the_number_is_the_one_that_answers_at_that_hour(at, number, is_away):
    an_entry()
    [contact] = contacts(None, at, LINE)
    assert (contact.number, contact.is_out_of_hours) == (number, is_away)
    assert contact.hours == "working days, 9am to 5pm"


def test_a_proclaimed_holiday_is_out_of_hours_and_all_is_read_in_one_statement(django_assert_num_queries):
    an_entry()
    keeper = a_person("Liam Skerry")
    at = moment(TUESDAY, time(11))
    ProclaimedDay.objects.create(
        division="england-and-wales", on=TUESDAY, name="Coronation", added_by=keeper, added_at=at
    )
    with django_assert_num_queries(1):
        assert contacts(None, at)[0].number == "01632 960002"


def test_a_telephone_without_hours_is_answered_at_all_times():
    an_entry(opens_at=None, closes_at=None, out_of_hours="")
    [contact] = contacts(None, moment(SATURDAY, time(3)))
    assert (contact.number, contact.hours, contact.is_out_of_hours) == ("01632 960001", "", False)


def test_an_area_sees_its_own_posts_before_those_of_everywhere_and_never_anothers():
    here, there = Area.objects.create(name="West Wold"), Area.objects.create(name="North Mere")
    an_entry(LEAD, title="A lead for everywhere")
    an_entry(LEAD, title="B lead of West Wold", area=here)
    an_entry(LEAD, title="C lead of North Mere", area=there)
    at = moment(TUESDAY, time(11))
    assert [c.title for c in contacts(here.pk, at, LEAD)] == ["B lead of West Wold", "A lead for everywhere"]
    assert [c.title for c in contacts(None, at, LEAD)] == ["A lead for everywhere"]


def test_a_deputy_comes_inside_its_post_and_stands_alone_when_the_post_has_ended():
    post = an_entry(LEAD, title="Prevent lead", ends_on=TUESDAY)
    an_entry(LEAD, title="Deputy Prevent lead", deputy_of=post)
    [contact] = contacts(None, moment(TUESDAY, time(11)), LEAD)
    assert contact.deputy is not None
    assert (contact.title, contact.deputy.title) == ("Prevent lead", "Deputy Prevent lead")
    [alone] = contacts(None, moment(SATURDAY, time(11)), LEAD)
    assert (alone.title, alone.deputy) == ("Deputy Prevent lead", None)


def test_kinds_come_in_the_order_asked_for_and_a_post_not_begun_or_ended_is_not_shown():
    an_entry(LINE)
    an_entry(LEAD, title="Lead")
    an_entry(LINE, title="Old line", ends_on=date(2026, 11, 23))
    an_entry(LINE, title="New line", starts_on=date(2026, 11, 25))
    titles = [c.title for c in contacts(None, moment(TUESDAY, time(11)), LEAD, LINE)]
    assert titles == ["Lead", "Emergency line"]


def test_a_number_is_dialled_without_its_spaces_and_extension():
    an_entry(telephone="+44 1632 960001 ext 12", opens_at=None, closes_at=None)
    [contact] = contacts(None, moment(TUESDAY, time(11)))
    assert contact.dialled == "+441632960001"
