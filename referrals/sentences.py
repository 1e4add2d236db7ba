"""What the timeline says of the referrals' events. The steps of each workflow say their own."""

from prevent_cases.casework.sentences import Saying, Subject, declare_workflow
from referrals.workflow import CONTRIBUTION, INFORMATION_FORM, PRACTITIONER_REFERRAL, QUESTION, REFERRAL

declare_workflow(REFERRAL)
declare_workflow(PRACTITIONER_REFERRAL)
declare_workflow(QUESTION)
declare_workflow(INFORMATION_FORM, Subject.FORMS)
declare_workflow(CONTRIBUTION, Subject.FORMS)

Saying("referral.received", "entered the referral from CT policing", Subject.STEPS)
Saying("referral.received_by_duty", "received the referral from the local police hub", Subject.STEPS)
Saying("birth_date.corrected", "corrected the date of birth", Subject.PEOPLE)
Saying("practitioner.sent", "sent a referral to CT policing, and a copy to this service", Subject.STEPS)
Saying("practitioner.asked", "asked the referrer a question", Subject.STEPS)
Saying("practitioner.amended", "changed what they wrote under {boxes}", Subject.STEPS)
Saying("practitioner.transported", "recorded how the form went to police: {how}", Subject.STEPS)
Saying("match.same", "decided that this is the same person as in an earlier record", Subject.PEOPLE)
Saying("match.different", "decided that this is not the person in an earlier record", Subject.PEOPLE)
Saying("match.unsure", "was not sure whether this is the person in an earlier record", Subject.PEOPLE)
Saying("match.taken_back", "took back a decision about who the person is: {reason}", Subject.PEOPLE)
Saying("record.note_added", "added the neutral case note to the case system", Subject.STEPS)
Saying("record.document_placed", "placed the referral in the Prevent restricted area", Subject.STEPS)
Saying("form.registered", "registered an information gathering form, due on {due_on}", Subject.FORMS)
Saying("contribution.asked", "asked {who} for a part of an information gathering form", Subject.FORMS)
Saying("need.found", "noted another need, to be referred before the case closes", Subject.WORK)
Saying("need.referred", "referred another need to {referred_to}", Subject.WORK)
Saying("form.handed_over", "gave an information gathering form to {to}, because {who} leaves", Subject.FORMS)
Saying("contribution.handed_over", "asked {to} in place of {who}, who leaves, for a part of a form", Subject.FORMS)
