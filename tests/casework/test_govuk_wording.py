"""Dates, times, counts and sizes read as GOV.UK style asks, in London time."""

from datetime import UTC, date, datetime

import pytest

from prevent_cases.casework import wording

JUNE = date(2026, 6, 4)


def test_dates_in_words():
    assert wording.day(JUNE) == "4 June 2026"
    assert wording.weekday(date(2026, 6, 5)) == "Friday 5 June 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(9, 32, "9:32am"), (17, 0, "5pm"), (12, 0, "midday"), (0, 0, "midnight"), (0, 5, "12:05am"), (12, 30, "12:30pm")],
)
def test_times_in_words(hour, minute, words):
    assert wording.clock_time(datetime(2026, 6, 4, hour, minute, tzinfo=wording.LONDON)) == words


def test_moments_are_told_in_london_time():
    late = datetime(2026, 6, 4, 23, 30, tzinfo=UTC)
    assert wording.date_and_time(late) == "5 June 2026 at 12:30am"
    assert wording.weekday(late) == "Friday 5 June 2026"
    assert wording.iso(late) == "2026-06-05T00:30+01:00"


def test_a_bare_date_has_no_time_and_nothing_is_nothing():
    assert wording.date_and_time(JUNE) == "4 June 2026"
    assert wording.clock_time(JUNE) == ""
    assert [word(None) for word in (wording.day, wording.weekday, wording.clock_time, wording.iso)] == [""] * 4


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2015, 6, 2), "Overdue by 4,020 days, was due Tuesday 2 June 2015"),
        (date(2026, 6, 2), "Overdue by 2 days, was due Tuesday 2 June 2026"),
        (date(2026, 6, 3), "Overdue, was due yesterday, Wednesday 3 June 2026"),
        (date(2026, 6, 4), "Due today, Thursday 4 June 2026"),
        (date(2026, 6, 5), "Due tomorrow, Friday 5 June 2026"),
        (date(2026, 6, 11), "Due Thursday 11 June 2026"),
    ],
)
def test_deadlines_in_words(due, words):
    assert wording.due_words(due, JUNE) == words


def test_counts_stop_at_a_thousand():
    assert [wording.capped(count) for count in (0, 999, 1000, 1001)] == ["0", "999", "1,000", "1,000+"]


def test_file_sizes():
    sizes = [wording.file_size(size) for size in (1, 812, 2048, 34_900, 1_258_291, 26_214_400)]
    assert sizes == ["1 byte", "812 bytes", "2KB", "34KB", "1.2MB", "25MB"]


def test_a_label_inside_a_sentence():
    assert wording.lower_first("Date of birth") == "date of birth"
    assert wording.lower_first("CTPSE reference") == "CTPSE reference"
