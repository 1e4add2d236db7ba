"""The jobs of referrals as Celery knows them: the broker only says when."""

from celery import shared_task

from prevent_cases.casework import jobs
from prevent_cases.casework.now import now


@shared_task(name="referrals.forget_concerns")
def forget_concerns() -> None:
    jobs.run("forget_concerns", now())
