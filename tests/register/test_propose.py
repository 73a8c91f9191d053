"""Proposing: what was not read is read, numbers stay, and one entry says what linking changed, or there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from merestone.capture import Options
from merestone.capture.pack import SHIPPED
from merestone.extract.wire import from_json
from merestone.ledger.terms import Refusal
from merestone.link.terms import Ref
from merestone.register import join, packs, queries, vault
from merestone.register.claims import record_claims, record_form, withdraw
from merestone.register.decide import Deciding, decide
from merestone.register.describe import describe
from merestone.register.join import last_linked, linking_of
from merestone.register.judge import judge
from merestone.register.propose import propose
from merestone.register.protect import protect
from merestone.register.receive import receive
from merestone.register.standing import standing, text_of
from merestone.register.terms import Mission
from merestone.report import Request, brief
from tests.register.cast import ANALYST, MONITOR, REVIEWER
from tests.register.desk_work import LATER, ORSAY, VELDAR, acts, claims, give, proposed, two_sides

TEACHING = SHIPPED / "teaching" / "documents"


def test_the_teaching_documents_are_linked_as_in_a_brief(mission: Mission) -> None:
    options = Options(manifest=TEACHING / "manifest.csv")
    list(receive(mission, MONITOR, [TEACHING], options))
    done = proposed(mission)
    assert done.refusals == ()
    edition = brief(Request((TEACHING,), packs.of(mission), mission.ground.clock(), options))
    shown = {(card.claim.kind, card.claim.quote, card.claim.when.start) for card in edition.claims}
    stands = standing(mission)
    held = [claim for dossier in stands.dossiers for claim in dossier.reading.claims]
    assert {(claim.kind, claim.quote, claim.when.start) for claim in held} >= shown
    assert done.claims == len(held)
    # the same claims together, whatever they are called
    quotes = {
        Ref(dossier.reading.id, claim.id): (claim.kind, claim.quote) for dossier in stands.dossiers for claim in dossier.reading.claims
    }
    by_ref = {card.ref: (card.claim.kind, card.claim.quote) for card in edition.claims}
    linked = linking_of(mission)
    assert linked is not None
    ours = sorted(sorted(quotes[ref] for ref in incident.claims) for incident in linked.incidents)
    theirs = sorted(sorted(by_ref[ref] for ref in incident.group.claims) for incident in edition.incidents)
    assert ours == theirs
    assert {row.incident for row in queries.claims(mission)} - {""} == {incident.id for incident in linked.incidents}
    assert [incident.id for incident in linked.incidents] == [f"INC-2031-{n:04d}" for n in range(1, len(ours) + 1)]
    size = queries.counts(mission)["entries"]
    again = proposed(mission)
    assert (again.read, again.joined.position, queries.counts(mission)["entries"]) == ((), None, size)


def test_a_reading_is_kept_without_its_text_and_comes_back_whole(mission: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    proposed(mission)
    row = queries.exhibit(mission, ve)
    told = json.loads(vault.read(mission, row.reading))
    assert "text" not in told
    assert (told["about"], told["pack_digest"], told["after"]) == (row.about, packs.of(mission).digest, 0)
    reading = from_json(told, text_of(mission, row).text)
    assert [f"{ve}#{claim.id}" for claim in reading.claims] == [each.ref for each in claims(mission, ve)]
    assert [each.kind for each in claims(mission, ve)] == [claim.kind for claim in reading.claims]


def test_both_sides_are_one_incident_and_a_later_text_another(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    first = proposed(mission)
    assert (first.read, first.joined.fresh) == ((orsay, ve), ("INC-2031-0001",))
    (later,) = give(mission, tmp_path / "b", {"later.txt": LATER}, published="2031-05-20", publisher="The Meridian", language="en")
    second = proposed(mission)
    assert (second.read, second.joined.fresh) == ((later.exhibit,), ("INC-2031-0002",))
    assert {ref.partition("#")[0] for ref, _, _ in second.joined.moved} == {later.exhibit}


def test_a_judgement_moves_a_claim_and_the_difference_is_told(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    proposed(mission)
    for mine in claims(mission, ve):
        for other in claims(mission, orsay):
            judge(mission, ANALYST, mine.ref, other.ref, "different", "another hour")
    after = proposed(mission).joined
    assert after.incidents == 2
    assert list(after.fresh) == ["INC-2031-0002"]
    assert len({row.incident for row in claims(mission, ve)} | {row.incident for row in claims(mission, orsay)}) == 2
    mine, other = claims(mission, ve)[0], claims(mission, orsay)[0]
    for each in claims(mission, ve):
        for theirs in claims(mission, orsay):
            judge(mission, ANALYST, each.ref, theirs.ref, "unsure", "looked again")
    judge(mission, REVIEWER, mine.ref, other.ref, "same", "it is one")
    back = proposed(mission).joined
    assert (back.incidents, back.fresh, len(back.leads)) == (1, (), 1)
    linked = linking_of(mission)
    assert linked is not None
    told = [level.why for link in linked.incidents[0].links for level in link.levels if level.feature == "judgement"]
    assert told
    assert "it is one" not in told[0]
    assert "see entry" in told[0]


def test_who_speaks_and_when_makes_an_exhibit_be_read_anew(mission: Mission, tmp_path: Path) -> None:
    files = {"ve.txt": f"{VELDAR} {LATER} On 21 May Orsayan soldiers detained two shepherds near Keldholt.", "or.txt": ORSAY}
    given = give(mission, tmp_path / "a", files, published="2031-05-22", publisher="Ministry of Defence of Veldar", language="en")
    orsay, ve = (each.exhibit for each in given)
    proposed(mission)
    old = claims(mission, ve)
    assert len(old) >= 3
    record_claims(mission, ANALYST, [old[0].ref])
    judge(mission, ANALYST, old[1].ref, claims(mission, orsay)[0].ref, "same", "the same")
    proposed(mission)
    before = {row.ref: row.incident for row in claims(mission, ve)}
    describe(mission, ANALYST, ve, {"publisher": "Meridian Newswire"}, "masthead")
    again = proposed(mission)
    assert again.read == (ve,)
    rows = {row.ref: row for row in claims(mission, ve)}
    assert rows[old[0].ref].state == "recorded"
    assert {rows[row.ref].state for row in old[1:]} == {"superseded"}
    fresh = [row for row in rows.values() if row.state == "proposed"]
    assert [row.number for row in fresh] == list(range(len(old) + 1, 2 * len(old)))
    # the judgement and the incidents go with the claims to their new numbers
    assert [row.incident for row in fresh] == [before[row.ref] for row in old[1:]]
    assert fresh[0].incident == claims(mission, orsay)[0].incident
    assert {rows[row.ref].incident for row in old[1:]} == {""}
    assert again.joined.fresh == ()
    # what was recorded is not proposed once more
    held = [claim for dossier in standing(mission).dossiers for claim in dossier.reading.claims if dossier.reading.id == ve]
    assert len({(claim.start, claim.kind) for claim in held}) == len(held) == len(old)
    assert proposed(mission).joined.position is None
    # a judgement on the new numbers that contradicts the one on the old is refused
    with pytest.raises(Refusal, match="judgements_contradict"):
        judge_apart(mission, fresh[0].ref, old[0].ref, claims(mission, orsay)[0].ref)


def judge_apart(mission: Mission, a: str, b: str, other: str) -> None:
    judge(mission, ANALYST, a, b, "different", "other days")
    judge(mission, ANALYST, b, other, "same", "the same")


def test_what_was_rejected_or_withdrawn_is_linked_no_more(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    proposed(mission)
    for row in claims(mission, ve):
        decide(mission, REVIEWER, Deciding(row.ref, "rejected", reason="no claim"))
    record_claims(mission, ANALYST, [claims(mission, orsay)[0].ref])
    withdraw(mission, ANALYST, claims(mission, orsay)[0].ref, "misread")
    done = proposed(mission).joined
    gone = {ref for ref, _, now in done.moved if now == ""}
    assert gone == {row.ref for row in claims(mission, ve)} | {claims(mission, orsay)[0].ref}
    assert {row.incident for row in claims(mission, ve)} == {""}


def test_protected_exhibits_are_neither_read_nor_linked(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    protect(mission, ANALYST, ve, "a witness")
    done = proposed(mission)
    assert done.read == (orsay,)
    (later,) = give(mission, tmp_path / "b", {"later.txt": LATER}, published="2031-05-20", language="en")
    proposed(mission)
    protect(mission, ANALYST, later.exhibit, "a witness")
    after = proposed(mission)
    linked = linking_of(mission)
    assert linked is not None
    assert {ref.document for incident in linked.incidents for ref in incident.claims} == {orsay}
    assert after.read == ()
    with pytest.raises(Refusal, match="exhibit_protected"):
        proposed(mission, ve)


def test_what_has_no_rules_is_told_and_the_rest_is_read(mission: Mission, tmp_path: Path) -> None:
    files = {"fr.txt": "Le 17 mai, des soldats ont ouvert le feu sur le village.", "ve.txt": VELDAR}
    french = give(mission, tmp_path / "a", {"fr.txt": files["fr.txt"]}, language="fr")[0].exhibit
    english = give(mission, tmp_path / "b", {"ve.txt": VELDAR}, language="en", published="2031-05-17")[0].exhibit
    done = proposed(mission)
    assert done.read == (english,)
    assert [(each.code, each.facts["id"]) for each in done.refusals] == [("language_without_rules", french)]


def test_only_what_was_asked_for_is_read(mission: Mission, tmp_path: Path) -> None:
    ve, orsay = two_sides(mission, tmp_path / "a")
    assert proposed(mission, orsay).read == (orsay,)
    assert proposed(mission, orsay).read == ()
    assert proposed(mission).read == (ve,)
    with pytest.raises(Refusal, match="not_in_record"):
        proposed(mission, "EXH-0000-0000")


def test_what_a_captive_says_joins_nothing(mission: Mission, tmp_path: Path) -> None:
    _, orsay = two_sides(mission, tmp_path / "a")
    proposed(mission)
    form = {"kind": "small_arms_fire", "quote": ORSAY.split(".")[0], "when": {"from": "2031-05-17", "precision": "day"}}
    free = record_form(mission, ANALYST, orsay, {**form, "said_by": ["a resident"]})
    told = record_form(mission, ANALYST, orsay, {**form, "said_by": ["captured soldier"]})
    proposed(mission)
    homes = {row.ref: row.incident for row in claims(mission, orsay)}
    assert (homes[free.subject] != "", homes[told.subject]) == (True, "")


def test_what_somebody_records_between_looking_and_writing_is_seen(
    mission: Mission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ve, _ = two_sides(mission, tmp_path / "a")
    found: Callable[..., object] = join._found
    runs: list[int] = []

    def meanwhile(mission: Mission, pack: object, size: int) -> object:
        made = found(mission, pack, size)
        runs.append(size)
        if len(runs) == 1:
            record_claims(mission, ANALYST, [ve])
        return made

    monkeypatch.setattr(join, "_found", meanwhile)
    proposed(mission)
    entry = last_linked(mission)
    assert entry is not None
    assert (len(runs), entry.body["seen"], entry.position) == (2, runs[1], runs[1])
    assert acts(mission)[-1] == "linked"


def test_a_monitor_may_not_propose(mission: Mission, tmp_path: Path) -> None:
    give(mission, tmp_path / "a", {"ve.txt": VELDAR, "or.txt": ORSAY})
    with pytest.raises(Refusal, match="role_missing"):
        propose(mission, MONITOR)
