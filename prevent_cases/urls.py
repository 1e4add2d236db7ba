"""Every address of the service. A view that declares no policy is refused by middleware and fails a test."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path

from prevent_cases import account_settings, health, pages, public_referrals, unfinished, work, working_days
from prevent_cases.lists.views.inviting import join, join_link
from prevent_cases.views import case, clocks
from safeguarding.views import answering

page_urls = [
    path("", pages.home, name="home"),
    path("help/", pages.help_page, name="help"),
    path("out-of-hours/", pages.out_of_hours, name="out-of-hours"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("demo/", pages.demo_sign_ins, name="demo-sign-ins"),
    path("work/", work.my_work, name="my-work"),
    path("work/unfinished/", unfinished.show, name="unfinished"),
    path("working-days/", working_days.show, name="working-days"),
    path("account/", account_settings.show, name="account"),
    path("brand.css", pages.brand, name="brand"),
    path("styleguide/", pages.styleguide, name="styleguide"),
    path("hide-names/", pages.hide_names, name="hide-names"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("stay-signed-in/", pages.stay_signed_in, name="stay-signed-in"),
    path("keep-typed/", pages.keep_typed, name="keep-typed"),
]

account_urls = [
    path("sign-in/", account.login, name="account_login"),
    path("public/", public_referrals.ask_for_code, name="account_request_login_code"),
    path("public/code/", public_referrals.enter_code, name="account_confirm_login_code"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/password/change/", account_settings.change_password, name="account_change_password"),
    path("account/password/reset/", account.password_reset, name="account_reset_password"),
    path("account/password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

case_urls: list[URLPattern | URLResolver] = [
    path("", case.summary, name="case"),
    path("history/", case.history, name="case-history"),
    path("people/", case.people, name="case-people"),
    path("tasks/", case.tasks, name="case-tasks"),
    path("looks/", case.looks, name="case-looks"),
    path("print/", case.printed, name="case-print"),
    path("deadlines/<uuid:run_id>/", clocks.why, name="clock-why"),
    path("deadlines/<uuid:run_id>/extend/", clocks.extend, name="clock-extend"),
    path("", include("safeguarding.urls")),
]

handler404 = "prevent_cases.views.not_found"

urlpatterns = [
    *page_urls,
    *account_urls,
    path("cases/<uuid:case_id>/", include(case_urls)),
    path("police-checks/", include("safeguarding.urls_police")),
    path("referrals/", include("referrals.urls")),
    path("shared/", include("safeguarding.urls_sharing")),
    path("lists/", include("prevent_cases.lists.urls")),
    path("join/", join, name="join"),
    path("join/<str:secret>/", join_link, name="join-link"),
    path("answer/", answering.cover, name="partner-cover"),
    path("answer/question/", answering.answer, name="partner-answer"),
    path("answer/given/", answering.given, name="partner-given"),
    path("answer/<str:secret>/", answering.link, name="partner-link"),
    path("questions/", answering.asked, name="asked-questions"),
    path("questions/<uuid:request_id>/", answering.asked_question, name="asked-question"),
    path("my-referrals/", include("referrals.urls_mine")),
    path("children/", include("safeguarding.urls_children")),
    path("refer/", include("referrals.urls_refer")),
    path("reference/", include("prevent_cases.reference.urls")),
]
