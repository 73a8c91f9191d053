"""The audit of a whole ledger: it passes what is whole, and names what is not, bit by bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from merestone.ledger.audit import BATCH, Held, audit
from merestone.ledger.entry import entry_bytes, entry_of
from merestone.ledger.terms import BrokenRecord, Entry, Refusal, Row, Verified
from tests.ledger.made import OTHER, VKEY, entries, note_at, rows_of

ROWS = rows_of(entries(7))
SIZES = (1, 4, 7)
NOTES = [(size, note_at(ROWS, size)) for size in SIZES]


def kept(position: int, entry: Entry, path: str, digits: str) -> Held:
    return Held.KEPT


def audited(rows: Sequence[Row] = ROWS, notes: Sequence[tuple[int, bytes]] = NOTES, since: bytes = b"") -> Verified:
    return audit(iter(rows), iter(notes), VKEY, kept, since)


def where(rows: Sequence[Row] = ROWS, notes: Sequence[tuple[int, bytes]] = NOTES, since: bytes = b"") -> str:
    with pytest.raises(BrokenRecord) as broken:
        audited(rows, notes, since)
    return broken.value.where


def flips(data: bytes) -> list[bytes]:
    return [data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :] for at in range(8 * len(data))]


def found(verified: Verified, number: str) -> str:
    return next(step.found for step in verified.steps if step.number == number)


def test_a_whole_ledger_passes_in_seven_steps() -> None:
    verified = audited()
    assert verified.subject == "MIS-7K3F-Q2MW"
    assert [(step.number, step.checked) for step in verified.steps] == [(str(n), n < 7) for n in range(1, 8)]
    assert found(verified, "4") == "3 checkpoints, the last over 7 entries"
    assert found(verified, "5") == "7 kept and right"
    assert found(verified, "6") == "none"


def test_every_flipped_bit_of_an_entry_names_it() -> None:
    for row in ROWS:
        for data in flips(row.data):
            assert where([*ROWS[: row.position], replace(row, data=data), *ROWS[row.position + 1 :]]) == f"entry {row.position}"


def test_every_flipped_bit_of_a_hash_names_its_entry() -> None:
    for row in ROWS:
        for hashes in flips(row.hashes):
            assert where([*ROWS[: row.position], replace(row, hashes=hashes), *ROWS[row.position + 1 :]]) == f"entry {row.position}"


def test_every_flipped_bit_of_a_checkpoint_names_it() -> None:
    for at, (size, note) in enumerate(NOTES):
        for other in flips(note):
            assert where(notes=[*NOTES[:at], (size, other), *NOTES[at + 1 :]]) == f"checkpoint {size}"


@pytest.mark.parametrize("at", range(7))
def test_an_entry_that_is_gone_or_doubled_or_moved(at: int) -> None:
    assert where([*ROWS[:at], *ROWS[at + 1 :]]) in (f"entry {at}", "checkpoint 7")
    assert where([*ROWS[: at + 1], *ROWS[at:]]) == f"entry {at + 1}"
    if at:
        assert where([*ROWS[: at - 1], ROWS[at], ROWS[at - 1], *ROWS[at + 1 :]]) == f"entry {at - 1}"


def test_a_row_with_too_few_or_too_many_hashes() -> None:
    for hashes in (ROWS[3].hashes[:-32], ROWS[3].hashes + bytes(32), b""):
        assert where([*ROWS[:3], replace(ROWS[3], hashes=hashes), *ROWS[4:]]) == "entry 3"


def test_a_ledger_written_anew_contradicts_its_checkpoints() -> None:
    """All hashes fit, and the signatures do not."""
    leaves = [row.data for row in ROWS]
    other = rows_of([*leaves[:2], entries(1, 99)[0], *leaves[3:]])
    assert where(other) == "checkpoint 4"
    assert where(other, [*NOTES[:1], (7, note_at(other, 7, OTHER))]) == "checkpoint 7"


def test_entries_cut_off_at_the_end() -> None:
    assert where(ROWS[:6]) == "checkpoint 7"
    assert where(ROWS[:4]) == "checkpoint 7"
    assert where([]) == "checkpoint 1"


def test_entries_behind_the_last_checkpoint() -> None:
    assert where(notes=NOTES[:2]) == "entry 4"


def test_without_any_checkpoint_nothing_is_shown() -> None:
    assert where(notes=[]) == "the checkpoints"
    assert where([], []) == "the checkpoints"


def test_checkpoints_in_another_order_or_under_another_size() -> None:
    assert where(notes=[NOTES[1], NOTES[0], NOTES[2]]) == "checkpoint 1"
    assert where(notes=[(1, NOTES[1][1]), NOTES[2]]) == "checkpoint 1"
    assert where(notes=[(-1, NOTES[0][1]), *NOTES]) == "checkpoint -1"


def test_two_checkpoints_of_one_size_and_one_of_none() -> None:
    zero = (0, note_at(ROWS, 0))
    assert found(audited(notes=[zero, NOTES[0], *NOTES]), "4").startswith("5 checkpoints")
    assert audited([], [zero]).steps[0].found == "0 entries"
    other = rows_of(entries(7, 50))
    assert where(notes=[NOTES[0], NOTES[1], (4, note_at(other, 4)), NOTES[2]]) == "checkpoint 4"


def test_a_checkpoint_kept_from_before() -> None:
    for size in range(8):
        assert found(audited(since=note_at(ROWS, size)), "7") == f"the one of size {size}"
    assert audited(since=NOTES[0][1]).steps[-1].checked
    longer, other = rows_of(entries(9)), rows_of(entries(7, 50))
    assert where(since=note_at(longer, 9)) == "the checkpoint kept from before"
    for size in range(1, 8):
        assert where(since=note_at(other, size)) == "the checkpoint kept from before"
    for unfit in (
        note_at(ROWS, 4, OTHER),
        b"a letter\n",
        b"\xff",
        note_at(ROWS, 4) + b"x",
    ):  # the reader's file is at fault, not the record
        with pytest.raises(Refusal) as refused:
            audited(since=unfit)
        assert refused.value.code == "checkpoint_unfit"


def test_hours_that_run_backwards_are_told() -> None:
    leaves = [row.data for row in ROWS]
    early = [entry_bytes(replace(entry_of(leaves[at]), at="2031-01-01T00:00:00.000000Z")) for at in (3, 4)]
    rows = rows_of([*leaves[:3], *early, *leaves[5:]])
    assert (
        found(audited(rows, [(7, note_at(rows, 7))]), "6") == "1 entries bear an hour before that of the entry before them, first entry 3"
    )


def test_each_commitment_is_looked_up_with_its_place() -> None:
    body = {"files": {"a.html": "1" * 64}, "items": ["2" * 64, "3" * 64], "note": "", "sealed": {"4" * 64: "5" * 64}}
    rows = rows_of([entry_bytes(Entry("erased", 1, "ACC-001", "2031-05-17T08:15:00.123456Z", body))])
    asked = []

    def look(position: int, entry: Entry, path: str, digits: str) -> Held:
        asked.append((position, entry.act, path, digits[0]))
        return {"f": Held.DIGEST, "i": Held.ERASED, "s": Held.SEALED}[path[0]]

    verified = audit(rows, [(1, note_at(rows, 1))], VKEY, look)
    sealed = f"sealed/{'4' * 64}"
    assert asked == [
        (0, "erased", *each) for each in [("files/a.html", "1"), ("items/0", "2"), ("items/1", "3"), ("sealed", "4"), (sealed, "5")]
    ]
    told = found(verified, "5")
    assert [told.count(each.value) for each in Held] == [0, 1, 1, 1]
    assert "2 sealed" in told


def test_what_the_keeper_of_the_vault_finds_is_not_swallowed() -> None:
    def look(position: int, entry: Entry, path: str, digits: str) -> Held:
        raise BrokenRecord(f"entry {position}", "bytes", "none")

    with pytest.raises(BrokenRecord, match="entry 0"):
        audit(ROWS, NOTES, VKEY, look)


def test_a_key_that_is_none() -> None:
    with pytest.raises(Refusal, match="key_malformed"):
        audit(ROWS, NOTES, "", kept)


def test_more_entries_than_are_taken_at_a_time() -> None:
    rows = rows_of(entries(2 * BATCH + 5))
    notes = [(size, note_at(rows, size)) for size in (5, BATCH, BATCH + 1, 2 * BATCH + 5)]
    assert found(audited(rows, notes, note_at(rows, BATCH + 700)), "7") == f"the one of size {BATCH + 700}"
    late = replace(rows[BATCH + 9], data=rows[BATCH + 9].data.replace(b"recorded", b"withdrawn"))
    assert where([*rows[: BATCH + 9], late, *rows[BATCH + 10 :]], notes) == f"entry {BATCH + 9}"
