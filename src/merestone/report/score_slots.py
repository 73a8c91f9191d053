"""When one slot of a claim that was read agrees with the same slot of a claim that a person annotated.

The tolerances are those of the annotators' guide: what two careful people give for one sentence agrees. The same for every party.
Names of speakers are compared in English, the language in which annotations name them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from merestone.locate import distance_m

Claim = Mapping[str, Any]

SLOTS = ("kind", "realised", "stance", "initiator", "target", "what", "when", "where", "said_by", "weapons", "casualties")
WIDE = frozenset(("country", "region", "border_section"))  # beside a finer place these are context

# precision -> the longest interval that may call itself so; from fine to coarse
_PRECISIONS = {
    "minute": timedelta(hours=1),
    "hour": timedelta(hours=2),
    "part_of_day": timedelta(hours=18),
    "day": timedelta(days=2),
    "week": timedelta(days=10),
    "month": timedelta(days=45),
    "year": timedelta(days=500),
    "unknown": timedelta(days=36_600),
}
_ORDER = {name: number for number, name in enumerate(_PRECISIONS)}
_CLOCK_SLACK = timedelta(minutes=60)

_SAME_NAME_KM, _AREA_KM, _POINT_KM, _ROUGH_POINT_KM = 100.0, 40.0, 8.0, 20.0

_ALIKE = 85.0  # of 100, between sets of words
_STEM = 6  # letters that tell a name whatever its ending
# what offices of all states are called, so that it tells none from another
_OFFICE = frozenset((Path(__file__).resolve().parent.parent / "packs" / "words" / "offices.txt").read_text(encoding="utf-8").split())
_WHOLE_SIDE = re.compile(r"\b(?:authorities|government|of|officials?|side|the)\b")


def values(slot: str, claim: Claim | None) -> list[Any]:
    """What a claim says in a slot, as things to be matched one by one; nothing for no claim."""
    if claim is None:
        return []
    said = claim.get(slot)
    match slot:
        case "kind" | "stance" | "initiator":
            return [said or "unknown"]
        case "realised":
            return [said or "done"]
        case "target":
            return [(said or {}).get("party") or "none"]
        case "what":
            return [(claim.get("target") or {}).get("what") or "none"]
        case "when":
            return [said] if said else []
        case "said_by":
            return [str(said[-1])] if said and str(said[-1]) else []
        case _:
            return list(said or [])


def agree(slot: str, wanted: Any, found: Any) -> bool:
    match slot:
        case "when":
            return _same_time(wanted, found)
        case "where":
            return _same_place(wanted, found)
        case "said_by":
            return _same_speaker(wanted.casefold(), found.casefold())
        case "casualties":
            return all(str(wanted.get(key)) == str(found.get(key)) for key in ("outcome", "party", "group", "min", "max"))
        case _:
            return bool(wanted == found)


def matched(slot: str, wanted: Claim | None, found: Claim | None) -> tuple[int, int, int]:
    """Right, false and missed values of one slot; a claim that is not there has none."""
    free, missed, right = values(slot, found), [], 0
    for value in values(slot, wanted):
        at = next((at for at, other in enumerate(free) if agree(slot, value, other)), None)
        if at is None:
            missed.append(value)
        else:
            del free[at]
            right += 1
    if slot != "where":
        return right, len(free), len(missed)
    asked = bool(values(slot, wanted))
    false = len(free) - (1 if asked and any(_wide(place) for place in free) else 0)
    return right, false, sum(not _wide(place) for place in missed) if right else len(missed)


# --- when ---------------------------------------------------------------------------------------------------------


def _same_time(wanted: Claim, found: Claim) -> bool:
    precision = wanted.get("precision", "day")
    if precision == "unknown":
        return True
    gold, read = _interval(wanted), _interval(found)
    if gold is None or read is None or precision not in _ORDER:
        return False
    said = found.get("precision", "day")
    if read[1] - read[0] > _PRECISIONS.get(found.get("precision", "unknown"), _PRECISIONS["unknown"]):
        return False
    if precision in ("minute", "hour"):
        return said in ("minute", "hour", "part_of_day") and abs(gold[0] - read[0]) <= _CLOCK_SLACK
    vague = _ORDER[precision] >= _ORDER["week"]
    slack = timedelta(days=1) if vague else timedelta(0)
    apart = abs(_ORDER.get(said, _ORDER["unknown"]) - _ORDER[precision])
    return apart <= (2 if vague else 1) and gold[0] - slack <= read[1] and read[0] <= gold[1] + slack


def _interval(when: Claim) -> tuple[datetime, datetime] | None:
    """From the first minute that `from` may mean to the last that `to` may; no zone, since both are told in the place's own time."""
    start = when.get("from")
    try:
        return _moment(start, last=False), _moment(when.get("to") or start, last=True)
    except ValueError:
        return None


def _moment(written: object, *, last: bool) -> datetime:
    text = str(written).strip().replace(" ", "T")
    if len(text) == len("2031"):
        text += "-12" if last else "-01"
        text += "-31" if last else "-01"
    elif len(text) == len("2031-05"):
        text += "-28" if last else "-01"  # the shortest month: no later day is certain to be one
    if len(text) == len("2031-05-17"):
        text += "T23:59" if last else "T00:00"
    return datetime.fromisoformat(text).replace(tzinfo=None)


# --- where --------------------------------------------------------------------------------------------------------


def _wide(place: Claim) -> bool:
    return place.get("level") in WIDE


def _same_place(wanted: Claim, found: Claim) -> bool:
    if (wanted.get("role") == "origin") != (found.get("role") == "origin"):
        return False
    here, there = _point(wanted), _point(found)
    if here is None or there is None:
        return False
    reach = _AREA_KM
    if _called(wanted) & _called(found):
        reach = _SAME_NAME_KM
    elif wanted.get("level") in ("settlement", "feature"):
        reach = _ROUGH_POINT_KM if str(wanted.get("approx")).casefold() == "true" else _POINT_KM
    return distance_m(here, there) <= reach * 1000


def _point(place: Claim) -> tuple[float, float] | None:
    try:
        return float(place["lat"]), float(place["lon"])
    except (KeyError, TypeError, ValueError):
        return None


def _called(place: Claim) -> set[str]:
    return {part.strip().casefold() for part in re.split(r"[()/]", str(place.get("name", "")))} - {""}


# --- who says so --------------------------------------------------------------------------------------------------


def _same_speaker(wanted: str, found: str) -> bool:
    """The same words, nearly; or one of them names a whole side and the other a body of it."""
    own = _own_words(wanted)
    if own and own.isdisjoint(_own_words(found)):
        return False
    return fuzz.token_set_ratio(wanted, found) >= _ALIKE or _body_of(wanted, found) or _body_of(found, wanted)


def _own_words(name: str) -> set[str]:
    """What tells an office from the same office elsewhere: a country, a place, a person."""
    return {word[:_STEM] for word in re.findall(r"\w+", name.replace("'s", "")) if word not in _OFFICE}


def _body_of(side: str, body: str) -> bool:
    words: Sequence[str] = _WHOLE_SIDE.sub(" ", side).split()
    return len(words) == 1 and any(word[:_STEM] == words[0][:_STEM] for word in body.split())
