"""Who may know of a case and who may open it, against rules written down again here from the published ones."""

from __future__ import annotations

import itertools
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import RequestFactory

from prevent_cases.accounts.actors import VISITOR, Actor, the_service
from prevent_cases.accounts.kinds import SeatRole, TeamKind
from prevent_cases.casework import access
from prevent_cases.casework.kinds import Basis, Look, Sensitivity
from prevent_cases.casework.models import (
    AccessLog,
    Case,
    CaseGroupObjectPermission,
    CaseUserObjectPermission,
    Exclusion,
)
from prevent_cases.casework.now import held_at, now, today
from prevent_cases.casework.policy import may_let_in
from referrals.models import Referral
from tests.factories import STATES, a_conflict, a_named_worker, a_person, a_referral, acting, county, seated_in

DAY = timedelta(days=1)
HOLDING = (TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN)
NOMINATING = (TeamKind.AREA, TeamKind.LOCALITY)


@pytest.fixture
def place(db):
    return county()


def is_kept_out(actor: Actor, case: Case) -> bool:
    return Exclusion.objects.filter(case=case, user=actor.user_id, ended_at=None).exists()


def is_named(actor: Actor, case: Case) -> bool:
    return CaseUserObjectPermission.objects.filter(content_object=case, user=actor.user_id, until__gte=today()).exists()


def teams_granted(case: Case) -> list[uuid.UUID]:
    return list(CaseGroupObjectPermission.objects.filter(content_object=case).values_list("group__team", flat=True))


def may_know(actor: Actor, case: Case) -> bool:
    """The written rule (D1, D3, 2.3): a live reason of one's own, and no conflict of interest."""
    if actor.user is None or not actor.user.is_active or is_kept_out(actor, case):
        return False
    recording = {s.team_id for s in actor.seats if s.is_nominated or s.kind == TeamKind.CHILDREN}
    recorded = recording & set(teams_granted(case))
    if case.assignee_id == actor.user_id or is_named(actor, case) or recorded:
        return True
    coordinates = [s for s in actor.seats if s.kind == TeamKind.SSU and s.team_id == case.owner_team_id]
    holds = [s for s in actor.seats if s.kind in HOLDING and s.team_id == case.holder_team_id]
    if case.sensitivity == Sensitivity.LIMITED:
        coordinates = [s for s in coordinates if s.role == SeatRole.MANAGER]
        holds = [s for s in holds if s.is_nominated]
    return bool(coordinates or holds)


def may_open(actor: Actor, case: Case) -> bool:
    """The material (K0.3, K0.8, K0.11): before it is restricted, the team that holds it; then only who was let in."""
    if actor.user is None or not actor.user.is_active or is_kept_out(actor, case):
        return False
    desks = [s for s in actor.seats if s.is_nominated or s.kind not in NOMINATING]
    groups = teams_granted(case)
    held = case.restricted_at is None and any(s.team_id == case.holder_team_id for s in desks)
    return held or any(s.team_id in groups for s in desks) or is_named(actor, case)


@pytest.fixture
def everybody(place):
    """The county's roles, a visitor, and people at the edge: two seats, a seat that ended, a closed account."""
    both = a_person("Twain Holme", place.area_team, place.other_locality_team, nominated=True)
    left = a_person("Fern Gale")
    seated_in(left, place.ssu, ends_on=today() - DAY)
    closed = a_person("Dara Lowe", place.ssu, place.locality_team, nominated=True)
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    return [*place.roles.values(), VISITOR, *(acting(user) for user in (both, left, closed))]


def every_kind_of_case(place) -> list[Case]:
    """Each state by both ways, each ordinary and limited; some assigned, some with a name, some with a conflict."""
    cases = []
    for turn, (state, via) in enumerate(itertools.product(STATES, ("area", "locality"))):
        referral = a_referral(place, state, via=via)
        case = referral.case
        case.sensitivity = Sensitivity(turn % 2)
        case.assignee = [None, place.outsider.user, place.colleague.user][turn % 3]
        case.save()
        if case.restricted_at and case.held_until is None and turn % 4 < 2:
            a_named_worker(place, referral, place.member, days=2, by=_who_holds(place, referral))
        for actor in (place.officer, place.locality_worker, place.member, place.outsider)[: turn % 5]:
            a_conflict(referral, actor)
        cases.append(Case.objects.get(pk=case.pk))
    return cases


def _who_holds(place, referral: Referral) -> Actor:
    return next(actor for actor in place.roles.values() if may_let_in.allows(actor, referral.case))


def test_who_knows_of_and_who_opens_every_kind_of_case(place, everybody):
    cases = every_kind_of_case(place)
    asked: dict[str, list[tuple[bool, bool]]] = {"knows of": [], "opens": []}
    wrong = []
    for actor in everybody:
        visible = set(Case.objects.visible_to(actor, today()).values_list("pk", flat=True))
        for case in cases:
            answers = {
                "knows of": (case.pk in visible, may_know(actor, case)),
                "opens": (access.may_enter(actor, case), may_open(actor, case)),
            }
            for what, (said, ruled) in answers.items():
                asked[what].append((said, ruled))
                if said != ruled:
                    wrong.append(f"{actor.name} {what} {case.stage} {case.reference}: {said}, the rule says {ruled}")
    assert wrong == []
    assert sum(map(len, asked.values())) >= 1000
    for answers in asked.values():
        let_in = sum(ruled for _, ruled in answers) / len(answers)
        assert 0.03 < let_in < 0.6, "rules that let in nobody or everybody would prove nothing"


