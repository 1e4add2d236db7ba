"""The history: newest first, in pages, by kind, with what each act changed; material only for whom it is open to."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access, operations, sentences
from prevent_cases.casework.engine import keep
from prevent_cases.casework.models import Event, Narrative
from prevent_cases.casework.now import held_at, now
from prevent_cases.casework.queries import PAGE
from prevent_cases.casework.sentences import Subject
from prevent_cases.procedures.kent import KENT_2023_12
from referrals.models import Referral
from referrals.operations import assigning, triage
from referrals.states import ReferralState as S
from tests.factories import County, a_named_worker, a_referral, sign_in

FACTS = {
    "team": "Alderfen locality team", "reason": "It went to the wrong team", "systems": ["Mosaic", "Archive"],
    "searched_on": "2026-06-04", "due_on": "2026-06-04", "was_due_on": "2026-06-03", "until": "2026-06-04",
    "clock": "referral.reply", "rung": 1, "who": "Cole Rudd", "to": "Cole Rudd", "what": "Answer to policing",
    "outcome": "To Channel", "told_on": "2026-06-04", "reference": "PC-4F7K-92MX-3HN", "referred_to": "Housing options",
    "holiday": "A proclaimed day", "holiday_on": "2026-06-04", "delivery": "IN_SERVICE", "lawful_basis": "Public task",
    "necessity": "They asked", "boxes": "Concerns",
    "agency": "Police", "answer": "Suitable", "result": "Clear", "about": "Agreement to sharing", "decision": "Ask now",
    "asked": "Whether it is suitable", "action": "Visit the family", "ending": "No continuing risk",
    "told_to": "Health",
    "held_at": "2026-06-04T10:00:00+01:00", "held_on": "2026-06-04", "until_on": "2026-06-04",
    "finished_on": "2026-06-04",
    "how": "Secure email", "other_needs": "None", "headings": 10, "named_worker": "Cole Rudd",
}  # fmt: skip


def page(client: Client, actor: Actor, referral: Referral, **asked: str) -> str:
    answer = sign_in(client, actor).get(reverse("case-history", args=[referral.case_id]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("saying", sentences.every(), ids=lambda saying: saying.kind)
def test_every_kind_of_event_reads_as_a_sentence(saying: sentences.Saying) -> None:
    said = sentences.sentence(saying.kind, FACTS, KENT_2023_12)
    for text in (said.text, *said.lines):
        assert re.match(r"[A-Z“]", text)
        assert not re.search(r"[{}_\[\]]|not recorded|\bNone\b.*\bNone\b|\d{4}-\d\d-\d\d", text), text
        assert saying.kind not in text


def test_every_kind_of_event_shows_with_its_time_and_person(place: County, client: Client) -> None:
    referral, at = a_referral(place, S.PREPARING, at=now() - timedelta(days=3)), now()
    kinds = [saying.kind for saying in sentences.every()]
    Event.objects.bulk_create(
        Event(case=referral.case, subject="x", kind=kind, by=place.officer.user, at=at, facts=FACTS) for kind in kinds
    )
    shown, after = "", "first"
    while after:
        text = page(client, place.locality_worker, referral, **({} if after == "first" else {"after": after}))
        shown += text
        found = re.search(r'after=([\d.]+)"[^>]*rel="next"', text)
        after = found.group(1) if found else ""
    items = shown.split('<div class="moj-timeline__item')[1:]
    for kind in kinds:
        title = sentences.sentence(kind, FACTS, KENT_2023_12).text.replace("'", "&#x27;")
        item = next(item for item in items if f">{title}<" in item)
        assert "by Olive Tarn" in item
        assert re.search(r"\d{1,2} \w+ \d{4} at [\d:]+[ap]m|midday|midnight", item)


def test_newest_comes_first_and_older_pages_follow_without_gap_or_double(place: County, client: Client) -> None:
    referral, at = a_referral(place, S.RECEIVED, at=now() - timedelta(days=9)), now() - timedelta(days=8)
    Event.objects.bulk_create(
        Event(
            case=referral.case, subject="x", kind="case.assigned", facts={"to": f"Nº{n:03}"},
            at=at + timedelta(minutes=n // 3),
        )
        for n in range(3 * PAGE)
    )  # fmt: skip
    seen, asked = [], {}
    while True:
        text = page(client, place.officer, referral, **asked)
        seen += re.findall(r"Gave the case to Nº(\d+)", text)
        found = re.search(r'after=([\d.]+)"[^>]*rel="next"', text)
        if not found:
            break
        asked = {"after": found.group(1)}
    assert seen == [f"{n:03}" for n in reversed(range(3 * PAGE))]


@pytest.mark.parametrize(
    "after", ["x", "9" * 16 + ".1", "1.1", ".", "1" * 40 + ".1", "²." + "1", "1.\x00", "1." + "9" * 30]
)
def test_a_cursor_nobody_gave_out_is_no_error(place: County, client: Client, after: str) -> None:
    page(client, place.officer, a_referral(place, S.RECEIVED), after=after)


def test_the_filter_shows_one_kind_and_what_it_does_not_know_is_everything(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    assigning.assign(case=referral.case, to=place.officer.user, by=place.officer, at=now())
    only = page(client, place.officer, referral, about=Subject.WORK)
    assert "Took it on" in only
    assert "Entered the referral" not in only
    assert "Entered the referral" in page(client, place.officer, referral, about="nonsense")
    assert "Nothing of this kind has happened" in page(client, place.officer, referral, about=Subject.SHARING)


def test_what_an_act_changed_is_shown_before_and_after(place: County, client: Client) -> None:
    at = now()
    referral = a_referral(place, S.QUERIED, at=at - timedelta(days=2))
    triage.answer_query(
        referral=referral, corrected={"given_name": "Wilfrid", "born_on": date(1991, 4, 13)}, reply="Corrected.",
        by=place.officer, at=at, version=referral.case.version,
    )  # fmt: skip
    shown = page(client, place.officer, referral)
    assert "First name: was " in shown
    assert re.search(
        r'Date of birth: was <span class="app-name">14 March 1991</span>, now <strong class="app-name">13 April', shown
    )
    assert re.search(r"Stage: was <span>Asked back</span>, now <strong>Received</strong>", shown)


def test_a_hand_over_that_saves_twice_is_told_once_and_the_right_way_round(place: County, client: Client) -> None:
    at = now()
    referral = a_referral(place, S.CHECKING, at=at - timedelta(days=2))
    with held_at(at):
        triage.send_to_locality(
            referral=referral, team=place.locality_team, known="OPEN", named_worker=None, named_worker_name="",
            systems=["Mosaic"], extract_at=None, found=[], by=place.officer, at=at,
        )  # fmt: skip
    shown = page(client, place.officer, referral)
    with_whom = re.findall(r"With: was <span>([^<]+)</span>, now <strong>([^<]+)</strong>", shown)
    assert with_whom == [("Strategic Safeguarding Unit", "Alderfen locality team")]


def test_no_model_or_column_is_named(place: County, client: Client) -> None:
    referral = a_referral(place, S.CLOSED)
    text = re.sub(r"<[^>]+>", " ", page(client, place.officer, referral).partition("<main")[2])
    assert not re.search(r"\w+_\w+|casework|referrals\.", text)


def test_material_is_told_only_to_whom_it_is_open_to(place: County, client: Client) -> None:
    at = now()
    referral = a_referral(place, S.PREPARING, at=at - timedelta(days=2))
    worker = place.locality_worker
    operations.write_note(case=referral.case, text="Secret words.", by=worker, at=at)
    with access.material(worker, referral.case_id):
        told = Narrative.objects.filter(case=referral.case).first()
        assert told
        told.text = "Corrected words."
        keep(told, by=worker, at=at)
    inside, outside = page(client, worker, referral), page(client, place.colleague, referral)
    assert "Wrote a case note in the restricted area" in inside
    assert "Corrected words." in inside
    for hint in ("case note in the restricted area", "Corrected words.", "Secret words.", "Documents and notes"):
        assert hint not in outside
    assert "Nothing of this kind" not in page(client, place.colleague, referral, about=Subject.STEPS)
    assert "case note in the restricted area" not in page(client, place.colleague, referral, about=Subject.MATERIAL)


def test_the_line_is_drawn_where_the_reader_last_looked(place: County, client: Client) -> None:
    at = now()
    referral = a_referral(place, S.RECEIVED, at=at - timedelta(days=2))
    with held_at(at - timedelta(days=1)):
        page(client, place.second_officer, referral)
    assigning.assign(case=referral.case, to=place.second_officer.user, by=place.officer, at=at - timedelta(hours=1))
    with held_at(at):
        shown = page(client, place.second_officer, referral)
    assert (
        shown.index("Gave the case to Otto Wray")
        < shown.index("You last looked on")
        < shown.index("Entered the referral")
    )
    assert shown.count(">New<") == 1


def test_a_named_worker_sees_the_history_while_named(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    url = reverse("case-history", args=[referral.case_id])
    sign_in(client, place.other_locality_worker)
    assert client.get(url).status_code == 404
    a_named_worker(place, referral, place.other_locality_worker)
    assert client.get(url).status_code == 200
