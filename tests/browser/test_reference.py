"""The reference data in a real browser: directory, editions and training, as they are, in error and empty."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.casework import directory_edits, training
from prevent_cases.casework.directory_edits import Written
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.now import now, today
from tests.factories import a_person, acting, county

pytestmark = pytest.mark.django_db(transaction=True)


def a_date(person, label: str, on) -> None:
    group = person.page.get_by_role("group", name=label)
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        group.get_by_label(part).fill(str(value))


def test_the_directory_is_kept_and_previewed(somebody):
    place = county()
    lena = somebody(place.ssu_lead)
    lena.goes_to("/reference/")
    lena.looks("60-directory-empty")
    lena.presses("Add a post")
    lena.presses("Save")
    lena.looks("61-directory-error")
    lena.page.get_by_label("What kind of post is it?").select_option("EMERGENCY_LINE")
    lena.types("Title", "Emergency duty team")
    lena.types("Telephone number", "01632 960001")
    lena.types("Answered from", "9am")
    lena.types("Answered until", "5pm")
    lena.types("Number at other times", "01632 960002")
    lena.presses("Save")
    lena.sees("Emergency duty team")
    lena.looks("62-directory")
    lena.follows("Emergency duty team")
    lena.follows("Change it")
    lena.types("Telephone number", "01632 960009")
    lena.presses("Save")
    lena.sees("Telephone: was 01632 960001, now 01632 960009")
    lena.looks("63-directory-history")
    lena.goes_to("/reference/directory/preview/")
    lena.presses("Show what they would see")
    lena.sees("a practitioner in an area we do not know sees")
    lena.looks("64-directory-preview")
    lena.goes_to("/reference/posts/")
    lena.looks("65-posts")
    lena.follows("Prevent lead")
    lena.looks("66-post")
    lena.goes_to("/out-of-hours/")
    lena.sees("Emergency duty team")
    lena.looks("67-out-of-hours")
    lena.goes_to("/help/")
    lena.looks("68-help")


def test_an_edition_is_prepared_previewed_and_published(somebody):
    place = county()
    lena = somebody(place.ssu_lead)
    lena.goes_to("/reference/procedures/")
    lena.looks("70-procedures")
    lena.follows("Kent adult social care")
    lena.looks("71-procedure")
    lena.goes_to("/reference/procedures/kent-2023-12/publish/")
    lena.looks("72-publish-empty")
    lena.goes_to("/reference/procedures/kent-2023-12/texts/case_note/")
    lena.types("Words", "Received {received} and {postcode}")
    lena.presses("Save and see the preview")
    lena.sees("{postcode} is not filled in here")
    lena.looks("73-text-error")
    lena.goes_to("/reference/procedures/kent-2023-12/texts/nil_return/")
    lena.types("Words", "We hold no record of this person.")
    lena.presses("Save and see the preview")
    lena.looks("74-text-preview")
    lena.goes_to("/reference/procedures/kent-2023-12/reasons/referral.reopen/")
    lena.looks("75-reasons")
    lena.goes_to("/reference/procedures/kent-2023-12/prompts/all/")
    lena.looks("76-prompts")
    lena.goes_to("/reference/procedures/kent-2023-12/lengths/referral.reply/")
    lena.types("Length", "7")
    lena.presses("Save and see the preview")
    lena.sees("would be due")
    lena.looks("77-length")
    lena.goes_to("/reference/procedures/kent-2023-12/publish/")
    lena.presses("Publish this edition")
    lena.sees("Say why this edition is published")
    lena.looks("78-publish-error")
    lena.types("Why?", "The reply is promised sooner")
    lena.presses("Publish this edition")
    lena.sees("Not in force yet")
    lena.looks("79-editions")
    lena.follows("Take it back")
    lena.looks("80-take-back")
    lena.presses("Take this edition back")
    lena.sees("Taken back on")


def test_training_is_offered_taken_and_seen_by_the_lead(somebody):
    place = county()
    liam = somebody(place.lists)
    liam.goes_to("/reference/courses/")
    liam.looks("85-courses-empty")
    liam.presses("Add a course")
    liam.presses("Save")
    liam.looks("86-course-error")
    liam.types("Title", "Prevent awareness")
    liam.types("How many months does it count?", "12")
    liam.chooses("Yes")
    liam.presses("Save")
    liam.looks("87-courses")
    course = training.TrainingCourse.objects.get()
    training.record_course(
        user=place.practitioner.user, course=course, taken_on=today() - timedelta(days=400), by=place.practitioner,
        at=now(),
    )  # fmt: skip
    dora = somebody(acting(a_person("Dora Lyme", place.school, role=SeatRole.MANAGER)))
    dora.follows("Training")
    dora.looks("88-training-lead")
    dora.presses("Add a course you took")
    dora.presses("Add to the register")
    dora.looks("89-training-error")
    dora.chooses("Prevent awareness")
    a_date(dora, "When was it taken?", today())
    dora.presses("Add to the register")
    dora.sees("Added to the register")
    dora.looks("90-training")
    directory_edits.add_entry(
        written=Written(
            kind=DirectoryKind.PREVENT_LEAD, title="Prevent lead", holder_name="Petra Vane", telephone="01632 960003",
            starts_on=today(),
        ),
        by=place.lists, at=now(),
    )  # fmt: skip
    dora.goes_to("/reference/training/needed/")
    dora.looks("91-training-needed")