def test_a_hidden_case_is_not_found_as_an_absent_one_is_not(place):
    case = a_referral(place).case
    for case_id in (case.pk, uuid.uuid4()):
        with pytest.raises(Http404):
            access.find(place.area_worker, case_id)
        with pytest.raises(Http404):
            access.find(place.area_worker, case_id, Referral.objects.visible_to(place.area_worker, today()))
    assert access.find(place.officer, case.pk) == case


def test_the_nominated_workers_of_the_team_that_holds_a_case_hold_its_grant_alone(place):
    referral = a_referral(place, "AREA_RECORDED")
    assert groups_of(referral) == [place.area_team.group_id]
    forwarded = a_referral(place, "PREPARING", via="area")
    assert groups_of(forwarded) == [place.locality_team.group_id]


def groups_of(referral: Referral) -> list[int]:
    held = CaseGroupObjectPermission.objects.filter(content_object=referral.case)
    assert {row.permission for row in held} <= {Permission.objects.get(codename="enter_restricted_area")}
    return [row.group_id for row in held]


def test_naming_a_worker_again_moves_the_date_and_keeps_what_was(place):
    referral = a_referral(place, "PREPARING")
    for days in (2, 5):
        access.name_worker(
            case=referral.case, user=place.member.user, reason="TASK", words="", until=today() + DAY * days,
            by=place.locality_worker, at=now(),
        )  # fmt: skip
    named = access.named_workers(referral.case).get(user=place.member.user)
    assert named.until == today() + DAY * 5
    kept = CaseUserObjectPermission.history.filter(user=place.member.user).order_by("history_id")
    assert [row.until for row in kept] == [today() + DAY * 2, today() + DAY * 5]
    assert {row.history_user for row in kept} == {place.locality_worker.user}
    assert access.end_named_workers(access.named_workers(referral.case)) == 1
    assert CaseUserObjectPermission.history.filter(user=place.member.user, history_type="-").count() == 1


def test_a_look_is_written_with_who_when_whence_and_by_what_right(place):
    case, at = a_referral(place, "PREPARING").case, now()
    looked = access.look(place.locality_worker, case, Look.MATERIAL, at=at, source="10.1.2.3", record="notes")
    assert looked == access.Looked(before=None, may_open=True)
    row = AccessLog.objects.get(case=case)
    assert (row.user_id, row.at, row.what, row.record, row.basis, row.source) == (
        place.locality_worker.user_id, at, Look.MATERIAL, "notes", Basis.NOMINATED, "10.1.2.3",
    )  # fmt: skip


def test_since_you_last_looked_means_an_earlier_sitting(place):
    case, first = a_referral(place).case, now()
    looks = [
        access.look(place.officer, case, Look.CASE, at=first + timedelta(minutes=m), source=None) for m in (0, 5, 60)
    ]
    assert [look.before for look in looks] == [None, first, first + timedelta(minutes=5)]
    assert access.look(place.second_officer, case, Look.CASE, at=first + DAY, source=None).before is None


def test_a_look_that_cannot_be_written_is_an_error_and_no_answer(place):
    nowhere = Case(pk=uuid.uuid4(), owner_team=place.ssu, holder_team=place.ssu)
    with pytest.raises(IntegrityError), transaction.atomic():
        look_at_once(place.officer, nowhere)
    assert not AccessLog.objects.exists()


def look_at_once(actor: Actor, case: Case) -> None:
    """The foreign key is checked now, and not at the end of the test's transaction."""
    access.look(actor, case, Look.CASE, at=now(), source=None)
    connection.check_constraints()


@pytest.mark.parametrize(
    ("who", "basis"),
    [
        ("locality_worker", Basis.NOMINATED),
        ("colleague", Basis.HOLDER),
        ("officer", Basis.OWNER),
        ("member", Basis.NAMED),
    ],
)
def test_by_what_right_somebody_looks_is_the_nearest_they_have(place, who, basis):
    case = a_referral(place, "PREPARING").case
    assert access.basis_of(place.roles[who], case) == basis


@pytest.mark.parametrize(
    ("proxies", "forwarded", "source"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "no address at all", None),
        (1, "", None),
    ],
)
def test_the_clients_address_is_the_one_our_own_proxy_saw(settings, proxies, forwarded, source):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="192.0.2.1")
    assert access.source_of(request) == source


def test_the_service_opens_material_for_its_jobs_and_sees_no_case(place):
    case = a_referral(place, "PREPARING").case
    service = the_service("sweep")
    assert access.may_enter(service, case)
    assert not access.cases(service).exists()


def test_a_case_shuts_to_a_named_worker_the_day_after_their_last(place):
    referral = a_referral(place, "PREPARING")
    a_named_worker(place, referral, place.member, days=1)
    for later, knows in ((0, True), (1, True), (2, False)):
        with held_at(now() + DAY * later):
            assert access.cases(place.member).exists() is knows
            assert access.may_enter(place.member, referral.case) is knows


@pytest.mark.django_db(transaction=True)
def test_material_is_written_only_inside_the_operations_transaction():
    with pytest.raises(RuntimeError, match="transaction"), access.writing(VISITOR, uuid.uuid4()):
        pass
