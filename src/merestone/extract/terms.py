"""What a text says: the values that one rule set derives from one exhibit text.

Every value carries the span it was read from and the rule that read it, or says that it was not found.
The JSON of interface.md is these classes written out (`extract/wire.py`); gold/GUIDE.md defines the vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "small_arms_fire", "shelling", "air_attack", "drone_flight", "blast", "minelaying", "ground_attack", "armed_clash", "advance",
    "position_held", "withdrawal", "engineering_works", "force_buildup", "threat_with_weapon", "detention", "release",
    "property_damage", "theft", "arson", "movement_restricted", "utility_cut", "ill_treatment", "casualty", "monitors_obstructed",
    "ceasefire_agreed", "calm", "information_withheld", "heritage_damage", "water_or_land_fouled",
)  # fmt: skip
STANCES = ("asserts", "denies", "admits")
REALISED = ("done", "attempted", "announced")
TARGETS = (
    "military_positions",
    "military_personnel",
    "civilians",
    "settlement",
    "property",
    "infrastructure",
    "territory",
    "monitors",
    "none",
)
WEAPONS = (
    "small_arms", "sniper", "machine_gun", "grenade_launcher", "mortar", "artillery", "mlrs", "tank", "uav", "missile", "mine", "hand_grenade", "other",
)  # fmt: skip
OUTCOMES = ("killed", "wounded", "detained", "missing")
GROUPS = ("military", "civilian", "unspecified")
ROLES = ("at", "origin", "target")
LEVELS = ("settlement", "district", "region", "border_section", "country", "feature")
OWN = "own correspondent"  # how a reporter of the outlet that prints the text is called, in every language
PRECISIONS = ("minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown")
STATEMENTS = ("threat", "territorial_claim", "admission", "denial", "accusation", "condemnation", "welcome")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a slot has its value: "rule en.fire.3 at 120–164", with a sentence. `start == end` says: no words, a default."""

    slot: str
    value: str
    start: int
    end: int
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """One link of a chain "A, citing B". `name` is the pack's (or office and party, or as written).

    `affiliation`: a party's code, `both`, `none`, or `unknown` where neither pack nor text tells. `official`: speaks for a
    party's own authorities or forces. `received` is False for a document that is cited and that nobody here holds.
    """

    name: str
    kind: str
    affiliation: str
    official: bool
    start: int
    end: int
    received: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    party: str  # a code, both, none, unknown
    what: str  # TARGETS


@dataclass(frozen=True, slots=True)
class When:
    """happened_between: local time with offset ("2021-07-28T03:40+04:00") or a bare date when no time of day is said.

    `since` and `until` a state runs is not said here. `inferred` names what the text leaves out and we filled in
    ("year", "date"); `zone_stated` the zone that the text names, "" otherwise. precision `unknown` has empty bounds.
    """

    start: str
    end: str
    precision: str
    zone_stated: str = ""
    inferred: tuple[str, ...] = ()
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as the text names it, before anybody asks where it is. `ids` are the pack's places that bear the name.

    `distance_km`/`bearing` hold "3 km north-east of" when the mention carries it.
    """

    text: str
    start: int
    end: int
    role: str
    ids: tuple[str, ...] = ()
    level_hint: str = ""
    distance_km: float | None = None
    bearing: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A mention with its best candidate. `lat`/`lon` are None and `why` says the reason where it cannot be placed."""

    text: str
    start: int
    end: int
    role: str
    name: str
    level: str
    lat: float | None
    lon: float | None
    uncertainty_m: float | None
    place: str | None
    why: str
    others: tuple[str, ...] = ()  # ids of candidates that were not chosen


@dataclass(frozen=True, slots=True)
class Casualties:
    outcome: str
    party: str  # a code, both, none, unknown
    group: str
    min: int | None  # of "up to 10" it is 0
    max: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """A span that names or singles out one person; `office` is True for holders named in the pack (never masked)."""

    start: int
    end: int
    office: bool
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed claim. `id` counts from 1 in text order; `quote` is `text[start:end]`.

    `repeated` marks undated or repeated acts (a pattern, never an incident). `places` are mentions until `locate` has
    turned them into `where`. `confidence` is the share of the applicable slots that were read from words and not from a default.
    """

    id: int
    kind: str
    start: int
    end: int
    quote: str
    said_by: tuple[Speaker, ...]
    realised: str
    stance: str
    initiator: str
    target: Target
    when: When
    places: tuple[PlaceMention, ...]
    where: tuple[Located, ...]
    weapons: tuple[str, ...]
    casualties: tuple[Casualties, ...]
    repeated: bool
    persons: tuple[Person, ...]
    rule: str
    confidence: float
    evidence: tuple[Evidence, ...]
    hit: tuple[str, ...] = ()  # what was hit, as lower-case words ("cattle", "ambulance"), for linking


@dataclass(frozen=True, slots=True)
class Statement:
    type: str
    by: str
    party: str
    start: int
    end: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Appeal:
    by: tuple[str, ...]
    to: tuple[str, ...]
    ask: str
    start: int
    end: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Response:
    by: str
    type: str
    date: str  # ISO date or "" when unknown
    start: int
    end: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A document or report that the text relies on; `received` tells whether it is among the exhibits of this batch."""

    by: str
    start: int
    end: int
    received: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one rule-set version derives from one exhibit text."""

    id: str
    language: str
    rules: str  # name and digest of the rule set, "en 1a2b3c4d"
    claims: tuple[Proposal, ...]
    statements: tuple[Statement, ...]
    appeals: tuple[Appeal, ...]
    responses: tuple[Response, ...]
    signatories: tuple[tuple[str, int, int], ...]  # name as written, start, end
    citations: tuple[Citation, ...]
    persons: tuple[Person, ...]
