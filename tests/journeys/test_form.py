"""An information gathering form is registered by either route, answered in parts, and returned (A12, A13, K0.15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from prevent_cases.casework import access
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Delivery, DocumentKind
from prevent_cases.casework.models import CaseUserObjectPermission, ClockRun, Disclosure, Document, Event, Notice
from prevent_cases.casework.now import now
from prevent_cases.casework.wording import day as in_words
from prevent_cases.casework.workflow import Refused
from referrals.models import InformationForm, Referral
from referrals.states import FormState
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_contribution, a_form, a_pdf, a_referral, county, sign_in
from tests.journeys.answering import at
from tests.journeys.pages import errors, page, press, words
from tests.journeys.triaging import kinds, now_at

ANSWERED, CANCELLED = "form.answer", "form.cancel"
READ = {"necessity": "They asked for it.", "delivery": Delivery.IN_SERVICE, "checked": "on", "fair": "on"}
USUAL = {
    "consent": "NOT_SOUGHT", "why_not_sought": "Not safe", "proportionality": "The least", "lawful_basis": "x",
    "power": "Section 38", "fairness": "As for anybody",
}  # fmt: skip


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, S.PREPARING)


@pytest.fixture
def worker(place: County, client: Client) -> Client:
    return sign_in(client, place.locality_worker)


def on(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def typed(place: County, days: int = 9, **other: object) -> dict[str, object]:
    """Fields of a form that came to a worker today."""
    today = civil_date(now())
    usual = {
        "route": "DIRECT", "asked_by": "Sergeant A. Lumb",
        "organisation": "Northfold Police", "reply_address": "lumb@northfold.example",
        "asked": "Who lives there?\n\n  What support is there?  \n",
        "worker": str(place.locality_worker.user_id),
    }  # fmt: skip
    return usual | on("asked_on", today) | on("due_on", today + timedelta(days=days)) | other


def answered(client: Client, form: InformationForm) -> None:
    """Both questions answered, on the form's page."""
    opened = client.get(at("form", form, form.pk))
    press(client, opened, "Save and preview", known_1="yes", fact_1="A carer calls each morning.", known_2="no")


@pytest.mark.parametrize(("role", "route"), [("locality_worker", "DIRECT"), ("officer", "VIA_SSU")])
def test_it_is_registered_by_either_route(
    place: County, referral: Referral, client: Client, role: str, route: str
) -> None:
    sign_in(client, getattr(place, role))
    opened = client.get(at("forms-new", referral))
    done = press(client, opened, "Register the form", **typed(place, route=route))
    assert done.redirect_chain[-1][0] == at("forms", referral)
    assert "Sergeant A. Lumb" in words(done)
    form = InformationForm.objects.get(referral=referral)
    asker = (form.asked_by, form.organisation, form.reply_address)
    assert asker == ("Sergeant A. Lumb", "Northfold Police", "lumb@northfold.example")
    assert (form.route, form.worker) == (route, place.locality_worker.user)
    with access.material(place.locality_worker, referral.case_id):
        assert list(form.answer.items.order_by("place").values_list("asked", flat=True)) == [
            "Who lives there?", "What support is there?"
        ]  # fmt: skip
    run = ClockRun.objects.get(case=referral.case_id, clock="form.reply")
    assert civil_date(run.due_at) == form.due_on
    assert Notice.objects.get(case=referral.case_id, kind="form.registered").user == place.locality_worker.user


def test_the_original_file_is_kept_in_the_restricted_area(place: County, referral: Referral, client: Client) -> None:
    sign_in(client, place.officer)
    upload = SimpleUploadedFile("form.pdf", a_pdf(), content_type="application/pdf")
    press(client, client.get(at("forms-new", referral)), "Register the form", **typed(place, original=upload))
    with access.material(place.locality_worker, referral.case_id):
        kept = Document.objects.get(case=referral.case_id, kind=DocumentKind.FORM)
    assert kept.title == "Information gathering form"
    with access.material(place.officer, referral.case_id):
        assert not Document.objects.filter(pk=kept.pk).exists()


