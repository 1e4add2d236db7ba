"""The gate: what goes outside says to whom, what, why, by what power and on what basis, or it does not go."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from prevent_cases.casework import addresses, holding, secure_domains
from prevent_cases.casework.directory_edits import Written, add_entry
from prevent_cases.casework.kinds import AddressStanding, ConsentPosition, Delivery, DirectoryKind
from prevent_cases.casework.models import Disclosure, Event
from prevent_cases.casework.now import now, today
from prevent_cases.casework.sharing import Recipient, disclose
from prevent_cases.casework.workflow import OnHold, Refused
from referrals.models import Referral
from referrals.operations import sharing
from tests.factories import County, a_nil_return, a_referral, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def referral(place: County) -> Referral:
    return a_referral(place, "PREPARING")


def share(place: County, referral: Referral, **otherwise: Any) -> Disclosure:
    asked: dict[str, Any] = {
        "case": referral.case, "title": "Question to a partner", "purpose": "To ask what is known",
        "to": Recipient(name="The duty nurse", agency="Exampleshire Health", address="duty@ctp.example"),
        "consent": ConsentPosition.NOT_SOUGHT, "necessity": "They alone can know.", "items": ["Name", "Date of birth"],
        "delivery": Delivery.SECURE_EMAIL, "by": place.locality_worker, "at": now(),
    }  # fmt: skip
    return disclose(**asked | otherwise)


def test_it_is_written_down_whole_with_the_procedures_usual_words(place: County, referral: Referral) -> None:
    made = share(place, referral)
    texts = referral.case.procedure.texts
    assert (made.power, made.lawful_basis, made.proportionality, made.fairness, made.consent_why) == (
        texts["power"], texts["lawful_basis"], texts["proportionality"], texts["fairness"], texts["consent_not_sought"],
    )  # fmt: skip
    assert (made.recipient_agency, made.address_standing) == ("Exampleshire Health", AddressStanding.SECURE)
    assert made.items == ["Name", "Date of birth"]
    event = Event.objects.get(case=referral.case_id, kind="disclosure.made")
    assert event.facts == {"what": "Question to a partner", "to": "Exampleshire Health"}


def test_to_a_team_the_agency_is_its_organisation(place: County, referral: Referral) -> None:
    made = share(place, referral, to=Recipient(team=place.policing, address="desk@ctp.example"))
    assert made.recipient_agency == "Exampleshire Police"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"purpose": " "}, "the purpose"),
    ({"necessity": ""}, "why it is necessary"),
    ({"title": "", "necessity": ""}, "what is shared, why it is necessary"),
    ({"items": []}, "which parts"),
    ({"items": ["  "]}, "which parts"),
    ({"to": Recipient(agency="A", address="a@ctp.example")}, "to whom"),
    ({"to": Recipient(name="N", address="a@ctp.example")}, "which agency"),
    ({"to": Recipient(name="N", agency="A")}, "the address"),
    ({"consent": ""}, "whether the person agreed"),
    ({"consent": ConsentPosition.NOT_ASKED}, "whether the person agreed"),
    ({"consent": ConsentPosition.OVERRIDDEN}, "although the person did not agree"),
    ({"delivery": "PIGEON"}, "how it goes"),
    ({"power": "x" * 301}, "300 characters or fewer for the power"),
    ({"to": Recipient(name="N", agency="A", address="a@post.example")}, "not at a secure domain"),
]  # fmt: skip


def test_what_is_missing_is_said_and_nothing_goes(place: County, referral: Referral, subtests: Any) -> None:
    for otherwise, says in REFUSED:
        with subtests.test(says), pytest.raises(Refused, match=says):
            share(place, referral, **otherwise)
    assert not Disclosure.objects.filter(case=referral.case_id).exists()
    assert not Event.objects.filter(case=referral.case_id, kind="disclosure.made").exists()


def test_while_police_check_nothing_goes(place: County, referral: Referral) -> None:
    holding.place(case=referral.case, received_at=now(), reason="No concern now", by=place.locality_worker, at=now())
    with pytest.raises(OnHold):
        share(place, referral)
    assert not Disclosure.objects.filter(case=referral.case_id).exists()


def test_word_of_mouth_needs_no_address(place: County, referral: Referral) -> None:
    made = share(place, referral, delivery=Delivery.SPOKEN, to=Recipient(name="The head teacher", agency="A school"))
    assert (made.recipient_address, made.address_standing) == ("", AddressStanding.NO_ADDRESS)


def test_an_address_is_known_by_the_directory_and_safe_by_its_domain(place: County) -> None:
    def standing(address: str) -> str:
        return addresses.standing_of(address, today())

    assert standing("") == AddressStanding.NO_ADDRESS
    assert standing("somebody@post.example") == AddressStanding.UNKNOWN
    assert standing("New.Officer@CTP.example") == AddressStanding.SECURE
    place.liaison.user.email = "desk@ctp.example"
    place.liaison.user.save()
    assert standing("desk@ctp.example") == AddressStanding.KNOWN
    assert standing("a@desk.health.example") == AddressStanding.UNKNOWN
    listed = secure_domains.list_domain(
        domain="@Health.example", covers_below=True, why="The agreement says so", by=place.lists, at=now()
    )
    assert standing("a@desk.health.example") == standing("a@health.example") == AddressStanding.SECURE
    assert standing("a@nothealth.example") == AddressStanding.UNKNOWN
    said = Written(kind=DirectoryKind.PREVENT_LEAD, title="Lead", email="lead@post.example", starts_on=today())
    add_entry(written=said, by=place.lists, at=now())
    assert standing("LEAD@post.example") == AddressStanding.LISTED
    secure_domains.retire_domain(listed=listed, by=place.lists, at=now())
    assert standing("a@health.example") == AddressStanding.UNKNOWN


def test_by_a_file_with_a_password_it_says_who_has_the_password(place: County, referral: Referral) -> None:
    to = Recipient(name="The duty nurse", agency="Exampleshire Health", address="duty@post.example")
    made = share(place, referral, to=to, delivery=Delivery.PASSWORD)
    with pytest.raises(Refused, match="who was given the password"):
        sharing.record_emailed(disclosure=made, by=place.locality_worker, at=now())
    with pytest.raises(Refused, match="how the password was given"):
        sharing.record_emailed(
            disclosure=made, password_to="The nurse", password_channel="EMAIL", by=place.locality_worker, at=now()
        )
    sharing.record_emailed(
        disclosure=made, password_to="The nurse", password_channel="TELEPHONE", by=place.locality_worker, at=now()
    )
    made.refresh_from_db()
    assert (made.password_to, made.password_channel) == ("The nurse", "TELEPHONE")
    facts = Event.objects.get(case=referral.case_id, kind="disclosure.emailed").facts
    assert facts["password_by"] == "By telephone"


WITHOUT = [
    *({name: words} for name in ("purpose", "power", "lawful_basis", "necessity", "proportionality", "fairness")
      for words in ("", "  \n ")),
    {"items": []}, {"recipient_agency": ""}, {"recipient_team_id": None, "recipient_name": ""}, {"consent": "PERHAPS"},
    {"consent": "NOT_ASKED"}, {"consent_why": ""}, {"address_standing": "NOT_CHECKED"}, {"address_standing": "GUESSED"},
    {"delivery": "SECURE_EMAIL", "address_standing": "UNKNOWN"}, {"recipient_address": ""}, {"delivery": "PIGEON"},
    {"password_to": "Somebody"}, {"before_the_gate": True},
]  # fmt: skip


def test_the_database_holds_no_disclosure_that_lacks_a_reason(place: County, subtests: Any) -> None:
    """Whoever writes the row, by whatever road: neither made so nor made so afterwards."""
    whole = Disclosure.objects.get(case=a_nil_return(place).case_id)
    for columns in WITHOUT:
        with subtests.test(", ".join(f"{name}={value!r}" for name, value in columns.items())):
            with pytest.raises(DatabaseError), transaction.atomic():
                Disclosure.objects.filter(pk=whole.pk).update(**columns)
            copied = Disclosure.objects.get(pk=whole.pk)
            copied.id = uuid.uuid4()
            for name, value in columns.items():
                setattr(copied, name, value)
            with pytest.raises(DatabaseError), transaction.atomic():
                Disclosure.objects.bulk_create([copied])
    assert Disclosure.objects.filter(case=whole.case_id).count() == 1
    copied = Disclosure.objects.get(pk=whole.pk)
    copied.id = uuid.uuid4()
    Disclosure.objects.bulk_create([copied])
    assert Disclosure.objects.filter(case=whole.case_id).count() == 2


def test_a_domain_that_would_cover_half_the_country_is_not_listed(place: County) -> None:
    for domain, covers, says in (
        ("gov.uk", True, "Not every address"), ("no domain", False, "right form"), ("", False, "right form"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            secure_domains.list_domain(domain=domain, covers_below=covers, why="x", by=place.lists, at=now())
    with pytest.raises(Refused, match="how you know"):
        secure_domains.list_domain(domain="a.example", covers_below=False, why=" ", by=place.lists, at=now())
    with pytest.raises(Refused, match="may only be done by"):
        secure_domains.list_domain(domain="a.example", covers_below=False, why="x", by=place.officer, at=now())
