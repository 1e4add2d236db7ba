"""The addresses of what a policing team is asked."""

from django.urls import path

from safeguarding.views import policing

urlpatterns = [
    path("", policing.police_checks, name="police-checks"),
    path("<uuid:check_id>/", policing.police_check, name="police-check"),
]
