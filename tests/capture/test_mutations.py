"""Whatever is done to a file's bytes, it is read or refused: no other failure comes out, and what is read leads back to its bytes."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from merestone.capture import Limits, sniff
from merestone.capture.corpus import csv_entries, json_entries
from merestone.capture.identify import draft_of, identify
from merestone.ledger.terms import Refusal
from tests.faults.museum import CORPUS, GOOD, NOTICED, REFUSED

SAMPLES = {
    name: data
    for name, data in (
        (name, make()) for name, make in {**GOOD, **{name: make for name, (_, make) in {**REFUSED, **NOTICED}.items()}}.items()
    )
    if 0 < len(data) < 20_000
} | {"corpus.jsonl": CORPUS, "table.csv": b'id,text\n1,"one\n two"\n2,three\n'}
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=8)), max_size=6)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for share, length, new in changes:
        at = int(share * len(data))
        data = data[:at] + new + data[at + length :]
    return data


@given(name=st.sampled_from(sorted(SAMPLES)), changes=CHANGES)
@example(name="mail.eml", changes=[(0.0, 0, b"Content-Type: multipart/mixed\n")])
def test_changed_bytes_are_read_or_refused(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    data = changed(SAMPLES[name], changes)
    try:
        identified = identify(data, name, Limits())
        if identified.corpus and identified.decoded is not None:
            reader = json_entries if identified.kind == sniff.JSONL else csv_entries
            assert all(isinstance(entry, Refusal) or entry.row > 0 for entry in reader(identified.decoded, Limits()))
            return
        draft = draft_of(data, identified, Limits())
    except Refusal as refusal:
        told = refusal.code
    else:
        told = draft.encoding
        assert all(0 <= piece.start < piece.end <= len(draft.text) for piece in draft.pieces)
    assert told
