"""A referral arrives by email: its file first, one page to check, received once (A4; K0.4)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework import access
from prevent_cases.casework.models import ClockRun, Document, Draft, Event, Narrative, Notice, Submission
from referrals.models import Referral
from referrals.states import ReferralState as S
from tests.factories import County, a_conflict, a_referral, an_eml, county, sign_in
from tests.journeys.pages import errors, form_in, page, press, words
from tests.journeys.triaging import other_people, triage_of
from tests.referrals.form_builders import national_form

SENT_AT = datetime(2026, 6, 1, 9, 12, tzinfo=UTC)
BUTTON = "Receive the referral"
TYPED = {
    "reply_address": "desk@ctp.example", "received_on-day": "1", "received_on-month": "6", "received_on-year": "2026",
    "received_time": "10:12", "given_name": "Tamsin", "family_name": "Wetherlark",
}  # fmt: skip


@pytest.fixture
def place(db: None) -> County:
    return county()


def a_page(client: Client) -> HttpResponse:
    return client.get(reverse("referrals:enter"), follow=True)


def uploaded(name: str, data: bytes) -> BytesIO:
    file = BytesIO(data)
    file.name = name
    return file


def read_in(client: Client, *files: BytesIO) -> HttpResponse:
    """Upload files, and come to the page that was filled from them."""
    opened = client.get(reverse("referrals:upload"))
    return press(client, opened, "Read the file", attachments=list(files))


def value(shown: HttpResponse, name: str) -> Any:
    found = page(shown).xpath(f"//*[@name='{name}']")[0]
    return found.text if found.tag == "textarea" else found.get("value")


def kept(actor: Any, referral: Referral) -> list[Document]:
    with access.material(actor, referral.case_id):
        return list(Document.objects.filter(case=referral.case_id).order_by("added_at", "kind", "id"))


def test_typed_by_hand_it_is_received_and_leads_to_triage(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    filled = TYPED | {
        "words-concerns.described": "He speaks of people he met online.",
        "policing_reference": "ctp/26/7",
    }
    done = press(client, a_page(client), BUTTON, **filled)
    referral = Referral.objects.get()
    assert done.redirect_chain[-1][0] == triage_of(referral)
    assert "Received as PC-" in words(done)
    assert (referral.state, referral.policing_team, referral.age_group) == (S.RECEIVED, place.policing, "UNKNOWN")
    assert referral.policing_reference == "CTP/26/7"
    assert referral.received_at == datetime(2026, 6, 1, 9, 12, tzinfo=UTC), "typed in London's time"
    assert set(ClockRun.objects.filter(case=referral.case_id).values_list("clock", flat=True)) == {
        "referral.triage", "referral.reply"
    }  # fmt: skip
    with access.material(place.officer, referral.case_id):
        assert Narrative.objects.get(case=referral.case_id).heading == "concerns.described"
    assert Notice.objects.filter(case=referral.case_id, kind="referral.received", team=place.ssu).count() == 1


def test_a_reply_address_elsewhere_is_received_and_warned_of(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    warned = "The reply address is not an address of the policing team’s own organisation."
    done = press(client, a_page(client), BUTTON, **TYPED | {"reply_address": "sergeant@post.example"})
    assert warned in words(done)
    assert Referral.objects.get().reply_address == "sergeant@post.example"
    assert warned not in words(press(client, a_page(client), BUTTON, **TYPED))


def test_an_email_with_the_national_form_fills_the_page_and_is_kept_byte_for_byte(
    place: County, client: Client
) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Sergeant Lumb <desk@ctp.example>", "Referral CTP/2026/0042"
    message["Date"] = SENT_AT
    message.set_content("Please see attached.")
    message.add_attachment(
        national_form(), maintype="application", filename="form.docx",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
    )  # fmt: skip
    sign_in(client, place.officer)
    shown = read_in(client, uploaded("referral.eml", message.as_bytes()))
    assert "Read from the file: check each one" in words(shown)
    assert Referral.objects.count() == 0, "nothing is taken in silently"
    assert value(shown, "given_name") == "Tamsin"
    assert replies_offered(shown) == ["desk@ctp.example", "desk@ctpse.example", "other"]
    assert (value(shown, "received_on-day"), value(shown, "received_time")) == ("1", "10:12")
    assert [value(shown, f"born_on-{part}") for part in ("day", "month", "year")] == ["4", "6", "1987"]
    assert "coming war" in value(shown, "words-concerns.described")
    assert "Please see attached." in value(shown, "words-message")
    assert words(shown).count("Read from the file. Check it.") > 8
    press(client, shown, BUTTON, given_name="Tamsyn", reply_choice="desk@ctp.example")
    referral = Referral.objects.get()
    assert (referral.given_name, referral.born_on) == ("Tamsyn", date(1987, 6, 4))
    attachment, original = kept(place.officer, referral)
    with default_storage.open(original.store_key) as stored:
        assert stored.read() == message.as_bytes()
    assert (original.title, attachment.file_name) == ("Referral as received", "form.docx")


def replies_offered(shown: HttpResponse) -> list[str]:
    """The addresses to choose from; none is chosen beforehand."""
    assert not page(shown).xpath("//input[@name='reply_choice'][@checked]")
    return page(shown).xpath("//input[@name='reply_choice']/@value")


@pytest.mark.parametrize(
    ("header", "body", "said"),
    [
        ("replies@ctp.example", "Please see attached.", "the email’s Reply-To line"),
        ("", "Dear all,\nReply to: replies@ctp.example\nThank you", "“Reply to” in the letter"),
        (
            "replies@ctp.example",
            "Reply to: Replies@CTP.example",
            "the email’s Reply-To line and “Reply to” in the letter",
        ),
    ],
)
def test_where_the_reply_address_is_not_the_senders_the_officer_chooses(
    place: County, client: Client, header: str, body: str, said: str
) -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "Sergeant Lumb <desk@ctp.example>", "CTP/2026/0042", SENT_AT
    if header:
        message["Reply-To"] = header
    message.set_content(body)
    sign_in(client, place.officer)
    shown = read_in(client, uploaded("referral.eml", message.as_bytes()))
    assert "The addresses do not agree" in words(shown)
    assert f"replies@ctp.example: {said}" in words(shown)
    assert "desk@ctp.example: the sender (From)" in words(shown)
    assert replies_offered(shown) == ["desk@ctp.example", "replies@ctp.example", "other"]
    assert value(shown, "reply_address") == ""
    refused = press(client, shown, BUTTON, given_name="Tamsin")
    assert errors(refused) == ["Choose where the answer should go"]
    assert errors(press(client, refused, BUTTON, reply_choice="other")) == ["Enter the reply address"]
    forged = press(client, refused, BUTTON, reply_choice="someone@elsewhere.example")
    assert len(errors(forged)) == 1
    press(client, refused, BUTTON, reply_choice="replies@ctp.example")
    assert Referral.objects.get().reply_address == "replies@ctp.example"


def test_another_address_can_be_typed_in_place_of_those_the_file_names(place: County, client: Client) -> None:
    letter = an_eml("Reply to: replies@ctp.example", sent_at=SENT_AT)
    sign_in(client, place.officer)
    shown = read_in(client, uploaded("referral.eml", letter))
    chosen = {"reply_choice": "other", "reply_address": "desk2@ctp.example"}
    press(client, shown, BUTTON, given_name="Tamsin", **chosen)
    assert Referral.objects.get().reply_address == "desk2@ctp.example"


def test_an_address_that_is_named_twice_alike_is_filled_in(place: County, client: Client) -> None:
    letter = an_eml("Reply to: Desk@CTP.example", sender="Lumb <desk@ctp.example>", sent_at=SENT_AT)
    sign_in(client, place.officer)
    shown = read_in(client, uploaded("referral.eml", letter))
    assert value(shown, "reply_address") == "desk@ctp.example"
    assert "The addresses do not agree" not in words(shown)


def test_what_was_not_recognised_is_said(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    shown = read_in(client, uploaded("letter.eml", an_eml("Words.", subject="Hello", sent_at=SENT_AT)))
    assert "Not found in the file: CT policing's reference, the person's name, the date of birth." in words(shown)


def test_refused_it_keeps_what_was_typed_and_what_was_added(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    added = uploaded("more.txt", b"More about it.")
    wrong = press(client, a_page(client), BUTTON, **TYPED | {"reply_address": "nowhere"}, attachments=added)
    assert errors(wrong) == ["Enter an email address in the correct format, like name@example.com"]
    assert "more.txt" in words(wrong)
    again = client.get(wrong.request["PATH_INFO"])
    assert value(again, "given_name") == "Tamsin", "the page opened anew still has it"
    done = press(client, again, BUTTON, reply_address="desk@ctp.example")
    assert "Received as" in words(done)
    assert [document.file_name for document in kept(place.officer, Referral.objects.get())] == ["more.txt"]


def test_a_file_that_does_not_belong_is_left_out(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    shown = read_in(client, uploaded("a.eml", an_eml(sent_at=SENT_AT)), uploaded("b.txt", b"Not this one."))
    stray = page(shown).xpath("//input[@name='leave_out']/@value")[1]
    press(client, shown, BUTTON, given_name="Tamsin", leave_out=stray)
    assert [document.file_name for document in kept(place.officer, Referral.objects.get())] == ["a.eml"]


def test_sent_twice_it_is_received_once_and_leads_to_the_same_case(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    shown = a_page(client)
    url, (_, fields) = shown.request["PATH_INFO"], form_in(shown, BUTTON)
    first = client.post(url, fields | TYPED, follow=True)
    second = client.post(url, fields | TYPED, follow=True)
    case = reverse("case", args=[Referral.objects.get().case_id])
    assert first.status_code == 200
    for again in (second, client.get(url, follow=True)):
        assert again.redirect_chain[-1][0] == case
        assert "This page was already sent: the referral was received as PC-" in words(again)
    assert Submission.objects.count() == Event.objects.filter(kind="referral.received").count() == 1


def test_sent_again_with_other_words_they_are_shown_back_on_a_page_of_their_own(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    shown = a_page(client)
    url, (_, fields) = shown.request["PATH_INFO"], form_in(shown, BUTTON)
    client.post(url, fields | TYPED)
    received = Referral.objects.get()
    changed = client.post(url, fields | TYPED | {"given_name": "Another"}, follow=True)
    assert f"sent, with other words, and received as {received.case.reference}" in words(changed)
    assert page(changed).xpath("//input[@name='given_name']/@value") == ["Another"]
    assert changed.redirect_chain[-1][0] != url
    assert Referral.objects.get().given_name != "Another"
    apart = {"separate": "on"} if received.policing_reference else {}
    press(client, changed, BUTTON, **apart)
    assert set(Referral.objects.values_list("given_name", flat=True)) == {received.given_name, "Another"}


def test_the_same_reference_from_policing_is_shown_and_asked_about(place: County, client: Client) -> None:
    earlier = a_referral(place, policing_reference="CTP/2026/0001")
    sign_in(client, place.officer)
    shown = press(client, a_page(client), BUTTON, **TYPED | {"policing_reference": " ctp/2026/0001 "})
    assert errors(shown) == ["Say that this is a separate referral, or open the one below"]
    assert earlier.case.reference in words(shown)
    done = press(client, shown, BUTTON, separate="on")
    assert "Received as" in words(done)
    assert Referral.objects.filter(policing_reference="CTP/2026/0001").count() == 2


def test_a_referral_kept_from_this_officer_is_not_shown_as_a_duplicate(place: County, client: Client) -> None:
    a_conflict(a_referral(place, policing_reference="CTP/2026/0001"), place.officer)
    sign_in(client, place.officer)
    done = press(client, a_page(client), BUTTON, **TYPED | {"policing_reference": "CTP/2026/0001"})
    assert "Received as" in words(done)


def test_the_wrong_people_find_nothing(place: County, client: Client) -> None:
    key = "6f1c1f2e-0000-4000-8000-000000000001"
    addresses = [reverse("referrals:enter"), reverse("referrals:upload"), reverse("referrals:enter-form", args=[key]),
                 reverse("referrals:enter-save", args=[key])]  # fmt: skip
    for actor in other_people(place):
        sign_in(client, actor)
        for url in addresses:
            assert client.get(url).status_code in (404, 405)
            assert client.post(url, TYPED).status_code in (404, 405)
    assert Referral.objects.count() == Draft.objects.count() == 0


def test_typing_is_kept_by_the_page_itself_until_the_session_ends_and_after(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    shown = a_page(client)
    url = shown.request["PATH_INFO"]
    saved = client.post(f"{url}save/", TYPED | {"words-message": "A long message." * 100})
    assert saved.json()["saved_at"]
    client.session.flush()
    expired = client.post(url, TYPED)
    assert expired.url.startswith(f"{reverse('account_login')}?next={url}")
    assert Referral.objects.count() == 0
    sign_in(client, place.officer)
    again = client.get(url)
    assert value(again, "family_name") == "Wetherlark"
    assert value(again, "words-message").strip() == "A long message." * 100


def test_another_person_sees_nothing_of_a_draft_and_cannot_take_it(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    url = a_page(client).request["PATH_INFO"]
    client.post(f"{url}save/", TYPED)
    sign_in(client, place.second_officer)
    assert "Wetherlark" not in client.get(url).content.decode()
    assert client.post(f"{url}save/", TYPED).status_code == 409
    assert Draft.objects.count() == 0, "the wall hides it from a query that names nobody"


def test_a_draft_is_gone_once_it_is_sent(
    place: County, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client, place.officer)
    shown = read_in(client, uploaded("a.eml", an_eml(sent_at=SENT_AT)))
    with access.oneself(place.officer):
        stored = [file["store_key"] for file in Draft.objects.get().files]
    with django_capture_on_commit_callbacks(execute=True):
        press(client, shown, BUTTON, given_name="Tamsin")
    with access.oneself(place.officer):
        assert Draft.objects.count() == 0
    assert not default_storage.exists(stored[0])


def test_entered_on_a_later_day_the_history_says_both(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    with time_machine.travel(datetime(2026, 6, 9, 9, 42, tzinfo=UTC), tick=False):
        press(client, a_page(client), BUTTON, **TYPED)
        shown = words(client.get(reverse("case-history", args=[Referral.objects.get().case_id])))
    assert "Received 1 June 2026 at 10:12am; entered 9 June 2026 at 10:42am" in shown


def test_entered_on_the_day_it_came_the_history_says_it_once(place: County, client: Client) -> None:
    sign_in(client, place.officer)
    with time_machine.travel(datetime(2026, 6, 1, 14, 0, tzinfo=UTC), tick=False):
        press(client, a_page(client), BUTTON, **TYPED)
        shown = words(client.get(reverse("case-history", args=[Referral.objects.get().case_id])))
    assert "entered 1 June" not in shown
