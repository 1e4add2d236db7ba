"""CT policing sees what was shared with its team and what it owes, and nothing else of any case."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.casework.kinds import ConsentPosition, Delivery, Look
from prevent_cases.casework.models import AccessLog, Disclosure, Document, Event, Note
from prevent_cases.casework.now import now
from prevent_cases.casework.sharing import Recipient, disclose
from referrals.models import Referral
from referrals.operations import sharing
from referrals.states import ReferralState as S
from tests.factories import (
    County,
    a_conflict,
    a_form,
    a_nil_return,
    a_person,
    a_referral,
    a_team,
    acting,
    county,
    sign_in,
)
from tests.journeys.answering import at
from tests.journeys.pages import page, press, words
from tests.journeys.triaging import kinds

LIST = "/referrals/exchange/"


@pytest.fixture
def place(db: None) -> County:
    return county()


@pytest.fixture
def liaison(place: County, client: Client) -> Client:
    return sign_in(client, place.liaison)


def shared_from(referral: Referral) -> Disclosure:
    return Disclosure.objects.get(case=referral.case_id)


def item(disclosure: Disclosure) -> str:
    return reverse("referrals:exchange-item", args=[disclosure.pk])


def file_urls(client: Client, disclosure: Disclosure) -> list[str]:
    return page(client.get(item(disclosure))).xpath("//p[@class='app-file__title']/a/@href")


def test_what_was_shared_is_listed_newest_first(place: County, liaison: Client) -> None:
    a_nil_return(place, policing_reference="CTP/2026/0007")
    a_referral(place, S.RESPONDED, policing_reference="CTP/2026/0008")
    listed = liaison.get(LIST)
    rows = [row.text_content() for row in page(listed).xpath("//table[caption[contains(., 'newest first')]]/tbody/tr")]
    assert ["Answer to policing" in rows[0], "Nil return" in rows[1]] == [True, True]
    assert "CTP/2026/0008" in rows[0]
    assert "Ackerley" not in listed.content.decode()


def test_a_page_holds_twenty_five_and_leads_to_the_rest(place: County, liaison: Client) -> None:
    referral = a_nil_return(place)
    first = shared_from(referral)
    for number in range(26):
        disclose(
            case=referral.case, title=f"Number {number}", to=Recipient(team=place.policing, address="a@ctp.example"),
            purpose="To tell them", consent=ConsentPosition.NOT_SOUGHT, necessity="Asked", items=["A part"],
            delivery=Delivery.IN_SERVICE, by=place.officer, at=first.decided_at,
        )  # fmt: skip
    listed = liaison.get(LIST)
    seen = page(listed).xpath("//tbody/tr/th/a/@href")
    older = page(listed).xpath("//a[@rel='next']/@href")
    rest = liaison.get(LIST + older[0])
    seen += page(rest).xpath("//tbody/tr/th/a/@href")
    assert len(page(listed).xpath("//tbody/tr/th/a")) == 25
    assert len(seen) == len(set(seen)) == 27
    assert page(rest).xpath("//a[@rel='prev']/@href") == [LIST]
    for forged in ("?after=x", "?after=1.x", "?after=99999999999999999999.0", "?after=%00", "?after=-1." + "0" * 32):
        assert liaison.get(LIST + forged).status_code == 200


def test_an_item_shows_its_files_and_nothing_of_the_case(place: County, liaison: Client) -> None:
    referral = a_referral(place, S.RESPONDED)
    shared = shared_from(referral)
    seen = liaison.get(item(shared))
    assert referral.case.reference in words(seen)
    for hidden in ("Ackerley", str(referral.case_id), "1991", "Alderfen", "Lowri", "Mabel", "settled"):
        assert hidden not in seen.content.decode().replace("Alderfen locality team", "")
    files = file_urls(liaison, shared)
    assert len(files) == 2
    for address in files:
        download = liaison.get(address)
        assert download["Content-Disposition"].startswith('attachment; filename="PC-')
        assert "sandbox" in download["Content-Security-Policy"]
        assert b"".join(download)[:2] in (b"%P", b"PK")
    looks = AccessLog.objects.filter(case=referral.case_id, user=place.liaison.user_id)
    assert set(looks.values_list("what", "basis")) == {(Look.SHARED, "shared")}
    assert looks.count() == 4
    assert liaison.get(f"/cases/{referral.case_id}/").status_code == 404
    assert liaison.get(at("disclosures", referral)).status_code == 404


def test_no_other_file_of_the_case_can_be_had(place: County, liaison: Client) -> None:
    referral = a_referral(place, S.RESPONDED)
    shared = shared_from(referral)
    mine = {address.rstrip("/").rpartition("/")[2] for address in file_urls(liaison, shared)}
    received = Document.history.filter(case=referral.case_id, kind="REFERRAL")
    assert not received.exists(), "the history of material is closed to this connection too"
    others = Disclosure.documents.through.objects.exclude(document_id__in=mine)
    assert not others.exists()
    forged = reverse("referrals:shared-document", args=[shared.pk, referral.pk])
    assert liaison.get(forged).status_code == 404
    other = shared_from(a_nil_return(place))
    crossed = file_urls(liaison, other)[0].rstrip("/").rpartition("/")[2]
    assert liaison.get(reverse("referrals:shared-document", args=[shared.pk, crossed])).status_code == 404


def test_it_is_acknowledged_in_one_action(place: County, liaison: Client) -> None:
    referral = a_referral(place, S.RESPONDED)
    shared = shared_from(referral)
    opened = liaison.get(item(shared))
    done = press(liaison, opened, "Acknowledge")
    assert done.redirect_chain[-1][0] == item(shared)
    shared.refresh_from_db()
    assert shared.acknowledged_by == place.liaison.user
    assert "by Lorcan Pryde" in words(done)
    assert "Acknowledge" not in [button.text_content() for button in page(done).xpath("//main//button")]
    again = press(liaison, opened, "Acknowledge")
    assert "already acknowledged" in words(again)
    assert kinds(referral).count("disclosure.acknowledged") == 1
    assert Event.objects.get(case=referral.case_id, kind="disclosure.acknowledged").by == place.liaison.user
    back = liaison.get(reverse("referrals:exchange-acknowledge", args=[shared.pk]))
    assert back["Location"] == item(shared)


def test_policing_reads_the_words_of_the_question_and_no_other_note(place: County, client: Client) -> None:
    referral = a_referral(place, S.CHECKING, policing_reference="CTP/2026/0001")
    sign_in(client, place.officer)
    asked = client.get(at("query-back", referral))
    why = page(asked).xpath("//input[@name='reason']/@value")[0]
    press(client, asked, "Record the question", reason=why, question="Is the year of birth 1991 or 1919?")
    Note.objects.create(case=referral.case, text="Note:\nNot for policing.", by=place.officer.user, at=now())
    shown = sign_in(client, place.liaison).get(LIST)
    assert "Is the year of birth 1991 or 1919?" in words(shown)
    assert "Not for policing" not in words(shown)
    looked = AccessLog.objects.filter(case=referral.case_id, user=place.liaison.user_id)
    assert list(looked.values_list("what", "record", "basis")) == [(Look.SHARED, "question", "shared")]
    elsewhere = a_team(place.policing.organisation, TeamKind.POLICING, "Elsewhere liaison")
    stranger = a_person("Nia Orme", elsewhere)
    assert "1919" not in words(sign_in(client, acting(stranger)).get(LIST))


def test_what_policing_owes_is_said_in_words(place: County, liaison: Client) -> None:
    a_referral(place, S.QUERIED, policing_reference="CTP/2026/0001")
    a_referral(place, S.RESPONDED, policing_reference="CTP/2026/0002")
    a_referral(place, S.OUTCOME_KNOWN, policing_reference="CTP/2026/0003")
    listed = liaison.get(LIST)
    owed = page(listed).xpath("//table[caption[contains(., 'Replies we wait for')]]/tbody/tr")
    assert [row.xpath("./th")[0].text.strip() for row in owed] == ["CTP/2026/0001", "CTP/2026/0002"]
    assert "A reply to our question: We cannot tell which person this is" in owed[0].text_content()
    assert "What became of the referral" in owed[1].text_content()
    assert place.ssu.email in owed[0].text_content()


def test_with_nothing_shared_it_says_so(place: County, liaison: Client) -> None:
    assert "Nothing has been shared with your team yet" in words(liaison.get(LIST))
    assert "We wait for your reply" not in words(liaison.get(LIST))


def test_another_force_finds_nothing(place: County, client: Client) -> None:
    shared = shared_from(a_referral(place, S.RESPONDED))
    other = a_team(place.policing.organisation, TeamKind.POLICING, "Another policing team")
    sign_in(client, acting(a_person("Tove Lind", other)))
    assert "Nothing has been shared" in words(client.get(LIST))
    assert client.get(item(shared)).status_code == 404
    acknowledge = reverse("referrals:exchange-acknowledge", args=[shared.pk])
    assert client.post(acknowledge).status_code == 404
    shared.refresh_from_db()
    assert shared.acknowledged_at is None


def test_a_conflict_closes_it_for_that_person(place: County, liaison: Client) -> None:
    referral = a_referral(place, S.RESPONDED)
    shared = shared_from(referral)
    a_conflict(referral, place.liaison)
    listed = liaison.get(LIST)
    assert referral.case.reference not in words(listed)
    assert liaison.get(item(shared)).status_code == 404


@pytest.mark.parametrize(
    "role", ["officer", "locality_worker", "chair", "lists", "auditor", "practitioner", "outsider"]
)
def test_nobody_else_comes_to_the_exchange(place: County, client: Client, role: str) -> None:
    shared = shared_from(a_nil_return(place))
    sign_in(client, getattr(place, role))
    assert client.get(LIST).status_code == client.get(item(shared)).status_code == 404
    assert client.post(reverse("referrals:exchange-acknowledge", args=[shared.pk])).status_code == 404


def test_the_case_lists_what_was_shared_for_whoever_sees_it(place: County, client: Client) -> None:
    form = a_form(place, "ANSWERED", referral=a_referral(place, S.RESPONDED))
    referral = form.referral
    answer = Disclosure.objects.get(case=referral.case_id, title="Answer to policing")
    sharing.acknowledge(disclosure=answer, by=place.liaison, at=now())
    sign_in(client, place.officer)
    listed = words(client.get(at("disclosures", referral)))
    for said in ("Answer to policing", "Completed information gathering form", "desk@ctp.example", "by Lorcan Pryde",
                 "Not yet", "UK GDPR"):  # fmt: skip
        assert said in listed
    assert "Policing cannot assess without it." not in listed
    assert client.get(at("disclosure", referral, answer.pk)).status_code == 404
    sign_in(client, place.locality_worker)
    assert "Policing cannot assess without it." in words(client.get(at("disclosure", referral, answer.pk)))
    assert client.get(at("disclosure", a_referral(place, S.RESPONDED), answer.pk)).status_code == 404
    refused = client.post(at("disclosure", referral, answer.pk), follow=True)
    assert "nothing to send by email" in words(refused)
