"""A name as long as a box takes, or one unbroken word of it, widens no page: nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.factories import a_referral, county

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST = "Ab" * 75


@pytest.mark.parametrize("width", [1280, 320])
def test_a_name_of_three_hundred_signs_widens_no_page(somebody: Callable[..., Any], width: int) -> None:
    place = county()
    referral = a_referral(place, "CHECKING", given_name=LONGEST, family_name=LONGEST)
    a_referral(place, "RECEIVED")
    olive = somebody(place.officer)
    olive.page.set_viewport_size({"width": width, "height": 900})
    team = f"{reverse('my-work')}?team={place.ssu.pk}"
    for path in (reverse("referrals:inbox"), team, reverse("case", args=[referral.case_id])):
        olive.goes_to(path)
        olive.sees(LONGEST)
        assert wide(olive) <= 0, f"{path} scrolls sideways by {wide(olive)} px at {width} px"
    olive.types("Search by name", LONGEST)
    olive.presses("Search")
    olive.sees(LONGEST)
    assert wide(olive) <= 0


def wide(somebody: Any) -> int:
    return somebody.page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_the_columns_of_my_work_line_up(somebody: Callable[..., Any]) -> None:
    place = county()
    a_referral(place, "CHECKING", given_name=LONGEST, family_name="Long")
    a_referral(place, "WITH_LOCALITY", given_name="Al", family_name="Ox")
    olive = somebody(place.officer)
    for path in (reverse("referrals:inbox"), f"{reverse('my-work')}?team={place.ssu.pk}"):
        olive.goes_to(path)
        lefts = olive.page.evaluate(
            "[...document.querySelectorAll('table')].map(t => [...t.rows[0].cells].map(c => c.offsetLeft).join())"
        )
        assert lefts and len(set(lefts)) == 1, lefts
