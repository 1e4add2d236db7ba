"""Crispy layout pieces for GOV.UK forms: a question with its options, a row of buttons, a link beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from prevent_cases.casework.form_look import Look


class Question(LayoutObject):
    """One field and how it is asked.

    :param size: label size ``s``, ``m`` or ``l``; ``page`` makes the question the page's h1; "" is plain weight.
    :param reveals: for radios and checkboxes, choice value to the fields (or layout pieces) it uncovers.
    :param options: any field of :class:`form_look.Look`: width, inline, small, hints, divider_before, prefix,
        suffix, rows, threshold, classes, show_optional.
    """

    def __init__(
        self, field: str, *, size: str = "s", reveals: Mapping[str, Sequence[Any]] | None = None, **options: Any
    ) -> None:
        self.fields = [field]
        self.reveals = {
            f"{value}": [Question(item, show_optional=False) if isinstance(item, str) else item for item in items]
            for value, items in (reveals or {}).items()
        }
        self.look = Look(size=size, **options)

    def get_layout_objects(self, *kinds: type, index: Any = None, max_level: int = 0, greedy: bool = False) -> list:
        found = super().get_layout_objects(*kinds, index=index, max_level=max_level, greedy=greedy)
        for items in self.reveals.values():
            for item in filter(_holds_fields, items):
                found += item.get_layout_objects(*kinds, index=index, max_level=max_level, greedy=greedy)
        return found

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        revealed = {
            value: SafeString("".join(render_field(item, form, context, template_pack=template_pack) for item in items))
            for value, items in self.reveals.items()
        }
        return render_field(
            self.fields[0],
            form,
            context,
            template=f"{template_pack}/field.html",
            template_pack=template_pack,
            extra_context={"look": self.look.revealing(revealed)},
        )


def _holds_fields(piece: Any) -> bool:
    return isinstance(piece, LayoutObject)


class Actions(LayoutObject):
    """Buttons and links in a row.

    :param sticky: keep the row in view at the foot of a long page.
    """

    def __init__(self, *items: Any, sticky: bool = False) -> None:
        self.fields = list(items)
        self.sticky = sticky

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        items = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(f"{template_pack}/layout/actions.html", {"items": items, "sticky": self.sticky})


class Folded(LayoutObject):
    """Questions that are answered already and seldom changed, behind a summary; open where one of them is wrong.

    :param summary: what is behind it, in words of ours
    """

    def __init__(self, summary: str, *items: Any) -> None:
        self.summary = summary
        self.fields = [Question(item) if isinstance(item, str) else item for item in items]

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        inside = {name for item in self.fields for name in getattr(item, "fields", ())}
        return render_to_string(f"{template_pack}/layout/folded.html", {
            "summary": self.summary,
            "is_open": bool(form.is_bound and inside & set(form.errors)),
            "fields": self.get_rendered_fields(form, context, template_pack, **kwargs),
        })  # fmt: skip


class Link:
    """A plain link among the buttons, such as "Cancel". Text and address are escaped."""

    def __init__(self, text: str, url: str, classes: str = "") -> None:
        self.text, self.url, self.classes = text, url, classes

    def render(self, *_form_and_context: Any, **_options: Any) -> SafeString:
        classes = f"govuk-link govuk-link--no-visited-state {self.classes}".strip()
        return format_html('<a class="{}" href="{}">{}</a>', classes, self.url, self.text)
