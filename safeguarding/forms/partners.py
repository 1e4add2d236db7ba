"""Asking a partner, asking again, withdrawing; and what a partner answers, by a link, in an account or by telephone."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from crispy_forms.layout import HTML, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.files.limits import REFERRAL_KINDS, in_words
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.kinds import ConsentPosition
from prevent_cases.casework.now import today
from prevent_cases.casework.timing import latest_due
from referrals.forms.acting import MOST_WORDS, ActForm
from referrals.forms.person import ReferralFilesField
from safeguarding.states import WITH_WORDS, WITHHOLDING, AnswerKind, Identifier, PersonKnows, Withheld

ANOTHER = "another"
NEARLY_FULL = 75
BEARING, PROTECT, OTHER = "BEARING", "PROTECT", "OTHER"
NECESSITY = {
    BEARING: "They may hold information that bears on how vulnerable the person is, which we cannot get elsewhere",
    PROTECT: "Somebody may be at risk, and what they hold may be needed to protect them",
}
CONSENTS = tuple((each.value, each.label) for each in ConsentPosition if each != ConsentPosition.NOT_ASKED)


class AskPartnerForm(ActForm):
    """Whom, what, by when, what they are told, and why that is right. What seldom differs is filled in."""

    submit_label = "Ask them"
    subjects: ClassVar[dict[str, str]] = {
        "agency": "the body", "name": "whom you ask", "address": "their work email address",
        "question": "the question", "due_on": "the day you need the answer by",
    }  # fmt: skip
    organisation = forms.ChoiceField(label="Which body do you ask?", required=False)
    agency = forms.CharField(
        label="Name of the body", help_text="Only where it is not on the list", max_length=200, required=False
    )
    name = forms.CharField(
        label="Whom do you ask?", help_text="Name and post, for example a safeguarding lead", max_length=150
    )
    address = forms.EmailField(
        label="Their work email address",
        help_text="If it is not a secure address, you give them a code by telephone, without which nothing opens",
    )
    question = ProseField(
        label="What do you ask?", help_text="They read this. Ask only what you need to know.", max_length=3_000
    )
    told = forms.MultipleChoiceField(
        label="What are they told about the person?", help_text="The name always. Choose no more than they need",
        choices=[(item.value, item.label) for item in Identifier if item != Identifier.NAME],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    due_on = DateField(label="When do you need the answer?", when="today_or_future")
    agreement = forms.ChoiceField(label="Under which agreement, if any?", required=False)
    necessity = forms.ChoiceField(
        label="Why is it necessary to ask them?", widget=forms.RadioSelect,
        choices=[*NECESSITY.items(), (OTHER, "Another reason")],
        error_messages={"required": "Choose why it is necessary to ask them"},
    )  # fmt: skip
    necessity_words = ProseField(label="Say why it is necessary", max_length=2_000, required=False)
    consent = forms.ChoiceField(
        label="Does the person agree to it?", choices=CONSENTS, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the person agrees to it"},
    )  # fmt: skip
    why_overridden = ProseField(label="Why is it shared all the same?", max_length=1_000, required=False)
    why_not_sought = ProseField(label="Why were they not asked?", max_length=1_000, required=False)
    left_out = ProseField(
        label="What did you leave out, and why?", help_text="Kept with the record. They do not see it.",
        max_length=2_000, required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, partners: list[tuple[str, str]], agreements: list[tuple[str, str]],
        usual: dict[str, str], **kwargs: Any,
    ) -> None:  # fmt: skip
        self.usual = usual
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].choices = [("", "Choose a body"), *partners, (ANOTHER, "Another body")]
        fields["agreement"].choices = [("", "None: it is decided by itself"), *agreements]
        self.has_agreements = bool(agreements)
        fields["due_on"].latest = latest_due(self.case.procedure, today())

    def questions(self) -> list[Any]:
        return [
            Question("organisation", show_optional=False), Question("agency", width=20, show_optional=False),
            Question("name", width=20), Question("address", width=20),
            Question("question", rows=5, threshold=NEARLY_FULL), Question("told", small=True, show_optional=False),
            Question("due_on"),
            HTML('<h2 class="govuk-heading-m govuk-!-margin-top-6">Why it may be asked</h2>'),
            Question("necessity", reveals={OTHER: [_in_words("necessity_words")]}),
            Question("consent", reveals={
                ConsentPosition.OVERRIDDEN: [_in_words("why_overridden")],
                ConsentPosition.NOT_SOUGHT: [_in_words("why_not_sought")],
            }),
            *([Question("agreement", show_optional=False)] if self.has_agreements else []),
            Question("left_out", rows=2, threshold=NEARLY_FULL),
            HTML(render_to_string("safeguarding/partners/usual.html", {"rows": self._usual_rows()})),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("organisation") == ANOTHER and not cleaned.get("agency"):
            self.add_error("agency", ValidationError("Enter the name of the body", code="required"))
        elif not cleaned.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", ValidationError("Choose the body you ask", code="required"))
        if cleaned.get("necessity") == OTHER and not cleaned.get("necessity_words"):
            self.add_error("necessity_words", ValidationError("Say why it is necessary", code="required"))
        if cleaned.get("consent") == ConsentPosition.OVERRIDDEN and not cleaned.get("why_overridden"):
            self.add_error("why_overridden", ValidationError("Say why it is shared all the same", code="required"))
        return cleaned

    @property
    def body(self) -> tuple[UUID | None, str]:
        """The id of the body the service knows, or none; and its name."""
        chosen = self.cleaned_data["organisation"]
        if chosen == ANOTHER:
            return None, self.cleaned_data["agency"]
        return UUID(chosen), dict(self.fields["organisation"].choices)[chosen]  # type: ignore[attr-defined]

    @property
    def reasons(self) -> dict[str, str]:
        """Why it may be told, by the names of the operation's Reasons."""
        said = self.cleaned_data
        why = {ConsentPosition.OVERRIDDEN: said["why_overridden"], ConsentPosition.NOT_SOUGHT: said["why_not_sought"]}
        return self.usual | {
            "necessity": NECESSITY.get(said["necessity"], said["necessity_words"]), "consent": said["consent"],
            "why_not_sought": why.get(said["consent"], ""), "left_out": said["left_out"],
        }  # fmt: skip

    def _usual_rows(self) -> list[dict[str, str]]:
        labels = {"purpose": "Purpose", "power": "Power", "lawful_basis": "Lawful basis",
                  "proportionality": "Why no more is told"}  # fmt: skip
        return [{"key": label, "value": self.usual[name]} for name, label in labels.items()]


