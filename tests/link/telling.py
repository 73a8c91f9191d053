"""Claims and dossiers of an invented conflict, made short: every field that a test does not name has a plain value."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from merestone.capture.terms import Pack, Party, Source
from merestone.extract.terms import Casualties, Located, Proposal, Reading, Speaker, Target, When
from merestone.link import Dossier, Linked, Ref

# The invented theatre: name -> level, latitude, longitude, uncertainty in metres.
PLACES = {
    "Upper Brask": ("settlement", -37.412, -22.085, 900.0),
    "Alta Vauride": ("settlement", -37.405, -22.002, 900.0),
    "Lower Brask": ("settlement", -37.452, -22.098, 900.0),
    "Hollin": ("settlement", -38.412, -22.083, 1100.0),
    "Brask District": ("district", -37.43, -22.22, 14000.0),
    "Hollin District": ("district", -38.45, -22.22, 16000.0),
    "Veldar": ("country", -37.9, -22.75, 90000.0),
}
PARTIES = ("VE", "OR", "XT")
VE_MOD = Speaker("Ministry of Defence of Veldar", "ministry", "VE", True, 0, 0)
OR_MOD = Speaker("Ministry of Defence of Orsay", "ministry", "OR", True, 0, 0)
WIRE = Speaker("Meridian Newswire", "media", "none", False, 0, 0)
LAMP = Speaker("Committee of the White Lamp", "international", "none", False, 0, 0)
ALLY = Speaker("Foreign Ministry of Hasken", "third_state", "none", False, 0, 0)
RESIDENT = Speaker("resident of Upper Brask", "resident", "unknown", False, 0, 0)
ADVOCATES = Speaker("Keldholt Community Forum", "civil_society", "VE", False, 0, 0)


def _source(speaker: Speaker, aligned_with: str | None = None) -> Source:
    return Source(speaker.name, {}, speaker.kind, speaker.affiliation, aligned_with, "invented for tests")


PACK = Pack(
    name="tests", title="Veldar and Orsay", period=("2031-01-01", "2031-12-31"), timezones=("UTC",),
    parties=(Party("VE", "Veldar", {}), Party("OR", "Orsay", {}), Party("XT", "Tamm Valley Assembly", {})),
    sources=(_source(VE_MOD), _source(OR_MOD), _source(WIRE), _source(LAMP), _source(ALLY, "VE"), _source(ADVOCATES)), places=(),
)  # fmt: skip


def at(*names: str, role: str = "at") -> tuple[Located, ...]:
    return tuple(
        Located(name, 0, 0, role, name, PLACES[name][0], PLACES[name][1], PLACES[name][2], PLACES[name][3], name.casefold(), "told")
        for name in names
    )


def on(start: str, end: str = "", precision: str = "") -> When:
    return When(start, end or start, precision or ("minute" if "T" in start else "day"))


def claim(quote: str, when: When, where: Sequence[Located] = (), **more: object) -> Proposal:
    """`start` is filled by `dossier`. Pass `by` for the chain of speakers, `blames` for the initiator, `harms` for the target's party."""
    by = more.pop("by", ())
    blames = more.pop("blames", "unknown")
    harms = more.pop("harms", "unknown")
    fresh = Proposal(
        id=0, kind="small_arms_fire", start=0, end=len(quote), quote=quote, said_by=(by,) if isinstance(by, Speaker) else tuple(by),
        realised="done", stance="asserts", initiator=str(blames), target=Target(str(harms), "military_positions"), when=when, places=(),
        where=tuple(where), weapons=(), casualties=(), repeated=False, persons=(), rule="told", confidence=1.0, evidence=(),
    )  # fmt: skip
    return replace(fresh, **more)


def hurt(outcome: str, count: int | None, party: str = "VE", group: str = "military", most: int | None = -1) -> Casualties:
    return Casualties(outcome, party, group, count, count if most == -1 else most, 0, 0)


