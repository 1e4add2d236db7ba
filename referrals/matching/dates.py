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
    TWO_DIGITS = "Two digits of the birth date differ"
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


YEARS_OUT = {1: BirthDates.YEAR_OFF_BY_ONE, 10: BirthDates.YEAR_OFF_BY_TEN}
# Whether day, month and year agree.
WHAT_AGREES = {
    (True, True, False): BirthDates.SAME_DAY_AND_MONTH,
    (False, True, True): BirthDates.SAME_MONTH_AND_YEAR,
    (True, False, True): BirthDates.SAME_DAY_AND_YEAR,
}


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
    agree = (asked.day == held.day, asked.month == held.month, asked.year == held.year)
    return _not_the_same(asked, held, agree) if any(agree) else BirthDates.DIFFERENT


def _not_the_same(asked: date, held: date, agree: tuple[bool, bool, bool]) -> BirthDates:
    one, other = _digits(asked), _digits(held)
    apart = [place for place in range(8) if one[place] != other[place]]
    found = BirthDates.SAME_YEAR if agree[2] else BirthDates.DIFFERENT
    if len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(one[apart[0] :][:2]) == sorted(other[apart[0] :][:2]):
        found = BirthDates.TRANSPOSED
    elif agree[:2] == (True, True) and abs(asked.year - held.year) in YEARS_OUT:
        found = YEARS_OUT[abs(asked.year - held.year)]
    elif len(apart) == 1:
        found = BirthDates.ONE_DIGIT
    elif agree in WHAT_AGREES:
        found = WHAT_AGREES[agree]
    elif len(apart) == 2:
        found = BirthDates.TWO_DIGITS
    return found


def _digits(day: date) -> str:
    return f"{day.day:02}{day.month:02}{day.year:04}"
