"""Whatever is broken, the page protects: no broker, no editions, no calendar to count by. What was owed comes later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import holding, jobs, procedure
from prevent_cases.casework.models import Case, ClockRun, Notice
from prevent_cases.casework.now import now
from safeguarding.models import Protection
from tests.database import RUNTIME, Emptying, Servers, as_superuser
from tests.factories import a_protection, a_referral, county, sign_in

GONE = ("casework_procedureedition", "casework_editiontakenback", "casework_proclaimedday")


@contextmanager
def nothing_of_the_procedure_can_be_read(servers: Servers, database: str) -> Iterator[None]:
    """The tables of editions and proclaimed days are shut to the service, and it trusts none it read before."""
    trusted, procedure.READ_EVERY = procedure.READ_EVERY, -1.0
    with as_superuser(servers, database) as cursor:
        for table in GONE:
            cursor.execute(f"REVOKE ALL ON {table} FROM {RUNTIME}")
        try:
            yield
        finally:
            for table in GONE:
                cursor.execute(f"GRANT SELECT, INSERT ON {table} TO {RUNTIME}")
            procedure.READ_EVERY = trusted


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["IMMEDIATE", "SECTION_17"])
def test_the_press_is_enough(
    servers: Servers, django_db_setup: Emptying, client: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    place = county()
    referral = a_referral(place, "WITH_CHILDREN")
    holding.place(case=referral.case, received_at=now(), reason="Checks", by=place.children, at=now())
    sign_in(client, place.children)
    address = reverse("safety", args=[referral.case_id])
    monkeypatch.setattr(settings, "REDIS_URL", "redis://127.0.0.1:1")
    monkeypatch.setattr(settings, "CELERY_BROKER_URL", "redis://127.0.0.1:1")
    with nothing_of_the_procedure_can_be_read(servers, django_db_setup.database):
        assert b"If somebody is in danger now, call 999 first." in client.get(address).content
        pressed = client.post(address, {"kind": kind, "reason": "He was told to leave home."})
        assert pressed.status_code == 302
        after = client.get(pressed["Location"])
        assert after.status_code == 200
        assert "nothing stands in its way" in after.content.decode()
    begun = Protection.objects.get(case=referral.case_id, kind=kind)
    assert begun.is_open
    assert Case.objects.get(pk=referral.case_id).held_until is None
    assert Notice.objects.filter(case=referral.case_id, kind="protection.opened").exists()
    assert not ClockRun.objects.filter(subject=begun.record_key).exists()
    assert jobs.run("start_owed_clocks", now())["started"] == 1
    run = ClockRun.objects.get(subject=begun.record_key)
    assert run.started_at == (begun.counted_from if kind == "SECTION_17" else begun.opened_at)
    assert jobs.run("start_owed_clocks", now())["started"] == 0


@pytest.mark.django_db
def test_what_is_not_owed_is_not_started() -> None:
    place = county()
    referral = a_referral(place, "WITH_CHILDREN")
    a_protection("IMMEDIATE", "DISCUSSED", referral=referral, by=place.children)
    a_protection("SECTION_17", "FINISHED", referral=referral, by=place.children)
    assert jobs.run("start_owed_clocks", now())["started"] == 0
