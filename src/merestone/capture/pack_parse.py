"""Turns the plain data of a pack into its nouns. Liberal in what it takes, exact in what it says of what it could not take.

A scalar does where a list is expected; optional fields may be missing; what is unknown is noted, not refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from merestone.capture import alignment
from merestone.capture.names import fold
from merestone.capture.pack_agreements import provision
from merestone.capture.pack_paths import paths_of
from merestone.capture.pack_values import entries as _entries
from merestone.capture.pack_values import needed as _needed
from merestone.capture.pack_values import number as _number
from merestone.capture.pack_values import strings as _strings
from merestone.capture.pack_values import text as _text
from merestone.capture.place_index import IndexedPlaces
from merestone.capture.terms import Agreement, Line, Names, Pack, Party, Place, Shape, Source
from merestone.ledger.terms import Refusal

LEVELS = ("settlement", "district", "region", "border_section", "country", "feature")
LEVEL_WORDS = {
    "village": "settlement", "town": "settlement", "city": "settlement", "hamlet": "settlement",
    "county": "district", "rayon": "district", "municipality": "district", "community": "district",
    "province": "region", "oblast": "region", "governorate": "region", "state": "country",
    "border": "border_section", "section": "border_section",
    "lake": "feature", "mountain": "feature", "river": "feature", "road": "feature", "pass": "feature", "area": "feature",
}  # fmt: skip
# What a coordinate may be wrong by when a pack does not say: the size of such a thing, not the care of whoever measured it.
UNCERTAINTY_M = {
    "settlement": 2_000.0, "district": 20_000.0, "region": 50_000.0, "country": 300_000.0, "feature": 5_000.0, "border_section": 20_000.0,
}  # fmt: skip
APPROX_M = 8_000.0  # at least this, for a place marked `approx`
KINDS = (
    "government", "ministry", "armed_forces", "office_holder", "ombudsperson", "state_media", "media", "civil_society",
    "international", "third_state", "resident", "hospital", "other",
)  # fmt: skip

_PACK_KEYS = {
    "name", "title", "period", "timezones", "timezone", "parties", "sources", "places", "lines", "shapes", "agreements", "attribution", "language",
}  # fmt: skip
_CODE = re.compile(r"\w[\w.-]{0,15}")
_PARTY_KEYS = {"code", "name", "names", "aliases", "timezone", "aligned_with", "why"}
_SOURCE_KEYS = {"name", "names", "aliases", "kind", "affiliation", "aligned_with", "why"}
_PLACE_KEYS = {
    "id", "name", "names", "aliases", "level", "lat", "lon", "uncertainty_m", "approx", "within", "side", "origin", "_where",
}  # fmt: skip
_YES = {"true", "yes", "1", "y"}
_NO = {"false", "no", "0", "n", ""}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `pack check` says: a code, where, and a sentence."""

    code: str
    where: str
    what: str


@dataclass(slots=True)
class Notes:
    """Collects findings while a pack is read."""

    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, where: str, what: str) -> None:
        self.found.append(Finding(code, where, what))

    def unknown_keys(self, raw: dict[str, Any], known: set[str], where: str) -> None:
        for key in raw:
            if key not in known:
                self.add("unknown_key", where, f"`{key}` is not read")


def parse_pack(raw: Any, name: str, digest: str, where: str, notes: Notes) -> Pack:
    """`raw` is the mapping of a single-file pack (or of a folder's joined tables). Refuses with `pack_malformed`.

    Places that were made before (from an index) stand in it as they are."""
    if not isinstance(raw, dict):
        raise Refusal("pack_malformed", where=where, what="the top of a pack is a mapping")
    notes.unknown_keys(raw, _PACK_KEYS, where)
    parties = tuple(_party(entry, f"{where}: parties {number}", notes) for number, entry in _entries(raw, "parties", where))
    if not parties:
        raise Refusal("pack_malformed", where=f"{where}: parties", what="a pack names at least one party")
    codes = [party.code for party in parties]
    if len(set(codes)) < len(codes):
        raise Refusal("pack_malformed", where=f"{where}: parties", what=f"a code stands twice among {', '.join(codes)}")
    alignment.refuse_odd(parties, f"{where}: parties")
    given = _text(raw.get("name")) or name
    return Pack(
        name=given,
        title=_text(raw.get("title")) or given,
        period=_period(raw.get("period"), where, notes),
        timezones=_strings(raw.get("timezones", raw.get("timezone"))) or ("UTC",),
        parties=parties,
        sources=tuple(_source(entry, f"{where}: sources {number}", notes) for number, entry in _entries(raw, "sources", where)),
        places=parse_places(raw, where, notes),
        lines=tuple(_line(entry, _spot(entry, f"{where}: lines {number}"), number) for number, entry in _entries(raw, "lines", where)),
        shapes=tuple(_shape(entry, _spot(entry, f"{where}: shapes {number}")) for number, entry in _entries(raw, "shapes", where)),
        agreements=tuple(
            _agreement(entry, f"{where}: agreements {number}", number) for number, entry in _entries(raw, "agreements", where)
        ),
        attribution=_strings(raw.get("attribution")),
        digest=digest,
    )