def test_a_file_that_is_not_what_it_says_is_refused(place: County, referral: Referral, worker: Client) -> None:
    upload = SimpleUploadedFile("form.pdf", b"MZ\x90\x00" + b"\x00" * 200, content_type="application/pdf")
    refused = press(worker, worker.get(at("forms-new", referral)), "Register the form", **typed(place, original=upload))
    assert len(errors(refused)) == 1
    assert not InformationForm.objects.filter(referral=referral).exists()


def test_the_worker_is_let_in_for_as_long_as_it_takes(place: County, referral: Referral, worker: Client) -> None:
    assert not access.may_enter(place.colleague, referral.case)
    fields = typed(place, days=30, worker=str(place.colleague.user_id))
    press(worker, worker.get(at("forms-new", referral)), "Register the form", **fields)
    grant = CaseUserObjectPermission.objects.get(content_object=referral.case_id)
    form = InformationForm.objects.get(referral=referral)
    assert (grant.user, grant.reason, grant.until) == (place.colleague.user, "INVOLVED", form.due_on)
    sign_in(worker, place.colleague)
    answered(worker, form)
    press(worker, worker.get(at("form-answer", form, form.pk)), "Return the form", **READ)
    grant.refresh_from_db()
    assert grant.until == civil_date(now())


def test_everything_is_asked_for_in_words(place: County, referral: Referral, worker: Client) -> None:
    opened = worker.get(at("forms-new", referral))
    assert errors(press(worker, opened, "Register the form", organisation="")) == [
        "Select how the form came", "Enter who in policing asks", "Enter the organisation they ask for",
        "Enter the address to reply to",
        "Enter the day it was asked", "Enter the day it is due", "Enter at least one question",
        "Select who will answer it",
    ]  # fmt: skip
    tomorrow = civil_date(now()) + timedelta(days=1)
    assert errors(press(worker, opened, "Register the form", **typed(place, **on("asked_on", tomorrow)))) == [
        "The day it was asked must be today or in the past"
    ]
    backwards = typed(place, days=-3)
    assert errors(press(worker, opened, "Register the form", **backwards)) == [
        "The day it is due must be the same as or after the day it was asked"
    ]
    leap = typed(place) | {"due_on-day": 29, "due_on-month": 2, "due_on-year": 2027}
    assert errors(press(worker, opened, "Register the form", **leap)) == ["The day it is due must be a real date"]
    for year in (2029, 2039, 9999):
        late = typed(place) | {"due_on-year": year}
        assert errors(press(worker, opened, "Register the form", **late)) == [
            "The day it is due must be the same as or before 31 December 2028"
        ]
    many = typed(place, asked="\n".join(["Why?"] * 41))
    assert errors(press(worker, opened, "Register the form", **many)) == [
        "Enter 40 questions or fewer, one on each line"
    ]
    stranger = typed(place, worker=str(place.other_locality_worker.user_id))
    assert errors(press(worker, opened, "Register the form", **stranger)) == [
        "Select who will answer it again. What you chose is not on the list"
    ]
    assert not InformationForm.objects.filter(referral=referral).exists()


def test_nobody_a_conflict_keeps_away_is_given_it(place: County, referral: Referral, worker: Client) -> None:
    a_conflict(referral, place.colleague)
    assert "Cole Rudd" not in words(worker.get(at("forms-new", referral)))
    fields = typed(place, worker=str(place.colleague.user_id))
    refused = press(worker, worker.get(at("forms-new", referral)), "Register the form", **fields)
    assert errors(refused) == ["Select who will answer it again. What you chose is not on the list"]


def test_registered_twice_it_is_there_once(place: County, referral: Referral, worker: Client) -> None:
    opened = worker.get(at("forms-new", referral))
    press(worker, opened, "Register the form", **typed(place))
    again = press(worker, opened, "Register the form", **typed(place))
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    assert InformationForm.objects.filter(referral=referral).count() == 1


def test_the_ssu_sees_that_it_exists_and_not_what_it_asks(place: County, client: Client) -> None:
    form = a_form(place)
    sign_in(client, place.officer)
    assert "Sergeant A. Lumb" in words(client.get(at("forms", form)))
    seen = client.get(at("form", form, form.pk))
    assert "Direct to a worker" in words(seen)
    assert "What support does the person have now?" not in seen.content.decode()
    assert "not open to you" in words(seen)
    assert client.get(at("form-answer", form, form.pk)).status_code == 404
    assert client.post(at("form", form, form.pk), {"version": 0, "known_1": "no"}).status_code == 404


