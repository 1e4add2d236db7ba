"""The jobs as Celery knows them. The broker only says when: the rows decide what is done, and a lost message costs
nothing but a minute."""

from celery import shared_task

from prevent_cases.casework import jobs
from prevent_cases.casework.now import now


@shared_task(name="casework.sweep_clocks")
def sweep_clocks() -> None:
    jobs.run("sweep_clocks", now())


@shared_task(name="casework.send_notices")
def send_notices() -> None:
    jobs.run("send_notices", now())


@shared_task(name="casework.scan_documents")
def scan_documents() -> None:
    jobs.run("scan_documents", now())


@shared_task(name="casework.end_grants")
def end_grants() -> None:
    jobs.run("end_grants", now())


@shared_task(name="casework.forget_drafts")
def forget_drafts() -> None:
    jobs.run("forget_drafts", now())


@shared_task(name="casework.run_job")
def run_job(job: str) -> None:
    """A job that an app above this one declares (settings.JOB_MODULES), by its name."""
    jobs.run(job, now())
