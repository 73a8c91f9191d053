"""The forms of the mission's own work: what a patrol did, what an observer perceived. Pure: a form in, the form as it is kept out.

The law it keeps: only what was perceived goes in, and by whom it was done is no field of it. An observation is of something; that a
patrol perceived nothing is a nil report, which says how much was looked at and never that nothing was.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from merestone.capture.place_index import places_by_id
from merestone.capture.terms import Pack
from merestone.extract.terms import WEAPONS
from merestone.register.form import UNKNOWN, Form

MEANS = ("heard", "seen", "camera", "uav", "other_sensor")
WHAT = (
    "explosion", "projectile", "muzzle_flash", "flare", "burst", "shot",
    "uav_flight", "weapon_or_vehicle", "damage", "mine_or_remnant", "other",
)  # fmt: skip
ASSESSED = ("undetermined", "outgoing", "impact", "airburst")
COMPASS = (
    "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW",
)  # fmt: skip
PATROLS = ("foot", "vehicle", "post", "camera", "uav")
RESTRICTIONS = ("refused", "delayed", "escorted", "jammed", "fired_at", "other")

OBSERVATION = (
    "position", "means", "count", "what", "heading", "assessment", "weapon", "range_km", "bearing", "location", "window", "sequence", "exercise", "words",
)  # fmt: skip
PATROL = ("kind", "window", "places", "people", "nil", "restrictions", "cameras_down", "words")
_POSITION = ("place", "distance_km", "direction", "controlled_by", "lat", "lon")
_WINDOW = ("from", "to")
_RESTRICTION = ("what", "place", "by", "from", "to", "words")


def observation(given: object, pack: Pack) -> dict[str, Any]:
    """An observation with every field, `unknown` where nothing was said. Refuses `form_wrong`.

    Needed: `position.place` (a place of the pack), `means`, `what`, `window.from`. `range_km` and `bearing` (degrees from north, or a
    compass point) are from the position; [from, to] where they are a span.
    """
    form = Form.of(given, "", OBSERVATION)
    for key, expected in (("means", "how it was perceived"), ("what", "what was perceived")):
        form.needed(key, expected)
    return {
        "position": _position(form.part("position", _POSITION), pack, needed=True),
        "means": form.one_of("means", MEANS),
        "count": form.count("count"),
        "what": form.one_of("what", WHAT),
        "heading": form.one_of("heading", COMPASS),
        "assessment": form.one_of("assessment", ASSESSED),
        "weapon": form.one_of("weapon", WEAPONS),
        "range_km": form.spread("range_km", 0, 200),
        "bearing": _bearing(form),
        "location": _position(form.part("location", _POSITION), pack, needed=False),
        "window": _window(form),
        "sequence": form.whole("sequence", 1),
        "exercise": form.flag("exercise"),
        "words": form.words("words"),
    }


def patrol(given: object, pack: Pack) -> dict[str, Any]:
    """A patrol as it was: `kind` and `window.from` are needed. `nil`: it perceived nothing. Refuses `form_wrong`.

    `places` are ids of the pack; `restrictions` what kept it from where it would have gone; `cameras_down` ids of places.
    """
    form = Form.of(given, "", PATROL)
    form.needed("kind", "what sort of patrol it was")
    places = places_by_id(pack.places)
    return {
        "kind": form.one_of("kind", PATROLS),
        "window": _window(form),
        "places": form.some_of("places", places, "a list of ids of places in the pack"),
        "people": form.whole("people", 0),
        "nil": form.flag("nil"),
        "restrictions": [_restriction(each, pack) for each in form.parts("restrictions", _RESTRICTION)],
        "cameras_down": form.some_of("cameras_down", places, "a list of ids of places in the pack"),
        "words": form.words("words"),
    }


def _position(form: Form, pack: Pack, *, needed: bool) -> dict[str, Any]:
    """Where somebody stood, or where it was: a place, km and compass direction from it, whose control it is under."""
    if needed:
        form.needed("place", "the id of a place in the pack")
    _place_known(form, "place", pack)
    lat, lon = form.spread("lat", -90, 90), form.spread("lon", -180, 180)
    if isinstance(lat, str) != isinstance(lon, str):
        raise form.wrong("lon" if isinstance(lon, str) else "lat", "latitude and longitude, both or neither")
    distance = form.spread("distance_km", 0, 200)
    return {
        "place": form.words("place") or UNKNOWN,
        "distance_km": distance,
        "direction": form.one_of("direction", COMPASS),
        "controlled_by": form.one_of("controlled_by", (*(party.code for party in pack.parties), "both", "none")),
        "lat": lat if isinstance(lat, str) else lat[0],
        "lon": lon if isinstance(lon, str) else lon[0],
    }


def _place_known(form: Form, key: str, pack: Pack) -> None:
    if form.given(key) and form.values[key] not in places_by_id(pack.places):
        raise form.wrong(key, "the id of a place in the pack")


def _window(form: Form) -> dict[str, str]:
    window = form.part("window", _WINDOW)
    window.needed("from", "when it began")
    start, end = window.hour("from"), window.hour("to")
    if end != UNKNOWN and _later(start, end):
        raise window.wrong("to", "an hour that is not before `from`")
    return {"from": start, "to": end}


def _later(first: str, second: str) -> bool:
    return datetime.fromisoformat(first) > datetime.fromisoformat(second)


def _bearing(form: Form) -> list[float] | str:
    """Degrees from north, [from, to] clockwise: [350, 10] passes through north."""
    value = form.values.get("bearing")
    if isinstance(value, str) and value in COMPASS:
        middle, half = COMPASS.index(value) * 22.5, 11.25
        return [math.fmod(middle - half + 360, 360), math.fmod(middle + half, 360)]
    return form.spread("bearing", 0, 360, ordered=False)


def _restriction(form: Form, pack: Pack) -> dict[str, str]:
    form.needed("what", "what happened")
    _place_known(form, "place", pack)
    return {
        "what": form.one_of("what", RESTRICTIONS),
        "place": form.words("place") or UNKNOWN,
        "by": form.one_of("by", (*(party.code for party in pack.parties), "both", "none")),
        "from": form.hour("from"),
        "to": form.hour("to"),
        "words": form.words("words"),
    }
