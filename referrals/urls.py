"""The referrals' addresses, grouped by what they are about. Ids are opaque; nothing personal stands in an address."""

from django.urls import path

from referrals.views import inbox

app_name = "referrals"

inbox_urls = [
    path("", inbox.show, name="inbox"),
    path("search/", inbox.find, name="search"),
    path("chosen/", inbox.act, name="act"),
    path("chosen/assign/", inbox.assign_many, name="assign"),
    path("chosen/nil-returns/", inbox.send_nil_returns, name="nil-returns"),
]

urlpatterns = [*inbox_urls]
