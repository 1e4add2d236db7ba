"""Pages that are not about a case: home, help, the style guide, the demo's sign-ins, and two small switches."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from prevent_cases.accounts.actors import Actor
from prevent_cases.accounts.kinds import TeamKind
from prevent_cases.branding import brand_css
from prevent_cases.casework.access import Request, open_to, open_to_all
from prevent_cases.casework.directory import contacts
from prevent_cases.casework.kinds import DirectoryKind
from prevent_cases.casework.now import now, today
from prevent_cases.casework.procedure import in_force
from prevent_cases.casework.rules import anyone_signed_in
from prevent_cases.casework.wording import clock_time
from prevent_cases.demo.sign_ins import SIGN_INS
from prevent_cases.keeping import keep_typing, our_page
from prevent_cases.screens import CASE_TEAMS
from prevent_cases.styleguide import styleguide_examples

ASK_FIRST = (
    DirectoryKind.SAFEGUARDING_LEAD, DirectoryKind.PREVENT_LEAD, DirectoryKind.POLICE_PREVENT,
    DirectoryKind.INFORMATION_GOVERNANCE,
)  # fmt: skip
AT_ANY_HOUR = (
    DirectoryKind.EMERGENCY_LINE, DirectoryKind.ADULT_FRONT_DOOR, DirectoryKind.CHILDREN_FRONT_DOOR,
    DirectoryKind.POLICE_PREVENT,
)  # fmt: skip
"""Posts whose number is shown to anybody. Nobody's name is: see the page."""
A_YEAR = 365 * 24 * 60 * 60


@require_GET
@open_to(anyone_signed_in)
def home(request: Request) -> HttpResponse:
    """To where this person's work is; to a page that says so where there is none yet."""
    actor = request.actor
    if actor.sits_in(TeamKind.CHILDREN):
        return redirect("children:duty")
    if actor.sits_in(*CASE_TEAMS):
        return redirect("referrals:inbox")
    if actor.sits_in(TeamKind.POLICING):
        return redirect("referrals:exchange")
    if actor.sits_in(TeamKind.PRACTITIONER):
        return redirect("mine:list")
    if actor.sits_in(TeamKind.AUDIT):
        return redirect("sharing:register")
    return render(request, "pages/home.html")


@require_POST
@open_to_all("It sets a cookie about this browser's own display.")
def hide_names(request: Request) -> HttpResponse:
    """Hide or show people's names on this screen, for desks that others can see."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "home")
    if request.COOKIES.get("hide_names") == "1":
        response.delete_cookie("hide_names")
    else:
        response.set_cookie(
            "hide_names", "1", max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


@require_POST
@open_to(anyone_signed_in)
def stay_signed_in(request: Request) -> HttpResponse:
    """One action extends the session; IdleSession has already noted that it was used."""
    return HttpResponse(status=204)


@require_POST
@open_to(anyone_signed_in)
def keep_typed(request: Request) -> HttpResponse:
    """Keep what is being typed in a form that is saved in no other way. The page calls this by itself."""
    page, to = our_page(request.GET.get("page", "")), our_page(request.GET.get("to", ""))
    draft = keep_typing(request, page=page, to=urlsplit(to).path) if page and to else None
    if draft is None:
        return JsonResponse({"words": "Not saved. Keep a copy of what you type"}, status=409)
    return JsonResponse({"saved_at": clock_time(draft.saved_at), "fields": {"kept": str(draft.pk)}})


@require_GET
@open_to_all("It tells how to use the service and whom to ask.")
def help_page(request: Request) -> HttpResponse:
    """How to use the service, and for those who are signed in whom to ask first, as the directory has it now."""
    asked = contacts(area_of(request.actor), now(), *ASK_FIRST) if request.actor.is_signed_in else []
    advice = in_force(settings.DEFAULT_PROCEDURE, today()).texts["advice"]
    return render(request, "pages/help.html", {"contacts": asked, "advice": advice})


@require_GET
@open_to_all("It gives the numbers to call in an emergency.")
def out_of_hours(request: Request) -> HttpResponse:
    """The council's own numbers as they are answered at this hour, beside those that always are: one statement."""
    lines = contacts(area_of(request.actor), now(), *AT_ANY_HOUR)
    advice = in_force(settings.DEFAULT_PROCEDURE, today()).texts["out_of_hours"]
    return render(request, "pages/out_of_hours.html", {"contacts": lines, "advice": advice})


def area_of(actor: Actor) -> UUID | None:
    """The area of the first seat that has one."""
    return next((seat.area_id for seat in actor.seats if seat.area_id), None)


@require_GET
@open_to_all("The law asks that it be public.")
def accessibility(request: Request) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_GET
@open_to_all("The law asks that it be public.")
def privacy(request: Request) -> HttpResponse:
    return render(request, "pages/privacy.html")


@require_GET
@open_to_all("It exists only in the demo, whose people are invented.")
def demo_sign_ins(request: Request) -> HttpResponse:
    if not settings.IS_DEMO:
        raise Http404
    return render(request, "pages/demo.html", {"sign_ins": SIGN_INS, "password": settings.DEMO_PASSWORD})


@require_GET
@open_to_all("It holds the council's colour.")
def brand(request: Request) -> HttpResponse:
    """The council's colour, as the one custom property the whole stylesheet takes it from."""
    if not settings.BRAND_COLOUR:
        raise Http404
    return HttpResponse(brand_css(settings.BRAND_COLOUR), content_type="text/css")


@require_GET
@open_to_all("It shows components with invented content.")
def styleguide(request: Request) -> HttpResponse:
    return render(request, "styleguide.html", {"sections": styleguide_examples()})
