"""Erasing: after it no byte of the content is in any file of the mission, the tree stands, and it is said who did it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import ids, people, queries, receive, vault
from merestone.register import mission as missions
from merestone.register import protect as protecting
from merestone.register.audit import verify
from merestone.register.configure import rows
from merestone.register.erase import Erased, Erasing, erase
from merestone.register.record import record, writing
from merestone.register.sweep import bundles, swept
from merestone.register.terms import Act, Founding, Mission
from tests.register.cast import ADMINISTRATOR, ANALYST, MONITOR, PUBLISHER, REVIEWER, SECOND
from tests.register.conftest import ground
from tests.register.told import judged, received, traces, words, worked_on

ORDER = "order 17 of the data office"


def gone(mission: Mission, subject: str) -> Erased:
    return erase(mission, REVIEWER, Erasing(subject, ORDER, "asked by the household", SECOND))


def test_nothing_is_left_of_an_exhibit_in_any_file(mission: Mission, tmp_path: Path) -> None:
    told, other = worked_on(mission, tmp_path, "Brook"), worked_on(mission, tmp_path, "Ferry")
    judged(mission, other, told, "Brook")
    done = gone(mission, told.exhibit)
    assert done.swept
    assert traces(mission.folder, [*told.words, words("Brook")["judged"]]) == []
    assert {text for _, text in traces(mission.folder, other.words)} == set(other.words)
    found = verify(mission)
    assert "erased by an act that says so" in next(step.found for step in found.steps if step.number == "5")


def test_the_database_is_written_anew(mission: Mission, tmp_path: Path) -> None:
    """What it leaves behind when it moves a row to another page is not overwritten with the row."""
    large = tmp_path / "large.txt"
    large.write_text("a line of many\n" * 20_000, encoding="utf-8")
    arrived = list(receive.receive(mission, MONITOR, [large], receive.Options()))
    gone(mission, arrived[0].exhibit)
    assert rows(mission.alias, "PRAGMA freelist_count") == [(0,)]
    assert (mission.folder / "record.sqlite3-wal").stat().st_size == 0


def test_keys_and_bytes_are_gone_and_the_entry_is_named(mission: Mission, tmp_path: Path) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    row = queries.exhibit(mission, told.exhibit)
    done = gone(mission, told.exhibit)
    for commitment in (row.original, row.text, row.about, row.reading):
        with pytest.raises(Refusal, match="item_erased") as caught:
            vault.read(mission, commitment)
        assert caught.value.facts == {"entry": done.entries[0]}
    after = queries.exhibit(mission, told.exhibit)
    assert after.erased
    assert (after.name, after.publisher) == ("", "")
    states = {edition.id: edition.state for edition in queries.editions(mission)}
    assert states == {told.draft: "void", told.published: "published"}
    entry = queries.entry(mission, done.entries[0])
    assert (entry.act, entry.actor, entry.second) == ("erased", people.who(mission, REVIEWER).id, people.who(mission, SECOND).id)
    assert vault.read(mission, entry.body["authority"]).decode() == ORDER


def test_what_is_sealed_is_erased_without_the_passphrase(locked: Mission, tmp_path: Path) -> None:
    told = worked_on(locked, tmp_path, "Brook")
    protecting.protect(locked, MONITOR, told.exhibit, "they asked for it")
    sealed = [
        row.data for row in vault.of_kinds(locked.alias, ("original", "text", "about", "reading", "claim", "note", "reason")) if row.wrapped
    ]
    assert len(sealed) == 7
    gone(locked, told.exhibit)
    stored = (locked.folder / "record.sqlite3").read_bytes()
    assert not any(cipher[:64] in stored for cipher in sealed)
    assert queries.exhibit(locked, told.exhibit).erased


def test_twice_or_what_is_not_there(mission: Mission, tmp_path: Path) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    gone(mission, told.exhibit)
    for subject in (told.exhibit, f"{told.exhibit}#1"):
        with pytest.raises(Refusal, match="erased_already"):
            gone(mission, subject)
    for subject in (
        "EXH-0000-0000",
        "EXH-0000-0000#1",
        f"{told.exhibit}#99",
        "ACC-999",
        "OBS-0000-0000",
        "EDN-2031-9999",
        "INC-2031-0001",
        "",
        "x",
        "0" * 64,
    ):
        with pytest.raises(Refusal, match="not_in_record"):
            gone(mission, subject)
    with pytest.raises(Refusal, match="exhibit_erased"):
        protecting.protect(mission, MONITOR, told.exhibit, "too late")
    with pytest.raises(Refusal, match="exhibit_erased"):
        protecting.lift(mission, REVIEWER, SECOND, told.exhibit, "too late")


def test_persons_authority_and_reason(mission: Mission, tmp_path: Path) -> None:
    told = received(mission, tmp_path, "Brook")
    right = Erasing(told.exhibit, ORDER, "asked", SECOND)
    for actor, erasing, code in (
        (REVIEWER, replace(right, authority=" \n"), "authority_missing"),
        (REVIEWER, replace(right, reason=""), "reason_missing"),
        (SECOND, right, "second_needed"),
        (SECOND, replace(right, second=people.who(mission, SECOND).id), "second_needed"),
        (REVIEWER, replace(right, second="nobody"), "unknown_actor"),
        (REVIEWER, replace(right, second=MONITOR), "role_missing"),
        (REVIEWER, replace(right, second=ADMINISTRATOR), "role_missing"),
        (MONITOR, right, "role_missing"),
        (ANALYST, right, "role_missing"),
        (ADMINISTRATOR, right, "role_missing"),
    ):
        with pytest.raises(Refusal, match=code):
            erase(mission, actor, erasing)
    assert not queries.exhibit(mission, told.exhibit).erased
    erase(mission, PUBLISHER, right)
    assert queries.exhibit(mission, told.exhibit).erased


def test_a_mission_of_one_is_told_to_appoint_a_second_person(tmp_path: Path) -> None:
    alone = missions.create(tmp_path / "alone", Founding("teaching", "Solveig"), ground())
    told = tmp_path / "note.txt"
    told.write_text("a text of one line", encoding="utf-8")
    arrived = list(receive.receive(alone, "Solveig", [told], receive.Options()))
    erasing = Erasing(arrived[0].exhibit, ORDER, "asked", "Solveig")
    with pytest.raises(Refusal, match="second_person_missing"):
        erase(alone, "Solveig", erasing)
    people.appoint(alone, "Solveig", "Thora", ("reviewer",))
    erase(alone, "Solveig", replace(erasing, second="Thora"))
    assert verify(alone)
    missions.close(alone)


def test_the_recorded_words_of_one_claim(mission: Mission, tmp_path: Path) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    gone(mission, f"{told.exhibit}#1")
    assert traces(mission.folder, [words("Brook")["claim"], words("Brook")["linking"], words("Brook")["edition"]]) == []
    assert not queries.exhibit(mission, told.exhibit).erased
    one, two = queries.claims(mission, told.exhibit)[:2]
    assert (one.kind, one.incident, one.state) == ("", "", "withdrawn")  # nothing is made from it any more
    assert (two.kind, two.state) == ("detention", "proposed")
    with pytest.raises(Refusal, match="erased_already"):
        gone(mission, f"{told.exhibit}#1")
    gone(mission, told.exhibit)
    assert traces(mission.folder, told.words) == []


def test_a_name(mission: Mission, tmp_path: Path) -> None:
    people.appoint(mission, ADMINISTRATOR, "Xanthe Quillfeather", ("monitor",))
    number = people.who(mission, "Xanthe Quillfeather").id
    people.appoint(mission, ADMINISTRATOR, number, ("monitor", "analyst"))
    record(
        mission,
        [Act("decided", people.who(mission, REVIEWER).id, *_decided(mission, number, worked_on(mission, tmp_path, "Brook").exhibit))],
    )
    before = vault.held(mission, "INC-2031-0001")
    gone(mission, number)
    assert traces(mission.folder, ["Xanthe Quillfeather", "Quillfeather"]) == []
    assert (people.who(mission, number).name, people.who(mission, number).open) == ("", True)
    assert vault.held(mission, "INC-2031-0001") == before
    with pytest.raises(Refusal, match="erased_already"):
        gone(mission, number)


def _decided(mission: Mission, by: str, exhibit: str) -> tuple[dict[str, object], str, tuple[vault.Item, ...]]:
    why = vault.item(mission, "reason", exhibit, b"as was said")
    return {"subject": f"{exhibit}#1", "verdict": "refuted", "point": "", "by": [by], "reason": why.commitment}, "", (why,)


@pytest.mark.parametrize(("kind", "prefix", "field"), [("patrolled", "PTL", "patrol"), ("observed", "OBS", "observation")])
def test_a_form(mission: Mission, kind: str, prefix: str, field: str) -> None:
    with writing(mission) as desk:
        number = ids.drawn(mission, prefix)
        form = vault.item(mission, "form", number, b'{"with": "our driver Xanthe Quillfeather"}')
        body = {field: number, "form": form.commitment} | ({"patrol": ""} if prefix == "OBS" else {})
        desk.add(Act(kind, people.who(mission, MONITOR).id, body, items=(form,)))
    gone(mission, number)
    assert traces(mission.folder, ["Quillfeather"]) == []


def test_the_frozen_content_of_an_edition(mission: Mission, tmp_path: Path) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    gone(mission, told.draft)
    assert {row.id: row.state for row in queries.editions(mission)} == {told.draft: "void", told.published: "published"}
    assert vault.read(mission, queries.edition(mission, told.published).content)
    gone(mission, told.published)
    assert traces(mission.folder, [words("Brook")["edition"]]) == []
    assert not queries.exhibit(mission, told.exhibit).erased


def test_one_reason_or_name_by_its_commitment(mission: Mission, tmp_path: Path) -> None:
    told, other = worked_on(mission, tmp_path, "Brook"), worked_on(mission, tmp_path, "Ferry")
    why = judged(mission, told, other, "Brook")
    done = gone(mission, why)
    assert done.items == 1
    assert traces(mission.folder, [words("Brook")["judged"]]) == []
    with pytest.raises(Refusal, match="erased_already"):
        gone(mission, why)
    arrived = list(receive.receive(mission, MONITOR, [_odd(tmp_path)], receive.Options()))
    assert arrived[0].state in ("refused", "kept unread")
    names = [row.name for row in queries.refused(mission)]
    for name in names:
        gone(mission, name)
    gone(mission, queries.mission_row(mission).title)
    row = queries.exhibit(mission, told.exhibit)
    for commitment in (row.original, row.text, row.about, row.reading):
        with pytest.raises(Refusal, match="erased_with_its_exhibit"):
            gone(mission, commitment)
    assert not queries.exhibit(mission, told.exhibit).erased


def _odd(folder: Path) -> Path:
    path = folder / "list-of-Quillfeather.xyz"
    path.write_bytes(b"")
    return path


def test_what_encloses_it_is_named(mission: Mission, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text(MAIL, encoding="utf-8")
    arrived = [each.exhibit for each in receive.receive(mission, MONITOR, [mail], receive.Options())]
    assert len(arrived) == 2
    done = protecting.protect(mission, MONITOR, arrived[1], "they asked for it")
    assert done.beside == (arrived[0],)
    assert gone(mission, arrived[0]).beside == ()  # the other one is sealed
    assert gone(mission, arrived[1]).beside == ()
    assert traces(mission.folder, ["behind the dairy of Brook", "Quillfeather"]) == []


MAIL = """From: Xanthe Quillfeather <x@example.org>
To: mission@example.org
Subject: two letters
Date: Sat, 03 May 2031 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

