"""Nothing personal leaves the pages of a case: a whole journey, and every place where something could lie (P9, T17)."""

from __future__ import annotations

import inspect
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

import pytest
import redis
from celery import Task
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access, jobs, tasks
from prevent_cases.casework.downloads import name_of
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.models import Document
from prevent_cases.casework.now import held_at, now
from prevent_cases.celery import app as celery
from referrals.models import PractitionerReferral
from tests.access import canaries
from tests.access.addresses import addresses
from tests.access.canaries import MARKS, WORDS, found_in, leaks
from tests.access.marked_journey import from_a_worry_to_its_end, from_receipt_to_closing
from tests.access.matrix import whole
from tests.architecture.source import called, calls, product
from tests.factories import County, county, sign_in

HOLDS_WORDS = (
    "casework_event", "casework_narrative", "casework_note", "casework_document", "casework_disclosure",
    "casework_draft", "casework_directoryentry", "casework_clockentry", "casework_caseuserobjectpermission",
    "casework_historical", "referrals_", "accounts_", "axes_", "django_session",
)  # fmt: skip
"""Tables that hold what people wrote or who they are, or that are looked at by themselves below."""

IDENTITY = ("given_name", "family_name", "other_names", "address", "phone", "sender_name", "file_words", "file_name")
MADE_HERE = (DocumentKind.NIL_RETURN, DocumentKind.ANSWER, DocumentKind.FORM_ANSWER)


# Counter terrorism policing are told their own reference in the notices that go to them; it names nobody.


