"""What arrived and who speaks: the nouns of capture, and those of a pack.

A text's code points stay as they were given. Every span is half-open and counts code points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from merestone.ledger.terms import Refusal


@dataclass(frozen=True, slots=True)
class Known:
    """A value and how it came to be known: `metadata`, `manifest`, `option`, `corpus`, `text` (inferred: marked)."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not known, and why. A value like any other."""

    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int


# --- where a stretch of text stands in the original ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `start:end` of the decoded part `part` ("" is the file itself; a name inside a container otherwise)."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageBox:
    """A page (from 1) and a box on it: left, bottom, right, top in PDF points from the lower left corner."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """A row (from 1, the header is row 1 of a CSV; the line of a JSONL), a column's name, and offsets inside its value."""

    row: int
    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text `start:end` came from `origin`. Stretches that no piece covers were supplied by the reader (a line break)."""

    start: int
    end: int
    origin: ByteRange | PageBox | Cell


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Bytes received once. `name` is relative to what was given; `media_type` is what the bytes are, whatever their name says."""

    name: str
    media_type: str
    size: int
    sha256: str
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExhibitText:
    """One document's text. `published` holds an ISO date or datetime; it is never the date of receipt."""

    id: str
    exhibit: Exhibit
    text: str
    pieces: tuple[Piece, ...]
    language: Known | Unknown
    encoding: str
    published: Known | Unknown
    publisher: Known | Unknown
    title: Known | Unknown
    url: Known | Unknown
    protected: bool = False
    notices: tuple[Refusal, ...] = ()  # what was odd but did not stop the reading (a wrong ending, a replaced byte)
    echoed: Mapping[str, object] = field(default_factory=dict)  # the fields of the corpus line, as given


@dataclass(frozen=True, slots=True)
class Received:
    """A batch: what could be read and what was refused, each refusal with `path` among its facts."""

    texts: tuple[ExhibitText, ...]
    refusals: tuple[Refusal, ...]
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """One exhibit with its bytes. `document` is its text with what is stated of it; the text is "" where there is nothing to read:
    then `refusal` says why, or it only carries others. `within` is the place in the portion of what encloses it; `line` the line of
    the corpus that it is (its bytes are that line's, after the header of a CSV)."""

    exhibit: Exhibit
    data: bytes
    document: ExhibitText
    refusal: Refusal | None = None
    within: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """What can stand by itself: a file with all that it encloses, or some lines of a corpus. `refusals` are of what has no bytes here."""

    taken: tuple[Taken, ...]
    refusals: tuple[Refusal, ...]


# --- a pack -------------------------------------------------------------------------------------------------------

Names = Mapping[str, tuple[str, ...]]  # language code ("" where a pack gives none) -> names, the first is the one to show


@dataclass(frozen=True, slots=True)
class Party:
    """A side that the pack names; naming implies no view on status.

    `aliases` are names, adjectives and what its people and forces are called ("Xland", "Xlandish", "Xlanders", "XDF").
    `timezone` is its clock, if it differs from the pack's. `aligned_with`: the code of the party that an ally, or an authority whose
    status is disputed, is bound to, and `why` in a sentence; it stays a party of its own (`capture/alignment.py`).
    """

    code: str
    name: str
    aliases: Names
    timezone: str | None = None
    aligned_with: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who communicates. `affiliation`: a party's code, `both` or `none`; `why` says so in a sentence.

    `kind`: government ministry armed_forces office_holder ombudsperson state_media media civil_society
    international third_state resident hospital other. An office holder is a person named for the office held.
    """

    name: str
    aliases: Names
    kind: str
    affiliation: str
    aligned_with: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """`level`: settlement district region border_section country feature. `within`: id of the place that holds it.

    `side` is the code of the party whose naming or administration the pack's own source gives, or "" where it says none:
    a help to tell who is shot at, never a view on status. `origin` names the source of the coordinate.
    `transliterated`: names made from another language's letters by a rule, each also among `names` where no other place of the
    pack bears it. `unnamed`: the languages in which the pack says that it knows no name.
    """

    id: str
    name: str
    names: Names
    level: str
    lat: float
    lon: float
    uncertainty_m: float
    within: str | None = None
    side: str = ""
    origin: str = ""
    approx: bool = False
    transliterated: Names = field(default_factory=dict)
    unnamed: tuple[str, ...] = ()

    def named(self, language: str) -> str:
        """`own`, `transliterated`, `unknown` (the pack says so) or `missing` (the pack says nothing)."""
        made = self.transliterated.get(language, ())
        if any(name not in made for name in self.names.get(language, ())):
            return "own"
        if made:
            return "transliterated"
        return "unknown" if language in self.unnamed else "missing"


@dataclass(frozen=True, slots=True)
class Line:
    """A boundary, contact or ceasefire line as one origin draws it; several may disagree. Points are (lat, lon)."""

    id: str
    name: str
    kind: str
    origin: str
    paths: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Land or water for the map: rings of (lat, lon); `kind` is `land` or `lake`."""

    kind: str
    name: str
    origin: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Applying:
    """How a party reads a point, as somebody told it: applies | does not apply | contested, in our words, with the source and its day."""

    party: str
    says: str
    words: str
    source: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to be done by a day (ISO); `moved_to`, where the parties put it off, and the source of that. Claims of `kinds` that name one of
    `places`, or what lies in it, tell of it."""

    name: str
    due: str
    moved_to: str = ""
    moved_by: str = ""
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A number that was agreed on."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a point: says = begun | done | not done | ended | number (of the level `name`). Cited from `source`, held by nobody
    here."""

    by: str
    party: str
    on: str
    says: str
    source: str
    name: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Touching:
    """Which incidents touch a point: of one of `kinds`, in one of `places` where any is named; `why` in a sentence. Touching is no breach."""

    kinds: tuple[str, ...]
    why: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One point of one text version of an agreement. `kind`: continuing one_off level institution. It holds from `since` to `until`, ISO or ""
    (not said)."""

    number: str
    text: str
    kind: str
    applies: Mapping[str, str] = field(default_factory=dict)  # party -> applies | does not apply | contested
    readings: tuple[Applying, ...] = ()
    since: str = ""
    until: str = ""
    steps: tuple[Step, ...] = ()
    levels: tuple[Level, ...] = ()
    said: tuple[Said, ...] = ()
    touching: tuple[Touching, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """One text version. `of` is the id of the entry that it is a version of, "" for one that stands by itself; `language` a code or ""."""

    id: str
    title: str
    date: str
    version: str
    names: Names
    provisions: tuple[Provision, ...]
    origin: str = ""
    language: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything a conflict brings: configuration, no code. `places` of a large pack are made one by one as they are asked for."""

    name: str
    title: str
    period: tuple[str, str]
    timezones: tuple[str, ...]
    parties: tuple[Party, ...]
    sources: tuple[Source, ...]
    places: Sequence[Place]
    lines: tuple[Line, ...] = ()
    shapes: tuple[Shape, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    attribution: tuple[str, ...] = ()  # credits that a report must print
    digest: str = ""  # SHA-256 over the pack's files, for the method section
