"""Asking the language model: only when it is on, only what the public may read, written down before it goes, and nothing taken away."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from merestone.ledger.terms import Refusal
from merestone.register import queries, vault
from merestone.register.asking import Asked, ask, propose_and_ask
from merestone.register.describe import describe
from merestone.register.explain import explain
from merestone.register.history import history
from merestone.register.propose import Proposed, propose
from merestone.register.protect import protect
from merestone.register.rebuild import rebuild
from merestone.register.switch import switch_off, switch_on, told
from merestone.register.terms import Mission
from tests.register.cast import ADMINISTRATOR, ANALYST, MONITOR, REVIEWER
from tests.register.desk_work import acts, claims, give, two_sides

URL = "http://127.0.0.1:8080/v1/chat/completions"
WHY = "weighed on 9 May"
# what the rules do not read as any kind, and a model may
QUIET = "On 17 May at 04:10 Orsayan forces unpicked the well of Keldholt, the Ministry of Defence of Veldar said."
FOUND = {
    "quote": "Orsayan forces unpicked the well of Keldholt",
    "kind": {"value": "theft", "words": "unpicked the well"},
    "said_by": [{"words": "Ministry of Defence of Veldar"}],
    "initiator": {"value": "OR", "words": "Orsayan forces"},
    "when": {"words": "On 17 May at 04:10"},
    "places": [{"words": "Keldholt", "lat": 1.0}],
}


class Model:
    """A server that is none: keeps what it is asked and answers what it was told to, or does something first."""

    def __init__(self, claims_of: object = (), first: Callable[[], object] | None = None) -> None:
        self.claims_of, self.first = claims_of, first
        self.got: list[tuple[str, str, str]] = []  # address, model, text

    def __call__(self, url: str, question: Mapping[str, Any]) -> bytes:
        self.got.append((url, question["model"], json.loads(question["messages"][1]["content"])["text"]))
        if self.first is not None:
            self.first()
        if isinstance(self.claims_of, bytes):
            return self.claims_of
        return json.dumps({"choices": [{"message": {"content": json.dumps({"claims": self.claims_of})}}]}).encode()


@pytest.fixture
def on(mission: Mission) -> Mission:
    switch_on(mission, ADMINISTRATOR, URL, "small:7b", WHY)
    return mission


def quiet(mission: Mission, folder: Path, text: str = QUIET, **options: object) -> str:
    told_of: dict[str, Any] = {"published": "2031-05-10", "publisher": "Ministry of Defence of Veldar", "language": "en", **options}
    (arrived,) = give(mission, folder, {"quiet.txt": text}, **{k: v for k, v in told_of.items() if v})
    return arrived.exhibit


def run(mission: Mission, model: Model, *exhibits: str) -> tuple[Proposed, Asked | None]:
    return propose_and_ask(mission, ANALYST, exhibits, model)


def codes(asked: Asked | None) -> list[str]:
    assert asked is not None
    return [refusal.code for refusal in asked.refusals]


# --- the switch ---------------------------------------------------------------------------------------------------


def test_a_mission_sends_nothing_until_the_switch_is_set(mission: Mission, tmp_path: Path) -> None:
    quiet(mission, tmp_path / "a")
    model = Model([FOUND])
    assert run(mission, model)[1] is None
    assert (model.got, queries.sent(mission)) == ([], ())
    with pytest.raises(Refusal, match="model_off"):
        ask(mission, ANALYST, [row.id for row in queries.exhibits(mission)], model)
    switch_on(mission, ADMINISTRATOR, URL, "small:7b", WHY)
    switch_off(mission, ADMINISTRATOR, WHY)
    assert run(mission, model, queries.exhibits(mission)[0].id)[1] is None
    assert model.got == []


def test_switching_it_on_sends_nothing_of_what_was_read_already(mission: Mission, tmp_path: Path) -> None:
    old = quiet(mission, tmp_path / "a")
    propose(mission, ANALYST)
    switch_on(mission, ADMINISTRATOR, URL, "small:7b", WHY)
    model = Model()
    new = quiet(mission, tmp_path / "b", QUIET.replace("04:10", "05:10"))
    _, asked = run(mission, model)
    assert asked is not None
    assert asked.sent == (new,)
    _, asked = run(mission, model, old)  # who names it asks for it
    assert asked is not None
    assert asked.sent == (old,)
    assert len(model.got) == 2


# --- what it adds -------------------------------------------------------------------------------------------------


def test_what_only_the_model_found_is_proposed_beside_what_the_rules_read(on: Mission, tmp_path: Path) -> None:
    exhibit = quiet(on, tmp_path / "a")
    model = Model([FOUND, {**FOUND, "quote": "words that are not there"}])
    made, asked = run(on, model)
    assert asked is not None
    assert (asked.sent, asked.added, codes(asked)) == ((exhibit,), 1, [])
    assert model.got == [(URL, "small:7b", QUIET)]
    (claim,) = [row for row in claims(on, exhibit) if row.kind == "theft"]
    assert (claim.state, claim.initiator) == ("proposed", "OR")
    assert claim.incident in made.joined.fresh
    assert {each.slot for _, each in asked.dropped} >= {"quote", "places.lat"}
    told_of = explain(on, claim.ref)
    assert "It is a language model's: small:7b at http://127.0.0.1:8080, set by entry" in told_of
    assert "rule model" in told_of
    whole = explain(on, exhibit)
    assert "Sent to small:7b at http://127.0.0.1:8080 on 2031-05-17" in whole
    assert "these words do not stand in the text" in whole


def test_what_was_sent_is_told_for_ever_and_not_kept_twice(on: Mission, tmp_path: Path) -> None:
    exhibit = quiet(on, tmp_path / "a")
    run(on, Model([FOUND]))
    (sending,) = told(on)[1]
    assert (sending.exhibit, sending.house, sending.model, sending.who) == (exhibit, "http://127.0.0.1:8080", "small:7b", ANALYST)
    entry = queries.entry(on, sending.entry)
    assert entry.body["text"] == queries.exhibit(on, exhibit).text
    assert set(entry.body) == {"exhibit", "text", "rules", "model"}
    assert any("sent to the language model that entry" in each for each in history(on, exhibit))
    switch_off(on, ADMINISTRATOR, WHY)
    protect(on, MONITOR, exhibit, WHY)
    assert told(on)[1] == (sending,)
    assert rebuild(on).differences == ()


def test_a_silent_model_takes_nothing_away(on: Mission, tmp_path: Path) -> None:
    exhibits = two_sides(on, tmp_path / "a")
    propose(on, ANALYST)
    before = [claims(on, each) for each in exhibits]
    size = queries.counts(on)["entries"]
    _, asked = run(on, Model(), *exhibits)
    assert asked is not None
    assert (set(asked.sent), asked.added, asked.joined) == (set(exhibits), 0, None)
    assert [claims(on, each) for each in exhibits] == before
    assert queries.counts(on)["entries"] == size + 2  # what was sent


def test_the_rules_claim_stands_where_both_read_the_same(on: Mission, tmp_path: Path) -> None:
    ve, _ = two_sides(on, tmp_path / "a")
    propose(on, ANALYST)
    (shot,) = [row for row in claims(on, ve) if row.kind == "small_arms_fire"]
    same = {"quote": "opened fire with small arms", "kind": {"value": "small_arms_fire", "words": "opened fire with small arms"}}
    _, asked = run(on, Model([same]), ve)
    assert asked is not None
    assert asked.added == 0
    assert any("the rules read it at" in each.why and "initiator OR" in each.why for _, each in asked.dropped)
    assert [row.ref for row in claims(on, ve) if row.kind == "small_arms_fire"] == [shot.ref]


# --- what does not go ---------------------------------------------------------------------------------------------


def test_what_no_institution_published_does_not_go(on: Mission, tmp_path: Path) -> None:
    model = Model([FOUND])
    quiet(on, tmp_path / "a", publisher="")
    assert codes(run(on, model)[1]) == ["model_withheld"]
    quiet(on, tmp_path / "b", QUIET.replace("04", "05"), publisher="A shepherd of Keldholt")
    assert codes(run(on, model)[1]) == ["model_withheld"]
    assert (model.got, queries.sent(on)) == ([], ())


def test_what_is_protected_or_came_with_it_does_not_go(on: Mission, tmp_path: Path) -> None:
    model = Model([FOUND])
    exhibit = quiet(on, tmp_path / "a")
    protect(on, MONITOR, exhibit, WHY)
    assert run(on, model)[0].read == ()
    with pytest.raises(Refusal, match="exhibit_protected"):
        run(on, model, exhibit)
    assert ask(on, ANALYST, [exhibit], model).sent == ()
    assert (model.got, queries.sent(on)) == ([], ())


def test_what_came_enclosed_in_something_protected_does_not_go(on: Mission, tmp_path: Path) -> None:
    mail = (
        "From: press@veldar.example\nSubject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=X\n\n"
        f"--X\nContent-Type: text/plain\n\nSee inside.\n--X\nContent-Type: text/plain\nContent-Disposition: attachment; filename=one.txt\n\n{QUIET}\n--X--\n"
    )
    arrived = give(on, tmp_path / "a", {"m.eml": mail}, published="2031-05-10", publisher="Ministry of Defence of Veldar", language="en")
    whole, inside = arrived[0].exhibit, arrived[-1].exhibit
    assert whole != inside
    protect(on, MONITOR, whole, WHY)
    assert not queries.exhibit(on, inside).protected
    model = Model([FOUND])
    assert codes(run(on, model, inside)[1]) == ["model_withheld"]
    assert model.got == []


def test_names_of_persons_and_what_is_fresh_are_blocked(on: Mission, tmp_path: Path) -> None:
    text = (
        f"{QUIET} Anna Velska, a teacher, was taken to hospital. "
        "On 17 May Orsayan forces advanced to the bridge of Keldholt and hold positions there."
    )
    exhibit = quiet(on, tmp_path / "a", text, published="2031-05-17")
    model = Model([{**FOUND, "quote": "the bridge"}])
    run(on, model)
    ((_, _, sent),) = model.got
    assert len(sent) == len(text)
    assert "Velska" not in sent
    assert "advanced" not in sent
    assert "█" in sent
    assert explain(on, exhibit)


# --- servers that fail --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", [b"", b"no JSON", b"[]", b'{"choices": []}', b"[" * 100_000, json.dumps({"choices": [{"message": {"content": "{}"}}]}).encode()]
)
def test_nonsense_leaves_the_rules_reading(on: Mission, tmp_path: Path, body: bytes) -> None:
    ve, orsay = two_sides(on, tmp_path / "a")
    made, asked = run(on, Model(body))
    assert codes(asked) == ["model_answer_malformed"] * 2
    assert set(made.read) == {ve, orsay}
    assert len(queries.sent(on)) == 2
    assert {row.rules for row in queries.exhibits(on)} == {queries.exhibit(on, ve).rules}
    assert "model" not in queries.exhibit(on, ve).rules
    assert claims(on, ve)


def test_a_server_that_fails_once_is_asked_about_the_next(on: Mission, tmp_path: Path) -> None:
    exhibits = two_sides(on, tmp_path / "a")

    def down() -> None:
        raise Refusal("model_unreachable", found="ConnectionRefusedError")

    model = Model([], down)
    _, asked = run(on, model)
    assert codes(asked) == ["model_unreachable"] * 2
    assert len(model.got) == 2
    assert asked is not None
    assert {refusal.facts["id"] for refusal in asked.refusals} == set(exhibits)


# --- others at work meanwhile -------------------------------------------------------------------------------------


def test_switched_off_while_a_batch_runs_nothing_more_goes_and_nothing_is_taken(on: Mission, tmp_path: Path) -> None:
    two_sides(on, tmp_path / "a")
    model = Model([FOUND], lambda: switch_off(on, ADMINISTRATOR, "stop"))
    _, asked = run(on, model)
    assert len(model.got) == 1
    assert codes(asked)[0] == "model_switched"
    assert len(queries.sent(on)) == 1
    assert all("model" not in row.rules for row in queries.exhibits(on))


def test_the_answer_to_a_question_asked_before_the_switch_went_off_is_not_taken(on: Mission, tmp_path: Path) -> None:
    exhibit = quiet(on, tmp_path / "a")
    model = Model([FOUND], lambda: switch_off(on, ADMINISTRATOR, "stop"))
    _, asked = run(on, model)
    assert codes(asked) == ["model_switched"]
    assert all(row.kind != "theft" for row in claims(on, exhibit))


def test_protected_while_it_is_asked_about_nothing_of_it_is_proposed(on: Mission, tmp_path: Path) -> None:
    exhibit = quiet(on, tmp_path / "a")
    _, asked = run(on, Model([FOUND], lambda: protect(on, MONITOR, exhibit, WHY)))
    assert asked is not None
    assert asked.added == 0
    assert queries.exhibit(on, exhibit).protected


def test_protected_while_another_is_asked_about_it_does_not_go(on: Mission, tmp_path: Path) -> None:
    exhibits = two_sides(on, tmp_path / "a")
    open_ones = set(exhibits)

    def close_the_other() -> None:
        if len(open_ones) == 2:
            (last,) = open_ones - {queries.sent(on)[-1].exhibit}
            open_ones.discard(last)
            protect(on, MONITOR, last, WHY)

    model = Model([], close_the_other)
    _, asked = run(on, model)
    assert len(model.got) == 1
    assert len(queries.sent(on)) == 1
    assert codes(asked) == ["model_withheld"]


def test_stopped_between_writing_down_and_answering_the_record_says_that_it_went(on: Mission, tmp_path: Path) -> None:
    exhibit = quiet(on, tmp_path / "a")

    def dies() -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        run(on, Model([], dies))
    assert [row.exhibit for row in queries.sent(on)] == [exhibit]
    assert acts(on)[-1] == "sent"
    _, asked = run(on, Model([FOUND]), exhibit)
    assert asked is not None
    assert asked.added == 1
    assert len(queries.sent(on)) == 2


@pytest.mark.parametrize("name", [MONITOR, ADMINISTRATOR])
def test_who_may_not_propose_sends_nothing(on: Mission, tmp_path: Path, name: str) -> None:
    exhibit = quiet(on, tmp_path / "a")
    propose(on, REVIEWER)
    model = Model([FOUND])
    asked = ask(on, name, [exhibit], model)
    assert ([refusal.code for refusal in asked.refusals], model.got) == (["role_missing"], [])


def test_what_is_read_anew_is_asked_about_again_where_it_went_before(on: Mission, tmp_path: Path) -> None:
    exhibit = quiet(on, tmp_path / "a")
    run(on, Model([FOUND]))
    row = queries.exhibit(on, exhibit)
    kept = json.loads(vault.read(on, row.reading))["model"]
    assert (kept["name"], kept["house"], kept["added"]) == ("small:7b", "http://127.0.0.1:8080", 1)
    assert " model " in row.rules
    assert propose(on, ANALYST).read == ()  # by the same rules it is not stale
    describe(on, ANALYST, exhibit, {"title": "A well"}, WHY)
    _, asked = run(on, Model([FOUND]))
    assert asked is not None
    assert asked.sent == (exhibit,)
    assert [claim.state for claim in claims(on, exhibit) if claim.kind == "theft"] == ["superseded", "proposed"]


def test_what_went_to_another_model_is_not_sent_to_the_next_by_itself(on: Mission, tmp_path: Path) -> None:
    exhibit = quiet(on, tmp_path / "a")
    run(on, Model([FOUND]))
    switch_on(on, ADMINISTRATOR, URL, "large:70b", "reads better")
    describe(on, ANALYST, exhibit, {"title": "A well"}, WHY)
    model = Model([FOUND])
    _, asked = run(on, model)
    assert asked is not None
    assert (asked.sent, model.got) == ((), [])
