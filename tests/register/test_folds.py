"""Every kind of act has a fold and a golden entry: bytes that must be read, folded and written again for ever."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from merestone.ledger.entry import entry_bytes, entry_of
from merestone.ledger.terms import BrokenRecord, Entry
from merestone.register import bodies
from merestone.register.changes import Insert, Put, Update
from merestone.register.folds import FOLDS, fold, split
from merestone.register.terms import FIELD_ITEMS, ITEM_KINDS, KINDS, Act

GOLDEN = Path(__file__).parent / "golden"

ABOUT = {
    "name": "note.txt",
    "publisher": {"is": "Known", "value": "Veldar Courier", "origin": "option"},
    "language": {"is": "Unknown", "reason": "none"},
}
CLAIM = {"kind": "shelling", "initiator": "VE", "when": {"from": "2031-05-17T03:40-02:00", "to": "2031-05-17T04:00-02:00"}}
SHOWN = {
    "about": ABOUT, "claim": CLAIM, "name": "Anouk", "text": "text", "original": "bytes",
    "reading": {"claims": [CLAIM, CLAIM], "statements": [], "appeals": [{}], "responses": [], "signatories": []},
    "members": {"moved": {"EXH-0000-0001#1": "INC-2031-0001", "EXH-0000-0001#2": ""}, "fresh": ["INC-2031-0001"], "leads": {"INC-2031-0002": "INC-2031-0001"}},
}  # fmt: skip
UNPROTECTED = ("about", "claim", "reading", "text")  # in this order stand the items of the golden `unprotected`


def held_for(entry: Entry):
    """What the vault shows of the golden entry's items."""
    kinds = {commitment: kind for commitment, kind, _ in bodies.named(entry.act, entry.body)}
    if entry.act == "unprotected":
        kinds |= dict(zip(entry.body["items"], UNPROTECTED, strict=True))

    def held(commitment: str) -> tuple[str, bytes] | None:
        told = SHOWN.get(kinds[commitment], "")
        return kinds[commitment], told.encode() if isinstance(told, str) else json.dumps(told).encode()

    return held


def told(changes: object) -> list[dict[str, object]]:
    return [{"is": type(change).__name__, **asdict(change)} for change in changes]  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_fold_and_a_golden_entry(kind: str) -> None:
    for version in range(1, KINDS[kind].version + 1):
        assert (kind, version) in FOLDS
        stored = (GOLDEN / f"{kind}-v{version}.json").read_bytes()
        entry = entry_of(stored)
        assert (entry.act, entry.version) == (kind, version)
        assert entry_bytes(entry) == stored
        changes = told(fold(7, entry, held_for(entry)))
        wanted = json.loads((GOLDEN / f"{kind}-v{version}.fold.json").read_text(encoding="utf-8"))
        assert json.loads(json.dumps(changes)) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_the_golden_body_is_what_its_kind_says_today(kind: str) -> None:
    entry = entry_of((GOLDEN / f"{kind}-v{KINDS[kind].version}.json").read_bytes())
    assert bodies.checked(Act(kind, entry.actor, entry.body, entry.second)) | {"sealed": 0} == dict(entry.body) | {"sealed": 0}
    assert bool(entry.second) == KINDS[kind].two


def test_no_golden_is_kept_for_what_is_gone() -> None:
    assert {path.name.partition("-v")[0] for path in GOLDEN.iterdir()} == set(KINDS)
    assert {kind for kind, _ in FOLDS} == set(KINDS)


def test_a_kind_or_version_that_nobody_knows_is_not_passed_over() -> None:
    for entry in (
        Entry("received", 2, "ACC-001", "2031-05-17T08:15:00.123456Z", {}),
        Entry("guessed", 1, "ACC-001", "2031-05-17T08:15:00.123456Z", {}),
    ):
        with pytest.raises(BrokenRecord, match="entry 7"):
            list(fold(7, entry, lambda _: None))


def test_every_field_that_names_an_item_says_of_which_kind() -> None:
    for kind, told_of in KINDS.items():
        for name, wanted in told_of.body.items():
            if wanted.lstrip("?") == "item" and name != "replaces":
                assert FIELD_ITEMS.get(f"{kind}.{name}", FIELD_ITEMS.get(name)) in ITEM_KINDS, f"{kind}.{name}"


def test_members_of_incidents_cannot_be_missing() -> None:
    entry = entry_of((GOLDEN / "linked-v1.json").read_bytes())
    with pytest.raises(BrokenRecord, match="entry 7"):
        list(fold(7, entry, lambda _: None))


def test_refs_fall_into_their_parts() -> None:
    assert split("EXH-7K3F-Q2MW#12") == ("EXH-7K3F-Q2MW", "", 12)
    assert split("EXH-7K3F-Q2MW#S3") == ("EXH-7K3F-Q2MW", "S", 3)


def test_what_is_closed_shows_nothing() -> None:
    entry = entry_of((GOLDEN / "received-v1.json").read_bytes())
    (row,) = fold(0, entry, lambda _: None)
    assert isinstance(row, Insert)
    assert (row.values["name"], row.values["publisher"]) == ("", "")
    entry = entry_of((GOLDEN / "recorded-v1.json").read_bytes())
    (put,) = fold(0, entry, lambda _: None)
    assert isinstance(put, Put)
    assert put.values["kind"] == ""
    entry = entry_of((GOLDEN / "protected-v1.json").read_bytes())
    assert all(isinstance(change, Update) for change in fold(0, entry, lambda _: None))
