"""Files beside a draft: kept, shown, taken away; photos smaller and without where they were taken."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from prevent_cases.casework import access
from prevent_cases.casework.drafts import bytes_of
from prevent_cases.casework.models import Document
from prevent_cases.casework.store import open_file
from referrals.models import PractitionerReferral
from tests.factories import a_pdf
from tests.refer.filling import begun, draft, filled, sent

pytestmark = pytest.mark.django_db
GPS = 0x8825


def a_photo(width: int = 4000, height: int = 3000) -> bytes:
    """A phone's photo, with the place where it was taken."""
    out, details = io.BytesIO(), Image.Exif()
    details[GPS] = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}
    Image.new("RGB", (width, height), "#a0522d").save(out, "JPEG", exif=details)
    return out.getvalue()


def added(client, concern, *files):
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(f"/refer/{concern.pk}/documents/", {"attachments": uploads})


def test_a_photo_is_made_smaller_and_loses_its_place(pia):
    concern = begun(pia)
    before = a_photo()
    assert GPS in Image.open(io.BytesIO(before)).getexif()
    assert added(pia, concern, ("IMG_0042.jpg", before)).status_code == 302
    kept = bytes_of(draft(concern.pk).files[0])
    picture = Image.open(io.BytesIO(kept))
    assert picture.size == (2400, 1800)
    assert dict(picture.getexif()) == {}
    assert b"Exif" not in kept


def test_files_go_with_the_referral_and_leave_the_draft(place, pia):
    concern = filled(pia)
    added(pia, concern, ("note.pdf", a_pdf()), ("page.jpg", a_photo(600, 400)))
    stored = [file["store_key"] for file in draft(concern.pk).files]
    assert "note.pdf" in pia.get(f"/refer/{concern.pk}/check/").content.decode()
    assert sent(pia, concern).status_code == 302
    referral = PractitionerReferral.objects.get()
    with access.material(place.officer, referral.case_id) as allowed:
        assert allowed
        kept = list(Document.objects.filter(subject=referral.record_key).order_by("file_name"))
        assert [row.file_name for row in kept] == ["note.pdf", "page.jpg"]
        with open_file(kept[0]) as note:
            assert note.read() == a_pdf()
    assert not {row.store_key for row in kept} & set(stored)


def test_a_file_is_taken_away(pia, django_capture_on_commit_callbacks):
    concern = begun(pia)
    added(pia, concern, ("a.pdf", a_pdf()), ("b.pdf", a_pdf()))
    first = draft(concern.pk).files[0]
    with django_capture_on_commit_callbacks(execute=True):
        pia.post(f"/refer/{concern.pk}/documents/take-away/", {"file": first["store_key"]})
    assert [file["file_name"] for file in draft(concern.pk).files] == ["b.pdf"]
    assert not default_storage.exists(first["store_key"])
    pia.post(f"/refer/{concern.pk}/documents/take-away/", {"file": "another's"})
    assert len(draft(concern.pk).files) == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("run.exe", b"MZ" + b"\0" * 200, "program"),
        ("empty.pdf", b"", "empty"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 not a picture", "damaged"),
    ],
)
def test_what_may_not_be_kept_is_refused_in_words(pia, name, data, words):
    concern = begun(pia)
    answer = added(pia, concern, (name, data))
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors).lower()
    assert draft(concern.pk).files == []


def test_it_goes_on_without_any(pia):
    concern = begun(pia)
    assert pia.get(f"/refer/{concern.pk}/documents/").status_code == 200
    assert pia.post(f"/refer/{concern.pk}/documents/", {})["Location"] == f"/refer/{concern.pk}/check/"
