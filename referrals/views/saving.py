"""Saving what is typed under headings: while it is typed, and where two people typed at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.http import JsonResponse, QueryDict

from prevent_cases.casework.wording import clock_time
from prevent_cases.casework.workflow import Refused
from referrals.forms.saying import Row, SayingForm, folded, retyped
from referrals.models import Answer
from referrals.operations.drafting import LEFT_OUT, Said, TwoEditors
from referrals.queries.answer import DraftAnswer, Written

EMPTY = "Nothing written"
BOTH = "Somebody else saved this after you opened it. Choose “Save and preview” to see both texts"


def said(form: SayingForm) -> dict[str, Said]:
    """What was typed, by heading, as operations take it."""
    return {heading: Said(*row) for heading, row in form.said.items()}


def marks_of(written: Iterable[Written], left_out: str = "") -> dict[str, str]:
    """By what each text is recognised when it comes back."""
    marks = {one.heading: Said(one.known, one.fact, one.opinion).mark for one in written}
    return marks | {LEFT_OUT: Said(None, left_out).mark}


def autosaved(form: SayingForm, act: Callable[[], Answer]) -> JsonResponse:
    """Save while it is typed: when it was saved, and the hidden values that say so; or in words why it was not."""
    if not form.is_valid():
        return JsonResponse({"words": f"Not saved. {next(iter(form.errors.values()))[0]}"}, status=422)
    try:
        answer = act()
    except TwoEditors:
        return JsonResponse({"words": f"Not saved. {BOTH}"}, status=409)
    except Refused as refusal:
        return JsonResponse({"words": f"Not saved. {refusal}"}, status=409)
    marks = {heading: one.mark for heading, one in said(form).items()}
    marks[LEFT_OUT] = Said(None, form.cleaned_data.get("left_out", "")).mark
    fields = {"version": str(answer.version), "opened": folded(marks)}
    return JsonResponse({"saved_at": clock_time(answer.edited_at), "fields": fields})


def both_texts(
    form: SayingForm, posted: QueryDict, draft: DraftAnswer, clash: Sequence[str]
) -> tuple[QueryDict, list[dict[str, str]]]:
    """What to bind the form to after two people changed the same headings, and the two texts side by side.

    What this person typed stays in the boxes. Where only the other changed something, theirs stands.
    """
    typed, opened = form.said, form.opened_marks
    theirs = {one.heading: (one.known, one.fact, one.opinion) for one in draft.written}
    kept = {key: row for key, row in theirs.items() if key not in typed or opened.get(key) == Said(*typed[key]).mark}
    hidden = {"version": str(draft.version), "opened": folded(marks_of(draft.written, draft.left_out))}
    if LEFT_OUT in form.fields and opened.get(LEFT_OUT) == Said(None, form.cleaned_data[LEFT_OUT]).mark:
        hidden[LEFT_OUT] = draft.left_out
    data = retyped(posted, kept, hidden)
    data.pop("minimum_checked", None)
    labels = {one.heading: one.label for one in draft.written}
    rows = [pair for key in clash if key in typed for pair in _compared(labels[key], theirs[key], typed[key])]
    if LEFT_OUT in clash:
        rows.append(_row("What was left out", draft.left_out, form.cleaned_data[LEFT_OUT]))
    return data, rows


def _compared(label: str, theirs: Row, typed: Row) -> list[dict[str, str]]:
    if theirs[0] is False or typed[0] is False:
        return [_row(label, _in_words(theirs), _in_words(typed))]
    boxes = [(f"{label}: fact", theirs[1], typed[1]), (f"{label}: opinion", theirs[2], typed[2])]
    return [_row(name, left, right) for name, left, right in boxes if left != right]


def _in_words(row: Row) -> str:
    return "Nothing known" if row[0] is False else " ".join(part for part in (row[1], row[2]) if part)


def _row(label: str, left: str, right: str) -> dict[str, str]:
    return {"label": label, "left": left or EMPTY, "right": right or EMPTY, "standing": "different"}
