"""A record that is hidden and one that was never there are answered by the same bytes (P2, T06)."""

from urllib.parse import quote

import pytest
from django.test import Client

from referrals.models import PractitionerReferral
from tests.access.addresses import addresses, without
from tests.access.matrix import METHODS, ask
from tests.access.offices import keep_from
from tests.access.situations import signed_in, situation
from tests.factories import a_conflict, a_referral

OF_THE_CLOCK = {"Date", "Expires"}

KEPT_OUT = (
    "officer", "area_worker", "other_locality_worker", "liaison", "outsider", "excluded_with_every_right",
    "lapsed_worker", "visitor", "closed_account_still_signed_in",
)  # fmt: skip

OUTSIDE = {
    "refer": ("other_practitioner", "school_lead", "lead_elsewhere", "public_account", "officer"),
    "mine": ("other_practitioner", "school_lead", "lead_elsewhere", "public_account", "officer"),
    "lists": ("lead_elsewhere", "school_lead"),
}
"""Who is kept from a concern, a sent referral or a team of others, and may open the like of their own."""


def said(client: Client, method: str, path: str) -> tuple[int, dict[str, str], bytes, list[str]]:
    """Everything of an answer but the time and the session's own cookie. A way to sign in names where it came from."""
    response = ask(client, method, path)
    headers = {name: value.replace(quote(path), "*") for name, value in response.items() if name not in OF_THE_CLOCK}
    cookies = sorted(response.cookies)
    return response.status_code, headers, response.whole, cookies


@pytest.mark.django_db(transaction=True)
def test_a_hidden_record_and_an_absent_one_are_the_same_bytes():
    here = situation("PREPARING")
    clients = signed_in(here.people)
    a_conflict(here.referral, here.people["officer"])
    keep_from(here.place, here.ids, here.people["officer"])
    keep_from(here.place, here.ids, here.people["excluded_with_every_right"])
    compared, differ = 0, []
    for address in addresses():
        if "case_id" not in address.takes:
            continue
        hidden, absent = address.path(here.ids), address.path(without(here.ids, "case_id"))
        for name in KEPT_OUT:
            for method in METHODS:
                compared += 1
                if said(clients[name], method, hidden) != said(clients[name], method, absent):
                    differ.append(f"{name} {method} {address.route}")
    assert compared >= 30 * len(KEPT_OUT) * len(METHODS)
    assert differ == []
    compared, differ = 0, []
    for address in addresses():
        ids = [name for name in address.takes if name.endswith("_id") and name != "case_id"]
        for name in OUTSIDE.get(address.name.partition(":")[0], ()) if ids else ():
            hidden, absent = address.path(here.ids), address.path(without(here.ids, *ids))
            for method in METHODS:
                compared += 1
                if said(clients[name], method, hidden) != said(clients[name], method, absent):
                    differ.append(f"{name} {method} {address.route}")
    assert compared >= 200
    assert differ == []


@pytest.mark.django_db(transaction=True)
def test_a_part_of_another_case_and_an_absent_part_are_the_same_bytes():
    """An id of a hidden case's document, clock or form, in the address of a case that one may see."""
    hidden = situation("PREPARING")
    place = hidden.place
    for actor in (place.locality_worker, place.officer):
        a_conflict(hidden.referral, actor)
        a_conflict(PractitionerReferral.objects.get(pk=hidden.ids["practitioner_id"]), actor)
    own = a_referral(place, "PREPARING", given_name="Sorrel", family_name="Pike")
    clients = signed_in({name: hidden.people[name] for name in ("officer", "locality_worker")})
    compared, differ = 0, []
    for address in addresses():
        parts = [name for name in address.takes if name != "case_id" and name.endswith("_id")]
        if not parts or address.name.partition(":")[0] in {*OUTSIDE, "reference"} or "practitioners" in address.route:
            continue
        ids = {**hidden.ids, "case_id": own.case_id}
        absent = without(ids, *parts)
        for name, client in clients.items():
            for method in METHODS:
                compared += 1
                if said(client, method, address.path(ids)) != said(client, method, address.path(absent)):
                    differ.append(f"{name} {method} {address.route}")
    assert compared >= 8
    assert differ == []
