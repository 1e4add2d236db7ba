"""Reads one uploaded referral, whatever its kind, into a proposal for a person to check (K0.4, K0.12)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from types import MappingProxyType

from prevent_cases.casework.files.limits import Reason, UnsafeFile
from prevent_cases.casework.files.names import ending
from prevent_cases.casework.files.sniff import Kept, inspect, open_mail
from prevent_cases.casework.files.texts import writing_of
from referrals.reading.docx import ReadForm, read_docx
from referrals.reading.eml import read_mail
from referrals.reading.letter import ReadLetter, read_letter
from referrals.reading.pdf import read_pdf
from referrals.reading.proposal import Attachment, ProposedReferral, replies_of
from referrals.reading.readings import addresses_in, references_in, uk_date

_MOST_PDFS = 3
SENDER = "the sender (From)"
LETTER_ASKS = "“Reply to” in the letter"
FORM_ASKS = "the reply address on the form"
_NO_WORDS = "This file holds a picture and no words. Type what it says."


def read_referral(data: bytes, filename: str) -> ProposedReferral:
    """What the file seems to say. Raises UnsafeFile, and nothing else, for a file that may not be kept.

    Nothing in the file is run, followed or fetched. A file that may be kept but says nothing is a proposal whose
    notes say so.
    """
    try:
        return _read(data, filename)
    except UnsafeFile:
        raise
    except Exception as e:
        raise UnsafeFile(
            Reason.DAMAGED, "This file cannot be read. Open it, save a fresh copy, and try the copy."
        ) from e


def _read(data: bytes, filename: str) -> ProposedReferral:
    if ending(filename) == "eml":
        return _from_mail(data, filename)
    found = inspect(io.BytesIO(data), filename)
    if found.kind == "eml":
        return _from_mail(data, filename)
    if found.kind == "docx":
        form = read_docx(data)
        return _from_form(form, read_letter(form.text), found.notes)
    if found.kind == "pdf":
        letter, text = read_pdf(data)
        return _from_letter("pdf", letter, text, found.notes)
    if found.kind == "txt":
        text = data.decode(writing_of(data))
        return _from_letter("txt", read_letter(text), text, found.notes)
    return ProposedReferral(kind=found.kind, notes=(*found.notes, _NO_WORDS))


def _from_form(form: ReadForm, letter: ReadLetter, notes: Iterable[str]) -> ProposedReferral:
    fields = form.fields
    reply = addresses_in(fields.get("policing.reply_to", ""))
    return ProposedReferral(
        kind="docx",
        sender_name=fields.get("policing.officer", "") or letter.sender_name,
        sender_address=letter.sender_address,
        replies=replies_of(
            (letter.sender_address, SENDER), (reply[0] if reply else "", FORM_ASKS), (letter.reply_to, LETTER_ASKS)
        ),
        dated_on=uk_date(fields.get("policing.dated", "")) or letter.dated_on,
        references=_references(fields, letter.references),
        form_edition=form.edition,
        fields=MappingProxyType(fields),
        body=form.text,
        notes=(*notes, *form.notes, *_about_birth(fields)),
    )


def _from_letter(kind: str, letter: ReadLetter, text: str, notes: Iterable[str]) -> ProposedReferral:
    said = list(notes)
    replies = replies_of((letter.sender_address, SENDER), (letter.reply_to, LETTER_ASKS))
    if not text:
        said.append(_NO_WORDS)
    elif not replies and len(letter.addresses) == 1:
        replies = replies_of((letter.addresses[0], "the only address in the document"))
        said.append(
            f"The only address in the document is {replies[0][0]}. Check that it is where the answer should go."
        )
    return ProposedReferral(
        kind=kind,
        sender_name=letter.sender_name,
        sender_address=letter.sender_address,
        replies=replies,
        dated_on=letter.dated_on,
        references=letter.references,
        body=text,
        notes=tuple(said),
    )


def _from_mail(data: bytes, filename: str) -> ProposedReferral:
    found, kept = open_mail(io.BytesIO(data), filename)
    mail = read_mail(data)
    form = _best_form(kept)
    texts = [form.text] if form else [read_pdf(data)[1] for data in _pdfs(kept)]
    fields = form.fields if form else {}
    asked = addresses_in(fields.get("policing.reply_to", ""))
    notes = [*found.notes, *mail.notes]
    if form is None and any(part.inspected.kind == "docx" for part in kept):
        notes.append("No attached document has the headings of a referral form known here. Read the attachments.")
    return ProposedReferral(
        kind="eml",
        sender_name=mail.sender_name,
        sender_address=mail.sender_address,
        replies=replies_of(
            (mail.sender_address, SENDER),
            (mail.reply_to, "the email’s Reply-To line"),
            (mail.letter_reply_to, LETTER_ASKS),
            (asked[0] if asked else "", FORM_ASKS),
        ),
        sent_at=mail.sent_at,
        subject=mail.subject,
        references=_references(fields, references_in(mail.subject, mail.body, *texts)),
        form_edition=form.edition if form else "",
        fields=MappingProxyType(fields),
        body=mail.body,
        attachments=tuple(
            Attachment(part.inspected.name, part.inspected.kind, part.data) for part in kept if not part.is_inline
        ),
        notes=(*notes, *(form.notes if form else ()), *_about_birth(fields)),
    )


def _pdfs(kept: Iterable[Kept]) -> list[bytes]:
    return [part.data for part in kept if part.inspected.kind == "pdf"][:_MOST_PDFS]


def _best_form(kept: Iterable[Kept]) -> ReadForm | None:
    """Of the attached documents, the recognised form with most answers."""
    forms = [read_docx(part.data) for part in kept if part.inspected.kind == "docx"]
    known = [form for form in forms if form.edition]
    return max(known, key=lambda form: len(form.fields), default=None)


def _references(fields: dict[str, str], others: Iterable[str]) -> tuple[str, ...]:
    """The form's own reference first, whatever its pattern; then those found by pattern."""
    own = fields.get("policing.reference", "").split("\n")[0].strip().upper()[:60]
    return tuple(dict.fromkeys([*([own] if own else []), *others]))


def _about_birth(fields: dict[str, str]) -> tuple[str, ...]:
    written = fields.get("individual.born_on", "")
    if written and uk_date(written) is None:
        return (f"The date of birth is written “{written[:60]}”, which cannot be read as a date.",)
    return ()
