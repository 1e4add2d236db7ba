"""The columns of the register extract, and one row of it as read. `docs/register-csv.md` says the same in prose."""

from dataclasses import dataclass
from datetime import date

from referrals.matching.facts import PersonFacts, split_other_names
from referrals.states import RegisterStatus


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, the field of the entry it fills, its label, how long a cell may be, and
    what it accepts in words."""

    name: str
    field: str
    label: str
    longest: int
    is_required: bool = False
    holds: str = ""


COLUMNS = (
    Column("mosaic_id", "mosaic_id", "Mosaic number", 30, is_required=True),
    Column("given_name", "given_name", "Given name", 200),
    Column("family_name", "family_name", "Family name", 200),
    Column("other_names", "other_names", "Other names", 600, holds="Parted by semicolons"),
    Column("date_of_birth", "born_on", "Date of birth", 10, holds="1984-03-12 or 12/03/1984, from 1900 up to today"),
    Column("postcode", "postcode", "Postcode", 10),
    Column("address", "address", "Address", 500),
    Column("nhs_number", "nhs_number", "NHS number", 12, holds="Ten figures; spaces and hyphens are allowed"),
    Column(
        "status",
        "status",
        "Status",
        10,
        is_required=True,
        holds="“open” (open now) or “known” (known before), and nothing else",
    ),
    Column("team", "team", "Team", 200, holds="For whoever is open, a team of this service, named as below"),
    Column("worker_name", "worker_name", "Worker", 150),
    Column("worker_email", "worker_email", "Worker's email", 254),
    Column("last_closed_on", "last_closed_on", "Last closed", 10, holds="1984-03-12 or 12/03/1984, up to today"),
)
NAMES = tuple(column.name for column in COLUMNS)
# What an entry holds beside its number, in this order wherever values are compared.
FIELDS = tuple(column.field for column in COLUMNS if column.field != "mosaic_id")
LABELS = {column.field: column.label for column in COLUMNS}
# A change in one of these changes the keys that the person is found by.
MATCHED_FIELDS = frozenset({"given_name", "family_name", "other_names", "born_on", "postcode", "nhs_number"})
Value = str | date | None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One sound row: texts trimmed, days as dates, `line` where it begins in the file."""

    line: int
    mosaic_id: str
    given_name: str
    family_name: str
    other_names: str
    born_on: date | None
    postcode: str
    address: str
    nhs_number: str
    status: RegisterStatus
    team: str
    worker_name: str
    worker_email: str
    last_closed_on: date | None

    @property
    def values(self) -> tuple[Value, ...]:
        """The values of FIELDS, in that order."""
        return tuple(getattr(self, field) for field in FIELDS)

    @property
    def facts(self) -> PersonFacts:
        """The row as the matcher takes it."""
        return PersonFacts(
            given=self.given_name,
            family=self.family_name,
            other_names=split_other_names(self.other_names),
            born_on=self.born_on,
            postcode=self.postcode,
            address=self.address,
            identifiers={"nhs": self.nhs_number, "mosaic": self.mosaic_id},
        )


@dataclass(frozen=True)
class Reject:
    """Why a row, or with no column the file, cannot be taken; the reason is a sentence fit to show."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"Line {self.line}, {self.column}" if self.column else f"Line {self.line}"
        return f"{where}: {self.reason}"
