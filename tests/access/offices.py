"""What stands beside the cases: drafts and referrals of practitioners, the staff lists, the directory and editions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.accounts.kinds import OrganisationKind, SeatRole, TeamKind
from prevent_cases.accounts.models import ListUpload, Nomination, Organisation, Team
from prevent_cases.accounts.operations.public import public_account
from prevent_cases.casework import access, directory_edits, drafts, editions, secure_domains, training
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import Document
from prevent_cases.casework.now import now, today
from prevent_cases.lists.operations.inviting import invite
from prevent_cases.lists.operations.reviewing import review_access
from prevent_cases.lists.views.uploads import DRAFT
from referrals.models import PractitionerReferral
from referrals.states import ConcernStage, PractitionerState
from safeguarding.operations import agreements
from tests.factories import (
    KENT,
    County,
    a_concern,
    a_conflict,
    a_pdf,
    a_person,
    a_practitioner_referral,
    a_question,
    a_team,
    acting,
    an_agreement,
    received_file,
)

DAY = timedelta(days=1)
LIST_FILE = b"email,team,starts_on,ends_on,covers\r\n"


def edges_of(place: County) -> dict[str, Actor]:
    """Who refers from elsewhere, and who manages the staff lists."""
    other = Organisation.objects.create(name="Fennel Row School", kind=OrganisationKind.EDUCATION)
    elsewhere = a_team(other, TeamKind.PRACTITIONER, "Fennel Row School safeguarding")
    public = public_account(email="neighbour@home.example", by=the_service("public referrals"), at=now())
    people = {
        "lists_manager": a_person("Hester Lunn", place.lists_team, role=SeatRole.MANAGER),
        "teacher_elsewhere": a_person("Tamsin Orr", elsewhere),
        "lead_elsewhere": a_person("Leopold Ash", elsewhere, role=SeatRole.MANAGER),
        "public_account": public,
    }
    return {name: acting(user) for name, user in people.items()}


def ids_of_practitioners(
    place: County, stage: str = ConcernStage.WRITING, state: str = PractitionerState.SENT, *, asked: bool = False
) -> dict[str, Any]:
    """A concern at this stage and a referral in this state, with a file, and with a question to its referrer."""
    files = [received_file(a_pdf(), "plan.pdf")]
    sent = a_practitioner_referral(place, state, files=files)
    question = a_question(place, sent).pk if asked else uuid.uuid4()
    with access.oneself(place.practitioner):
        document = Document.objects.filter(case=sent.case_id).first()
    return {
        "concern_id": a_concern(place, stage).pk, "referral_id": sent.pk, "practitioners.case_id": sent.case_id,
        "files.document_id": document.pk if document else uuid.uuid4(), "question_id": question, "slug": "person",
    }  # fmt: skip


def keep_from(place: County, ids: dict[str, Any], actor: Actor) -> None:
    """Somebody of the unit has a conflict of interest with the practitioner's referral."""
    a_conflict(PractitionerReferral.objects.get(pk=ids["referral_id"]), actor)


def ids_of_lists(place: County, team: Team, nominee: Actor, seated: Actor) -> dict[str, Any]:
    """One of everything on the lists of a team. ``nominee`` has a nomination, wherever it is."""
    by, at = place.lists, now()
    review_access(at=at)
    key = uuid.uuid4()
    drafts.save_draft(key=key, kind=DRAFT, typed={}, add=[("list.csv", LIST_FILE)], by=by, at=at)
    upload = ListUpload.objects.create(file_name="list.csv", sha256="0" * 64, by=by.user, at=at, changes=[])
    sent = invite(
        email=f"new-{key}@people.example", name="Nia Coombe", team=team, role=SeatRole.MEMBER, starts_on=today(),
        by=by, at=at,
    )  # fmt: skip
    return {
        "team_id": team.pk, "hand-over.user_id": nominee.user_id, "lists:person.user_id": seated.user_id,
        "nomination_id": Nomination.objects.filter(user=nominee.user_id).first().pk,
        "seat_id": team.memberships.get(user=seated.user_id).pk, "invitation_id": sent.pk,
        "review_id": review.pk if (review := team.access_reviews.first()) else uuid.uuid4(),
        "uploads.key": key, "upload_id": upload.pk, "organisation_id": team.organisation_id,
        "area_id": place.areas[0].pk, "locality_id": place.locality.pk,
    }  # fmt: skip


