"""A council's own editions of a procedure: what may be published, when it takes effect, and what a case keeps."""

import subprocess
import sys
from datetime import date, time, timedelta

import pytest
from django.db import connections

from prevent_cases.casework import clocks, editions, procedure
from prevent_cases.casework.days import WorkingDays, civil_date, moment
from prevent_cases.casework.models import EditionTakenBack, PreparedEdition, ProcedureEdition
from prevent_cases.casework.now import now, today
from prevent_cases.casework.workflow import NotAllowed, Refused, StaleRecord
from tests.factories import a_referral, county

pytestmark = pytest.mark.django_db

KENT = "kent-2023-12"
WORDS = {"texts": {"retention": "Kept for seven years, then reviewed."}}


@pytest.fixture
def place():
    return county()


@pytest.fixture(autouse=True)
def at_once(django_capture_on_commit_callbacks, monkeypatch):
    """A test's transaction is never kept, so what waits for that is done here."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def published(place, changes=WORDS, *, days=1, at=None, by=None, why="The schedule changed", **more):
    at = at or moment(today(), time(12))
    made = editions.publish(
        procedure_key=KENT, changes=changes, effective_from=civil_date(at) + timedelta(days=days), why=why,
        by=by or place.ssu_lead, at=at, **more,
    )  # fmt: skip
    procedure.read_again()
    return made


def test_a_case_keeps_the_words_in_force_on_the_day_it_was_received(place):
    referral = a_referral(place, "RECEIVED")
    before = referral.case.procedure.texts["retention"]
    edition = published(place)
    assert referral.case.procedure.texts["retention"] == before
    referral.case.opened_at = moment(edition.effective_from, time(0))
    assert referral.case.procedure.texts["retention"] == WORDS["texts"]["retention"]
    referral.case.opened_at -= timedelta(seconds=1)
    assert referral.case.procedure.texts["retention"] == before


def test_editions_add_up_in_the_order_of_their_days(place):
    published(place, {"texts": {"retention": "Later"}}, days=9)
    published(place, {"texts": {"retention": "Sooner"}, "labels": {"register": "Mosaic two"}}, days=2)
    said = {
        days: procedure.in_force(KENT, today() + timedelta(days=days)).texts["retention"] for days in (1, 2, 8, 9, 900)
    }
    base = procedure.published(KENT).texts["retention"]
    assert said == {1: base, 2: "Sooner", 8: "Sooner", 9: "Later", 900: "Later"}
    assert procedure.in_force(KENT, today() + timedelta(days=9)).label("register", "") == "Mosaic two"
    assert procedure.in_force("england-2023", today() + timedelta(days=9)) is procedure.published("england-2023")


def test_a_clock_keeps_the_length_promised_and_a_later_case_gets_the_new_one(place):
    published(place, {"lengths": {"referral.reply": 7}})
    clock = clocks.declared("referral.reply")
    assert procedure.in_force(KENT, today()).length_of(clock) == WorkingDays(10)
    assert procedure.in_force(KENT, today() + timedelta(days=1)).length_of(clock) == WorkingDays(7)


def test_reasons_and_prompts_are_replaced_whole(place):
    published(
        place,
        {
            "reasons": {"referral.reopen": [["other", "Another reason", True]]},
            "prompts": [["worry", "Something that worries you", ""]],
        },
    )
    kept = procedure.in_force(KENT, today() + timedelta(days=1))
    [reason] = kept.reasons_for("referral.reopen")
    assert (reason.label, reason.needs_words) == ("Another reason", True)
    assert [prompt.label for prompt in kept.prompts] == ["Something that worries you"]


@pytest.mark.parametrize("role", ["officer", "lists", "auditor", "practitioner", "locality_manager", "visitor"])
def test_only_the_lists_manager_and_the_units_lead_publish(place, role):
    with pytest.raises(NotAllowed):
        published(place, by=getattr(place, role))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Nothing has been prepared"),
        ({"texts": {}}, "Nothing has been prepared"),
        ({"steps": ["x"]}, "cannot change steps"),
        ({"texts": {"poem": "Words"}}, "nothing called poem"),
        ({"texts": {"retention": "  "}}, "Enter the words"),
        ({"texts": {"retention": "x" * 1001}}, "1000 characters or fewer"),
        ({"texts": {"retention": "See {reference}"}}, "{reference} is not filled in here"),
        ({"texts": {"case_note": "{received} {reference} {team} {postcode}"}}, "{postcode} is not filled in"),
        ({"texts": {"case_note": "{received.__class__} {reference} {team}"}}, "not filled in here"),
        ({"texts": {"case_note": "Received {received}, by {team}"}}, "must hold {reference}"),
        ({"texts": {"case_note": "Received {received"}}, "curly bracket"),
        ({"lengths": {"referral.reply": 0}}, "between 1 and 365"),
        ({"lengths": {"referral.reply": 10_000}}, "between 1 and 365"),
        ({"lengths": {"case.retention": 101}}, "between 1 and 100"),
        ({"lengths": {"form.reply": 5}}, "no such deadline"),
        ({"lengths": {"nothing": 5}}, "no such deadline"),
        ({"reasons": {"referral.reopen": []}}, "between 1 and 30"),
        ({"reasons": {"referral.reopen": [["a", "One", False], ["b", "one ", False]]}}, "same wording"),
        ({"reasons": {"referral.reopen": [["a", "", False]]}}, "Enter the words"),
        ({"labels": {"register": "x" * 101}}, "100 characters or fewer"),
        ({"prompts": []}, "between 1 and 30"),
        ({"prompts": [["a", "One", "x" * 201]]}, "hint of"),
    ],
)
def test_what_cannot_stand_is_refused_and_says_why(place, changes, says):
    with pytest.raises(Refused, match=says):
        published(place, changes)
    assert not ProcedureEdition.objects.exists()


def test_a_process_that_has_not_read_what_another_published_judges_by_it_all_the_same(place):
    published(place)
    procedure.take_up(())
    with pytest.raises(Refused, match="Nothing here differs"):
        published(place, days=2)


def test_an_edition_that_changes_nothing_is_refused(place):
    same = {"texts": {"retention": procedure.published(KENT).texts["retention"]}}
    with pytest.raises(Refused, match="Nothing here differs"):
        published(place, same)


@pytest.mark.parametrize("why", ["", "   ", "x" * 301])
def test_it_says_why_in_three_hundred_characters(place, why):
    with pytest.raises(Refused, match=r"why|300"):
        published(place, why=why)


@pytest.mark.parametrize("days", [-400, -1, 0])
def test_it_takes_effect_tomorrow_at_the_earliest(place, days):
    with pytest.raises(Refused, match="or later, so that no case misses it"):
        published(place, days=days)


def test_just_before_midnight_it_is_too_late_for_tomorrow(place):
    late = moment(date(2026, 11, 24), editions.LATEST_HOUR)
    with pytest.raises(Refused, match="Thursday 26 November 2026 or later"):
        published(place, at=late)
    assert published(place, at=late, days=2).effective_from == date(2026, 11, 26)
    assert published(place, {"labels": {"register": "New"}}, at=late - timedelta(seconds=1)).number == 2


def test_the_margin_is_longer_than_a_process_goes_without_reading():
    latest = editions.LATEST_HOUR
    margin = 24 * 3600 - (latest.hour * 3600 + latest.minute * 60)
    assert margin >= 10 * procedure.READ_EVERY


def test_a_process_reads_once_a_minute_and_not_once_a_request(place, django_assert_num_queries, monkeypatch):
    seconds = [1000.0]
    monkeypatch.setattr(procedure.time, "monotonic", lambda: seconds[0])
    procedure.read_again()
    with django_assert_num_queries(0):
        for seconds[0] in (1000.0, 1030.0, 1059.9):
            procedure.in_force(KENT, today())
    seconds[0] = 1060.0
    with django_assert_num_queries(1):
        for _ in range(20):
            procedure.in_force(KENT, today())


ASKS = """
import os, sys, django
django.setup()
from django.conf import settings
from datetime import date
from prevent_cases.casework import procedure
for line in sys.stdin:
    age, on = line.split()
    procedure._known = procedure._Known(procedure._known.editions, procedure._known.read_at - float(age))
    print(procedure.in_force("kent-2023-12", date.fromisoformat(on)).texts["retention"], flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_an_edition_within_a_minute_and_well_before_its_day(place, tmp_path):
    import os  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    wanted = connections["default"].settings_dict
    url = f"postgresql://{wanted['USER']}@/{wanted['NAME']}?host={wanted['HOST']}&port={wanted['PORT']}"
    told = {**os.environ, "DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL}
    with subprocess.Popen(
        [sys.executable, "-c", ASKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=told
    ) as other:

        def asked(age, on):
            other.stdin.write(f"{age} {on.isoformat()}\n")
            other.stdin.flush()
            return other.stdout.readline().strip()

        tomorrow = today() + timedelta(days=1)
        base = procedure.published(KENT).texts["retention"]
        assert asked(0, tomorrow) == base
        published(place)
        assert asked(0, tomorrow) == base, "it has read less than a minute ago"
        assert asked(procedure.READ_EVERY, today()) == base, "today's cases keep today's words"
        assert asked(0, tomorrow) == WORDS["texts"]["retention"]
        other.stdin.close()


def test_an_edition_not_in_force_is_taken_back_once_and_stays_in_the_list(place):
    edition = published(place)
    editions.take_back(edition=edition, by=place.ssu_lead, at=moment(today(), time(13)))
    procedure.read_again()
    tomorrow = procedure.in_force(KENT, edition.effective_from)
    assert tomorrow is procedure.published(KENT)
    with pytest.raises(Refused, match="taken back already"):
        editions.take_back(edition=edition, by=place.ssu_lead, at=moment(today(), time(14)))
    assert ProcedureEdition.objects.count() == EditionTakenBack.objects.count() == 1


@pytest.mark.parametrize("at", [moment(today(), editions.LATEST_HOUR), moment(today() + timedelta(days=1), time(9))])
def test_an_edition_in_force_or_about_to_be_is_not_taken_back(place, at):
    edition = published(place)
    with pytest.raises(Refused, match="Publish another"):
        editions.take_back(edition=edition, by=place.ssu_lead, at=at)


def test_two_editors_do_not_overwrite_each_other(place):
    def prepares(actor, words, version):
        return editions.prepare(
            procedure_key=KENT, part="texts", key="retention", value=words, by=actor, at=now(), version=version
        )

    assert prepares(place.lists, "Seven years.", 0).version == 1
    with pytest.raises(StaleRecord, match="Somebody else"):
        prepares(place.ssu_lead, "Eight years.", 0)
    assert prepares(place.ssu_lead, "Eight years.", 1).changes == {"texts": {"retention": "Eight years."}}
    with pytest.raises(StaleRecord):
        published(place, version=1)
    published(place, version=2)
    assert PreparedEdition.objects.get(pk=KENT).changes == {}


def test_what_is_put_back_as_it_was_is_no_longer_part_of_what_is_prepared(place):
    def prepares(part, key, value, version):
        return editions.prepare(
            procedure_key=KENT, part=part, key=key, value=value, by=place.lists, at=now(), version=version
        ).changes

    assert prepares("lengths", "referral.reply", 12, 0) == {"lengths": {"referral.reply": 12}}
    assert prepares("lengths", "referral.reply", 10, 1) == {}
    assert prepares("prompts", "", [["a", "One", ""]], 2) == {"prompts": [["a", "One", ""]]}
    assert prepares("prompts", "", None, 3) == {}


def test_an_officer_prepares_nothing(place):
    with pytest.raises(NotAllowed):
        editions.prepare(
            procedure_key=KENT, part="texts", key="retention", value="x", by=place.officer, at=now(), version=0
        )
