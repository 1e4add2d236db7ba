"""The posts that escalations go to: who holds each, who deputises, and between which days."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from prevent_cases.casework import directory_edits
from prevent_cases.casework.access import Request, open_to
from prevent_cases.casework.now import now, today
from prevent_cases.casework.policy import may_edit_directory, may_see_reference
from prevent_cases.reference.forms.acting import is_done
from prevent_cases.reference.forms.directory import PostForm
from prevent_cases.reference.queries import directory as queries
from prevent_cases.reference.tabs import tabs


@require_GET
@open_to(may_see_reference)
def show(request: Request) -> HttpResponse:
    rows = queries.post_rows(today(), may_edit=may_edit_directory.allows(request.actor, None))
    context = {"tabs": tabs("reference:posts"), "columns": queries.POST_COLUMNS, "rows": rows}
    return render(request, "reference/directory/posts.html", context)


@require_http_methods(["GET", "POST"])
@open_to(may_edit_directory)
def edit(request: Request, key: str) -> HttpResponse:
    try:
        post = queries.find_post(key)
    except KeyError:
        raise Http404 from None
    form = PostForm(request.POST or None, initial=PostForm.initial_of(post), cancel_url=reverse("reference:posts"))
    if request.method == "POST" and form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if is_done(
            form,
            lambda: directory_edits.fill_post(
                key=key, title=post.title, **typed, by=request.actor, at=now(), version=form.seen
            ),
        ):
            messages.success(request, "Saved. The next message to this post goes to whoever stands there.")
            return redirect("reference:posts")
    context = {"form": form, "post": post, "history": queries.post_history(key)}
    return render(request, "reference/directory/post.html", context)
