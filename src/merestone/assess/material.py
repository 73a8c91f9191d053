"""What a balance is counted from: texts, claims, incidents, decisions and where the mission was, each with the sides that it is about.

Plain values, so that whoever holds an edition's file can count again. A side is a party's code, `none` (of no party) or `other` (of
both, or not known): what is not of one party is added to none.
"""

from __future__ import annotations

from dataclasses import dataclass

NONE, OTHER = "none", "other"
Sides = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """`heard`: a text of theirs is here, or one that is here tells their words as theirs. `named`: the pack knows it."""

    side: str
    named: bool
    heard: bool


@dataclass(frozen=True, slots=True)
class Text:
    """`published` is an ISO date or time, "" where it is not known; so is `language`."""

    side: str
    language: str
    published: str
    claims: int


@dataclass(frozen=True, slots=True)
class Told:
    """A claim. `text` is the document that it stands in; `side` whose words it is; `quoted` whether its words are shown."""

    text: str
    side: str
    stance: str
    blamed: Sides
    hit: Sides
    copy: bool
    recorded: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident. Times are ISO or "" where not known (in a brief: received, graded, decided); `words` are those that we wrote on it."""

    blamed: Sides
    hit: Sides
    grade: str
    contested: bool
    voices: int
    claims: int
    words: int
    began: str
    published: str
    received: str = ""
    graded: str = ""
    decided: str = ""
    state: str = "proposed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's decision, on an incident or (`single`) on one claim."""

    actor: str
    verdict: str
    blamed: Sides
    single: bool


@dataclass(frozen=True, slots=True)
class Area:
    """What lies on one side, and how much the mission looked there. Numbers are ranges: (lowest, highest); None is not told."""

    side: str
    places: int
    named: int | None
    patrols: tuple[int, int]
    nil: tuple[int, int]
    refused: tuple[int, int]
    cameras_down: tuple[int, int]
    observations: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Material:
    """`areas` None: there is no mission of which it could be told; `verdicts` None: not told. `looked`: (`patrol` or
    `observation`, day), None where no days are told."""

    parties: Sides
    sources: tuple[Source, ...]
    texts: tuple[Text, ...]
    claims: tuple[Told, ...]
    incidents: tuple[Happening, ...]
    verdicts: tuple[Verdict, ...] | None = None
    areas: tuple[Area, ...] | None = None
    looked: tuple[tuple[str, str], ...] | None = None

    @property
    def columns(self) -> Sides:
        return (*sorted(self.parties), NONE, OTHER)
