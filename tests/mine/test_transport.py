"""The form goes to police by other means: the page says so, how it went is recorded, the copy kept (E4.35 to 37)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import DirectoryEntry, Event
from prevent_cases.casework.now import now, today
from prevent_cases.casework.procedure import published
from prevent_cases.casework.workflow import NotAllowed, Refused
from referrals.models import PractitionerReferral
from referrals.operations import referrers
from referrals.states import PractitionerState as P
from referrals.states import Transport
from tests.factories import KENT, County, a_practitioner_referral, county, sign_in
from tests.journeys.pages import errors, press, words

KIND = "practitioner.transported"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def me(place: County) -> Client:
    return sign_in(Client(), place.practitioner)


def transporting(sent: PractitionerReferral) -> str:
    return reverse("mine:transport", args=[sent.pk])


def say(me: Client, sent: PractitionerReferral, how: str, **typed: str) -> object:
    return press(me, me.get(transporting(sent)), "Save", transport=how, **typed)


def facts(sent: PractitionerReferral) -> list[dict[str, str]]:
    return list(Event.objects.filter(case=sent.case_id, kind=KIND).order_by("id").values_list("facts", flat=True))


def test_the_page_says_that_it_goes_by_other_means_until_it_is_recorded(place: County, me: Client) -> None:
    sent = a_practitioner_referral(place)
    shown = words(me.get(reverse("mine:referral", args=[sent.pk])))
    assert published(KENT).texts["sent_by_other_means"] in shown
    done = words(say(me, sent, Transport.WEBSITE))
    assert "You recorded that it was sent: The police website form" in done
    assert "The copy is kept here" in done
    assert facts(sent) == [{"how": "The police website form"}]
    after = PractitionerReferral.objects.get(pk=sent.pk)
    assert (after.transport, after.transported_at is not None) == (Transport.WEBSITE, True)


def test_where_the_procedure_has_no_such_route_nothing_is_asked(place: County, me: Client) -> None:
    sent = a_practitioner_referral(place)
    case = sent.case
    case.procedure_key = "england-2023"
    case.save()
    shown = words(me.get(reverse("mine:referral", args=[sent.pk])))
    assert "To the police" not in shown
    assert "nothing to record" in words(me.get(transporting(sent), follow=True))
    with pytest.raises(Refused, match="nothing to record"):
        _record(sent, place.practitioner, Transport.WEBSITE)


def test_secure_email_goes_to_a_domain_that_is_kept_and_no_other(place: County, me: Client) -> None:
    sent = a_practitioner_referral(place)
    assert errors(say(me, sent, Transport.SECURE_EMAIL)) == ["Enter the address you sent it to"]
    for refused in ("desk@ctp.example.attacker.example", "somebody@webmail.example", "desk@notctp.example"):
        assert errors(say(me, sent, Transport.SECURE_EMAIL, to=refused)) == [
            "That address is not one that police or the council keep for secure email. Check it."
        ]
    say(me, sent, Transport.SECURE_EMAIL, to="Desk@CTP.example")
    assert facts(sent) == [{"how": "Secure email", "address": "Desk@CTP.example"}]


def test_the_directorys_police_address_is_allowed_too(place: County, me: Client) -> None:
    sent = a_practitioner_referral(place)
    DirectoryEntry.objects.create(
        kind="POLICE_PREVENT", title="Police Prevent team", email="prevent@constabulary.example", starts_on=today()
    )
    say(me, sent, Transport.SECURE_EMAIL, to="prevent@constabulary.example")
    assert facts(sent)[0]["address"] == "prevent@constabulary.example"


def test_a_file_with_a_password_says_to_whom_the_password_was_told(place: County, me: Client) -> None:
    sent = a_practitioner_referral(place)
    assert errors(say(me, sent, Transport.PASSWORD)) == [
        "Enter the address you sent the file to", "Enter to whom you gave the password"
    ]  # fmt: skip
    with pytest.raises(Refused, match="to whom you gave the password by telephone"):
        _record(sent, place.practitioner, Transport.PASSWORD, "desk@webmail.example")
    say(me, sent, Transport.PASSWORD, file_to="desk@webmail.example", told_to="Sergeant Lumb, 01632 960 001")
    assert facts(sent) == [
        {
            "how": "A file with a password, the password by telephone",
            "address": "desk@webmail.example",
            "password_told": "Sergeant Lumb, 01632 960 001",
        }
    ]
    officer = sign_in(Client(), place.officer)
    shown = words(officer.get(reverse("referrals:practitioner", args=[sent.case_id])))
    assert "Password given by telephone to: Sergeant Lumb, 01632 960 001" in shown


def test_the_same_twice_is_recorded_once_and_another_way_is_recorded_too(place: County, me: Client) -> None:
    sent = a_practitioner_referral(place)
    say(me, sent, Transport.WEBSITE)
    assert errors(say(me, sent, Transport.WEBSITE)) == ["This is recorded already."]
    say(me, sent, Transport.SECURE_EMAIL, to="desk@ctp.example")
    assert len(facts(sent)) == 2


def test_nobody_else_records_it_and_not_of_what_was_withdrawn(place: County) -> None:
    sent = a_practitioner_referral(place)
    for actor in (place.officer, place.other_practitioner, place.school_lead):
        with pytest.raises(NotAllowed):
            _record(sent, actor, Transport.WEBSITE)
    with pytest.raises(Refused, match="withdrawn"):
        _record(a_practitioner_referral(place, P.WITHDRAWN), place.practitioner, Transport.WEBSITE)


def _record(sent: PractitionerReferral, by: object, how: str, to: str = "") -> None:
    referrers.record_transport(practitioner_referral=sent, transport=how, to=to, password_told="", by=by, at=now())
