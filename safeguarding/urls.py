"""The restricted area's addresses, under the case's own."""

from django.urls import path

from safeguarding.views import area, consents, own_list, partners, people

urlpatterns = [
    path("partners/", partners.partners, name="partners"),
    path("partners/ask/", partners.ask_partner, name="ask-partner"),
    path("partners/<uuid:request_id>/", partners.partner_request, name="partner-request"),
    path("partners/<uuid:request_id>/again/", partners.partner_again, name="partner-again"),
    path("partners/<uuid:request_id>/withdraw/", partners.partner_withdraw, name="partner-withdraw"),
    path("partners/<uuid:request_id>/record/", partners.partner_record, name="partner-record"),
    path("restricted/", area.restricted, name="case-restricted"),
    path("restricted/print/", area.print_restricted, name="print-restricted"),
    path("restricted/note/", area.write_note, name="write-note"),
    path("restricted/document/", area.add_document, name="add-document"),
    path("documents/<uuid:document_id>/", area.document, name="document"),
    path("people/name/", people.name_worker, name="name-worker"),
    path("people/<uuid:user_id>/end/", people.end_worker, name="end-worker"),
    path("consents/", consents.consents, name="case-consents"),
    path("consents/<slug:about>/record/", consents.record, name="consent-record"),
    path("consents/<slug:about>/ask/", consents.seek, name="consent-seek"),
    path("own-list/", own_list.own_list, name="case-own-list"),
    path("conflict/", people.declare_conflict, name="declare-conflict"),
    path("conflict/<uuid:user_id>/end/", people.end_conflict, name="end-conflict"),
]
