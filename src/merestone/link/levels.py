"""The comparison as data: features, their named levels, and what each weighs in bits, with the reason.

A weight is log2 of how much oftener the level is met between two claims about one happening than between two that are
not (Fellegi and Sunter). The table is symmetric by construction: no row knows a party.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

PRIOR = -2.75  # of the pairs that share a date, about one in nine is about one happening
IMPOSSIBLE = -40.0

Table = Mapping[str, tuple[float, str]]

TIME: Table = {
    "same minute": (5.0, "clocks within a quarter of an hour of each other"),
    "within an hour": (4.0, "clocks of two reporters of one exchange differ by minutes"),
    "within three hours": (2.5, "clocks of opposite sides differ by up to some hours"),
    "within six hours": (-0.5, "one night's fighting lasts hours, but two exchanges may be as near"),
    "same part of day": (3.0, "the times that both give overlap and are parts of a day"),
    "same day": (2.0, "both give the date alone"),
    "day holds it": (2.0, "one gives the date alone, the other a time on it"),
    "adjacent night": (1.5, "a night spans two dates"),
    "aftermath": (1.0, "a truce, a withdrawal or the quiet of the same day belongs to the fighting before it"),
    "later death": (0.0, "who was wounded died within a month: no sign by itself of which happening it was"),
    "other time of the day": (-2.5, "same date, more than six hours apart"),
    "neighbouring date": (-4.5, "dates follow each other and neither time bridges midnight"),
    "same period": (1.0, "both speak of the same days and neither of one of them"),
    "covers": (-1.0, "one speaks of a period that holds the other: no sign that it means this one"),
    "apart": (IMPOSSIBLE, "cannot be the same time"),
}

PLACE: Table = {
    "same place": (4.0, "a common settlement or feature, or points within two kilometres"),
    "near": (3.0, "within eight kilometres: where fire came from and where it fell"),
    "within reach": (1.5, "within twenty kilometres: origin of one may be the target of the other"),
    "same district": (2.0, "both name the same district or section"),
    "next village": (-2.0, "acts that have no range, in two places that are near each other"),
    "other village": (-4.5, "acts that have no range, in two places"),
    "inside": (1.2, "the settlement lies in the district or section that the other names"),
    "same region": (1.5, "both name the same region or section of the border and nothing finer"),
    "wide": (0.8, "a region, country or border names so much that it hardly tells happenings apart"),
    "unplaced": (0.0, "one of them cannot be placed"),
    "another sector": (-2.5, "beyond reach and uncertainty, less than forty kilometres too far"),
    "far": (-8.0, "forty kilometres or more beyond reach and uncertainty: another sector"),
}

KIND: Table = {
    "same": (1.0, "the same kind of act"),
    "same family": (0.7, "kinds that reporters interchange for one exchange"),
    "goes with": (0.5, "what an exchange of that kind brings with it"),
    "unlike": (-0.5, "kinds that seldom belong to one happening"),
    "unrelated": (-5.0, "kinds of another sort of happening"),
}

HIT: Table = {
    "same": (1.5, "the same thing was hit"),
    "different": (-0.5, "each names another thing; one night may hit both"),
    "not said": (0.0, "one of them does not say"),
}

WEAPONS: Table = {
    "shared": (1.0, "a weapon in common"),
    "different": (-0.5, "no weapon in common; reporters seldom name all"),
    "not said": (0.0, "one of them does not say"),
}

FIGURES: Table = {
    "several equal": (3.0, "two or more figures are the same"),
    "equal": (1.5, "a figure is the same"),
    "none hurt": (0.2, "both say that nobody was hurt, as most reports do"),
    "overlapping": (0.3, "ranges that meet"),
    "different": (-0.5, "figures differ: weak, since each side counts its own and counts grow"),
    "not said": (0.0, "one of them does not say"),
}

WORDING: Table = {
    "one sentence": (4.0, "one sentence of one text tells both"),
    "same words": (4.0, "most of the words stand in the same order"),
    "neighbouring sentence": (2.5, "sentences that follow each other in one text"),
    "some words": (1.5, "several runs of three words in common"),
    "same text": (1.0, "one text tells both, at a distance"),
    "own words": (0.0, "nothing in common, or another language"),
}

FIGHTING = ("small_arms_fire", "shelling", "armed_clash", "ground_attack", "air_attack")
MOVING = ("advance", "position_held", "engineering_works", "force_buildup", "minelaying")
AFTERMATH = ("ceasefire_agreed", "withdrawal")  # how an exchange ended
QUIET = "calm"
NO_ACTS = (*AFTERMATH, QUIET)  # they say when something ended or that nothing happened
HARM = ("casualty", "property_damage", "arson", "heritage_damage")
RANGED = (*FIGHTING, *HARM, "drone_flight", *AFTERMATH)  # seen and told from afar: named by origin, by target, by the village that hears it
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "fire": FIGHTING,
    "presence": (*MOVING, "withdrawal"),
    "mines": ("blast", "minelaying"),
    "captivity": ("detention", "release", "ill_treatment"),
    "livelihood": ("theft", "property_damage", "arson"),
    "access": ("movement_restricted", "utility_cut", "water_or_land_fouled"),
    "drones": ("drone_flight", "air_attack"),
    "threat": ("threat_with_weapon",),
    "monitors": ("monitors_obstructed",),
    "heritage": ("heritage_damage",),
    "silence": ("information_withheld",),
    "truce": ("ceasefire_agreed", "calm"),
    "harm": ("casualty",),
}
# What goes with what: pairs of families (or kinds) that one happening often joins.
COMPANIONS = (
    (FIGHTING, (*HARM, *AFTERMATH, QUIET, "advance", "detention", "drone_flight")),
    (MOVING, ("withdrawal", "movement_restricted", "utility_cut", "detention", "ceasefire_agreed")),
    (("casualty",), ("property_damage", "blast", "ceasefire_agreed", "drone_flight", "detention", "withdrawal", "advance")),
    (("theft",), ("property_damage", "threat_with_weapon", "small_arms_fire", "detention")),
    (("threat_with_weapon",), ("detention", "small_arms_fire", "movement_restricted", "property_damage")),
    (("blast",), ("property_damage",)),
    (("detention",), ("withdrawal", "ill_treatment", "property_damage", "minelaying")),
    (("movement_restricted",), ("small_arms_fire", "utility_cut")),
)  # fmt: skip
UNLIKE = (
    (FIGHTING, ("position_held", "engineering_works", "force_buildup", "movement_restricted", "threat_with_weapon", "minelaying")),
    (HARM, (*MOVING, *AFTERMATH)),
    (AFTERMATH, ("advance", "detention", "position_held", "engineering_works")),
    (("calm",), (*HARM, "withdrawal")),
)


def _pairs(table: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((a, b)) for left, right in table for a in left for b in right if a != b)


_COMPANIONS, _UNLIKE = _pairs(COMPANIONS), _pairs(UNLIKE)


@lru_cache(maxsize=4096)
def relation(a: str, b: str) -> str:
    """The level of KIND into which two kinds fall; symmetric."""
    if a == b:
        return "same"
    if any(a in kinds and b in kinds for kinds in FAMILIES.values()):
        return "same family"
    pair = frozenset((a, b))
    if pair in _COMPANIONS:
        return "goes with"
    return "unlike" if pair in _UNLIKE else "unrelated"


def family(kind: str) -> str:
    """Under which word undated acts are gathered: fire and movements each together, every other kind for itself."""
    return next((name for name in ("fire", "presence") if kind in FAMILIES[name]), kind)


@dataclass(frozen=True, slots=True)
class Weights:
    """What levels weigh in one record, in bits. `beside`: time and place together, since happenings of one night lie near each other in both;
    `others`: by feature and level. What is not in them weighs what the tables say."""

    prior: float = PRIOR
    beside: Mapping[tuple[str, str], float] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def kept(self) -> str:
        """As JSON, "" where the tables decide."""
        if not self.beside:
            return ""
        beside = {time: {place: bits for (when, place), bits in self.beside.items() if when == time} for time, _ in self.beside}
        return json.dumps({"prior": self.prior, "beside": beside, "others": self.others}, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> Weights:
        """What `kept` wrote."""
        if not text:
            return HAND
        told = json.loads(text)
        beside = {(time, place): bits for time, row in told["beside"].items() for place, bits in row.items()}
        return cls(told["prior"], beside, told["others"])

    def near(self, time: str, place: str) -> float:
        return self.beside.get((time, place), TIME[time][0] + PLACE[place][0])

    def of(self, feature: str, level: str) -> float:
        known = self.others.get(feature)
        return TABLES[feature][level][0] if known is None or level not in known else known[level]

    def most(self, feature: str) -> float:
        """What the level that says most for one happening weighs."""
        return _MOST[feature] if feature not in self.others else max(self.of(feature, level) for level in TABLES[feature])

    def least(self, feature: str) -> float:
        """What the level that says most against it weighs."""
        return min(self.bits(feature).values())

    def bits(self, feature: str) -> Mapping[str, float]:
        """What each level of the feature weighs: for who asks for many."""
        known = self.others.get(feature)
        return _BITS[feature] if known is None else {**_BITS[feature], **known}


TABLES: Mapping[str, Table] = {"kind": KIND, "hit": HIT, "weapons": WEAPONS, "figures": FIGURES, "wording": WORDING}
_BITS = {feature: {level: bits for level, (bits, _) in table.items()} for feature, table in TABLES.items()}
_MOST = {feature: max(bits for bits, _ in table.values()) for feature, table in TABLES.items()}
HAND = Weights()
