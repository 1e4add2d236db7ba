"""Whoever sits in no case team is told truthfully what they have here, and nobody that their place has ended."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import county, sign_in

pytestmark = pytest.mark.django_db
ENDED = "your place in a team may have ended"


def test_whoever_has_no_inbox_is_told_what_they_have_here(client: Client) -> None:
    place = county()
    for role in ("chair", "member", "prevent_lead"):
        shown = sign_in(client, place.roles[role]).get("/").content.decode()
        assert "You open no cases" in shown, role
        assert ENDED not in shown, role
    assert ENDED in sign_in(client, place.outsider).get("/").content.decode()


def test_an_auditor_begins_at_what_was_shared(client: Client) -> None:
    assert sign_in(client, county().auditor).get("/")["Location"] == "/shared/"
