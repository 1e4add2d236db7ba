"""The national Prevent referral form of 2020 to 2023 as practitioners answer it (domain.md, section 3). Data, no logic.

A new edition is a new module like this one and an entry in ``EDITIONS``: drafts and referrals keep their own.
"""

from prevent_cases.casework.procedure import Prompt
from referrals.national_form.choices import ADULT, DO_NOT_KNOW, NO, NOT_ASKED, UNDER_18, UNKNOWN, YES, YES_NO, prose
from referrals.national_form.shape import Ask, Edition, Kind, Page

PERSON, CONCERN, KNOWN, FINISH = "The person", "Your concern", "What they know", "Before you send it"

WHO = Page(
    slug="person",
    group=PERSON,
    title="Who are you worried about?",
    intro="Give what you know. You can send this with gaps.",
    asks=(
        Ask(key="individual.given_name", label="Given names", column="given_name", width=20),
        Ask(key="individual.family_name", label="Family name", column="family_name", width=20),
        Ask(key="individual.name_unknown", label="I do not know their name", kind=Kind.TICK, said="Name"),
        Ask(key="individual.other_names", label="Other names they use", column="other_names", longest=600,
            hint="Nicknames, names online and earlier names, with a semicolon between them"),
        Ask(key="individual.born_on", label="Date of birth", kind=Kind.DATE, column="born_on",
            hint="For example, 27 3 2008. Leave it empty if you do not know it"),
        Ask(key="individual.approximate_age", label="If you do not know it, about how old are they?",
            said="Approximate age", hint="An age or a guess, such as 16 or “mid-twenties”", width=20, longest=60),
        Ask(key="individual.address", label="Address", kind=Kind.LINES, column="address", longest=500, rows=3,
            hint="Where they live now, or where they can be found"),
        Ask(key="individual.postcode", label="Postcode", kind=Kind.POSTCODE, column="postcode", width=10, longest=10),
        Ask(key="individual.phone", label="Telephone", column="phone", width=20, longest=40),
    ),
    more_title="More about the person, if you know it",
    more=(
        Ask(key="individual.gender", label="Gender", width=20),
        Ask(key="individual.first_language", label="First language", width=20),
        Ask(key="individual.english", label="How well they speak English", said="English", width=20),
        Ask(key="individual.nationality", label="Nationality", width=20),
        Ask(key="individual.immigration_status", label="Immigration or asylum status", width=20),
        Ask(key="individual.email", label="Email address", kind=Kind.EMAIL, width=20, longest=254),
        Ask(key="individual.nhs_number", label="NHS number", kind=Kind.NHS_NUMBER, column="nhs_number", width=20,
            longest=12),
        Ask(key="individual.previous_addresses", label="Earlier addresses", kind=Kind.LINES, longest=1000, rows=3),
    ),
)  # fmt: skip

AGE = Page(
    slug="age",
    group=PERSON,
    title="Is the person a child or an adult?",
    asks=(
        Ask(key="individual.age_group", label="How old is the person?", kind=Kind.CHOICE, said="Child or adult",
            choices=((UNDER_18, "Under 18"), (ADULT, "18 or over"), DO_NOT_KNOW)),
    ),
)  # fmt: skip

WORRIES = Page(
    slug="worries",
    group=CONCERN,
    title="What worries you?",
    asks=(
        prose("concerns.described", "What are you worried about?",
              "In your own words: what you saw or heard, and why it worries you. Keep fact and opinion apart",
              said="What worries you", rows=8),
        Ask(key="concerns.indicators", label="Have you noticed any of these?", kind=Kind.PROMPTS, own_list=True,
            said="Signs seen", longest=3_000, rows=3,
            hint="Nobody fits a pattern, and nothing here is counted. Tick one only if it helps you to say what you "
            "saw, and add your own words"),
    ),
)  # fmt: skip

HAPPENED = Page(
    slug="happened",
    group=CONCERN,
    title="What happened, and when?",
    asks=(
        prose("concerns.event", "What happened?",
              "One event, or several. Give names, places and the words that were used, if you know them",
              said="What happened"),
        prose("concerns.noticed", "How did you come to know of it?",
              "For example, you saw it, somebody told you, or you saw it online", said="How it came to notice", rows=3),
        Ask(key="dates.arose", label="When did the worry first arise?", said="When it first arose", width=20,
            hint="A date, or about when, such as “early March” or “last term”"),
        Ask(key="concerns.harm_said", label="Have they said they want to hurt somebody, or made threats?",
            kind=Kind.CHOICE, said="Wish to cause harm, or threats", choices=YES_NO,
            reveals={YES: (prose("concerns.harm", "Whom, when, and in which words?", said="Threats made", rows=3),)}),
        Ask(key="concerns.how_soon", label="How soon does somebody need to look at this?", kind=Kind.CHOICE,
            said="How soon", choices=(("today", "Today"), ("week", "This week"), ("later", "It can wait longer"),
                                      DO_NOT_KNOW)),
    ),
)  # fmt: skip

NEEDS = (
    Prompt("complex_needs.crime", "Crime, abuse or bullying", "As a victim, or with a part in it"),
    Prompt("complex_needs.circumstances", "Work, money or housing"),
    Prompt("complex_needs.asylum", "Asylum or migration"),
    Prompt("complex_needs.relationships", "Relationships, court or probation"),
    Prompt("complex_needs.behaviour", "Risky behaviour, alcohol or drugs"),
    Prompt("complex_needs.grievance", "A grievance, or belief in a conspiracy"),
    Prompt("complex_needs.education", "Education, development or mental health"),
    Prompt("complex_needs.disability", "A disability or special needs, known or suspected"),
)

