"""Forms that stand on no case at a state: a practitioner's, the lists', the reference pages'. Who opens which page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from prevent_cases.accounts.actors import Actor, the_service
from prevent_cases.accounts.kinds import SeatRole
from prevent_cases.accounts.models import AccessReview, Membership, Nomination
from prevent_cases.casework import access, directory_edits, editions, holding, procedure, training
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.models import Case, Post
from prevent_cases.casework.now import held_at, now, today
from prevent_cases.lists.operations.reviewing import review_access
from prevent_cases.reference.queries import editions as parts_of_editions
from referrals.national_form.editions import edition
from referrals.operations.assigning import assign
from referrals.operations.turning import correct_birth_date
from referrals.states import ConcernStage, PractitionerState, ReferralState
from safeguarding.models import Check, FeedbackOwed, Protection
from safeguarding.operations import agreements, discussions, screening
from safeguarding.operations.holds import place_hold
from tests.factories import (
    KENT,
    County,
    a_concern,
    a_form,
    a_partner_request,
    a_person,
    a_practitioner_referral,
    a_protection,
    a_question,
    a_referral,
    acting,
    an_agreed,
    an_agreement,
    discussed,
    screened,
)

Pages = Iterator[tuple[Actor, str]]


def before_a_referral(place: County) -> Pages:
    """A practitioner who has written nothing, and an officer who is told of somebody by telephone."""
    for who in (place.practitioner, place.officer):
        yield who, reverse("refer:start")
        yield who, reverse("refer:danger")


def a_draft(place: County) -> Pages:
    """Every page of a draft, and what its writer does beside it."""
    draft = a_concern(place)
    for page in edition(draft.form_version).pages:
        yield place.practitioner, reverse("refer:page", args=[draft.pk, page.slug])
    yield from _of(place.practitioner, "refer", ("tasks", "check", "documents", "forget"), draft)
    yield from _of(place.practitioner, "mine", ("hand", "advice", "urgent"), draft)


def a_concern_at_its_lead(place: County) -> Pages:
    """One to decide; and one that is being watched, which either takes up again."""
    handed = a_concern(place, ConcernStage.WITH_LEAD)
    yield from _of(place.school_lead, "mine", ("concern", "decide", "advice", "urgent"), handed)
    watched = a_concern(place, ConcernStage.WATCHING)
    yield from _of(place.practitioner, "mine", ("again",), watched)


def sent(place: County) -> Pages:
    """A referral that was sent, one that was taken up, and one with a question: its referrer's pages and the unit's."""
    new = a_practitioner_referral(place)
    yield from _of(place.practitioner, "mine", ("referral", "amend", "withdraw", "transport"), new)
    taken_up = a_practitioner_referral(place, PractitionerState.TAKEN_UP)
    for name in ("practitioner", "practitioner-ask", "practitioner-finish"):
        yield place.ssu_lead, reverse(f"referrals:{name}", args=[taken_up.case_id])
    yield place.officer, reverse("referrals:practitioner-take-up", args=[new.case_id])
    asked = a_question(place, a_practitioner_referral(place, PractitionerState.TAKEN_UP))
    yield place.practitioner, reverse("mine:answer", args=[asked.pk])


def childrens_duty(place: County) -> Pages:
    """A referral that came straight to duty, one to decide, one decided, one of somebody grown up; and the unit's."""
    yield place.children, reverse("children:receive-form", args=[uuid4()])
    new = a_referral(place, ReferralState.WITH_CHILDREN)
    decided = a_referral(place, ReferralState.CHILD_DECIDED)
    holding.end(case=decided.case, reason="Police answered", by=place.ssu_lead, at=now())
    grown = a_referral(place, ReferralState.WITH_CHILDREN)
    correct_birth_date(referral=grown, born_on=date(1990, 1, 1), by=place.children, at=now())
    for name, row in (
        ("decide-child", new), ("acknowledge-child", new), ("close-child", decided), ("hand-to-adults", grown),
    ):  # fmt: skip
        yield place.children, reverse(name, args=[row.case_id])
    for owed in FeedbackOwed.objects.filter(case=decided.case_id):
        yield place.children, reverse("feedback", args=[owed.case_id, owed.pk])
    young = a_referral(place, ReferralState.WITH_LOCALITY)
    yield place.officer, reverse("referrals:birth-date", args=[young.case_id])
    correct_birth_date(referral=young, born_on=today() - timedelta(days=4000), by=place.officer, at=now())
    yield place.officer, reverse("referrals:reroute-to-children", args=[young.case_id])


