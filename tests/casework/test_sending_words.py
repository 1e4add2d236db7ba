"""No message says a name or what it is about, whatever kind it is; and no kind and no template is forgotten."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from prevent_cases.casework import sentences
from prevent_cases.casework.models import Case, Notice, Stateful
from prevent_cases.casework.sending.messages import LEAD_TO, compose, compose_digest
from prevent_cases.casework.sending.recipients import DEPUTY, HOLDER, MAILBOX, NEAREST, YOU, Place, Recipient
from prevent_cases.casework.sweep import OURS, OUTSIDE
from prevent_cases.casework.training import REMINDER

EMAILS = Path(settings.BASE_DIR) / "templates" / "emails"
OWN_WORDS = sorted(file.stem for file in EMAILS.glob("*.*.txt"))
OF_NO_CASE = {*LEAD_TO, "invitation.sent", "account.dormant", "concern.handed", "concern.decided"}
TO_WHOEVER_ANSWERS = {"document.unclean", "partner.rest"}
LAYOUTS = {"notice", "digest", "changed"}
TELLING = "prevent|channel|terror|radical|extrem|polic|safeguard|referral|ssu|panel|ctp"


def told_kinds() -> set[str]:
    """Every kind that a transition tells of, and every kind the sweep or the training register writes."""
    rows = (row for model in Stateful.__subclasses__() for row in model.workflow)
    return {row.key for row in rows if row.tells} | set(OURS.values()) | set(OUTSIDE.values()) | {REMINDER}


def composed(kind: str, whom: str = YOU) -> str:
    notice = Notice(pk=uuid4(), kind=kind, case=Case(pk=uuid4(), reference="EX-2026-00042"))
    message = compose(notice, Recipient(("olive@council.example",), whom, Place.CASE))
    return f"{message.subject}\n{message.body}"


@pytest.mark.parametrize("kind", [*OWN_WORDS, "a.kind.without.words"])
def test_a_message_of_any_kind_is_marked_and_tells_nothing(kind: str) -> None:
    text = composed(kind)
    assert text.startswith("OFFICIAL-SENSITIVE: EX-2026-00042\nOFFICIAL-SENSITIVE\n")
    assert text.endswith("\nOFFICIAL-SENSITIVE\n")
    assert "Reference: EX-2026-00042\nFor: you\n" in text
    assert not re.search(TELLING, text, re.IGNORECASE)
    assert "&" not in text


@pytest.mark.parametrize("whom", [YOU, MAILBOX, HOLDER, DEPUTY, NEAREST])
def test_whom_it_is_for_names_no_team_and_no_post(whom: str) -> None:
    assert not re.search(TELLING, composed("changed", whom), re.IGNORECASE)


def test_a_digest_tells_nothing_either() -> None:
    told = [
        (
            Notice(pk=uuid4(), kind="clock.late", case=Case(pk=uuid4(), reference=f"EX-{n}")),
            Recipient(("o@c.example",), YOU, Place.CASE),
        )
        for n in (2, 1)
    ]
    message = compose_digest(type("Somebody", (), {"pk": uuid4(), "email": "o@c.example"})(), "2026-03-03", told)
    assert not re.search(TELLING, message.subject + message.body, re.IGNORECASE)
    assert message.subject == "OFFICIAL-SENSITIVE: 2 references"
    assert message.body.index("EX-1") < message.body.index("EX-2")


def test_a_lateness_that_is_not_ours_is_not_worded_as_ours() -> None:
    for kind in OUTSIDE.values():
        text = composed(kind) + sentences.declared(kind).says
        assert not re.search("overdue|missed|we are late|breach", text, re.IGNORECASE), kind


def test_every_kind_that_is_told_has_words_of_its_own() -> None:
    assert told_kinds() - set(OWN_WORDS) == set()


def test_every_template_is_of_a_kind_that_exists() -> None:
    kinds = {saying.kind for saying in sentences.every()} | told_kinds() | OF_NO_CASE | TO_WHOEVER_ANSWERS
    assert set(OWN_WORDS) - kinds == set()
    assert {file.stem for file in EMAILS.glob("*.txt")} - set(OWN_WORDS) == LAYOUTS
