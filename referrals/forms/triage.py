"""The triage decision, and the act it leads to: what was searched, what was found, and where the referral goes."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from prevent_cases.casework.fields import ProseField
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.kinds import Queue
from prevent_cases.casework.now import today
from referrals.forms.acting import ActForm
from referrals.models import Referral
from referrals.queries.ages import age_group_on, came_of_age
from referrals.queries.arrivals import SaidOfAChild
from referrals.queries.holding import record_held
from referrals.queries.readers import Readers
from referrals.queries.register import Findings, RegisterCandidate
from referrals.queries.routes import Routes
from referrals.queries.triage import register_of, systems_of
from referrals.states import AgeGroup, Known

CHILD, QUERY = "CHILD", "QUERY"
NONE_OF_THESE, OTHER_SYSTEM = "none", "other"
KNOWN_ANSWERS = (Known.OPEN.value, Known.KNOWN.value, Known.NEVER.value)
TEAM_FIELDS = {Known.OPEN.value: "open_team", Known.KNOWN.value: "known_team", CHILD: "children_team"}
HINTS = {
    Known.NEVER.value: "CT policing is told. You close the case after that.",
    QUERY: "Our deadlines stand still until they reply.",
}
PLACES = {"LOCALITY": "locality team", "AREA": "Area Referral Service", "CHILDREN": "children's duty"}


class TriageForm(ActForm):
    """What adult social care knows of the person, and so which way the referral goes.

    :param offered: the decisions this officer may take now, by value.
    """

    submit_label = "Continue"
    mark_optional = False
    subjects = {"decision": "what happens next", "entry": "which entry is this person, or none of them"}

    entry = forms.ChoiceField(
        label="Which entry in the register is this person?", widget=forms.RadioSelect, required=False
    )
    age = forms.ChoiceField(
        label="Is this person under 18?",
        help_text="The referral gives no date of birth.",
        choices=[("adult", "18 or over"), ("child", "Under 18"), ("unknown", "Not known yet")],
        widget=forms.RadioSelect,
        required=False,
    )
    systems = forms.MultipleChoiceField(
        label="Which systems were searched?", widget=forms.CheckboxSelectMultiple, required=False
    )
    other_system = forms.CharField(
        label="Which other system?",
        help_text="It goes into the document as your words, beside the systems named above",
        max_length=100,
        required=False,
    )
    decision = forms.ChoiceField(label="Is the person known to adult social care?", widget=forms.RadioSelect)
    not_searched = forms.CharField(
        label="Why the register could not be searched",
        help_text="Leave empty if it was. What you write goes into the document.",
        max_length=200,
        required=False,
    )
    open_team = forms.ChoiceField(label="Locality team", required=False)
    worker = forms.CharField(
        label="Named worker",
        help_text="Leave empty to use the one in the entry you chose",
        max_length=150,
        required=False,
    )
    known_team = forms.ChoiceField(label="Where to", required=False)
    children_team = forms.ChoiceField(label="Children's duty team", required=False)
    risk = forms.CharField(
        label="What is feared, in a few words",
        help_text="It shows in the duty list. Do not name the child. Leave it empty if the referral says enough",
        max_length=100,
        required=False,
    )
    school = forms.CharField(label="School or college, if the referral says", max_length=150, required=False)
    words = ProseField(
        label="What you found",
        help_text="Needed only where you decide otherwise than the register, or an earlier referral, suggests. It is "
        "kept with the search.",
        max_length=1000,
        required=False,
    )

    def __init__(
        self, *args: Any, referral: Referral, findings: Findings, routes: Routes, offered: list[str], **kwargs: Any
    ):
        self.referral, self.findings, self.routes, self.offered = referral, findings, routes, offered
        super().__init__(*args, case=referral.case, **kwargs)
        self.procedure = referral.case.procedure
        self._offer_choices()
        if not findings.candidates:
            del self.fields["entry"]
        if age_group_on(referral, today()) != AgeGroup.UNKNOWN:
            del self.fields["age"]

    def _offer_choices(self) -> None:
        fields: Any = self.fields
        routes = self.procedure.routes
        fields["decision"].choices = [pair for pair in self._decisions() if pair[0] in self.offered]
        fields["decision"].help_text = came_of_age(self.referral, today())
        fields["not_searched"].label = f"Why {register_of(self.procedure)} could not be searched"
        fields["systems"].choices = [*systems_of(self.procedure), (OTHER_SYSTEM, "Another system")]
        if self.findings.extract_at:
            fields["systems"].initial = ["register"]
        for name, known in (("open_team", "OPEN"), ("known_team", "KNOWN"), ("children_team", CHILD)):
            kind = routes[known]
            suggestion = self.routes.suggestion(kind)
            fields[name].choices = [("", f"Choose {self._an(kind)}"), *self.routes.of(kind)]
            fields[name].initial, fields[name].help_text = suggestion.team_id, suggestion.because
        fields["known_team"].label = PLACES[routes["KNOWN"]][:1].upper() + PLACES[routes["KNOWN"]][1:]
        entries = [(str(one.id), one.in_words) for one in self.findings.candidates]
        fields["entry"].choices = [*entries, (NONE_OF_THESE, "None of these")]
        fields["entry"].initial = NONE_OF_THESE if self.findings.are_weak else None

    def _decisions(self) -> list[tuple[str, str]]:
        place = PLACES[self.procedure.routes["KNOWN"]]
        return [
            (Known.OPEN.value, "Open now: send to the locality team"),
            (Known.KNOWN.value, f"Known before, not open: send to the {place}"),
            (Known.NEVER.value, "No record held: send a nil return"),
            (CHILD, "Under 18: send to children's duty"),
            (QUERY, "Cannot tell yet: ask CT policing a question"),
        ]

    @staticmethod
    def _an(kind: str) -> str:
        return {"LOCALITY": "a locality team", "AREA": "an area", "CHILDREN": "a team"}[kind]

    def questions(self) -> list[Any]:
        asked: list[Any] = [Question(name) for name in ("entry", "age") if name in self.fields]
        reveals = {
            "OPEN": ["open_team", "worker"], "KNOWN": ["known_team"], "NEVER": ["not_searched"],
            CHILD: ["children_team", "risk", "school"],
        }  # fmt: skip
        offered = {key: fields for key, fields in reveals.items() if key in self.offered}
        return [
            *asked,
            Question("systems", reveals={OTHER_SYSTEM: ["other_system"]}, small=True),
            Question("decision", reveals=offered, hints=HINTS),
            Question("words", rows=3),
        ]

    def lay_out(self) -> Layout:
        actions = Actions(Submit("", self.submit_label), Link("Cancel", self.cancel_url), sticky=True)
        return Layout(*self.questions(), actions)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decision = cleaned.get("decision")
        if decision in KNOWN_ANSWERS:
            self._check_age(cleaned)
            self._check_search(cleaned)
            self._check_entry(cleaned, decision)
        if decision == Known.NEVER:
            self._check_nothing_held(cleaned)
        needed = TEAM_FIELDS.get(decision or "")
        if needed and not cleaned.get(needed) and needed not in self.errors:
            self._ask(needed, "Choose where to send it")
        return cleaned

    def _check_age(self, cleaned: dict[str, Any]) -> None:
        if "age" not in self.fields:
            return
        asked = {
            "": "Say whether this person is under 18",
            "child": "Someone under 18 goes to children's duty. Choose that, or correct the age",
            "unknown": "Ask CT policing for the date of birth first, or find it out",
        }
        if (age := cleaned.get("age", "")) in asked:
            self._ask("age", asked[age])

    def _check_search(self, cleaned: dict[str, Any]) -> None:
        chosen = cleaned.get("systems", [])
        if not chosen and "systems" not in self.errors:
            self._ask("systems", "Select the systems that were searched")
        if OTHER_SYSTEM in chosen and not cleaned.get("other_system"):
            self._ask("other_system", "Enter the other system that was searched")

    def _check_nothing_held(self, cleaned: dict[str, Any]) -> None:
        register = register_of(self.procedure)
        if cleaned.get("systems") and "register" not in cleaned["systems"] and not cleaned.get("not_searched"):
            self._ask("not_searched", f"Select {register} among what was searched, or say why it could not be")
        is_waiting = self.referral.case.queue == Queue.TRIAGE
        if is_waiting and not cleaned.get("words") and (held := record_held(self.referral)):
            self._ask("words", f"{held} Say why no record is held all the same")

    def _check_entry(self, cleaned: dict[str, Any], decision: str) -> None:
        if "entry" not in self.fields or "entry" in self.errors:
            return
        if not cleaned.get("entry"):
            self._ask("entry", "Say which entry is this person, or that none of them is")
            return
        entry = self.chosen_entry
        if entry and decision == Known.NEVER:
            self._ask("decision", "You chose an entry of the register, so a record is held. Check which is right")
        elif entry and entry.status.upper() != decision and not cleaned.get("words"):
            self._ask("words", f"Say why this differs from the register, which says “{entry.status_words}”")
        elif not entry and self.findings.likely and not cleaned.get("words"):
            self._ask("words", "Say why the likely match in the register is not this person")

    def _ask(self, field: str, words: str) -> None:
        self.add_error(field, ValidationError(words, code="required"))

    @property
    def chosen_entry(self) -> RegisterCandidate | None:
        """The entry of the register chosen, if any was."""
        return self.findings.entry(self.cleaned_data.get("entry", ""))

    @property
    def team_id(self) -> str:
        """Where it goes, for the decision taken."""
        return str(self.cleaned_data[TEAM_FIELDS[self.cleaned_data["decision"]]])

    @property
    def worker_name(self) -> str:
        return str(self.cleaned_data["worker"] or (self.chosen_entry.worker_name if self.chosen_entry else ""))

    @property
    def said_of_a_child(self) -> SaidOfAChild:
        """What children's duty sees in their list beside the name."""
        return SaidOfAChild(risk=self.cleaned_data["risk"], school=self.cleaned_data["school"])

    @property
    def search(self) -> dict[str, Any]:
        """The evidence of the search, as the operations take it."""
        labels = dict(systems_of(self.procedure)) | {
            OTHER_SYSTEM: f"In the officer’s words: {self.cleaned_data['other_system']}"
        }
        chosen = self.cleaned_data["systems"]
        return {
            "systems": [labels[key] for key in labels if key in chosen],
            "extract_at": self.findings.extract_at if "register" in chosen else None,
            "found": self.findings.evidence(self.cleaned_data.get("entry", "")) if "register" in chosen else [],
            "words": self.cleaned_data["words"],
            "adult": self.cleaned_data.get("age") == "adult",
        }


