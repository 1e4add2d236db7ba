"""Referrals from the public, by setting: a code sent by email opens an account that may refer and nothing else."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account import views as allauth_views
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import get_pending_stage
from allauth.core import ratelimit
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from prevent_cases.accounts.actors import the_service
from prevent_cases.accounts.operations.public import public_account
from prevent_cases.casework.access import Request, open_to_all
from prevent_cases.casework.form_layout import Actions, Question
from prevent_cases.casework.forms import AskedInWords, GovukForm
from prevent_cases.casework.now import now

TOO_MANY = "There were too many tries. Wait a few minutes, then try again"


class AskForCode(GovukForm):
    """Where to send the code."""

    submit_label = "Send me a code"
    email = forms.EmailField(label="Your email address", max_length=254)

    def lay_out(self) -> Layout:
        return Layout(Question("email", width=20), Actions(Submit("", self.submit_label)))


class EnterCode(AskedInWords, allauth_forms.ConfirmLoginCodeForm):
    """The code from the email."""

    submit_label = "Continue"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = "The code", "It is in the email we have just sent. It works for 15 minutes"
        code.error_messages["required"] = "Enter the code from the email"
        code.widget.attrs = {"autocomplete": "one-time-code", "spellcheck": "false"}

    def lay_out(self) -> Layout:
        return Layout(Question("code", width=10), Actions(Submit("", self.submit_label)))


@require_http_methods(["GET", "POST"])
@open_to_all("Anybody may ask for a code, where the council takes referrals from the public; else nothing is here.")
def ask_for_code(request: Request) -> HttpResponse:
    """Send a code to an address. What is answered is the same whoever's address it is."""
    _must_be_on()
    if request.actor.is_signed_in:
        return redirect("refer:start")
    form = AskForCode(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"].lower()
        if ratelimit.consume(request, action="request_login_code", key=email):
            user = public_account(email=email, by=the_service("public referrals"), at=now())
            LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)
            return redirect(f"{reverse('account_confirm_login_code')}?next={reverse('refer:start')}")
        form.add_error("email", TOO_MANY)
    return render(request, "account/request_login_code.html", {"form": form})


@open_to_all("Whoever was sent a code enters it here; without one there is nothing.")
def enter_code(request: HttpRequest) -> HttpResponseBase:
    """Allauth's own page: three tries, fifteen minutes. Whoever was sent none asks for one first."""
    _must_be_on()
    if not request.user.is_authenticated and get_pending_stage(request) is None:
        return redirect("account_request_login_code")
    return allauth_views.confirm_login_code(request)


def _must_be_on() -> None:
    if not settings.PUBLIC_REFERRALS:
        raise Http404
