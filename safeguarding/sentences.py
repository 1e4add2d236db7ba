"""What the timeline says of safeguarding's events. The steps of each workflow say their own."""

from prevent_cases.casework.sentences import Saying, Subject, declare_workflow
from safeguarding.workflow import PARTNER_REQUEST

declare_workflow(PARTNER_REQUEST, Subject.SHARING)
Saying("partner.asked", "asked {agency} a question, for an answer by {due_on}", Subject.SHARING)
Saying("partner.opened", "saw that {agency} opened the question", Subject.SHARING)
