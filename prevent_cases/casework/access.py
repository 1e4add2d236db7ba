"""The one way to reach a case or its material for a person, and the one place that knows guardian.

Three walls stand in a row: the queryset (`visible_to`), the database's own answer for material
(`prevent_may_open`, which row security asks again for every row), and the access log, which is written in the same
transaction as the read: if it cannot be written there is no read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from guardian.shortcuts import assign_perm, remove_perm

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.models import Team, User
from prevent_cases.casework.clocks import SITTING
from prevent_cases.casework.kinds import Basis, Look
from prevent_cases.casework.models import (
    AccessLog,
    AnswerLink,
    Case,
    CaseGroupObjectPermission,
    CaseUserObjectPermission,
)
from prevent_cases.casework.now import today
from prevent_cases.casework.rules import Rule

RESTRICTED_AREA = "enter_restricted_area"


class Request(HttpRequest):
    """A request as views receive it: middleware has put the acting person on it."""

    actor: Actor


MAY_OPEN = """SELECT prevent_may_open(%s) FROM (SELECT
    set_config('prevent.user_id', %s, true), set_config('prevent.case_id', %s, true),
    set_config('prevent.today', %s, true), set_config('prevent.service', %s, true) OFFSET 0) AS identity"""
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Policy:
    """What a view declares: who may ask for it at all. None means anybody, and ``why`` says why that is safe."""

    rule: Rule | None
    why: str = ""


def open_to(rule: Rule) -> Callable[[View], View]:
    """Declare a view's policy. The middleware refuses a view that has none, and answers others with "not found"."""

    def declare(view: View) -> View:
        @wraps(view)
        def declared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        declared.policy = Policy(rule)  # type: ignore[attr-defined]
        return declared

    return declare


def open_to_all(why: str) -> Callable[[View], View]:
    """Declare that a view may be asked for by anybody, and why."""

    def declare(view: View) -> View:
        @wraps(view)
        def declared(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(*args, **kwargs)

        declared.policy = Policy(None, why)  # type: ignore[attr-defined]
        return declared

    return declare


def cases(actor: Actor) -> QuerySet[Case]:
    """Every case this person may know of, today."""
    return Case.objects.visible_to(actor, today())


def find(actor: Actor, case_id: Any, cases_in: QuerySet[Any] | None = None) -> Any:
    """The case, or the record of ``cases_in`` whose case it is. :raises Http404: the same for hidden and absent."""
    rows = cases(actor).filter(pk=case_id) if cases_in is None else cases_in.filter(case_id=case_id)
    found = rows.first()
    if found is None:
        raise Http404
    return found


def log_look(
    actor: Actor, case_id: Any, what: Look, *, at: datetime, source: str | None, record: str = "", basis: str = "seat"
) -> datetime | None:
    """Write one line of the access log. Returns when this person last looked before, in the same statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO casework_accesslog (case_id, user_id, at, what, record, basis, source)
               VALUES (%s, %s, %s, %s, %s, %s, %s)
               RETURNING (SELECT max(at) FROM casework_accesslog
                          WHERE case_id = %s AND user_id = %s AND what = %s AND at < %s)""",
            [case_id, actor.user_id, at, what, record, basis, source, case_id, actor.user_id, what, at],
        )
        return cursor.fetchone()[0]


def log_looks(
    actor: Actor, case_ids: Iterable[Any], what: Look, *, at: datetime, source: str | None, record: str, basis: str
) -> None:  # fmt: skip
    """Write one line of the access log for each of several cases. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO casework_accesslog (case_id, user_id, at, what, record, basis, source)
               SELECT unnest(%s::uuid[]), %s, %s, %s, %s, %s, %s""",
            [list(case_ids), actor.user_id, at, what, record, basis, source],
        )


@dataclass(frozen=True)
class Looked:
    """What logging a look answers. ``before`` is when this person last looked, in an earlier sitting; in their
    first sitting, when they first did; None for never.
    ``may_open`` says whether the material of the case is open to them now."""

    before: datetime | None
    may_open: bool


def look(
    actor: Actor, case: Case, what: Look, *, at: datetime, source: str | None, record: str = "",
    if_open: Look | None = None,
) -> Looked:  # fmt: skip
    """Log one look at a case and learn what its page must know, in the same statement.

    ``if_open`` is what the look is called in place of ``what`` where the material is open to this person. Inside a
    transaction the person and the case stay named for row security, so that the material can be read next.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO casework_accesslog (case_id, user_id, at, what, record, basis, source)
               SELECT %s, %s, %s, CASE WHEN identity.opens THEN %s ELSE %s END, %s, %s, %s
                 FROM ({MAY_OPEN}) AS identity (opens)
               RETURNING (SELECT coalesce(max(at) FILTER (WHERE at <= %s), min(at)) FROM casework_accesslog
                           WHERE case_id = %s AND user_id = %s AND at < %s),
                         prevent_may_open(%s)""",  # noqa: S608 a constant
            [
                *(case.pk, actor.user_id, at, if_open or what, what, record, basis_of(actor, case), source),
                *_identity(actor, case.pk),
                *(at - SITTING, case.pk, actor.user_id, at, case.pk),
            ],
        )
        return Looked(*cursor.fetchone())


