"""England, 2023 guidance: a plain default where an authority has published no flowchart of its own. Data, no logic."""

from datetime import date

from prevent_cases.casework.procedure import ListedDocument, Procedure, Prompt, Reason

ANSWER_HEADINGS = (
    ("safeguarding", "Safeguarding concerns, now or before"),
    ("care_needs", "Care and support needs"),
    ("package", "Package of care"),
    ("children", "Children"),
    ("mental_health", "Mental health"),
    ("susceptibilities", "Susceptibilities"),
    ("influence", "Whether easily influenced"),
    ("concerns", "Concerns"),
    ("vulnerabilities", "Vulnerabilities"),
    ("other", "Anything else relevant"),
)

REASONS = {
    "referral.query_back": (
        Reason("identity", "We cannot tell which person this is"),
        Reason("incomplete", "Something needed is missing from the referral"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "referral.recall": (
        Reason("wrong_team", "It went to the wrong team"),
        Reason("wrong_person", "It was matched to the wrong person"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "referral.reroute": (
        Reason("became_open", "The person is now open to adult social care"),
        Reason("moved", "The person has moved to another locality"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "referral.return_answer": (
        Reason("too_much", "It shares more than is necessary"),
        Reason("unclear", "Fact and opinion are not clear"),
        Reason("incomplete", "Something is missing"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "referral.hand_to_adults": (
        Reason("turned_18", "The person turned 18"),
        Reason("corrected", "The date of birth was wrong: the person is an adult"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "referral.reroute_to_children": (
        Reason("corrected", "The date of birth was wrong: the person is under 18"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "referral.close_child": (
        Reason("support", "Early help or children’s social care goes on with it"),
        Reason("channel", "It went to Channel"),
        Reason("police_led", "Police go on with it"),
        Reason("not_needed", "Nothing more is needed"),
        Reason("moved", "The family moved, and the new authority has it"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "referral.reopen": (
        Reason("new_information", "New information has come"),
        Reason("closed_in_error", "It was closed in error"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "referral.record_outcome": (
        Reason("channel", "To Channel"),
        Reason("police_led", "Held by police with partners"),
        Reason("signposted", "Signposted to other support"),
        Reason("no_further_action", "No further action"),
        Reason("not_disclosed", "Not disclosed"),
    ),
    "search.systems": (
        Reason("archive", "Archived records"),
        Reason("enquiries", "Safeguarding enquiries log"),
    ),
    "hold.renew": (
        Reason("going_on", "The police checks go on"),
        Reason("asked", "CT policing asked for more time"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "hold.end": (
        Reason("agreed", "CT policing told the unit that it may end"),
        Reason("withdrawn", "CT policing withdrew the referral"),
        Reason("unanswered", "CT policing has not answered, and waiting does more harm"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "check.take_back": (
        Reason("not_needed", "It is no longer needed"),
        Reason("in_error", "It was asked in error"),
        Reason("other", "Another reason", needs_words=True),
    ),
    "clock.extend": (
        Reason("awaiting", "We are waiting for information we need"),
        Reason("complex", "The enquiries are larger than usual"),
        Reason("agreed", "Agreed with whoever asked"),
        Reason("other", "Another reason", needs_words=True),
    ),
}

POSTS = {
    "ssu_lead": "Strategic Safeguarding Unit lead",
    "head_of_safeguarding": "Head of safeguarding",
    "prevent_lead": "Prevent lead",
    "policing_supervisor": "Counter terrorism policing supervisor",
    "children_lead": "Children's social care lead",
}

PROMPTS = (
    Prompt(
        "opinions",
        "Opinions and views",
        "For example, justifying violence for a cause, or speaking of a group of people as less than human",
    ),
    Prompt(
        "material",
        "Material and symbols",
        "For example, having, making or sharing leaflets, films, files, marks or tattoos that promote violence",
    ),
    Prompt(
        "behaviour",
        "Changes in behaviour",
        "For example, withdrawing from family or friends, secrecy about where they go or what they do online",
    ),
    Prompt(
        "contacts",
        "People and groups",
        "For example, new contacts who worry you, or a group that asks for loyalty or secrecy",
    ),
    Prompt(
        "harm",
        "A wish to cause harm",
        "For example, threats, an interest in weapons, or in attacks that others have made",
    ),
    Prompt(
        "history",
        "Personal history",
        "For example, loss, bullying, conflict at home, migration or a grievance that has not been heard",
    ),
)
"""What may be noticed, by the groups of N3.1 to N3.3 and the examples of E4.23. There is no profile and no score."""

TEXTS = {
    "advice": "Notice what worries you. Check it with somebody who knows the person or the procedure. Share it without "
    "delay. You do not need to be certain, and you do not need every answer before you ask.",
    "out_of_hours": "The police control room acts on a Prevent concern as it does on any other fear for somebody’s "
    "welfare. Record here afterwards what was done, with the times it was done.",
    "purpose": "Adult social care gives relevant information to counter terrorism policing so that it can assess "
    "whether the person is susceptible to being drawn into terrorism.",
    "nil_return": "Adult social care has no record of this person. Older records may have been destroyed under "
    "the retention schedule.",
    "case_note": "Prevent referral received on {received}. Reference {reference}. The referral is held in the Prevent "
    "restricted area. For access, speak to the nominated Prevent virtual worker of {team}.",
    "lawful_basis": "UK GDPR Article 6(1)(e) public task and Article 9(2)(g) substantial public interest: "
    "safeguarding of individuals at risk (Data Protection Act 2018, Schedule 1, paragraph 18); "
    "Counter-Terrorism and Security Act 2015, section 38.",
    "power": "Counter-Terrorism and Security Act 2015, section 38 (co-operation), and Crime and Disorder Act 1998, "
    "section 115 (disclosure to the police). For a child also the Children Act 2004, sections 10 and 11.",
    "proportionality": "Only what bears on the purpose was chosen from the record. The rest of it is not shared.",
    "fairness": "The same would be shared about anybody in the same position. No protected characteristic was a reason "
    "to share it.",
    "consent_not_sought": "Consent is not the basis on which this is shared, and asking first could add to the risk or "
    "prejudice an assessment of it.",
    "partner_purpose": "To find out whether a partner holds information that bears on how vulnerable the person is, "
    "and on what would help.",
    "partner_power": "Counter-Terrorism and Security Act 2015, section 38 (partners co-operate). For an adult the Care "
    "Act 2014, sections 6, 7 and 45; for a child the Children Act 2004, sections 10 and 11.",
    "partner_proportionality": "The partner is told only what lets them know whom we ask about, and is asked no more "
    "than the purpose needs.",
    "sent_by_other_means": "",
    "threshold_document": "Threshold of needs, the safeguarding partners’ edition in force",
    "threshold_link": "",
    "retention": "Kept for six years after closing, then reviewed. Nothing is destroyed without a decision.",
}

ENGLAND_2023 = Procedure(
    key="england-2023",
    title="England, 2023 guidance",
    authority="Any council in England",
    effective_from=date(2023, 12, 31),
    labels={
        "susceptible": "susceptible to being drawn into terrorism",
        "referral": "Prevent referral",
        "policing": "Counter terrorism policing",
        "register": "case system",
    },
    routes={"OPEN": "LOCALITY", "KNOWN": "LOCALITY", "CHILD": "CHILDREN"},
    steps=(),
    deciders={"section_36": "police", "sign_off": "manager"},
    reasons=REASONS,
    posts=POSTS,
    form_version="national-2023",
    documents=(ListedDocument("guidance", "Channel duty guidance", "2023"),),
    texts=TEXTS,
    answer_headings=ANSWER_HEADINGS,
    prompts=PROMPTS,
)
