"""Sign in the people whose pages are measured; print a name, a tab and a session cookie a line. Run by pages.py."""

from __future__ import annotations

from datetime import timedelta

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 -- after setup
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db.models import Count  # noqa: E402

from prevent_cases.accounts.actors import the_service  # noqa: E402
from prevent_cases.accounts.kinds import NOMINATING, SeatRole, TeamKind  # noqa: E402
from prevent_cases.accounts.models import Team, User  # noqa: E402
from prevent_cases.accounts.operations import nominate, seat  # noqa: E402
from prevent_cases.casework.models import Case, Event  # noqa: E402
from prevent_cases.casework.now import now, today  # noqa: E402

BACKEND = "prevent_cases.accounts.backends.SeatedBackend"


def main() -> None:
    """The people: one of the SSU, a typical locality worker, and those who might have it worst."""
    held = dict(Case.objects.open().order_by().values_list("holder_team").annotate(Count("pk")))
    localities = sorted(Team.objects.filter(kind=TeamKind.LOCALITY), key=lambda team: held.get(team.pk, 0))
    middle = localities[len(localities) // 2]
    ssu = Team.objects.get(kind=TeamKind.SSU)
    officer = _person("officer", ssu)
    _print("officer", officer)
    _print("typical", _person("typical", middle))
    _print("rarest", _person("rarest", *localities[:2]))
    _print("every team", _person("every team", *localities))
    _print("nothing", _person("nothing", _empty_team(middle)))
    _print("others' work", _person("others' work", localities[-1]))
    _print("children", _person("children", Team.objects.filter(kind=TeamKind.CHILDREN).first() or middle))
    counts = Event.objects.filter(case__closed_at=None).order_by().values("case").annotate(events=Count("pk"))
    long = counts.order_by("-events").first()
    short = counts.filter(events__lte=10).order_by("-events").first()
    print(f"long case\t{long['case']}")
    print(f"short case\t{short['case']}")


def _person(name: str, *teams: Team) -> User:
    email = f"{name.replace(' ', '-').replace(chr(39), '')}@bench.example"
    user = User.objects.create_user(email, None, name=name.capitalize(), joined_at=now())
    for team in teams:
        starts_on, by, at = today() - timedelta(days=30), the_service("benchmark"), now()
        seat(user=user, team=team, role=SeatRole.MEMBER, starts_on=starts_on, by=by, at=at)
        if team.kind in NOMINATING:
            nominate(user=user, team=team, starts_on=starts_on, by=by, at=at)
    return user


def _empty_team(like: Team) -> Team:
    group = like.group.__class__.objects.create(name="An empty team")
    return Team.objects.create(
        organisation=like.organisation, kind=like.kind, name="An empty team", locality=like.locality, group=group
    )


def _print(name: str, user: User) -> None:
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    print(f"{name}\t{session.session_key}")


if __name__ == "__main__":
    main()