def delivery_field(readers: Readers) -> forms.ChoiceField:
    """How a document goes to policing."""
    return forms.ChoiceField(
        label="How does it go to CT policing?", choices=readers.ways, widget=forms.RadioSelect, initial=readers.usual,
        required=False,
    )  # fmt: skip


class SendForm(TriageForm):
    """The same decision, carried to the page that confirms it: nothing on it can be changed but by going back, except
    how a nil return goes, which is asked where ``readers`` says who could read it here."""

    submit_label = "Send"

    def __init__(self, *args: Any, submit_label: str, action: str, readers: Readers | None = None, **kwargs: Any):
        self.submit_label = submit_label  # type: ignore[misc]
        self.readers = readers
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            several = isinstance(field, forms.MultipleChoiceField)
            field.widget = forms.MultipleHiddenInput() if several else forms.HiddenInput()
        if readers:
            self.fields["delivery"] = delivery_field(readers)
        self.helper.form_action = action

    @property
    def delivery(self) -> str:
        """How it goes: as was chosen on the page, which has the usual way chosen already."""
        return str(self.cleaned_data.get("delivery") or (self.readers.usual if self.readers else ""))

    def lay_out(self) -> Layout:
        asked = [Question("delivery", hints=self.readers.hints())] if self.readers else []
        return Layout(
            *asked,
            Actions(
                Submit("", self.submit_label),
                Submit("next", "Send and open next", css_class="govuk-button--secondary"),
                Link("Change the decision", self.cancel_url),
            ),
        )
