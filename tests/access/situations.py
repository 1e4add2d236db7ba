"""A county, the people who ask, and a case in each situation with everything that can be asked for in it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import User
from prevent_cases.casework import access, drafts
from prevent_cases.casework.models import CaseUserObjectPermission, ClockRun, Disclosure, Document, Heartbeat, Note
from prevent_cases.casework.now import now, today
from referrals.models import (
    AnswerItem,
    Contribution,
    InformationForm,
    MatchDecision,
    OnwardNeed,
    Referral,
    RegisterImport,
)
from referrals.operations.people import decide_match
from safeguarding.models import Check, FeedbackOwed
from safeguarding.operations.checks import ask_check
from safeguarding.operations.discussions import record_discussion
from safeguarding.operations.holds import place_hold
from safeguarding.states import CheckPurpose
from tests.access.offices import edges_of, ids_beside
from tests.factories import (
    ROLES,
    County,
    a_conflict,
    a_contribution,
    a_form,
    a_need,
    a_partner_request,
    a_person,
    a_practitioner_referral,
    a_protection,
    a_referral,
    a_register_import,
    acting,
    an_agreed,
    county,
    discussed,
    seated_in,
    sign_in,
)

KIN = "Esme Kindred"
"""Sits everywhere, was named, and has a conflict of interest: the one exclusion and one grant that an id can name."""

DAY = timedelta(days=1)

SITUATIONS = {
    "with the SSU": "CHECKING",
    "with the area": "WITH_AREA",
    "with the locality": "PREPARING",
    "waiting for sign-off": "SIGN_OFF",
    "closed": "CLOSED",
    "decided by children's duty": "CHILD_DECIDED",
}
"""Where the case is, in words, and the state of its referral."""


@dataclass(frozen=True)
class Situation:
    """A case, and an id for each argument that an address may take."""

    place: County
    referral: Referral
    ids: dict[str, Any]
    people: dict[str, Actor]


def situation(state: str, **letter: Any) -> Situation:
    """Everything that can be asked for in a case at this state, and everybody who may ask."""
    place = county()
    Heartbeat.objects.create(job="sweep_clocks", at=now())
    referral = a_referral(place, state, **{"given_name": "Tansy", "family_name": "Orrell", **letter})
    people = _everybody(place, referral)
    referral = Referral.objects.select_related("case").get(pk=referral.pk)
    return Situation(place, referral, _ids(place, referral), people)


def _everybody(place: County, referral: Referral) -> dict[str, Actor]:
    """The county's roles, and those who stand at the edge of the rules or elsewhere."""
    desks = (place.ssu, place.area_team, place.locality_team)
    kin = a_person(KIN, *desks, nominated=True)
    seated_in(kin, place.ssu, role=SeatRole.MANAGER)
    named = a_person("Nia Brook", place.other_locality_team)
    lapsed = a_person("Lapo Stile", place.other_locality_team)
    left = a_person("Fern Gale")
    seated_in(left, place.ssu, ends_on=today() - DAY)
    closed = a_person("Dara Lowe", *desks, nominated=True)
    for user, until in ((kin, today() + DAY), (named, today() + DAY), (lapsed, today() - DAY)):
        access.name_worker(
            case=referral.case, user=user, reason="TASK", words="", until=until, by=place.ssu_lead, at=now()
        )
    a_conflict(referral, acting(kin))
    access.name_worker(
        case=referral.case, user=kin, reason="TASK", words="", until=today() + DAY, by=place.ssu_lead, at=now()
    )
    edges = {"named_worker": named, "lapsed_worker": lapsed, "former_officer": left, "excluded_with_every_right": kin}
    people = {name: place.roles[name] for name in ROLES} | {name: acting(user) for name, user in edges.items()}
    people |= edges_of(place)
    return people | {"closed_account_still_signed_in": acting(closed)}


def signed_in(people: dict[str, Actor]) -> dict[str, Client]:
    """A client for each of them, with a session in use. The closed account is closed once its session lives."""
    clients = {name: sign_in(Client(), actor) if actor.user else Client() for name, actor in people.items()}
    for client in clients.values():
        client.get(reverse("help"))
    if actor := people.get("closed_account_still_signed_in"):
        User.objects.filter(pk=actor.user_id).update(is_active=False)
    return clients


