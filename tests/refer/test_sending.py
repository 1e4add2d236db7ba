"""It is sent once, whoever presses how often; by telephone too; and a writer sees their own earlier ones alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from prevent_cases.casework import access
from prevent_cases.casework.models import Case
from prevent_cases.casework.now import now
from referrals.models import ConcernStep, PractitionerReferral
from referrals.operations.concerns import send
from tests.factories import a_person, acting, county, sign_in
from tests.refer.filling import FILLED, begun, draft, filled, posted, sent


@pytest.mark.django_db
def test_pressed_twice_it_is_sent_once(place, pia):
    concern = filled(pia)
    form = pia.get(f"/refer/{concern.pk}/check/").context["form"]
    last = {name: form[name].value() for name in ("key", "version")}
    first = pia.post(f"/refer/{concern.pk}/check/", last)
    second = pia.post(f"/refer/{concern.pk}/check/", last)
    assert first["Location"] == second["Location"]
    assert PractitionerReferral.objects.count() == 1
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one():
    place = county()
    client = sign_in(Client(), place.practitioner)
    concern = filled(client)

    def press(_: int):
        try:
            return send(concern_id=concern.pk, key=uuid4(), version=concern.version, by=place.practitioner, at=now()).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as together:
        assert len(set(together.map(press, range(4)))) == 1
    assert PractitionerReferral.objects.count() == 1


@pytest.mark.django_db
def test_what_changed_on_another_device_is_looked_at_before_it_is_sent(place, pia):
    concern = filled(pia)
    form = pia.get(f"/refer/{concern.pk}/check/").context["form"]
    last = {name: form[name].value() for name in ("key", "version")}
    posted(sign_in(Client(), place.practitioner), concern, "happened", {"concerns.event": "Something else"})
    answer = pia.post(f"/refer/{concern.pk}/check/", last)
    page = answer.content.decode()
    assert "changed on another device after you opened this page" in page
    assert "Something else" in page
    assert not PractitionerReferral.objects.exists()
    assert sent(pia, concern).status_code == 302


@pytest.mark.django_db
def test_a_reference_tells_nothing_and_its_pages_are_the_writers_alone(place, pia):
    sent(pia, filled(pia))
    sent(pia, filled(pia))
    one, two = PractitionerReferral.objects.select_related("case").order_by("sent_at")
    assert one.case.reference[:7] != two.case.reference[:7]
    other = sign_in(Client(), acting(a_person("Otis Vane", place.school)))
    for who in (other, sign_in(Client(), place.officer)):
        assert who.get(f"/refer/sent/{one.pk}/").status_code == 404
        assert who.get(f"/refer/sent/{one.pk}/copy/").status_code == 404


@pytest.mark.django_db
def test_a_writer_sees_their_own_earlier_referral_and_nobody_elses(place, pia):
    sent(pia, filled(pia))
    mine = PractitionerReferral.objects.select_related("case").get()
    other = sign_in(Client(), acting(a_person("Otis Vane", place.school)))
    theirs = filled(other)
    assert mine.case.reference not in other.get(f"/refer/{theirs.pk}/").content.decode()
    again = filled(pia)
    page = pia.get(f"/refer/{again.pk}/").content.decode()
    assert mine.case.reference in page
    assert f"/refer/sent/{mine.pk}/" in page
    stranger = filled(pia, person={"individual.family_name": "Otherby", "individual.given_name": "Ann"})
    assert mine.case.reference not in pia.get(f"/refer/{stranger.pk}/").content.decode()


@pytest.mark.django_db
def test_staff_write_down_what_a_caller_says(place):
    olive = sign_in(Client(), place.officer)
    concern = begun(olive)
    assert concern.on_behalf
    page = olive.get(f"/refer/{concern.pk}/you/").content.decode()
    assert "Who is telling you this?" in page
    assert "Olive Tarn" not in page.split("<main")[1]
    for slug, typed in FILLED.items():
        posted(olive, concern, slug, typed)
    answer = sent(olive, concern)
    referral = PractitionerReferral.objects.get()
    assert referral.referrer_id is None
    assert referral.entered_by_id == place.officer.user_id
    assert referral.told_by == "Pia Loxley, Teacher, Larkrise Academy, 01632 960 222"
    page = olive.get(answer["Location"]).content.decode()
    assert "Give this reference to whoever rang" in page
    assert olive.get(f"/refer/sent/{referral.pk}/copy/").content.startswith(b"%PDF-")


@pytest.mark.django_db
def test_danger_comes_first_and_what_was_answered_is_logged(place, pia):
    assert pia.post("/refer/begin/", {}).content.decode().count("Select yes if anyone is in immediate danger") == 2
    assert pia.post("/refer/begin/", {"is_urgent": "yes"})["Location"] == "/refer/danger/"
    page = pia.get("/refer/danger/").content.decode()
    assert "tel:999" in page
    assert "Select whether the police have been called" in pia.post("/refer/danger/", {}).content.decode()
    answer = pia.post("/refer/danger/", {"answer": "POLICE_CALLED", "words": "Incident 44"})
    concern = draft(answer["Location"].split("/")[2])
    assert [(step.kind, step.words) for step in steps_of(place, concern)] == [("POLICE_CALLED", "Incident 44")]
    assert [step.kind for step in steps_of(place, begun(pia))] == ["NOT_URGENT"]


def steps_of(place, concern):
    with access.oneself(place.practitioner):
        return list(ConcernStep.objects.filter(concern=concern))


@pytest.mark.django_db
def test_a_council_may_ask_for_training_first_but_safety_does_not_wait(place, pia, settings):
    assert pia.get("/refer/training/")["Location"] == "/refer/"
    settings.TRAINING_GATE = True
    assert pia.get("/refer/")["Location"] == "/refer/training/"
    assert pia.post("/refer/begin/", {"is_urgent": "no"})["Location"] == "/refer/training/"
    assert "cannot wait" in pia.get("/refer/training/").content.decode()
    assert pia.post("/refer/training/")["Location"] == "/refer/"
    assert pia.get("/refer/").status_code == 200
    assert [step.kind for step in steps_of(place, begun(pia))] == ["NOT_URGENT", "WITHOUT_TRAINING"]
