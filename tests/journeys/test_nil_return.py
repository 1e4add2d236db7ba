"""No record is held: the nil return is previewed and sent once; then the case is closed (A6; K0.5, K0.6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import Disclosure, Notice
from prevent_cases.casework.now import now, today
from prevent_cases.casework.sending.messages import compose
from prevent_cases.casework.sending.recipients import MAILBOX, Place, Recipient
from referrals.models import RegisterSearch
from referrals.operations import triage
from referrals.states import Known
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, a_register_entry, a_register_import, county, sign_in
from tests.journeys.pages import errors, form_in, page, press, words
from tests.journeys.triaging import decide, kinds, now_at, other_people, triage_of

KEY = "referral.send_nil_return"


def days_from_now(days: int) -> datetime:
    return now() + timedelta(days=days)


@pytest.fixture
def place(db: None) -> County:
    return county()


def test_from_the_inbox_in_five_activations(place: County, client: Client) -> None:
    a_register_import()
    referral = a_referral(place)
    sign_in(client, place.officer)
    inbox = client.get(reverse("referrals:inbox"))
    row = page(inbox).xpath(f"//a[contains(@href, '{referral.case_id}')]")[0]
    case = client.get(row.get("href"))  # 1
    step = next(link for link in page(case).iter("a") if link.text_content().startswith("Triage this referral"))
    opened = client.get(step.get("href"), follow=True)  # 2
    confirm = press(client, opened, "Continue", decision=Known.NEVER)  # 3, the choice; 4, Continue
    shown = words(confirm)
    assert "exactly as it is sent" in shown
    assert "desk@ctp.example" in shown
    assert "Adult social care has no record of this person" in shown
    sent = press(client, confirm, "Send nil return")  # 5
    assert "Nil return sent to CT policing." in words(sent)
    assert now_at(referral).state == S.NIL_RETURNED
    assert now_at(referral).known == Known.NEVER
    assert now_at(referral).case.next_due_clock == "referral.finish"
    closed = press(client, sent, "Close the case", other_needs="none")
    assert "Case closed." in words(closed)
    assert now_at(referral).state == S.CLOSED
    assert kinds(referral).count(KEY) == 1
    assert kinds(referral).index("referral.open_checks") < kinds(referral).index(KEY)


def test_what_was_previewed_is_what_is_kept_and_addressed(place: County, client: Client) -> None:
    extract = a_register_import()
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    confirm = decide(
        client, referral, Known.NEVER, systems=["register", "archive", "other"], other_system="Blue Badge list"
    )
    press(client, confirm, "Send nil return")
    disclosure = Disclosure.objects.get(case=referral.case_id)
    assert disclosure.recipient_address == "desk@ctp.example"
    search = RegisterSearch.objects.get(referral=referral)
    assert search.systems == ["Mosaic", "Archived records", "In the officer’s words: Blue Badge list"]
    assert search.extract_at == extract.at
    assert search.decided == Known.NEVER
    for name in search.systems:
        assert name in words(confirm)
    assert "using name, date of birth and address" in words(confirm)
    assert Notice.objects.filter(case=referral.case_id, kind=KEY, address="desk@ctp.example").count() == 1


def test_it_says_only_what_was_checked(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    sent = press(client, decide(client, referral, Known.NEVER, systems=["register"]), "Send nil return")
    assert "None found" not in words(client.get(reverse("case-history", args=[referral.case_id])))
    press(client, sent, "Close the case", other_needs="none")
    assert "Other needs: None found" in words(client.get(reverse("case-history", args=[referral.case_id])))


def test_the_message_carries_policings_own_reference_and_never_one_with_a_name_in_it(
    place: County, client: Client
) -> None:
    sign_in(client, place.officer)
    for theirs in ("CTP/2026/0042", "ACKERLEY 2026"):
        referral = a_referral(place, S.CHECKING, policing_reference=theirs, born_on=date(1990, 1, len(theirs)))
        press(client, decide(client, referral, Known.NEVER, systems=["register"]), "Send nil return")
    told = Notice.objects.filter(kind=KEY, address="desk@ctp.example").order_by("written_at")
    bodies = [compose(notice, Recipient((notice.address,), MAILBOX, Place.HOME)).body for notice in told]
    assert "\nYour reference: CTP/2026/0042\n" in bodies[0]
    assert "Your reference" not in bodies[1]
    assert not any("ackerley" in body.lower() for body in bodies)


def test_by_secure_email_it_is_sent_from_its_page_and_closes_once_that_is_recorded(
    place: County, client: Client
) -> None:
    referral = a_referral(place, S.CHECKING, policing_reference="CTP/2026/0042")
    sign_in(client, place.officer)
    confirm = decide(client, referral, Known.NEVER, systems=["register"])
    assert "Only the 1 person of" in words(confirm)
    assert "desk@ctp.example has none" in words(confirm)
    assert "Your referenceCTP/2026/0042" in words(confirm)
    sent = press(client, confirm, "Send nil return", delivery="SECURE_EMAIL")
    disclosure = Disclosure.objects.get(case=referral.case_id)
    url = reverse("referrals:disclosure", args=[referral.case_id, disclosure.pk])
    assert sent.redirect_chain[-1][0] == url
    assert f"OFFICIAL-SENSITIVE: your reference CTP/2026/0042, ours {referral.case.reference}" in words(sent)
    assert now_at(referral).state == S.NIL_RETURNED
    assert not Notice.objects.filter(case=referral.case_id, kind=KEY).exists()
    gate = words(client.get(reverse("referrals:close", args=[referral.case_id])))
    assert "Nil return has not been sent yet: send it, and record that. Open what is to be sent" in gate
    assert url in client.get(reverse("referrals:close", args=[referral.case_id])).content.decode()
    done = press(client, sent, "I have sent it by secure email")
    assert "Recorded as sent by secure email." in words(done)
    assert done.redirect_chain[-1][0] == reverse("referrals:close", args=[referral.case_id])
    assert "By secure email to desk@ctp.example, sent" in words(client.get(url))
    disclosure.refresh_from_db()
    assert (disclosure.emailed_by, disclosure.recipient_address) == (place.officer.user, "desk@ctp.example")
    press(client, done, "Close the case", other_needs="none")
    assert now_at(referral).state == S.CLOSED
    assert "Sent to: desk@ctp.example" in words(client.get(reverse("case-history", args=[referral.case_id])))


def test_where_nobody_of_policing_has_an_account_it_goes_by_secure_email_or_not_at_all(
    place: County, client: Client
) -> None:
    referral = a_referral(place, S.CHECKING)
    place.liaison.user.is_active = False
    place.liaison.user.save()
    sign_in(client, place.officer)
    confirm = decide(client, referral, Known.NEVER, systems=["register"])
    assert page(confirm).xpath("//input[@name='delivery'][@checked]/@value") == ["SECURE_EMAIL"]
    assert f"Nobody in {place.policing.name} has an account, so nobody could read it here." in words(confirm)
    refused = press(client, confirm, "Send nil return", delivery="IN_SERVICE")
    assert errors(refused) == [
        f"Nobody in {place.policing.name} has an account, so nobody could read it here. Send it by secure email."
    ]
    assert now_at(referral).state == S.CHECKING


def test_an_address_with_an_account_is_said_to_have_one(place: County, client: Client) -> None:
    address = place.liaison.user.email
    referral = a_referral(place, S.CHECKING, reply_address=address)
    sign_in(client, place.officer)
    assert f"{address} has an account, and gets a message" in words(
        decide(client, referral, Known.NEVER, systems=["register"])
    )


@pytest.mark.parametrize("who", range(7))
def test_nobody_else_may_not_even_know(place: County, client: Client, who: int) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, other_people(place)[who])
    for name in ("triage", "send-nil-return"):
        url = reverse(f"referrals:{name}", args=[referral.case_id])
        assert client.get(url).status_code == client.post(url, {"decision": "NEVER"}).status_code == 404
    assert now_at(referral).state == S.CHECKING


@pytest.mark.parametrize("state", [S.QUERIED, S.WITH_AREA, S.WITH_LOCALITY, S.SIGN_OFF, S.CLOSED])
def test_in_another_state_it_is_refused_in_words(place: County, client: Client, state: str) -> None:
    referral = a_referral(place, state)
    sign_in(client, place.officer)
    opened = client.get(triage_of(referral), follow=True)
    assert opened.redirect_chain[-1][0] == reverse("case", args=[referral.case_id])
    assert f"That cannot be done now: the case is at “{S(state).label}”." in words(opened)
    sent = client.post(reverse("referrals:send-nil-return", args=[referral.case_id]), {
        "decision": "NEVER", "systems": ["register"], "version": referral.case.version,
    }, follow=True)  # fmt: skip
    assert f"That cannot be done now: the case is at “{S(state).label}”." in words(sent)
    assert now_at(referral).state == state
    assert KEY not in kinds(referral)


def test_sent_twice_it_is_sent_once(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    confirm = decide(client, referral, Known.NEVER, systems=["register"])
    action, fields = form_in(confirm, "Send nil return")
    first, second = client.post(action, fields, follow=True), client.post(action, fields, follow=True)
    assert "Nil return sent to CT policing." in words(first)
    assert second.redirect_chain[-1][0] == reverse("case", args=[referral.case_id])
    assert "That cannot be done now: the case is at “Nil return sent”." in words(second)
    assert not errors(second)
    assert "Nil return sent to CT policing." not in words(second)
    assert kinds(referral).count(KEY) == Disclosure.objects.filter(case=referral.case_id).count() == 1


def test_after_somebody_else_decided_the_second_sees_what_stands(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING)
    sign_in(client, place.officer)
    confirm = decide(client, referral, Known.NEVER, systems=["register"])
    triage.query_back(
        referral=now_at(referral), reason="We cannot tell", by=place.second_officer, at=days_from_now(0),
        version=now_at(referral).case.version,
    )  # fmt: skip
    sent = press(client, confirm, "Send nil return")
    assert "That cannot be done now: the case is at “Asked back”." in words(sent)
    assert "Asked back" in page(sent).xpath("//*[@class='app-key-details']")[0].text_content()
    assert now_at(referral).state == S.QUERIED


def test_for_somebody_under_18_it_is_not_offered_and_refused(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING, born_on=today() - timedelta(days=16 * 365))
    sign_in(client, place.officer)
    opened = client.get(triage_of(referral))
    offered = page(opened).xpath("//input[@name='decision']/@value")
    assert offered == ["CHILD", "QUERY"]
    sent = client.post(reverse("referrals:send-nil-return", args=[referral.case_id]), {
        "decision": "NEVER", "systems": ["register"], "version": now_at(referral).case.version,
    })  # fmt: skip
    assert errors(sent) == ["This person is under 18. Send the referral to children's duty."]
    assert KEY not in kinds(referral)


def test_an_age_that_is_not_known_is_asked(place: County, client: Client) -> None:
    referral = a_referral(place, born_on=None)
    sign_in(client, place.officer)
    asked = {
        "": "Say whether this person is under 18",
        "child": "Someone under 18 goes to children's duty. Choose that, or correct the age",
        "unknown": "Ask CT policing for the date of birth first, or find it out",
    }
    for age, error in asked.items():
        chosen = {"age": age} if age else {}
        assert errors(decide(client, referral, Known.NEVER, systems=["register"], **chosen)) == [error]
    assert now_at(referral).state == S.RECEIVED
    confirm = decide(client, referral, Known.NEVER, systems=["register"], age="adult")
    press(client, confirm, "Send nil return")
    assert now_at(referral).state == S.NIL_RETURNED
    assert now_at(referral).age_group == "ADULT"


def test_the_operation_itself_guesses_no_age(place: County) -> None:
    referral = a_referral(place, S.CHECKING, born_on=None)
    with pytest.raises(triage.Refused, match="not known whether this person is under 18"):
        triage.send_nil_return(
            referral=referral, systems=["Mosaic"], using="name", extract_at=None, found=[], council="C",
            by=place.officer, at=referral.received_at,
        )  # fmt: skip


def test_a_likely_match_in_the_register_needs_a_reason_to_be_set_aside(place: County, client: Client) -> None:
    entry = a_register_entry("Wilf", "Ackerley", "open", born_on=date(1991, 3, 14), postcode="ES1 4AB")
    referral = a_referral(place)
    sign_in(client, place.officer)
    assert errors(decide(client, referral, Known.NEVER)) == ["Say which entry is this person, or that none of them is"]
    chosen = decide(client, referral, Known.NEVER, entry=str(entry.pk))
    assert errors(chosen) == ["You chose an entry of the register, so a record is held. Check which is right"]
    aside = decide(client, referral, Known.NEVER, entry="none")
    assert errors(aside) == ["Say why the likely match in the register is not this person"]
    confirm = decide(client, referral, Known.NEVER, entry="none", words="A cousin of the same name")
    press(client, confirm, "Send nil return")
    search = RegisterSearch.objects.get(referral=referral)
    assert search.words == "A cousin of the same name"
    assert [(found["number"], found["chosen"]) for found in search.found] == [(entry.mosaic_id, False)]


def test_send_and_open_next_leads_to_the_oldest_deadline_that_waits(place: County, client: Client) -> None:
    later = a_referral(place, given_name="Orla", family_name="Quist", at=days_from_now(-1))
    sooner = a_referral(place, given_name="Perpetua", family_name="Zabel", at=days_from_now(-9))
    referral = a_referral(place, S.CHECKING, given_name="Ulf", family_name="Marrow", at=days_from_now(-20))
    sign_in(client, place.officer)
    confirm = decide(client, referral, Known.NEVER, systems=["register"])
    onward = press(client, confirm, "Send and open next")
    assert onward.redirect_chain[-1][0] == triage_of(sooner)
    for waiting in (sooner, later):
        onward = press(client, decide(client, waiting, Known.NEVER, systems=["register"]), "Send and open next")
    assert "Nothing more is waiting to be triaged." in words(onward)


def test_a_reply_address_outside_policings_own_domain_is_pointed_out(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING, reply_address="someone@mail.example")
    sign_in(client, place.officer)
    assert "Check the reply address" in words(decide(client, referral, Known.NEVER, systems=["register"]))
