"""What the demo is made of, without a database: tales that can be told, files that read back, moments in hours."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest

from prevent_cases.casework.calendars import calendar_of
from prevent_cases.casework.days import LONDON, civil_date
from prevent_cases.demo import letters, names, places, register, register_rows, scale_people, story
from prevent_cases.demo.loading import TOLD
from prevent_cases.demo.office import OPENS, SHUTS, Office
from prevent_cases.demo.sign_ins import SIGN_INS
from prevent_cases.demo.staff import BY_KEY, POSTS, STAFF
from prevent_cases.demo.tales import TALES
from prevent_cases.procedures.kent import KENT_2023_12
from referrals.operations.intake import ReceivedReferral
from referrals.queries.ages import age_group
from referrals.reading.read import read_referral
from referrals.states import AgeGroup

CALENDAR = calendar_of("england-and-wales")
LOADS = [
    datetime(2026, 11, 18, 10, 40, tzinfo=LONDON),
    datetime(2026, 11, 18, 9, 6, tzinfo=LONDON),
    datetime(2026, 11, 18, 3, 0, tzinfo=LONDON),
    datetime(2026, 11, 20, 17, 30, tzinfo=LONDON),
    datetime(2026, 11, 22, 12, 0, tzinfo=LONDON),
    datetime(2026, 12, 25, 9, 0, tzinfo=LONDON),
    datetime(2026, 3, 29, 1, 30, tzinfo=LONDON),
    datetime(2028, 2, 29, 16, 29, tzinfo=LONDON),
]


def test_there_are_sixty_tales_each_of_somebody_else_or_of_an_earlier_one() -> None:
    assert len(TALES) == len({tale.key for tale in TALES}) == 60


def test_every_step_of_every_tale_is_an_act() -> None:
    for tale in TOLD:
        for step in tale.steps.split(";"):
            name, days, *_ = step.split()
            assert callable(story.act_called(name))
            assert int(days) >= 0


@pytest.mark.parametrize("loaded_at", LOADS, ids=str)
def test_acts_happen_in_order_in_office_hours_and_never_after_now(loaded_at: datetime) -> None:
    office = Office(loaded_at, CALENDAR)
    for tale in TALES:
        days = [int(step.split()[1]) for step in tale.steps.split(";")]
        moments = office.moments(days, Random(tale.key))
        assert moments == sorted(set(moments)), tale.key
        for at in moments:
            assert at <= office.loaded_at
            assert CALENDAR.is_working(civil_date(at))
            assert OPENS <= at.astimezone(LONDON).time().replace(second=0) <= SHUTS.replace(minute=59), tale.key


@pytest.mark.parametrize("loaded_at", LOADS, ids=str)
def test_day_zero_is_a_working_day_that_is_not_over(loaded_at: datetime) -> None:
    office = Office(loaded_at, CALENDAR)
    assert CALENDAR.is_working(office.day_zero)
    assert office.day_zero >= loaded_at.date()
    assert office.day(1) < office.day_zero < office.day(-1)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_whoever_goes_to_childrens_duty_is_a_child_whenever_it_is_loaded(year: int) -> None:
    children = [tale for tale in TALES if "; children" in tale.steps]
    assert len(children) == 3
    for tale in children:
        for today in (date(year, 1, 2), date(year, 12, 30)):
            assert age_group(register.birth_date(tale.who.born, today), today) == AgeGroup.CHILD


def test_the_areas_have_the_shape_of_the_published_flowchart() -> None:
    nominated = Counter(
        places.AREA_OF.get(seat.team.removesuffix(" locality team"), seat.team.removesuffix(" Area Referral Service"))
        for one in STAFF for seat in one.seats if seat.is_nominated
    )  # fmt: skip
    assert [nominated[area] for area in places.AREAS] == [17, 4, 4, 4]
    assert {len(localities) for localities in places.AREAS.values()} == {3}


def test_every_seat_is_in_a_team_and_every_sign_in_and_post_is_somebodys() -> None:
    teams = {name for name, *_ in places.ONE_OFF_TEAMS}
    teams |= {places.area_service(area) for area in places.AREAS}
    teams |= {places.locality_team(locality) for locality in places.AREA_OF}
    assert {seat.team for one in STAFF for seat in one.seats} <= teams
    assert {one.key for one in SIGN_INS} <= set(BY_KEY)
    assert set(KENT_2023_12.posts) <= set(POSTS)
    assert len({one.name for one in STAFF}) == len(STAFF)


RECEIVED = ReceivedReferral(
    received_at=datetime(2026, 11, 17, 10, 5, tzinfo=LONDON), reply_address="desk@ctp.example",
    sender_name="Sergeant I. Bramcote", policing_reference="CTP/26/40321", given_name="Ferris",
    family_name="Shinglebourne", born_on=date(1998, 11, 2), address="7 Quay Row, Ambersand", postcode="ES1 4AB",
    nhs_number=names.nhs_number(7),
    narrative={"concerns.described": "Words of concern.", "complex_needs.described": "A need.",
               "other.described": "The doctor knows."},
)  # fmt: skip


def test_the_form_in_an_email_reads_back_as_it_was_written() -> None:
    letter = letters.Letter(RECEIVED, "ssu@exampleshire.example", RECEIVED.received_at)
    (email, form) = letters.files_of(letter, "docx")
    for file in (email, form):
        read = read_referral(file.data, file.inspected.name)
        person = read.person
        assert (person.given_name, person.family_name, person.born_on) == ("Ferris", "Shinglebourne", RECEIVED.born_on)
        assert (person.postcode, person.nhs_number) == (RECEIVED.postcode, RECEIVED.nhs_number)
        assert read.references[0] == RECEIVED.policing_reference
        assert read.reply_to == RECEIVED.reply_address
        assert {key: read.fields[key] for key in RECEIVED.narrative} == RECEIVED.narrative


@pytest.mark.parametrize("kind", ["eml", "pdf"])
def test_a_letter_says_who_sent_it_and_how_policing_call_it(kind: str) -> None:
    (file,) = letters.files_of(letters.Letter(RECEIVED, "ssu@exampleshire.example", RECEIVED.received_at), kind)
    read = read_referral(file.data, file.inspected.name)
    assert RECEIVED.policing_reference in read.references
    assert read.reply_to == RECEIVED.reply_address
    assert "Words of concern." in read.body


def test_the_same_number_is_the_same_person_and_nobodys_number_is_real() -> None:
    once, again = (list(names.invent(range(500), 7, places.DISTRICTS)) for _ in range(2))
    assert once == again
    assert all(person.nhs_number.startswith("999") for person in once if person.nhs_number)
    assert all(person.phone.startswith("07700 900") for person in once if person.phone)
    assert all(person.postcode.startswith("ES") for person in once)


def test_some_people_stand_in_the_register_twice_and_some_go_by_another_name() -> None:
    workers = dict.fromkeys(places.AREA_OF, (("A", "a@exampleshire.example"),))
    batch = register_rows.Batch(1, "00000000-0000-0000-0000-000000000001", 7, date(2026, 11, 18), workers)
    found = list(register_rows.entries(range(1, 1060), batch))
    twice = [entry for entry in found if entry.person.number % register_rows.TWICE_EVERY == 0]
    assert len(twice) == 19
    before = {entry.person.number: entry.person for entry in found}
    for entry in twice:
        assert entry.person != before[entry.person.number - 1]
    assert sum(bool(entry.person.other_names) for entry in found) > 20
    assert 80 < sum(entry.status == "open" for entry in found) < 180


def test_referred_people_are_adults_and_many_of_them_known() -> None:
    people = list(scale_people.people(1, 400, 7, 20_000))
    youngest = max(person.born_on for person in people if person.born_on)
    assert youngest < date(2006, 1, 1)
    assert len(people) == 400
    assert timedelta(days=0) < date(2026, 1, 1) - youngest
