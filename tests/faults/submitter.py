"""Submits referrals one after another, each until it is answered, and writes down each answer: a web server's part.

    python -m tests.faults.submitter FIRST COUNT ANSWERS

Keys are made from numbers, so that a second run sends the very same forms again. An answer is written only after the
operation returned: what is written here was promised to a person.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from datetime import datetime
from pathlib import Path

import django

django.setup()

from django.db import DatabaseError, InterfaceError, connection  # noqa: E402

from prevent_cases.accounts.models import Team, User  # noqa: E402
from prevent_cases.casework.days import LONDON  # noqa: E402
from referrals.operations.intake import receive_referral  # noqa: E402
from tests.factories import acting, letter, received_file  # noqa: E402

AT = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON)


def submit(number: int) -> str:
    """Send one form until the service says what became of it."""
    while True:
        try:
            referral = receive_referral(
                key=uuid.UUID(int=number), received=letter(AT, policing_reference=f"CTP/2026/{number}"),
                files=[received_file()], ssu=Team.objects.get(kind="SSU"), policing=Team.objects.get(kind="POLICING"),
                procedure_key="kent-2023-12", by=acting(User.objects.get(name="Olive Tarn")), at=AT,
            )  # fmt: skip
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(0.05)
        else:
            return referral.case.reference


def main() -> None:
    first, count, answers = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    with answers.open("a") as output:
        for number in range(first, first + count):
            output.write(f"{number} {submit(number)}\n")
            output.flush()
            os.fsync(output.fileno())


if __name__ == "__main__":
    main()