def test_it_is_answered_in_parts_and_returned(place: County, worker: Client) -> None:
    form = a_form(place)
    opened = worker.get(at("form", form, form.pk))
    statuses = [item.text_content().strip() for item in page(opened).xpath("//*[@class='govuk-task-list__status']")]
    assert statuses == ["Not answered yet"] * 2
    later = press(worker, opened, "Save and come back later", known_1="yes", fact_1="A carer calls.")
    assert later.redirect_chain[-1][0] == at("forms", form)
    opened = worker.get(at("form", form, form.pk))
    statuses = [item.text_content().strip() for item in page(opened).xpath("//*[@class='govuk-task-list__status']")]
    assert statuses == ["Answered", "Not answered yet"]
    early = worker.get(at("form-answer", form, form.pk))
    assert "Question 2 is not answered yet." in words(early)
    assert "Return it" not in words(early)
    answered(worker, form)
    read = worker.get(at("form-answer", form, form.pk))
    for line in ("Sergeant A. Lumb", "Northfold Police", "lumb@northfold.example"):
        assert line in words(read)
    assert "desk@ctp.example" not in words(read)
    assert "lumb@northfold.example has none" in words(read)
    done = press(worker, read, "Return the form", left_out="Hers.", **READ)
    assert done.redirect_chain[-1][0] == f"/cases/{form.case_id}/"
    form.refresh_from_db()
    assert form.state == FormState.ANSWERED
    shared = Disclosure.objects.get(case=form.case_id)
    assert (shared.title, shared.left_out) == ("Completed information gathering form", "Hers.")
    assert not ClockRun.objects.unfinished().filter(case=form.case_id, clock="form.reply").exists()
    assert Notice.objects.filter(case=form.case_id, kind=ANSWERED, address="lumb@northfold.example").exists()
    assert (shared.recipient_name, shared.recipient_address) == ("Sergeant A. Lumb", "lumb@northfold.example")
    assert set(Event.objects.get(case=form.case_id, kind=ANSWERED).facts) == {"lawful_basis", "necessity", "delivery"}


def test_returned_twice_it_goes_once(place: County, worker: Client) -> None:
    form = a_form(place)
    answered(worker, form)
    opened = worker.get(at("form-answer", form, form.pk))
    press(worker, opened, "Return the form", **READ)
    again = press(worker, opened, "Return the form", **READ)
    assert errors(again) == ["You changed this case yourself after you opened this page, perhaps by sending it twice."]
    fresh = {"version": now_at(form.referral).case.version, "answer_version": 1}
    assert errors(worker.post(at("form-answer", form, form.pk), READ | USUAL | fresh)) == [
        "This cannot be done now: the case is at “Answered”."
    ]
    assert kinds(form.referral).count(ANSWERED) == Disclosure.objects.filter(case=form.case_id).count() == 1


def test_it_is_not_returned_half_answered(place: County, worker: Client) -> None:
    form = a_form(place)
    fields = READ | USUAL | {"version": now_at(form.referral).case.version, "answer_version": 0}
    assert errors(worker.post(at("form-answer", form, form.pk), fields)) == [
        "Answer every question, or say nothing is known."
    ]
    a_contribution(place, form=form)
    fields["version"] = now_at(form.referral).case.version
    assert errors(worker.post(at("form-answer", form, form.pk), fields)) == [
        "A colleague has not yet given their part of this form."
    ]


def test_it_is_no_longer_needed_for_a_reason(place: County, client: Client) -> None:
    form = a_form(place)
    sign_in(client, place.officer)
    opened = client.get(at("form-cancel", form, form.pk))
    assert errors(press(client, opened, "Mark as no longer needed")) == [
        "Enter an answer to ‘Why is it no longer needed?’"
    ]
    done = press(client, opened, "Mark as no longer needed", reason="Asked for in error")
    assert done.redirect_chain[-1][0] == at("forms", form)
    form.refresh_from_db()
    assert form.state == FormState.CANCELLED
    assert Event.objects.get(case=form.case_id, kind=CANCELLED).facts == {"reason": "Asked for in error"}
    assert not ClockRun.objects.unfinished().filter(case=form.case_id, clock="form.reply").exists()
    again = press(client, opened, "Mark as no longer needed", reason="Asked for in error")
    assert errors(again)
    assert kinds(form.referral).count(CANCELLED) == 1


