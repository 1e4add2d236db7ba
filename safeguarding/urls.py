"""The restricted area's addresses, under the case's own."""

from django.urls import path

from safeguarding.views import (
    area,
    checks,
    children,
    consents,
    discussions,
    duty,
    endings,
    holds,
    own_list,
    partners,
    people,
    safety,
)

PROTECTION = "protection/<uuid:protection_id>/"

protection_urls = [
    path("safety/", safety.safety, name="safety"),
    path("protection/", safety.protections, name="case-protection"),
    path(PROTECTION, safety.protection, name="protection"),
    path(f"{PROTECTION}emergency/", discussions.emergency, name="protection-emergency"),
    path(f"{PROTECTION}discuss/", discussions.discuss, name="protection-discuss"),
    path(f"{PROTECTION}discussions/<uuid:discussion_id>/minutes/", discussions.minutes, name="protection-minutes"),
    path(f"{PROTECTION}discussions/<uuid:discussion_id>/agree/", discussions.agree, name="protection-agree"),
    path(f"{PROTECTION}actions/<uuid:action_id>/", discussions.end_action, name="protection-action"),
    path(f"{PROTECTION}screen/", endings.screen, name="protection-screen"),
    path(f"{PROTECTION}child/", endings.child, name="protection-child"),
    path(f"{PROTECTION}confer/", endings.confer, name="protection-confer"),
    path(f"{PROTECTION}assess/", endings.assess, name="protection-assess"),
    path(f"{PROTECTION}finish/", endings.finish, name="protection-finish"),
]

check_urls = [
    path("checks/", checks.checks, name="checks"),
    path("checks/ask/", checks.check_ask, name="check-ask"),
    path("checks/<uuid:check_id>/first/", checks.check_prioritise, name="check-prioritise"),
    path("checks/<uuid:check_id>/answer/", checks.check_answer, name="check-answer"),
    path("checks/<uuid:check_id>/take-back/", checks.check_take_back, name="check-take-back"),
    path("hold/renew/", holds.hold_renew, name="hold-renew"),
    path("hold/end/", holds.hold_end, name="hold-end"),
]

partner_urls = [
    path("partners/", partners.partners, name="partners"),
    path("partners/ask/", partners.ask_partner, name="ask-partner"),
    path("partners/<uuid:request_id>/", partners.partner_request, name="partner-request"),
    path("partners/<uuid:request_id>/again/", partners.partner_again, name="partner-again"),
    path("partners/<uuid:request_id>/withdraw/", partners.partner_withdraw, name="partner-withdraw"),
    path("partners/<uuid:request_id>/record/", partners.partner_record, name="partner-record"),
]

urlpatterns = [
    *check_urls,
    *partner_urls,
    *protection_urls,
    path("restricted/", area.restricted, name="case-restricted"),
    path("restricted/print/", area.print_restricted, name="print-restricted"),
    path("restricted/note/", area.write_note, name="write-note"),
    path("restricted/document/", area.add_document, name="add-document"),
    path("documents/<uuid:document_id>/", area.document, name="document"),
    path("people/name/", people.name_worker, name="name-worker"),
    path("people/<uuid:user_id>/end/", people.end_worker, name="end-worker"),
    path("acknowledge/", duty.acknowledge_child, name="acknowledge-child"),
    path("decide/", duty.decide_child, name="decide-child"),
    path("close/", children.close_child, name="close-child"),
    path("hand-over/", children.hand_to_adults, name="hand-to-adults"),
    path("feedback/", children.case_feedback, name="case-feedback"),
    path("feedback/<uuid:owed_id>/", children.feedback, name="feedback"),
    path("consents/", consents.consents, name="case-consents"),
    path("consents/<slug:about>/record/", consents.record, name="consent-record"),
    path("consents/<slug:about>/ask/", consents.seek, name="consent-seek"),
    path("own-list/", own_list.own_list, name="case-own-list"),
    path("conflict/", people.declare_conflict, name="declare-conflict"),
    path("conflict/<uuid:user_id>/end/", people.end_conflict, name="end-conflict"),
]