def a_teams_list(place: County) -> Pages:
    """What a team's manager does with the list of their own team: one of its people has open work."""
    acting(a_person("Sunniva Dale", place.locality_team, nominated=True))
    team, worker = place.locality_team, place.locality_worker
    assign(case=Case.objects.get(pk=a_form(place).case_id), to=worker.user, by=worker, at=now())
    review_access(at=now())
    manager = place.locality_manager
    for name in ("team", "nominate", "give-seat", "invite"):
        yield manager, reverse(f"lists:{name}", args=[team.pk])
    yield manager, reverse("lists:hand-over", args=[team.pk, worker.user_id])
    for someone in (worker, place.colleague):
        yield manager, reverse("lists:end-seat", args=[Membership.objects.get(user=someone.user_id).pk])
    yield manager, reverse("lists:end-nomination", args=[Nomination.objects.get(user=worker.user_id).pk])
    yield manager, reverse("lists:review", args=[AccessReview.objects.get(team=team).pk])


def the_back_office(place: County) -> Pages:
    """What the administrators and the manager of the lists do with places, teams and accounts."""
    for name in ("add-team", "add-organisation", "add-area", "add-locality", "who", "uploads"):
        yield place.lists, reverse(f"lists:{name}")
    team = place.locality_team
    for name, row in (
        ("change-team", team), ("close-team", team), ("organisation", place.council), ("area", place.areas[0]),
        ("locality", place.locality), ("person", place.colleague.user),
    ):  # fmt: skip
        yield place.lists, reverse(f"lists:{name}", args=[row.pk])
    head = acting(a_person("Hester Lunn", place.lists_team, role=SeatRole.MANAGER))
    yield head, reverse("lists:give-seat", args=[place.lists_team.pk])


def the_directory_and_training(place: County) -> Pages:
    """Posts, courses, and what was taken: one's own, and that of somebody of one's team."""
    said = directory_edits.Written(
        kind=DirectoryKind.PREVENT_LEAD, title="Prevent lead", telephone="01632 960001", starts_on=today()
    )
    entry = directory_edits.add_entry(written=said, by=place.lists, at=now())
    course = training.add_course(title="Prevent", months_valid=12, counts_for_gate=True, by=place.lists, at=now())
    taken = training.record_course(
        user=place.practitioner.user, course=course, taken_on=today(), by=place.practitioner, at=now()
    )
    for name, args in (
        ("entry-add", []), ("entry-edit", [entry.pk]), ("entry-end", [entry.pk]),
        ("post", [Post.objects.order_by("key")[0].key]), ("course-add", []), ("course", [course.pk]),
        ("domain-add", []),
        ("course-retire", [course.pk]),
    ):  # fmt: skip
        yield place.lists, reverse(f"reference:{name}", args=args)
    yield place.practitioner, reverse("reference:record-add")
    yield place.practitioner, reverse("reference:record-remove", args=[taken.pk])
    yield place.practitioner, reverse("reference:training-needed")
    yield place.school_lead, reverse("reference:record-add-for", args=[place.practitioner.user_id])


