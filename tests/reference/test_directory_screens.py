"""The directory's screens: add, change, end, history, preview, and the posts that escalations go to."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from prevent_cases.casework.days import moment
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import DirectoryEntry, Post
from prevent_cases.casework.now import held_at, today
from prevent_cases.casework.sending.recipients import resolve
from prevent_cases.casework.telephones import is_telephone, tidy
from tests.factories import county, sign_in

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def place():
    with held_at(moment(TUESDAY, time(10))):
        yield county()


def typed(**more):
    first = more.pop("starts_on", TUESDAY)
    last = more.pop("ends_on", None)
    said = {
        "kind": DirectoryKind.PREVENT_LEAD, "title": "Prevent lead", "holder_name": "Petra Vane", "area": "",
        "deputy_of": "", "telephone": "01632 960001", "opens_at": "9am", "closes_at": "5:30pm",
        "out_of_hours": "01632 960002", "email": "prevent@council.example", "version": "0",
    }  # fmt: skip
    for name, on in (("starts_on", first), ("ends_on", last)):
        if on:
            said |= {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}
    return said | more


def added(client, **more):
    return client.post(reverse("reference:entry-add"), typed(**more))


def errors(response):
    assert response.status_code == 200
    assert "<title>Error: " in response.content.decode()
    form = response.context["form"]
    return {name: str(words[0]) for name, words in form.errors.items()}


def test_a_post_is_added_shown_and_told_of_in_the_list(place, client):
    sign_in(client, place.lists)
    assert added(client, area=str(place.areas[0].pk)).status_code == 302
    entry = DirectoryEntry.objects.get()
    assert (entry.opens_at, entry.closes_at, entry.version) == (time(9), time(17, 30), 0)
    assert entry.history.get().history_user_id == place.lists.user_id
    page = client.get(reverse("reference:directory")).content.decode()
    assert "Alderfen and Corrow Coast" in page and "working days, 9am to 5:30pm" in page


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"title": ""}, "title", "Enter the title"),
        ({"telephone": "", "email": ""}, "telephone", "telephone number or an email"),
        ({"telephone": "12345"}, "telephone", "like 01632 960001"),
        ({"telephone": "call me"}, "telephone", "like 01632 960001"),
        ({"out_of_hours": "0163296000111"}, "out_of_hours", "like 01632 960001"),
        ({"email": "prevent@council"}, "email", "name@example.com"),
        ({"opens_at": "17:30", "closes_at": "9am"}, "closes_at", "close later than it opens"),
        ({"opens_at": "9am", "closes_at": "9am"}, "closes_at", "close later than it opens"),
        ({"opens_at": "9am", "closes_at": ""}, "closes_at", "both when it opens"),
        ({"opens_at": "25:00"}, "opens_at", "like 9am"),
        ({"opens_at": "", "closes_at": ""}, "opens_at", "hours outside which"),
        ({"starts_on": TUESDAY - timedelta(days=1)}, "starts_on", "today or in the future"),
        ({"ends_on": TUESDAY - timedelta(days=1)}, "ends_on", "same as or after the first"),
        ({"kind": "PLUMBER"}, "kind", "."),
        ({"area": "00000000-0000-0000-0000-000000000000"}, "area", "."),
    ],
)
def test_what_cannot_be_is_said_beside_its_box_and_nothing_is_added(place, client, more, field, says):
    sign_in(client, place.lists)
    found = errors(added(client, **more))
    assert field in found and says in found[field] + "."
    assert not DirectoryEntry.objects.exists()


def test_overlapping_days_and_hours_of_one_post_are_refused_and_others_are_not(place, client):
    sign_in(client, place.lists)
    added(client, ends_on=TUESDAY + timedelta(days=9))
    assert "overlapping" in errors(added(client, title="prevent LEAD"))["title"]
    assert "overlapping" in errors(added(client, opens_at="5pm", closes_at="8pm"))["title"]
    assert added(client, opens_at="5:30pm", closes_at="8pm").status_code == 302
    assert added(client, starts_on=TUESDAY + timedelta(days=10)).status_code == 302
    assert added(client, area=str(place.areas[1].pk)).status_code == 302


def test_a_post_has_one_deputy_at_a_time_and_a_deputy_none(place, client):
    sign_in(client, place.lists)
    added(client)
    post = DirectoryEntry.objects.get()
    assert added(client, title="Deputy", deputy_of=str(post.pk)).status_code == 302
    assert "has a deputy" in errors(added(client, title="Second deputy", deputy_of=str(post.pk)))["deputy_of"]
    deputy = DirectoryEntry.objects.get(title="Deputy")
    assert "deputy_of" in errors(added(client, title="Third", deputy_of=str(deputy.pk)))
    assert "same kind" in errors(added(client, title="Chair", kind="PANEL_CHAIR", deputy_of=str(post.pk)))["deputy_of"]


def test_two_editors_do_not_overwrite_each_other_and_the_second_sees_both_texts(place, client):
    sign_in(client, place.lists)
    added(client)
    entry = DirectoryEntry.objects.get()
    url = reverse("reference:entry-edit", args=[entry.pk])
    assert client.post(url, typed(holder_name="Nora Fell")).status_code == 302
    second = client.post(url, typed(holder_name="Odd Moss"))
    page = second.content.decode()
    assert "Somebody else has changed this" in page and "Nora Fell" in page and "Odd Moss" in page
    entry.refresh_from_db()
    assert (entry.holder_name, entry.version) == ("Nora Fell", 1)


def test_the_history_says_in_sentences_what_changed(place, client):
    sign_in(client, place.lists)
    added(client)
    entry = DirectoryEntry.objects.get()
    client.post(reverse("reference:entry-edit", args=[entry.pk]), typed(telephone="01632 960009", email=""))
    page = client.get(reverse("reference:entry", args=[entry.pk])).content.decode()
    assert "Telephone: was <span>01632 960001</span>, now <strong>01632 960009</strong>" in page
    assert "now <strong>nothing</strong>" in page and "Added to the directory" in page and "Liam Skerry" in page


@pytest.mark.parametrize(("days", "says"), [(-1, "today or in the future"), (0, ""), (5, "")])
def test_a_last_day_is_today_or_later(place, client, days, says):
    sign_in(client, place.lists)
    added(client)
    entry, on = DirectoryEntry.objects.get(), TUESDAY + timedelta(days=days)
    sent = {"version": 0, "ends_on-day": on.day, "ends_on-month": on.month, "ends_on-year": on.year}
    answer = client.post(reverse("reference:entry-end", args=[entry.pk]), sent)
    if says:
        assert says in errors(answer)["ends_on"]
    else:
        assert answer.status_code == 302
        entry.refresh_from_db()
        assert entry.ends_on == on


def test_a_first_day_that_is_past_stays(place, client):
    sign_in(client, place.lists)
    added(client)
    entry = DirectoryEntry.objects.get()
    with held_at(moment(TUESDAY + timedelta(days=3))):
        sign_in(client, place.lists)
        url = reverse("reference:entry-edit", args=[entry.pk])
        later = typed(starts_on=TUESDAY + timedelta(days=4))
        assert "still to come" in errors(client.post(url, later))["starts_on"]
        assert client.post(url, typed(holder_name="Nora Fell")).status_code == 302


def test_the_preview_shows_what_a_practitioner_would_see_then(place, client):
    sign_in(client, place.ssu_lead)
    added(client)
    asked = {"area": str(place.areas[0].pk), "on": "2026-11-24", "hour": "6pm"}
    page = client.get(reverse("reference:preview"), asked).content.decode()
    assert "On Tuesday 24 November 2026 at 6pm a practitioner in Alderfen and Corrow Coast sees" in page
    assert "01632 960002" in page and "01632 960001" not in page
    assert "like 9am" in client.get(reverse("reference:preview"), asked | {"hour": "late"}).content.decode()
    assert (
        "No post is in force" in client.get(reverse("reference:preview"), asked | {"on": "2026-11-23"}).content.decode()
    )


def test_the_out_of_hours_and_help_pages_read_the_directory(place, client):
    sign_in(client, place.lists)
    added(client, kind="EMERGENCY_LINE", title="Emergency duty team")
    added(client)
    with held_at(moment(TUESDAY, time(12))):
        assert "01632 960001" in client.get(reverse("out-of-hours")).content.decode()
        assert "Petra Vane" in client.get(reverse("help")).content.decode()
    with held_at(moment(TUESDAY, time(23))):
        page = client.get(reverse("out-of-hours")).content.decode()
        assert "Call 01632 960002" in page and "01632 960001" not in page
    client.logout()
    assert "Petra Vane" not in client.get(reverse("out-of-hours")).content.decode()
    assert "Petra Vane" not in client.get(reverse("help")).content.decode()


@pytest.mark.parametrize("name", ["directory", "preview", "posts", "entry-add"])
@pytest.mark.parametrize("role", ["practitioner", "locality_worker", "liaison", "auditor"])
def test_others_find_no_such_page(place, client, role, name):
    sign_in(client, getattr(place, role))
    assert client.get(reverse(f"reference:{name}")).status_code == 404


def test_an_officer_reads_the_directory_and_changes_nothing(place, client):
    sign_in(client, place.officer)
    page = client.get(reverse("reference:directory"))
    assert page.status_code == 200 and b"Add a post" not in page.content
    assert client.get(reverse("reference:entry-add")).status_code == 404


def post_form(**more):
    return {"holder_email": "", "deputy_email": "", "email": "", "version": "0"} | more


def test_a_deputy_stands_in_between_two_days_and_is_told_first(place, client):
    sign_in(client, place.lists)
    url = reverse("reference:post", args=["prevent_lead"])
    days = {}
    for name, on in (("deputy_from", TUESDAY), ("deputy_until", TUESDAY + timedelta(days=2))):
        days |= {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}
    people = {"holder_email": place.prevent_lead.user.email, "deputy_email": place.officer.user.email}
    assert client.post(url, post_form(**people, **days)).status_code == 302
    told = {day: _told("prevent_lead", TUESDAY + timedelta(days=day)) for day in (-1, 0, 2, 3)}
    holder, deputy = (place.prevent_lead.user.email,), (place.officer.user.email,)
    assert told == {-1: holder, 0: deputy, 2: deputy, 3: holder}
    page = client.get(url).content.decode()
    assert "standing in from 24 November 2026 to 26 November 2026" in page
    assert "Somebody else has changed this" in client.post(url, post_form(**people)).content.decode()


def _told(key, on):
    from prevent_cases.casework.models import Notice  # noqa: PLC0415

    return resolve(Notice(post=key), on).emails


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "holder_email"),
        ({"holder_email": "nobody@nowhere.example"}, "holder_email"),
        ({"holder_email": "olive.tarn@people.example", "deputy_email": "olive.tarn@people.example"}, "deputy_email"),
        ({"email": "box@council.example", "deputy_from": "2026-11-24"}, "deputy_until"),
        ({"email": "box@council.example", "deputy_from": "2026-11-24", "deputy_until": "2026-11-25"}, "deputy_email"),
        ({"email": "b@c.example", "deputy_email": "olive.tarn@people.example", "deputy_from": "2026-11-25",
          "deputy_until": "2026-11-24"}, "deputy_until"),
        ({"email": "b@c.example", "deputy_email": "olive.tarn@people.example", "deputy_from": "2026-11-01",
          "deputy_until": "2026-11-23"}, "deputy_until"),
    ],
)  # fmt: skip
def test_a_post_that_cannot_be_filled_so_says_why(place, client, more, field):
    sign_in(client, place.lists)
    before = Post.objects.get(pk="prevent_lead").holder_id
    assert field in errors(client.post(reverse("reference:post", args=["prevent_lead"]), post_form(**more)))
    assert Post.objects.get(pk="prevent_lead").holder_id == before


def test_a_post_nobody_knows_is_not_found(place, client):
    sign_in(client, place.lists)
    assert client.get(reverse("reference:post", args=["plumber"])).status_code == 404


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("01632 960001", True), ("(01632) 960-001", True), ("+44 1632 960001", True), ("+44 (0)1632 960001", True),
        ("01632 960001 ext 12", True), ("020 7946 0000", True), ("0800 789 321", True), ("07700 900123", True),
        ("101", True), ("999", True), ("123", False), ("01632", False), ("01632 960001 x", False), ("", False),
        ("0163 2960 0010 00", False), ("٠١٦٣٢ ٩٦٠٠٠١", False), ("01632 96000a", False),
    ],
)  # fmt: skip
def test_a_number_that_can_be_dialled_is_told_from_one_that_cannot(number, is_one):
    assert is_telephone(number) is is_one
    assert tidy(" 01632   960001 extension 12 ") == "01632 960001 ext 12"


def test_the_list_costs_few_statements(place, client, django_assert_max_num_queries):
    sign_in(client, place.lists)
    for number in range(6):
        added(client, title=f"Post {number}", area=str(place.areas[number % 3].pk))
    for url in (reverse("reference:directory"), reverse("reference:entry", args=[DirectoryEntry.objects.first().pk])):
        client.get(url)
        with django_assert_max_num_queries(6):
            client.get(url)
    assert today() == TUESDAY
