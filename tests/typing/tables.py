"""Every address that takes a form: those whose form is filled in, and why nothing is typed at the others."""

FORMS = {
    "check-answer", "check-ask", "check-take-back", "hold-end", "hold-renew", "police-check",
    "account", "add-document", "clock-extend", "declare-conflict", "name-worker", "working-days", "write-note",
    "consent-record", "consent-seek", "case-own-list",
    "ask-partner", "asked-question", "partner-again", "partner-record", "partner-withdraw",
    *(
        f"referrals:{act}" for act in (
            "act", "answer", "close", "contribution", "enter-form", "form", "form-ask", "form-cancel",
            "forms-new", "forward", "match-take-back", "need-refer", "needs", "query-answered", "query-back", "recall",
            "record-outcome", "reopen", "reroute", "return-answer", "sign-off-answer", "triage",
            "practitioner-ask", "practitioner-finish",
        )
    ),
    "safety",
    *(
        f"protection-{act}" for act in (
            "emergency", "discuss", "agree", "action", "screen", "child", "confer", "assess", "finish",
        )
    ),
    "acknowledge-child", "close-child", "decide-child", "feedback", "hand-to-adults",
    "children:receive-form", "referrals:birth-date", "referrals:reroute-to-children",
    *(f"refer:{name}" for name in ("begin", "danger", "page")),
    *(
        f"mine:{name}" for name in (
            "advice", "again", "amend", "answer", "decide", "hand", "transport", "urgent", "withdraw",
        )
    ),
    *(
        f"lists:{name}" for name in (
            "add-area", "add-locality", "add-organisation", "add-team", "area", "change-team",
            "end-nomination", "end-seat", "give-seat", "hand-over", "invite", "locality", "nominate", "organisation",
            "person", "review", "who",
        )
    ),
    *(
        f"reference:{name}" for name in (
            "agreement-add", "agreement-edit", "agreement-end", "agreement-party", "agreement-party-add",
            "agreement-review", "course", "course-add", "domain-add", "entry-add", "entry-edit", "entry-end", "part",
            "post", "publish", "record-add", "record-add-for",
        )
    ),
}  # fmt: skip
"""Every address whose form has something to type or choose, by its name."""

NOTHING_TYPED = {
    "lists:close-team": "a page that asks whether one is sure",
    "check-prioritise": "a button",
    "end-conflict": "a page that asks whether one is sure",
    "end-worker": "a page that asks whether one is sure",
    "hide-names": "a switch",
    "keep-typed": "what keeps it",
    "stay-signed-in": "a switch",
    "referrals:autosave-answer": "what keeps it",
    "referrals:autosave-contribution": "what keeps it",
    "referrals:autosave-form": "what keeps it",
    "referrals:contribution-take-back": "a page that asks whether one is sure",
    "referrals:disclosure": "a button",
    "referrals:enter-save": "what keeps it",
    "referrals:exchange-acknowledge": "a button",
    "referrals:form-answer": "reached below, once every question is answered",
    "referrals:link": "a page that asks whether one is sure",
    "referrals:match": "three buttons",
    "referrals:record": "two buttons",
    "referrals:register-preview": "a page that asks whether one is sure",
    "referrals:send-nil-return": "what was chosen is back on the triage page",
    "referrals:send-to-area": "what was chosen is back on the triage page",
    "referrals:send-to-children": "what was chosen is back on the triage page",
    "referrals:send-to-locality": "what was chosen is back on the triage page",
    "referrals:submit-answer": "a button and a tick",
    "referrals:assign": "the ticks go back to the inbox's boxes",
    "referrals:nil-returns": "the ticks go back to the inbox's boxes",
    "referrals:search": "one line in the search box of every page",
    "referrals:register": "a file, which is never kept",
    "referrals:upload": "a file, which is never kept",
    "referrals:practitioner-take-up": "a page that asks whether one is sure",
    "referrals:question-take-back": "a page that asks whether one is sure",
    "refer:check": "a button under what was saved already",
    "refer:documents": "a file, which is never kept",
    "refer:drop": "a button",
    "refer:forget": "a page that asks whether one is sure",
    "refer:save": "what keeps it",
    "refer:training": "a button",
    "lists:invitation": "a button",
    "lists:upload-preview": "a page that asks whether one is sure",
    "lists:upload-undo": "a page that asks whether one is sure",
    "lists:uploads": "a file, which is never kept",
    "lists:withdraw": "a page that asks whether one is sure",
    "reference:domain-retire": "a page that asks whether one is sure",
    "reference:course-retire": "a page that asks whether one is sure",
    "reference:record-remove": "a page that asks whether one is sure",
    "reference:take-back": "a page that asks whether one is sure",
    "reference:training-needed": "a button",
    "account_change_password": "passwords, which are never kept",
    "partner-cover": "a partner's, who has no session to lose",
    "partner-answer": "a partner's, who has no session to lose",
    "join": "a visitor's, who has no session to lose; a password is never kept",
    "account_request_login_code": "a visitor's, who has no session to lose",
}
