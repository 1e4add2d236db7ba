"""The inbox, search, and what is done to many cases at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.accounts.models import User
from prevent_cases.casework import clocks, macros
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.holds import has_lapsed
from prevent_cases.casework.kinds import Delivery
from prevent_cases.casework.now import now, today
from prevent_cases.casework.tones import tag_colour
from prevent_cases.casework.wording import day, weekday
from referrals.forms.inbox import AssignForm, FilterForm, NilReturnsForm
from referrals.operations import bulk
from referrals.policy import case_staff, ssu_staff
from referrals.queries import inbox, search
from referrals.queries.desks import colleagues, localities_and_teams, systems_searched
from referrals.queries.inbox import TABS, Filters, InboxRow
from referrals.states import AgeGroup, ReferralState, Source

Choices = tuple[tuple[str, str], ...]
TONES = {"RECEIVED": "new", "CHECKING": "new", "QUERIED": "waiting", "OUTCOME_KNOWN": "progress", "CLOSED": "closed"}
COLOURS = {stage: tag_colour(tone) for stage, tone in TONES.items()}
OTHER_COLOUR = tag_colour("progress")
EMPTY = {
    "triage": ("Nothing is waiting to be triaged", "New referrals appear here, oldest deadline first."),
    "mine": ("Nothing is assigned to you", "Open a tab, tick referrals and choose “Assign to me”."),
    "waiting": ("Nothing is waiting for a reply", "Referrals that are with a team, or with CT policing, appear here."),
    "finishing": ("Nothing is waiting to be finished", "Referrals whose outcome is known appear here until closed."),
    "overdue": ("Nothing is overdue", "A referral appears here as soon as one of its deadlines has passed."),
    "open": ("No open referral is with you", "Referrals that your teams hold or coordinate appear here."),
}
STAGES, AGES, SOURCES = dict(ReferralState.choices), dict(AgeGroup.choices), dict(Source.choices)


@require_GET
@open_to(case_staff)
def show(request: Request) -> HttpResponse:
    """The inbox: tabs, filters that can be shared as a URL, oldest deadline first."""
    at = now()
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else _first_tab(request)
    filters = _filters(request)
    page = inbox.inbox_page(request.actor, tab, filters, request.GET.get("after", ""), at)
    desks = _desks(page.rows)
    kept = {name: str(value) for name, value in vars(filters).items() if value}
    context = {
        "has_errors": request.GET.get("selected") == "none",
        "tab": tab,
        "tab_name": TABS[tab],
        "tabs": [
            {"text": text, "url": f"?{urlencode({'tab': key})}", "current": key == tab, "count": page.counts[key]}
            for key, text in TABS.items()
        ],
        "rows": [_shown(row, civil_date(at), desks) for row in page.rows],
        "older_url": f"?{urlencode({'tab': tab, **kept, 'after': page.older})}" if page.older else "",
        "newer_url": f"?{urlencode({'tab': tab, **kept})}" if page.newer else "",
        "chips": [_chip(tab, kept, name) for name in kept],
        "clear_url": f"?{urlencode({'tab': tab})}",
        "filters": filters,
        "filter_boxes": _filter_boxes(filters),
        "empty_title": EMPTY[tab][0],
        "empty_text": EMPTY[tab][1],
        "is_ssu": ssu_staff.allows(request.actor, None),
    }
    return render(request, "referrals/inbox/show.html", context)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
def find(request: Request) -> HttpResponse:
    """Search by name, birth date, number, postcode, reference or worker. Posted, so that what was typed is in no
    address or log; asked for by its address, as after signing in again, it is the page with nothing typed."""
    typed = request.POST.get("q", "").strip()
    found = search.search(request.actor, typed, today())
    return render(request, "referrals/inbox/search.html", {"typed": typed, "found": found, "search_value": typed})


def back_if_asked_for(view: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """What was ticked does not outlive a session: asked for by its address, the act leads back to the inbox."""

    @wraps(view)
    def posted(request: Request) -> HttpResponse:
        return view(request) if request.method == "POST" else redirect("referrals:inbox")

    return posted


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
@back_if_asked_for
def act(request: Request) -> HttpResponse:
    """What was chosen for the ticked cases: take them on, give them to someone, or send nil returns."""
    ids = _ids(request)
    back = _back(request)
    if not ids:
        return redirect(f"{back}{'&' if '?' in back else '?'}selected=none")
    if request.POST.get("do") == "claim":
        done = bulk.assign_many(case_ids=ids, to=request.actor.user, by=request.actor, at=now())
        _say(request, done, "assigned to you")
        return redirect(back)
    if request.POST.get("do") == "nil" and ssu_staff.allows(request.actor, None):
        nil = NilReturnsForm(initial=_chosen(request), systems=systems_searched(), cancel_url=back)
        return _nil_page(request, nil, ids, back)
    form = AssignForm(initial=_chosen(request), people=colleagues(request.actor), cancel_url=back)
    return _assign_page(request, form, ids, back)


@require_http_methods(["GET", "POST"])
@open_to(case_staff)
@back_if_asked_for
def assign_many(request: Request) -> HttpResponse:
    """Give the ticked cases to a colleague."""
    ids, back = _ids(request), _back(request)
    form = AssignForm(request.POST, people=colleagues(request.actor), cancel_url=back)
    if not form.is_valid():
        return _assign_page(request, form, ids, back)
    to = User.objects.get(pk=form.cleaned_data["to"])
    done = bulk.assign_many(case_ids=ids, to=to, by=request.actor, at=now())
    _say(request, done, "assigned")
    return redirect(back)


@require_http_methods(["GET", "POST"])
@open_to(ssu_staff)
@back_if_asked_for
def send_nil_returns(request: Request) -> HttpResponse:
    """Send the nil returns that were confirmed; say which were left for a person to look at, and why."""
    ids, back = _ids(request), _back(request)
    form = NilReturnsForm(request.POST, systems=systems_searched(), cancel_url=back)
    if not form.is_valid():
        return _nil_page(request, form, ids, back)
    done = bulk.send_nil_returns(
        case_ids=ids, systems=form.cleaned_data["systems"], delivery=form.cleaned_data["delivery"],
        council=settings.COUNCIL_NAME, by=request.actor, at=now(),
    )  # fmt: skip
    is_here = form.cleaned_data["delivery"] == Delivery.IN_SERVICE
    _say(request, done, "sent a nil return" if is_here else "given a nil return, to be sent by secure email")
    if done.count:
        messages.info(request, "They wait under “To finish” until each is closed.")
    return redirect(back)


def _assign_page(request: Request, form: AssignForm, ids: list[UUID], back: str) -> HttpResponse:
    chosen = search.chosen(request.actor, ids, today())
    return render(request, "referrals/inbox/assign.html", {"form": form, "chosen": chosen, "back": back})


def _nil_page(request: Request, form: NilReturnsForm, ids: list[UUID], back: str) -> HttpResponse:
    chosen = search.chosen(request.actor, ids, today())
    return render(request, "referrals/inbox/nil_returns.html", {"form": form, "chosen": chosen, "back": back})


def _filters(request: Request) -> Filters:
    """What the address narrows the list to; values nobody could have chosen narrow nothing."""
    if not any(name in request.GET for name in FilterForm.base_fields):
        return Filters()
    form = FilterForm(request.GET)
    return Filters(**{name: form.cleaned_data[name] for name in form.cleaned_data}) if form.is_valid() else Filters()


def _filter_boxes(filters: Filters) -> SafeString:
    desks = localities_and_teams()
    return _boxes_drawn(filters, tuple(desks["locality"].items()), tuple(desks["team"].items()))


@lru_cache(maxsize=256)
def _boxes_drawn(filters: Filters, localities: Choices, teams: Choices) -> SafeString:
    """The filters' boxes, drawn once for the same choices: they are the same for everybody."""
    boxes = [
        ("locality", "Locality", localities),
        ("team", "With", teams),
        ("stage", "Status", STAGES.items()),
        ("age_group", "Age", AGES.items()),
        ("source", "Who raised it", SOURCES.items()),
        ("assigned", "Assigned to", [("nobody", "Nobody yet")]),
    ]
    chosen = [(name, label, options, str(getattr(filters, name) or "")) for name, label, options in boxes]
    return macros.page("referrals/inbox/filters.jinja", {"boxes": chosen})


