"""The files in which referrals arrive, made in code: an email, the national form as a Word file, a letter as a PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from docx import Document
from docx.document import Document as WordDocument

from prevent_cases.casework.files.sniff import inspect
from prevent_cases.casework.kinds import DocumentKind
from prevent_cases.casework.rendering.content import DocumentContent, Row, Section, in_words
from prevent_cases.casework.rendering.pdf import render_pdf
from prevent_cases.casework.store import ReceivedFile
from prevent_cases.demo.words import REQUEST
from referrals.operations.intake import ReceivedReferral

FORM = (
    ("Individual’s biographical and contact details", (
        ("Forename(s)", "given_name"), ("Surname", "family_name"), ("Aliases / other names", "other_names"),
        ("Date of birth", "born_on"), ("Known address(es)", "address"), ("Telephone number(s)", "phone"),
        ("NHS number", "nhs_number"),
    )),
    ("Describe concerns", (("", "concerns.described"),)),
    ("Complex needs", (("", "complex_needs.described"),)),
    ("Other information", (("", "other.described"),)),
)  # fmt: skip
"""The national form's headings and questions, and what of the referral stands beside each."""


@dataclass(frozen=True)
class Letter:
    """What the files say, beside the referral itself: who sent it, from where, to whom and when (aware)."""

    referral: ReceivedReferral
    to: str
    sent_at: datetime

    @property
    def answers(self) -> Mapping[str, str]:
        """What the referral says, by the names in FORM."""
        said = self.referral
        person = {name: str(value or "") for name, value in said.person.items()}
        person["born_on"] = f"{said.born_on:%d/%m/%Y}" if said.born_on else ""
        person["address"] = ", ".join(part for part in (said.address, said.postcode) if part)
        return {**person, **said.narrative}


def files_of(letter: Letter, kind: str) -> list[ReceivedFile]:
    """The files of a referral that came as ``eml`` (all in the email), ``docx`` (the form attached) or ``pdf``."""
    stem = letter.referral.policing_reference.replace("/", "-")
    if kind == "docx":
        form = national_form(letter)
        return [
            _received(email(letter, ((f"{stem}.docx", form),)), f"{stem}.eml", "Email from policing"),
            _received(form, f"{stem}.docx", "Prevent referral form"),
        ]
    if kind == "pdf":
        return [_received(pdf_letter(letter), f"{stem}.pdf", "Referral letter")]
    return [_received(email(letter), f"{stem}.eml", "Email from policing")]


def email(letter: Letter, attached: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """The email that policing sent; the referral in its words where no form is attached."""
    said = letter.referral
    message = EmailMessage()
    message["From"] = f"{said.sender_name} <{said.reply_address}>"
    message["To"] = letter.to
    message["Date"] = format_datetime(letter.sent_at)
    message["Subject"] = f"OFFICIAL-SENSITIVE: information request {said.policing_reference}"
    body = "The form is attached." if attached else _in_words(letter)
    message.set_content(f"{REQUEST}{body}\n\n{said.sender_name}\n")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def national_form(letter: Letter) -> bytes:
    """The national referral form, its answers in two-column tables under its own headings."""
    said, answers = letter.referral, letter.answers
    document = Document()
    document.add_heading("Prevent referral form", 1)
    rows = [("Police reference", said.policing_reference), ("Referring officer", said.sender_name),
            ("Reply to", said.reply_address), ("Date sent", f"{letter.sent_at:%d/%m/%Y}")]  # fmt: skip
    _table(document, "For police use", rows)
    for heading, questions in FORM:
        if questions[0][0]:
            _table(document, heading, [(question, answers.get(name, "")) for question, name in questions])
        else:
            document.add_heading(heading, 2)
            document.add_paragraph(answers.get(questions[0][1], ""))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_letter(letter: Letter) -> bytes:
    """A letter that says the same in a PDF."""
    said, answers = letter.referral, letter.answers
    sections = tuple(
        Section(
            heading=heading,
            rows=tuple(Row(question, answers.get(name, "")) for question, name in questions if question),
            paragraphs=tuple(answers.get(name, "") for question, name in questions if not question),
        )
        for heading, questions in FORM
    )
    return render_pdf(
        DocumentContent(
            name="referral", title="Request for information", reference=said.policing_reference,
            dated=letter.sent_at.date(), sender="Exampleshire Constabulary", addressed_to=(letter.to,),
            details=(Row("From", f"{said.sender_name} <{said.reply_address}>"),
                     Row("Reply to", said.reply_address), Row("Date", in_words(letter.sent_at.date()))),
            sections=sections, purpose=REQUEST.split("\n\n")[1], signed_by=(said.sender_name,),
        )
    )  # fmt: skip


def _in_words(letter: Letter) -> str:
    said, answers = letter.referral, letter.answers
    lines = [f"Our reference: {said.policing_reference}"]
    for heading, questions in FORM:
        lines.append(f"\n{heading}")
        lines += [f"{question}: {answers.get(name, '')}".removeprefix(": ") for question, name in questions]
    return "\n".join(lines)


def _table(document: WordDocument, heading: str, rows: list[tuple[str, str]]) -> None:
    document.add_heading(heading, 2)
    table = document.add_table(rows=0, cols=2)
    for question, answer in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = question, answer


def _received(data: bytes, name: str, title: str) -> ReceivedFile:
    return ReceivedFile(data, inspect(io.BytesIO(data), name), title, DocumentKind.REFERRAL)
