"""As known on an hour: the tables are those of then, whatever came after; what was closed since stays closed; nothing is written."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merestone.ledger.terms import Refusal
from merestone.ledger.words import message
from merestone.register import mission as missions
from merestone.register import queries
from merestone.register.configure import rows
from merestone.register.decide import Deciding, decide
from merestone.register.edition import Asking, edition_of
from merestone.register.editions import look_back
from merestone.register.erase import Erasing, erase
from merestone.register.folds import TABLES
from merestone.register.judge import judge
from merestone.register.known import as_known, hour_asked, size_at
from merestone.register.protect import protect
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, REVIEWER, SECOND
from tests.register.conftest import founded
from tests.register.desk_work import LATER, give, proposed, two_sides
from tests.register.doing import NEXT_KINDS
from tests.register.test_rebuild import do

BOTH = True
ZONES = ("Atlantic/South_Georgia", "UTC")  # two hours behind
CLOSING = ("protected", "unprotected", "erased", "pack_adopted")
KINDS = tuple(kind for kind in NEXT_KINDS if kind not in CLOSING)
USUAL = (*KINDS, *("received", "proposed", "recorded", "linked") * 3)


def tables(mission: Mission) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(rows(mission.alias, f"SELECT * FROM {table}"), key=str) for table in TABLES}


def now(mission: Mission) -> datetime:
    """The hour of the last entry."""
    return datetime.fromisoformat(queries.entry(mission, queries.head(mission)[0] - 1).at)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(st.sampled_from(USUAL), min_size=1, max_size=8), min_size=2, max_size=5), seed=st.integers(0, 2**32))
def test_every_hour_has_the_tables_that_stood_then(
    tmp_path_factory: pytest.TempPathFactory, databases: Callable[[], str], steps: list[list[str]], seed: int
) -> None:
    mission = founded(tmp_path_factory.mktemp("any") / "mission", seed=seed, database=databases())
    stood = []
    for step in (["received", "received", "proposed", "linked"], *steps):
        do(mission, step, seed)
        stood.append((now(mission), queries.head(mission), tables(mission)))
    for at, head, then in stood:
        with as_known(mission, at) as past:
            assert tables(past) == then
            assert queries.head(past) == head
            assert len(queries.entries(past, 0, 10_000)) == head[0]
            assert past.known_on == at
    assert tables(mission) == stood[-1][2]
    missions.close(mission)


def test_what_is_closed_now_is_open_in_no_look_back(mission: Mission) -> None:
    chance, hours = random.Random(5), []
    for _ in range(12):
        do(mission, ["received", "proposed", "recorded", "linked", *chance.sample(NEXT_KINDS, 12)], chance.randrange(9999))
        hours.append(now(mission))
    closed = {row.id for row in queries.exhibits(mission) if row.protected or row.erased}
    assert closed
    for at in hours:
        with as_known(mission, at) as past:
            shown = {row.id: row for row in queries.exhibits(past)}
            assert all(row.protected or row.erased for name, row in shown.items() if name in closed)
            assert all(not row.name and not row.publisher for name, row in shown.items() if name in closed)


def three(mission: Mission, folder: Path) -> tuple[str, str, str]:
    ve, orsay = two_sides(mission, folder / "a")
    (later,) = give(mission, folder / "b", {"later.txt": LATER}, published="2031-05-20", language="en")
    proposed(mission)
    return f"{ve}#1", f"{orsay}#1", f"{later.exhibit}#1"


def test_a_judgement_and_a_decision_of_later_change_nothing_before_them(mission: Mission, tmp_path: Path) -> None:
    a, b, c = three(mission, tmp_path)
    before, whole = now(mission), edition_of(mission, Asking())
    judge(mission, ANALYST, a, b, "different", "other hours")
    proposed(mission)
    incident = queries.claim(mission, c).incident
    decide(mission, REVIEWER, Deciding(incident, "unverifiable", reason="nobody is there any more"))
    after = edition_of(mission, Asking())
    assert {each.group.claims for each in after.incidents} != {each.group.claims for each in whole.incidents}
    with as_known(mission, before) as past:
        then = edition_of(past, Asking())
        assert (then.claims, then.incidents) == (whole.claims, whole.incidents)
        assert then.checkpoint == whole.checkpoint
    with as_known(mission, now(mission)) as past:
        assert edition_of(past, Asking()).incidents == after.incidents


def test_before_anything_was_linked_no_claim_is_in_an_incident(mission: Mission, tmp_path: Path) -> None:
    two_sides(mission, tmp_path / "a")
    proposed(mission)
    at = max(datetime.fromisoformat(entry.at) for entry in queries.entries(mission) if entry.act == "proposed")
    with as_known(mission, at) as past:
        made = edition_of(past, Asking())
        assert made.claims
        assert made.incidents == ()


def test_incidents_of_an_hour_whose_linking_was_taken_out_are_those_of_its_tables(mission: Mission, tmp_path: Path) -> None:
    a, _, c = three(mission, tmp_path)
    before = now(mission)
    home = {row.ref: row.incident for row in queries.claims(mission) if not row.part}
    gone = c.partition("#")[0]
    erase(mission, REVIEWER, Erasing(gone, "order 17 of the data office", "asked by the household", SECOND))
    with as_known(mission, before) as past:
        made = edition_of(past, Asking())
        assert {str(ref): each.group.id for each in made.incidents for ref in each.group.claims} == {
            ref: number for ref, number in home.items() if number and not ref.startswith(gone)
        }
        assert a.partition("#")[0] in {document.id for document in made.documents}
        assert gone not in {document.id for document in made.documents}


def test_what_was_protected_since_is_not_told_of(mission: Mission, tmp_path: Path) -> None:
    a, b, _ = three(mission, tmp_path)
    before = now(mission)
    protect(mission, ANALYST, b.partition("#")[0], "a witness can be known by it")
    with as_known(mission, before) as past:
        made = edition_of(past, Asking())
        assert {document.id for document in made.documents} & {a.partition("#")[0], b.partition("#")[0]} == {a.partition("#")[0]}


def test_nothing_can_be_done_then(mission: Mission, tmp_path: Path) -> None:
    a, b, _ = three(mission, tmp_path)
    with as_known(mission, now(mission)) as past:
        for sql in ("DELETE FROM vault_item", "DELETE FROM vault_removal"):
            with pytest.raises(DatabaseError), connections[past.alias].cursor() as cursor:
                cursor.execute(sql)
        with pytest.raises(Refusal, match="record_past"):
            judge(past, ANALYST, a, b, "same", "the same hour")
    assert queries.judgements(mission) == ()


def test_the_files_say_that_they_are_a_look_back(mission: Mission, tmp_path: Path) -> None:
    three(mission, tmp_path)
    size = queries.head(mission)
    with as_known(mission, hour_asked("2100-05-20", ZONES)) as past:
        page = look_back(past, Asking(), ("report.html",))["report.html"].decode()
    assert "not an edition" in page
    assert "As known on 20 May 2100, 23:59 UTC-02:00" in page, "the day as it was asked"
    assert queries.head(mission) == size


def test_an_hour_is_a_day_to_its_end_or_a_time(mission: Mission) -> None:
    first = queries.entry(mission, 1).at  # the second entry of the first writing
    assert hour_asked("2031-06-03", ZONES) == datetime(2031, 6, 4, 1, 59, 59, 999999, UTC)
    assert hour_asked("2031-06-03T12:00", ()) == datetime(2031, 6, 3, 12, tzinfo=UTC)
    assert hour_asked("2031-06-03T12:00+03:00", ZONES) == datetime(2031, 6, 3, 9, tzinfo=UTC)
    for wrong in ("", "yesterday", "2031-02-30", "2031-06-03T25:00", "9" * 400):
        with pytest.raises(Refusal, match="hour_malformed"):
            hour_asked(wrong, ZONES)
    with pytest.raises(Refusal, match="known_before") as caught:
        size_at(mission, datetime.fromisoformat(first) - timedelta(seconds=1))
    named = str(caught.value.facts["first"])
    with pytest.raises(Refusal) as caught:
        size_at(mission, hour_asked("2031-03-20", ZONES))
    told = message(caught.value)
    assert "On 20 March 2031, 23:59 UTC-02:00 there was no record yet." in told, "the day as it was asked"
    assert not re.search(r"\dT\d|\.\d{3}", told)
    answered = datetime.strptime(named, "%d %B %Y, %H:%M UTC").replace(tzinfo=UTC)
    assert size_at(mission, answered), "the hour that it names is answered"


def test_half_of_a_writing_is_never_known(mission: Mission, tmp_path: Path) -> None:
    """An hour within a writing shows what stood before it: half of it never stood."""
    give(mission, tmp_path, {f"{n}.txt": LATER + f" {n}" for n in range(4)}, published="2031-05-20", language="en")
    sizes = [int(size) for (size,) in rows(mission.alias, "SELECT size FROM ledger_checkpoint ORDER BY size")]
    for entry in queries.entries(mission, sizes[0] - 1):
        assert size_at(mission, datetime.fromisoformat(entry.at)) in sizes