# --- scalars, lists, names ----------------------------------------------------------------------------------------


def _names(entry: dict[str, Any], where: str, notes: Notes) -> dict[str, tuple[str, ...]]:
    """`names` and `aliases` together: by language where a mapping says so, under "" otherwise."""
    out: dict[str, list[str]] = {}
    for key in ("names", "aliases"):
        value = entry.get(key)
        by_language = value if isinstance(value, dict) else {"": value}
        for language, given in by_language.items():
            kept = out.setdefault(_text(language).lower(), [])
            texts = _strings(given)
            if not texts and language != "" and value is not None:
                notes.add("empty_names", where, f"`{key}` has nothing under {language}")
            kept.extend(text for text in texts if text not in kept)
    return {language: tuple(kept) for language, kept in out.items() if kept}


def _flag(entry: dict[str, Any], key: str, where: str) -> bool:
    text = _text(entry.get(key)).lower()
    if text not in _YES | _NO:
        raise Refusal("pack_malformed", where=where, what=f"`{key}` is neither true nor false: {text}")
    return text in _YES


def _period(value: Any, where: str, notes: Notes) -> tuple[str, str]:
    if isinstance(value, dict):
        return _text(value.get("from")), _text(value.get("to"))
    if isinstance(value, list) and len(value) == 2:
        return _text(value[0]), _text(value[1])
    if value is not None:
        notes.add("period_unread", where, "`period` is {from, to}")
    return "", ""


# --- who ----------------------------------------------------------------------------------------------------------


def _party(entry: dict[str, Any], where: str, notes: Notes) -> Party:
    notes.unknown_keys(entry, _PARTY_KEYS, where)
    code = _needed(entry, "code", where)
    if code in {"both", "none", "unknown", "other"}:
        raise Refusal("pack_malformed", where=where, what=f"`{code}` means something else and cannot be a party's code")
    if not _CODE.fullmatch(code):
        raise Refusal("pack_malformed", where=where, what="a party's code has 1 to 16 letters, digits, points, dashes or underscores")
    return Party(
        code=code,
        name=_text(entry.get("name")) or code,
        aliases=_names(entry, where, notes),
        timezone=_text(entry.get("timezone")) or None,
        aligned_with=_text(entry.get("aligned_with")) or None,
        why=_text(entry.get("why")),
    )


def _source(entry: dict[str, Any], where: str, notes: Notes) -> Source:
    notes.unknown_keys(entry, _SOURCE_KEYS, where)
    name = _needed(entry, "name", where)
    kind = _text(entry.get("kind")) or "other"
    if kind not in KINDS:
        notes.add("unknown_kind", where, f"{name}: `{kind}` is read as other; known are {', '.join(KINDS)}")
        kind = "other"
    return Source(
        name=name,
        aliases=_names(entry, where, notes),
        kind=kind,
        affiliation=_text(entry.get("affiliation")) or "none",
        aligned_with=_text(entry.get("aligned_with")) or None,
        why=_text(entry.get("why")),
    )


# --- where --------------------------------------------------------------------------------------------------------


def parse_places(raw: dict[str, Any], where: str, notes: Notes) -> Sequence[Place]:
    if isinstance(raw.get("places"), IndexedPlaces):
        return cast("IndexedPlaces", raw["places"])
    taken: set[str] = set()
    places: list[Place] = []
    for number, entry in _entries(raw, "places", where):
        spot = _spot(entry, f"{where}: places {number}")
        place = _place(entry, spot, taken, notes)
        taken.add(place.id)
        places.append(place)
    by_name = {fold(place.name): place.id for place in reversed(places)}
    return tuple(_matched([_held(place, taken, by_name) for place in places]))


def _matched(places: list[Place]) -> Iterable[Place]:
    """A transliterated name is looked for in texts only where no other place has that spelling in any language; an area and a
    place in it (a district and its town) may share one."""
    if not any(place.transliterated for place in places):
        return places
    bearers: dict[str, set[str]] = {}
    for place in places:
        for given in ((place.name,), *place.names.values(), *place.transliterated.values()):
            for name in given:
                bearers.setdefault(fold(name), set()).add(place.id)
    holders = {place.id: place.within for place in places}

    def one(ids: set[str]) -> bool:
        return len(ids) == 1 or (len(ids) == 2 and any(holders[each] in ids for each in ids))

    out = []
    for place in places:
        alone = {
            language: (*place.names.get(language, ()), *kept)
            for language, made in place.transliterated.items()
            if (kept := tuple(name for name in made if one(bearers[fold(name)])))
        }
        out.append(replace(place, names={**place.names, **alone}) if alone else place)
    return out


