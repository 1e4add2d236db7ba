"""People, where they sit, and who is nominated. There is no superuser: the flag does not exist here."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q

from prevent_cases.accounts.histories import kept_history
from prevent_cases.accounts.kinds import OrganisationKind, SeatRole, TeamKind


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    secure_domain = models.CharField(max_length=200, blank=True)
    history = kept_history()

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A grouping of localities that shares an Area Referral Service (K0.3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100, unique=True)
    history = kept_history()

    def __str__(self) -> str:
        return self.name


class Locality(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="localities")
    name = models.CharField(max_length=100, unique=True)
    history = kept_history()

    class Meta:
        verbose_name_plural = "localities"

    def __str__(self) -> str:
        return self.name


class PostcodeDistrict(models.Model):
    """The outward half of a postcode and the locality that serves it: a suggestion, never a decision."""

    outward = models.CharField(max_length=4, primary_key=True)
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="postcodes")
    history = kept_history()

    def __str__(self) -> str:
        return self.outward


class Team(models.Model):
    """A desk that can hold a case. Its group carries the permissions guardian grants to it.

    ``opens_at`` and ``closes_at`` are its hours on working days, where it keeps some: what is due from it is due by the
    hour it closes. ``list_version`` grows with each change to its seats and nominations, so that two admins never
    overwrite each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    kind = models.CharField(max_length=20, choices=TeamKind)
    name = models.CharField(max_length=200, unique=True)
    email = models.EmailField(blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="teams")
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="teams")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="team")
    closed_on = models.DateField(null=True, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    list_version = models.PositiveIntegerField(default=0)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TeamKind.values), name="team_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=TeamKind.LOCALITY) | Q(locality__isnull=False), name="locality_team_has_locality"
            ),
            models.CheckConstraint(condition=~Q(kind=TeamKind.AREA) | Q(area__isnull=False), name="area_team_has_area"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="team_hours_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["User"]):
    """Makes accounts. It has no way to make a superuser."""

    def create_user(self, email: str, password: str | None = None, **extra: object) -> "User":
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class Digest(models.TextChoices):
    EACH = "EACH", "Each notice as it happens"
    DAILY = "DAILY", "One message each morning"


class User(AbstractBaseUser):
    """A person who signs in by email. ``is_superuser`` and ``is_staff`` are constants: nobody skips the rules (D8)."""

    is_superuser = False
    is_staff = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_why = models.CharField(max_length=200, blank=True, default="")
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.EACH)
    groups = models.ManyToManyField(Group, blank=True, related_name="people")
    joined_at = models.DateTimeField()

    objects = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__in=Digest.values), name="user_digest_known"),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True, suspended_why="")
                | (Q(suspended_at__isnull=False, is_active=False) & ~Q(suspended_why="")),
                name="suspended_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def has_perm(self, permission: str, record: object = None) -> bool:
        """Django's question; answered no. Ours is asked of casework.access and the workflow tables."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Dated(models.Model):
    """Something true from one date to another, both included."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


class Membership(Dated):
    """A person's seat in a team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=SeatRole, default=SeatRole.MEMBER)
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=SeatRole.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "team", "role"], condition=Q(ends_on__isnull=True), name="one_open_membership"
            ),
        ]
        indexes = [models.Index(fields=["user", "team"], name="membership_user_team")]

    def __str__(self) -> str:
        return f"{self.user}, {self.team}"


class Nomination(Dated):
    """A nominated Prevent virtual worker of a team; ``covers`` names the nominee stood in for (K0.3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="nominations")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="nominations")
    covers = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = kept_history()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="nomination_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(user=F("covers")), name="nobody_covers_themselves"),
            models.UniqueConstraint(
                fields=["user", "team"], condition=Q(ends_on__isnull=True), name="one_open_nomination"
            ),
        ]
        indexes = [models.Index(fields=["team", "user"], name="nomination_team_user")]

    def __str__(self) -> str:
        return f"{self.user} for {self.team}"
