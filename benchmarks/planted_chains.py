"""Nights of an invented conflict with planted chains of copies, and with witnesses of the same night who copy nobody.

Of each night: a communiqué of one ministry or of both, outlets that print, cut, reorder, edit, head, credit or link it, some with a witness of
their own, copies of copies, stories that tell what a ministry said, and own reports with the same hour, village and figures.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from merestone.capture import load_pack
from merestone.capture.terms import Pack, Source

LANGUAGES = ("en", "ru", "hy", "az")
OUTLETS = ("Harbour Post", "Northern Star Wire", "Blue Coast Review", "Island Dispatch", "Lighthouse Daily", "Tidal Courier")  # of no party
UNKNOWN = ("Evening Sheet", "Quay Bulletin")  # that no pack holds
AGENCIES = {"VE": "Veldar Press Agency", "OR": "Orsay Telegraph Agency"}
MINISTRIES = {"VE": "Ministry of Defence of Veldar", "OR": "Ministry of Defence of Orsay"}
HOSPITALS = {"VE": "Keldholt", "OR": "Montasse"}
VILLAGES = (
    "upper-brask",
    "lower-brask",
    "sarnby",
    "ternmoor",
    "hollin",
    "vessmark",
    "alta-vauride",
    "bassa-vauride",
    "sorrelle",
    "tresange",
)
CHANGES = ("same", "headed", "cut", "reordered", "edited", "headed and edited", "headed and cut")
ADDED = ("", "", "", "credit", "credit", "link", "own", "resident", "own and credit")
CLOCKS = ("later", "later", "other zone", "no zone", "day alone", "next day", "unknown")
NIGHTS_A_MONTH = 27  # of the months that the language's words name: no two of 108 nights have one date


@dataclass(frozen=True)
class Said:
    """A sentence, and whose word it is: a party's code, an outlet, a witness; "" where it claims nothing or it may be called either.
    `counted`: it gives the number of the wounded, which a headline may tell again."""

    text: str
    voice: str = ""
    counted: bool = False


@dataclass(frozen=True)
class Planted:
    """`origins`: all whose words stand here, of any step; `parent`: from whom they were taken. Spans: start, end, voice."""

    id: str
    language: str
    night: int
    published: str
    publisher: str
    url: str
    how: str
    parts: tuple[Said, ...]
    parent: str = ""
    origins: frozenset[str] = frozenset()
    witness: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(part.text for part in self.parts)

    @property
    def spans(self) -> tuple[tuple[int, int, str], ...]:
        found, at = [], 0
        for part in self.parts:
            found.append((at, at + len(part.text), part.voice))
            at += len(part.text) + 2
        return tuple(found)


def pack() -> Pack:
    """The teaching pack with some outlets of no party more."""
    held = load_pack("teaching")
    return replace(
        held, sources=(*held.sources, *(Source(name, {}, "media", "none", None, "invented for this corpus") for name in OUTLETS))
    )


@cache
def words() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return found


@cache
def _named(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Places by id and sources by name, as the language names them."""
    held = load_pack("teaching")
    places = {each.id: next(iter(each.names.get(language, ())), each.name) for each in held.places}
    sources = {each.name: next(iter(each.aliases.get(language, ())), each.name) for each in held.sources}
    return places, sources


