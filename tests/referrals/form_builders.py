"""The national form as police send it, made at test time with invented people. Layout after the published form."""

from __future__ import annotations

import io

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'

INDIVIDUAL = [
    ("Forename(s):", "Tamsin"),
    ("Surname:", "Wetherlark-Nguyễn"),
    ("Date of Birth (DD/MM/YYYY):", "04/06/1987"),
    ("Approx. Age (if DoB unknown):", ""),
    ("Gender:", "Female"),
    ("Known Address(es):", "4 Larkspur Rise, Nettleford, EX4 9ZZ (current)\n17 Old Quay, Saltmere"),
    ("Nationality / Citizenship:", "British"),
    ("Immigration / Asylum Status:", "Click or tap here to enter text."),
    ("Primary Language:", "English"),
    ("Contact Number(s):", "01632 960123"),
    ("Email Address(es):", "tamsin@home.example"),
    ("Any Other Family Details:", "Lives with a sister"),
]
PROMPTS = [
    "FOR EXAMPLE:",
    "• How / why did the Individual come to your organisation’s notice in this instance?",
    "• Does it involve a specific event? What happened? Is it a combination of factors? Describe them.",
    "• What indicators have been seen?",
    "• Please describe any other concerns you may have that are not mentioned here.",
]
CONCERN = "She has begun to speak of a coming war.\nHer key worker saw leaflets on 3 October."
SAFEGUARDING = [
    (
        "Does the Individual have any stated or diagnosed disabilities, disorders or mental health issues?",
        "Yes ☒   No ☐",
    ),
    ("Please describe, stating whether the concern has been diagnosed.", "Mild learning disability, diagnosed 2003"),
    ("Have you discussed this Individual with your organisation’s Safeguarding / Prevent lead?", "☒ Yes   ☐ No"),
    ("What was the result of the discussion?", "Agreed to refer"),
    ("Have you informed the Individual that you are making this referral?", "Yes ☐ No ☒"),
    ("What was the response?", ""),
    ("Have you discussed your concerns around the Individual with any other agencies?", "[x] Yes [ ] No"),
    ("What was the result of the discussion?", "Housing will call back"),
]


def table(document, rows, columns=2):
    made = document.add_table(rows=0, cols=columns)
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=False):
            cell.text = text
    return made


def wide(document, *lines: str):
    document.add_table(rows=1, cols=1).cell(0, 0).text = "\n".join(lines)


def banner(document, text: str):
    """A heading in a row of its own, merged over both columns, as the form prints it."""
    made = document.add_table(rows=1, cols=2)
    made.cell(0, 0).merge(made.cell(0, 1)).text = text


def national_form(*, individual=INDIVIDUAL, concern: str = CONCERN, prompts=PROMPTS, upper: bool = True) -> bytes:
    say = str.upper if upper else str
    document = Document()
    document.add_heading("PREVENT REFERRAL FORM", level=1)
    document.add_paragraph("Please reply to: desk@ctpse.example")
    document.add_paragraph("Our reference: CTPSE/2026/00123")
    banner(document, say("1. Individual’s Biographical & Contact Details"))
    table(document, individual)
    banner(document, say("2. Describe Concerns"))
    wide(
        document,
        "In as much detail as possible, please describe the specific concern(s) relevant to Prevent.",
        *prompts,
    )
    wide(document, concern)
    banner(document, say("3. Complex Needs"))
    wide(document, "Is there anything in the Individual’s life that you think might be affecting their wellbeing?")
    wide(document, "Debt and a poor night’s sleep.")
    banner(document, say("4. Other Information"))
    wide(document, "Please provide any further information that you think may be relevant.")
    wide(document, "Her housing officer visits on Mondays.")
    banner(document, say("Person Who First Identified the Concerns"))
    table(
        document,
        [
            ("Do they wish to remain anonymous?", "☒ Yes ☐ No"),
            ("Forename:", "Ada"),
            ("Surname:", "Brackenmoor"),
            ("Professional Role & Organisation:", "Key worker, Nettleford Homes"),
            ("Relationship to Individual:", "Key worker"),
            ("Contact Telephone Number:", "01632 960999"),
            ("Email Address:", "ada@homes.example"),
        ],
    )
    banner(document, say("Person Making This Referral (if different from above)"))
    table(
        document, [("Forename:", "Colm", "Surname:", "Fennimore"), ("Email Address:", "colm@homes.example", "", "")], 4
    )
    banner(document, say("Relevant Dates"))
    table(
        document,
        [
            ("Date the concern first came to light:", "3 October 2026"),
            ("Date referral made to Prevent:", "5th October 2026"),
        ],
    )
    banner(document, say("Safeguarding Considerations"))
    table(document, SAFEGUARDING)
    banner(document, say("Individual’s Employment / Education Details"))
    table(
        document,
        [("Current Occupation & Employer:", "Packer, Saltmere Foods"), ("Previous School / College / University:", "")],
    )
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def control(inner: str, properties: str = "") -> str:
    return f"<w:sdt {nsdecls('w')} {W14}><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def run(text: str) -> str:
    return f"<w:r {nsdecls('w')}><w:t xml:space='preserve'>{text}</w:t></w:r>"


def tick(checked: bool) -> str:
    return control(
        run("☒" if checked else "☐"), f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/></w14:checkbox>'
    )


def append(paragraph, *markup: str):
    for piece in markup:
        paragraph._p.append(parse_xml(piece))
