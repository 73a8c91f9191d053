"""A new claim goes beside those that stand: as the whole run would have it, without that run, and as an act like any other."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connections

from merestone.ledger.terms import Refusal
from merestone.register import queries
from merestone.register.configure import rows
from merestone.register.explain import explain
from merestone.register.history import history
from merestone.register.judge import judge
from merestone.register.place import place
from merestone.register.propose import propose
from merestone.register.protect import protect
from merestone.register.rebuild import rebuild
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, REVIEWER
from tests.register.desk_work import LATER, ORSAY, VELDAR, acts, claims, give, proposed

BOTH = True


def given(mission: Mission, folder: Path, name: str, text: str, publisher: str) -> str:
    return give(mission, folder / name, {f"{name}.txt": text}, published="2031-05-20", publisher=publisher, language="en")[0].exhibit


def test_a_new_claim_goes_where_the_whole_run_would_put_it(mission: Mission, tmp_path: Path) -> None:
    ve = given(mission, tmp_path, "ve", VELDAR, "Ministry of Defence of Veldar")
    proposed(mission)
    (first,) = {row.incident for row in claims(mission, ve)} - {""}
    orsay = given(mission, tmp_path, "or", ORSAY, "Ministry of Defence of Orsay")
    later = given(mission, tmp_path, "later", LATER, "The Meridian")
    done = propose(mission, ANALYST, whole=False).joined
    assert {row.incident for row in claims(mission, orsay)} == {first}
    (second,) = {row.incident for row in claims(mission, later)}
    assert second != first
    assert done.fresh == (second,)
    assert acts(mission).count("linked") == 1
    assert acts(mission).count("placed") == len(claims(mission, orsay)) + len(claims(mission, later))
    home = {row.ref: row.incident for row in queries.claims(mission)}
    again = proposed(mission).joined
    assert again.moved == ()
    assert {row.ref: row.incident for row in queries.claims(mission)} == home


def test_it_is_told_why_and_when(mission: Mission, tmp_path: Path) -> None:
    given(mission, tmp_path, "ve", VELDAR, "Ministry of Defence of Veldar")
    proposed(mission)
    orsay = given(mission, tmp_path, "or", ORSAY, "Ministry of Defence of Orsay")
    propose(mission, ANALYST, (orsay,), whole=False)
    ref, number = f"{orsay}#1", claims(mission, orsay)[0].incident
    assert any(f"put beside the claims of {number}" in line for line in history(mission, ref))
    assert any(f"joined {ref} without linking all again" in line for line in history(mission, number))
    assert number in explain(mission, number)


def test_what_has_an_incident_stays_and_nothing_is_written(mission: Mission, tmp_path: Path) -> None:
    ve = given(mission, tmp_path, "ve", VELDAR, "Ministry of Defence of Veldar")
    proposed(mission)
    size = queries.counts(mission)["entries"]
    assert place(mission, ANALYST, (ve,)) == ()
    assert queries.counts(mission)["entries"] == size


def test_a_pattern_is_given_no_number(mission: Mission, tmp_path: Path) -> None:
    text = "Orsayan forces regularly open fire at the village of Keldholt. Cattle are stolen from its pastures every month."
    exhibit = given(mission, tmp_path, "often", text, "The Meridian")
    propose(mission, ANALYST, whole=False)
    assert claims(mission, exhibit)
    assert {row.incident for row in claims(mission, exhibit)} == {""}
    assert queries.incidents(mission) == ()


def test_a_person_comes_before_the_machine(mission: Mission, tmp_path: Path) -> None:
    ve = given(mission, tmp_path, "ve", VELDAR, "Ministry of Defence of Veldar")
    proposed(mission)
    orsay = given(mission, tmp_path, "or", ORSAY, "Ministry of Defence of Orsay")
    later = given(mission, tmp_path, "later", LATER, "The Meridian")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("merestone.register.propose.place", lambda *_: ())
        propose(mission, ANALYST, whole=False)
    (standing,) = {row.incident for row in claims(mission, ve)} - {""}
    old = next(row.ref for row in claims(mission, ve) if row.incident)
    judge(mission, REVIEWER, f"{orsay}#1", old, "different", "two posts")
    judge(mission, REVIEWER, f"{later}#1", old, "same", "the date is a slip")
    found = {each.claim: each.incident for each in place(mission, ANALYST, (orsay, later))}
    assert found[f"{orsay}#1"] != standing
    assert found[f"{later}#1"] == standing


def test_what_is_protected_is_neither_placed_nor_met(mission: Mission, tmp_path: Path) -> None:
    ve = given(mission, tmp_path, "ve", VELDAR, "Ministry of Defence of Veldar")
    proposed(mission)
    protect(mission, ANALYST, ve, "a witness could be found")
    assert rows(mission.alias, "SELECT near, south, \"first\" FROM claim WHERE exhibit = %s AND part = ''", (ve,))[0] == ("", None, None)
    orsay = given(mission, tmp_path, "or", ORSAY, "Ministry of Defence of Orsay")
    propose(mission, ANALYST, (orsay,), whole=False)
    assert len({row.incident for row in queries.claims(mission)} - {""}) == 1
    with pytest.raises(Refusal, match="exhibit_protected"):
        place(mission, ANALYST, (ve,))


def test_an_older_record_is_filled_as_the_folds_fill_it(mission: Mission, tmp_path: Path) -> None:
    given(mission, tmp_path, "ve", VELDAR, "Ministry of Defence of Veldar")
    given(mission, tmp_path, "later", LATER, "The Meridian")
    proposed(mission)
    with connections[mission.alias].cursor() as cursor:
        cursor.execute('UPDATE claim SET near = \'\', "first" = NULL, "last" = NULL, south = NULL, north = NULL, west = NULL, east = NULL')
    import_module("merestone.register.migrations.0003_place").fill(None, SimpleNamespace(connection=connections[mission.alias]))
    assert rebuild(mission).differences == ()
    assert rows(mission.alias, "SELECT COUNT(*) FROM claim WHERE near <> ''")[0][0] > 0


def test_a_death_of_earlier_wounds_waits_for_the_whole_run(mission: Mission, tmp_path: Path) -> None:
    first = given(
        mission, tmp_path, "first", "On 13 May Orsayan forces opened fire at Upper Brask and wounded two soldiers.", "The Meridian"
    )
    proposed(mission)
    (standing,) = {row.incident for row in claims(mission, first)}
    later = given(mission, tmp_path, "later", "A soldier wounded at Upper Brask died on 16 May.", "Meridian Newswire")
    propose(mission, ANALYST, whole=False)
    assert [row.incident for row in claims(mission, later)] == [""]
    assert rows(mission.alias, "SELECT near FROM claim WHERE exhibit = %s AND part = ''", (later,)) == [("",)]
    proposed(mission)
    assert [row.incident for row in claims(mission, later)] == [standing]
    assert rebuild(mission).differences == ()
