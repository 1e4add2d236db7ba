"""The documents adult social care sends about a referral. Plain values in, a description of the document out.

Nothing here renders, reads the database or knows the time: ``prevent_cases.casework.rendering`` gives each
description its look. K0.1, K0.6, K0.12 to K0.14.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prevent_cases.casework.rendering.content import DocumentContent, Row, Section, Statement, in_words

NOTHING_KNOWN = "Nothing known."
NOT_ANSWERED = "Not answered yet."
NOTHING_WRITTEN = "Nothing was written under the form’s headings."
NIL_RETURN_TITLE = "Nil return"
ANSWER_TITLE = "Answer to policing"
FORM_ANSWER_TITLE = "Completed information gathering form"
HANDLING = (
    "Share only with those who need it for this purpose. Do not put it on a general case record, or tell the person "
    "or their family of it, without speaking to the sender."
)
SEARCH_AGAIN = "If you learn of other names, dates of birth or addresses, tell us and we will search again."
HOW_TO_ANSWER = (
    "Answer only what bears on the purpose above. Keep fact and opinion apart, and say where each comes from. Where "
    "nothing is known, say so."
)
MINIMUM = (
    "Only information that bears on this purpose is included. It is accurate to the best of our knowledge on the "
    "date above. Tell the sender if any of it is wrong, or if it reached you by mistake."
)

OVERVIEW = frozenset({"susceptibilities", "influence", "concerns", "vulnerabilities"})
"""Keys of the headings that give policing its overview of the person (K0.13); their titles say so."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whom the document is about, as the referral names them. ``born`` may be None, ``address`` empty."""

    name: str
    born: date | None = None
    address: str = ""

    def rows(self) -> tuple[Row, ...]:
        """The person as rows at the head of a document; what is not known is said to be."""
        born = in_words(self.born) if self.born else "Not given"
        rows = (Row("About", self.name), Row("Date of birth", born))
        return (*rows, Row("Address given", self.address)) if self.address else rows


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What every document says of itself. ``theirs`` is the recipient's reference; lines may be empty tuples."""

    reference: str
    theirs: str = ""
    dated: date
    council: str
    addressed_to: tuple[str, ...]
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Search:
    """One system searched: its name, the day, who searched, with what ("name and date of birth"), and what came up.

    ``extract_on`` is the date of the copy that was searched, where it was a copy.
    """

    system: str
    on: date
    by: str
    using: str
    found: str = "No record found"
    extract_on: date | None = None

    def row(self) -> Row:
        """The search as evidence in words."""
        searched = f"Searched {in_words(self.on)} by {self.by}, using {self.using}"
        if self.extract_on:
            searched += f", in the copy of {in_words(self.extract_on)}"
        return Row(self.system, f"{self.found}\n{searched}")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is known under one heading, fact and opinion apart, each as it was typed. Both empty: nothing is known.

    ``fact_from`` and ``opinion_from`` say where it comes from and whose it is ("Assessment, 3 May 2026").
    """

    key: str
    fact: str = ""
    opinion: str = ""
    fact_from: str = ""
    opinion_from: str = ""


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """Why this may be shared: the basis in law, why it is needed, why no more than this, and who approved it."""

    lawful_basis: str
    necessity: str
    proportionality: str = ""
    approved_by: str = ""

    def section(self) -> Section:
        """The reasons as the document's last section."""
        rows = (
            Row("Lawful basis", self.lawful_basis),
            Row("Why it is necessary", self.necessity),
            Row("Why no more than this", self.proportionality),
            Row("Approved by", self.approved_by),
        )
        return Section(heading="Why this is shared", rows=tuple(row for row in rows if row.value))


def referral_as_entered(letter: Letter, subject: Subject, words: Sequence[tuple[str, str]]) -> DocumentContent:
    """A referral that came without a file: what was typed of it, as (heading, words), so that it can be placed (A9).

    ``letter.council`` is who sent it.
    """
    sections = tuple(Section(heading=heading, paragraphs=tuple(text.splitlines())) for heading, text in words)
    return DocumentContent(
        name="referral",
        title="Referral as entered",
        reference=letter.reference,
        dated=letter.dated,
        sender=letter.council,
        addressed_to=letter.addressed_to,
        details=(*_theirs(letter), *subject.rows()),
        handling=HANDLING,
        purpose="What was typed when this referral was received. It came without a file.",
        sections=sections or (Section(heading="What it says", paragraphs=(NOTHING_WRITTEN,)),),
    )


