"""A page of the national form as boxes, made of its edition's data. Nothing on it has to be filled in to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import PARTS, DateField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.form_words import put_in_words
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.procedure import Prompt
from referrals.forms.asks import comment_of, field_of, plain
from referrals.national_form.said import listed
from referrals.national_form.shape import Ask, Kind, Page
from referrals.reading.readings import nhs_number_in, postcode_in

TIDIED = (Kind.POSTCODE, Kind.NHS_NUMBER, Kind.PROSE, Kind.LINES)


class PageForm(GovukForm):
    """One page of the form.

    :param answers: the draft's answers, which the boxes open with
    :param prompts: the procedure's own prompts
    :param readers: who will read what is written, said beside every box of words
    """

    mark_optional: ClassVar[bool] = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sitting = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self, *args: Any, page: Page, answers: Mapping[str, Any], prompts: Sequence[Prompt] = (), readers: str = "",
        save_url: str = "", back: tuple[str, str] | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.page, self.prompts, self.readers, self.back = page, prompts, readers, back
        super().__init__(*args, **kwargs)
        for ask in page.every_ask():
            self.fields[ask.key] = field_of(ask, prompts, readers)
            for prompt in listed(ask, prompts):
                self.fields[ask.comment_key(prompt)] = comment_of(ask, prompt, readers)
        put_in_words(self, {})
        self._open_with(answers)
        self.form_attrs = {"data-autosave-url": save_url} if save_url else {}

    def _open_with(self, answers: Mapping[str, Any]) -> None:
        for name, field in self.fields.items():
            if isinstance(field, DateField):
                self.initial[name] = tuple(answers.get(f"{name}-{part}", "") for part in PARTS)
            elif name in answers:
                self.initial[name] = answers[name]

    def go_on_from(self, version: int) -> None:
        """Sent again, it saves over what is saved now: both texts have been shown."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(version)  # type: ignore[index]

    def typed(self) -> dict[str, Any]:
        """What was sent, as a draft keeps it: wrong dates and all, so that nothing typed is lost."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name in ("version", "sitting"):
                continue
            if isinstance(field, DateField):
                found |= {f"{name}-{part}": plain(self.data.get(f"{name}-{part}", ""))[:20] for part in PARTS}
                found[name] = self._date(name, field)
            elif isinstance(field, forms.MultipleChoiceField):
                found[name] = [plain(value) for value in self.data.getlist(name)]  # type: ignore[attr-defined]
            else:
                found[name] = plain(self.data.get(name, ""))
        return found

    def _date(self, name: str, field: DateField) -> str:
        parts = tuple(self.data.get(f"{name}-{part}", "").strip() for part in PARTS)
        try:
            day = field.clean(parts if any(parts) else None)
        except ValidationError:
            return ""
        return day.isoformat() if day else ""

    def settled(self) -> dict[str, Any]:
        """What was sent, put into its usual form where a box has one. Of a form that is sound."""
        tidy = {ask.key: self.cleaned_data[ask.key] for ask in self.page.every_ask() if ask.kind in TIDIED}
        return self.typed() | tidy

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for ask in self.page.every_ask():
            if typed := cleaned.get(ask.key):
                if ask.kind is Kind.POSTCODE and not (found := postcode_in(typed)):
                    self.add_error(ask.key, "Enter a full postcode, like ZE1 4AB, or leave it out")
                elif ask.kind is Kind.NHS_NUMBER and not (found := nhs_number_in(typed)):
                    self.add_error(ask.key, "Enter the 10 figures of the NHS number again, or leave it out")
                elif ask.kind in (Kind.POSTCODE, Kind.NHS_NUMBER):
                    cleaned[ask.key] = found
        return cleaned

    def lay_out(self) -> Layout:
        asked = [self._question(ask) for ask in self.page.asks]
        if self.page.more:
            held = [ask.key for ask in self.page.more if self[ask.key].value() or self[ask.key].errors]
            asked.append(
                Fieldset(
                    self.page.more_title,
                    *(self._question(ask) for ask in self.page.more),
                    css_class="is-open" if held else "",
                    template="referrals/intake/_folded.html",
                )
            )
        buttons: list[Any] = [Submit("", self.submit_label)]
        if self.back:
            buttons.append(Link(*self.back))
        return Layout(*asked, Actions(*buttons))

    def _question(self, ask: Ask, *, is_revealed: bool = False) -> Question:
        reveals: dict[str, list[Any]] = {
            value: [self._question(each, is_revealed=True) for each in asks] for value, asks in ask.reveals.items()
        }
        reveals |= {
            prompt.key: [Question(ask.comment_key(prompt), size="", rows=ask.rows)]
            for prompt in listed(ask, self.prompts)
        }
        options: dict[str, Any] = {"size": "" if is_revealed else "s", "reveals": reveals}
        if ask.kind in (Kind.LINES, Kind.PROSE):
            options["rows"] = ask.rows
        elif ask.kind is Kind.PROMPTS:
            options["hints"] = {prompt.key: prompt.hint for prompt in listed(ask, self.prompts) if prompt.hint}
        elif ask.width:
            options["width"] = ask.width
        return Question(ask.key, **options)


class AgeForm(PageForm):
    """Child or adult, as the date of birth makes it, to be confirmed.

    :param worked_out: "child" or "adult" where the date of birth says it, else empty
    """

    def __init__(self, *args: Any, worked_out: str = "", **kwargs: Any) -> None:
        self.worked_out = worked_out
        super().__init__(*args, **kwargs)
        if worked_out and not self.initial.get("individual.age_group"):
            self.initial["individual.age_group"] = worked_out

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = cleaned.get("individual.age_group")
        if self.worked_out and chosen and chosen != self.worked_out:
            right = dict(self.fields["individual.age_group"].choices)[self.worked_out]  # type: ignore[attr-defined]
            self.add_error(
                "individual.age_group",
                f"Choose “{right}”, as the date of birth says, or go back and change the date of birth",
            )
        return cleaned
