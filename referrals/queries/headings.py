"""Under which headings the words of a referral are kept and shown: those of the form's edition. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from referrals.national_form.editions import labels
from referrals.reading.form_headings import EDITIONS, FormSection

MESSAGE = "message"
INSTRUCTIONS = "holding_instructions"
"""What the local police hub asked for with it, as it was sent: shown before everything else (C1.6)."""
AT_THE_ORGANISATION = {"advice.taken": "Advice taken before it was sent", "concern.steps": "At the organisation"}
"""What goes with a practitioner's referral beside the form (D2.1 to D2.3, E4.12)."""
NOT_WORDS = ("policing",)
"""Sections that become columns of the referral, not words."""
IN_COLUMNS = {
    f"individual.{name}"
    for name in ("given_name", "family_name", "full_name", "other_names", "born_on", "address", "phone", "nhs_number")
}


@dataclass(frozen=True)
class Heading:
    """A box to write in. ``is_main`` ones are always in view; the others are there for a form that fills them."""

    key: str
    label: str
    is_main: bool


def headings(form_version: str) -> list[Heading]:
    """The boxes of a form's edition (as procedures pin it) in its order, the covering message first."""
    edition = EDITIONS.get(form_version)
    sections = [section for section in edition.sections if section.key not in NOT_WORDS] if edition else []
    boxes = [Heading(_key(section), _label(section), bool(section.free_text)) for section in sections]
    return [Heading(MESSAGE, "Covering message", is_main=True), *sorted(boxes, key=lambda box: not box.is_main)]


def labels_of(form_version: str) -> dict[str, str]:
    """The label of every key words may be kept under, in the order of the form: its boxes, its single fields, and what
    only practitioners are asked for."""
    edition = EDITIONS.get(form_version)
    found = {INSTRUCTIONS: "Holding instructions, as they were sent"}
    found |= {heading.key: heading.label for heading in headings(form_version)}
    for section in edition.sections if edition else ():
        found |= {field.key: f"{section.label}: {field.label}" for field in section.fields}
    asked = {key: label for key, label in labels(form_version).items() if key not in found}
    return found | asked | AT_THE_ORGANISATION


def in_form_order(form_version: str, told: Mapping[str, str]) -> list[tuple[str, str]]:
    """Words kept by heading, as label and text, in the order of the form; those it has no heading for come last."""
    labels = labels_of(form_version)
    keys = [key for key in labels if key in told] + sorted(key for key in told if key not in labels)
    return [(labels.get(key, key.replace("_", " ").capitalize()), told[key]) for key in keys]


def words_read(form_version: str, fields: Mapping[str, str], body: str = "") -> dict[str, str]:
    """What a file was found to say, by box: a section's single answers under their labels, one after the other."""
    edition = EDITIONS.get(form_version)
    told = {MESSAGE: body.strip()}
    for section in edition.sections if edition else ():
        if section.key in NOT_WORDS:
            continue
        answers = [
            f"{field.label}: {fields[field.key]}"
            for field in section.fields
            if field.key in fields and field.key not in IN_COLUMNS
        ]
        parts = [fields.get(section.free_text, ""), "\n".join(answers)]
        told[_key(section)] = "\n\n".join(part for part in parts if part)
    return {key: words for key, words in told.items() if words}


def _key(section: FormSection) -> str:
    return section.free_text or section.key


def _label(section: FormSection) -> str:
    return "More about the person" if section.key == "individual" else section.label
