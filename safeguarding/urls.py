"""The restricted area's addresses, under the case's own."""

from django.urls import path

from safeguarding.views import area, checks, holds, people

check_urls = [
    path("checks/", checks.checks, name="checks"),
    path("checks/ask/", checks.check_ask, name="check-ask"),
    path("checks/<uuid:check_id>/first/", checks.check_prioritise, name="check-prioritise"),
    path("checks/<uuid:check_id>/answer/", checks.check_answer, name="check-answer"),
    path("checks/<uuid:check_id>/take-back/", checks.check_take_back, name="check-take-back"),
    path("hold/renew/", holds.hold_renew, name="hold-renew"),
    path("hold/end/", holds.hold_end, name="hold-end"),
]

urlpatterns = [
    *check_urls,
    path("restricted/", area.restricted, name="case-restricted"),
    path("restricted/print/", area.print_restricted, name="print-restricted"),
    path("restricted/note/", area.write_note, name="write-note"),
    path("restricted/document/", area.add_document, name="add-document"),
    path("documents/<uuid:document_id>/", area.document, name="document"),
    path("people/name/", people.name_worker, name="name-worker"),
    path("people/<uuid:user_id>/end/", people.end_worker, name="end-worker"),
    path("conflict/", people.declare_conflict, name="declare-conflict"),
    path("conflict/<uuid:user_id>/end/", people.end_conflict, name="end-conflict"),
]
