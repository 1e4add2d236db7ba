"""Is it alive, and is it ready? Plain sentences without detail, for those who run the service."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from prevent_cases.casework import calendars
from prevent_cases.casework.access import open_to_all
from prevent_cases.casework.models import Heartbeat, Notice
from prevent_cases.casework.now import now, today
from prevent_cases.casework.procedure import every

BEAT = "sweep_clocks"
BEAT_EVERY = timedelta(minutes=5)
SENT_WITHIN = timedelta(minutes=15)
BROKER_SECONDS = 2.0
GRACE_SECONDS = 180.0
"""For so long after its start a web server does not ask for a beat: web, worker and beat start together."""

_started = time.monotonic()


@open_to_all("It says only that the web server answers.")
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@open_to_all("It names the part that is missing, and nothing of what is in it.")
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 and "ready", with a line for what will be missing within the year; or 503 and a line for each thing that is
    missing."""
    found = problems(now())
    words = "\n".join(found or ["ready", *warnings(today())])
    return HttpResponse(f"{words}\n", content_type="text/plain", status=503 if found else 200)


def warnings(on: date) -> list[str]:
    """What somebody must see to although the service does its work, as sentences."""
    return [ending for procedure in {one.division: one for one in every()}.values()
            if (ending := calendars.ending(procedure.division, on))]  # fmt: skip


def problems(at: datetime) -> list[str]:
    """What keeps the service from its work at this moment, as sentences."""
    try:
        found = [*_of_the_database(), *_of_the_beat(at), *_of_the_outbox(at)]
    except DatabaseError:
        found = ["The database does not answer."]
    return found + _of_the_broker()


def _of_the_database() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        missing = _on_disk() - set(cursor.fetchall())
    return [f"Migrations are not applied: {len(missing)}."] if missing else []


@cache
def _on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _of_the_beat(at: datetime) -> list[str]:
    if time.monotonic() - _started < GRACE_SECONDS:
        return []
    beaten = Heartbeat.objects.filter(job=BEAT, at__gte=at - BEAT_EVERY).exists()
    return [] if beaten else ["The deadlines have not been swept lately: is the worker running, and beat?"]


def _of_the_outbox(at: datetime) -> list[str]:
    """A notice nobody tried to send, or one that waits for a mail server that cannot be reached. A single address
    that is refused keeps nothing else waiting, and shows in the notices themselves."""
    since = at - SENT_WITHIN
    waiting = Q(not_before__lte=since) | Q(written_at__lte=since, last_problem="unreachable")
    return ["Notices are waiting to be sent."] if Notice.objects.unsent().filter(waiting).exists() else []


def _of_the_broker() -> list[str]:
    address = settings.REDIS_URL.replace("redis+socket://", "unix://")
    try:
        with redis.Redis.from_url(
            address, socket_timeout=BROKER_SECONDS, socket_connect_timeout=BROKER_SECONDS
        ) as asked:
            asked.ping()
    except redis.RedisError:
        return ["The broker does not answer."]
    return []
