"""The national Prevent referral form by edition: sections, fields, and the headings each goes under. Data, no logic.

Keys are ours and never change; headings are what forms print, in lower case, and may grow. A new edition is a new
entry in EDITIONS. ``docs/files.md`` lists the keys. A heading matches whatever its case, numbering, punctuation,
plural or bracketed hint ("Forename(s) (if known):" is "forename"); one of 20 letters or more also matches a longer
printed question that begins with it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FormField:
    """One answer of the form: its key, our label for it, and the headings it is printed under."""

    key: str
    label: str
    headings: tuple[str, ...]


def _field(key: str, label: str, *headings: str) -> FormField:
    return FormField(key, label, headings)


@dataclass(frozen=True)
class FormSection:
    """One part of the form. ``free_text`` is the key that words under the heading itself go to, if it takes any.

    ``prompts`` are hints printed in the form, which are not answers.
    """

    key: str
    label: str
    headings: tuple[str, ...]
    fields: tuple[FormField, ...] = ()
    free_text: str = ""
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormEdition:
    """One published edition. ``placeholders`` are words that stand in a box nobody has filled."""

    key: str
    label: str
    sections: tuple[FormSection, ...]
    placeholders: tuple[str, ...] = ()


_PHONE = ("telephone", "phone", "phone number", "mobile", "mobile number")
_EMAIL = ("email address", "email", "e mail")


def _person(section: str) -> tuple[FormField, ...]:
    return (
        _field(f"{section}.anonymous", "Wishes to stay anonymous", "do they wish to remain anonymous", "anonymous"),
        _field(f"{section}.given_name", "Forenames", "forename", "first name", "given name"),
        _field(f"{section}.family_name", "Surname", "surname", "last name", "family name"),
        _field(f"{section}.full_name", "Name", "name", "full name"),
        _field(f"{section}.role", "Role", "professional role and organisation", "role and organisation", "role",
               "post"),
        _field(f"{section}.organisation", "Organisation", "organisation", "agency", "employer"),
        _field(f"{section}.relationship", "Relationship to the individual", "relationship to individual",
               "relationship"),
        _field(f"{section}.phone", "Telephone", "contact telephone number", "contact number", "telephone number",
               *_PHONE),
        _field(f"{section}.email", "Email", *_EMAIL),
    )  # fmt: skip


POLICING = FormSection(
    "policing",
    "Counter terrorism policing",
    ("for police use", "police use only", "request for information", "information request"),
    (
        _field("policing.reference", "Police reference", "police reference", "ctp reference", "our reference",
               "reference number", "referral reference", "urn", "reference"),
        _field("policing.officer", "Officer", "referring officer", "case officer", "officer", "officer in the case"),
        _field("policing.reply_to", "Reply address", "reply to", "please reply to", "return to", "please return to",
               "return address", "reply address"),
        _field("policing.dated", "Date sent", "date sent", "date of request", "date"),
    ),
)  # fmt: skip

INDIVIDUAL = FormSection(
    "individual",
    "The individual",
    ("individuals biographical and contact details", "biographical and contact details", "individuals details",
     "details of the individual", "details of individual", "about the individual", "individual",
     "person being referred", "personal details"),
    (
        _field("individual.given_name", "Forenames", "forename", "first name", "given name"),
        _field("individual.family_name", "Surname", "surname", "last name", "family name"),
        _field("individual.full_name", "Name", "name", "full name"),
        _field("individual.other_names", "Other names", "alias", "aliases", "aka", "also known as", "other name",
               "known as", "nickname", "previous name", "alias other name", "aliases other names"),
        _field("individual.born_on", "Date of birth", "date of birth", "dob", "d o b"),
        _field("individual.approximate_age", "Approximate age", "approx age", "approximate age", "age"),
        _field("individual.gender", "Gender", "gender", "sex"),
        _field("individual.address", "Current address", "known address", "current address", "home address", "address"),
        _field("individual.previous_addresses", "Earlier addresses", "previous address", "other address"),
        _field("individual.nationality", "Nationality", "nationality citizenship", "nationality", "citizenship"),
        _field("individual.immigration_status", "Immigration or asylum status", "immigration asylum status",
               "immigration status", "asylum status"),
        _field("individual.first_language", "First language", "primary language", "first language", "language"),
        _field("individual.english", "English", "level of english", "spoken english"),
        _field("individual.phone", "Telephone", "contact number", "telephone number", "contact telephone number",
               *_PHONE),
        _field("individual.email", "Email", *_EMAIL),
        _field("individual.family", "Family and household", "any other family detail", "family detail",
               "family household", "family and household", "family makeup", "household"),
        _field("individual.nhs_number", "NHS number", "nhs number", "nhs no"),
    ),
)  # fmt: skip

CONCERNS = FormSection(
    "concerns",
    "Concerns",
    ("describe concerns", "describe your concerns", "describe the concerns", "concerns", "nature of concerns"),
    (
        _field("concerns.noticed", "How it came to notice", "how why did the individual come to your organisation",
               "how did the individual come to notice", "how noticed"),
        _field("concerns.event", "A particular event", "does it involve a specific event", "specific event"),
        _field("concerns.indicators", "Signs seen", "what indicators have been seen", "indicators"),
        _field("concerns.travel", "Travel to a conflict zone", "has the individual discussed personal travel plans",
               "travel to a conflict zone", "travel plans"),
        _field("concerns.contacts", "Worrying contacts", "does the individual have contact with groups or individuals",
               "worrying contacts"),
        _field("concerns.online", "Phone, internet and social media",
               "is there something about the individuals mobile phone",
               "phone internet and social media", "internet and social media use"),
        _field("concerns.harm", "Wish to cause harm, or threats",
               "has the individual expressed a desire to cause physical harm", "expressed wish to harm", "threats"),
        _field("concerns.interest", "Sympathetic interest", "has the individual shown a concerning interest",
               "has the individual expressed a sympathetic interest", "sympathetic interest"),
        _field("concerns.anything_else", "Anything else", "please describe any other concerns you may have",
               "any other concerns", "anything else"),
    ),
    free_text="concerns.described",
    prompts=("in as much detail as possible", "for example", "guidance", "please provide as much detail as possible"),
)  # fmt: skip

COMPLEX_NEEDS = FormSection(
    "complex_needs",
    "Complex needs",
    ("complex needs", "complex need"),
    (
        _field("complex_needs.crime", "Crime, abuse or bullying", "victim of crime abuse or bullying",
               "crime abuse bullying"),
        _field("complex_needs.circumstances", "Work, money or housing", "work financial or housing problems",
               "work money housing"),
        _field("complex_needs.asylum", "Asylum or migration", "citizenship asylum or immigration issues", "asylum"),
        _field("complex_needs.relationships", "Relationships, court or probation",
               "personal problems emotional difficulties", "relationships court probation"),
        _field("complex_needs.behaviour", "Risky behaviour, alcohol or drugs", "on probation any erratic violent",
               "risky behaviour", "alcohol and drugs", "substance misuse"),
        _field("complex_needs.grievance", "Grievance or conspiracy", "expressed feelings of injustice or grievance",
               "grievance"),
        _field("complex_needs.education", "Education, development or mental health",
               "educational issues developmental or behavioural", "education development mental health"),
        _field("complex_needs.disability", "Disability or special needs, known or suspected",
               "please describe any other need or potential vulnerability", "disability", "special educational needs"),
    ),
    free_text="complex_needs.described",
    prompts=("are there any needs in the individuals life", "is there anything in the individuals life", "for example",
             "guidance"),
)  # fmt: skip

OTHER = FormSection(
    "other",
    "Other information",
    ("other information", "other relevant information", "further information"),
    (
        _field("other.agencies", "Other agencies and professionals", "other agencies involved",
               "agencies and professionals involved", "other professionals involved"),
        _field("other.parental_support", "Support from parents or carers", "parental support", "parent carer support"),
        _field("other.if_unmet", "What may happen if needs are not met", "what may happen if needs are not met",
               "if needs are unmet"),
    ),
    free_text="other.described",
    prompts=("please provide any further information",),
)  # fmt: skip

SAFEGUARDING = FormSection(
    "safeguarding",
    "Safeguarding",
    ("safeguarding considerations", "safeguarding"),
    (
        _field("safeguarding.diagnosed", "Stated or diagnosed needs",
               "does the individual have any stated or diagnosed", "diagnosed needs"),
        _field("safeguarding.diagnosed_detail", "Details of those needs", "please describe stating whether",
               "please describe"),
        _field("safeguarding.lead_consulted", "Discussed with the safeguarding or Prevent lead",
               "have you discussed this individual with your", "have you discussed with your safeguarding lead"),
        _field("safeguarding.lead_result", "Result of that discussion", "what was the result of the discussion",
               "result of discussion"),
        _field("safeguarding.informed", "Individual told of the referral", "have you informed the individual",
               "individual informed"),
        _field("safeguarding.informed_response", "Their response", "what was the response", "response"),
        _field("safeguarding.action", "Direct action taken", "have you taken any direct action with the individual",
               "direct action taken"),
        _field("safeguarding.action_result", "What was done, and its result", "what was the action and the result",
               "action and result"),
        _field("safeguarding.agencies_consulted", "Discussed with other agencies",
               "have you discussed your concerns around the individual", "other agencies consulted"),
        _field("safeguarding.agencies_result", "Result of the talk with other agencies",
               "what was the result of the discussion", "result of discussion"),
    ),
)  # fmt: skip

DATES = FormSection(
    "dates",
    "Dates",
    ("relevant dates", "dates", "key dates"),
    (
        _field("dates.arose", "Concern first arose", "date the concern first came to light", "date concern arose",
               "date concern first arose"),
        _field("dates.referred", "Referral made", "date referral made to prevent", "date referral made",
               "date of referral"),
    ),
)  # fmt: skip

OCCUPATION = FormSection(
    "occupation",
    "Employment and education",
    ("individuals employment education details", "employment education details", "employment and education",
     "employment education"),
    (
        _field("occupation.work_now", "Work now", "current occupation and employer", "current occupation",
               "occupation"),
        _field("occupation.work_before", "Work before", "previous occupation and employer", "previous occupation"),
        _field("occupation.education_now", "Education now", "current school college university", "current education"),
        _field("occupation.education_before", "Education before", "previous school college university",
               "previous education"),
    ),
)  # fmt: skip

FIRST_IDENTIFIER = FormSection(
    "first_identifier",
    "Who first identified the concerns",
    ("person who first identified the concerns", "first identifier", "who first identified the concern"),
    _person("first_identifier"),
)
REFERRER = FormSection(
    "referrer",
    "Who is making the referral",
    ("person making this referral", "person making the referral", "referrer details", "referrer", "your details"),
    _person("referrer"),
)
PREVENT_CONTACT = FormSection(
    "prevent_contact",
    "The referrer's Prevent contact",
    ("referrers organisational prevent contact", "organisational prevent contact", "prevent contact"),
    _person("prevent_contact"),
)

NATIONAL_2023 = FormEdition(
    "national-2023",
    "National Prevent referral form, 2020 to 2023",
    (POLICING, INDIVIDUAL, CONCERNS, COMPLEX_NEEDS, OTHER, FIRST_IDENTIFIER, REFERRER, PREVENT_CONTACT, DATES,
     SAFEGUARDING, OCCUPATION),
    placeholders=(
        "click or tap here to enter text", "click here to enter text", "choose an item", "click or tap to enter a date",
        "dd mm yyyy", "first name", "last name", "d o b", "please enter", "please select", "enter text", "select",
        "identify which address is the individuals current residence", "stated gender", "telephone numbers",
        "stated nationality citizenship documentation if any", "email addresses",
        "immigration status refugee status asylum claimant please describe",
        "does the individual speak read english what is the individuals first language",
        "family makeup who lives with the individual anything relevant", "yes no",
        "please describe stating whether the concern has been diagnosed",
    ),
)  # fmt: skip

EDITIONS = {edition.key: edition for edition in (NATIONAL_2023,)}
