"""The addresses of the directory, a procedure's editions and the training register, under /reference/."""

from django.urls import path

from prevent_cases.reference.views import directory, posts

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
]
