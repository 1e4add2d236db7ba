"""Whom to call, and on which number, by the hour."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from prevent_cases.casework.models import DirectoryEntry
from tests.factories import county, sign_in

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("path", ["/refer/", "/refer/danger/"])
@pytest.mark.parametrize(
    ("at", "number", "other"),
    [
        (datetime(2026, 6, 5, 10, tzinfo=LONDON), "01632 960 700", "01632 960 701"),
        (datetime(2026, 6, 5, 19, tzinfo=LONDON), "01632 960 701", "01632 960 700"),
        (datetime(2026, 12, 25, 10, tzinfo=LONDON), "01632 960 701", "01632 960 700"),
    ],
    ids=["in office hours", "in the evening", "on Christmas Day"],
)
def test_the_number_is_the_one_that_is_answered_now(path, at, number, other):
    with time_machine.travel(at, tick=False):
        DirectoryEntry.objects.create(
            kind="EMERGENCY_LINE", title="Council emergency line", telephone="01632 960 700",
            out_of_hours="01632 960 701", opens_at=time(9), closes_at=time(17), starts_on=date(2026, 1, 1),
        )  # fmt: skip
        page = sign_in(Client(), county().practitioner).get(path).content.decode()
    assert number in page
    assert other not in page
    assert "tel:999" in page
