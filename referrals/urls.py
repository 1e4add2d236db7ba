"""The referrals' addresses, grouped by what they are about. Ids are opaque; nothing personal stands in an address."""

from django.urls import path

from referrals.views import dispatch, inbox, intake, matches, moving, policing, recording, register, triage

app_name = "referrals"

inbox_urls = [
    path("", inbox.show, name="inbox"),
    path("search/", inbox.find, name="search"),
    path("chosen/", inbox.act, name="act"),
    path("chosen/assign/", inbox.assign_many, name="assign"),
    path("chosen/nil-returns/", inbox.send_nil_returns, name="nil-returns"),
]

intake_urls = [
    path("new/", intake.enter, name="enter"),
    path("new/upload/", intake.upload, name="upload"),
    path("new/<uuid:key>/", intake.enter_form, name="enter-form"),
    path("new/<uuid:key>/save/", intake.enter_save, name="enter-save"),
]

register_urls = [
    path("register/", register.register, name="register"),
    path("register/template.csv", register.register_template, name="register-template"),
    path("register/<uuid:key>/", register.register_preview, name="register-preview"),
]

person_urls = [
    path("<uuid:case_id>/matches/", matches.matches, name="matches"),
    path("<uuid:case_id>/match/", matches.match, name="match"),
    path("<uuid:case_id>/match/<uuid:decision_id>/take-back/", matches.match_take_back, name="match-take-back"),
    path("<uuid:case_id>/link/<uuid:practitioner_id>/", matches.link, name="link"),
]

triage_urls = [
    path("<uuid:case_id>/open-checks/", matches.open_checks, name="open-checks"),
    path("<uuid:case_id>/triage/", triage.triage, name="triage"),
    path("<uuid:case_id>/send-nil-return/", dispatch.send_nil_return, name="send-nil-return"),
    path("<uuid:case_id>/send-to-area/", dispatch.send_to_area, name="send-to-area"),
    path("<uuid:case_id>/send-to-locality/", dispatch.send_to_locality, name="send-to-locality"),
    path("<uuid:case_id>/send-to-children/", dispatch.send_to_children, name="send-to-children"),
    path("<uuid:case_id>/query-back/", policing.query_back, name="query-back"),
    path("<uuid:case_id>/query-answered/", policing.query_answered, name="query-answered"),
    path("<uuid:case_id>/recall/", moving.recall, name="recall"),
    path("<uuid:case_id>/reroute/", moving.reroute, name="reroute"),
]

recording_urls = [
    path("<uuid:case_id>/record/", recording.record, name="record"),
    path("<uuid:case_id>/forward/", recording.forward, name="forward"),
]

urlpatterns = [*inbox_urls, *intake_urls, *register_urls, *person_urls, *triage_urls, *recording_urls]
