"""The addresses of a referral being written. Ids are opaque; nothing of a person stands in an address."""

from django.urls import path

from referrals.views.referring import files, sending, starting, writing

app_name = "refer"

urlpatterns = [
    path("", starting.start, name="start"),
    path("begin/", starting.begin, name="begin"),
    path("training/", starting.training, name="training"),
    path("danger/", starting.danger, name="danger"),
    path("sent/<uuid:referral_id>/", sending.sent, name="sent"),
    path("sent/<uuid:referral_id>/copy/", sending.copy, name="copy"),
    path("<uuid:concern_id>/", starting.tasks, name="tasks"),
    path("<uuid:concern_id>/check/", sending.check, name="check"),
    path("<uuid:concern_id>/delete/", starting.forget, name="forget"),
    path("<uuid:concern_id>/documents/", files.documents, name="documents"),
    path("<uuid:concern_id>/documents/take-away/", files.drop, name="drop"),
    path("<uuid:concern_id>/<slug:slug>/", writing.page, name="page"),
    path("<uuid:concern_id>/<slug:slug>/save/", writing.save, name="save"),
]
