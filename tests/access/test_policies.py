"""Every view says who it is for. One that does not is refused, whoever asks, and the test that looks can see it."""

import sys
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import path

from prevent_cases.casework.access import open_to, open_to_all
from prevent_cases.casework.rules import anyone_signed_in
from prevent_cases.middleware import FROM_LIBRARIES
from prevent_cases.urls import urlpatterns
from tests.access.addresses import LIBRARIES, Address, addresses
from tests.factories import county, sign_in


def undeclared(found: list[Address]) -> list[str]:
    return [address.route for address in found if address.is_ours and address.policy is None]


def test_every_view_of_ours_declares_its_policy():
    assert len(addresses()) >= 60
    assert undeclared(addresses()) == []


def test_what_is_open_to_all_says_why_and_shows_no_record():
    public = [address for address in addresses() if address.policy and address.policy.rule is None]
    assert public
    for address in public:
        assert len(address.policy.why) > 20, address.route
        assert address.takes in ((), ("secret",)), f"{address.route} is open to all and takes an id"


OF_WORDS = {
    "join-link": "the secret of a link",
    "partner-link": "the secret of a link",
    "reference:part": "the name of a text, a clock or an act",
}


def test_every_address_has_a_name_and_typed_arguments():
    for address in addresses():
        assert not address.name.endswith("None"), address.route
        if address.is_ours:
            typed = address.route.count("<uuid:") + address.route.count("<slug:")
            words = 1 if address.name in OF_WORDS else 0
            assert address.route.count("<") == typed + words, f"{address.route} takes an untyped id"


def test_nobody_but_the_sign_in_library_is_let_off():
    assert set(FROM_LIBRARIES) == set(LIBRARIES) == {"allauth."}
    let_off = [address for address in addresses() if not address.is_ours]
    assert all(address.name.startswith("account_") for address in let_off)
    assert len(let_off) <= 10


@pytest.fixture
def planted(settings):
    """The same addresses and three more: one that declares nothing, and two that do."""
    module = ModuleType("planted_urls")
    module.urlpatterns = [
        path("planted/", lambda request: HttpResponse("secret"), name="planted"),
        path("declared/", open_to(anyone_signed_in)(lambda request: HttpResponse("seen")), name="declared"),
        path(
            "open/", open_to_all("It is planted by a test to be found.")(lambda request: HttpResponse("seen")), name="o"
        ),
        *urlpatterns,
    ]
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    yield module
    del sys.modules[module.__name__]


def test_the_walk_finds_a_view_that_declares_nothing(planted):
    assert undeclared(addresses(planted)) == ["/planted/"]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_a_view_that_declares_nothing_is_refused_to_everybody(db, client, planted, method):
    place = county()
    for actor in (None, place.officer, place.ssu_lead, place.locality_worker):
        if actor:
            sign_in(client, actor)
        with pytest.raises(ImproperlyConfigured, match="declares no policy"):
            getattr(client, method)("/planted/")


def test_a_declared_view_is_answered(db, client, planted):
    assert client.get("/open/").content == b"seen"
    assert client.get("/declared/").status_code == 302
    assert sign_in(client, county().outsider).get("/declared/").content == b"seen"


def test_wrapping_a_view_keeps_what_it_declared():
    """require_GET and its like stand outside the declaration: the middleware must still see it."""
    for address in addresses():
        inner = getattr(address.view, "__wrapped__", None)
        if address.is_ours and inner is not None and getattr(inner, "policy", None):
            assert address.policy is inner.policy, address.route