AROUND = Page(
    slug="around",
    group=CONCERN,
    title="Who and what is around them?",
    asks=(
        prose("individual.family", "Family, household and other people around them",
              "Who lives with them, who supports them, and who worries you", said="Family and household", rows=4),
        Ask(key="occupation.education_now", label="School, college, work or how they spend the day",
            said="Education or work now"),
        prose("other.agencies", "Which services already help them?",
              "For example, a GP, a social worker, youth justice or a mental health team", said="Services involved",
              rows=3),
        Ask(key="complex_needs.described", label="Does any of these make life harder for them?", kind=Kind.PROMPTS,
            said="Complex needs", prompts=NEEDS, longest=3_000, rows=3),
    ),
    more_title="More about their life, if you know it",
    more=(
        prose("other.parental_support", "How parents or carers support them", rows=3),
        prose("other.if_unmet", "What may happen if these needs are not met", rows=3),
        Ask(key="occupation.education_before", label="Earlier schools or colleges"),
        Ask(key="occupation.work_before", label="Earlier work"),
    ),
)  # fmt: skip

TOLD = Page(
    slug="known",
    group=KNOWN,
    title="What do they and their family know?",
    intro="Talk to the person, or to a parent or carer, before you refer, unless that could put somebody at risk or "
    "get in the way of an investigation.",
    asks=(
        Ask(key="safeguarding.informed", label="Does the person know about this referral?", kind=Kind.CHOICE,
            said="Person told", choices=YES_NO, reveals={
                YES: (prose("safeguarding.informed_response", "What did they say?", said="What they said", rows=3),),
                NO: (prose("safeguarding.not_informed_why", "Why have they not been told?", rows=3,
                           said="Why they were not told"),)}),
        Ask(key="safeguarding.consent", label="Do they agree to it?", kind=Kind.CHOICE, said="Agreement",
            choices=((YES, "Yes"), (NO, "No"), (NOT_ASKED, "They have not been asked")), reveals={
                NO: (prose("safeguarding.consent_refused_why", "Why refer without it?", rows=3,
                           said="Why it is sent although they do not agree"),),
                NOT_ASKED: (prose("safeguarding.consent_not_asked_why", "Why were they not asked?", rows=3,
                                  said="Why they were not asked"),)}),
        Ask(key="safeguarding.family_informed", label="Does a parent, carer or relative know about it?",
            kind=Kind.CHOICE, said="Family told", choices=YES_NO, reveals={
                YES: (prose("safeguarding.family_response", "Who knows, and what did they say?", rows=3,
                            said="What the family said"),),
                NO: (prose("safeguarding.family_not_informed_why", "Why do they not know?", rows=3,
                           said="Why the family was not told"),)}),
        Ask(key="safeguarding.capacity", label="Is there a reason to doubt that they can decide this for themselves?",
            kind=Kind.CHOICE, said="Doubt about capacity to decide", hint="For people aged 16 or over",
            choices=((NO, "No"), (YES, "Yes"), (UNKNOWN, "I do not know")), reveals={
                YES: (prose("safeguarding.capacity_support", "What is the doubt, and how were they helped to decide?",
                            rows=3, said="The doubt, and help given to decide"),)}),
    ),
    more_title="Health needs, and what you have done already",
    more=(
        prose("safeguarding.diagnosed_detail", "Diagnosed or stated health needs", rows=3),
        prose("safeguarding.action_result", "What you have done, and how it went", rows=3),
        prose("safeguarding.agencies_result", "What other services say", rows=3),
    ),
)  # fmt: skip

NOTICED_BY = (
    Ask(key="first_identifier.full_name", label="Their name", said="Who noticed first", width=20,
        hint="Leave it empty if they do not want to be named"),
    Ask(key="first_identifier.role", label="Their role, and how they know the person", said="Their role"),
    Ask(key="first_identifier.phone", label="Their telephone", width=20, longest=40),
)  # fmt: skip

YOU = Page(
    slug="you",
    group=FINISH,
    title="How can we reach you?",
    intro="Somebody may ring you with a question.",
    told_title="Who is telling you this?",
    told_intro="Write down who is on the telephone. They are kept as the person who made the referral.",
    asks=(
        Ask(key="referrer.full_name", label="Name", width=20),
        Ask(key="referrer.role", label="Job or role", width=20),
        Ask(key="referrer.organisation", label="Organisation", width=20),
        Ask(key="referrer.phone", label="Telephone", width=20, longest=40, hint="One that is answered in the day"),
        Ask(key="referrer.email", label="Email address", kind=Kind.EMAIL, width=20, longest=254),
        Ask(key="referrer.relationship", label="How do you know the person?", said="How they know the person"),
        Ask(key="first_identifier.who", label="Who noticed it first?", kind=Kind.CHOICE, said="First noticed by",
            choices=(("me", "The person named above"), ("other", "Somebody else"), DO_NOT_KNOW),
            reveals={"other": NOTICED_BY}),
    ),
    more_title="Your organisation's Prevent contact",
    more=(
        Ask(key="prevent_contact.full_name", label="Prevent contact", width=20),
        Ask(key="prevent_contact.phone", label="Prevent contact's telephone", width=20, longest=40),
        Ask(key="prevent_contact.email", label="Prevent contact's email address", kind=Kind.EMAIL, width=20,
            longest=254),
    ),
)  # fmt: skip

DOCUMENTS = Page(
    slug="documents",
    group=FINISH,
    title="Documents and photos",
    intro="Only what bears on your worry. You can send this without any.",
)

NATIONAL_2023 = Edition(
    key="national-2023",
    title="National Prevent referral form, 2020 to 2023",
    readers="Who reads this: the council's safeguarding unit and counter terrorism police.",
    pages=(WHO, AGE, WORRIES, HAPPENED, AROUND, TOLD, YOU, DOCUMENTS),
)
