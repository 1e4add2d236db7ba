"""How two birth dates stand to each other: the slips that hands and forms make. Pure."""

from datetime import date
from enum import Enum
from functools import lru_cache


class BirthDates(Enum):
    """What could turn one birth date into the other; the value is the sentence shown."""

    SAME = "Born on the same day"
    SWAPPED = "Day and month swapped"
    TRANSPOSED = "Birth date digits transposed"
    ONE_DIGIT = "One digit of the birth date differs"
    YEAR_OFF_BY_ONE = "Same day and month, birth year one out"
    YEAR_OFF_BY_TEN = "Same day and month, birth year ten out"
    SAME_DAY_AND_MONTH = "Same day and month, another birth year"
    SAME_MONTH_AND_YEAR = "Same month and year, another day of birth"
    SAME_DAY_AND_YEAR = "Same day and year, another month of birth"
    SAME_YEAR = "Born in the same year, another day"
    DIFFERENT = "Different birth date"
    NOT_KNOWN = "Birth date not known on one side"


SLIPS = frozenset(
    {
        BirthDates.SWAPPED,
        BirthDates.TRANSPOSED,
        BirthDates.ONE_DIGIT,
        BirthDates.YEAR_OFF_BY_ONE,
        BirthDates.YEAR_OFF_BY_TEN,
    }
)
TWO_PARTS_AGREE = frozenset(
    {BirthDates.SAME_DAY_AND_MONTH, BirthDates.SAME_MONTH_AND_YEAR, BirthDates.SAME_DAY_AND_YEAR}
)


def swapped(born_on: date) -> date | None:
    """The date with day and month exchanged; None where that is no other date."""
    if born_on.day > 12 or born_on.day == born_on.month:
        return None
    return date(born_on.year, born_on.day, born_on.month)


@lru_cache(maxsize=4_000)
def relation(asked: date | None, held: date | None) -> BirthDates:
    """The closest explanation of `held` beside `asked`, in the order of the enumeration."""
    if asked is None or held is None:
        return BirthDates.NOT_KNOWN
    if asked == held:
        return BirthDates.SAME
    if asked.year == held.year and asked.day == held.month and asked.month == held.day:
        return BirthDates.SWAPPED
    if asked.year != held.year and asked.month != held.month and asked.day != held.day:
        return BirthDates.DIFFERENT
    return _digits(asked, held) or _calendar_parts(asked, held)


def _digits(asked: date, held: date) -> BirthDates | None:
    one = f"{asked.day:02}{asked.month:02}{asked.year:04}"
    other = f"{held.day:02}{held.month:02}{held.year:04}"
    apart = [place for place in range(8) if one[place] != other[place]]
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        first, second = apart
        if one[first] == other[second] and one[second] == other[first]:
            return BirthDates.TRANSPOSED
    same_day = asked.day == held.day and asked.month == held.month
    if same_day and abs(asked.year - held.year) == 1:
        return BirthDates.YEAR_OFF_BY_ONE
    if same_day and abs(asked.year - held.year) == 10:
        return BirthDates.YEAR_OFF_BY_TEN
    return BirthDates.ONE_DIGIT if len(apart) == 1 else None


def _calendar_parts(asked: date, held: date) -> BirthDates:
    same_year, same_month, same_day = asked.year == held.year, asked.month == held.month, asked.day == held.day
    if same_day and same_month:
        return BirthDates.SAME_DAY_AND_MONTH
    if same_month and same_year:
        return BirthDates.SAME_MONTH_AND_YEAR
    if same_day and same_year:
        return BirthDates.SAME_DAY_AND_YEAR
    return BirthDates.SAME_YEAR if same_year else BirthDates.DIFFERENT
