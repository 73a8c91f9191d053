"""Protecting and lifting: what goes under lock, what goes with it, and that nothing of it is left in the clear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from merestone.capture import Options
from merestone.ledger.terms import BrokenRecord, Refusal
from merestone.register import mission as missions
from merestone.register import protect as protecting
from merestone.register import queries, receive, vault
from merestone.register.audit import verify
from merestone.register.rebuild import rebuild
from merestone.register.sweep import swept
from merestone.register.terms import Mission
from tests.register.cast import ADMINISTRATOR, ANALYST, MONITOR, PUBLISHER, REVIEWER, SECOND
from tests.register.conftest import PASSPHRASE, ground
from tests.register.told import Told, judged, received, traces, words, worked_on


def protect(mission: Mission, told: Told, actor: str = MONITOR) -> protecting.Protected:
    return protecting.protect(mission, actor, told.exhibit, "the household asked for it")


def lift(mission: Mission, told: Told) -> protecting.Lifted:
    return protecting.lift(mission, REVIEWER, SECOND, told.exhibit, "they moved away and agree")


def opened(mission: Mission, passphrase: bytes | None) -> Mission:
    missions.close(mission)
    return missions.open_mission(mission.folder, ground(9), passphrase)


def test_the_search_finds_what_is_there(mission: Mission, tmp_path: Path) -> None:
    """Before anything is concluded from finding nothing."""
    told = worked_on(mission, tmp_path, "Brook")
    assert {text for _, text in traces(mission.folder, told.words)} == set(told.words)


def test_nothing_is_left_in_the_clear(mission: Mission, tmp_path: Path) -> None:
    told, other = worked_on(mission, tmp_path, "Brook"), worked_on(mission, tmp_path, "Ferry")
    judged(mission, other, told, "Brook")
    done = protect(mission, told)
    assert done.swept
    assert traces(mission.folder, [*told.words, words("Brook")["judged"], "the household asked for it"]) == []
    assert {text for _, text in traces(mission.folder, other.words)} == set(other.words)


def test_no_table_tells_of_it(mission: Mission, tmp_path: Path) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    before = queries.exhibit(mission, told.exhibit)
    assert (before.name, before.publisher) == (words("Brook")["file"], words("Brook")["publisher"])
    protect(mission, told)
    row = queries.exhibit(mission, told.exhibit)
    assert row.protected
    assert (row.name, row.publisher, row.published, row.language) == ("", "", "", "")
    for claim in queries.claims(mission, told.exhibit):
        assert (claim.kind, claim.initiator, claim.start, claim.end, claim.incident) == ("", "", "", "", "")


def test_drafts_become_void_and_what_left_the_house_stays_what_it_was(mission: Mission, tmp_path: Path) -> None:
    told, other = worked_on(mission, tmp_path, "Brook"), worked_on(mission, tmp_path, "Ferry")
    done = protect(mission, told)
    assert done.gone == 3
    states = {row.id: row.state for row in queries.editions(mission)}
    assert states == {told.draft: "void", told.published: "published", other.draft: "drafted", other.published: "published"}
    with pytest.raises(Refusal, match="item_erased"):
        vault.read(mission, queries.edition(mission, told.published).content)
    assert words("Ferry")["edition"].encode() in vault.read(mission, queries.edition(mission, other.draft).content)


def test_an_edition_is_found_by_its_words_where_it_leaves_the_id_out(mission: Mission, tmp_path: Path) -> None:
    from merestone.register.belonging import made_from

    told = worked_on(mission, tmp_path, "Brook")
    held = made_from(mission.alias, [told.exhibit])
    assert len(held) == 3
    assert made_from(mission.alias, ["EXH-0000-0000", words("Brook")["quote"]]) == ()
    assert len(made_from(mission.alias, [words("Brook")["edition"]])) == 2


def test_who_knows_the_passphrase_reads_it_and_nobody_else(locked: Mission, tmp_path: Path) -> None:
    told = worked_on(locked, tmp_path, "Brook")
    text = queries.exhibit(locked, told.exhibit).original
    protect(locked, told)
    with pytest.raises(Refusal, match="item_sealed"):
        vault.read(locked, text)
    assert vault.open_item(locked.alias, text) is None
    known = missions.open_mission(locked.folder, ground(9), PASSPHRASE)
    assert vault.read(known, text).decode() == words("Brook")["text"]
    assert verify(known).steps[-1].checked
    missions.close(known)
    assert not verify(locked).steps[-1].checked


def test_lifting_opens_all_again_and_the_tables_say_what_they_said(mission: Mission, tmp_path: Path) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    exhibit = queries.exhibit(mission, told.exhibit)
    claims = queries.claims(mission, told.exhibit)
    held = {name: vault.read(mission, name) for name, _ in vault.held(mission, told.exhibit)}
    protect(mission, told)
    done = lift(mission, told)
    assert done.opened == len(held) + 1  # and the reason why it was protected
    assert {name: vault.open_item(mission.alias, name) for name in held} == held
    assert queries.exhibit(mission, told.exhibit) == replace(exhibit, entry=done.entries[-1])
    again = queries.claims(mission, told.exhibit)
    assert again == tuple(replace(claim, incident="", entry=done.entries[-1]) for claim in claims)


def test_lifting_needs_the_passphrase_and_two_reviewers(locked: Mission, tmp_path: Path) -> None:
    told = worked_on(locked, tmp_path, "Brook")
    with pytest.raises(Refusal, match="exhibit_not_protected"):
        lift(locked, told)
    protect(locked, told)
    for first, second, code in (
        (REVIEWER, REVIEWER, "second_needed"),
        (REVIEWER, PUBLISHER, "vault_locked"),
        (REVIEWER, "nobody", "unknown_actor"),
        (REVIEWER, SECOND, "vault_locked"),
    ):
        with pytest.raises(Refusal, match=code):
            protecting.lift(locked, first, second, told.exhibit, "why not")
    known = missions.open_mission(locked.folder, ground(9), PASSPHRASE)
    for first, second in ((REVIEWER, PUBLISHER), (MONITOR, SECOND), (ADMINISTRATOR, SECOND)):
        with pytest.raises(Refusal, match="role_missing"):
            protecting.lift(known, first, second, told.exhibit, "why not")
    with pytest.raises(Refusal, match="reason_missing"):
        protecting.lift(known, REVIEWER, SECOND, told.exhibit, " ")
    assert queries.exhibit(known, told.exhibit).protected
    assert lift(known, told).opened > 0
    missions.close(known)


@pytest.mark.parametrize("actor", [MONITOR, ANALYST, REVIEWER, PUBLISHER])
def test_everybody_who_works_with_exhibits_may_protect(mission: Mission, tmp_path: Path, actor: str) -> None:
    protect(mission, received(mission, tmp_path, "Brook"), actor)


def test_an_administrator_may_not(mission: Mission, tmp_path: Path) -> None:
    told = received(mission, tmp_path, "Brook")
    with pytest.raises(Refusal, match="role_missing"):
        protect(mission, told, ADMINISTRATOR)
    assert not queries.exhibit(mission, told.exhibit).protected


def test_twice_without_a_reason_or_not_there(mission: Mission, tmp_path: Path) -> None:
    told = received(mission, tmp_path, "Brook")
    with pytest.raises(Refusal, match="reason_missing"):
        protecting.protect(mission, MONITOR, told.exhibit, "  ")
    with pytest.raises(Refusal, match="not_in_record"):
        protecting.protect(mission, MONITOR, "EXH-0000-0000", "why")
    protect(mission, told)
    with pytest.raises(Refusal, match="exhibit_protected"):
        protect(mission, told)


def test_a_reason_about_two_stays_sealed_until_both_are_lifted(mission: Mission, tmp_path: Path) -> None:
    one, two = worked_on(mission, tmp_path, "Brook"), worked_on(mission, tmp_path, "Ferry")
    why = judged(mission, one, two, "Brook")
    protect(mission, two)
    assert vault.is_sealed(mission.alias, why)
    protect(mission, one)
    assert lift(mission, two).kept == 1
    assert vault.is_sealed(mission.alias, why)
    assert lift(mission, one).kept == 0
    assert vault.open_item(mission.alias, why) == words("Brook")["judged"].encode()


def test_reasons_about_its_incident_are_not_its_own_and_are_pointed_at(mission: Mission, tmp_path: Path) -> None:
    from merestone.register import people
    from merestone.register.record import record
    from merestone.register.terms import Act

    told, other = worked_on(mission, tmp_path, "Brook"), worked_on(mission, tmp_path, "Ferry")
    incident = next(row.incident for row in queries.claims(mission, told.exhibit) if row.incident)
    why = vault.item(mission, "reason", incident, b"the household at the dairy heard it")
    body = {"subject": incident, "verdict": "adopted", "point": "", "by": [], "reason": why.commitment}
    record(mission, [Act("decided", people.who(mission, REVIEWER).id, body, items=(why,))])
    assert protect(mission, other).written_about == ()
    assert protect(mission, told).written_about == (incident,)


def test_what_was_received_as_protected_was_never_in_the_clear(mission: Mission, tmp_path: Path) -> None:
    told = words("Brook")
    (tmp_path / told["file"]).write_text(told["text"], encoding="utf-8")
    (tmp_path / "list.csv").write_text(f"path,publisher,protected\n{told['file']},{told['publisher']},true\n", encoding="utf-8")
    arrived = list(receive.receive(mission, MONITOR, [tmp_path / told["file"]], Options(manifest=tmp_path / "list.csv")))
    assert [each.protected for each in arrived] == [True]
    assert traces(mission.folder, [told["text"], told["file"], told["publisher"]]) == []
    row = queries.exhibit(mission, arrived[0].exhibit)
    assert vault.read(mission, row.original).decode() == told["text"]
    protecting.lift(mission, REVIEWER, SECOND, row.id, "no longer needed")
    assert queries.exhibit(mission, row.id).name == told["file"]


def test_the_same_bytes_are_known_again_while_they_are_sealed(mission: Mission, tmp_path: Path) -> None:
    """Else the next careless copy of them would be received in the clear."""
    told = received(mission, tmp_path, "Brook")
    protect(mission, told)
    again = received(mission, tmp_path, "Brook")
    assert again.exhibit in ("", told.exhibit)
    assert len(queries.exhibits(mission)) == 1
    assert traces(mission.folder, told.words) == []


def test_an_exhibit_of_a_thousand_claims_takes_several_entries(mission: Mission, tmp_path: Path) -> None:
    from merestone.register import people
    from merestone.register.record import record
    from merestone.register.terms import Act

    told, by = received(mission, tmp_path, "Brook"), people.who(mission, MONITOR).id
    notes = [vault.item(mission, "note", told.exhibit, f"note {number} of the brook".encode()) for number in range(1000)]
    record(mission, [Act("noted", by, {"subject": told.exhibit, "note": note.commitment}, items=(note,)) for note in notes])
    done = protect(mission, told)
    assert (len(done.entries), done.sealed) == (4, 1003)
    assert traces(mission.folder, ["note 7 of the brook", "note 999 of the brook"]) == []
    assert lift(mission, told).opened == 1003 + 4


def test_two_missions_cannot_open_each_others_items(make: Callable[[str], Mission], tmp_path: Path) -> None:
    one, two = make("one"), make("two")
    told = received(one, tmp_path, "Brook")
    protect(one, told)
    original = queries.exhibit(one, told.exhibit).original
    with pytest.raises(BrokenRecord, match="another vault"):
        vault.read(replace(one, keys=two.keys), original)
    with pytest.raises(BrokenRecord):
        vault.read(two, original)


def test_a_reader_at_work_keeps_it_from_being_swept_and_it_is_said(
    mission: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from merestone.register import configure

    monkeypatch.setattr(configure, "BUSY_SECONDS", 0)
    told = worked_on(mission, tmp_path, "Brook")
    impatient = missions.open_mission(mission.folder, ground(9))
    reading = missions.open_mission(mission.folder, ground(10))
    held = configure.connections[reading.alias].cursor()
    held.execute("SELECT data FROM vault_item")
    held.fetchone()
    done = protecting.protect(impatient, MONITOR, told.exhibit, "why")
    assert not done.swept
    held.close()
    assert swept(impatient)
    assert traces(mission.folder, told.words) == []
    missions.close(reading)
    missions.close(impatient)


def test_stopped_before_the_commit_nothing_is_protected(mission: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = worked_on(mission, tmp_path, "Brook")
    before = queries.counts(mission)
    with monkeypatch.context() as cut:
        cut.setattr("merestone.register.desk.signed", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            protect(mission, told)
    assert queries.counts(mission) == before
    assert not queries.exhibit(mission, told.exhibit).protected
    assert rebuild(mission).differences == ()
    protect(mission, told)
    assert traces(mission.folder, told.words) == []
