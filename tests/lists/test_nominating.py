"""Who is on a list: added, covered for, ended, by two admins at once, and everything that can be typed wrongly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prevent_cases.accounts import operations as accounts
from prevent_cases.accounts.models import Nomination, Team
from tests.factories import County, a_person, acting, nominate, sign_in
from tests.lists.typed import MONDAY, text_of, typed_day

TODAY = MONDAY.date()
DAY = timedelta(days=1)


def typed(place: County, who: Any, **changed: Any) -> dict[str, str]:
    given = {"starts_on": TODAY, "ends_on": None, "covers": "", "version": None} | changed
    version = given["version"]
    if version is None:
        version = Team.objects.get(pk=place.locality_team.pk).list_version
    return {
        "user": str(who.pk), "covers": str(given["covers"]), "version": str(version),
        **typed_day("starts_on", given["starts_on"]), **typed_day("ends_on", given["ends_on"]),
    }  # fmt: skip


def put(admin: Client, place: County, who: Any, **changed: Any) -> Any:
    url = reverse("lists:nominate", args=[place.locality_team.pk])
    return admin.post(url, typed(place, who, **changed))


def test_somebody_is_put_on_the_list_and_the_history_says_so_in_a_sentence(place: County, admin: Client) -> None:
    colleague = place.colleague.user
    assert put(admin, place, colleague).status_code == 302
    assert acting(colleague, TODAY).is_nominated(place.locality_team.pk)
    shown = text_of(admin.get(reverse("lists:history", args=[place.locality_team.pk])))
    assert "2 March 2026 at 10am: Liam Skerry put Cole Rudd on the list from 2 March 2026." in shown


def test_cover_has_its_dates_and_names_whom_it_is_for(place: County, admin: Client) -> None:
    worker = place.locality_worker.user
    response = put(admin, place, place.colleague.user, covers=worker.pk, ends_on=TODAY + 14 * DAY)
    assert response.status_code == 302
    row = Nomination.objects.get(user=place.colleague.user)
    assert (row.covers, row.ends_on) == (worker, TODAY + 14 * DAY)
    shown = text_of(admin.get(reverse("lists:team", args=[place.locality_team.pk])))
    assert "Covers for Lowri Dell" in shown


def test_a_nomination_ends_on_its_last_day(place: County, admin: Client) -> None:
    row = Nomination.objects.get(user=place.locality_worker.user)
    url = reverse("lists:end-nomination", args=[row.pk])
    version = Team.objects.get(pk=place.locality_team.pk).list_version
    assert admin.post(url, {"version": version, **typed_day("ends_on", TODAY)}).status_code == 302
    assert acting(place.locality_worker.user, TODAY).is_nominated(place.locality_team.pk)
    assert not acting(place.locality_worker.user, TODAY + DAY).is_nominated(place.locality_team.pk)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"ends_on": TODAY - DAY}, "ends_on", "The last day cannot be before the first day"),
        ({"covers": "self"}, "covers", "Nobody covers for themselves"),
        ({"covers": "not on the list"}, "covers", "Select whom they cover for again"),
        ({"user": "worker"}, "user", "Lowri Dell is on this list already, from"),
        ({"user": "leaver", "starts_on": TODAY - 5 * DAY}, "starts_on", "These dates overlap: Lora Penk is on"),
        ({"user": "stranger"}, "user", "What you chose is not on the list"),
        ({"starts_on": None}, "starts_on", "Enter the first day"),
    ],
    ids=["end before start", "covers themselves", "covers a stranger", "duplicate", "overlap", "no seat", "no date"],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field(
    place: County, admin: Client, changed: dict[str, Any], field: str, words: str
) -> None:
    leaver = a_person("Lora Penk", place.locality_team)
    nominate(leaver, place.locality_team, starts_on=TODAY - 20 * DAY, ends_on=TODAY)
    people = {"worker": place.locality_worker.user, "leaver": leaver, "stranger": place.outsider.user}
    who = people.get(str(changed.pop("user", "")), place.colleague.user)
    if changed.get("covers") == "self":
        nominate(who, place.locality_team, starts_on=TODAY + 100 * DAY)
        changed = changed | {"covers": who.pk, "ends_on": TODAY + DAY}
    elif "covers" in changed:
        changed["covers"] = place.outsider.user_id
    before = Nomination.objects.count()
    response = put(admin, place, who, **changed)
    assert response.status_code == 200
    assert Nomination.objects.count() == before
    errors = response.context["form"].errors
    assert words in str(errors[field]), errors
    assert "Error:" in text_of(response)


def test_the_second_of_two_admins_sees_what_the_first_changed_and_overwrites_nothing(
    place: County, admin: Client, head: Any
) -> None:
    version = Team.objects.get(pk=place.locality_team.pk).list_version
    other = sign_in(Client(), head)
    newcomer = a_person("Nerys Howe", place.locality_team)
    version = Team.objects.get(pk=place.locality_team.pk).list_version
    assert put(other, place, newcomer, version=version).status_code == 302
    late = put(admin, place, place.colleague.user, version=version)
    assert late.status_code == 200
    assert "Somebody else changed this list after you opened it" in text_of(late)
    assert "Hester Lunn put Nerys Howe on the list from 2 March 2026." in text_of(late)
    assert not Nomination.objects.filter(user=place.colleague.user).exists()
    again = late.context["form"].data["version"]
    assert put(admin, place, place.colleague.user, version=again).status_code == 302
    assert Nomination.objects.filter(user__in=[newcomer, place.colleague.user]).count() == 2


def test_a_manager_keeps_their_own_list_and_the_operation_refuses_another(place: County) -> None:
    manager = sign_in(Client(), place.locality_manager)
    assert put(manager, place, place.colleague.user).status_code == 302
    with pytest.raises(accounts.NotAllowed):
        accounts.nominate(
            user=place.other_locality_worker.user, team=place.other_locality_team, starts_on=TODAY + 900 * DAY,
            by=place.locality_manager, at=MONDAY,
        )  # fmt: skip
