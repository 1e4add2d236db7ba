"""Every page of the back office opens for whoever keeps the lists, within its budget, and for nobody else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prevent_cases.accounts.models import Nomination
from prevent_cases.lists.operations.inviting import invite
from prevent_cases.lists.operations.reviewing import review_access
from prevent_cases.lists.urls import urlpatterns
from tests.factories import STATES, County, a_referral, sign_in
from tests.lists.typed import MONDAY

MOST_STATEMENTS = 10


def addresses(place: County) -> dict[str, str]:
    """Every page by its name, each about something of the first locality."""
    team = place.locality_team
    seat, nomination = team.memberships.first(), Nomination.objects.filter(team=team).first()
    review_access(at=MONDAY)
    sent = invite(email="new@people.example", name="Nia Coombe", team=team, role="MEMBER",
                  starts_on=MONDAY.date(), by=place.lists, at=MONDAY)  # fmt: skip
    given: dict[str, Any] = {
        "team_id": team.pk, "user_id": place.colleague.user_id, "nomination_id": nomination.pk, "seat_id": seat.pk,
        "invitation_id": sent.pk, "organisation_id": place.council.pk, "area_id": place.areas[0].pk,
        "locality_id": place.locality.pk, "review_id": team.access_reviews.get().pk, "key": uuid4(),
        "upload_id": uuid4(),
    }  # fmt: skip
    found = {}
    for pattern in urlpatterns:
        names = [name for name in given if f":{name}>" in str(pattern.pattern)]
        found[pattern.name] = reverse(f"lists:{pattern.name}", kwargs={name: given[name] for name in names})
    return found


def test_every_page_opens_for_an_administrator_of_lists(place: County, admin: Client) -> None:
    for name, url in addresses(place).items():
        if name in ("hand-over", "upload-undo", "upload-preview"):
            continue
        with CaptureQueriesContext(connection) as asked:
            response = admin.get(url)
        assert response.status_code == 200, name
        assert len(asked) <= MOST_STATEMENTS, (name, len(asked))


def test_each_page_says_not_found_to_whoever_keeps_no_list(place: County) -> None:
    pages = addresses(place)
    for role in ("officer", "area_worker", "colleague", "liaison", "auditor", "practitioner", "outsider"):
        client = sign_in(Client(), getattr(place, role))
        for name, url in pages.items():
            if (role, name) != ("officer", "who"):
                assert client.get(url).status_code == 404, (role, name)
    assert all(Client().get(url).status_code == 302 for url in pages.values())


def test_a_manager_of_a_team_reaches_their_own_team_and_no_other(place: County) -> None:
    manager = sign_in(Client(), place.locality_manager)
    assert manager.get(reverse("lists:team", args=[place.locality_team.pk])).status_code == 200
    for other in (place.other_locality_team, place.ssu, place.lists_team):
        assert manager.get(reverse("lists:team", args=[other.pk])).status_code == 404
    for name in ("gaps", "uploads", "places", "people", "add-team"):
        assert manager.get(reverse(f"lists:{name}")).status_code == 404


def test_an_administrator_of_lists_is_told_that_there_is_no_case(place: County, admin: Client) -> None:
    """Every address of a case, in every state, is the same as none."""
    from prevent_cases.casework.documenting.permissions import addresses as every  # noqa: PLC0415

    case_pages = sorted({name for route, name, _ in every() if "case_id" in route and "<uuid:case_id>/" in route
                         and route.count("<") == 1})  # fmt: skip
    assert len(case_pages) > 20
    for state in list(STATES)[:6]:
        referral = a_referral(place, state)
        for name in case_pages:
            for prefix in ("", "referrals:"):
                try:
                    url = reverse(f"{prefix}{name}", args=[referral.case_id])
                except Exception:  # noqa: BLE001
                    continue
                assert admin.get(url).status_code in (404, 405), (state, name)


def test_a_case_shows_nowhere_on_the_pages_of_the_lists(place: County, admin: Client) -> None:
    referral = a_referral(place, "WITH_LOCALITY")
    for name, url in addresses(place).items():
        body = admin.get(url).content.decode()
        assert referral.case.reference not in body, name
        assert referral.family_name not in body, name
