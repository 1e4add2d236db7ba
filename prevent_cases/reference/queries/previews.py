"""Each part as its reader will see it: letters as documents, a length as a date, a list as its radios. All invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from prevent_cases.casework import clocks, ledger, timing
from prevent_cases.casework.days import moment
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.kinds import LedgerEntry
from prevent_cases.casework.models import ClockEntry
from prevent_cases.casework.procedure import Procedure
from prevent_cases.casework.rendering.content import DocumentContent
from prevent_cases.casework.wording import day, weekday
from prevent_cases.reference.queries.editions import Part
from referrals.documents import Answer, Letter, Search, Sharing, Subject, answer_to_policing, nil_return

REFERENCE, TEAM = "EX-2026-00042", "Ambersand locality team"
SOMEBODY = Subject(name="Wilhelmina Ackerley", born=date(1991, 4, 3), address="1 Example Street, Ambersand")


@dataclass(frozen=True)
class Preview:
    """What to show: ``lines`` of text, a document's ``content``, an unbound ``form``, or ``rows`` of prompts."""

    where: str
    lines: tuple[str, ...] = ()
    content: DocumentContent | None = None
    form: Any = None
    rows: list[dict[str, str]] = field(default_factory=list)


def preview(kept: Procedure, part: Part, on: date) -> Preview:
    """A part of this procedure as its reader would see it on a day."""
    return _OF[part.part](kept, part, on)


def _text(kept: Procedure, part: Part, on: date) -> Preview:
    words = kept.texts[part.key]
    if part.key in ("nil_return", "purpose"):
        return Preview("In a nil return", content=_nil_return(kept, on))
    if part.key == "lawful_basis":
        return Preview("In an answer to policing", content=_answer(kept, on))
    if part.key == "case_note":
        filled = words.format(received=day(on), reference=REFERENCE, team=TEAM)
        return Preview("In the case system", lines=(filled,))
    if part.key == "retention":
        return Preview(
            "On the page that closes a case",
            lines=(f"Kept until review on {_due(kept, 'case.retention', on)}. {words}",),
        )
    return Preview("On the page", lines=tuple(words.splitlines()))


def _length(kept: Procedure, part: Part, on: date) -> Preview:
    due = _due(kept, part.key, on)
    clock = clocks.declared(part.key)
    return Preview("On a case", lines=(f"“{clock.label}”, begun by what is received today, would be due {due}.",))


def _reasons(kept: Procedure, part: Part, on: date) -> Preview:
    class Choosing(GovukForm):
        reason = forms.ChoiceField(
            label="Why?", choices=[(key, label) for key, label, _ in part.value], widget=forms.RadioSelect
        )

    return Preview("As a question", form=Choosing(prefix="preview"))


def _prompts(kept: Procedure, part: Part, on: date) -> Preview:
    rows = [{"key": label, "value": hint or "No hint"} for _, label, hint in part.value]
    return Preview("On the form, each with a box for the writer’s own words. None is scored", rows=rows)


def _label(kept: Procedure, part: Part, on: date) -> Preview:
    return Preview("On a task", lines=(f"The case note is added to {part.value}",))


_OF: dict[str, Callable[[Procedure, Part, date], Preview]] = {
    "texts": _text, "lengths": _length, "reasons": _reasons, "prompts": _prompts, "labels": _label,
}  # fmt: skip


def _due(kept: Procedure, key: str, on: date) -> str:
    """The date a clock begun on a day would run to, worked out as the service does."""
    clock = clocks.declared(key)
    entry = ClockEntry(kind=LedgerEntry.STARTED, at=moment(on))
    calendar = timing.calendar_in_force(kept.division)
    worked = ledger.work_out([entry], kept.length_of(clock), calendar, kept.cut_off_of(clock))
    return weekday(worked.due_on)


def _letter(on: date, *signed_by: str) -> Letter:
    return Letter(
        reference=REFERENCE, theirs="CTP/26/00042", dated=on, council=settings.COUNCIL_NAME,
        addressed_to=("Counter terrorism policing liaison",), signed_by=signed_by,
    )  # fmt: skip


def _nil_return(kept: Procedure, on: date) -> DocumentContent:
    system = kept.label("register", "the case system")
    search = Search(system=system, on=on, by="Olive Tarn", using="name and date of birth")
    letter = _letter(on, "Olive Tarn", "Strategic Safeguarding Unit")
    return nil_return(letter, SOMEBODY, [search], purpose=kept.texts["purpose"], words=kept.texts["nil_return"])


def _answer(kept: Procedure, on: date) -> DocumentContent:
    first = kept.answer_headings[0][0]
    sharing = Sharing(
        lawful_basis=kept.texts["lawful_basis"], necessity="It bears on whether the person is susceptible.",
        proportionality="Nothing else is included.", approved_by="Mabel Stroud",
    )  # fmt: skip
    answers = [Answer(key=first, fact="A safeguarding concern in May.")]
    return answer_to_policing(
        _letter(on, "Mabel Stroud", TEAM), SOMEBODY, answers, sharing,
        headings=kept.answer_headings, purpose=kept.texts["purpose"],
    )  # fmt: skip