def _in_words(name: str) -> Question:
    """A box of words under a choice."""
    return Question(name, rows=3, threshold=NEARLY_FULL, show_optional=False)


class AskAgainForm(ActForm):
    """Another day, and why they are asked again."""

    submit_label = "Ask again"
    subjects: ClassVar[dict[str, str]] = {"due_on": "the day you need the answer by", "reason": "why you ask again"}
    reason = forms.CharField(
        label="Why do you ask again?",
        help_text="It shows in the history of the case. They do not see it. Do not name the person.",
        max_length=MOST_WORDS,
    )
    due_on = DateField(label="When do you need the answer?", when="today_or_future")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].latest = latest_due(self.case.procedure, today())  # type: ignore[attr-defined]


class WithdrawQuestionForm(ActForm):
    """Why the answer is no longer needed."""

    submit_label = "Withdraw the question"
    subjects: ClassVar[dict[str, str]] = {"reason": "why it is no longer needed"}
    reason = forms.CharField(
        label="Why is it no longer needed?",
        help_text="It shows in the history of the case. Do not name the person.",
        max_length=MOST_WORDS,
    )


class OpenQuestionForm(GovukForm):
    """The code that was told by telephone, where one is needed; else a button."""

    submit_label = "Open the question"
    code = forms.CharField(
        label="The code you were given by telephone", help_text="Six figures", max_length=20, required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, needs_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]
        else:
            self.fields["code"].required = True
            self.fields["code"].error_messages["required"] = "Enter the code you were given by telephone"

    def lay_out(self) -> Layout:
        asked = [Question("code", width=10, show_optional=False)] if "code" in self.fields else []
        return Layout(*asked, Actions(Submit("", self.submit_label)))