def ids_of_reference(place: County) -> dict[str, Any]:
    """A post of the directory, a course that the practitioner took, and an edition that is published and to come."""
    at, by = now(), place.lists
    entry = directory_edits.add_entry(written=a_post(), by=by, at=at)
    course = training.add_course(title="Awareness", months_valid=12, counts_for_gate=True, by=by, at=at)
    record = training.record_course(
        user=place.practitioner.user, course=course, taken_on=today(), by=place.practitioner, at=at
    )
    editions.prepare(
        procedure_key=KENT, part="texts", key="nil_return", value="We hold nothing.", by=by, at=at, version=0
    )
    edition = editions.publish(
        procedure_key=KENT, changes={"lengths": {"referral.reply": 3}}, effective_from=today() + 7 * DAY,
        why="The schedule", by=place.ssu_lead, at=at,
    )  # fmt: skip
    agreement = an_agreement(place)
    party = agreements.add_party(
        agreement=agreement, body="Exampleshire Health", post="Director of nursing", by=by, at=at, version=0
    )
    domain = secure_domains.list_domain(
        domain="council.example", covers_below=False, why="Its agreement", by=by, at=at
    )  # fmt: skip
    return {
        "agreement_id": agreement.pk, "party_id": party.pk,
        "domain_id": domain.pk,
        "entry_id": entry.pk, "course_id": course.pk, "record_id": record.pk, "edition_id": edition.pk,
        "training.user_id": place.practitioner.user_id, "posts.key": "head_of_safeguarding",
        "procedures.key": KENT, "part": "texts", "name": "nil_return",
    }  # fmt: skip


def a_post(**said: Any) -> directory_edits.Written:
    """A post of the directory as it is written down."""
    written = {
        "kind": DirectoryKind.PREVENT_LEAD, "title": "Prevent lead", "holder_name": "Petra Vane", "area_id": None,
        "deputy_of_id": None, "telephone": "01632 960001", "opens_at": None, "closes_at": None, "out_of_hours": "",
        "email": "prevent@council.example", "starts_on": today(), "ends_on": None,
    }  # fmt: skip
    return directory_edits.Written(**(written | said))


def ids_beside(place: County) -> dict[str, Any]:
    """An id of everything that is not a case, with the drafts and the lists at their beginning."""
    lists = ids_of_lists(place, place.locality_team, place.locality_worker, place.colleague)
    return ids_of_practitioners(place, asked=False) | lists | ids_of_reference(place)


OF_REFERENCE = (
    "entry_id", "course_id", "record_id", "edition_id", "training.user_id", "posts.key", "procedures.key", "part",
    "name", "agreement_id", "party_id", "domain_id",
)  # fmt: skip
Made = Callable[[County, dict[str, Any]], dict[str, Any]]

BESIDE: dict[str, Made] = {
    "a concern being written": lambda place, _: ids_of_practitioners(place),
    "a concern with the lead": lambda place, _: ids_of_practitioners(
        place, ConcernStage.WITH_LEAD, PractitionerState.TAKEN_UP, asked=True
    ),
    "a concern that is watched": lambda place, _: ids_of_practitioners(
        place, ConcernStage.WATCHING, PractitionerState.TAKEN_UP
    ),
    "a team of the council": lambda place, _: ids_of_lists(
        place, place.locality_team, place.locality_worker, place.colleague
    ),
    "a team of an organisation": lambda place, _: ids_of_lists(
        place, place.school, place.locality_worker, place.practitioner
    ),
    "reference data": lambda _, ids: {key: ids[key] for key in OF_REFERENCE},
}
"""What is asked for, in words, and its ids: made in a county, or picked from those of :func:`ids_beside`."""
