"""When something breaks, the person is told so in words, and nothing of a case goes anywhere."""

import json
import logging
import sys
from types import ModuleType

import pytest
from django.db import connection
from django.test import Client
from django.urls import path

from prevent_cases.casework.access import open_to_all
from prevent_cases.casework.models import Heartbeat
from prevent_cases.casework.now import now
from prevent_cases.health import BEAT
from prevent_cases.quiet_logs import IdsOnly
from prevent_cases.urls import handler404, urlpatterns
from tests.access.addresses import addresses
from tests.access.canaries import WORDS, leaks
from tests.access.robot import Visit
from tests.access.test_pages import wrong_headers
from tests.factories import county, sign_in

WHY = "It is planted by a test to be found."


@open_to_all(WHY)
def breaks(request):
    raise ValueError(f"{WORDS['family_name']} has no such address")


@open_to_all(WHY)
def asks_wrongly(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [WORDS["family_name"]])


@pytest.fixture
def broken(settings):
    module = ModuleType("broken_urls")
    module.urlpatterns = [path("breaks/", breaks), path("asks-wrongly/", asks_wrongly), *urlpatterns]
    module.handler404 = handler404
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    yield Client(raise_request_exception=False)
    del sys.modules[module.__name__]


@pytest.fixture
def lines(monkeypatch):
    """What the service's own formatter makes of every record, whatever its level or logger."""
    kept: list[str] = []
    whole = logging.Logger.callHandlers

    def keep(logger, record):
        kept.append(IdsOnly().format(record))
        whole(logger, record)

    monkeypatch.setattr(logging.Logger, "callHandlers", keep)
    return kept


@pytest.mark.parametrize(("place", "status"), [("/breaks/", 500), ("/asks-wrongly/", 503), ("/nowhere/", 404)])
def test_an_error_says_nothing_of_what_it_was_about(transactional_db, broken, lines, place, status):
    response = broken.get(f"{place}?name={WORDS['given_name']}")
    assert response.status_code == status
    assert leaks("the page", [response.content, *response.items()]) == []
    assert b"Traceback" not in response.content
    assert leaks("the log", lines) == []
    assert wrong_headers(Visit("visitor", "get", place, response, response.content, [], [])) == []


def test_the_log_says_where_it_was_and_what_kind_and_no_more(transactional_db, broken, lines):
    broken.get("/asks-wrongly/")
    said = [json.loads(line) for line in lines]
    database = next(line for line in said if line["logger"] == "prevent_cases.errors")
    assert database["exception"] == "DataError"
    assert len(database["incident"]) == 8
    allowed = {"at", "level", "logger", "from", "exception", "raised_in", "incident", "job", "count"}
    assert all(set(line) <= allowed for line in said)


def test_the_incident_on_the_page_is_the_one_in_the_log(transactional_db, broken, lines):
    page = broken.get("/asks-wrongly/").content.decode()
    incident = next(json.loads(line)["incident"] for line in lines if "incident" in line)
    assert incident in page


def test_no_error_page_is_sent_by_mail(settings):
    assert settings.ADMINS == []
    assert not any("Email" in handler["class"] for handler in settings.LOGGING["handlers"].values())


def test_every_post_without_its_token_is_refused(db):
    client = sign_in(Client(enforce_csrf_checks=True), county().officer)
    refused = 0
    for address in addresses():
        if address.takes:
            continue
        response = client.post(address.path({}))
        if response.status_code not in (404, 405):
            assert response.status_code == 403, address.route
            refused += 1
    assert refused >= 8


def test_a_post_from_another_site_is_refused(db):
    place = county()
    client = sign_in(Client(enforce_csrf_checks=True), place.officer)
    page = client.get("/account/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    data = {"digest": "DAILY", "csrfmiddlewaretoken": token}
    foreign = client.post("/account/", data, headers={"origin": "https://council.example.net"})
    assert foreign.status_code == 403
    assert client.post("/account/", data).status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace", "head"])
def test_no_other_method_is_answered(db, method):
    """HEAD may be, where a page may be read. The service is ready, because its beat was a moment ago."""
    Heartbeat.objects.create(job=BEAT, at=now())
    client = sign_in(Client(), county().officer)
    for address in addresses():
        if address.is_ours and not address.takes:
            status = getattr(client, method)(address.path({})).status_code
            assert status in (404, 405) or (method == "head" and status < 400), f"{status} {address.route}"
