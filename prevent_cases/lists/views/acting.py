"""What views of the lists share: try the act, or show beside the field why it was refused; a page with its tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from prevent_cases.accounts.models import Team
from prevent_cases.accounts.refusals import NotAllowed, Refused, StaleRecord
from prevent_cases.casework.access import Request
from prevent_cases.lists.forms.acting import BackOfficeForm, ListForm
from prevent_cases.lists.policy import keeps_a_list, lists_admin, may_ask
from prevent_cases.lists.queries.teams import changed_since


def carried_out(form: BackOfficeForm, act: Callable[[], object], team: Team | None = None) -> bool:
    """Do it; or put the refusal on the form. Where another admin was quicker, say what they did."""
    try:
        act()
    except StaleRecord as refusal:
        form.refuse(refusal)
        if team is not None and isinstance(form, ListForm):
            seen = form.cleaned_data["version"]
            now = Team.objects.values_list("list_version", flat=True).get(pk=team.pk)
            form.see(now, changed_since(team, seen))
        return False
    except (NotAllowed, Refused) as refusal:
        form.refuse(refusal)
        return False
    return True


TABS = (
    ("Teams", "lists:home", keeps_a_list),
    ("Gaps", "lists:gaps", lists_admin),
    ("Who would get this?", "lists:who", may_ask),
    ("Upload a list", "lists:uploads", lists_admin),
    ("Places", "lists:places", lists_admin),
    ("Accounts", "lists:people", lists_admin),
    ("Reviews", "lists:reviews", keeps_a_list),
)


def page(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the back office, with its tabs: those that this person may ask for."""
    offered = [(text, reverse(name)) for text, name, rule in TABS if rule.allows(request.actor, None)]
    here = max((url for _, url in offered if request.path.startswith(url)), key=len, default="")
    tabs = [{"text": text, "url": url, "current": url == here} for text, url in offered]
    return render(request, template, {"tabs": tabs, **context})
