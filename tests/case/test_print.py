"""The printed record: reference and page n of m on every page, no material, no name in the file's properties."""

from __future__ import annotations

import io

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from prevent_cases.casework import operations
from prevent_cases.casework.kinds import Look
from prevent_cases.casework.models import AccessLog, Event
from prevent_cases.casework.now import now
from referrals.states import ReferralState as S
from tests.factories import County, a_referral, sign_in


def test_every_page_carries_the_reference_and_its_number(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    operations.write_note(case=referral.case, text="A canary note.", by=place.locality_worker, at=now())
    Event.objects.bulk_create(
        Event(case=referral.case, subject="x", kind="case.unassigned", by=place.officer.user, at=now())
        for _ in range(80)
    )
    answer = sign_in(client, place.locality_worker).get(reverse("case-print", args=[referral.case_id]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{referral.case.reference}-record.pdf"'
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert referral.case.reference in text
        assert f"Page {number} of {len(pages)}" in text
        assert "OFFICIAL-SENSITIVE" in text
    whole = "\n".join(page.extract_text() for page in pages)
    for words in ("Wilfred Ackerley", "Reply to CT policing", "Entered the referral from CT policing", "Lowri Dell"):
        assert words in whole
    for hidden in ("canary", "case note in the restricted area", "online"):
        assert hidden not in whole
    assert "Ackerley" not in str(PdfReader(io.BytesIO(answer.content)).metadata)
    assert AccessLog.objects.get(case=referral.case).what == Look.PRINTED


def test_the_restricted_area_prints_for_whom_it_is_open_to_and_for_nobody_else(place: County, client: Client) -> None:
    referral = a_referral(place, S.PREPARING)
    operations.write_note(case=referral.case, text="A canary note.", by=place.locality_worker, at=now())
    url = reverse("print-restricted", args=[referral.case_id])
    answer = sign_in(client, place.locality_worker).get(url)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert "A canary note." in "".join(pages)
    assert "He speaks of people met online." in "".join(pages)
    assert all(referral.case.reference in page for page in pages)
    assert AccessLog.objects.get(case=referral.case).what == Look.PRINTED
    for actor in (place.colleague, place.officer, place.other_locality_worker):
        assert sign_in(client, actor).get(url).status_code == 404
    assert AccessLog.objects.filter(case=referral.case).count() == 1
