"""A practitioner's own addresses after they wrote: what they sent, and the concerns of their organisation."""

from django.urls import path

from referrals.views.referrers import concerns, mine

app_name = "mine"

urlpatterns = [
    path("", mine.listed, name="list"),
    path("<uuid:referral_id>/", mine.referral, name="referral"),
    path("<uuid:referral_id>/amend/", mine.amend, name="amend"),
    path("<uuid:referral_id>/withdraw/", mine.withdraw, name="withdraw"),
    path("<uuid:referral_id>/sent-to-police/", mine.transport, name="transport"),
    path("<uuid:referral_id>/files/<uuid:document_id>/", mine.file, name="file"),
    path("questions/<uuid:question_id>/", mine.answer, name="answer"),
    path("concerns/<uuid:concern_id>/", concerns.concern, name="concern"),
    path("concerns/<uuid:concern_id>/hand-over/", concerns.hand, name="hand"),
    path("concerns/<uuid:concern_id>/decide/", concerns.decide, name="decide"),
    path("concerns/<uuid:concern_id>/again/", concerns.again, name="again"),
    path("concerns/<uuid:concern_id>/advice/", concerns.advice, name="advice"),
    path("concerns/<uuid:concern_id>/urgent/", concerns.urgent, name="urgent"),
]
