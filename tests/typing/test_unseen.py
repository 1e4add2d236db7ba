"""Characters that cannot be seen and turn words around are kept out of what is typed; the page isolates the rest."""

from __future__ import annotations

import pytest
from django.test import Client

from prevent_cases.casework.fields import without_unseen
from referrals.models import Referral
from tests.factories import county, sign_in
from tests.journeys.pages import press
from tests.journeys.test_receive import BUTTON, TYPED, a_page

TURNED = "Tam\u202esin\u202c"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (TURNED, "Tamsin"),
        ("a\u2066b\u2069c\u2067", "abc"),
        ("bell\x07 and \x85 escape\x1b[0m", "bell and  escape[0m"),
        ("two\nlines\tkept", "two\nlines\tkept"),
        ("\u0645\u200f \u05d0\u200e", "\u0645\u200f \u05d0\u200e"),
        ("Zoe\u0308 O\u2019Neill", "Zoe\u0308 O\u2019Neill"),
    ],
)
def test_what_turns_words_around_is_left_out(typed: str, kept: str) -> None:
    assert without_unseen(typed) == kept


@pytest.mark.django_db
def test_a_name_typed_with_them_is_kept_without(client: Client) -> None:
    place = county()
    sign_in(client, place.officer)
    press(client, a_page(client), BUTTON, **TYPED | {"given_name": TURNED})
    assert Referral.objects.get().given_name == "Tamsin"
