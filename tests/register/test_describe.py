"""Descriptions and notes: what a person says beside an exhibit; the exhibit stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from merestone.capture.terms import Known, Unknown
from merestone.ledger.terms import Refusal
from merestone.register import queries, vault
from merestone.register.about import About
from merestone.register.describe import describe
from merestone.register.erase import Erasing, erase
from merestone.register.frozen import thaw
from merestone.register.notes import note
from merestone.register.protect import protect
from merestone.register.terms import Mission
from tests.register.cast import ADMINISTRATOR, ANALYST, MONITOR, REVIEWER, SECOND
from tests.register.desk_work import VELDAR, acts, give, proposed, two_sides


def test_what_nobody_stated_is_described_and_the_act_points_back(mission: Mission, tmp_path: Path) -> None:
    (arrived,) = give(mission, tmp_path / "a", {"one.txt": VELDAR})
    before = queries.exhibit(mission, arrived.exhibit)
    done = describe(
        mission,
        ANALYST,
        before.id,
        {"publisher": " Veldar  Press Agency ", "published": "2031-05-17", "language": "English"},
        "its masthead",
    )
    after = queries.exhibit(mission, before.id)
    assert (after.publisher, after.published, after.language, after.name) == ("Veldar Press Agency", "2031-05-17", "en", "one.txt")
    assert queries.entry(mission, done.position).body["replaces"] == before.about
    about, old = thaw(About, vault.read(mission, after.about)), thaw(About, vault.read(mission, before.about))
    assert (about.publisher, old.publisher) == (Known("Veldar Press Agency", "described"), Unknown("not stated"))
    assert (about.size, about.encoding, about.title) == (old.size, old.encoding, old.title)
    describe(mission, REVIEWER, before.id, {"publisher": "unknown"}, "it is a copy")
    assert queries.exhibit(mission, before.id).publisher == ""


def test_what_cannot_be_described_is_refused(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    protect(mission, ANALYST, orsay, "a witness")
    before = acts(mission)
    for exhibit, stated, reason, code in (
        (ve, {"published": "soon"}, "because", "bad_option"), (ve, {"language": "?"}, "because", "bad_option"), (ve, {"name": "x"}, "because", "bad_option"),
        (ve, {"publisher": ""}, "because", "bad_option"), (ve, {"publisher": "Ministry of Defence of Veldar"}, "because", "nothing_changes"),
        (ve, {}, "because", "nothing_changes"), (ve, {"publisher": "A"}, " ", "reason_missing"), (orsay, {"publisher": "A"}, "because", "exhibit_protected"),
        ("EXH-0000-0000", {"publisher": "A"}, "because", "not_in_record"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            describe(mission, ANALYST, exhibit, stated, reason)
    with pytest.raises(Refusal, match="role_missing"):
        describe(mission, MONITOR, ve, {"publisher": "A"}, "because")
    assert acts(mission) == before


def test_notes_stand_beside_whatever_is_in_the_record(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    for subject in (ve, f"{ve}#1", "INC-2031-0001"):
        note(mission, ADMINISTRATOR, subject, f" about {subject} ")
    assert [(row.subject, vault.read(mission, row.note).decode()) for row in queries.notes(mission)] == [
        (subject, f"about {subject}") for subject in (ve, f"{ve}#1", "INC-2031-0001")
    ]
    for subject in ("EXH-0000-0000", f"{ve}#9", "INC-2031-0099", "EDN-2031-0001", "OBS-0000-0000", "PTL-0000-0000", "ACC-001", "the mill"):
        with pytest.raises(Refusal, match="not_in_record"):
            note(mission, MONITOR, subject, "words")
    with pytest.raises(Refusal, match="note_empty"):
        note(mission, MONITOR, ve, " ")


def test_a_note_about_what_is_protected_is_sealed(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    protect(mission, ANALYST, ve, "a witness")
    note(mission, ANALYST, ve, "the brother of the miller")
    (row,) = queries.notes(mission)
    assert vault.is_sealed(mission.alias, row.note)
    erase(mission, REVIEWER, Erasing(orsay, "the person's wish", "asked", SECOND))
    with pytest.raises(Refusal, match="exhibit_erased"):
        note(mission, ANALYST, orsay, "words")
