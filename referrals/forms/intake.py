"""Entering an emailed referral: its file first, or one dense page."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.datastructures import MultiValueDict

from prevent_cases.casework.days import moment
from prevent_cases.casework.fields import DateField, ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.form_words import put_in_words
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.now import now
from referrals.forms.person import PersonForm, ReferralFilesField
from referrals.queries.headings import INSTRUCTIONS, Heading
from referrals.queries.intake import MOST_WORDS, Desks, tidy_reference
from referrals.states import Source

TIMES = ["%H:%M", "%H.%M", "%H%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p"]
OTHER = "other"
CHECK_IT = "Read from the file. Check it."


class UploadForm(GovukForm):
    """The email or form that came, with whatever came beside it."""

    submit_label = "Read the file"
    attachments = ReferralFilesField(
        label="The email, form or PDF that came",
        required=True,
        error_messages={"required": "Choose the file that came"},
    )

    def __init__(self, *args: Any, by_hand_url: str, **kwargs: Any):
        self.by_hand_url = by_hand_url
        super().__init__(*args, **kwargs)

    def lay_out(self) -> Layout:
        actions = Actions(Submit("", self.submit_label), Link("Enter it by hand instead", self.by_hand_url))
        return Layout(Question("attachments", size="m"), actions)


class ReferralForm(PersonForm):
    """A referral from CT policing as it came.

    :param typed: what a draft keeps (``fields``, ``read``), for a page that is opened again.
    :param kept: the draft's files.
    :param earliest: the first day deadlines can be counted from.
    """

    submit_label = "Receive the referral"
    subjects: ClassVar[dict[str, str]] = {"policing": "the policing team", "attachments": "a file"}

    sender_name = forms.CharField(label="Who sent it", max_length=150, required=False)
    reply_address = forms.EmailField(
        label="Reply address", help_text="Where the answer goes, as the referral gives it", max_length=254
    )
    reply_choice = forms.ChoiceField(
        label="Where should the answer go?",
        help_text="The file names more than one address. Choose the one you have checked with the sender.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the answer should go"},
    )
    policing = forms.ChoiceField(label="Policing team")
    policing_reference = forms.CharField(label="CT policing's reference", max_length=60, required=False)
    received_on = DateField(label="Date received", when="today_or_past")
    received_time = forms.TimeField(
        label="Time received", help_text="For example, 14:30 or 2:30pm", input_formats=TIMES
    )
    source = forms.ChoiceField(label="Who first raised it", choices=Source.choices, initial=Source.UNKNOWN)
    instructions = ProseField(
        label="Holding instructions",
        help_text="Exactly as police wrote them, if they asked that something be held or not be shared",
        validators=[MaxLengthValidator(MOST_WORDS)],
        required=False,
    )
    attachments = ReferralFilesField(label="Add files")
    leave_out = forms.MultipleChoiceField(
        label="Leave out",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="These files came with it. Tick any that do not belong.",
    )
    unit = forms.ChoiceField(label="Your unit")
    separate = forms.BooleanField(label="This is a separate referral with the same reference", required=False)

    def __init__(
        self, *args: Any, headings: list[Heading], places: Desks, typed: dict[str, Any] | None = None,
        kept: list[dict[str, str]] | None = None, earliest: date, save_url: str, upload_url: str, **kwargs: Any,
    ):  # fmt: skip
        self.headings, self.kept, self.upload_url = headings, kept or [], upload_url
        super().__init__(*args, **kwargs)
        for heading in headings:
            self.fields[f"words-{heading.key}"] = ProseField(
                label=heading.label, validators=[MaxLengthValidator(MOST_WORDS)], required=False
            )
        self.fields["received_on"].earliest = earliest  # type: ignore[attr-defined]
        put_in_words(self, self.subjects)
        self._offer_choices(places)
        self._ask_where_to_reply((typed or {}).get("replies", []))
        self._open_again(typed or {})
        self.form_attrs = {"data-autosave-url": save_url}
        self.must_be_separate = False

    def _offer_choices(self, places: Desks) -> None:
        fields: Any = self.fields
        fields["policing"].choices = [("", "Choose a policing team"), *places.policing]
        fields["policing"].initial = places.policing[0][0] if len(places.policing) == 1 else ""
        self.show_kept(self.kept)
        fields["unit"].choices = places.units
        if len(places.units) == 1:
            fields["unit"].widget, fields["unit"].initial = forms.HiddenInput(), places.units[0][0]

    def _ask_where_to_reply(self, replies: list[list[str]]) -> None:
        """Of several addresses none is taken without being chosen."""
        self.replies = dict(replies)
        if not replies:
            del self.fields["reply_choice"]
            return
        fields: Any = self.fields
        fields["reply_choice"].choices = [*((address, address) for address in self.replies), (OTHER, "Another address")]
        fields["reply_address"].required = False
        fields["reply_address"].label = "Which address?"

    def _reply_question(self) -> Question:
        if not self.replies:
            return Question("reply_address")
        hints = {address: f"It is {where}." for address, where in self.replies.items()}
        return Question("reply_choice", reveals={OTHER: ["reply_address"]}, hints=hints)

    def show_kept(self, files: list[dict[str, str]]) -> None:
        """The files that are kept already, each to be left out if it does not belong."""
        self.kept = files
        fields: Any = self.fields
        fields["leave_out"].choices = [(file["store_key"], file["file_name"]) for file in files]

    def _open_again(self, typed: dict[str, Any]) -> None:
        values = MultiValueDict(typed.get("fields", {}))
        for name, field in self.fields.items():
            if name not in ("attachments", "leave_out", "separate") and not field.widget.value_omitted_from_data(
                values, {}, name
            ):
                self.initial[name] = field.widget.value_from_datadict(values, MultiValueDict(), name)
        for name in typed.get("read", []):
            if name in self.fields:
                self.fields[name].help_text = CHECK_IT

    def clean_policing_reference(self) -> str:
        return tidy_reference(self.cleaned_data["policing_reference"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        at = self.received_at
        if chosen := cleaned.get("reply_choice"):
            if chosen != OTHER:
                cleaned["reply_address"] = chosen
            elif not cleaned.get("reply_address") and "reply_address" not in self.errors:
                self.add_error("reply_address", ValidationError("Enter the reply address", code="required"))
        if at and at > now():
            self.add_error("received_time", ValidationError("Time received must be in the past", code="past"))
        return cleaned

    def ask_about_the_same_reference(self) -> None:
        """Another referral has the reference: receive this one only when it is said to be separate."""
        self.must_be_separate = True
        self.add_error("separate", ValidationError("Say that this is a separate referral, or open the one below"))

    @property
    def received_at(self) -> datetime | None:
        day, clock = self.cleaned_data.get("received_on"), self.cleaned_data.get("received_time")
        return moment(day, clock) if day and isinstance(clock, time) else None

    @property
    def received(self) -> dict[str, Any]:
        """What was typed, as the operation takes it."""
        plain = ("reply_address", "sender_name", "policing_reference", "source")
        words = {heading.key: self.cleaned_data[f"words-{heading.key}"] for heading in self.headings}
        words[INSTRUCTIONS] = self.cleaned_data["instructions"]
        return {
            **{name: self.cleaned_data[name] for name in plain}, **self.person, "received_at": self.received_at,
            "narrative": {key: text for key, text in words.items() if text},
        }  # fmt: skip

    def lay_out(self) -> Layout:
        boxes = {
            heading.is_main: [h for h in self.headings if h.is_main == heading.is_main] for heading in self.headings
        }
        separate = [Question("separate")] if self.must_be_separate or self.data.get("separate") else []
        unit = [] if self.fields["unit"].widget.is_hidden else [Question("unit")]
        return Layout(
            *separate,
            Row(
                Column(
                    Fieldset(
                        "How it came", *unit, Question("sender_name"), self._reply_question(), Question("policing"),
                        Question("policing_reference", width=20), Question("received_on"),
                        Question("received_time", width=5), Question("source"), Question("instructions", rows=3),
                    ),
                ),
                Column(
                    Fieldset(
                        "The person", Question("given_name"), Question("family_name"), Question("other_names"),
                        Question("born_on"), Question("address", rows=3), Question("postcode", width=10),
                        Question("nhs_number", width=10), Question("phone", width=20),
                    ),
                ),
            ),
            Fieldset("What it says", self._in_two_columns(boxes[True], rows=6), self._folded(boxes.get(False, []))),
            Fieldset("Files", *([Question("leave_out")] if self.kept else []), Question("attachments")),
            Actions(Submit("", self.submit_label), Link("Upload a file first", self.upload_url), sticky=True),
        )  # fmt: skip

    def _folded(self, boxes: list[Heading]) -> Fieldset:
        """The headings few referrals use, folded away unless something stands in them."""
        names = [f"words-{heading.key}" for heading in boxes]
        is_used = any(self[name].value() or self[name].errors for name in names)
        return Fieldset(
            "More headings of the form",
            self._in_two_columns(boxes, rows=4),
            css_class="is-open" if is_used else "",
            template="referrals/intake/_folded.html",
        )

    @staticmethod
    def _in_two_columns(boxes: list[Heading], rows: int) -> Row:
        halves = (boxes[: (len(boxes) + 1) // 2], boxes[(len(boxes) + 1) // 2 :])
        return Row(*(Column(*(Question(f"words-{box.key}", rows=rows) for box in half)) for half in halves))
