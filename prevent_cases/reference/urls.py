"""The addresses of the directory, a procedure's editions and the training register, under /reference/."""

from django.urls import path

from prevent_cases.reference.views import agreements, courses, directory, domains, editions, posts, training

app_name = "reference"
urlpatterns = [
    path("", directory.show, name="directory"),
    path("directory/add/", directory.add, name="entry-add"),
    path("directory/preview/", directory.preview, name="preview"),
    path("directory/<uuid:entry_id>/", directory.entry, name="entry"),
    path("directory/<uuid:entry_id>/edit/", directory.edit, name="entry-edit"),
    path("directory/<uuid:entry_id>/end/", directory.end, name="entry-end"),
    path("posts/", posts.show, name="posts"),
    path("posts/<slug:key>/", posts.edit, name="post"),
    path("domains/", domains.show, name="domains"),
    path("domains/add/", domains.add, name="domain-add"),
    path("domains/<uuid:domain_id>/retire/", domains.retire, name="domain-retire"),
    path("courses/", courses.show, name="courses"),
    path("courses/add/", courses.add, name="course-add"),
    path("courses/<uuid:course_id>/", courses.edit, name="course"),
    path("courses/<uuid:course_id>/retire/", courses.retire, name="course-retire"),
    path("training/", training.own, name="training"),
    path("training/add/", training.add, name="record-add"),
    path("training/needed/", training.needed, name="training-needed"),
    path("training/records/<uuid:record_id>/remove/", training.remove, name="record-remove"),
    path("training/<uuid:user_id>/", training.of, name="training-of"),
    path("training/<uuid:user_id>/add/", training.add, name="record-add-for"),
    path("agreements/", agreements.show, name="agreements"),
    path("agreements/add/", agreements.add, name="agreement-add"),
    path("agreements/<uuid:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<uuid:agreement_id>/edit/", agreements.edit, name="agreement-edit"),
    path("agreements/<uuid:agreement_id>/review/", agreements.review, name="agreement-review"),
    path("agreements/<uuid:agreement_id>/end/", agreements.end, name="agreement-end"),
    path("agreements/<uuid:agreement_id>/parties/add/", agreements.add_party, name="agreement-party-add"),
    path("agreements/<uuid:agreement_id>/parties/<uuid:party_id>/", agreements.party, name="agreement-party"),
    path("procedures/", editions.procedures, name="procedures"),
    path("procedures/<slug:key>/", editions.show, name="procedure"),
    path("procedures/<slug:key>/publish/", editions.publish, name="publish"),
    path("procedures/<slug:key>/<slug:part>/<str:name>/", editions.part, name="part"),
    path("editions/<uuid:edition_id>/take-back/", editions.take_back, name="take-back"),
]
