"""Saying what is known under each heading or question: fact and opinion apart, "nothing known" said outright."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from prevent_cases.casework.fields import ProseField
from prevent_cases.casework.form_layout import Question
from prevent_cases.casework.form_words import put_in_words
from prevent_cases.casework.forms import GovukForm
from referrals.queries.answer import Written

MOST_CHARACTERS = 10_000
NEARLY_FULL = 75
NOTHING, SOMETHING = "no", "yes"
KNOWN = [(NOTHING, "Nothing known"), (SOMETHING, "Something to tell")]
FACT = "What is recorded, and where."
OPINION = "Professional judgement, and whose it is."
SHORT = "Short is fine."

Row = tuple[bool | None, str, str]
"""What stands under a heading: known (None while nobody has dealt with it), fact, opinion."""


class SayingForm(GovukForm):
    """Radios and two boxes for each heading, all on one page.

    ``asked`` are the headings as they stand. ``read_by`` names who will read what is typed. With ``is_draft`` a
    heading may stay half said; without, whoever says "something to tell" has to tell it. ``version`` and ``opened``
    travel hidden: which answer this person has before them.
    """

    read_by = "CT policing"
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10_000)

    def __init__(
        self, *args: Any, asked: Sequence[Written], marks: Mapping[str, str] | None = None, is_draft: bool = False,
        hints: Mapping[str, str] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.asked, self.is_draft = tuple(asked), is_draft
        kwargs["initial"] = {"opened": folded(marks or {})} | self._as_it_stands() | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        subjects: dict[str, str] = {}
        for one in self.asked:
            self.fields |= self._boxes(one, (hints or {}).get(one.heading, ""))
            subjects |= {
                f"fact_{one.heading}": f"the fact under \u201c{one.label}\u201d",
                f"opinion_{one.heading}": f"the opinion under \u201c{one.label}\u201d",
            }
        put_in_words(self, subjects)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for one in self.asked:
            boxes = {f"fact_{one.heading}", f"opinion_{one.heading}"}
            told = any(cleaned.get(box) for box in boxes) or boxes & self.errors.keys()
            if cleaned.get(f"known_{one.heading}") == SOMETHING and not told and not self.is_draft:
                words = f"Enter a fact or an opinion under \u201c{one.label}\u201d, or choose \u201cNothing known\u201d"
                self.add_error(f"fact_{one.heading}", ValidationError(words, code="required"))
        return cleaned

    @property
    def said(self) -> dict[str, Row]:
        """What was typed, by heading. A heading that was not on the page says nothing."""
        return {one.heading: self._row(one.heading) for one in self.asked if self._was_asked(one.heading)}

    @property
    def opened_marks(self) -> dict[str, str]:
        return unfolded(self.cleaned_data["opened"])

    def question(self, one: Written, *after: HTML) -> list[Any]:
        """One heading of the page."""
        boxes = [
            Question(f"{box}_{one.heading}", rows=3, threshold=NEARLY_FULL, show_optional=False)
            for box in ("fact", "opinion")
        ]
        return [Question(f"known_{one.heading}", size="m", reveals={SOMETHING: boxes}, show_optional=False), *after]

    def _boxes(self, one: Written, hint: str) -> dict[str, forms.Field]:
        def box(label: str, help_text: str) -> ProseField:
            words = f"{help_text} {self.read_by} reads this. {SHORT}"
            return ProseField(label=label, help_text=words, max_length=MOST_CHARACTERS, required=False)

        return {
            f"known_{one.heading}": forms.ChoiceField(
                label=one.label, choices=KNOWN, widget=forms.RadioSelect, required=False, help_text=hint
            ),
            f"fact_{one.heading}": box("Fact", FACT),
            f"opinion_{one.heading}": box("Opinion", OPINION),
        }

    def _as_it_stands(self) -> dict[str, Any]:
        choice = {None: "", False: NOTHING, True: SOMETHING}
        return {
            name: value
            for one in self.asked
            for name, value in (
                (f"known_{one.heading}", choice[one.known] or (SOMETHING if one.fact or one.opinion else "")),
                (f"fact_{one.heading}", one.fact),
                (f"opinion_{one.heading}", one.opinion),
            )
        }

    def _was_asked(self, heading: str) -> bool:
        return any(f"{name}_{heading}" in self.data for name in ("known", "fact", "opinion"))

    def _row(self, heading: str) -> Row:
        cleaned = self.cleaned_data
        choice, fact, opinion = (cleaned.get(f"{name}_{heading}", "") for name in ("known", "fact", "opinion"))
        if choice == NOTHING:
            return False, "", ""
        return (True if fact or opinion else None), fact, opinion


def retyped(typed: QueryDict, rows: Mapping[str, Row], hidden: Mapping[str, str]) -> QueryDict:
    """What to bind a form to anew: as it was typed, but with these headings as given and these hidden values."""
    data = typed.copy()
    for heading, (known, fact, opinion) in rows.items():
        data[f"known_{heading}"] = {None: "", False: NOTHING, True: SOMETHING}[known]
        data[f"fact_{heading}"], data[f"opinion_{heading}"] = fact, opinion
    for name, value in hidden.items():
        data[name] = value
    return data


def folded(marks: Mapping[str, str]) -> str:
    """Marks by heading as one hidden value."""
    return ",".join(f"{heading}:{mark}" for heading, mark in marks.items())


def unfolded(value: str) -> dict[str, str]:
    """The marks of a hidden value; whatever is not a mark counts for nothing."""
    pairs = (part.partition(":") for part in value.split(","))
    return {heading: mark for heading, colon, mark in pairs if colon}
