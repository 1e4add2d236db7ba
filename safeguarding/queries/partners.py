"""What partners were asked about a person and what they answered: a case's list, one of them, and the partner's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import OrganisationKind
from prevent_cases.accounts.models import Organisation
from prevent_cases.casework import access, answer_links
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.kinds import Basis, Look, ScanState
from prevent_cases.casework.models import AnswerLink, Case, Document
from prevent_cases.casework.wording import date_and_time, due_words, weekday
from referrals.models import Referral
from safeguarding.models import Agreement, PartnerAnswer, PartnerQuestion, PartnerRequest
from safeguarding.policy import LOCKED, keeps_the_question
from safeguarding.queries.area import STANDING
from safeguarding.queries.protection import open_kinds
from safeguarding.states import AnswerKind, PartnerState, PersonKnows, Withheld

MOST = 50
TONES = {
    PartnerState.ASKED: "waiting", PartnerState.PARTLY: "progress", PartnerState.ANSWERED: "done",
    PartnerState.REFUSED: "attention", PartnerState.WITHDRAWN: "closed",
}  # fmt: skip
WAITING = (PartnerState.ASKED, PartnerState.PARTLY)
WITHHELD = (
    "Harmful content was found in a file that came with this answer, so it stays shut. They were told. "
    "Ask again for a clean copy if you need it."
)


@dataclass(frozen=True)
class Standing:
    """Where a question is: its state as a tag, its day in words while an answer is waited for."""

    text: str
    tone: str
    due: str


@dataclass(frozen=True)
class Row:
    """One question in the list of a case."""

    url: str
    agency: str
    name: str
    asked: str
    standing: Standing


@dataclass(frozen=True)
class RequestPage:
    """One question, as whoever may open the case's material reads it. ``code`` is told by telephone, where the address
    is not a secure one; ``link`` says in words where the link is."""

    request: PartnerRequest
    question: str
    told: list[dict[str, str]]
    answers: list[dict[str, Any]]
    files: list[dict[str, Any]]
    standing: Standing
    link: str
    code: str
    has_withheld: bool
    may_act: bool

    @property
    def is_waiting(self) -> bool:
        return self.request.state in WAITING

    @property
    def code_words(self) -> str:
        """The code and to whom it is given, as one sentence."""
        spaced = f"{self.code[:3]} {self.code[3:]}"
        return f"{spaced}. Without it {self.request.name} cannot open the question: their address is not a secure one."

    @property
    def rows(self) -> list[dict[str, str]]:
        """Whom, when, under what, and by which reasons."""
        request, why = self.request, self.request.disclosure
        rows = (
            ("Asked", f"{request.name}, {request.address}"),
            ("Asked by", f"{request.asked_by.name}, {date_and_time(request.asked_at)}"),
            ("Needed by", weekday(request.due_on)),
            ("Link", self.link),
            ("Agreement", f"{request.agreement}" if request.agreement else "None: it was decided by itself"),
            ("Why it was necessary", why.necessity),
            ("Power", why.power),
            ("Lawful basis", why.lawful_basis),
            ("The person’s agreement", f"{why.get_consent_display()}. {why.consent_why}".strip()),
            ("Left out, and why", why.left_out),
        )
        return [{"key": key, "value": value} for key, value in rows if value]

    @property
    def may_ask_again(self) -> bool:
        return self.may_act and self.request.state != PartnerState.WITHDRAWN


@dataclass(frozen=True)
class OwnQuestion:
    """A question as the partner reads it: who asks, what, about whom, and by when. Nothing else of the case; and no
    word of it while a hold stands, when an answer that is being sent is taken all the same."""

    request: PartnerRequest
    link: AnswerLink
    question: str
    about: list[dict[str, Any]]

    @property
    def reference(self) -> str:
        return self.request.case.reference

    @property
    def rows(self) -> list[dict[str, str]]:
        return [
            {"key": "Asked by", "value": f"{self.request.asked_by.name}, {self.request.case.holder_team.name}"},
            {"key": "Answer needed by", "value": weekday(self.request.due_on)},
        ]


def requests_of(case: Case, on: date) -> list[Row]:
    """What was asked on a case, the newest first: one statement. No word of a question or an answer."""
    found = PartnerRequest.objects.filter(case=case).order_by("-asked_at", "pk")[:MOST]
    return [
        Row(
            reverse("partner-request", args=[case.pk, row.pk]), row.agency, row.name, date_and_time(row.asked_at),
            standing_of(row, on),
        )
        for row in found
    ]  # fmt: skip


def locked_because(referral: Referral) -> str:
    """Why nobody may be asked at this stage, and what is to be done first; nothing where they may. While a protection
    runs they may at every stage: it waits for none. One statement at most."""
    locked = LOCKED.get(referral.state, "")
    return "" if locked and open_kinds(referral.case) else locked


def request_page(actor: Actor, case: Case, request_id: UUID, at: datetime) -> RequestPage:
    """One question of this case, read inside its material: five statements.

    :raises Http404: for a question of another case, the same as for none
    """
    request = request_of(case, request_id)
    words = PartnerQuestion.objects.filter(request=request).first()
    answers = PartnerAnswer.objects.filter(request=request).select_related("recorded_by").order_by("-recorded_at")
    files = list(Document.objects.filter(case=case, subject=request.record_key).order_by("added_at"))
    link = answer_links.last_link(request.record_key)
    may_act = keeps_the_question.allows(actor, request)
    return RequestPage(
        request, words.question if words else "", _pairs(words.told if words else []),
        [_answer(row) for row in answers], [_file(case, row, request) for row in files],
        standing_of(request, civil_date(at)), _link_in_words(link, at),
        _code(link, at) if may_act else "", any(row.scan == ScanState.INFECTED for row in files), may_act,
    )  # fmt: skip


def request_of(case: Case, request_id: UUID) -> PartnerRequest:
    """A question of this case and no other. :raises Http404: where there is none"""
    rows = PartnerRequest.objects.select_related("asked_by", "agreement", "partner", "disclosure")
    request = rows.filter(case=case, pk=request_id).first()
    if request is None:
        raise Http404
    request.case = case
    return request


def standing_of(request: PartnerRequest, on: date) -> Standing:
    waits = request.state in WAITING
    late = waits and request.due_on < on
    tone = "late" if late else TONES[PartnerState(request.state)]
    return Standing(request.get_state_display(), tone, due_words(request.due_on, on) if waits else "")


def linked_question(link: AnswerLink) -> OwnQuestion:
    """The question that a link leads to: two statements, one of them behind the wall by that link alone."""
    with access.linked(link):
        return _own(link)


def asked_of(actor: Actor, on: date, at: datetime) -> list[dict[str, Any]]:
    """What somebody was asked in their account, what waits for them first: two statements."""
    rows = PartnerRequest.objects.filter(partner=actor.user_id).select_related("case").order_by("-asked_at")[:MOST]
    own = AnswerLink.objects.select_related("case").filter(user=actor.user_id, used_at=None, ended_at=None)
    is_open = {link.subject for link in own if answer_links.is_open(link, at) and not link.case.is_held}
    tasks = [
        {
            "title": f"A question about {row.case.reference}",
            "url": reverse("asked-question", args=[row.pk]) if row.record_key in is_open else "",
            "hint": due_words(row.due_on, on) if row.record_key in is_open else "",
            **({"status": "To answer", "tone": "new"} if row.record_key in is_open else {"status": "Closed"}),
        }
        for row in rows
    ]
    return sorted(tasks, key=lambda task: not task["url"])


def own_question(
    actor: Actor, request_id: UUID, *, is_answer: bool = False, at: datetime, source: str | None
) -> OwnQuestion:
    """The question this person was asked in their account; the look is logged with it.

    :raises Http404: for anybody else's, for one that is answered, withdrawn or out of date, and while a hold stands,
        unless it is an answer that is being sent
    """
    subject = f"{PartnerRequest._meta.label_lower}:{request_id}"  # noqa: SLF001 Django's own name
    with transaction.atomic():
        link = answer_links.find_own(actor, subject, at, even_held=is_answer)
        if link is None:
            raise Http404
        access.log_look(
            actor, link.case_id, Look.MATERIAL, at=at, source=source, record=subject, basis=Basis.PARTNER
        )  # fmt: skip
        with access.material(actor, link.case_id):
            return _own(link)


def partner_choices() -> list[tuple[str, str]]:
    """The bodies outside the council that the service knows, by name."""
    rows = Organisation.objects.exclude(kind=OrganisationKind.COUNCIL).order_by("name")
    return [(f"{row.pk}", row.name) for row in rows]


def agreement_choices(on: date) -> list[tuple[str, str]]:
    """The agreements in force on a day, by title."""
    rows = Agreement.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on).order_by("title")
    return [(f"{row.pk}", f"{row}") for row in rows]


def _own(link: AnswerLink) -> OwnQuestion:
    rows = PartnerRequest.objects.select_related("asked_by", "case__holder_team")
    request = rows.get(pk=link.subject.rpartition(":")[2])
    if link.case.is_held:
        return OwnQuestion(request, link, "", [])
    words = PartnerQuestion.objects.get(request=request)
    return OwnQuestion(request, link, words.question, _pairs(words.told))


def _pairs(told: list[list[str]]) -> list[dict[str, Any]]:
    return [{"key": label, "value": value, "is_name": label.endswith(("Name", "names"))} for label, value in told]


def _answer(row: PartnerAnswer) -> dict[str, Any]:
    """One answer as rows of a summary list, under who gave it, when and how."""
    who = ", ".join(part for part in (row.given_by, row.post, row.telephone) if part)
    how = row.get_came_by_display()
    said: list[tuple[str, str]] = [
        ("Answer", AnswerKind(row.kind).label),
        ("Facts", row.fact),
        ("Professional opinion", row.opinion),
        ("Limits on its use", row.limits),
        ("Does the person know?", PersonKnows(row.person_knows).label if row.person_knows else ""),
        ("Why something is kept back", _why(row)),
        ("The rest comes by", weekday(row.rest_by)),
        ("Given by", who),
        ("Came", f"{how}, {date_and_time(row.given_at)}"),
        ("Written down by", row.recorded_by.name if row.recorded_by and row.came_by == "TOLD" else ""),
    ]
    rows = [{"key": key, "value": value} for key, value in said if value]
    return {"title": f"{row.given_by}, {date_and_time(row.given_at)}", "rows": rows}


def _why(row: PartnerAnswer) -> str:
    if not row.withheld:
        return ""
    label = str(Withheld(row.withheld).label)
    return f"{label}. {row.withheld_why}" if row.withheld_why else label


def _file(case: Case, row: Document, request: PartnerRequest) -> dict[str, Any]:
    standing, reason = STANDING[ScanState(row.scan)]
    return {
        "title": row.title, "url": reverse("document", args=[case.pk, row.pk]), "size": row.size,
        "kind": row.file_name.rpartition(".")[2].upper(), "added_at": row.added_at, "added_by": request.agency,
        "standing": standing, "reason": WITHHELD if row.scan == ScanState.INFECTED else reason,
    }  # fmt: skip


def _link_in_words(link: AnswerLink | None, at: datetime) -> str:
    if link is None:
        return ""
    sent = f"Sent to {link.address} on {date_and_time(link.sent_at)}."
    rules = (
        (link.used_at is not None, f"Answered on {date_and_time(link.used_at)}."),
        (link.ended_at is not None and link.tries >= answer_links.MOST_TRIES, "Shut: the code was wrong too often."),
        (link.ended_at is not None, "It opens nothing any more."),
        (not answer_links.is_open(link, at), f"Out of date since {date_and_time(link.expires_at)}."),
        (link.opened_at is not None, f"Opened on {date_and_time(link.opened_at)}."),
        (link.user_id is not None, "They answer it signed in to their account."),
        (True, f"Not opened yet. It works until {date_and_time(link.expires_at)}."),
    )
    return f"{sent} {next(words for is_so, words in rules if is_so)}"


def _code(link: AnswerLink | None, at: datetime) -> str:
    if link is None or not answer_links.is_open(link, at):
        return ""
    return answer_links.code_of(link)
