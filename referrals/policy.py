"""Who may do what to a referral. Rules judge the person and the record they are handed; they never query."""

from prevent_cases.accounts.kinds import NOMINATING, SeatRole, TeamKind
from prevent_cases.casework.rules import Rule, seat, the_system
from referrals.states import ReferralState

an_ssu_officer = Rule(
    "an officer of the Strategic Safeguarding Unit that coordinates the case",
    lambda actor, record: any(s.kind == TeamKind.SSU and s.team_id == record.case.owner_team_id for s in actor.seats),
)
before_it_is_restricted = Rule(
    "only before the receiving team has put anything in the restricted area",
    lambda _, record: (
        record.case.restricted_at is None or record.state not in (ReferralState.WITH_AREA, ReferralState.WITH_LOCALITY)
    ),
)
the_ssu_lead = Rule(
    "the lead of the Strategic Safeguarding Unit",
    lambda actor, record: (
        actor.is_member(record.case.owner_team_id, SeatRole.MANAGER)
        and actor.sits_in(TeamKind.SSU, roles=(SeatRole.MANAGER,))
    ),
)
a_nominated_worker = Rule(
    "a nominated Prevent virtual worker of the team that holds the case",
    lambda actor, record: actor.is_nominated(record.case.holder_team_id),
)
a_holding_member = Rule(
    "a member of the team that holds the case",
    lambda actor, record: actor.is_member(record.case.holder_team_id),
)
a_holding_manager = Rule(
    "a manager of the team that holds the case",
    lambda actor, record: any(
        s.team_id == record.case.holder_team_id and s.role == SeatRole.MANAGER and s.kind in NOMINATING
        for s in actor.seats
    ),
)
childrens_duty = Rule(
    "a member of the children's duty team that holds the case",
    lambda actor, record: any(
        s.kind == TeamKind.CHILDREN and s.team_id == record.case.holder_team_id for s in actor.seats
    ),
)
puts_the_date_right = an_ssu_officer | a_nominated_worker | childrens_duty
the_worker_of_the_form = Rule(
    "the worker the form was given to",
    lambda actor, form: actor.user_id is not None and actor.user_id == form.worker_id,
)
the_colleague_asked = Rule(
    "the colleague who was asked",
    lambda actor, part: actor.user_id is not None and actor.user_id == part.colleague_id,
)
who_asked = Rule(
    "whoever asked the colleague",
    lambda actor, part: actor.user_id is not None and actor.user_id == part.asked_by_id,
)
the_referrer = Rule(
    "the person who made the referral",
    lambda actor, referral: actor.user_id is not None and actor.user_id == referral.referrer_id,
)
ct_policing = seat(TeamKind.POLICING)
not_the_author = Rule(
    "not its author",
    lambda actor, referral: actor.user_id is None or actor.user_id != referral.answer_author_id,
)

ssu_staff = seat(TeamKind.SSU)
duty_staff = seat(TeamKind.CHILDREN)
figures_readers = seat(TeamKind.CHILDREN, TeamKind.SSU, TeamKind.PREVENT_LEAD, TeamKind.AUDIT)
case_staff = seat(TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN)
referrers = seat(
    TeamKind.PRACTITIONER, TeamKind.SSU, TeamKind.AREA, TeamKind.LOCALITY, TeamKind.CHILDREN, TeamKind.PREVENT_LEAD
)
register_importer = ssu_staff | the_system