@dataclass
class Night:
    number: int
    language: str
    dice: random.Random
    made: list[Planted] = field(default_factory=list)
    _taken: dict[str, str] = field(default_factory=dict)
    _times: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        dice = self.dice
        self.own = dice.choice(("VE", "OR"))
        self.other = "OR" if self.own == "VE" else "VE"
        month = self.number // NIGHTS_A_MONTH % len(words()[self.language]["days"])
        self.start = datetime(2031, 5 + month, 1 + self.number % NIGHTS_A_MONTH, tzinfo=UTC)
        self.facts = {
            "day": words()[self.language]["days"][month].format(n=self.start.day),
            "place": _named(self.language)[0][VILLAGES[self.number % len(VILLAGES)]],
            "at": f"{dice.randrange(1, 5):02}:{dice.randrange(0, 60, 5):02}",
            "n": str(dice.randint(2, 6)), "h": str(dice.randint(3, 9)), "r": str(dice.randrange(20, 90, 5)),
            "with": dice.choice(words()[self.language]["with"]),
        }  # fmt: skip

    def told(self, sort: str, voice: str, side: str = "", **more: str) -> Said:
        """No two authors of a night take the same words: who wrote a sentence first leaves the others to the next."""
        side = side or self.own
        form = self._pick(sort, more.get("outlet", side))
        return Said(self._whole(form.format(**{**self.facts, **self._sides(side), **more})), voice, "{n}" in form)

    def _sides(self, side: str) -> dict[str, str]:
        held = words()[self.language]
        return {"own": held["army"][side], "other": held["forces"]["OR" if side == "VE" else "VE"]}

    def _pick(self, sort: str, author: str) -> str:
        forms: list[str] = words()[self.language][sort]
        free = [
            each for each in forms if self._taken.get(each, author) == author
        ] or forms  # of what others said there are few ways to tell
        form = self.dice.choice(free)
        if sort != "formula":
            self._taken[form] = author
        return form

    def _left(self, sort: str) -> bool:
        return any(each not in self._taken for each in words()[self.language][sort])

    def _whole(self, text: str) -> str:
        return text[0].upper() + text[1:] + words()[self.language]["end"]

    def communique(self, side: str) -> Planted:
        parts = [self.told("fire", side, side)]
        parts += [self.told(sort, side, side) for sort in ("harm", "damage") if self.dice.random() < 0.8]
        parts += [self.told("formula", "", side) for _ in range(1 if self.dice.random() < 0.7 else 0)]
        return self._publish(
            MINISTRIES[side], "communique", parts, 4 + self.dice.random() * 3, url=f"https://mod-{side.lower()}.example/{self.number}"
        )

    def own_report(self, outlet: str) -> Planted:
        """What an outlet heard itself, and whom it asked; some tell beside it what a ministry says."""
        parts = [self.told("own", outlet, outlet=outlet)]
        if self.dice.random() < 0.6 and self._left("resident"):
            parts.append(self.told("resident", f"resident of {self.facts['place']}", outlet=outlet))
        if self.dice.random() < 0.4:
            town = HOSPITALS[self.own]
            parts.append(self.told("hospital", f"hospital of {town}", town=_named(self.language)[0][town.lower()]))
        origins = set()
        if self.dice.random() < 0.4:
            parts.append(self._according_to(self.own, outlet))
            origins.add(MINISTRIES[self.own])
        self.dice.shuffle(parts)
        return self._publish(outlet, "own", parts, 5 + self.dice.random() * 6, origins=frozenset(origins), witness=True)

    def _according_to(self, side: str, outlet: str) -> Said:
        held = words()[self.language]
        form = self._pick("tellable", outlet)
        said = form.format(**{**self.facts, **self._sides(side)})
        who = MINISTRIES[side] if self.language == "en" else _named(self.language)[1][MINISTRIES[side]]
        return Said(self._whole(self.dice.choice(held["told"]).format(who=who, said=said)), side, "{n}" in form)

    def story(self, outlet: str, side: str) -> Planted:
        """In an outlet's words, and no more than what a ministry says."""
        parts = [self.told("lead", side)] if self.dice.random() < 0.5 else []
        if self.dice.random() < 0.5:
            parts.insert(0, self._headline(side, numbered=False))
        parts += [self._according_to(side, outlet) for _ in range(self.dice.choice((1, 2)))]
        return self._publish(
            outlet, "story", parts, 6 + self.dice.random() * 8, parent=MINISTRIES[side], origins=frozenset({MINISTRIES[side]})
        )

    def _headline(self, voice: str, *, numbered: bool) -> Said:
        text = self.dice.choice([each for each in words()[self.language]["headline"] if numbered or "{n}" not in each]).format(**self.facts)
        return Said(text[0].upper() + text[1:], voice, self.facts["n"] in text)

    def copy(self, origin: Planted, outlet: str) -> Planted:
        dice, change, added, clock = self.dice, self.dice.choice(CHANGES), self.dice.choice(ADDED), self.dice.choice(CLOCKS)
        parts = list(origin.parts)
        if "cut" in change:
            parts = parts[: max(1, (len(parts) + 1) // 2)]
        if "reordered" in change:
            dice.shuffle(parts)
        if "edited" in change:
            parts = [replace(part, text=self._edited(part.text)) for part in parts]
        if "headed" in change:
            voices = {part.voice for part in parts} - {""}
            counted = any(part.counted for part in origin.parts)
            parts.insert(0, self._headline(next(iter(voices)) if len(voices) == 1 else "", numbered=counted))
        origins = {*origin.origins, origin.publisher}
        added = added if self._left("own") and self._left("resident") else added.replace("own", "").replace("resident", "")
        side = next((code for code, name in AGENCIES.items() if name == outlet), "")  # what a side's own agency heard is that side's word
        if "own" in added:
            parts.append(self.told("own", side or outlet, outlet=outlet))
        if "resident" in added:
            parts.append(self.told("resident", side or f"resident of {self.facts['place']}", outlet=outlet))
        if "credit" in added:
            who = _named(self.language)[1].get(origin.publisher, origin.publisher)
            parts.append(Said(self._whole(dice.choice(words()[self.language]["credit"]).format(who=who))))
        if "link" in added and origin.url:
            parts.append(Said(origin.url))
        how = " ".join(part for part in (change, f"with {added}" if added else "", f"({clock})") if part)
        hours = self._hours(origin) + 0.3 + dice.random() * 5
        witness = not side and ("own" in added or "resident" in added)
        return self._publish(outlet, how, parts, hours, clock, parent=origin.publisher, origins=frozenset(origins), witness=witness)

    def _hours(self, origin: Planted) -> float:
        return self._times[origin.id]

    def _edited(self, text: str) -> str:
        for old, new in words()[self.language]["other_words"]:
            if old in text and self.dice.random() < 0.6:
                text = text.replace(old, new, 1)
        return text[0].upper() + text[1:]

    def _publish(self, publisher: str, how: str, parts: Sequence[Said], hours: float, clock: str = "later", **more: Any) -> Planted:
        name = f"n{self.number:03}-{len(self.made):02}"
        self._times[name] = hours
        moment = self.start + timedelta(hours=hours)
        published = {
            "later": f"{moment:%Y-%m-%dT%H:%M}+00:00", "no zone": f"{moment:%Y-%m-%dT%H:%M}", "day alone": f"{moment:%Y-%m-%d}", "unknown": "",
            "other zone": f"{moment - timedelta(hours=3):%Y-%m-%dT%H:%M}-03:00", "next day": f"{moment + timedelta(hours=24):%Y-%m-%dT%H:%M}+00:00",
        }[clock]  # fmt: skip
        url = f"https://{publisher.lower().replace(' ', '-')}.example/{name}"
        self.made.append(replace(Planted(name, self.language, self.number, published, publisher, url, how, tuple(parts)), **more))
        return self.made[-1]


def planted(nights: int, seed: int, languages: Sequence[str] = LANGUAGES) -> list[Planted]:
    """About eleven documents a night, in the order in which they were written."""
    dice, out = random.Random(seed), []
    for number in range(nights):
        night = Night(number, languages[number % len(languages)], dice)
        outlets = [*OUTLETS, *UNKNOWN]
        dice.shuffle(outlets)
        communiques = [night.communique(night.own)]
        if dice.random() < 0.5:
            communiques.append(night.communique(night.other))
        witnesses = [night.own_report(each) for each in [each for each in outlets if each in OUTLETS][:2]]
        outlets = [each for each in outlets if each not in {one.publisher for one in witnesses}]
        for origin in communiques:
            side = night.own if origin.publisher == MINISTRIES[night.own] else night.other
            copies = [night.copy(origin, AGENCIES[side])] if dice.random() < 0.5 else []
            copies += [night.copy(origin, outlets.pop()) for _ in range(min(2, len(outlets)))]
            if outlets and not copies[-1].witness:
                night.copy(copies[-1], outlets.pop())
            night.story(outlets.pop() if outlets else dice.choice(OUTLETS), side)
        if outlets:
            night.copy(witnesses[0], outlets.pop())
        out += night.made
    return out
