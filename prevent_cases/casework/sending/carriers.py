"""What carries a message away: a mail server, or a directory in the demo. GOV.UK Notify has a file of its own."""

from __future__ import annotations

import os
import smtplib
from pathlib import Path
from typing import Protocol

from django.core.mail import EmailMessage, get_connection

from prevent_cases.casework.sending.messages import Message


class Unreachable(Exception):
    """The carrier takes nothing now; everything waits."""


class Declined(Exception):
    """The carrier does not take this message; others may go."""


class Carrier(Protocol):
    """Takes a message away. ``again`` says that it may have been taken already, by a try that was cut short.

    :raises Unreachable: when nothing can be taken
    :raises Declined: when this message is not taken
    """

    def carry(self, message: Message, *, again: bool) -> None: ...


class FileOutbox:
    """One file a message, named by its id, so that a second try writes the same file."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def carry(self, message: Message, *, again: bool) -> None:
        text = f"To: {', '.join(message.to)}\nSubject: {message.subject}\n\n{message.body}"
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = self.directory / f".{message.id}.{os.getpid()}"
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(self.directory / f"{message.id}.eml")
        except OSError as error:
            raise Unreachable from error


class Smtp:
    """A mail server, through one connection that is kept while it answers.

    Its Message-ID is the notice's id: a mailbox that saw it already can tell, and so can its keeper.
    """

    def __init__(self, sender: str) -> None:
        self.sender = sender
        self.connection = get_connection(fail_silently=False)

    def carry(self, message: Message, *, again: bool) -> None:
        domain = self.sender.rpartition("@")[2].strip(">") or "localhost"
        headers = {"Message-ID": f"<{message.id}@{domain}>", "Auto-Submitted": "auto-generated"}
        mail = EmailMessage(message.subject, message.body, self.sender, list(message.to), headers=headers)
        mail.connection = self.connection
        try:
            self.connection.open()
            mail.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            self._hang_up()
            raise Declined from error
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            raise Unreachable from error

    def _hang_up(self) -> None:
        """Leave a connection in doubt; the next message opens another."""
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            self.connection = get_connection(fail_silently=False)
