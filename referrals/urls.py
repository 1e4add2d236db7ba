"""The referrals' addresses, grouped by what they are about. Ids are opaque; nothing personal stands in an address."""

from django.urls import path

from referrals.views import (
    answer,
    answer_preview,
    contributions,
    dispatch,
    exchange,
    finishing,
    form_return,
    forms,
    inbox,
    intake,
    matches,
    moving,
    policing,
    practitioners,
    recording,
    register,
    sign_off,
    triage,
    turning,
)

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
    path("<uuid:case_id>/birth-date/", turning.birth_date, name="birth-date"),
    path("<uuid:case_id>/to-children/", turning.reroute_to_children, name="reroute-to-children"),
]

recording_urls = [
    path("<uuid:case_id>/record/", recording.record, name="record"),
    path("<uuid:case_id>/forward/", recording.forward, name="forward"),
]

answer_urls = [
    path("<uuid:case_id>/answer/", answer.answer, name="answer"),
    path("<uuid:case_id>/answer/save/", answer.autosave_answer, name="autosave-answer"),
    path("<uuid:case_id>/answer-preview/", answer_preview.answer_preview, name="answer-preview"),
    path("<uuid:case_id>/answer-preview/draft/", answer_preview.answer_draft, name="answer-draft"),
    path("<uuid:case_id>/submit-answer/", answer_preview.submit_answer, name="submit-answer"),
    path("<uuid:case_id>/sign-off-answer/", sign_off.sign_off_answer, name="sign-off-answer"),
    path("<uuid:case_id>/return-answer/", sign_off.return_answer, name="return-answer"),
]

form_urls = [
    path("<uuid:case_id>/forms/", forms.forms, name="forms"),
    path("<uuid:case_id>/forms-new/", forms.forms_new, name="forms-new"),
    path("<uuid:case_id>/form/<uuid:form_id>/", forms.form, name="form"),
    path("<uuid:case_id>/form/<uuid:form_id>/save/", forms.autosave_form, name="autosave-form"),
    path("<uuid:case_id>/form/<uuid:form_id>/answer/", form_return.form_answer, name="form-answer"),
    path("<uuid:case_id>/form/<uuid:form_id>/cancel/", form_return.form_cancel, name="form-cancel"),
    path("<uuid:case_id>/form/<uuid:form_id>/ask/<uuid:item_id>/", contributions.form_ask, name="form-ask"),
    path(
        "<uuid:case_id>/form/<uuid:form_id>/part/<uuid:part_id>/take-back/",
        contributions.contribution_take_back,
        name="contribution-take-back",
    ),
    path("contribution/<uuid:part_id>/", contributions.contribution, name="contribution"),
    path("contribution/<uuid:part_id>/save/", contributions.autosave_contribution, name="autosave-contribution"),
]

exchange_urls = [
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/<uuid:disclosure_id>/", exchange.exchange_item, name="exchange-item"),
    path("exchange/<uuid:disclosure_id>/acknowledge/", exchange.exchange_acknowledge, name="exchange-acknowledge"),
    path("exchange/<uuid:disclosure_id>/<uuid:document_id>/", exchange.shared_document, name="shared-document"),
    path("<uuid:case_id>/disclosures/", exchange.disclosures_of_case, name="disclosures"),
    path("<uuid:case_id>/disclosures/<uuid:disclosure_id>/", exchange.disclosure, name="disclosure"),
]

finishing_urls = [
    path("<uuid:case_id>/record-outcome/", finishing.record_outcome, name="record-outcome"),
    path("<uuid:case_id>/needs/", finishing.needs, name="needs"),
    path("<uuid:case_id>/needs/<uuid:need_id>/", finishing.need_refer, name="need-refer"),
    path("<uuid:case_id>/close/", finishing.close, name="close"),
    path("<uuid:case_id>/reopen/", finishing.reopen, name="reopen"),
]

practitioner_urls = [
    path("practitioners/", practitioners.practitioners, name="practitioners"),
    path("practitioners/<uuid:case_id>/", practitioners.practitioner, name="practitioner"),
    path("practitioners/<uuid:case_id>/take-up/", practitioners.practitioner_take_up, name="practitioner-take-up"),
    path("practitioners/<uuid:case_id>/ask/", practitioners.practitioner_ask, name="practitioner-ask"),
    path("practitioners/<uuid:case_id>/finish/", practitioners.practitioner_finish, name="practitioner-finish"),
    path(
        "practitioners/<uuid:case_id>/questions/<uuid:question_id>/take-back/",
        practitioners.question_take_back,
        name="question-take-back",
    ),
]

urlpatterns = [
    *inbox_urls,
    *intake_urls,
    *register_urls,
    *person_urls,
    *triage_urls,
    *recording_urls,
    *answer_urls,
    *form_urls,
    *exchange_urls,
    *finishing_urls,
    *practitioner_urls,
]