On 3 May 2031 a household of Alder Ford asked us to keep this to ourselves.

--b
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="letter.txt"

On 3 May 2031 we saw two mortars behind the dairy of Brook, in Alder Ford.

--b--
"""


def test_bundles_in_the_folder_go_with_what_they_hold(mission: Mission, tmp_path: Path) -> None:
    told, other = worked_on(mission, tmp_path, "Brook"), worked_on(mission, tmp_path, "Ferry")
    kept = mission.folder / "editions"
    names = [f"{edition}-{profile}.zip" for edition in (told.published, other.published) for profile in ("internal", "public")]
    for name in (*names, "notes.txt"):
        (kept / name).write_text(words("Brook")["edition"] if told.published in name else "others", encoding="utf-8")
    protecting.protect(mission, MONITOR, told.exhibit, "they asked for it")
    assert sorted(path.name for path in kept.iterdir()) == sorted([*names[1:], "notes.txt"])  # the public have the other one
    gone(mission, told.exhibit)
    assert sorted(path.name for path in kept.iterdir()) == sorted([*names[2:], "notes.txt"])
    assert traces(mission.folder, told.words) == []


def test_stopped_after_the_commit_the_next_sweep_does_the_rest(mission: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    bundle = mission.folder / "editions" / f"{told.published}-internal.zip"
    bundle.write_text(words("Brook")["edition"], encoding="utf-8")
    with monkeypatch.context() as cut:
        cut.setattr("merestone.register.erase.swept", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            gone(mission, told.exhibit)
    assert queries.exhibit(mission, told.exhibit).erased
    assert bundles(mission) == [bundle]
    assert swept(mission)
    assert traces(mission.folder, told.words) == []


def test_stopped_before_the_commit_nothing_is_erased(mission: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    before = queries.counts(mission)
    with monkeypatch.context() as cut:
        cut.setattr("merestone.register.desk.signed", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            gone(mission, told.exhibit)
    assert queries.counts(mission) == before
    assert vault.read(mission, queries.exhibit(mission, told.exhibit).original)


ORDERS = [
    ("protect Brook", "lift Brook", "erase Brook"),
    ("protect Brook", "erase Brook", "protect Ferry"),
    ("erase Brook", "protect Ferry", "lift Ferry"),
    ("protect Brook", "protect Ferry", "lift Brook", "erase Ferry", "protect Brook", "erase Brook"),
    ("protect Brook", "lift Brook", "protect Brook", "lift Brook", "protect Brook"),
    ("protect Ferry", "claim Brook", "protect Brook", "lift Ferry", "lift Brook", "erase Brook"),
]


@pytest.mark.parametrize("order", ORDERS, ids=", ".join)
def test_in_any_order_the_tables_are_what_a_rebuild_makes(mission: Mission, tmp_path: Path, order: tuple[str, ...]) -> None:
    """The fixture verifies, rebuilds and compares at the end; here after every step."""
    from merestone.register.rebuild import rebuild

    told = {tag: worked_on(mission, tmp_path, tag) for tag in ("Brook", "Ferry")}
    judged(mission, told["Brook"], told["Ferry"], "Brook")
    acts: dict[str, Callable[[str], object]] = {
        "protect": lambda ident: protecting.protect(mission, MONITOR, ident, "they asked for it"),
        "lift": lambda ident: protecting.lift(mission, REVIEWER, SECOND, ident, "they agree"),
        "erase": lambda ident: gone(mission, ident),
        "claim": lambda ident: gone(mission, f"{ident}#1"),
    }
    for step in order:
        what, tag = step.split()
        acts[what](told[tag].exhibit)
        assert rebuild(mission).differences == ()
        verify(mission)
