"""The form is data: its keys are those forms print, a new edition needs no code, and an old draft keeps its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prevent_cases.casework import procedure
from referrals.national_form import editions
from referrals.national_form.national_2023 import NATIONAL_2023
from referrals.national_form.shape import Ask, Edition, Kind
from referrals.reading.form_headings import EDITIONS
from tests.refer.filling import begun, draft, posted

OURS = {
    "individual.name_unknown", "individual.age_group", "concerns.harm_said", "concerns.how_soon",
    "safeguarding.not_informed_why", "safeguarding.consent", "safeguarding.consent_refused_why",
    "safeguarding.consent_not_asked_why", "safeguarding.family_informed", "safeguarding.family_response",
    "safeguarding.family_not_informed_why", "safeguarding.capacity", "safeguarding.capacity_support",
    "first_identifier.who", "individual.postcode",
}  # fmt: skip
"""What the journey asks and the printed form has no box for (domain.md 3; E4.25 to E4.28)."""


def keys_of(form: Edition) -> list[str]:
    return [ask.key for ask in form.asks()]


def test_its_keys_are_those_of_the_printed_form():
    printed = {field.key for section in EDITIONS[NATIONAL_2023.key].sections for field in section.fields}
    printed |= {section.free_text for section in EDITIONS[NATIONAL_2023.key].sections}
    assert {key for key in keys_of(NATIONAL_2023) if key not in printed} == OURS


def test_no_key_is_asked_twice_and_none_is_a_score():
    keys = keys_of(NATIONAL_2023) + [p.key for ask in NATIONAL_2023.asks() for p in ask.prompts]
    assert sorted(set(keys) - {"complex_needs.described"}) == sorted(
        key for key in keys if key != "complex_needs.described"
    )
    assert not [key for key in keys if "score" in key or "total" in key]


def test_every_procedure_pins_an_edition_that_can_be_asked():
    assert {procedure.published(key).form_version for key in ("kent-2023-12", "england-2023")} <= set(editions.EDITIONS)


def test_every_box_of_words_says_who_will_read_it(place, pia):
    concern = begun(pia)
    for page in NATIONAL_2023.pages:
        if page.asks:
            form = pia.get(f"/refer/{concern.pk}/{page.slug}/").context["form"]
            for ask in page.every_ask():
                if ask.kind is Kind.PROSE:
                    assert NATIONAL_2023.readers in form.fields[ask.key].help_text
                for prompt in ask.prompts:
                    assert form.fields[ask.comment_key(prompt)].help_text == NATIONAL_2023.readers


@pytest.mark.django_db
def test_a_new_edition_is_data_and_drafts_of_the_old_keep_theirs(place, pia, monkeypatch, settings):
    old = begun(pia)
    asked = Ask(key="concerns.new_question", label="A question of the new edition", kind=Kind.PROSE)
    pages = tuple(replace(page, asks=(*page.asks, asked)) if page.slug == "worries" else page
                  for page in NATIONAL_2023.pages)  # fmt: skip
    newer = replace(NATIONAL_2023, key="national-2030", pages=pages)
    monkeypatch.setitem(editions.EDITIONS, newer.key, newer)
    monkeypatch.setattr(procedure, "_published", dict(procedure._published))
    replace(procedure.published("england-2023"), key="county-2030", form_version=newer.key)
    settings.DEFAULT_PROCEDURE = "county-2030"
    new = begun(pia)
    assert (old.form_version, new.form_version) == ("national-2023", "national-2030")
    assert "A question of the new edition" in pia.get(f"/refer/{new.pk}/worries/").content.decode()
    assert "A question of the new edition" not in pia.get(f"/refer/{old.pk}/worries/").content.decode()
    posted(pia, new, "worries", {"concerns.new_question": "An answer."})
    assert draft(new.pk).answers["concerns.new_question"] == "An answer."
    assert "An answer." in pia.get(f"/refer/{new.pk}/check/").content.decode()