def nil_return(
    letter: Letter,
    subject: Subject,
    searches: Sequence[Search],
    *,
    purpose: str,
    words: str,
    not_searched: tuple[str, str] | None = None,
) -> DocumentContent:
    """No record held: what was searched, by whom and when (K0.1, K0.5, K0.6).

    ``purpose`` and ``words`` are the procedure's; ``words`` say that older records may have been destroyed.
    ``not_searched`` is the register and why it could not be searched. Raises ValueError without a search.
    """
    if not searches:
        raise ValueError("A nil return says what was searched.")
    rows = tuple(search.row() for search in searches)
    if not_searched:
        register, why = not_searched
        rows = (Row(register, f"Not searched: {why}"), *rows)
    return DocumentContent(
        name="nil-return",
        title="Nil return: no record held",
        reference=letter.reference,
        dated=letter.dated,
        sender=letter.council,
        addressed_to=letter.addressed_to,
        details=(*_theirs(letter), *subject.rows()),
        handling=HANDLING,
        purpose=purpose,
        sections=(
            Section(heading="Result", paragraphs=(words, SEARCH_AGAIN)),
            Section(heading="What was searched", rows=rows),
        ),
        signed_by=letter.signed_by,
        footer=MINIMUM,
    )


def answer_to_policing(
    letter: Letter,
    subject: Subject,
    answers: Sequence[Answer],
    sharing: Sharing,
    *,
    headings: Sequence[tuple[str, str]],
    purpose: str,
    unanswered: frozenset[str] = frozenset(),
) -> DocumentContent:
    """The locality's answer: every heading of K0.12 and K0.13 in the procedure's order, "Nothing known" where so.

    ``headings`` are the procedure's (key, words); ``unanswered`` the keys of those nobody has dealt with, in a draft:
    what is not answered is not "nothing known". Raises ValueError when two answers have one key, or an answer's
    key is no heading: nothing written may be dropped.
    """
    by_key = _by_key(answers, {key for key, _ in headings})
    return DocumentContent(
        name="answer",
        title="Information from adult social care",
        reference=letter.reference,
        dated=letter.dated,
        sender=letter.council,
        addressed_to=letter.addressed_to,
        details=(*_theirs(letter), *subject.rows()),
        handling=HANDLING,
        purpose=purpose,
        sections=(
            *(
                Section(heading=_titled(key, words), paragraphs=(NOT_ANSWERED,))
                if key in unanswered
                else _answered(_titled(key, words), by_key.get(key))
                for key, words in headings
            ),
            sharing.section(),
        ),
        signed_by=letter.signed_by,
        footer=MINIMUM,
    )


def information_gathering_form(
    letter: Letter,
    subject: Subject,
    questions: Sequence[str],
    *,
    due: date | None = None,
    answers: Sequence[Answer] = (),
    sharing: Sharing | None = None,
    purpose: str,
) -> DocumentContent:
    """A Prevent Information Gathering Form (K0.14, K0.15): blank to be filled in, or with the answers given so far.

    An answer's ``key`` is the number of its question from 1, as text. A question without an answer keeps its box
    while ``sharing`` is None; once it is given the form is final, and such a question says "Nothing known".
    """
    numbered = [(str(n), f"{n}. {question}") for n, question in enumerate(questions, start=1)]
    by_key = _by_key(answers, {key for key, _ in numbered})
    if sharing is None and not answers:
        sections = [Section(heading="Questions", to_answer=tuple(words for _, words in numbered))]
    else:
        sections = [
            Section(heading=words, paragraphs=(NOT_ANSWERED,))
            if sharing is None and key not in by_key
            else _answered(words, by_key.get(key))
            for key, words in numbered
        ]
    if sharing:
        sections.append(sharing.section())
    asked_by = (Row("Answer by", in_words(due)),) if due else ()
    return DocumentContent(
        name="information-gathering-form",
        title="Prevent information gathering form",
        reference=letter.reference,
        dated=letter.dated,
        sender=letter.council,
        addressed_to=letter.addressed_to,
        details=(*_theirs(letter), *subject.rows(), *asked_by),
        handling=HANDLING,
        purpose=purpose,
        sections=tuple(sections),
        signed_by=letter.signed_by,
        footer=MINIMUM if sharing else HOW_TO_ANSWER,
    )


def _theirs(letter: Letter) -> tuple[Row, ...]:
    return (Row("Your reference", letter.theirs),) if letter.theirs else ()


def _by_key(answers: Sequence[Answer], keys: set[str]) -> dict[str, Answer]:
    found = {answer.key: answer for answer in answers}
    if len(found) != len(answers) or not found.keys() <= keys:
        raise ValueError("Each answer belongs to one heading of the document.")
    return found


def _answered(words: str, answer: Answer | None) -> Section:
    if answer is None or not (answer.fact.strip() or answer.opinion.strip()):
        return Section(heading=words, paragraphs=(NOTHING_KNOWN,))
    return Section(
        heading=words,
        facts=(Statement(answer.fact, answer.fact_from),) if answer.fact.strip() else (),
        opinions=(Statement(answer.opinion, answer.opinion_from),) if answer.opinion.strip() else (),
    )


def _titled(key: str, words: str) -> str:
    return f"Overview: {words[:1].lower()}{words[1:]}" if key in OVERVIEW else words
