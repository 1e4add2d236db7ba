"""What the triage page shows beside the decision: what came, where it could go and why, and which case is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Membership, PostcodeDistrict, Team, User
from prevent_cases.casework import access
from prevent_cases.casework.kinds import DocumentKind, Queue, ScanState
from prevent_cases.casework.models import Case, Document, Event, Narrative
from prevent_cases.casework.procedure import Procedure
from referrals.models import Referral
from referrals.queries.headings import labels_of
from referrals.queries.register import Findings, RegisterCandidate
from referrals.states import RegisterStatus

Choices = list[tuple[str, str]]
IN_VIEW = 1_200


@dataclass(frozen=True)
class Suggestion:
    """A team proposed, and the reason for proposing it. The officer decides."""

    team_id: str
    because: str


@dataclass(frozen=True)
class Routes:
    """The teams a referral can be sent to, by kind, and which of them is suggested."""

    teams: dict[str, Choices]
    suggested: dict[str, Suggestion]

    def of(self, kind: str) -> Choices:
        return self.teams.get(kind, [])

    def suggestion(self, kind: str) -> Suggestion:
        return self.suggested.get(kind, Suggestion("", ""))

    def name_of(self, team_id: str) -> str:
        return next((name for teams in self.teams.values() for pk, name in teams if pk == team_id), "")


@dataclass(frozen=True)
class Words:
    """What stands under one heading; long ones are folded away."""

    label: str
    text: str

    @property
    def is_long(self) -> bool:
        return len(self.text) > IN_VIEW


@dataclass(frozen=True)
class Came:
    """What came with a referral: its words under their headings, and its files."""

    words: list[Words]
    files: list[dict[str, Any]]


def what_came(actor: Actor, referral: Referral) -> Came | None:
    """The referral's words and files, for whom they are open to. Three statements."""
    with access.material(actor, referral.case_id) as allowed:
        if not allowed:
            return None
        told = {row.heading: row.text for row in Narrative.objects.filter(case=referral.case_id)}
        rows = Document.objects.filter(case=referral.case_id).select_related("added_by").order_by("added_at", "title")
        documents = sorted(rows, key=lambda document: document.kind != DocumentKind.REFERRAL)
    labels = labels_of(referral.form_version)
    keys = [key for key in labels if key in told] + sorted(key for key in told if key not in labels)
    words = [Words(labels.get(key, key.replace("_", " ").capitalize()), told[key]) for key in keys]
    return Came(words, [_file(document) for document in documents])


def routes(referral: Referral, findings: Findings) -> Routes:
    """Where this referral could go: one statement, two where a postcode is known.

    The register's own team suggests first, then the postcode.
    """
    kinds = (TeamKind.LOCALITY, TeamKind.AREA, TeamKind.CHILDREN)
    teams = list(Team.objects.filter(kind__in=kinds, closed_on=None).select_related("locality").order_by("name"))
    outward = referral.postcode.split(" ")[0].upper() if referral.postcode else ""
    district = PostcodeDistrict.objects.select_related("locality").filter(outward=outward).first() if outward else None
    by_kind: dict[str, Choices] = {}
    for team in teams:
        by_kind.setdefault(team.kind, []).append((str(team.pk), team.name))
    suggested = {}
    if named := _of_the_register(teams, findings):
        suggested[TeamKind.LOCALITY.value] = Suggestion(str(named.pk), "The register says this team works with them.")
        area_id = named.area_id or (named.locality.area_id if named.locality else None)
        because = "The register's team is in this area."
    elif district:
        area_id = district.locality.area_id
        because = f"The postcode {outward} is in {district.locality.name}."
        for team in teams:
            if team.kind == TeamKind.LOCALITY and team.locality_id == district.locality_id:
                suggested.setdefault(TeamKind.LOCALITY.value, Suggestion(str(team.pk), because))
    else:
        area_id, because = None, ""
    for team in teams:
        if team.kind == TeamKind.AREA and area_id and team.area_id == area_id:
            suggested.setdefault(TeamKind.AREA.value, Suggestion(str(team.pk), because))
    duty = by_kind.get(TeamKind.CHILDREN, [])
    if len(duty) == 1:
        suggested[TeamKind.CHILDREN.value] = Suggestion(duty[0][0], "")
    return Routes(by_kind, suggested)


def systems_of(procedure: Procedure) -> Choices:
    """The systems an officer may say were searched: the register first, then those the procedure names."""
    others = [(reason.key, reason.label) for reason in procedure.reasons.get("search.systems", ())]
    register = procedure.label("register", "case system")
    return [("register", register[:1].upper() + register[1:]), *others]


def searched_with(referral: Referral) -> str:
    """What of the person the systems were searched with, as the nil return says it: ``name and date of birth``."""
    given = {
        "name": referral.given_name or referral.family_name,
        "other names": referral.other_names,
        "date of birth": referral.born_on,
        "address": referral.address or referral.postcode,
        "NHS number": referral.nhs_number,
        "telephone number": referral.phone,
    }
    *first, last = [words for words, value in given.items() if value]
    return f"{', '.join(first)} and {last}" if first else last


def worker_account(entry: RegisterCandidate | None, team_id: Any, on: date) -> User | None:
    """The account of the register's named worker, matched by email, where they sit in the team it goes to."""
    if entry is None or not entry.worker_email:
        return None
    seats = Membership.objects.filter(
        team=team_id, user__email__iexact=entry.worker_email, user__is_active=True, starts_on__lte=on
    ).exclude(ends_on__lt=on)
    seat = seats.select_related("user").first()
    return seat.user if seat else None


def last_question(case: Case) -> Event | None:
    """When policing was last asked something, by whom and why."""
    return case.events.filter(kind="referral.query_back").select_related("by").order_by("-at", "-id").first()


def next_to_triage(actor: Actor, after: UUID, on: date) -> UUID | None:
    """The case with the oldest deadline that waits to be triaged, other than the one just dealt with."""
    waiting = Case.objects.visible_to(actor, on).open().filter(
        owner_team__in=actor.team_ids(TeamKind.SSU), queue=Queue.TRIAGE, pk__in=Referral.objects.values("case")
    )  # fmt: skip
    return waiting.exclude(pk=after).order_by("next_due_at", "pk").values_list("pk", flat=True).first()


def _of_the_register(teams: list[Team], findings: Findings) -> Team | None:
    named = [one.team.casefold() for one in findings.candidates if one.is_likely and one.status == RegisterStatus.OPEN]
    return next((team for team in teams if team.kind == TeamKind.LOCALITY and team.name.casefold() in named), None)


def _file(document: Document) -> dict[str, Any]:
    standing = {ScanState.WAITING.value: "checking", ScanState.INFECTED.value: "held"}.get(document.scan, "ready")
    return {
        "id": document.pk,
        "title": document.title,
        "kind": document.file_name.rpartition(".")[2].upper(),
        "size": document.size,
        "added_at": document.added_at,
        "added_by": document.added_by.name if document.added_by else "",
        "standing": standing,
    }
