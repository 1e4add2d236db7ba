"""The filters of the register of what was shared."""

from __future__ import annotations

from django import forms

from safeguarding.queries.sharing_register import POSITIONS, STANDINGS, WAYS, Wanted

ANY = [("", "Any")]


class WantedForm(forms.Form):
    """All of them by GET, so that a filtered register has an address. What cannot be read is left out."""

    begins = forms.DateField(required=False)
    ends = forms.DateField(required=False)
    agency = forms.CharField(required=False, max_length=200)
    delivery = forms.ChoiceField(required=False, choices=[*ANY, *WAYS.items()])
    consent = forms.ChoiceField(required=False, choices=[*ANY, *POSITIONS.items()])
    standing = forms.ChoiceField(required=False, choices=[*ANY, *STANDINGS])

    @property
    def wanted(self) -> Wanted:
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})