def basis_of(actor: Actor, case: Case) -> str:
    """By what right a person sees a case, for the access log: one of casework.kinds.Basis."""
    if actor.is_nominated(case.holder_team_id):
        return Basis.NOMINATED
    if actor.is_member(case.holder_team_id):
        return Basis.HOLDER
    if actor.is_member(case.owner_team_id):
        return Basis.OWNER
    if any(s.is_nominated for s in actor.seats) and granted_teams(case).filter(pk__in=actor.team_ids()).exists():
        return Basis.KEPT
    return Basis.NAMED


def source_of(request: HttpRequest) -> str | None:
    """The client's address, as the nearest proxy we trust saw it; None when that is not an address."""
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
    proxies = settings.PROXY_COUNT
    seen = forwarded[-proxies] if proxies and len(forwarded) >= proxies else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(seen))
    except ValueError:
        return None


@contextmanager
def material(actor: Actor, case_id: Any) -> Iterator[bool]:
    """Open a case's material to this person for the length of a transaction; says whether they may.

    Sets who and which case for row security, and asks the database, in one statement. With False, every restricted
    table reads as empty inside the block: the caller answers as if there were nothing.
    """
    with transaction.atomic():
        yield _identify(actor, case_id)


def _identify(actor: Actor, case_id: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(MAY_OPEN, _identity(actor, case_id))
        return bool(cursor.fetchone()[0])


def _identity(actor: Actor, case_id: Any) -> tuple[str, ...]:
    service = "on" if actor.is_system else ""
    return str(case_id), str(actor.user_id or ""), str(case_id), today().isoformat(), service


@contextmanager
def writing(actor: Actor, case_id: Any) -> Iterator[None]:
    """Name the acting person for row security inside an operation's transaction, so that a row may be changed."""
    if not connection.in_atomic_block:
        raise RuntimeError("Material is written inside the operation's transaction")
    _identify(actor, case_id)
    yield


@contextmanager
def oneself(actor: Actor) -> Iterator[None]:
    """Name the acting person for row security, for rows that are their own and belong to no case (drafts)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('prevent.user_id', %s, true), set_config('prevent.service', %s, true)",
            [str(actor.user_id or ""), "on" if actor.is_system else ""],
        )
        yield


@contextmanager
def linked(link: AnswerLink) -> Iterator[None]:
    """Name a link for row security: the one question that it leads to can be read, and nothing else of the case."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('prevent.link', %s, true)", [link.secret_digest or ""])
        yield


def opens_in_the_same_query(actor: Actor, case_id: Any) -> RawSQL:
    """An expression for a query about one case: whether its material is open to this person. It costs no statement."""
    return RawSQL(f"({MAY_OPEN})", _identity(actor, case_id), output_field=BooleanField())  # noqa: S611 a constant


def may_enter(actor: Actor, case: Case) -> bool:
    """Whether this person may open the case's material now."""
    with material(actor, case.pk) as allowed:
        return allowed


def place_under_grants(case: Case, team: Team) -> None:
    """The restricted area opens to the nominated workers of the team that holds the case, and to nobody else."""
    for held in CaseGroupObjectPermission.objects.filter(content_object=case).exclude(group=team.group_id):
        remove_perm(RESTRICTED_AREA, held.group, case)
    assign_perm(RESTRICTED_AREA, team.group, case)


def granted_teams(case: Case) -> QuerySet[Team]:
    """The team whose nominated workers the restricted area opens to, where something is in it."""
    return Team.objects.filter(group__in=CaseGroupObjectPermission.objects.filter(content_object=case).values("group"))


def opens_to(case: Case) -> Team:
    """The team whose people open the material: whoever holds the case; after it came back, who recorded in it."""
    if case.restricted_at is not None and case.holder_team_id == case.owner_team_id:
        return granted_teams(case).first() or case.holder_team
    return case.holder_team


def name_worker(
    *, case: Case, user: User, reason: str, words: str, until: date, by: Actor, at: datetime
) -> CaseUserObjectPermission:
    """Let one person into the restricted area until a date. Naming them again sets the new date."""
    permission = Permission.objects.get(codename=RESTRICTED_AREA, content_type__app_label="casework")
    row = CaseUserObjectPermission.objects.filter(content_object=case, user=user).first()
    row = row or CaseUserObjectPermission(content_object=case, user=user, permission=permission)
    row.reason, row.words, row.until = reason, words, until
    row.granted_by, row.granted_at = by.user, at
    row._history_user, row._history_date = by.user, at  # type: ignore[attr-defined]
    row.save()
    return row


def end_named_workers(rows: QuerySet[CaseUserObjectPermission]) -> int:
    """Delete these grants, one by one, so that each leaves its history."""
    ended = 0
    for row in rows:
        row.delete()
        ended += 1
    return ended


def named_workers(case: Case) -> QuerySet[CaseUserObjectPermission]:
    return CaseUserObjectPermission.objects.filter(content_object=case).select_related("user", "granted_by")


def looks(case: Case, limit: int = 50) -> QuerySet[AccessLog]:
    """Who looked at this case, newest first."""
    return AccessLog.objects.filter(case=case).select_related("user").order_by("-at", "-id")[:limit]