class PartnerAnswerForm(GovukForm):
    """What a partner answers: whether they hold anything, facts and opinion apart, limits, and who they are."""

    submit_label = "Send the answer"
    subjects: ClassVar[dict[str, str]] = {"given_by": "your name", "post": "your post"}
    kind = forms.ChoiceField(
        label="Do you hold information that bears on this?", choices=AnswerKind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you hold information that bears on this"},
    )  # fmt: skip
    part_why = forms.ChoiceField(
        label="Why can you share only part of it?", choices=Withheld.choices, widget=forms.RadioSelect, required=False
    )
    part_words = forms.CharField(label="In a few words", max_length=500, required=False)
    refused_why = forms.ChoiceField(
        label="Why will you not answer?", choices=Withheld.choices, widget=forms.RadioSelect, required=False
    )
    refused_words = forms.CharField(label="In a few words", max_length=500, required=False)
    rest_by = DateField(label="By when does the rest come?", when="today_or_future", required=False)
    fact = ProseField(
        label="Facts", help_text="What you know, from where, and from when. Only what bears on the question.",
        max_length=10_000, required=False,
    )  # fmt: skip
    opinion = ProseField(
        label="Professional opinion", help_text="What you think, and why", max_length=5_000, required=False
    )
    limits = forms.CharField(
        label="Are there limits on how this may be used?",
        help_text="For example, that it may not be told to the family", max_length=500, required=False,
    )  # fmt: skip
    person_knows = forms.ChoiceField(
        label="Does the person know that you share this?", choices=PersonKnows.choices, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    attachments = ReferralFilesField(
        label="Files", help_text=f"Only if needed. Each may be {in_words(REFERRAL_KINDS)}, up to 25 MB, and is checked "
        "for harmful content",
    )  # fmt: skip
    given_by = forms.CharField(label="Your name", max_length=150)
    post = forms.CharField(label="Your post", max_length=150)
    telephone = forms.CharField(label="Your work telephone number", max_length=40, required=False)

    def lay_out(self) -> Layout:
        return Layout(*self.asked(), Actions(Submit("", self.submit_label)))

    def asked(self) -> list[Any]:
        """The questions in order."""
        return [
            Question("kind", reveals={
                AnswerKind.PART: [Question("part_why", show_optional=False), "part_words"],
                AnswerKind.MORE_TO_COME: ["rest_by"],
                AnswerKind.REFUSED: [Question("refused_why", show_optional=False), "refused_words"],
            }),
            Question("fact", rows=8, threshold=NEARLY_FULL, show_optional=False),
            Question("opinion", rows=5, threshold=NEARLY_FULL, show_optional=False),
            Question("limits"), Question("person_knows"), Question("attachments"),
            Question("given_by", width=20), Question("post", width=20), Question("telephone", width=20),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        tells = bool(cleaned.get("fact") or cleaned.get("opinion"))
        if kind in WITH_WORDS and not tells and not {"fact", "opinion"} & set(self.errors):
            self.add_error("fact", ValidationError("Enter a fact or an opinion", code="required"))
        if kind and kind not in WITH_WORDS and (tells or cleaned.get("attachments")):
            self.add_error("kind", ValidationError(
                "You wrote something or added a file. Take it out, or choose an answer that shares it"
            ))  # fmt: skip
        if kind in WITHHOLDING:
            self._must_say_why("part" if kind == AnswerKind.PART else "refused")
        if kind == AnswerKind.MORE_TO_COME and not cleaned.get("rest_by") and "rest_by" not in self.errors:
            self.add_error("rest_by", ValidationError("Enter the day by which the rest comes", code="required"))
        return cleaned

    def _must_say_why(self, which: str) -> None:
        why = self.cleaned_data.get(f"{which}_why")
        if not why and f"{which}_why" not in self.errors:
            self.add_error(f"{which}_why", ValidationError("Choose why", code="required"))
        elif why == Withheld.OTHER and not self.cleaned_data.get(f"{which}_words"):
            self.add_error(f"{which}_words", ValidationError("Say the reason in a few words", code="required"))

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, by the names of the operation's Answered, without the files."""
        typed = self.cleaned_data
        kind = typed["kind"]
        which = {AnswerKind.PART: "part", AnswerKind.REFUSED: "refused"}.get(kind, "")
        names = ("kind", "fact", "opinion", "limits", "person_knows", "given_by", "post", "telephone")
        return {name: typed[name] for name in names} | {
            "withheld": typed[f"{which}_why"] if which else "",
            "withheld_why": typed[f"{which}_words"] if which else "",
            "rest_by": typed["rest_by"] if kind == AnswerKind.MORE_TO_COME else None,
        }


class RecordAnswerForm(PartnerAnswerForm):
    """What a partner told somebody here, by telephone, in a letter or in person."""

    submit_label = "Write it down"
    subjects: ClassVar[dict[str, str]] = {
        "given_by": "who told you", "post": "their post", "given_on": "the day they told you"
    }  # fmt: skip
    given_on = DateField(label="When did they tell you?", when="today_or_past")

    def __init__(self, *args: Any, asked_on: date, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(*args, **kwargs)
        self.fields["given_on"].earliest = asked_on  # type: ignore[attr-defined]
        for name, label in WORDED_FOR_US.items():
            self.fields[name].label = label

    def lay_out(self) -> Layout:
        *asked, name, post, telephone = self.asked()
        return Layout(
            *asked, name, post, telephone, Question("given_on"),
            Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url)),
        )  # fmt: skip


WORDED_FOR_US = {
    "kind": "Do they hold information that bears on this?",
    "part_why": "Why can they share only part of it?",
    "refused_why": "Why will they not answer?",
    "person_knows": "Does the person know that they share this?",
    "given_by": "Who told you?",
    "post": "Their post",
    "telephone": "Their work telephone number",
}
"""The questions as whoever writes down a partner's answer is asked them."""
