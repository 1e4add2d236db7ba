"""The training register's screens, and the page that stands before a referral where a council asks for training."""

from datetime import timedelta

import pytest
from django.urls import reverse

from prevent_cases.accounts import training as register
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import TrainingCourse, TrainingRecord
from prevent_cases.casework import training
from prevent_cases.casework.now import now, today
from tests.factories import a_person, acting, county, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return county()


@pytest.fixture
def course(place):
    return training.add_course(
        title="Prevent awareness", months_valid=12, counts_for_gate=True, by=place.lists, at=now()
    )


@pytest.fixture
def lead(place):
    return acting(a_person("Dora Lyme", place.school, role=SeatRole.MANAGER))


def text(response):
    return response.content.decode()


def taken(course, on):
    return {"course": str(course.pk), "taken_on-day": on.day, "taken_on-month": on.month, "taken_on-year": on.year}


def course_form(**more):
    return {"title": "Workshop", "words": "", "address": "", "months_valid": "24", "counts_for_gate": "yes"} | more


def test_a_practitioner_writes_down_what_they_took_and_sees_until_when(place, course, client):
    sign_in(client, place.practitioner)
    assert "Nothing is written down yet" in text(client.get(reverse("reference:training")))
    assert client.post(reverse("reference:record-add"), taken(course, today())).status_code == 302
    record = TrainingRecord.objects.get()
    assert record.user_id == record.entered_by_id == place.practitioner.user_id
    page = text(client.get(reverse("reference:training")))
    assert "Until " in page and "Prevent awareness" in page and "Your team" not in page
    assert client.post(reverse("reference:record-remove", args=[record.pk])).status_code == 302
    assert not TrainingRecord.objects.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"course": ""}, "Choose a course"),
        ({"taken_on-day": "", "taken_on-month": "", "taken_on-year": ""}, "Enter the day it was taken"),
        ({"taken_on-year": "2999"}, "today or in the past"),
        ({"taken_on-day": "31", "taken_on-month": "2"}, "real date"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(place, course, client, more, says):
    sign_in(client, place.practitioner)
    page = text(client.post(reverse("reference:record-add"), taken(course, today()) | more))
    assert says in page and "<title>Error: " in page
    assert not TrainingRecord.objects.exists()


def test_the_same_course_on_the_same_day_is_written_once(place, course, client):
    sign_in(client, place.practitioner)
    client.post(reverse("reference:record-add"), taken(course, today()))
    assert "already" in text(client.post(reverse("reference:record-add"), taken(course, today())))
    assert TrainingRecord.objects.count() == 1


def test_a_lead_sees_who_is_out_of_date_and_writes_down_for_them(place, course, lead, client):
    sign_in(client, lead)
    page = text(client.get(reverse("reference:training")))
    assert "Pia Loxley" in page and "Never trained" in page and "no training that counts today" in page
    url = reverse("reference:record-add-for", args=[place.practitioner.user_id])
    assert client.post(url, taken(course, today() - timedelta(days=400))).status_code == 302
    assert "Ran out on" in text(client.get(reverse("reference:training")))
    page = text(client.get(reverse("reference:training-of", args=[place.practitioner.user_id])))
    assert "Dora Lyme" in page and "Ran out on" in page


def test_nobody_else_sees_or_changes_a_persons_training(place, course, lead, client):
    record = training.record_course(
        user=place.practitioner.user, course=course, taken_on=today(), by=place.practitioner, at=now()
    )
    for stranger in (place.officer, place.locality_manager, place.lists, place.ssu_lead):
        sign_in(client, stranger)
        for name, key in (
            ("training-of", record.user_id), ("record-add-for", record.user_id), ("record-remove", record.pk)
        ):  # fmt: skip
            assert client.get(reverse(f"reference:{name}", args=[key])).status_code == 404, name
            assert client.post(reverse(f"reference:{name}", args=[key])).status_code in (404, 405), name
    assert TrainingRecord.objects.count() == 1


def test_courses_are_added_changed_and_retired(place, client):
    sign_in(client, place.lists)
    assert "No course is offered yet" in text(client.get(reverse("reference:courses")))
    assert client.post(reverse("reference:course-add"), course_form()).status_code == 302
    course = TrainingCourse.objects.get()
    seen = client.get(reverse("reference:course", args=[course.pk])).context["form"].initial["seen_version"]
    sent = course_form(months_valid="", seen_version=seen)
    assert client.post(reverse("reference:course", args=[course.pk]), sent).status_code == 302
    page = text(client.post(reverse("reference:course", args=[course.pk]), sent))
    assert "Somebody else has changed this course" in page
    assert client.post(reverse("reference:course-retire", args=[course.pk])).status_code == 302
    page = text(client.get(reverse("reference:courses")))
    assert "Always" in page and "Retired on" in page


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": ""}, "Enter the title"),
        ({"title": "Prevent awareness"}, "Another course has this title"),
        ({"months_valid": "0"}, "must be 1 or more"),
        ({"months_valid": "10000"}, "must be 120 or less"),
        ({"counts_for_gate": ""}, "Choose whether it counts"),
        ({"address": "not an address"}, "web address"),
    ],
)
def test_a_course_that_cannot_be_says_why(place, course, client, more, says):
    sign_in(client, place.lists)
    page = text(client.post(reverse("reference:course-add"), course_form(**more)))
    assert says in page and "<title>Error: " in page
    assert TrainingCourse.objects.count() == 1


@pytest.mark.parametrize("role", ["practitioner", "officer", "auditor"])
def test_others_keep_no_catalogue(place, client, role):
    sign_in(client, getattr(place, role))
    assert client.get(reverse("reference:course-add")).status_code == 404
    assert client.post(reverse("reference:course-add"), course_form()).status_code == 404


def test_the_page_before_a_referral_says_what_to_do_and_lets_the_urgent_through(place, course, settings, client):
    settings.TRAINING_GATE = True
    sign_in(client, place.practitioner)
    page = text(client.get(reverse("reference:training-needed")))
    assert "call 999" in page and "Prevent awareness" in page and "It is urgent" in page
    answer = client.post(reverse("reference:training-needed"))
    assert (answer.status_code, answer["location"]) == (302, reverse("refer:start"))
    said = client.session[register.URGENT]
    assert not register.gate(place.practitioner, today(), said)
    assert register.gate(place.practitioner, today() + timedelta(days=1), said)


def test_the_pages_cost_few_statements(place, course, lead, client, django_assert_max_num_queries):
    sign_in(client, lead)
    for url in (reverse("reference:training"), reverse("reference:training-needed"), reverse("reference:record-add")):
        client.get(url)
        with django_assert_max_num_queries(6):
            assert client.get(url).status_code == 200
