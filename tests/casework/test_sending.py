"""Sending: who reads a notice, in which words, and what happens when it does not go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from prevent_cases.accounts.models import Digest, Membership, Team, User
from prevent_cases.casework import outbox as writing
from prevent_cases.casework.days import LONDON
from prevent_cases.casework.models import Case, Notice, Post
from prevent_cases.casework.now import held_at
from prevent_cases.casework.sending.carriers import FileOutbox
from prevent_cases.casework.sending.sender import morning_after, send_notices
from tests.factories import County, a_conflict, a_referral, county

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)
EIGHT = datetime(2026, 3, 3, 8, 0, tzinfo=LONDON)


@pytest.fixture
def place() -> Iterator[County]:
    """A county on that Monday, which stays the present for the length of the test."""
    with held_at(MONDAY):
        yield county()


@pytest.fixture
def case(place: County) -> Case:
    referral = a_referral(place, at=MONDAY - timedelta(minutes=1))
    Notice.objects.all().delete()
    return referral.case


@pytest.fixture
def carrier(outbox: Path) -> FileOutbox:
    return FileOutbox(outbox)


def mails(outbox: Path) -> dict[str, str]:
    """What was sent, by address. One message to each address."""
    texts = [file.read_text() for file in sorted(outbox.glob("*.eml"))]
    return {re.match(r"To: (.*)\n", text)[1]: text for text in texts}  # type: ignore[index]


def to(case: Case | None, recipient: writing.Recipient, kind: str = "case.assigned", at: datetime = MONDAY) -> Notice:
    written = writing.write(key=f"{kind}:{Notice.objects.count()}", kind=kind, case=case, to=recipient, at=at)
    return Notice.objects.get(pk=written.pk)


def send(carrier: FileOutbox, at: datetime = MONDAY) -> Counter[str]:
    return send_notices(at=at, carrier=carrier)


def test_a_message_holds_a_marking_a_reference_a_link_and_who_it_is_for(
    place: County, case: Case, carrier: FileOutbox, outbox: Path
) -> None:
    to(case, place.officer.user)
    assert send(carrier) == {"sent": 1}
    assert mails(outbox)[place.officer.user.email] == (
        f"To: {place.officer.user.email}\nSubject: OFFICIAL-SENSITIVE: {case.reference}\n\n"
        f"OFFICIAL-SENSITIVE\n\nReference: {case.reference}\nFor: you\n\nThis reference has been given to you.\n\n"
        f"Sign in to read it:\nhttp://127.0.0.1:8000/cases/{case.pk}/\n\n"
        "This message holds nothing else on purpose. Please do not forward it or answer it.\n\nOFFICIAL-SENSITIVE\n"
    )


def test_the_link_leads_where_the_reader_may_go(place: County, case: Case, carrier: FileOutbox, outbox: Path) -> None:
    readers: dict[str, tuple[writing.Recipient, str]] = {
        place.officer.user.email: (place.officer.user, f"cases/{case.pk}/"),
        place.colleague.user.email: (place.colleague.user, "work/"),
        place.liaison.user.email: (place.liaison.user, ""),
        place.ssu.email: (place.ssu, f"cases/{case.pk}/"),
        place.other_locality_team.email: (place.other_locality_team, "work/"),
        place.policing.email: (place.policing, ""),
        "desk@ctp.example": (writing.ToAddress("desk@ctp.example"), ""),
    }
    for recipient, _ in readers.values():
        to(case, recipient)
    send(carrier)
    sent = mails(outbox)
    for email, (_, path) in readers.items():
        assert f"\nhttp://127.0.0.1:8000/{path}\n" in sent[email], email


def test_a_notice_is_sent_once_and_not_before_its_time(case: Case, place: County, carrier: FileOutbox) -> None:
    notice = to(case, place.ssu)
    Notice.objects.filter(pk=notice.pk).update(not_before=MONDAY + timedelta(hours=1))
    assert send(carrier) == {}
    assert send(carrier, MONDAY + timedelta(hours=1)) == {"sent": 1}
    assert send(carrier, MONDAY + timedelta(hours=2)) == {}
    notice.refresh_from_db()
    assert (notice.sent_at, notice.attempts, notice.last_problem) == (MONDAY + timedelta(hours=1), 1, "")


def test_a_withdrawn_notice_is_not_sent(case: Case, place: County, carrier: FileOutbox) -> None:
    notice = to(case, place.ssu)
    Notice.objects.filter(pk=notice.pk).update(cancelled_at=MONDAY)
    assert send(carrier) == {}


def test_somebody_who_left_is_told_nothing_and_their_team_is_told_instead(
    place: County, case: Case, carrier: FileOutbox, outbox: Path
) -> None:
    to(case, place.officer.user)
    User.objects.filter(pk=place.officer.user_id).update(is_active=False, digest=Digest.DAILY)
    send(carrier)
    assert list(mails(outbox)) == [place.ssu.email]


def test_somebody_kept_from_the_case_is_told_nothing_whatever_their_digest(
    place: County, case: Case, carrier: FileOutbox, outbox: Path
) -> None:
    referral = type("Known", (), {"case_id": case.pk})()
    a_conflict(referral, place.officer, at=MONDAY)
    a_conflict(referral, place.second_officer, at=MONDAY)
    User.objects.filter(pk=place.second_officer.user_id).update(digest=Digest.DAILY)
    to(case, place.officer.user)
    to(case, place.second_officer.user)
    send(carrier)
    send(carrier, EIGHT)
    texts = [file.read_text() for file in outbox.glob("*.eml")]
    assert len(texts) == 2
    assert all(text.startswith(f"To: {place.ssu.email}\n") for text in texts)


def test_a_team_without_a_mailbox_is_its_managers_and_without_them_its_members(
    place: County, case: Case, carrier: FileOutbox, outbox: Path
) -> None:
    Team.objects.update(email="")
    to(case, Team.objects.get(pk=place.ssu.pk))
    to(case, Team.objects.get(pk=place.area_team.pk))
    send(carrier)
    assert set(mails(outbox)) == {place.ssu_lead.user.email, place.area_worker.user.email}
    assert "For: you, because nobody nearer to it can be told" in mails(outbox)[place.ssu_lead.user.email]


def test_a_post_is_its_holder_else_its_deputy_else_its_mailbox(
    place: County, case: Case, carrier: FileOutbox, outbox: Path
) -> None:
    for turn, person in enumerate((place.ssu_lead.user, place.second_officer.user)):
        to(case, writing.ToPost("ssu_lead"), "clock.escalated", MONDAY + timedelta(minutes=turn))
        send(carrier, MONDAY + timedelta(minutes=turn))
        assert person.email in mails(outbox)
        User.objects.filter(pk=person.pk).update(is_active=False)
    Post.objects.filter(pk="ssu_lead").update(email="safeguarding.lead@council.example")
    to(case, writing.ToPost("ssu_lead"), "clock.escalated")
    send(carrier)
    assert "safeguarding.lead@council.example" in mails(outbox)
    assert "as the deputy of a post" in mails(outbox)[place.second_officer.user.email]


def test_a_post_that_nobody_holds_is_the_team_that_coordinates(
    place: County, case: Case, carrier: FileOutbox, outbox: Path
) -> None:
    to(case, writing.ToPost("no_such_post"))
    send(carrier)
    assert list(mails(outbox)) == [place.ssu.email]


def test_nobody_to_tell_is_kept_and_tried_again_and_holds_up_nobody(place: County, carrier: FileOutbox) -> None:
    lost = to(None, place.outsider.user)
    User.objects.filter(pk=place.outsider.user_id).update(is_active=False)
    to(None, place.officer.user)
    assert send(carrier) == {"sent": 1, "nobody to tell": 1}
    lost.refresh_from_db()
    assert (lost.sent_at, lost.last_problem) == (None, "nobody to tell")
    Membership.objects.create(user=place.outsider.user, team=place.ssu, starts_on=MONDAY.date())
    assert send(carrier, MONDAY + timedelta(hours=1)) == {"sent": 1}


def test_one_message_a_morning_names_each_reference_once(
    place: County, case: Case, carrier: FileOutbox, outbox: Path
) -> None:
    User.objects.filter(pk=place.officer.user_id).update(digest=Digest.DAILY)
    other = a_referral(place, at=MONDAY, given_name="Edith", family_name="Farrow").case
    Notice.objects.all().delete()
    for which in (case, case, other):
        to(which, place.officer.user)
    assert send(carrier) == {}
    assert send(carrier, EIGHT - timedelta(seconds=1)) == {}
    to(case, place.officer.user, "clock.warned", EIGHT + timedelta(seconds=1))
    assert send(carrier, EIGHT + timedelta(seconds=30)) == {"sent": 1}
    [(address, text)] = mails(outbox).items()
    assert address == place.officer.user.email
    assert "Subject: OFFICIAL-SENSITIVE: 2 references\n" in text
    assert text.count(case.reference) == text.count(f"/cases/{case.pk}/") == text.count(other.reference) == 1
    assert Notice.objects.unsent().get().kind == "clock.warned"
    assert send(carrier, EIGHT + timedelta(days=1)) == {"sent": 1}


@pytest.mark.parametrize(
    ("written", "morning"),
    [
        (datetime(2026, 3, 2, 7, 59, tzinfo=LONDON), datetime(2026, 3, 2, 8, 0, tzinfo=LONDON)),
        (datetime(2026, 3, 2, 8, 1, tzinfo=LONDON), datetime(2026, 3, 3, 8, 0, tzinfo=LONDON)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=LONDON), datetime(2026, 3, 29, 8, 0, tzinfo=LONDON)),
        (datetime(2026, 12, 24, 17, 0, tzinfo=LONDON), datetime(2026, 12, 25, 8, 0, tzinfo=LONDON)),
    ],
)
def test_the_morning_is_eight_o_clock_in_london(written: datetime, morning: datetime) -> None:
    assert morning_after(written) == morning
    assert morning_after(written).utcoffset() == morning.utcoffset()


def test_what_cannot_go_waits_longer_each_time_and_goes_in_the_end(place: County, case: Case, outbox: Path) -> None:
    blocked = outbox / "a-file-where-a-directory-should-be"
    blocked.write_text("")
    notice, later = to(case, place.ssu), to(case, place.officer.user)
    at, waits = MONDAY, []
    for _ in range(24):
        assert send_notices(at=at, carrier=FileOutbox(blocked)) == {"unreachable": 1}
        notice.refresh_from_db()
        later.refresh_from_db()
        tried = notice if notice.not_before > later.not_before else later
        waits.append(tried.not_before - at)
        at = max(notice.not_before, later.not_before)
    assert waits[0] == timedelta(minutes=2)
    assert max(waits) == timedelta(hours=6)
    assert {notice.last_problem, later.last_problem} == {"unreachable"}
    assert send_notices(at=at, carrier=FileOutbox(outbox)) == {"sent": 2}
    assert len(mails(outbox)) == 2
    assert not Notice.objects.exclude(last_problem="").exists()


def test_a_try_that_was_cut_short_is_known_to_have_been_made(place: County, case: Case, outbox: Path) -> None:
    class Killed(BaseException):
        pass

    class DiesAfterWriting(FileOutbox):
        def carry(self, message: object, *, again: bool) -> None:
            super().carry(message, again=again)  # type: ignore[arg-type]
            raise Killed

    told: list[bool] = []

    class Remembers(FileOutbox):
        def carry(self, message: object, *, again: bool) -> None:
            told.append(again)
            super().carry(message, again=again)  # type: ignore[arg-type]

    to(case, place.ssu)
    with pytest.raises(Killed):
        send_notices(at=MONDAY, carrier=DiesAfterWriting(outbox))
    assert send_notices(at=MONDAY, carrier=Remembers(outbox)) == {"sent": 1}
    assert told == [True]
    assert len(list(outbox.glob("*.eml"))) == 1