def test_it_waits_for_a_part_that_is_with_a_colleague(place: County, worker: Client) -> None:
    form = a_form(place)
    a_contribution(place, form=form)
    opened = worker.get(at("form-cancel", form, form.pk))
    assert errors(press(worker, opened, "Mark as no longer needed", reason="x")) == [
        "A colleague has been asked for a part of this form. Wait for it, or take the question back."
    ]


@pytest.mark.parametrize("role", ["other_locality_worker", "area_worker", "children", "liaison", "auditor", "outsider"])
def test_the_wrong_people_find_nothing(place: County, client: Client, role: str) -> None:
    form = a_form(place)
    sign_in(client, getattr(place, role))
    for name in ("form", "form-answer", "form-cancel", "autosave-form"):
        assert client.post(at(name, form, form.pk), {"version": 0}).status_code == 404
    for name in ("forms", "forms-new"):
        assert client.get(at(name, form)).status_code == client.post(at("forms-new", form)).status_code == 404


def test_a_colleague_of_the_team_neither_cancels_nor_answers_it(place: County, client: Client) -> None:
    form = a_form(place)
    sign_in(client, place.colleague)
    opened = client.get(at("form-cancel", form, form.pk))
    refused = press(client, opened, "Mark as no longer needed", reason="x")
    assert errors(refused)[0].startswith("This may only be done by an officer of the Strategic Safeguarding Unit")
    assert client.post(at("autosave-form", form, form.pk), {"version": 0, "known_1": "no"}).status_code == 409
    assert client.get(at("form-answer", form, form.pk)).status_code == 404


def test_a_form_of_another_case_is_not_there(place: County, worker: Client) -> None:
    form, other = a_form(place), a_referral(place, S.PREPARING)
    for name in ("form", "form-answer", "form-cancel"):
        assert worker.get(at(name, other, form.pk)).status_code == 404


@pytest.mark.parametrize("state", [S.RECEIVED, S.WITH_LOCALITY, S.CLOSED])
def test_none_is_registered_while_nobody_answers_the_case(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    assert client.get(at("forms-new", referral)).status_code == 302
    fields = typed(place, reply_address="desk@ctp.example", version=referral.case.version)
    choices = [str(user.pk) for user in [place.officer.user]]
    refused = client.post(at("forms-new", referral), fields | {"worker": choices[0]})
    assert errors(refused)
    assert not InformationForm.objects.filter(referral=referral).exists()


def test_two_who_write_one_form_see_both_texts(place: County, worker: Client) -> None:
    form = a_form(place)
    opened = worker.get(at("form", form, form.pk))
    press(worker, opened, "Save and preview", known_1="yes", fact_1="One.")
    both = press(worker, opened, "Save and preview", known_1="yes", fact_1="Two.")
    assert errors(both) == ["Somebody else saved this answer after you opened it. Both texts are shown below."]
    row = next(row for row in page(both).iter("tr") if "One." in row.text_content())
    assert "Two." in row.text_content()


def test_it_is_saved_while_it_is_typed(place: County, worker: Client) -> None:
    form = a_form(place)
    saved = worker.post(at("autosave-form", form, form.pk), {"version": 0, "known_1": "yes", "fact_1": "Half"})
    assert saved.json()["fields"]["version"] == "1"
    assert "Half" in worker.get(at("form", form, form.pk)).content.decode()


def test_it_was_not_asked_before_the_referral_was_received(place: County, referral: Referral, worker: Client) -> None:
    opened = worker.get(at("forms-new", referral))
    before = civil_date(referral.received_at) - timedelta(days=1)
    said = errors(press(worker, opened, "Register the form", **typed(place, **on("asked_on", before))))
    assert said == [f"The day it was asked must be the same as or after {in_words(civil_date(referral.received_at))}"]
    with pytest.raises(Refused, match="The day it was asked cannot be before the referral was received"):
        a_form(place, referral=referral, at=referral.received_at - timedelta(days=3))
