"""Health: alive without a database, ready only when every part does its work, and never a detail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from prevent_cases import health
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.models import Heartbeat, Notice
from prevent_cases.casework.now import held_at
from tests.factories import a_person

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)


@pytest.fixture
def beating(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service whose parts all work, and that started long ago."""
    monkeypatch.setattr(health, "_started", health.time.monotonic() - 2 * health.GRACE_SECONDS)
    monkeypatch.setattr(health, "now", lambda: NOW)
    Heartbeat.objects.create(job="sweep_clocks", at=NOW - timedelta(minutes=1))


def a_notice(**columns: Any) -> Notice:
    usual = {"key": "k", "kind": "clock.late", "user": a_person("Olive Tarn"), "written_at": NOW, "not_before": NOW}
    return Notice.objects.create(**{**usual, **columns})


def test_it_is_alive_without_asking_the_database(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert answer["Cache-Control"].startswith("max-age=0")


def test_it_is_ready_when_every_part_does_its_work(client: Client, beating: None) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ready\n", "text/plain")
    assert client.post("/health/ready").status_code == 405


def test_the_end_of_the_bank_holidays_is_told_of_while_it_is_ready(client: Client, beating: None) -> None:
    with held_at(datetime(2028, 2, 1, 9, 0, tzinfo=LONDON)):
        answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.content.startswith(b"ready\nThe bundled bank holidays of england-and-wales end on 31 December 2028")


def test_a_worker_that_has_stopped_is_missed(client: Client, beating: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Heartbeat.objects.update(at=NOW - timedelta(minutes=6))
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.content == b"The deadlines have not been swept lately: is the worker running, and beat?\n"
    monkeypatch.setattr(health, "_started", health.time.monotonic())
    assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize(
    ("columns", "is_missed"),
    [
        ({"not_before": NOW - timedelta(minutes=16)}, True),
        ({"not_before": NOW - timedelta(minutes=14)}, False),
        ({"written_at": NOW - timedelta(minutes=16), "not_before": NOW + timedelta(minutes=4), "attempts": 4,
          "last_problem": "unreachable"}, True),
        ({"written_at": NOW - timedelta(days=2), "not_before": NOW + timedelta(hours=4), "attempts": 9,
          "last_problem": "declined"}, False),
        ({"written_at": NOW - timedelta(hours=9), "not_before": NOW + timedelta(hours=4)}, False),
        ({"not_before": NOW - timedelta(hours=16), "sent_at": NOW}, False),
    ],
    ids=["nobody tries", "in good time", "the carrier is away", "one bad address", "kept for the morning", "sent"],
)  # fmt: skip
def test_notices_that_wait_too_long_are_missed(beating: None, columns: dict[str, Any], is_missed: bool) -> None:
    a_notice(**columns)
    assert (health.problems(NOW) == ["Notices are waiting to be sent."]) == is_missed


def test_a_migration_that_was_not_applied_is_missed(beating: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with_another = frozenset({*health._on_disk(), ("casework", "9999_to_come")})
    monkeypatch.setattr(health, "_on_disk", lambda: with_another)
    assert health.problems(NOW) == ["Migrations are not applied: 1."]


def test_a_broker_that_does_not_answer_is_missed(beating: None, settings: Any) -> None:
    settings.REDIS_URL = "redis+socket:///nowhere/redis.sock"
    assert health.problems(NOW) == ["The broker does not answer."]


def test_a_database_that_does_not_answer_is_said_without_its_own_words(client: Client, beating: None) -> None:
    def away(*_: object) -> None:
        raise DatabaseError("FATAL: password authentication failed for user Margaret")

    with connection.execute_wrapper(away):
        answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.content == b"The database does not answer.\n"
