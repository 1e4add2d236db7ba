"""Nothing on a practitioner's page, mail, timing or reference differs by whether the council knows the person."""

from __future__ import annotations

import re
import statistics
import time
import uuid
from datetime import datetime
from itertools import chain
from math import erfc, sqrt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from prevent_cases.casework.days import LONDON
from referrals.operations import concerns
from tests.factories import KENT, County, a_concern, county, seen, sign_in
from tests.mine.two_counties import Told, known_in, story

MONDAY = datetime(2026, 6, 1, 10, 0, tzinfo=LONDON)
SUBMISSIONS = 40


@pytest.fixture
def place(db: None, settings: Any) -> County:
    settings.DEFAULT_PROCEDURE = KENT
    return county()


@pytest.fixture
def both(place: County, outbox: Path) -> tuple[Told, Told]:
    """The story in a county that does not know the person, then in the same county when it does."""
    return story(place, MONDAY, outbox, knows=False), story(place, MONDAY, outbox, knows=True)


def test_every_page_mail_and_statement_is_the_same_byte_for_byte(both: tuple[Told, Told]) -> None:
    unknown, known = both
    assert len(unknown.pages) >= 120
    assert [name for name, *_ in unknown.pages] == [name for name, *_ in known.pages]
    for one, other in zip(unknown.pages, known.pages, strict=True):
        assert one == other, one[0]
    assert len(unknown.mails) >= 2
    assert unknown.mails == known.mails
    for (name, one), (_, other) in zip(unknown.statements, known.statements, strict=True):
        assert one == other, f"{name} asks the database for something else"


def test_the_story_went_where_it_should_have(both: tuple[Told, Told]) -> None:
    """The comparison proves nothing if both sides were an error page."""
    for told in both:
        statuses = [status for _, status, *_ in told.pages]
        assert set(statuses) == {200, 302, 404}
        bodies = b"".join(body for *_, body in told.pages)
        for word in (b"Received", b"Being looked at", b"Finished", b"When was it?", b"On Monday.", b"Thank you."):
            assert word in bodies, word
        for secret in (b"Joined", b"register", b"already known", b"earlier case", b"Perrin Voss"):
            assert secret not in bodies, secret


def test_a_reference_tells_nothing(place: County) -> None:
    known_in(place)
    references = [_send(place, f"Person {number}", "Marrowby").case.reference for number in range(20)]
    assert len(set(references)) == 20
    assert all(re.fullmatch(r"PC-[0-9A-Z]{4}-[0-9A-Z]{3}-[0-9A-Z]{3}", each) for each in references), references


def test_sending_takes_as_long_for_somebody_known(place: County, client: Client) -> None:
    """Forty of each in turn, the confirm page's own POST; the ranks of one lie among the ranks of the other."""
    known_in(place)
    sign_in(client, place.practitioner)
    _timed(client, place, "Tobin", "Marrowby")
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(SUBMISSIONS):
        for knows in (True, False) if number % 2 else (False, True):
            took[knows].append(_timed(client, place, *(("Tobin", "Marrowby") if knows else ("Robyn", "Harkness"))))
    known, unknown = (statistics.median(took[knows]) for knows in (True, False))
    p = same_distribution(took[True], took[False])
    print(f"\nsending: known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms, p = {p:.2f}")
    assert p > 0.001 or abs(known - unknown) < 0.1 * unknown


def same_distribution(one: list[float], other: list[float]) -> float:
    """Mann-Whitney: how likely two samples of one distribution differ so much (normal approximation, two-sided)."""
    ranked = sorted(chain(((value, 1) for value in one), ((value, 0) for value in other)))
    ranks = sum(place for place, (_, which) in enumerate(ranked, start=1) if which)
    n, m = len(one), len(other)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    return erfc(abs(z) / sqrt(2))


def test_the_measure_of_two_samples_can_tell_them_apart() -> None:
    slow, fast = [1 + n / 100 for n in range(40)], [1.2 + n / 100 for n in range(40)]
    assert same_distribution(slow, fast) < 0.001
    assert same_distribution(slow, list(slow)) > 0.5


def _timed(client: Client, place: County, given: str, family: str) -> float:
    typed = {"individual.given_name": given, "individual.family_name": family, "individual.born_on": "1991-03-14"}
    concern = a_concern(place, **typed)
    form = client.get(f"/refer/{concern.pk}/check/").context["form"]
    posted = {name: form[name].value() for name in ("key", "version")}
    began = time.perf_counter()
    answer = client.post(f"/refer/{concern.pk}/check/", posted)
    took = time.perf_counter() - began
    assert answer.status_code == 302
    return took


def _send(place: County, given: str, family: str) -> object:
    concern = a_concern(place, **{"individual.given_name": given, "individual.family_name": family})
    version = seen(concern, place.practitioner).version
    return concerns.send(concern_id=concern.pk, key=uuid.uuid4(), version=version, by=place.practitioner, at=MONDAY)
