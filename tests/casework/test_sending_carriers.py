"""The carriers: GOV.UK Notify and a mail server as they are met in life, and which one the settings name."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from prevent_cases.casework.sending.carriers import Carrier, Declined, FileOutbox, Smtp, Unreachable
from prevent_cases.casework.sending.choice import carrier_in_force
from prevent_cases.casework.sending.messages import Message
from prevent_cases.casework.sending.notify import Notify
from tests.casework.fake_notify import KEY, FakeNotify, notify_running
from tests.casework.fake_smtp import FakeSmtp, smtp_running

ID = UUID("0b0f2f63-1b1c-4d52-9b3c-000000000001")
MESSAGE = Message(ID, ("olive@council.example",), "OFFICIAL-SENSITIVE: EX-1", "Sign in to read it.\n")
TO_TWO = Message(ID, ("olive@council.example", "otto@council.example"), "OFFICIAL-SENSITIVE: EX-1", "Sign in.\n")


@pytest.fixture
def notify() -> Iterator[FakeNotify]:
    with notify_running() as fake:
        yield fake


@pytest.fixture
def smtp(settings: Any) -> Iterator[FakeSmtp]:
    with smtp_running() as fake:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", fake.port, 2
        settings.EMAIL_USE_TLS = False
        yield fake


def test_notify_is_given_the_words_and_the_notice_s_id_as_its_reference(notify: FakeNotify) -> None:
    Notify(KEY, "template", notify.address).carry(MESSAGE, again=False)
    assert notify.sent == [
        {
            "email_address": "olive@council.example",
            "template_id": "template",
            "personalisation": {"subject": "OFFICIAL-SENSITIVE: EX-1", "body": "Sign in to read it.\n"},
            "reference": str(ID),
        }
    ]
    assert notify.asked == []


def test_before_a_second_try_notify_is_asked_and_nothing_is_sent_twice(notify: FakeNotify) -> None:
    carrier = Notify(KEY, "template", notify.address)
    notify.forgets_to_answer = True
    with pytest.raises(Unreachable):
        carrier.carry(TO_TWO, again=False)
    notify.forgets_to_answer = False
    carrier.carry(TO_TWO, again=True)
    assert [mail["reference"] for mail in notify.sent] == [str(ID), f"{ID}-1"]
    assert [mail["email_address"] for mail in notify.sent] == list(TO_TWO.to)


@pytest.mark.parametrize(
    ("status", "problem"),
    [(400, Declined), (403, Unreachable), (429, Unreachable), (500, Unreachable), (503, Unreachable)],
)
def test_what_notify_declines_is_told_from_what_keeps_everything_waiting(
    notify: FakeNotify, status: int, problem: type[Exception]
) -> None:
    notify.fails_with = status
    with pytest.raises(problem):
        Notify(KEY, "template", notify.address).carry(MESSAGE, again=False)


def test_a_notify_that_cannot_be_reached_keeps_everything_waiting() -> None:
    with pytest.raises(Unreachable):
        Notify(KEY, "template", "http://127.0.0.1:1").carry(MESSAGE, again=True)


def test_a_mail_server_takes_many_through_one_connection(smtp: FakeSmtp) -> None:
    carrier = Smtp("case-service@council.example")
    carrier.carry(MESSAGE, again=False)
    carrier.carry(MESSAGE, again=True)
    carrier.connection.close()
    assert smtp.connections == 1
    first, second = (message_from_string(text) for text in smtp.taken)
    assert first["Message-ID"] == second["Message-ID"] == f"<{ID}@council.example>"
    assert first["Subject"] == "OFFICIAL-SENSITIVE: EX-1"
    assert first["Auto-Submitted"] == "auto-generated"


def test_a_mailbox_that_is_declined_keeps_no_other_waiting(smtp: FakeSmtp) -> None:
    smtp.declines = {"olive@council.example"}
    carrier = Smtp("case-service@council.example")
    with pytest.raises(Declined):
        carrier.carry(MESSAGE, again=False)
    smtp.declines = set()
    carrier.carry(MESSAGE, again=True)
    carrier.connection.close()
    assert len(smtp.taken) == 1


def test_a_mail_server_that_hangs_up_is_met_again_through_a_new_connection(smtp: FakeSmtp) -> None:
    carrier = Smtp("case-service@council.example")
    carrier.carry(MESSAGE, again=False)
    smtp.hangs_up = True
    with pytest.raises(Unreachable):
        carrier.carry(MESSAGE, again=True)
    smtp.hangs_up = False
    carrier.carry(MESSAGE, again=True)
    carrier.connection.close()
    assert len(smtp.taken) == 2


def test_a_mail_server_that_is_not_there_keeps_everything_waiting(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    with pytest.raises(Unreachable):
        Smtp("case-service@council.example").carry(MESSAGE, again=False)


def test_the_demo_writes_one_private_file_a_message(tmp_path: Path) -> None:
    directory = tmp_path / "made" / "when needed"
    for again in (False, True):
        FileOutbox(directory).carry(TO_TWO, again=again)
    [file] = directory.iterdir()
    assert file.name == f"{ID}.eml"
    assert file.read_text() == (
        "To: olive@council.example, otto@council.example\nSubject: OFFICIAL-SENSITIVE: EX-1\n\nSign in.\n"
    )
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ({"NOTIFY_API_KEY": KEY, "NOTIFY_TEMPLATE_ID": "t", "EMAIL_HOST": "mail.example"}, Notify),
        ({"NOTIFY_API_KEY": "", "EMAIL_HOST": "mail.example"}, Smtp),
        ({"NOTIFY_API_KEY": "", "EMAIL_HOST": ""}, FileOutbox),
    ],
)
def test_the_settings_name_the_carrier(settings: Any, named: dict[str, str], kind: type[Carrier]) -> None:
    for name, value in named.items():
        setattr(settings, name, value)
    assert isinstance(carrier_in_force(), kind)