def everything_in(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")
        return [text for (text,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_nothing_personal_leaves_a_case_on_its_way_from_receipt_to_closing(servers, outbox, capfd, caplog, subtests):
    place, at = county(), now()
    with held_at(at):
        referral = from_receipt_to_closing(place, at)
        concern, sent = from_a_worry_to_its_end(place, at)
    for later in (timedelta(minutes=1), timedelta(days=20), timedelta(days=400)):
        with held_at(at + later):
            for job in jobs.every():
                jobs.run(job, at + later)
    clients = [sign_in(Client(), actor) for actor in (place.officer, place.locality_worker)]
    for client in clients:
        for word in (WORDS["family_name"], "5 June 1987", WORDS["search"]):
            assert client.post(reverse("referrals:search"), {"q": word}).status_code == 200
    with subtests.test("nobody else's pages show what a practitioner wrote"):
        assert shown_to_others(place, concern.pk, sent) == []
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [WORDS["family_name"]])

    with subtests.test("the marks are where they belong"):
        assert len(MARKS) >= 20
        with access.material(place.locality_worker, referral.case_id):
            kept = [row for table in ("casework_note", "referrals_person") for row in everything_in(table)]
        assert len(found_in(*kept)) >= 8
    with access.material(place.locality_worker, referral.case_id):
        documents = list(Document.objects.filter(case=referral.case))
    assert {document.kind for document in documents} > {DocumentKind.ANSWER, DocumentKind.FORM_ANSWER}
    said = capfd.readouterr()
    sinks = {
        "mail": (20, [f"{mail.name} {mail.read_text()}" for mail in outbox.rglob("*.eml")]),
        "a session": (2, [str(session.get_decoded()) for session in Session.objects.all()]),
        "the cache": (0, [str(kept) for kept in cache._cache.values()]),
        "a cookie": (2, [client.cookies.output() for client in clients]),
        "the name of a document": (5, names_of(documents, referral.case.reference)),
        "what was printed": (1, [said.out + said.err]),
        "a log record": (0, [record.getMessage() for record in caplog.records]),
        "the log of the database": (1, [log.read_bytes() for log in database_logs(servers.superuser)]),
        "the broker": (1, what_the_broker_holds(servers)),
        **{table: (0, everything_in(table)) for table in tables_without_words()},
    }
    assert sum(len(texts) for _, texts in sinks.values()) >= 100
    for sink, (fewest, texts) in sinks.items():
        with subtests.test(sink):
            assert len(texts) >= fewest
            allowed = WORDS["policing_reference"] if sink in ("mail", "casework_notice") else "nothing"
            assert [leak for leak in leaks(sink, texts) if not leak.startswith(allowed)] == []
    with subtests.test("events name nobody the case is about"):
        marks = {WORDS[name] for name in IDENTITY} | {*canaries.BORN, canaries.NHS_NUMBER, canaries.POSTCODE}
        assert not found_in(*everything_in("casework_event")) & marks


def shown_to_others(place: County, concern_id: UUID, sent: PractitionerReferral) -> list[str]:
    """The marks on pages about a concern and a sent referral, asked for by colleagues and by the unit. The directory is
    shown to everybody who refers."""
    ids = {"concern_id": concern_id, "referral_id": sent.pk, "slug": "person", "key": "head_of_safeguarding"}
    own = [each for each in addresses() if each.name.partition(":")[0] in ("refer", "mine")]
    asked = [each.path(ids) for each in own if set(each.takes) <= set(ids)]
    assert len(asked) >= 15
    found = []
    for actor in (place.other_practitioner, place.school_deputy, place.officer, place.liaison):
        client = sign_in(Client(), actor)
        home = () if actor in (place.officer, place.liaison) else ("/",)  # theirs lists the police referral
        bodies = [whole(client.get(path, follow=bool(home))) for path in (*asked, *home)]
        found += leaks(f"the pages of {actor.name}", bodies)
    return [leak for leak in found if not leak.startswith(WORDS["holder"])]


def tables_without_words() -> list[str]:
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.managed]
    plain = [table for table in tables if not table.startswith(HOLDS_WORDS)]
    assert {"casework_notice", "casework_accesslog", "casework_case", "casework_dueaction"} <= set(plain)
    return plain


def names_of(documents: list[Document], reference: str) -> list[str]:
    """What downloads are called, what they are stored under, and what those we make ourselves are titled."""
    made = [f"{document.file_name} {document.title}" for document in documents if document.kind in MADE_HERE]
    return [name_of(document, reference) for document in documents] + [d.store_key for d in documents] + made


def database_logs(address: str) -> list[Path]:
    """The server's log files, beside its data directory."""
    socket = Path(unquote(urlsplit(address).hostname or ""))
    return [path for path in socket.parent.rglob("*.log") if path.is_file()]


def what_the_broker_holds(servers) -> list[str]:
    """Every key and value after each job was sent for. None takes an argument, so none can hold one."""
    with celery.connection_for_write(servers.redis) as broker:
        for entry in celery.conf.beat_schedule.values():
            celery.send_task(entry["task"], connection=broker)
    with redis.Redis.from_url(servers.redis_client) as client:
        held = [
            f"{key} {client.lrange(key, 0, -1) if client.type(key) == b'list' else ''}" for key in client.scan_iter()
        ]
        client.flushdb()
    assert "casework.sweep_clocks" in str(held)
    return held


def test_a_job_is_told_nothing_and_looks_for_its_own_work():
    named = [entry["task"] for entry in celery.conf.beat_schedule.values()]
    functions = {task.name: task.run for task in vars(tasks).values() if isinstance(task, Task)}
    assert set(named) <= set(functions)
    assert {name: [*inspect.signature(run).parameters] for name, run in functions.items()} == {
        name: ["job"] if name == "casework.run_job" else [] for name in functions
    }
    told = [word for entry in celery.conf.beat_schedule.values() for word in entry.get("args", ())]
    assert set(told) <= set(jobs.every())


def test_nothing_is_sent_to_the_broker_by_hand():
    """Whatever is to be done later is a row. With the broker gone, a request still ends."""
    sends = {"delay", "apply_async", "send_task"}
    assert [m.at(call) for m in product() for call in calls(m.tree) if called(call) in sends] == []


@pytest.mark.parametrize("text", ["ZQ02familyname", "born 5 June 1987", "?q=zq26search", b"9434765919", "ZE37QX"])
def test_the_search_for_marks_can_see_them(text):
    assert leaks("a test", ["nothing", text])