def _first_tab(request: Request) -> str:
    return "triage" if ssu_staff.allows(request.actor, None) else "open"


def _chosen(request: Request) -> dict[str, Any]:
    return {"ids": request.POST.getlist("ids"), "tab": request.POST.get("tab", "")}


def _ids(request: Request) -> list[UUID]:
    ids = []
    for value in request.POST.getlist("ids")[:100]:
        try:
            ids.append(UUID(value))
        except ValueError:
            continue
    return ids


def _back(request: Request) -> str:
    tab = request.POST.get("tab", "")
    return f"{reverse('referrals:inbox')}?tab={tab}" if tab in TABS else reverse("referrals:inbox")


def _say(request: Request, done: bulk.Done, what: str) -> None:
    if done.count:
        messages.success(request, f"{done.count} {'referral' if done.count == 1 else 'referrals'} {what}.")
    for reference, why in done.refused:
        messages.warning(request, f"{reference}: {why}")


def _chip(tab: str, kept: dict[str, str], name: str) -> dict[str, str]:
    others = {key: value for key, value in kept.items() if key != name}
    labels = {"stage": STAGES, "age_group": AGES, "source": SOURCES, "assigned": {"nobody": "Nobody"}}
    if name in ("locality", "team"):
        value = localities_and_teams()[name].get(kept[name], "Not known")
    else:
        value = labels[name][kept[name]]
    return {
        "label": {"age_group": "Age", "assigned": "Assigned to"}.get(name, name.capitalize()),
        "value": value,
        "remove_url": f"?{urlencode({'tab': tab, **others})}",
    }


