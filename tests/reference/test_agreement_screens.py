"""The register of agreements: who is party, which post signed, when it is looked at again (C1.30, E4.5 to E4.9)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prevent_cases.casework.models import Notice, Post
from prevent_cases.casework.now import now, today
from safeguarding.models import Agreement, AgreementParty, AgreementReview
from safeguarding.operations import agreements
from tests.factories import County, an_agreement, county, sign_in
from tests.journeys.pages import errors, press, words

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def place() -> County:
    return county()


@pytest.fixture
def keeper(place: County, client: Client) -> Client:
    return sign_in(client, place.lists)


def in_boxes(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def at(name: str, *ids: Any) -> str:
    return reverse(f"reference:{name}", args=ids)


def written(**typed: Any) -> dict[str, Any]:
    return {
        "kind": "MOU", "title": "Prevent memorandum", "edition": "1", "covers": "Who does what, and what is shared.",
        "keeper": "prevent_lead", "kept_at": "Legal services", **in_boxes("starts_on", today() - YEAR),
        **in_boxes("review_on", today() + YEAR),
    } | typed  # fmt: skip


def do(client: Client, name: str, agreement: Agreement, button: str, **typed: Any) -> HttpResponse:
    return press(client, client.get(at(name, agreement.pk)), button, **typed)


def test_an_agreement_is_entered_and_signed_by_posts(place: County, keeper: Client) -> None:
    done = press(keeper, keeper.get(at("agreement-add")), "Save", **written())
    agreement = Agreement.objects.get()
    assert done.redirect_chain[-1][0] == at("agreement", agreement.pk)
    police = f"{place.policing.organisation_id}"
    do(keeper, "agreement-party-add", agreement, "Add", organisation=police, post="Head of Prevent",
       **in_boxes("signed_on", today() - YEAR))  # fmt: skip
    shown = do(keeper, "agreement-party-add", agreement, "Add", organisation="another", body="Exampleshire Health",
               post="Director of nursing")  # fmt: skip
    assert "1 not signed" in words(shown)
    party = AgreementParty.objects.get(body="Exampleshire Health")
    signing = keeper.get(at("agreement-party", agreement.pk, party.pk))
    assert "In force" in words(press(keeper, signing, "Save", what="signed", **in_boxes("on", today())))
    assert words(keeper.get(at("agreements"))).count("Prevent memorandum") == 1


def test_what_cannot_be_is_said_beside_its_box(place: County, keeper: Client) -> None:
    opened = keeper.get(at("agreement-add"))
    assert errors(press(keeper, opened, "Save", **written(**in_boxes("review_on", today() - YEAR)))) == [
        "The review must be after the first day."
    ]
    press(keeper, opened, "Save", **written())
    assert errors(press(keeper, opened, "Save", **written())) == [
        "An agreement of this title and edition is in the register already."
    ]
    agreement = Agreement.objects.get()
    nobody = do(keeper, "agreement-party-add", agreement, "Add", post="Head of Prevent")
    assert errors(nobody) == ["Choose the body"]
    ahead = in_boxes("reviewed_on", today() + timedelta(days=1))
    wrong = do(keeper, "agreement-review", agreement, "Write down", found="Fine", **ahead,
               **in_boxes("next_on", today() + YEAR))  # fmt: skip
    assert errors(wrong) == ["The day of the review must be today or in the past"]


def test_a_review_sets_the_next_one_and_is_never_rewritten(place: County, keeper: Client) -> None:
    agreement = an_agreement(place, review_on=today() - timedelta(days=3))
    assert "Review overdue" in words(keeper.get(at("agreement", agreement.pk)))
    shown = do(keeper, "agreement-review", agreement, "Write down", found="It goes on as it is.",
               **in_boxes("reviewed_on", today()), **in_boxes("next_on", today() + YEAR))  # fmt: skip
    assert "In force" in words(shown) and "It goes on as it is." in words(shown)
    assert Agreement.objects.get().review_on == today() + YEAR
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE safeguarding_agreementreview SET found = 'Nothing'")
    assert AgreementReview.objects.get().found == "It goes on as it is."


def test_of_two_who_change_it_the_second_is_told(place: County, keeper: Client) -> None:
    agreement = an_agreement(place)
    opened = keeper.get(at("agreement-edit", agreement.pk))
    press(keeper, opened, "Save", kept_at="The safe")
    assert (
        "Somebody else has changed this agreement" in press(keeper, opened, "Save", kept_at="A drawer").content.decode()
    )
    assert Agreement.objects.get().kept_at == "The safe"


def test_one_that_ended_stays_in_the_register_and_changes_no_more(place: County, keeper: Client) -> None:
    agreement = an_agreement(place)
    do(keeper, "agreement-end", agreement, "Set the last day", **in_boxes("ends_on", today() - timedelta(days=1)))
    assert "Agreements that have ended" in words(keeper.get(at("agreements")))
    for name in ("agreement-edit", "agreement-review", "agreement-end", "agreement-party-add"):
        assert keeper.get(at(name, agreement.pk)).status_code == 404
    assert "Write down a review" not in words(keeper.get(at("agreement", agreement.pk)))


def test_its_keeper_is_told_once_before_and_weekly_after(place: County) -> None:
    agreement = an_agreement(place, review_on=today() + timedelta(days=28))
    assert [agreements.remind_of_agreements(at=now()) for _ in range(2)] == [1, 0]
    assert Notice.objects.get(kind="agreement.review_due").post == "prevent_lead"
    late = now() + timedelta(days=30)
    assert [agreements.remind_of_agreements(at=late + timedelta(days=day)) for day in (0, 0, 7)] == [1, 0, 1]
    assert Notice.objects.filter(kind="agreement.review_late").count() == 2
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=today())
    assert agreements.remind_of_agreements(at=late + timedelta(days=21)) == 0


def test_where_nobody_holds_the_post_the_unit_is_told(place: County) -> None:
    Post.objects.filter(pk="prevent_lead").update(holder=None, deputy=None, email="")
    an_agreement(place, review_on=today() + timedelta(days=2))
    assert agreements.remind_of_agreements(at=now()) == 1
    assert Notice.objects.get(kind="agreement.review_due").team == place.ssu


def test_officers_read_it_and_only_its_keepers_change_it(place: County, client: Client) -> None:
    agreement = an_agreement(place)
    sign_in(client, place.officer)
    assert client.get(at("agreement", agreement.pk)).status_code == 200
    assert client.get(at("agreement-edit", agreement.pk)).status_code == 404
    sign_in(client, place.ssu_lead)
    assert client.get(at("agreement-edit", agreement.pk)).status_code == 200
    for role in ("locality_worker", "practitioner", "liaison", "auditor"):
        sign_in(client, getattr(place, role))
        assert client.get(at("agreements")).status_code == 404
