"""What triage and the acts it leads to share: what a decision is made with, and the page that confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from prevent_cases.accounts.actors import Actor
from prevent_cases.casework import access
from prevent_cases.casework.access import Request
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.now import now, today
from prevent_cases.casework.rendering.content import DocumentContent, prepared
from referrals.forms.triage import CHILD, KNOWN_ANSWERS, QUERY, SendForm, TriageForm
from referrals.matching.candidates import Candidate
from referrals.models import Referral
from referrals.operations.triage import nil_return_content
from referrals.queries.ages import age_group_on
from referrals.queries.frame import Frame, frame
from referrals.queries.holding import before, team_that_recorded
from referrals.queries.identity import identity
from referrals.queries.matching import alike
from referrals.queries.readers import is_elsewhere, readers_of
from referrals.queries.register import Findings, search_register
from referrals.queries.routes import Routes, routes, worker_account
from referrals.queries.triage import next_to_triage, searched_with, what_came
from referrals.states import AgeGroup, Known
from referrals.views.acting import offers

SEND_LABELS = {
    "send-nil-return": ("Check and send the nil return", "Send nil return"),
    "send-to-area": ("Check and send to the Area Referral Service", "Send to the area"),
    "send-to-locality": ("Check and send to the locality team", "Send to the locality team"),
    "send-to-children": ("Check and send to children's duty", "Send to children's duty"),
}


@dataclass(frozen=True)
class Desk:
    """What a decision is made with: the case, what the register holds, and where it could go; and who of those
    referred before is like the person."""

    page: Frame
    findings: Findings
    routes: Routes
    people: list[Candidate]

    def form(self, kind: type[TriageForm], data: Any, offered: list[str], **options: Any) -> Any:
        back = options.pop("cancel_url", reverse("case", args=[self.page.case.pk]))
        return kind(
            data, referral=self.page.referral, findings=self.findings, routes=self.routes, offered=offered,
            cancel_url=back, **options,
        )  # fmt: skip


def desk(actor: Actor, case_id: UUID) -> Desk:
    page = frame(actor, case_id, today())
    found = alike(page.referral)
    findings = search_register(page.referral, found.register)
    keeper = team_that_recorded(page.case)
    ways = routes(page.referral, findings)
    return Desk(page, findings, ways.back_to(keeper) if keeper else ways, found.people)


def offered_by(page: Frame) -> list[str]:
    """The decisions this officer may take now. Those that need checks are offered before checks are open."""
    group = age_group_on(page.referral, today())
    found: list[str] = []
    if group != AgeGroup.CHILD and (offers(page, "referral.open_checks") or offers(page, "referral.send_nil_return")):
        is_kept = team_that_recorded(page.case) is not None
        found += [known for known in KNOWN_ANSWERS if known != Known.NEVER or not is_kept]
    if group != AgeGroup.ADULT and offers(page, "referral.send_to_children"):
        found.append(CHILD)
    if offers(page, "referral.query_back"):
        found.append(QUERY)
    return found


def deciding_page(request: Request, here: Desk, form: TriageForm) -> HttpResponse:
    """The triage page. It shows what came, so the look is logged."""
    with transaction.atomic():
        looked = access.look(
            request.actor, here.page.case, Look.CASE, if_open=Look.MATERIAL, at=now(),
            source=access.source_of(request),
        )  # fmt: skip
        came = what_came(here.page.referral) if looked.may_open else None
    context = here.page.context() | {
        "form": form,
        "came": came,
        "before": before(here.page.referral),
        "kept_by": "" if looked.may_open else access.opens_to(here.page.case).name,
        "findings": here.findings,
        "who": identity(request.actor, here.page.referral, today(), here.people),
        "register": here.page.case.procedure.label("register", "case system"),
    }
    return render(request, "referrals/triage/triage.html", context)


def act_of(page: Frame, decision: str) -> str:
    """The URL name of the act a decision leads to, by the procedure's routes."""
    if decision == Known.NEVER:
        return "send-nil-return"
    return f"send-to-{page.case.procedure.routes[decision].lower()}"


def send_form(here: Desk, decision: str, initial: dict[str, Any] | None = None, data: Any = None) -> SendForm:
    """The decision as hidden fields, to be posted to its act."""
    act, case_id = act_of(here.page, decision), here.page.case.pk
    carried = {**(initial or {}), "version": here.page.case.version}
    referral = here.page.referral
    readers = readers_of(referral.policing_team, referral.reply_address, today()) if act == "send-nil-return" else None
    return here.form(
        SendForm, data, [decision], initial=carried, readers=readers, submit_label=SEND_LABELS[act][1],
        action=reverse(f"referrals:{act}", args=[case_id]),
        cancel_url=f"{reverse('referrals:triage', args=[case_id])}?decision={decision}",
    )  # fmt: skip


def confirmation(request: Request, here: Desk, form: SendForm, chosen: TriageForm) -> HttpResponse:
    """What will be sent, to whom, and on what evidence, before it is. ``chosen`` is the decision, found sound."""
    act, referral = act_of(here.page, chosen.cleaned_data["decision"]), here.page.referral
    context = here.page.context() | {
        "form": form,
        "title": SEND_LABELS[act][0],
        "content": preview(request.actor, referral, chosen) if act == "send-nil-return" else None,
        "rows": [] if act == "send-nil-return" else _destination(here, chosen),
        "is_odd_address": is_elsewhere(referral),
    }
    return render(request, "referrals/triage/confirm.html", context)


def preview(actor: Actor, referral: Referral, chosen: TriageForm) -> DocumentContent:
    """The nil return as it will be sent."""
    search = chosen.search
    content = nil_return_content(
        referral, systems=search["systems"], using=searched_with(referral), extract_at=search["extract_at"],
        council=settings.COUNCIL_NAME, by=actor, on=today(), not_searched=chosen.cleaned_data["not_searched"],
    )  # fmt: skip
    return prepared(content)


def _destination(here: Desk, chosen: TriageForm) -> list[dict[str, Any]]:
    decision = chosen.cleaned_data["decision"]
    rows: list[dict[str, Any]] = [
        {"key": "Decision", "value": dict(chosen.fields["decision"].choices)[decision]},  # type: ignore[attr-defined]
        {"key": "To", "value": here.routes.name_of(chosen.team_id)},
    ]
    if decision == CHILD:
        said = chosen.said_of_a_child
        shown = (("What is feared", said.risk), ("School or college", said.school))
        return [*rows, *({"key": key, "value": value} for key, value in shown if value)]
    if worker := chosen.worker_name if decision == Known.OPEN else "":
        account = worker_account(worker, chosen.chosen_entry, chosen.team_id, today())
        where = "has an account in this team" if account else "has no account in this team"
        rows.append({"key": "Named worker", "value": f"{worker} ({where})"})
    return [*rows, {"key": "Searched", "lines": chosen.search["systems"]}]


def onward(request: Request, case_id: UUID, said: str) -> HttpResponse:
    """To the case just dealt with; or, if asked, to the one with the oldest deadline that waits."""
    messages.success(request, said)
    if "next" not in request.POST:
        return redirect("case", case_id)
    waiting = next_to_triage(request.actor, case_id, today())
    if waiting is None:
        messages.info(request, "Nothing more is waiting to be triaged.")
        return redirect("referrals:inbox")
    return redirect("referrals:triage", waiting)