def _desks(rows: list[InboxRow]) -> dict[str, dict[str, str]]:
    """The names of teams and localities; read anew if a row has a team that was made a moment ago."""
    desks = localities_and_teams()
    if any(str(row.team_id) not in desks["team"] for row in rows):
        localities_and_teams.forget()
        desks = localities_and_teams()
    return desks


def _standing(days: int) -> tuple[str, str]:
    """How near a deadline is, as the words and colour of a tag; nothing while it is further off than tomorrow."""
    if days < 0:
        return f"{-days:,} {'day' if days == -1 else 'days'} overdue", "red"
    return (("Due today", "yellow"), ("Due tomorrow", "yellow"))[days] if days <= 1 else ("", "")


def _shown(row: InboxRow, on: date, desks: dict[str, dict[str, str]]) -> dict[str, Any]:
    """A row in words; the dates are worded once, not in the template."""
    tag, colour = ("", "") if not row.due_clock else _standing((civil_date(row.due_at) - on).days)
    return {
        "id": row.case_id,
        "url": f"/cases/{row.case_id}/",
        "name": row.name or "Name not known",
        "reference": row.reference,
        "due": weekday(row.due_at) if row.due_clock else "No deadline",
        "clock": clocks.declared(row.due_clock).label if row.due_clock else "",
        "tag": tag,
        "colour": colour,
        "age": AGES.get(row.age_group, ""),
        "source": SOURCES.get(row.source, ""),
        "team": desks["team"].get(str(row.team_id), ""),
        "assignee": row.assignee or "Nobody yet",
        "named_worker": row.named_worker,
        "stage": STAGES.get(row.stage, row.stage),
        "stage_colour": COLOURS.get(row.stage, OTHER_COLOUR),
        "restricted": row.is_restricted,
        "hold": _hold(row, on),
    }


def _hold(row: InboxRow, on: date) -> str:
    """What the list says of a hold; nothing where none stands."""
    if row.held_until is None:
        return ""
    said = "Hold lapsed on" if has_lapsed(row.held_until, on) else "On hold until"
    return f"{said} {day(row.held_until)}"
