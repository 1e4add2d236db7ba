"""A draft is its writer's alone; it is saved as it is typed, on any device, and nothing typed on two is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from prevent_cases.casework import access, jobs
from prevent_cases.casework.now import now
from referrals.models import Concern, ConcernStep
from tests.factories import a_person, acting, sign_in
from tests.refer.filling import PERSON, begun, draft, filled, opened, posted

pytestmark = pytest.mark.django_db


def autosaved(client, concern, slug, typed, **marks):
    return client.post(f"/refer/{concern.pk}/{slug}/save/", {**typed, **marks}, headers={"X-Autosave": "1"})


def test_nobody_else_reads_changes_or_deletes_it(place, pia):
    concern = begun(pia)
    other = sign_in(Client(), acting(a_person("Otis Vane", place.school)))
    officer = sign_in(Client(), place.officer)
    for who in (other, officer):
        for path in ("", "person/", "check/", "documents/", "delete/"):
            assert who.get(f"/refer/{concern.pk}/{path}").status_code == 404
        assert who.post(f"/refer/{concern.pk}/person/", PERSON).status_code == 404
        assert who.post(f"/refer/{concern.pk}/person/save/", PERSON).status_code == 404
        assert who.post(f"/refer/{concern.pk}/delete/").status_code == 404
    assert draft(concern.pk).answers["referrer.full_name"] == "Pia Loxley"


def test_the_database_itself_hides_it_from_everybody_else(place, pia):
    concern = begun(pia)
    with access.oneself(place.officer):
        assert not Concern.objects.filter(pk=concern.pk).exists()
    with access.oneself(place.practitioner):
        assert Concern.objects.filter(pk=concern.pk).exists()


def test_whoever_may_not_refer_finds_nothing(place):
    for actor in (place.lists, place.auditor, place.outsider):
        assert sign_in(Client(), actor).get("/refer/").status_code == 404


def test_it_is_opened_again_after_signing_out_on_another_device(place, pia):
    concern = begun(pia)
    posted(pia, concern, "person", PERSON)
    pia.logout()
    phone = sign_in(Client(), place.practitioner)
    form = phone.get(f"/refer/{concern.pk}/person/").context["form"]
    assert form["individual.given_name"].value() == "Tobin"
    assert form["individual.born_on"].value() == ("14", "3", "1991")
    assert "Draft saved" in phone.get("/refer/").content.decode()


def test_typing_is_saved_without_finishing_the_part(place, pia):
    concern = begun(pia)
    marks = opened(pia, concern, "worries")
    answer = autosaved(pia, concern, "worries", {"concerns.described": "Half a sent"}, **marks)
    assert answer.status_code == 200
    assert answer.json()["saved_at"]
    after = draft(concern.pk)
    assert after.answers["concerns.described"] == "Half a sent"
    assert answer.json()["fields"]["version"] == str(after.version)
    assert "worries" not in after.answers["journey"].get("done", [])
    page = pia.get(f"/refer/{concern.pk}/").content.decode()
    assert "In progress" in page


def test_what_is_wrong_is_kept_and_said(place, pia):
    concern = begun(pia)
    typed = {**PERSON, "individual.born_on-day": "41", "individual.postcode": "nowhere"}
    answer = posted(pia, concern, "person", typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("Error: ") >= 1
    assert "Date of birth must be a real date" in page
    assert "Enter a full postcode" in page
    after = draft(concern.pk)
    assert (after.answers["individual.born_on-day"], after.answers["individual.born_on"]) == ("41", "")
    assert "person" not in after.answers["journey"].get("done", [])
    assert pia.get(f"/refer/{concern.pk}/person/").context["form"]["individual.born_on"].value()[0] == "41"


def test_what_is_wrong_is_put_right_before_it_is_sent(place, pia):
    concern = filled(pia)
    typed = {**PERSON, "individual.postcode": "a postcode that is far too long", "individual.given_name": "T" * 400}
    autosaved(pia, concern, "person", typed, **opened(pia, concern, "person"))
    page = pia.get(f"/refer/{concern.pk}/check/").content.decode()
    assert "Put right what is marked on “Who are you worried about?”" in page
    assert "Send the referral" not in page
    marked = pia.get(f"/refer/{concern.pk}/person/").content.decode()
    assert "Given names must be 300 characters or fewer" in marked
    assert "a postcode that is far too long" in marked
    assert posted(pia, concern, "person", PERSON).status_code == 302
    assert "Send the referral" in pia.get(f"/refer/{concern.pk}/check/").content.decode()


@pytest.mark.parametrize("junk", ["\x00", "x" * 20_000, "<script>alert(1)</script>", "=HYPERLINK(1)", "🙂" * 300])
def test_junk_is_taken_as_words_or_refused_in_words(place, pia, junk):
    concern = begun(pia)
    answer = posted(pia, concern, "worries", {"concerns.described": junk})
    assert answer.status_code in (200, 302)
    assert "<script>alert" not in pia.get(f"/refer/{concern.pk}/check/").content.decode()
    if answer.status_code == 200:
        assert "must be 10000 characters or fewer" in answer.content.decode()


def test_two_devices_on_two_pages_are_not_in_each_others_way(place, pia):
    concern = begun(pia)
    phone = sign_in(Client(), place.practitioner)
    here, there = opened(pia, concern, "worries"), opened(phone, concern, "happened")
    assert posted(phone, concern, "happened", {"concerns.event": "There"}, **there).status_code == 302
    assert posted(pia, concern, "worries", {"concerns.described": "Here"}, **here).status_code == 302
    answers = draft(concern.pk).answers
    assert (answers["concerns.described"], answers["concerns.event"]) == ("Here", "There")


def test_the_second_of_two_devices_sees_both_texts_and_nothing_is_lost(place, pia):
    concern = begun(pia)
    phone = sign_in(Client(), place.practitioner)
    here, there = opened(pia, concern, "worries"), opened(phone, concern, "worries")
    posted(phone, concern, "worries", {"concerns.described": "From the ward"}, **there)
    answer = posted(pia, concern, "worries", {"concerns.described": "From the desk"}, **here)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "also changed on another device" in page
    assert "From the ward" in page
    assert "From the desk" in page
    assert draft(concern.pk).answers["concerns.described"] == "From the ward"
    form = answer.context["form"]
    again = {"version": form["version"].value(), "sitting": form["sitting"].value()}
    assert posted(pia, concern, "worries", {"concerns.described": "Both"}, **again).status_code == 302
    assert draft(concern.pk).answers["concerns.described"] == "Both"


def test_what_a_killed_browser_typed_beside_another_device_is_kept_beside_it(place, pia):
    concern = begun(pia)
    phone = sign_in(Client(), place.practitioner)
    here, there = opened(pia, concern, "worries"), opened(phone, concern, "worries")
    autosaved(phone, concern, "worries", {"concerns.described": "From the ward"}, **there)
    answer = autosaved(pia, concern, "worries", {"concerns.described": "From the desk"}, **here)
    assert answer.status_code == 409
    assert "another device" in answer.json()["words"]
    page = pia.get(f"/refer/{concern.pk}/worries/").content.decode()
    assert "Also typed on another device" in page
    assert "From the desk" in page
    assert "From the ward" in page
    posted(pia, concern, "worries", {"concerns.described": "Both"})
    assert "From the desk" not in pia.get(f"/refer/{concern.pk}/worries/").content.decode()


def test_a_page_is_not_in_its_own_way(place, pia):
    """Continue may be pressed while the page is still saving by itself: its version is then an old one."""
    concern = begun(pia)
    marks = opened(pia, concern, "worries")
    autosaved(pia, concern, "worries", {"concerns.described": "Half"}, **marks)
    assert posted(pia, concern, "worries", {"concerns.described": "Whole"}, **marks).status_code == 302
    assert draft(concern.pk).answers["concerns.described"] == "Whole"


def test_it_is_deleted_when_asked_and_28_days_after_it_was_last_saved(place, pia):
    first, second = begun(pia), begun(pia)
    assert pia.post(f"/refer/{first.pk}/delete/").status_code == 302
    assert pia.get(f"/refer/{first.pk}/").status_code == 404
    page = pia.get(f"/refer/{second.pk}/").content.decode()
    assert "It is deleted on" in page
    with time_machine.travel(now() + timedelta(days=28), tick=False):
        assert jobs.run("forget_concerns", now()) == {"forgotten": 0}
    with time_machine.travel(now() + timedelta(days=29), tick=False):
        assert jobs.run("forget_concerns", now()) == {"forgotten": 1}
        assert jobs.run("forget_concerns", now()) == {"forgotten": 0}
    with access.oneself(place.practitioner):
        assert not Concern.objects.exists()
        assert not ConcernStep.objects.exists()


@pytest.mark.parametrize("path", ["", "person/", "worries/", "check/"])
def test_a_page_of_a_draft_costs_few_statements(place, pia, path, django_assert_max_num_queries):
    concern = begun(pia)
    posted(pia, concern, "person", PERSON)
    pia.get("/refer/")
    with django_assert_max_num_queries(9) as asked:
        pia.get(f"/refer/{concern.pk}/{path}")
    rows = [each["sql"] for each in asked.captured_queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(rows) <= 6, rows
    assert connection.connection is not None
