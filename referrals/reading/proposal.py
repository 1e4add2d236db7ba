"""What reading a referral proposes: plain frozen values, each to be checked by a person before it is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from referrals.reading.readings import nhs_number_in, postcode_in, uk_date

Replies = tuple[tuple[str, str], ...]
"""Addresses, each once, and where each of them stands in words."""


def replies_of(*found: tuple[str, str]) -> Replies:
    """Every different address found, with all the places it stands in. What was not found (an empty one) falls out."""
    places: dict[str, list[str]] = {}
    for address, place in found:
        if address:
            places.setdefault(address.lower(), []).append(place)
    return tuple((address, " and ".join(where)) for address, where in places.items())


@dataclass(frozen=True)
class Attachment:
    """A file that came inside an email and may be kept. ``name`` is fit to show; ``kind`` is a key of limits.KINDS."""

    name: str
    kind: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class ProposedPerson:
    """Whom the referral is about, in the columns a person is recognised by. Empty where nothing was found.

    ``born_on`` is None when no date was found or it cannot be a date; ``born_as_written`` is what stood there.
    """

    given_name: str = ""
    family_name: str = ""
    other_names: tuple[str, ...] = ()
    born_on: date | None = None
    born_as_written: str = ""
    address: str = ""
    postcode: str = ""
    nhs_number: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposedReferral:
    """What one uploaded file seems to say.

    ``kind`` is a key of ``limits.KINDS``. ``sender_name`` and ``sender_address`` are empty where not found.
    ``replies`` are the different addresses a reply could go to, each with where it stands: one is proposed, of several
    a person chooses. ``sent_at`` is aware and only from an email's own date; ``dated_on`` is a date in a document.
    ``references`` are in the order found, the subject's first. ``fields`` is text by field key, as
    ``form_headings`` lists them; ``form_edition`` the edition recognised, else empty. ``body`` is the letter as
    plain text. ``attachments`` may be kept; ``notes`` say in words what was not recognised or needs care.
    """

    kind: str
    sender_name: str = ""
    sender_address: str = ""
    replies: Replies = ()
    sent_at: datetime | None = None
    dated_on: date | None = None
    subject: str = ""
    references: tuple[str, ...] = ()
    form_edition: str = ""
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: str = ""
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def reply_to(self) -> str:
        """Where the answer goes, if the file says so in one voice; empty where it names several addresses, or none."""
        return self.replies[0][0] if len(self.replies) == 1 else ""

    @property
    def person(self) -> ProposedPerson:
        """The person, from the form's fields."""
        given, family = self.fields.get("individual.given_name", ""), self.fields.get("individual.family_name", "")
        if not (given or family):
            given, _, family = self.fields.get("individual.full_name", "").rpartition(" ")
        address, born = self.fields.get("individual.address", ""), self.fields.get("individual.born_on", "")
        others = self.fields.get("individual.other_names", "").replace("\n", ";").replace(",", ";")
        return ProposedPerson(
            given_name=given,
            family_name=family,
            other_names=tuple(name.strip() for name in others.split(";") if name.strip()),
            born_on=uk_date(born),
            born_as_written=born,
            address=address,
            postcode=postcode_in(address),
            nhs_number=nhs_number_in(self.fields.get("individual.nhs_number", "")),
            phone=self.fields.get("individual.phone", ""),
            email=self.fields.get("individual.email", ""),
        )
