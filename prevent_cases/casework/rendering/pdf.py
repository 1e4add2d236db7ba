"""A document as tagged PDF (PDF/UA-1): from one template, with nothing fetched from anywhere."""

from __future__ import annotations

import hashlib
from typing import cast

from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from prevent_cases.casework.rendering.content import BRAND_COLOUR, DocumentContent, checked_colour, prepared


def render_pdf(content: DocumentContent, *, large_print: bool = False, brand_colour: str = BRAND_COLOUR) -> bytes:
    """The document as PDF bytes, the same for the same content.

    Marked at the head and foot of each page, with its reference and "Page n of m"; its properties hold the
    reference and the document's own date, no name. ``large_print`` is 18 point with wider lines. ``brand_colour``
    is "#rrggbb"; anything else raises ValueError.
    """
    markup = render_to_string("documents/document.html", {"document": prepared(content), "large_print": large_print})
    sheets = [render_to_string("documents/document.css"), f":root {{ --brand: {checked_colour(brand_colour)}; }}"]
    if large_print:
        sheets.append(render_to_string("documents/large_print.css"))
    fetcher = URLFetcher(allowed_protocols=("data",))
    page = HTML(string=markup, url_fetcher=fetcher, base_url=None)
    pdf = page.write_pdf(
        stylesheets=[CSS(string=sheet, url_fetcher=fetcher) for sheet in sheets],
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256("".join([markup, *sheets]).encode()).digest()[:16],
    )
    return cast(bytes, pdf)