def _ids(place: County, referral: Referral) -> dict[str, Any]:
    """An id for each argument that an address may take, by its name, all of this case where that can be."""
    officer = place.officer
    if referral.state == "PREPARING":
        a_contribution(place, form=a_form(place, referral=referral))
    if referral.state in ("CHECKING", "PREPARING"):
        a_need(place, referral)
    if referral.state in ("CHECKING", "PREPARING", "RESPONDED"):
        ask_check(referral=referral, purpose=CheckPurpose.DECONFLICTION, by=officer, at=now())
    if referral.state == "WITH_CHILDREN":
        place_hold(referral=referral, reason="No immediate concern", by=officer, at=now())
    key = uuid.uuid4()
    drafts.save_draft(key=key, kind="referral", typed={"given_name": "Tansy"}, by=officer, at=now())
    decision = MatchDecision.objects.filter(pk=_decided(place, referral)).first()
    with access.material(replace(officer, system="test"), referral.case_id):
        shared = Disclosure.objects.filter(case=referral.case).order_by("decided_at").first()
        document = shared.documents.first() if shared else Document.objects.filter(case=referral.case).first()
        note = Note.objects.filter(case=referral.case).first()
        item = AnswerItem.objects.filter(case=referral.case).first()
    form = InformationForm.objects.filter(referral=referral).first()
    protected = _protected(place, referral)
    found = {
        **protected,
        "case_id": referral.case_id,
        "request_id": _asked_of_the_school(place, referral),
        "run_id": ClockRun.objects.filter(case=referral.case).order_by("state", "clock").first(),
        "document_id": document,
        "note_id": note,
        "item_id": item,
        "form_id": form,
        "part_id": Contribution.objects.filter(case=referral.case).first(),
        "disclosure_id": shared,
        "owed_id": FeedbackOwed.objects.filter(case=referral.case).first(),
        "check_id": Check.objects.filter(case=referral.case).first(),
        "need_id": OnwardNeed.objects.filter(case=referral.case).first(),
        "decision_id": decision,
        "practitioner_id": a_practitioner_referral(place),
        "import_id": RegisterImport.objects.first() or a_register_import(),
        "user_id": CaseUserObjectPermission.objects.get(content_object=referral.case, user__name=KIN).user_id,
        "about": "support",
        "key": key,
        "draft_id": key,
        "uidb36": "0",
        "secret": "nothing-was-offered-with-this",
    }
    return ids_beside(place) | {name: _id_of(value) for name, value in found.items()}


def _asked_of_the_school(place: County, referral: Referral) -> uuid.UUID | None:
    """What the school's lead was asked in their account, where the case is at a stage at which somebody is asked."""
    who = {"CHECKING": place.officer, "PREPARING": place.locality_worker}.get(referral.state)
    if who is None:
        return None
    return a_partner_request(place, referral=referral, by=who, address=place.school_lead.user.email).pk


def _protected(place: County, referral: Referral) -> dict[str, Any]:
    """A child's protection with a strategy discussion and what it agreed, or an adult's to be screened."""
    none: dict[str, Any] = dict.fromkeys(("protection_id", "discussion_id", "action_id"))
    if referral.state == "CLOSED":
        return none | {"protection_id": a_protection("SECTION_42", referral=referral, by=place.officer)}
    if referral.state not in ("PREPARING", "WITH_CHILDREN"):
        return none
    begun = a_protection("IMMEDIATE", referral=referral, by=place.officer)
    said = discussed("IMMEDIATE", now(), actions=[an_agreed(today())])
    held = record_discussion(protection=begun, said=said, by=place.officer, at=now())
    with access.material(replace(place.officer, system="test"), referral.case_id):
        return {"protection_id": begun, "discussion_id": held, "action_id": held.actions.first()}


def _decided(place: County, referral: Referral) -> uuid.UUID | None:
    """A decision about who the person is, where the case is still at that stage."""
    if referral.state != "CHECKING":
        return None
    other = a_referral(place, given_name="Tansie", family_name="Orrell").person
    return decide_match(
        referral=referral, other=other, answer="DIFFERENT", reasons=["Another address"], by=place.officer, at=now()
    ).pk


def _id_of(value: Any) -> Any:
    """A record's id; where the case has none of that kind, an id that nothing has."""
    if value is None:
        return uuid.uuid4()
    return value.pk if hasattr(value, "pk") else value