def _held(place: Place, ids: set[str], by_name: dict[str, str]) -> Place:
    """`within` may be written as an id or as a name; an unknown one stays as written, for `check` to say."""
    if place.within is None or place.within in ids:
        return place
    return replace(place, within=by_name.get(fold(place.within), place.within))


def _place(entry: dict[str, Any], where: str, taken: set[str], notes: Notes) -> Place:
    notes.unknown_keys(entry, _PLACE_KEYS, where)
    names, transliterated, unnamed = _kinds_of_names(_names(entry, where, notes))
    name = _text(entry.get("name")) or next((kept[0] for kept in names.values()), "")
    if not name:
        raise Refusal("pack_malformed", where=where, what="`name` is missing")
    lat, lon = _number(entry, "lat", where), _number(entry, "lon", where)
    if lat is None or lon is None:
        raise Refusal("pack_malformed", where=where, what=f"{name}: `lat` and `lon` are needed (mark a rough one `approx: true`)")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Refusal("pack_malformed", where=where, what=f"{name}: {lat}, {lon} is not on the Earth")
    approx = _flag(entry, "approx", where)
    level = _text(entry.get("level")).lower()
    if not level:
        notes.add("no_level", where, f"{name}: no level; read as a settlement known only roughly")
        level, approx = "settlement", True
    level = LEVEL_WORDS.get(level, level)
    if level not in LEVELS:
        raise Refusal("pack_malformed", where=where, what=f"{name}: level `{level}`; known are {', '.join(LEVELS)}")
    given = _number(entry, "uncertainty_m", where)
    if given is not None and given <= 0:
        raise Refusal("pack_malformed", where=where, what=f"{name}: `uncertainty_m` must be above 0")
    default = max(UNCERTAINTY_M[level], APPROX_M) if approx else UNCERTAINTY_M[level]
    wanted = _text(entry.get("id"))
    if wanted in taken:
        raise Refusal("pack_malformed", where=where, what=f"the id {wanted} stands twice")
    return Place(
        id=wanted or _free_id(name, taken),
        name=name,
        names=names,
        level=level,
        lat=lat,
        lon=lon,
        uncertainty_m=default if given is None else given,
        within=_text(entry.get("within")) or None,
        side=_text(entry.get("side")),
        origin=_text(entry.get("origin")),
        approx=approx,
        transliterated=transliterated,
        unnamed=unnamed,
    )


def _kinds_of_names(given: dict[str, tuple[str, ...]]) -> tuple[Names, Names, tuple[str, ...]]:
    """Names as they are; `~name`, made by transliteration; `?`, said to be unknown. Unknown beside a name means nothing."""
    if not any(name[0] in "~?" for names in given.values() for name in names):
        return given, {}, ()
    own = {language: tuple(name for name in names if name[0] not in "~?") for language, names in given.items()}
    made = {language: tuple(name[1:].strip() for name in names if name[0] == "~" and name != "~") for language, names in given.items()}
    unknown = tuple(language for language, names in given.items() if names == ("?",))
    return {k: v for k, v in own.items() if v}, {k: v for k, v in made.items() if v}, unknown


def _free_id(name: str, taken: set[str]) -> str:
    stem = re.sub(r"[^\w]+", "-", fold(name)).strip("-") or "place"
    number, wanted = 2, stem
    while wanted in taken:
        wanted, number = f"{stem}-{number}", number + 1
    return wanted


def _spot(entry: dict[str, Any], where: str) -> str:
    return _text(entry.get("_where")) or where


# --- lines, shapes, agreements ------------------------------------------------------------------------------------


def _line(entry: dict[str, Any], where: str, number: int) -> Line:
    name = _text(entry.get("name")) or f"line {number}"
    return Line(
        id=_text(entry.get("id")) or re.sub(r"\W+", "-", fold(name)).strip("-") or f"line-{number}",
        name=name,
        kind=_text(entry.get("kind")) or "line",
        origin=_text(entry.get("origin")),
        paths=paths_of(entry, where),
    )


def _shape(entry: dict[str, Any], where: str) -> Shape:
    kind = _text(entry.get("kind"))
    if kind not in {"land", "lake"}:
        raise Refusal("pack_malformed", where=where, what=f"a shape is land or lake, not `{kind}`")
    return Shape(kind, _text(entry.get("name")), _text(entry.get("origin")), paths_of(entry, where))


def _agreement(entry: dict[str, Any], where: str, number: int) -> Agreement:
    title = _needed(entry, "title", where)
    names: Names = _names(entry, where, Notes())
    return Agreement(
        id=_text(entry.get("id")) or f"agreement-{number}",
        title=title,
        date=_text(entry.get("date")),
        version=_text(entry.get("version")),
        language=_text(entry.get("language")).lower(),
        of=_text(entry.get("of")),
        names=names,
        provisions=tuple(provision(each, f"{where}, provisions {index}") for index, each in _entries(entry, "provisions", where)),
        origin=_text(entry.get("origin")),
    )
