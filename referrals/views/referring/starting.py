"""Before a referral is begun: danger first, whom to ask, and what to have at hand. Then the list of its parts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.accounts.models import Team
from prevent_cases.accounts.operations.public import PUBLIC
from prevent_cases.accounts.training import URGENT, gate
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.directory import contacts
from prevent_cases.casework.kinds import DirectoryKind as D
from prevent_cases.casework.now import now, today
from prevent_cases.casework.procedure import in_force
from prevent_cases.casework.workflow import Refused
from referrals.forms.starting import CalledForm, StartForm
from referrals.models import Concern
from referrals.operations.concerns import begin as begin_concern
from referrals.operations.concerns import forget as forget_concern
from referrals.policy import referrers
from referrals.queries.concerns import concern_of, my_concerns, own_earlier, said_in
from referrals.states import ConcernStage, ConcernStepKind
from referrals.views.referring.posting import posted
from referrals.views.referring.tasks import parts_of

EMERGENCY = (D.EMERGENCY_LINE,)
ADVISERS = (D.SAFEGUARDING_LEAD, D.PREVENT_LEAD, D.POLICE_PREVENT)
FRONT_DOORS = (D.CHILDREN_FRONT_DOOR, D.ADULT_FRONT_DOOR)


@require_GET
@open_to(referrers)
def start(request: Request) -> HttpResponse:
    if _is_kept_out(request):
        return redirect("refer:training")
    return _before(request, StartForm())


@require_http_methods(["GET", "POST"])
@open_to(referrers)
def training(request: Request) -> HttpResponse:
    """The council's gate, where it has one: safety comes before it (E4.1, E4.68)."""
    if request.method == "POST":
        request.session[URGENT] = today().isoformat()
    if not _is_kept_out(request):
        return redirect("refer:start")
    return render(request, "refer/training.html")


@require_POST
@open_to(referrers)
def begin(request: Request) -> HttpResponse:
    """Danger stops here; whoever says there is none begins a draft, and that is logged."""
    form = StartForm(request.POST)
    if _is_kept_out(request):
        return redirect("refer:training")
    if not form.is_valid():
        return _before(request, form)
    if form.cleaned_data["is_urgent"]:
        return redirect("refer:danger")
    return _begun(request, ConcernStepKind.NOT_URGENT)


@require_http_methods(["GET", "POST"])
@open_to(referrers)
def danger(request: Request) -> HttpResponse:
    """Call the police first. Nothing goes on until it is said that they were called, or that nobody is in danger."""
    form = CalledForm(posted(request), back_url=reverse("refer:start"))
    if form.is_valid():
        return _begun(request, form.cleaned_data["answer"], form.cleaned_data["words"])
    numbers = contacts(_area(request), now(), *EMERGENCY, *FRONT_DOORS, D.POLICE_PREVENT)
    return render(request, "refer/danger.html", {"form": form, "contacts": numbers})


@require_GET
@open_to(referrers)
def tasks(request: Request, concern_id: UUID) -> HttpResponse:
    """The parts of a draft and how far each is."""
    concern = concern_of(request.actor, concern_id)
    if concern.referral_id:
        return redirect("refer:sent", concern.referral_id)
    context = {
        "concern": concern,
        "groups": parts_of(concern, said_in(concern, today())),
        "earlier": own_earlier(request.actor, concern),
        "is_mine": concern.writer_id == request.actor.user_id and concern.stage == ConcernStage.WRITING,
    }
    return render(request, "refer/tasks.html", context)


@require_http_methods(["GET", "POST"])
@open_to(referrers)
def forget(request: Request, concern_id: UUID) -> HttpResponse:
    """Delete a draft, after asking. The lead it was handed to may not."""
    concern = concern_of(request.actor, concern_id)
    if concern.writer_id != request.actor.user_id:
        raise Http404
    if request.method == "POST":
        try:
            forget_concern(concern_id=concern.pk, by=request.actor, at=now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("refer:start")
        messages.success(request, "The draft was deleted.")
        return redirect("refer:start")
    return render(request, "refer/forget.html", {"concern": concern})


def _is_kept_out(request: Request) -> bool:
    """Whether training comes first. It is for those who refer in their work, not for the public."""
    if any(seat.team_name == PUBLIC for seat in request.actor.seats):
        return False
    return gate(request.actor, today(), request.session.get(URGENT, ""))


def _is_let_through(request: Request) -> bool:
    """Whether they go on without the training because they said today that it cannot wait."""
    return URGENT in request.session and gate(request.actor, today()) and not _is_kept_out(request)


def _before(request: Request, form: StartForm) -> HttpResponse:
    at = now()
    form.form_attrs = {"action": reverse("refer:begin")}
    found = contacts(_area(request), at, *EMERGENCY, *ADVISERS, *FRONT_DOORS)
    context: dict[str, Any] = {
        "form": form,
        "urgent": [one for one in found if one.kind in EMERGENCY],
        "advisers": [one for one in found if one.kind in ADVISERS],
        "front_doors": [one for one in found if one.kind in FRONT_DOORS],
        "drafts": [one for one in my_concerns(request.actor) if one.stage == ConcernStage.WRITING],
        "is_told": request.actor.sits_in(TeamKind.SSU),
    }
    return render(request, "refer/start.html", context)


def _begun(request: Request, urgency: str, words: str = "") -> HttpResponse:
    team = _team(request)
    told = request.actor.sits_in(TeamKind.SSU)
    organisation = team.organisation if team and not told else None
    concern: Concern = begin_concern(
        form_version=in_force(settings.DEFAULT_PROCEDURE, today()).form_version,
        procedure_key=settings.DEFAULT_PROCEDURE, team=team, organisation=organisation, on_behalf=told,
        answers={} if told else _known(request, organisation.name if organisation else ""),
        urgency=urgency, words=words, is_untrained=_is_let_through(request), by=request.actor,
        at=now(),
    )  # fmt: skip
    return redirect("refer:tasks", concern.pk)


def _known(request: Request, organisation: str) -> dict[str, Any]:
    """What is known of whoever refers, to be checked."""
    user = request.actor.user
    if organisation == PUBLIC:
        return {"referrer.email": user.email}
    return {
        "referrer.full_name": user.name,
        "referrer.role": user.job_title,
        "referrer.organisation": organisation,
        "referrer.phone": user.telephone,
        "referrer.email": user.email,
    }


def _team(request: Request) -> Team | None:
    """The team a person refers for: that of their organisation before any other."""
    seats = sorted(request.actor.seats, key=lambda seat: seat.kind != TeamKind.PRACTITIONER)
    return Team.objects.select_related("organisation").filter(pk=seats[0].team_id).first() if seats else None


def _area(request: Request) -> UUID | None:
    return next((seat.area_id for seat in request.actor.seats if seat.area_id), None)
