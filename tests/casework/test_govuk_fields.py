"""Dates in three boxes, prose, yes or no, several files: what they accept and what they say."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from prevent_cases.casework.fields import DateField, FilesField, ProseField, YesNoField
from prevent_cases.casework.form_errors import error_items
from prevent_cases.casework.form_markup import field_markup
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.now import held_at


class Birth(GovukForm):
    born_on = DateField(label="Date of birth", when="past", earliest=date(1900, 1, 1))


def typed(day="", month="", year=""):
    return {"born_on-day": day, "born_on-month": month, "born_on-year": year}


@pytest.fixture(autouse=True)
def fourth_of_june():
    with held_at(datetime(2026, 6, 4, 11, tzinfo=UTC)):
        yield


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", " MAR "])
def test_a_date_is_understood_however_the_month_is_written(month):
    form = Birth(typed("27", month, "1987"))
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(1987, 3, 27)


@pytest.mark.parametrize(
    ("boxes", "words", "lands_on"),
    [
        (("", "", ""), "Enter the date of birth", "day"),
        (("27", "3", ""), "Date of birth must include a year", "year"),
        (("", "", "1987"), "Date of birth must include a day and month", "day"),
        (("27", "", "1987"), "Date of birth must include a month", "month"),
        (("27", "13", "1987"), "Date of birth must be a real date", "month"),
        (("soon", "3", "1987"), "Date of birth must be a real date", "day"),
        (("29", "2", "2025"), "Date of birth must be a real date", "day"),
        (("27", "3", "87"), "Date of birth must have a year of 4 numbers, like 2004", "year"),
        (("4", "6", "2026"), "Date of birth must be in the past", "day"),
        (("31", "12", "1899"), "Date of birth must be the same as or after 1 January 1900", "day"),
        (("²", "3", "1987"), "Date of birth must be a real date", "day"),
        (("9" * 5000, "3", "1987"), "Date of birth must be a real date", "day"),
    ],
)
def test_each_wrong_date_says_what_is_wrong_and_where(boxes, words, lands_on):
    assert error_items([Birth(typed(*boxes))]) == [{"text": words, "href": f"#id_born_on-{lands_on}"}]


def test_29_february_is_real_in_a_leap_year():
    assert Birth(typed("29", "2", "2024")).is_valid()


def test_only_the_boxes_at_fault_are_marked():
    drawn = field_markup(Birth(typed("27", "13", "1987"))["born_on"])
    assert drawn.count("govuk-input--error") == 1
    assert 'value="13"' in drawn


@pytest.mark.parametrize("initial", [date(1987, 3, 27), "1987-03-27", ("27", "3", "1987")])
def test_a_date_kept_in_a_draft_comes_back_in_three_boxes(initial):
    drawn = field_markup(Birth(initial={"born_on": initial})["born_on"])
    assert [f'value="{part}"' in drawn for part in ("27", "3", "1987")] == [True, True, True]


def test_a_link_may_carry_an_iso_date():
    form = Birth({"born_on": "1987-03-27"})
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == date(1987, 3, 27)


@pytest.mark.parametrize(
    ("when", "day", "right"),
    [("future", "4", False), ("future", "5", True), ("today_or_future", "4", True), ("today_or_past", "5", False)],
)
def test_a_date_may_have_to_lie_on_one_side_of_today(when, day, right):
    class Visit(GovukForm):
        seen_on = DateField(label="Visit", when=when)

    form = Visit({"seen_on-day": day, "seen_on-month": "6", "seen_on-year": "2026"})
    assert form.is_valid() is right


def test_a_line_end_counts_as_one_character():
    class Note(GovukForm):
        note = ProseField(label="Note", max_length=5)

    form = Note({"note": "ab\r\ncd"})
    assert form.is_valid()
    assert form.cleaned_data["note"] == "ab\ncd"


def test_a_nul_byte_is_refused_in_words():
    class Note(GovukForm):
        note = ProseField(label="Note")

    assert Note({"note": "a\x00b"}).errors["note"] == [
        "Note contains a hidden character. Type it again instead of pasting it"
    ]


@pytest.mark.parametrize(("answer", "value"), [("yes", True), ("no", False), ("unknown", None)])
def test_yes_no_or_not_known(answer, value):
    class Known(GovukForm):
        known = YesNoField(label="Known", unknown=True)

    form = Known({"known": answer})
    assert form.is_valid()
    assert form.cleaned_data["known"] is value


def test_a_kept_yes_is_ticked_again():
    class Known(GovukForm):
        known = YesNoField(label="Known")

    assert 'value="yes" checked' in field_markup(Known(initial={"known": True})["known"])


class Papers(GovukForm):
    papers = FilesField(label="Documents", most=2, required=False)


def sent(*names):
    uploads = [SimpleUploadedFile(name, b"words") for name in names]
    return Papers({}, MultiValueDict({"papers": uploads}))


def test_several_files_come_as_a_list():
    form = sent("a.pdf", "b.pdf")
    assert form.is_valid()
    assert [upload.name for upload in form.cleaned_data["papers"]] == ["a.pdf", "b.pdf"]


def test_no_file_is_an_empty_list():
    form = Papers({}, MultiValueDict())
    assert form.is_valid()
    assert form.cleaned_data["papers"] == []


def test_too_many_files_are_refused_in_words():
    assert sent("a", "b", "c").errors["papers"] == ["You can only select up to 2 files at the same time"]


def test_an_empty_file_is_refused_in_words():
    form = Papers({}, MultiValueDict({"papers": [SimpleUploadedFile("a.pdf", b"")]}))
    assert form.errors["papers"] == ["The selected file is empty"]
