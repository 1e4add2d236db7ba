"""The working calendar: the bank holidays to come, and adding one that is proclaimed."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from prevent_cases.casework import deadlines, timing
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.calendars import DIVISIONS, ending
from prevent_cases.casework.fields import DateField
from prevent_cases.casework.forms import GovukForm
from prevent_cases.casework.models import ProclaimedDay
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_proclaim
from prevent_cases.casework.wording import weekday
from prevent_cases.casework.workflow import Refused

NAMES = {"england-and-wales": "England and Wales", "scotland": "Scotland", "northern-ireland": "Northern Ireland"}


class ProclaimForm(GovukForm):
    """A bank holiday that the bundled calendar does not have."""

    submit_label = "Add the holiday"
    subjects = {"on": "date of the holiday"}
    division = forms.ChoiceField(
        label="Where is it a holiday?",
        choices=[(key, NAMES[key]) for key in DIVISIONS],
        error_messages={"required": "Choose where it is a holiday"},
    )
    on = DateField(label="Date of the holiday", when="today_or_future")
    name = forms.CharField(
        label="What is it called?",
        max_length=100,
        help_text="For example, Bank holiday for the coronation",
        error_messages={"required": "Say what the holiday is called"},
    )


@require_http_methods(["GET", "POST"])
@open_to(may_proclaim)
def show(request: Request) -> HttpResponse:
    """The holidays of the year to come; a proclaimed day moves every open deadline that counts past it."""
    form = ProclaimForm(request.POST or None, initial={"division": "england-and-wales"})
    if request.method == "POST" and form.is_valid():
        try:
            if "confirmed" not in request.POST:
                return _asked_first(request, form)
            day, moved = deadlines.proclaim_day(**form.cleaned_data, by=request.actor, at=now())
        except Refused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, f"Added {weekday(day.on)}. {_counted(moved)} moved, each with a note of why.")
            return redirect("working-days")
    return render(
        request,
        "pages/working_days.html",
        {"form": form, "days": holidays_to_come(today()), "ending": ending("england-and-wales", today())},
    )


def _asked_first(request: Request, form: ProclaimForm) -> HttpResponse:
    """What adding the day would do, before it is done."""
    given = form.cleaned_data
    moving = deadlines.deadlines_to_move(division=given["division"], on=given["on"], at=now())
    context = {
        "name": given["name"],
        "when": weekday(given["on"]),
        "where": NAMES[given["division"]],
        "moving": _counted(moving),
        "sent": [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"],
    }
    return render(request, "pages/confirm_holiday.html", context)


def _counted(deadlines_moved: int) -> str:
    return f"{deadlines_moved:,} open {'deadline' if deadlines_moved == 1 else 'deadlines'}"


def holidays_to_come(on: date) -> list[dict[str, str]]:
    """The England and Wales holidays of the year from a day, and which of them were proclaimed here: two queries."""
    division = "england-and-wales"
    calendar = timing.calendar_in_force(division)
    added = dict(ProclaimedDay.objects.filter(division=division).values_list("on", "added_by__name"))
    until = on.replace(year=on.year + 1, day=1)
    return [
        {"when": weekday(day), "name": name, "added": f"Added by {added[day]}" if day in added else ""}
        for day, name in sorted(calendar.holidays.items())
        if on <= day <= until
    ]
