"""What a mission tells for its balance: sides instead of places, hours from its ledger, decisions with whom they concern."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from merestone.capture.pack import load_pack
from merestone.register import people, queries
from merestone.register.decide import Deciding, decide
from merestone.register.edition import Asking, edition_of
from merestone.register.erase import Erasing, erase
from merestone.register.field import observe, patrol
from merestone.register.protect import protect
from merestone.register.terms import Mission
from merestone.report.redact import redact
from merestone.report.terms import Reach, Went
from merestone.report.written import as_data
from tests.register.bundles import copied, filled_in
from tests.register.cast import ANALYST, MONITOR, REVIEWER, SECOND
from tests.register.test_field import SEEN, WENT

PACK = load_pack("teaching")
EAST, WEST = (next(place.id for place in PACK.places if place.side == code) for code in ("OR", "VE"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_in(tmp_path_factory.mktemp("reach"))


@pytest.fixture
def mission(filled: Path, tmp_path: Path) -> Iterator[Mission]:
    yield from copied(filled, tmp_path / "copy")


def reach(mission: Mission) -> Reach:
    found = edition_of(mission, Asking()).reach
    assert found is not None
    return found


def test_where_the_mission_looked_is_told_by_side_and_by_no_place(mission: Mission) -> None:
    barred = {"what": "refused", "place": EAST, "by": "OR"}
    patrol(mission, MONITOR, {**WENT, "places": [WEST], "restrictions": [barred], "cameras_down": [WEST], "nil": True})
    observe(mission, MONITOR, {**SEEN, "position": {"place": WEST}})
    found = reach(mission)
    assert found.went == (
        Went("patrol", ("VE",), WENT["window"]["from"], nil=True),
        Went("refused", ("OR",), WENT["window"]["from"]),
        Went("camera_down", ("VE",), WENT["window"]["from"]),
        Went("observation", ("VE",), SEEN["window"]["from"]),
    )
    areas = {area.party: area for area in found.areas or ()}
    assert (areas["VE"].patrols, areas["VE"].nil, areas["VE"].observations, areas["VE"].cameras_down) == ((1, 1),) * 4
    assert (areas["OR"].patrols, areas["OR"].refused) == ((0, 0), (1, 1))
    told = json.dumps(as_data(redact(edition_of(mission, Asking()), "internal"))["reach"]["areas"])
    assert WEST not in told


def test_a_form_that_was_erased_is_counted_nowhere(mission: Mission) -> None:
    seen = observe(mission, MONITOR, {**SEEN, "position": {"place": WEST}}).subject
    erase(mission, REVIEWER, Erasing(seen, "An order of the court", "A person asked for it.", SECOND))
    assert reach(mission).went == ()


def test_hours_are_those_of_the_entries(mission: Mission) -> None:
    incident = queries.incidents(mission)[0].id
    done = decide(mission, REVIEWER, Deciding(incident, "deferred", reason="More is on its way."))
    decide(mission, REVIEWER, Deciding(incident, "adopted", reason="It came."))
    hours = {each.incident: each for each in reach(mission).hours}[incident]
    assert hours.decided == queries.entry(mission, done.position).at, "the first decision ended the waiting"
    linked = next(entry for entry in queries.entries(mission) if entry.act == "linked")
    assert hours.graded == linked.at
    received = [queries.exhibit(mission, row.exhibit).received for row in queries.claims(mission, incident=incident)]
    assert hours.received == queries.entry(mission, min(received)).at
    assert {each.decided for each in reach(mission).hours if each.incident != incident} == {""}


def test_a_decision_is_told_with_whom_it_concerns_until_that_is_protected(mission: Mission) -> None:
    claim = next(row for row in queries.claims(mission, state="proposed") if not row.part and row.initiator == "OR")
    decide(mission, REVIEWER, Deciding(claim.ref, "rejected", reason="Read wrongly."))
    (told,) = reach(mission).decided or ()
    assert (told.account, told.state, told.subject, told.initiators) == (people.who(mission, REVIEWER).id, "rejected", claim.ref, ("OR",))
    protect(mission, REVIEWER, claim.exhibit, "A witness could be known by it.")
    from merestone.register.propose import propose

    propose(mission, ANALYST)
    assert reach(mission).decided == ()


def test_no_grade_hangs_on_it(mission: Mission) -> None:
    before = edition_of(mission, Asking()).incidents
    patrol(mission, MONITOR, {**WENT, "places": [WEST]})
    assert edition_of(mission, Asking()).incidents == before
