"""What the timeline says of safeguarding's events. The steps of each workflow say their own."""

from prevent_cases.casework.sentences import Saying, Subject, declare_workflow
from safeguarding.workflow import CHECK

declare_workflow(CHECK)
Saying("check.asked", "asked CT policing: {asked}", Subject.STEPS)