def questions_and_agreements(place: County) -> Pages:
    """What a partner was asked in their account, and the register of agreements."""
    asked = a_partner_request(place, address=place.school_lead.user.email)
    yield place.school_lead, reverse("asked-question", args=[asked.pk])
    agreement = an_agreement(place)
    party = agreements.add_party(
        agreement=agreement, body="Exampleshire Health", post="Director of nursing", by=place.lists, at=now(), version=0
    )
    yield place.lists, reverse("reference:agreement-add")
    for name in ("edit", "review", "end", "party-add"):
        yield place.lists, reverse(f"reference:agreement-{name}", args=[agreement.pk])
    yield place.lists, reverse("reference:agreement-party", args=[agreement.pk, party.pk])


def protected(place: County) -> Pages:
    """Everything that is typed about what protects a child and an adult, at the pages on which it is typed."""
    child = a_referral(place, "WITH_CHILDREN")
    immediate = a_protection("IMMEDIATE", referral=child, by=place.children)
    said = discussed("IMMEDIATE", now(), actions=[an_agreed(today())])
    held = discussions.record_discussion(protection=immediate, said=said, by=place.children, at=now())
    for name in ("emergency", "discuss", "finish"):
        yield place.children, _about(immediate, name)
    yield place.children, _about(immediate, "agree", held.pk)
    with access.material(the_service("test"), child.case_id):
        action = held.actions.get()
    yield place.children, _about(immediate, "action", action.pk)
    yield place.children, _about(a_protection("SECTION_47", referral=child, by=place.children), "confer")
    yield place.children, _about(a_protection("SECTION_17", referral=child, by=place.children), "assess")
    adult = a_protection("SECTION_42", referral=a_referral(place, "PREPARING"), by=place.locality_worker)
    yield place.locality_worker, _about(adult, "screen")
    cared_for = a_protection("SECTION_42", referral=a_referral(place, "PREPARING"), by=place.locality_worker)
    screening.screen(
        protection=cared_for, said=screened(child=True), needs_police=True, by=place.locality_worker, at=now()
    )
    yield place.locality_worker, _about(cared_for, "child")


def a_case_on_hold(place: County) -> Pages:
    """What police are asked and answer, and what a manager does with the hold."""
    at = now() - timedelta(days=10)
    with held_at(at):
        referral = a_referral(place, "WITH_CHILDREN", at=at)
        place_hold(referral=referral, reason="No immediate concern", by=place.children, at=at)
    check = Check.objects.get(case=referral.case_id)
    yield place.children, reverse("check-ask", args=[referral.case_id])
    yield place.children, reverse("check-take-back", args=[referral.case_id, check.pk])
    yield place.officer, reverse("check-answer", args=[referral.case_id, check.pk])
    for name in ("hold-renew", "hold-end"):
        yield place.ssu_lead, reverse(name, args=[referral.case_id])
    yield place.liaison, reverse("police-check", args=[check.pk])


def the_next_edition(place: County) -> Pages:
    """A part of each kind, and publishing what was prepared."""
    editions.prepare(
        procedure_key=KENT, part="texts", key="nil_return", value="We hold no record.", by=place.ssu_lead, at=now(),
        version=editions.prepared(KENT).version,
    )  # fmt: skip
    one_of_each = {one.part: one for one in parts_of_editions.parts(procedure.published(KENT))}
    for one in one_of_each.values():
        yield place.ssu_lead, parts_of_editions.address(KENT, one)
    yield place.ssu_lead, reverse("reference:publish", args=[KENT])


SCENES: dict[str, Callable[[County], Pages]] = {
    scene.__name__: scene
    for scene in (
        before_a_referral, a_draft, a_concern_at_its_lead, sent, childrens_duty, a_teams_list, the_back_office,
        the_directory_and_training, questions_and_agreements, protected, a_case_on_hold, the_next_edition,
    )
}  # fmt: skip


def _of(who: Actor, space: str, names: tuple[str, ...], record: Any) -> Pages:
    for name in names:
        yield who, reverse(f"{space}:{name}", args=[record.pk])


def _about(protection: Protection, name: str, *ids: Any) -> str:
    return reverse(f"protection-{name}", args=[protection.case_id, protection.pk, *ids])