def dossier(
    name: str, claims: Sequence[Proposal], published: str = "2031-05-17", publisher: str = "", between: str = "Filler stands here. "
) -> Dossier:
    """A text of the quotes, with a sentence of filler after each, and the claims at their places in it."""
    text, placed = "", []
    for number, each in enumerate(claims, 1):
        placed.append(replace(each, id=number, start=len(text), end=len(text) + len(each.quote)))
        text += f"{each.quote}. {between}"
    reading = Reading(name, "en", "told", tuple(placed), (), (), (), (), (), ())
    return Dossier(reading, text, published, publisher, "en")


def incident_of(linked: Linked, ref: Ref) -> str:
    return next((found.id for found in (*linked.incidents, *linked.patterns) if ref in found.claims), "")


def joined(linked: Linked, a: tuple[str, int], b: tuple[str, int]) -> bool:
    return incident_of(linked, Ref(*a)) == incident_of(linked, Ref(*b)) != ""


def changed(dossiers: Iterable[Dossier], change: object) -> list[Dossier]:
    """Every claim passed through `change(ref, claim)`."""
    made = []
    for each in dossiers:
        claims = tuple(change(Ref(each.reading.id, one.id), one) for one in each.reading.claims)  # type: ignore[operator]
        made.append(replace(each, reading=replace(each.reading, claims=claims)))
    return made


# --- a conflict with known happenings -----------------------------------------------------------------------------

SYLLABLES = ("ka", "lo", "mi", "tur", "ven", "sha", "ro", "pel", "dan", "ist", "gor", "ume")
KINDS = ("small_arms_fire", "shelling", "detention", "theft", "blast", "drone_flight")


@dataclass(frozen=True)
class Conflict:
    dossiers: tuple[Dossier, ...]
    about: dict[Ref, int]  # which happening each claim is about


def conflict(seed: int, happenings: int = 24, days: int = 8) -> Conflict:
    """Happenings along a line, each told by one to four sources with mirrored blame, other clocks, other places and words of their own."""
    dice = random.Random(seed)
    told: dict[int, list[tuple[Proposal, int]]] = {n: [] for n in range(6)}
    for happening in range(happenings):
        day, minute = dice.randrange(days), dice.randrange(0, 22 * 60)
        lat, lon = -37.0 - 0.5 * dice.randrange(8), -22.0 + 0.05 * dice.random()
        kind = dice.choice(KINDS)
        for source in dice.sample(range(6), dice.choice((1, 2, 2, 3, 4))):
            told[source].append((_telling(dice, (day, minute), (lat, lon), kind, source), happening))
    dossiers, about = [], {}
    for source, claims in told.items():
        name = f"source-{source}"
        dossiers.append(
            dossier(name, [each for each, _ in claims], published="2031-06-01", publisher=name, between="And more is said here. " * 2)
        )
        about.update({Ref(name, n): happening for n, (_, happening) in enumerate(claims, 1)})
    return Conflict(tuple(dossiers), about)


def _telling(dice: random.Random, time: tuple[int, int], point: tuple[float, float], kind: str, source: int) -> Proposal:
    minute = min(1439, max(0, time[1] + dice.randrange(-40, 41)))
    stamp = f"2031-05-{time[0] + 1:02d}"
    when = on(stamp) if dice.random() < 0.15 else on(f"{stamp}T{minute // 60:02d}:{minute % 60:02d}")
    spread = 0.02 if kind in {"small_arms_fire", "shelling", "drone_flight"} else 0.003
    lat, lon = point[0] + dice.uniform(-spread, spread), point[1] + dice.uniform(-spread, spread)
    where = Located(
        "there", 0, 0, dice.choice(("at", "origin", "target")), f"{lat:.3f} {lon:.3f}", "settlement", lat, lon, 1000.0, None, "told"
    )
    words = " ".join("".join(dice.choices(SYLLABLES, k=3)) for _ in range(9))
    return claim(
        words, when, (where,) if dice.random() < 0.95 else (), kind=kind, blames=PARTIES[source % 2], harms=PARTIES[1 - source % 2]
    )
