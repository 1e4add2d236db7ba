"""How old a person is on the day something is decided. The day a referral came decides nothing."""

from __future__ import annotations

from datetime import date

from prevent_cases.casework.wording import day
from referrals.models import Referral
from referrals.states import AgeGroup

ADULT_FROM = 18


def age_group(born_on: date | None, on: date) -> str:
    """Child or adult from the birth date; not known without one: an age is asked, never guessed."""
    if born_on is None:
        return AgeGroup.UNKNOWN
    return AgeGroup.CHILD if _years(born_on, on) < ADULT_FROM else AgeGroup.ADULT


def age_group_on(referral: Referral, on: date) -> str:
    """Child or adult on a day; without a birth date, as an officer found it."""
    return age_group(referral.born_on, on) if referral.born_on else referral.age_group


def came_of_age(referral: Referral, on: date) -> str:
    """That the person was a child when the referral came and is an adult now, in words; empty where not so."""
    born = referral.born_on
    if born is None or referral.age_group != AgeGroup.CHILD or age_group(born, on) != AgeGroup.ADULT:
        return ""
    eighteenth = (
        date(born.year + ADULT_FROM, 3, 1)
        if (born.month, born.day) == (2, 29)
        else born.replace(year=born.year + ADULT_FROM)
    )
    return f"They turned 18 on {day(eighteenth)}, after the referral came, so they are an adult today."


def _years(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
