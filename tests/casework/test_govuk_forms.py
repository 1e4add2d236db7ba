"""Crispy forms drawn by the official macros: the five faults of crispy-forms-gds are absent."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.validators import RegexValidator

from prevent_cases.casework.fields import DateField, ProseField, YesNoField
from prevent_cases.casework.form_errors import error_items
from prevent_cases.casework.form_layout import Actions, Link, Question
from prevent_cases.casework.forms import GovukForm

SYSTEMS = [("care", "Adult social care"), ("help", "Early help"), ("other", "Another system")]


class Everything(GovukForm):
    subjects = {"known": "whether the person is known"}
    reference = forms.CharField(label="CTPSE reference", max_length=12, help_text="For example, CTP-42")
    email = forms.EmailField(label="Reply address")
    born_on = DateField(label="Date of birth")
    known = forms.ChoiceField(label="Is the person known?", choices=[("open", "Open"), ("no", "No")],
                              widget=forms.RadioSelect)  # fmt: skip
    team = forms.ChoiceField(label="Team", choices=[("", "Choose"), ("a", "Ashmere")])
    worker = forms.CharField(label="Named worker", required=False)
    systems = forms.MultipleChoiceField(label="Systems searched", choices=SYSTEMS,
                                        widget=forms.CheckboxSelectMultiple)  # fmt: skip
    found = ProseField(label="What was found", max_length=500)
    note = ProseField(label="Note", required=False)
    paper = forms.FileField(label="Referral file")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    pages = forms.IntegerField(label="Number of pages")
    agree = forms.BooleanField(label="I have shared the minimum necessary")
    version = forms.IntegerField(widget=forms.HiddenInput)


def drawn(form, **context):
    return render_crispy_form(form, context={"csrf_token": "token", **context})


def ids(markup):
    return re.findall(r'\bid="([^"]+)"', markup)


def test_every_kind_of_field_is_drawn_by_its_component():
    markup = drawn(Everything())
    for part in ("govuk-input", "govuk-date-input", "govuk-radios", "govuk-select", "govuk-checkboxes",
                 "govuk-textarea", "govuk-character-count", "govuk-file-upload", "govuk-password-input"):  # fmt: skip
        assert part in markup
    assert 'type="hidden" name="version"' in markup
    assert 'enctype="multipart/form-data"' in markup


def test_the_browser_is_not_asked_to_check_anything():
    markup = drawn(Everything())
    assert re.search(r"<form[^>]* novalidate", markup)
    assert not re.search(r"\srequired[\s>=]", markup)


def test_the_form_has_its_token_and_no_id_twice():
    markup = drawn(Everything({}, {}))
    assert 'name="csrfmiddlewaretoken" value="token"' in markup
    assert len(ids(markup)) == len(set(ids(markup)))


def test_every_summary_link_lands_on_a_control_and_says_the_same_words():
    form = Everything({"born_on-day": "1", "email": "nobody"}, {})
    markup = drawn(form)
    items = error_items([form])
    assert len(items) == 12
    for item in items:
        target = item["href"].removeprefix("#")
        assert re.search(rf'<(input|select|textarea|div)\b[^>]*\bid="{target}"', markup), target
        assert f"</span> {item['text']}" in markup, item["text"]


def test_errors_are_listed_in_the_order_of_the_page():
    class Turned(Everything):
        def lay_out(self):
            rest = [name for name in self.fields if name not in ("agree", "worker", "known", "version")]
            return Layout("agree", Question("known", reveals={"open": ["worker"]}), *rest)

    hrefs = [item["href"] for item in error_items([Turned({"worker": ""}, {})])]
    assert hrefs[:3] == ["#form-errors", "#id_agree", "#id_known"]


def test_errors_of_no_field_are_said_at_the_head_of_the_form():
    form = Everything({}, {})
    form.add_error(None, "Somebody else decided this at 10:42am")
    assert {"text": "Somebody else decided this at 10:42am", "href": "#form-errors"} in error_items([form])
    assert re.search(r'id="form-errors" tabindex="-1">\s*<p class="govuk-error-message">.*Somebody else', drawn(form))


def test_a_character_count_needs_no_help_text():
    assert 'data-maxlength="500"' in drawn(Everything())


def test_a_select_in_error_has_its_red_border():
    assert "govuk-select--error" in drawn(Everything({}, {}))


def test_inline_radios_keep_their_base_class():
    class Inline(GovukForm):
        today = YesNoField(label="Today?")

        def lay_out(self):
            return Layout(Question("today", inline=True))

    assert 'class="govuk-radios govuk-radios--inline"' in drawn(Inline())


def test_labels_choices_hints_and_values_are_escaped():
    sharp = "<img src=x onerror=alert(1)>"

    class Sharp(GovukForm):
        name = forms.CharField(label=sharp, help_text=sharp)
        pick = forms.ChoiceField(label=sharp, choices=[("a", sharp)], widget=forms.RadioSelect)
        one = forms.ChoiceField(label=sharp, choices=[(sharp, sharp)])
        prose = ProseField(label=sharp)

    form = Sharp({"name": sharp, "prose": f"</textarea>{sharp}", "one": "x"})
    form.add_error("name", sharp)
    assert "<img" not in drawn(form)


@pytest.mark.parametrize("label", ["Adult & child", "O'Neil"])
def test_labels_are_escaped_once(label):
    class Named(GovukForm):
        name = forms.CharField(label=label)

    assert drawn(Named()).count("&amp;amp;") == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("reference", "Enter the CTPSE reference"),
        ("born_on", "Enter the date of birth"),
        ("known", "Select whether the person is known"),
        ("team", "Select the team"),
        ("systems", "Select the systems searched"),
        ("found", "Enter what was found"),
        ("paper", "Select the referral file"),
        ("agree", "Tick \u2018I have shared the minimum necessary\u2019 to continue"),
    ],
)
def test_a_missing_answer_is_asked_for_by_name(name, words):
    assert Everything({}, {}).errors[name] == [words]


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("reference", "x" * 13, "CTPSE reference must be 12 characters or fewer"),
        ("email", "nobody", "Enter an email address in the correct format, like name@example.com"),
        ("team", "z", "Select the team again. What you chose is not on the list"),
        ("systems", ["z"], "Select the systems searched again. What you chose is not on the list"),
        ("pages", "many", "Number of pages must be a whole number, like 15"),
    ],
)
def test_a_wrong_answer_says_what_to_do(name, typed, words):
    assert Everything({name: typed}, {}).errors[name] == [words]


def test_no_stock_words_of_django_are_left():
    said = " ".join(
        error for errors in Everything({"pages": "x", "email": "x"}, {}).errors.values() for error in errors
    )
    assert not re.search(r"please|sorry|\bvalid|invalid|forbidden|this field", said, re.IGNORECASE)


def test_words_a_form_chose_are_kept():
    class Chosen(GovukForm):
        name = forms.CharField(error_messages={"required": "Tell us who it is"})
        postcode = forms.CharField(validators=[RegexValidator(r"^KS", "Enter a postcode in the county")])

    assert Chosen({"postcode": "ZZ1"}).errors == {
        "name": ["Tell us who it is"],
        "postcode": ["Enter a postcode in the county"],
    }


def test_a_choice_uncovers_its_questions():
    class Routed(GovukForm):
        known = forms.ChoiceField(choices=[("open", "Open"), ("no", "No")], widget=forms.RadioSelect)
        worker = forms.CharField(label="Named worker", required=False)

        def lay_out(self):
            return Layout(Question("known", reveals={"open": ["worker"]}, hints={"no": "Nothing held"}))

    markup = drawn(Routed({"known": "open"}))
    assert 'data-aria-controls="conditional-id_known"' in markup
    assert 'class="govuk-radios__conditional" id="conditional-id_known"' in markup
    assert "Nothing held" in markup
    assert "(optional)" not in markup


def test_what_may_be_left_out_is_marked():
    assert "Note (optional)" in drawn(Everything())
    assert "Reply address (optional)" not in drawn(Everything())


def test_a_page_question_is_the_heading():
    class Page(GovukForm):
        age = YesNoField(label="Is the person under 18?")

        def lay_out(self):
            return Layout(Question("age", size="page"), Actions(Submit("", "Continue"), Link("<b>", "/x/?a=1&b=2")))

    markup = drawn(Page())
    assert re.search(r'<h1 class="govuk-fieldset__heading">\s*Is the person under 18\?', markup)
    assert 'href="/x/?a=1&amp;b=2">&lt;b&gt;</a>' in markup
    assert re.search(r'<button type="submit" class="govuk-button" [^>]*>Continue</button>', markup)


def test_crispys_own_layout_pieces_are_drawn():
    class Pieces(GovukForm):
        one = forms.CharField()
        two = forms.CharField()

        def lay_out(self):
            return Layout(
                Fieldset("Both", "one", css_id="both"),
                Div("two", css_class="app-x"),
                HTML("<p>{{ told }}</p>"),
                Submit("do", "Save as draft", css_class="govuk-button--secondary"),
            )

    markup = drawn(Pieces(), told="<told>")
    assert '<h2 class="govuk-fieldset__heading">Both</h2>' in markup
    assert "<p>&lt;told&gt;</p>" in markup
    assert 'class="govuk-button govuk-button--secondary"' in markup
    assert 'name="do" value="Save as draft"' in markup
    assert "btn" not in markup


def test_a_plain_django_form_is_drawn_too():
    class Plain(forms.Form):
        name = forms.CharField()

    assert 'class="govuk-input"' in drawn(Plain())


def test_a_formset_is_drawn_with_each_summary_link_alive():
    class Person(forms.Form):
        name = forms.CharField(label="Name")

    people = forms.formset_factory(Person, extra=2, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "", "form-1-name": ""}
    formset = people(data)
    formset.helper = FormHelper()
    markup = drawn(formset)
    for item in error_items([formset]):
        assert item["href"].removeprefix("#") in ids(markup)


def test_a_widget_no_component_draws_is_refused():
    class Odd(GovukForm):
        at = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match=r"No GOV\.UK component draws"):
        drawn(Odd())
