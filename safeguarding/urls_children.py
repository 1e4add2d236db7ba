"""The addresses of children's duty that stand on no case."""

from django.urls import path

from safeguarding.views import children, duty

app_name = "children"

urlpatterns = [
    path("", duty.show, name="duty"),
    path("new/", duty.receive, name="receive"),
    path("new/<uuid:key>/", duty.receive_form, name="receive-form"),
    path("figures/", children.figures, name="figures"),
]
