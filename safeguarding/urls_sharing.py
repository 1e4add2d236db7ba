"""The register of what was shared, under /shared/."""

from django.urls import path

from safeguarding.views import sharing_register

app_name = "sharing"
urlpatterns = [
    path("", sharing_register.register, name="register"),
    path("register.csv", sharing_register.as_file, name="file"),
]
