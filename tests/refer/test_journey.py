"""From "Before you start" to the confirmation: every page, what it keeps, and what arrives at the safeguarding unit."""

from __future__ import annotations

import pytest

from prevent_cases.casework import access
from prevent_cases.casework.models import ClockRun, Narrative
from referrals.models import PractitionerReferral
from tests.factories import County
from tests.refer.filling import begun, draft, filled, posted, sent

pytestmark = pytest.mark.django_db


def words_of(place: County, referral: PractitionerReferral) -> dict[str, str]:
    with access.material(place.officer, referral.case_id) as allowed:
        assert allowed
        return dict(Narrative.objects.filter(subject=referral.record_key).values_list("heading", "text"))


def test_a_complete_referral_arrives_as_it_was_written(place, pia):
    concern = filled(pia)
    answer = sent(pia, concern)
    referral = PractitionerReferral.objects.select_related("case").get()
    assert answer["Location"] == f"/refer/sent/{referral.pk}/"
    assert (referral.given_name, referral.family_name, referral.postcode) == ("Tobin", "Marrowby", "ES1 4AB")
    assert str(referral.born_on) == "1991-03-14"
    assert referral.referrer_id == place.practitioner.user_id
    assert referral.organisation_id == place.school.organisation_id
    words = words_of(place, referral)
    assert words["concerns.described"] == "He speaks of a war to come.\n\nHe used to laugh about it."
    assert "Leaflets in his locker." in words["concerns.indicators"]
    assert words["individual.age_group"] == "18 or over"
    assert ClockRun.objects.filter(case=referral.case, clock="practitioner.take_up").exists()
    page = pia.get(answer["Location"]).content.decode()
    assert referral.case.reference in page
    assert "What happens next" in page


def test_the_draft_keeps_nothing_of_what_was_sent(place, pia):
    concern = filled(pia)
    sent(pia, concern)
    after = draft(concern.pk)
    assert (after.stage, after.answers, after.files) == ("SENT", {}, [])
    assert pia.get(f"/refer/{concern.pk}/")["Location"] == f"/refer/sent/{after.referral_id}/"
    assert pia.get(f"/refer/{concern.pk}/worries/")["Location"] == f"/refer/sent/{after.referral_id}/"


def test_it_can_be_sent_with_gaps_but_not_without_whom_and_what(place, pia):
    concern = begun(pia)
    page = pia.get(f"/refer/{concern.pk}/check/").content.decode()
    assert "Enter the person&#x27;s name, or say that you do not know it" in page
    assert "Enter what worries you" in page
    assert "Send the referral" not in page
    answer = pia.post(f"/refer/{concern.pk}/check/", {"key": concern.pk, "version": concern.version})
    assert "Enter the person&#x27;s name" in answer.content.decode()
    posted(pia, concern, "person", {"individual.name_unknown": "on"})
    posted(pia, concern, "happened", {"concerns.event": "A fire was set."})
    posted(pia, concern, "you", {"referrer.full_name": "Pia", "referrer.phone": "01632 960 222"})
    assert sent(pia, concern).status_code == 302
    assert PractitionerReferral.objects.get().full_name == "Name not known"


def test_paragraphs_pasted_from_word_stay_paragraphs(place, pia):
    concern = begun(pia)
    pasted = "First paragraph.\r\n\r\nSecond,\x0bwith a soft break.\u2029Third \u201cquoted\u201d."
    posted(pia, concern, "worries", {"concerns.described": pasted})
    kept = draft(concern.pk).answers["concerns.described"]
    assert kept == "First paragraph.\n\nSecond,\nwith a soft break.\n\nThird \u201cquoted\u201d."
    page = pia.get(f"/refer/{concern.pk}/check/").content.decode()
    assert '<p class="govuk-body">First paragraph.</p>' in page


def test_child_or_adult_is_worked_out_and_asked_again_when_the_birth_date_changes(place, pia):
    concern = begun(pia)
    born = {f"individual.born_on-{part}": value for part, value in (("day", "2"), ("month", "5"), ("year", "2012"))}
    posted(pia, concern, "person", {"individual.given_name": "Mo", **born})
    page = pia.get(f"/refer/{concern.pk}/age/")
    assert page.context["form"]["individual.age_group"].value() == "child"
    assert "so the person is under 18" in page.content.decode()
    wrong = posted(pia, concern, "age", {"individual.age_group": "adult"})
    assert "Choose “Under 18”, as the date of birth says" in wrong.content.decode()
    assert posted(pia, concern, "age", {"individual.age_group": "child"}).status_code == 302
    posted(pia, concern, "person", {"individual.given_name": "Mo", **born, "individual.born_on-year": "1990"})
    assert draft(concern.pk).answers["individual.age_group"] == ""


def test_an_age_is_never_guessed(place, pia):
    concern = begun(pia)
    posted(pia, concern, "person", {"individual.given_name": "Mo", "individual.approximate_age": "about 16"})
    page = pia.get(f"/refer/{concern.pk}/age/")
    assert not page.context["form"]["individual.age_group"].value()
    assert "about 16" in page.content.decode()
    assert posted(pia, concern, "age", {"individual.age_group": "unknown"}).status_code == 302


def test_the_own_copy_holds_what_was_sent(place, pia):
    sent(pia, filled(pia))
    referral = PractitionerReferral.objects.select_related("case").get()
    answer = pia.get(f"/refer/sent/{referral.pk}/copy/")
    assert answer["Content-Type"] == "application/pdf"
    assert f"{referral.case.reference}-your-copy.pdf" in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")


def test_words_beyond_the_prompts_are_never_counted_or_scored(place, pia):
    concern = begun(pia)
    ticked = {"concerns.indicators": ["material", "contacts"], "concerns.indicators.material": "Films."}
    posted(pia, concern, "worries", ticked)
    rows = {row["key"]: row["value"] for card in pia.get(f"/refer/{concern.pk}/check/").context["cards"]
            for row in card["rows"]}  # fmt: skip
    assert rows["Signs seen"] == "Material and symbols:\nFilms.\n\nPeople and groups"
