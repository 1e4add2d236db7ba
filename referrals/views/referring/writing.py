"""One page of a draft: opened as it was left, saved by each Continue and by itself meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.days import civil_date
from prevent_cases.casework.now import now, today
from prevent_cases.casework.wording import clock_time
from prevent_cases.casework.workflow import Refused
from referrals.forms.referring import AgeForm, PageForm
from referrals.models import Concern
from referrals.national_form.editions import edition
from referrals.national_form.said import born_on
from referrals.national_form.shape import Page
from referrals.operations.concerns import ChangedElsewhere
from referrals.operations.concerns import save as save_concern
from referrals.policy import referrers
from referrals.queries.ages import age_group
from referrals.queries.concerns import concern_of, prompts_of
from referrals.states import AgeGroup
from referrals.views.referring.posting import posted
from referrals.views.referring.two_texts import aside_texts, both_texts

AGE = "age"
BORN, AGE_GROUP = "individual.born_on", "individual.age_group"
BESIDE = "This page was also changed on another device. Press Continue to see both texts"


@require_http_methods(["GET", "POST"])
@open_to(referrers)
def page(request: Request, concern_id: UUID, slug: str) -> HttpResponse:
    """A page with its boxes. Whatever is sent is kept, right or wrong; where it is wrong, the page says what is."""
    concern = concern_of(request.actor, concern_id)
    if concern.referral_id:
        return redirect("refer:sent", concern.referral_id)
    asked = _asked(concern, slug)
    form = _form(request, concern, asked)
    both: list[dict[str, str]] = []
    if request.method == "POST":
        is_sound = form.is_valid()
        try:
            _save(request, concern, asked, form, done=is_sound)
        except ChangedElsewhere as changed:
            form.add_error(None, str(changed))
            both = both_texts(form, changed.saved, form.typed())
            form.go_on_from(changed.version)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        if not form.errors:
            return redirect(_next(request, concern, slug))
    return _shown(request, concern, asked, form, both)


@require_POST
@open_to(referrers)
def save(request: Request, concern_id: UUID, slug: str) -> HttpResponse:
    """Keep what is being typed. The page calls this by itself; no part is finished by it."""
    concern = concern_of(request.actor, concern_id)
    asked = _asked(concern, slug)
    form = _form(request, concern, asked)
    try:
        saved = _save(request, concern, asked, form, done=None if form.is_valid() else False)
    except ChangedElsewhere:
        return JsonResponse({"words": BESIDE}, status=409)
    except Refused as refusal:
        return JsonResponse({"words": str(refusal)}, status=409)
    return JsonResponse({"saved_at": clock_time(saved.saved_at), "fields": {"version": str(saved.version)}})


def _asked(concern: Concern, slug: str) -> Page:
    asked = edition(concern.form_version).page(slug)
    if asked is None or not asked.asks:
        raise Http404
    return asked


def _form(request: Request, concern: Concern, asked: Page) -> PageForm:
    named: dict[str, Any] = {
        "page": asked,
        "answers": concern.answers,
        "prompts": prompts_of(concern, today()),
        "readers": edition(concern.form_version).readers,
        "save_url": reverse("refer:save", args=[concern.pk, asked.slug]),
        "initial": {"version": concern.version, "sitting": uuid4().hex},
    }
    data = posted(request)
    if data is None:
        data = _marked(concern, asked, named["initial"])
    if asked.slug == AGE:
        return AgeForm(data, worked_out=_worked_out(concern), **named)
    return PageForm(data, **named)


def _marked(concern: Concern, asked: Page, marks: dict[str, Any]) -> QueryDict | None:
    """What was saved of a page on which something is wrong, as if it were sent again: so that the page says what."""
    if asked.slug not in concern.answers.get("journey", {}).get("wrong", []):
        return None
    data = QueryDict(mutable=True)
    for name, value in (concern.answers | marks).items():
        if name != "journey":
            data.setlist(name, value if isinstance(value, list) else [str(value)])
    return data


def _worked_out(concern: Concern) -> str:
    born = born_on(concern.answers)
    return {AgeGroup.CHILD: "child", AgeGroup.ADULT: "adult"}.get(age_group(born, civil_date(now())), "")  # type: ignore[call-overload]


def _save(request: Request, concern: Concern, asked: Page, form: PageForm, *, done: bool | None) -> Concern:
    answers = form.settled() if done else form.typed()
    if BORN in answers and answers[BORN] != concern.answers.get(BORN, ""):
        answers[AGE_GROUP] = ""
    return save_concern(
        concern_id=concern.pk, answers=answers, version=_number(request, "version"), page=asked.slug,
        sitting=request.POST.get("sitting", "")[:40], done=done, by=request.actor, at=now(),
    )  # fmt: skip


def _number(request: Request, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def _next(request: Request, concern: Concern, slug: str) -> str:
    after = edition(concern.form_version).after(slug)
    if request.GET.get("to") == "check" or after is None:
        return reverse("refer:check", args=[concern.pk])
    return reverse("refer:page", args=[concern.pk, after.slug])


def _shown(request: Request, concern: Concern, asked: Page, form: PageForm, both: list[dict[str, str]]) -> HttpResponse:
    told = concern.on_behalf
    context = {
        "form": form,
        "concern": concern,
        "heading": asked.told_title if told and asked.told_title else asked.title,
        "group": asked.group,
        "intro": asked.told_intro if told and asked.told_intro else asked.intro,
        "born_on": born_on(concern.answers) if asked.slug == AGE else None,
        "worked_out": getattr(form, "worked_out", ""),
        "approximate_age": concern.answers.get("individual.approximate_age", "") if asked.slug == AGE else "",
        "both": both or aside_texts(concern, asked.slug, form),
        "is_aside": not both,
        "back_url": reverse("refer:tasks", args=[concern.pk]),
        "back_text": "Back to the list",
    }
    return render(request, "refer/page.html", context)
