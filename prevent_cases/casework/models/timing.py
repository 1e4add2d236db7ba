"""Deadlines: a run of a clock, the ledger its due moment is computed from, and the work due because of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.models import Team
from prevent_cases.casework import clocks
from prevent_cases.casework.kinds import ClockState, DueKind, LedgerEntry
from prevent_cases.casework.models.spine import Case
from prevent_cases.casework.querysets import ClockRunQuerySet


class ClockRun(models.Model):
    """One promise on one record. ``due_at`` is a fold of its ledger, stored; nobody edits it (D12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clock_runs", db_index=False)
    subject = models.CharField(max_length=90)
    clock = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=ClockState, default=ClockState.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    promised = models.CharField(max_length=60)
    rule_version = models.CharField(max_length=120)
    calendar_version = models.CharField(max_length=120)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    """Who owes it, where one person does: told before whoever has the case."""
    chase_address = models.EmailField(blank=True)
    until = models.TimeField(null=True)
    """The hour it is due, where the team that owes it has hours of its own."""

    objects = ClockRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "clock"], condition=~Q(state=ClockState.STOPPED), name="one_unfinished_run"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(stopped_at__gte=F("started_at")), name="run_stops_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state=ClockState.STOPPED, stopped_at__isnull=False)
                | (~Q(state=ClockState.STOPPED) & Q(stopped_at__isnull=True)),
                name="run_stopped_both_or_neither",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state", "due_at"], name="run_of_case"),
            models.Index(fields=["due_at"], condition=Q(state=ClockState.RUNNING), name="run_due"),
            models.Index(
                fields=["team", "clock", "due_at", "id"],
                condition=Q(state=ClockState.RUNNING),
                name="run_of_team_by_clock",
            ),
            models.Index(
                fields=["person", "due_at"],
                condition=Q(state=ClockState.RUNNING, person__isnull=False),
                name="run_due_of_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} on {self.subject}"

    @property
    def declared(self) -> clocks.Clock:
        return clocks.declared(self.clock)


class ClockEntry(models.Model):
    """A line of a clock's ledger. Written once."""

    run = models.ForeignKey(ClockRun, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=LedgerEntry)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LedgerEntry.values), name="ledger_entry_known"),
            models.CheckConstraint(
                condition=~Q(kind=LedgerEntry.EXTENDED) | (Q(due_on__isnull=False) & ~Q(reason="")),
                name="extension_has_date_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.run_id}"


class DueAction(models.Model):
    """Work that falls due on a clock: warn, mark late, escalate. One row each, fired once, found by the sweep."""

    run = models.ForeignKey(ClockRun, on_delete=models.PROTECT, related_name="due_actions", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    clock = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=DueKind)
    rung = models.PositiveSmallIntegerField(default=0)
    post = models.CharField(max_length=60, blank=True)
    fire_at = models.DateTimeField()
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    fired_at = models.DateTimeField(null=True)
    is_live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "rung"], name="one_due_action"),
            models.CheckConstraint(condition=Q(kind__in=DueKind.values), name="due_kind_known"),
        ]
        indexes = [
            models.Index(
                fields=["fire_at"], condition=Q(fired_at__isnull=True, is_live=True), name="due_action_to_fire"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.run_id}"


class ProclaimedDay(models.Model):
    """An extra bank holiday by proclamation, added by an administrator."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    division = models.CharField(max_length=30)
    on = models.DateField()
    name = models.CharField(max_length=100)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division", "on"], name="one_proclamation_a_day")]

    def __str__(self) -> str:
        return f"{self.name}, {self.on}"


class Heartbeat(models.Model):
    """When a scheduled job last ran to its end."""

    job = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
    seconds = models.FloatField(default=0)

    def __str__(self) -> str:
        return self.job
