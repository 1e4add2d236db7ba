"""Organisations, areas, localities, districts and teams: added, changed, and closed when they hold nothing open."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.models import Area, Locality, Membership, Organisation, PostcodeDistrict, Team
from tests.factories import County, a_referral, sign_in
from tests.lists.typed import MONDAY, text_of


def test_a_new_place_with_its_team_can_be_sent_to(place: County, admin: Client) -> None:
    assert admin.post(reverse("lists:add-area"), {"name": "East Fold"}).status_code == 302
    area = Area.objects.get(name="East Fold")
    given = {"name": "Sallowby", "area": str(area.pk), "districts": "es20, ES21"}
    assert admin.post(reverse("lists:add-locality"), given).status_code == 302
    locality = Locality.objects.get(name="Sallowby")
    assert set(locality.postcodes.values_list("outward", flat=True)) == {"ES20", "ES21"}
    team = {
        "name": "Sallowby locality team", "email": "s@council.example", "organisation": str(place.council.pk),
        "kind": "LOCALITY", "locality": str(locality.pk), "area": "",
    }  # fmt: skip
    assert admin.post(reverse("lists:add-team"), team).status_code == 302
    assert Team.objects.get(name="Sallowby locality team").area == area
    asked = {"postcode": "ES20", "age": 30, "known": "OPEN"}
    assert "Sallowby locality team" in text_of(admin.post(reverse("lists:who"), asked))


def test_an_organisation_is_added_and_changed(place: County, admin: Client) -> None:
    given = {"name": "Marram School", "kind": "EDUCATION", "secure_domain": "Marram.example"}
    assert admin.post(reverse("lists:add-organisation"), given).status_code == 302
    row = Organisation.objects.get(name="Marram School")
    assert row.secure_domain == "marram.example"
    url = reverse("lists:organisation", args=[row.pk])
    assert admin.post(url, given | {"name": "Marram Academy"}).status_code == 302
    assert Organisation.objects.get(pk=row.pk).name == "Marram Academy"
    kept = row.history.order_by("history_id").values_list("name", "history_user")
    assert list(kept) == [("Marram School", place.lists.user_id), ("Marram Academy", place.lists.user_id)]


@pytest.mark.parametrize(
    ("name", "given", "field", "words"),
    [
        ("add-area", {"name": "thistlesea"}, "name", "There is one with that name already"),
        ("add-organisation", {"name": "Larkrise Academy", "kind": "OTHER"}, "name", "There is one with that name"),
        ("add-organisation", {"name": "X", "kind": "OTHER", "secure_domain": "none"}, "secure_domain", "right form"),
        ("add-locality", {"name": "New", "districts": "ES1"}, "districts", "ES1 is served by Alderfen"),
        ("add-locality", {"name": "New", "districts": "north"}, "districts", "is not the first half of a postcode"),
        ("add-locality", {"name": "New", "area": ""}, "area", "Select an area"),
        ("add-team", {"name": "T", "kind": "LOCALITY"}, "locality", "Choose the locality that this team serves"),
        ("add-team", {"name": "T", "kind": "AREA"}, "area", "Choose the area that this team serves"),
        ("add-team", {"name": "Channel Panel", "kind": "SSU"}, "name", "There is one with that name already"),
        ("add-team", {"name": "T", "kind": "LISTS"}, None, "Your own seat does not let you"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_place_stands_beside_its_field(
    place: County, admin: Client, name: str, given: dict[str, str], field: str | None, words: str
) -> None:
    defaults: dict[str, Any] = {"organisation": str(place.council.pk)}
    if name == "add-locality":
        defaults = {"area": str(place.areas[0].pk), "districts": ""}
    counts = (Area.objects.count(), Organisation.objects.count(), Locality.objects.count(), Team.objects.count())
    response = admin.post(reverse(f"lists:{name}"), defaults | given)
    assert response.status_code == 200
    assert words in str(response.context["form"].errors[field or "__all__"])
    after = (Area.objects.count(), Organisation.objects.count(), Locality.objects.count(), Team.objects.count())
    assert after == counts


def test_a_locality_gives_up_a_district(place: County, admin: Client) -> None:
    url = reverse("lists:locality", args=[place.locality.pk])
    given = {"name": place.locality.name, "area": str(place.locality.area_id), "districts": ""}
    assert admin.post(url, given).status_code == 302
    assert not PostcodeDistrict.objects.filter(outward="ES1").exists()
    assert PostcodeDistrict.history.get(outward="ES1", history_type="-").history_user_id == place.lists.user_id


def closing(client: Client, team: Team) -> Any:
    version = Team.objects.get(pk=team.pk).list_version
    return client.post(reverse("lists:close-team", args=[team.pk]), {"version": version})


def test_a_team_is_closed_only_once_it_holds_nothing_open(place: County, admin: Client) -> None:
    team = place.locality_team
    a_referral(place, "WITH_LOCALITY")
    assert "it has 1 open cases" in text_of(closing(admin, team))
    empty = place.locality_teams[2]
    assert closing(admin, empty).status_code == 302
    assert Team.objects.get(pk=empty.pk).closed_on == MONDAY.date()
    assert closing(admin, empty).status_code == 404
    assert empty.name in text_of(admin.get(reverse("lists:home") + "?closed=1"))
    assert "seats that have not ended" in text_of(closing(admin, place.other_locality_team))
    assert Membership.objects.filter(team=place.other_locality_team).exists()


def test_a_manager_of_a_team_changes_no_place(place: County) -> None:
    manager = sign_in(Client(), place.locality_manager)
    for name in ("add-area", "add-team", "add-locality", "add-organisation"):
        assert manager.post(reverse(f"lists:{name}"), {"name": "X"}).status_code == 404
