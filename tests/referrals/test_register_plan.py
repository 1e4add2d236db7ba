"""What an import would do: every row and every entry falls in exactly one place, and one fault blocks it all."""

import io
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from referrals.register.columns import FIELDS, MATCHED_FIELDS, RegisterRow, Reject
from referrals.register.plan import Difference, Held, Plan, plan
from referrals.register.reading import Reading, read
from referrals.states import RegisterStatus

ROW = RegisterRow(
    line=2, mosaic_id="1", given_name="Marigold", family_name="Penwick", other_names="", born_on=date(1984, 3, 12),
    postcode="ZZ1 1AA", address="", nhs_number="", status=RegisterStatus.OPEN, team="Northshire", worker_name="",
    worker_email="", last_closed_on=None,
)  # fmt: skip


def held(row: RegisterRow, *, is_ended: bool = False) -> Held:
    """As the database gives it back: the status is plain text."""
    values = tuple(str(value) if isinstance(value, RegisterStatus) else value for value in row.values)
    return Held(row.mosaic_id, values, is_ended)


def numbered(*numbers: int) -> tuple[RegisterRow, ...]:
    return tuple(replace(ROW, line=number + 1, mosaic_id=str(number)) for number in numbers)


def planned(rows: tuple[RegisterRow, ...], *entries: Held, rejects: tuple[Reject, ...] = ()) -> Plan:
    return plan(Reading(rows, rejects, ""), entries)


def test_the_same_file_again_changes_nothing() -> None:
    found = planned((ROW,), held(ROW))
    assert (found.unchanged, found.is_empty, found.is_importable, found.warning) == (1, True, True, "")


def test_adds_changes_returns_and_ends_are_told_apart() -> None:
    one, two, three, four = numbered(1, 2, 3, 4)
    changed = replace(
        two, status=RegisterStatus.KNOWN, team="", born_on=date(1984, 12, 3), last_closed_on=date(2020, 1, 2)
    )
    found = planned((one, changed, three), held(two), held(three, is_ended=True), held(four))
    assert found.adds == (one,)
    assert [change.row for change in found.returns] == [three]
    assert found.returns[0].differences == ()
    assert found.ended == ("4",)
    (change,) = found.changes
    assert change.differences == (
        Difference("born_on", "Date of birth", "12 March 1984", "3 December 1984"),
        Difference("status", "Status", "Open now", "Known before"),
        Difference("team", "Team", "Northshire", "empty"),
        Difference("last_closed_on", "Last closed", "empty", "2 January 2020"),
    )
    assert change.is_found_otherwise


def test_a_new_worker_needs_no_new_keys() -> None:
    (change,) = planned((replace(ROW, worker_name="Sam Example"),), held(ROW)).changes
    assert not change.is_found_otherwise


def test_whoever_was_ended_and_is_still_left_out_stays_as_they_are() -> None:
    assert planned((ROW,), held(ROW), held(numbered(9)[0], is_ended=True)).is_empty


def test_one_reject_blocks_everything_and_ends_nobody() -> None:
    found = planned((ROW,), held(numbered(7)[0]), rejects=(Reject(3, "status", "It is empty."),))
    assert not found.is_importable
    assert found.ended == ()


def test_a_file_that_names_nobody_is_refused() -> None:
    found = planned((), held(ROW))
    assert not found.is_importable
    assert found.ended == ()
    assert "would end every entry" in found.rejects[0].reason


def test_an_unreadable_file_keeps_its_own_reason() -> None:
    found = plan(read(io.BytesIO(b""), date(2026, 11, 22)), [held(ROW)])
    assert [reject.reason for reject in found.rejects] == ["The file is empty: its first line must name the columns."]


def test_a_file_that_looks_cut_brings_a_warning() -> None:
    entries = [held(row) for row in numbered(*range(1000))]
    assert planned(numbered(*range(800)), *entries).warning == ""
    cut = planned(numbered(*range(799)), *entries)
    assert cut.warning == "The file leaves out 201 of the 1,000 people held now. Check that it is whole."
    assert cut.is_importable


def test_a_small_register_may_shrink_without_a_warning() -> None:
    assert planned(numbered(0), *[held(row) for row in numbered(*range(50))]).warning == ""


def test_the_fields_people_are_found_by_are_fields() -> None:
    assert set(FIELDS) >= MATCHED_FIELDS


@given(
    st.sets(st.integers(0, 30)), st.dictionaries(st.integers(0, 30), st.tuples(st.booleans(), st.sampled_from("AB"))),
)  # fmt: skip
def test_everybody_falls_in_exactly_one_place(in_file: set[int], entries: dict[int, tuple[bool, str]]) -> None:
    rows = numbered(*in_file)
    database = [
        held(
            replace(ROW, mosaic_id=str(number), team=f"Northshire{team}" if team == "B" else "Northshire"),
            is_ended=ended,
        )
        for number, (ended, team) in entries.items()
    ]
    found = planned(rows, *database)
    assert len(found.adds) + len(found.changes) + len(found.returns) + found.unchanged == len(rows)
    if rows:
        still = {number for number, (ended, _) in entries.items() if not ended}
        assert {int(number) for number in found.ended} == still - in_file
        assert {int(change.row.mosaic_id) for change in found.returns} == (set(entries) - still) & in_file
    after = {row.mosaic_id: row.values for row in (*found.adds, *(change.row for change in found.changes))}
    assert all(after.get(row.mosaic_id, row.values) == row.values for row in rows)
