"""The form every screen starts from: no browser bubbles, errors in words, a crispy layout."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.functional import cached_property

from prevent_cases.casework.fields import without_unseen
from prevent_cases.casework.form_layout import Actions, Question
from prevent_cases.casework.form_words import put_in_words


class AskedInWords(forms.BaseForm):
    """What our forms share.

    ``subjects`` names things for made error texts (``{"born_on": "date of birth"}``); ``mark_optional`` writes
    "(optional)" after what may be left out (False for filters); ``form_attrs`` go on the ``<form>``
    (``{"data-autosave-url": …}``).
    """

    submit_label: ClassVar[str] = "Continue"
    subjects: ClassVar[dict[str, str]] = {}
    mark_optional: ClassVar[bool] = True
    method: ClassVar[str] = "post"
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_attrs: dict[str, str] = {}
        put_in_words(self, self.subjects)

    def _clean_fields(self) -> None:
        """What cannot be seen and turns the words around it is left out of whatever is typed."""
        super()._clean_fields()  # type: ignore[misc]
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = without_unseen(value)

    def lay_out(self) -> Layout:
        """The page's questions in order. Override to group, reveal and size them."""
        names = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        return Layout(*(Question(name) for name in names), Actions(Submit("", self.submit_label)))

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = self.method
        helper.attrs = self.form_attrs
        helper.render_hidden_fields = True
        helper.layout = self.lay_out()
        return helper


class GovukForm(AskedInWords, forms.Form):
    """A form of typed answers. It never saves."""


class GovukModelForm(AskedInWords, forms.ModelForm):
    """As GovukForm, with fields read from a model; date columns still need our own DateField."""
