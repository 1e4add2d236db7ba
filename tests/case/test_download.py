"""A file leaves the restricted area only as a download, only to whom it is open, and only once the look is written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, operations
from prevent_cases.casework.kinds import Look, ScanState
from prevent_cases.casework.models import AccessLog, Document
from prevent_cases.casework.now import held_at, now, today
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.database import Servers, as_superuser
from tests.factories import (
    County,
    a_conflict,
    a_named_worker,
    a_person,
    a_referral,
    acting,
    an_eml,
    county,
    nominate,
    received_file,
    sign_in,
)  # fmt: skip

LETTER = an_eml("The letter’s own words.")


def a_letter(place: County, state: str = S.PREPARING, **asked: Any) -> tuple[Referral, UUID]:
    referral = a_referral(place, state, files=[received_file(LETTER, "Wilfred Ackerley.eml")], **asked)
    holder = place.locality_worker if state == S.PREPARING else place.officer
    with access.material(holder, referral.case_id):
        return referral, Document.objects.get(case=referral.case).pk


def fetch(client: Client, actor: Actor, referral: Referral, document: UUID) -> Any:
    """The answer, with the bytes of the file it streamed as ``sent``."""
    answer = sign_in(client, actor).get(reverse("document", args=[referral.case_id, document]))
    answer.sent = b"".join(answer.streaming_content) if answer.streaming else b""  # type: ignore[attr-defined]
    return answer


def test_the_bytes_come_as_they_were_sent_always_as_a_download(place: County, client: Client) -> None:
    referral, document = a_letter(place)
    answer = fetch(client, place.locality_worker, referral, document)
    assert answer.status_code == 200
    assert answer.sent == LETTER
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in answer["Cache-Control"]
    name = answer["Content-Disposition"]
    assert name.startswith(f'attachment; filename="{referral.case.reference}-referral-as-received-')
    assert name.endswith('.eml"')
    assert "Ackerley" not in name


def test_each_fetch_is_one_line_in_the_access_log(place: County, client: Client) -> None:
    referral, document = a_letter(place)
    fetch(client, place.locality_worker, referral, document)
    line = AccessLog.objects.get(case=referral.case)
    assert (line.what, line.record, line.user_id) == (
        Look.DOCUMENT, f"casework.document:{document}", place.locality_worker.user_id,
    )  # fmt: skip
    assert line.basis == "nominated"
    assert line.source == "127.0.0.1"


def test_grants_decide(place: County, client: Client) -> None:
    referral, document = a_letter(place)

    def may(actor: Actor) -> bool:
        answer = fetch(client, actor, referral, document)
        assert answer.status_code in (200, 404)
        return bool(answer.sent == LETTER)

    assert may(place.locality_worker), "a nominated worker of the team that holds it"
    assert not may(place.colleague), "a member who is not nominated"
    assert not may(place.locality_manager), "a manager who is not nominated"
    assert not may(place.area_worker), "a nominated worker of another team"
    assert not may(place.officer), "an officer of the SSU after it was placed"
    assert not may(place.ssu_lead), "the lead of the SSU after it was placed"
    assert not may(place.liaison), "policing"
    assert not may(place.auditor), "an auditor"


def test_the_ssu_opens_it_before_it_is_placed_and_not_after(place: County, client: Client) -> None:
    before, document = a_letter(place, S.CHECKING)
    assert fetch(client, place.officer, before, document).sent == LETTER
    after, placed = a_letter(place)
    assert fetch(client, place.officer, after, placed).status_code == 404


def test_a_named_worker_until_the_date_and_not_after(place: County, client: Client) -> None:
    referral, document = a_letter(place)
    worker, last = place.other_locality_worker, timedelta(days=5)
    a_named_worker(place, referral, worker, days=5)
    with held_at(now() + last):
        assert fetch(client, worker, referral, document).sent == LETTER
    with held_at(now() + last + timedelta(days=1)):
        assert fetch(client, worker, referral, document).status_code == 404


def test_access_taken_back_ends_at_once(place: County, client: Client) -> None:
    referral, document = a_letter(place)
    worker = place.other_locality_worker
    a_named_worker(place, referral, worker)
    assert fetch(client, worker, referral, document).sent == LETTER
    operations.end_worker(case=referral.case, worker=worker.user, by=place.locality_worker, at=now())
    assert fetch(client, worker, referral, document).status_code == 404


def test_an_excluded_person_may_not_whatever_they_were_granted(place: County, client: Client) -> None:
    referral, document = a_letter(place)
    worker = place.other_locality_worker
    a_named_worker(place, referral, worker)
    a_conflict(referral, worker)
    assert fetch(client, worker, referral, document).status_code == 404


def test_an_account_that_was_closed_may_not(place: County, client: Client) -> None:
    referral, document = a_letter(place)
    user = place.locality_worker.user
    sign_in(client, place.locality_worker)
    user.is_active = False
    user.save()
    answer = client.get(reverse("document", args=[referral.case_id, document]))
    assert answer.status_code == 302
    assert "sign-in" in answer.url


def test_a_nomination_that_ended_yesterday_opens_nothing(place: County, client: Client) -> None:
    referral, document = a_letter(place)
    user = a_person("Nerys Combe", place.locality_team)
    nomination = nominate(user, place.locality_team, ends_on=today())
    assert fetch(client, acting(user), referral, document).sent == LETTER
    nomination.ends_on = today() - timedelta(days=1)
    nomination.save()
    assert fetch(client, acting(user), referral, document).status_code == 404


@pytest.mark.parametrize(
    ("scan", "words"), [(ScanState.WAITING, "check for viruses"), (ScanState.INFECTED, "Harmful content was found")]
)
def test_a_file_that_is_held_is_explained_and_not_sent(place: County, client: Client, scan: str, words: str) -> None:
    referral, document = a_letter(place)
    with access.material(place.locality_worker, referral.case_id):
        held = Document.objects.get(pk=document)
        held.scan = scan
        held.save()
    answer = fetch(client, place.locality_worker, referral, document)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert LETTER not in answer.content
    page = client.get(reverse("case-restricted", args=[referral.case_id])).content.decode()
    assert words in page
    assert reverse("document", args=[referral.case_id, document]) not in page


LOGLESS = """CREATE FUNCTION no_log() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the log is not there'; END $$;
CREATE TRIGGER no_log BEFORE INSERT ON casework_accesslog FOR EACH ROW EXECUTE FUNCTION no_log()"""


@pytest.mark.django_db(transaction=True)
def test_without_the_log_nothing_is_read(client: Client, servers: Servers, django_db_setup: Any) -> None:
    """T11: the audit insert is made to fail; every page that reads a case answers 503 and not one byte of it."""
    place = county()
    referral, document = a_letter(place)
    sign_in(client, place.locality_worker)
    with as_superuser(servers, django_db_setup.database) as cursor:
        cursor.execute(LOGLESS)
    try:
        urls = [reverse("document", args=[referral.case_id, document])]
        names = ("case", "case-history", "case-people", "case-restricted", "case-tasks", "case-looks", "case-print")
        urls += [reverse(name, args=[referral.case_id]) for name in names]
        for url in urls:
            answer = client.get(url)
            assert answer.status_code == 503, url
            assert not answer.streaming
            for hidden in (b"own words", b"Ackerley", referral.case.reference.encode()):
                assert hidden not in answer.content
    finally:
        with as_superuser(servers, django_db_setup.database) as cursor:
            cursor.execute("DROP TRIGGER no_log ON casework_accesslog; DROP FUNCTION no_log()")
