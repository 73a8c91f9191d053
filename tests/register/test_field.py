"""Patrols and observations: forms with `unknown` as a value, each fault named by its field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from merestone.capture.pack import load_pack
from merestone.ledger.canonical import canonical
from merestone.ledger.terms import Refusal
from merestone.register import field_forms, queries, vault
from merestone.register.field import observe, patrol
from merestone.register.terms import Mission
from tests.register.cast import ANALYST, MONITOR, REVIEWER

PACK = load_pack("teaching")
PLACE, OTHER = PACK.places[0].id, PACK.places[1].id
SEEN: dict[str, Any] = {
    "position": {"place": PLACE, "distance_km": 1.5, "direction": "NNE", "controlled_by": "VE"},
    "means": "heard",
    "count": {"about": 12},
    "what": "explosion",
    "assessment": "undetermined",
    "weapon": "mortar",
    "range_km": [2, 4],
    "bearing": [350, 10],
    "window": {"from": "2031-05-17T02:38-02:00", "to": "2031-05-17T02:51-02:00"},
    "sequence": 1,
    "words": "Two of us heard it from the mill.",
}
WENT: dict[str, Any] = {
    "kind": "vehicle",
    "window": {"from": "2031-05-17T06:00-02:00", "to": "2031-05-17T14:00-02:00"},
    "places": [PLACE, OTHER],
    "people": 3,
    "nil": True,
    "restrictions": [{"what": "refused", "place": OTHER, "by": "OR", "from": "2031-05-17T10:00-02:00", "words": "A barrier."}],
    "cameras_down": [OTHER],
}


def test_an_observation_is_signed_by_an_account_and_kept_whole(mission: Mission) -> None:
    went = patrol(mission, MONITOR, WENT)
    done = observe(mission, MONITOR, SEEN, went.subject)
    (row,) = queries.observations(mission)
    assert (row.id, row.patrol, row.actor) == (done.subject, went.subject, "ACC-002")
    kept = json.loads(vault.read(mission, row.form))
    assert kept == field_forms.observation(SEEN, PACK)
    assert set(kept) == set(field_forms.OBSERVATION)
    assert (kept["count"], kept["range_km"], kept["bearing"]) == ({"about": 12}, [2, 4], [350, 10])
    assert (kept["heading"], kept["location"]["place"], kept["exercise"]) == ("unknown", "unknown", False)
    assert json.loads(vault.read(mission, queries.patrols(mission)[0].form)) == field_forms.patrol(WENT, PACK)
    ledger = json.dumps([dict(entry.body) for entry in queries.entries(mission)])
    assert all(word not in ledger for word in ("mill", "explosion", PLACE, "barrier"))


def test_the_form_may_name_the_patrol(mission: Mission) -> None:
    went = patrol(mission, MONITOR, WENT).subject
    assert queries.observations(mission) == ()
    observe(mission, MONITOR, {**SEEN, "patrol": went})
    observe(mission, MONITOR, {**SEEN, "patrol": went}, went)
    observe(mission, MONITOR, SEEN)
    assert [row.patrol for row in queries.observations(mission)] == [went, went, ""]
    for form, named, code in (({**SEEN, "patrol": went}, "PTL-0000-0000", "form_wrong"), (SEEN, "PTL-0000-0000", "not_in_record")):
        with pytest.raises(Refusal, match=code):
            observe(mission, MONITOR, form, named)


def test_what_is_not_known_is_a_value() -> None:
    least = {"position": {"place": PLACE}, "means": "seen", "what": "flare", "window": {"from": "2031-05-17T02:38-02:00"}}
    spelt = {
        **least,
        "count": "unknown",
        "weapon": "unknown",
        "range_km": "unknown",
        "bearing": None,
        "location": "unknown",
        "sequence": "unknown",
    }
    assert field_forms.observation(least, PACK) == field_forms.observation(spelt, PACK)
    kept = field_forms.observation(least, PACK)
    assert {key for key, value in kept.items() if value == "unknown"} == {
        "count", "heading", "assessment", "weapon", "range_km", "bearing", "sequence",
    }  # fmt: skip
    canonical(kept)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"position": {}}, "position.place"), ({"position": {"place": "unknown"}}, "position.place"), ({"position": {"place": "nowhere"}}, "position.place"),
        ({"position": {"place": PLACE, "direction": "up"}}, "position.direction"), ({"position": {"place": PLACE, "controlled_by": "XX"}}, "position.controlled_by"),
        ({"position": {"place": PLACE, "lat": 10}}, "position.lon"), ({"position": {"place": PLACE, "lat": 91, "lon": 1}}, "position.lat"),
        ({"means": "guessed"}, "means"), ({"means": None}, "means"), ({"what": "noise"}, "what"), ({"what": "unknown"}, "what"),
        ({"count": 0}, "count"), ({"count": -1}, "count"), ({"count": True}, "count"), ({"count": {"about": 0}}, "count.about"),
        ({"count": {"min": 4, "max": 2}}, "count.min"), ({"count": {"least": 4}}, "count.least"), ({"weapon": "catapult"}, "weapon"),
        ({"range_km": [4, 2]}, "range_km"), ({"range_km": -1}, "range_km"), ({"bearing": 361}, "bearing"), ({"bearing": "up"}, "bearing"),
        ({"window": {}}, "window.from"), ({"window": {"from": "2031-05-17T02:38"}}, "window.from"),
        ({"window": {"from": "2031-05-17T02:38-02:00", "to": "2031-05-17T02:30-02:00"}}, "window.to"), ({"window": "at dawn"}, "window"),
        ({"sequence": 1.5}, "sequence"), ({"exercise": "no"}, "exercise"), ({"words": 3}, "words"), ({"by": "OR"}, "by"),
    ],
)  # fmt: skip
def test_a_fault_in_an_observation_is_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        field_forms.observation({**SEEN, **wrong}, PACK)
    assert (caught.value.code, caught.value.facts["field"]) == ("form_wrong", field)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "horse"}, "kind"), ({"kind": None}, "kind"), ({"places": ["nowhere"]}, "places"), ({"people": -1}, "people"), ({"nil": "yes"}, "nil"),
        ({"restrictions": [{"what": "refused"}, {"what": "sung at"}]}, "restrictions[1].what"), ({"restrictions": [{}]}, "restrictions[0].what"),
        ({"restrictions": "one"}, "restrictions"), ({"plan": "tomorrow"}, "plan"),
    ],
)  # fmt: skip
def test_a_fault_in_a_patrol_is_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as caught:
        field_forms.patrol({**WENT, **wrong}, PACK)
    assert (caught.value.code, caught.value.facts["field"]) == ("form_wrong", field)
    for given in (None, [], "patrol"):
        with pytest.raises(Refusal, match="form_wrong"):
            field_forms.patrol(given, PACK)


@pytest.mark.parametrize(("point", "span"), [("N", [348.75, 11.25]), ("E", [78.75, 101.25]), ("NNW", [326.25, 348.75])])
def test_a_compass_point_is_a_span(point: str, span: list[float]) -> None:
    assert field_forms.observation({**SEEN, "bearing": point}, PACK)["bearing"] == span


@pytest.mark.parametrize("actor", [ANALYST, REVIEWER])
def test_only_monitors_perceive(mission: Mission, actor: str) -> None:
    with pytest.raises(Refusal, match="role_missing"):
        observe(mission, actor, SEEN)
    with pytest.raises(Refusal, match="role_missing"):
        patrol(mission, actor, WENT)
