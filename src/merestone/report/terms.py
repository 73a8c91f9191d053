"""What leaves the house: the nouns of a frozen edition.

An edition holds every value that a page shows, so that rendering asks nobody; the classes of the rooms upstream are used as
they are. `profile` is empty until `redact` has spoken, and nothing renders an edition on which it has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from merestone.assess.terms import Assessment
from merestone.capture.terms import Known, Line, Place, Shape, Unknown
from merestone.extract.terms import Appeal, Citation, Person, Proposal, Response, Statement
from merestone.link.terms import Group, Passage, Ref, Voice

INTERNAL = "internal"
PUBLIC = "public"
PROFILES = (INTERNAL, PUBLIC)


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was read: its name as given, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text. `text` and `persons` are empty in the profile `public`; `input` is the name of the file that held it."""

    id: str
    input: str
    title: Known | Unknown
    publisher: Known | Unknown
    published: Known | Unknown
    language: Known | Unknown
    url: Known | Unknown
    text: str
    persons: tuple[Person, ...]
    notices: tuple[Unread, ...] = ()
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One claim with the words around it. An empty quote says: told in our words only, the words themselves are withheld.

    `incident` is the id of the incident or pattern it belongs to, "" for none; `copy_of` the claim that it repeats.
    """

    ref: Ref
    claim: Proposal
    before: str
    after: str
    incident: str = ""
    copy_of: Ref | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    group: Group
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Said:
    document: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Answered:
    document: str
    response: Response


@dataclass(frozen=True, slots=True)
class Asked:
    """An appeal and the numbers (from 0, into the edition's responses) of what an addressee of it did or said."""

    document: str
    appeal: Appeal
    answers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    document: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """What a document relies on; `words` is how it says so."""

    document: str
    citation: Citation
    words: str


@dataclass(frozen=True, slots=True)
class Shared:
    """The same words in two documents."""

    passage: Passage
    words: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A refusal as it is shown: its code and its facts, in the order of their names."""

    code: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Method:
    """How the conclusions were reached: names and digests of the rules, thresholds, known limits, the grade rule in words."""

    version: str
    rules: tuple[str, ...]
    pack_digest: str
    attribution: tuple[str, ...]
    thresholds: tuple[tuple[str, str], ...]
    known_limits: tuple[str, ...]
    grades: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Base:
    """What the map stands on: lines with their origin, land and lakes, and the places that claims or labels need."""

    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """How much is not shown, counted in claims and statements, never where or by whom."""

    captives: int = 0
    recent: int = 0
    told: int = 0
    coarsened: int = 0


@dataclass(frozen=True, slots=True)
class Edition:
    """A frozen set of claims and conclusions. A brief keeps no ledger: its checkpoint is None.

    `pack` is name and title; `parties` (code, name) in order of code; `sources` (name, kind) of the pack's sources and their
    aliases; `window` the --from and --to that were asked for, "" where none was.
    """

    title: str
    profile: str
    generated_at: datetime
    pack: tuple[str, str]
    window: tuple[str, str]
    parties: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    inputs: tuple[Input, ...]
    documents: tuple[Document, ...]
    claims: tuple[Card, ...]
    incidents: tuple[Incident, ...]
    patterns: tuple[Group, ...]
    voices: tuple[Voice, ...]
    passages: tuple[Shared, ...]
    statements: tuple[Said, ...]
    appeals: tuple[Asked, ...]
    responses: tuple[Answered, ...]
    signatories: tuple[Signed, ...]
    citations: tuple[Cited, ...]
    refusals: tuple[Unread, ...]
    method: Method
    base: Base
    withheld: Withheld = Withheld()
    checkpoint: None = None
