"""What leaves the house: the nouns of a frozen edition.

An edition holds every value that a page shows, so that rendering asks nobody; the classes of the rooms upstream are used as
they are. `profile` is empty until `redact` has spoken, and nothing renders an edition on which it has not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from merestone.assess.terms import Assessment
from merestone.capture.terms import Agreement, Known, Line, Place, Shape, Unknown
from merestone.extract.terms import Appeal, Citation, Person, Proposal, Response, Statement
from merestone.link.terms import Group, Passage, Ref, Voice

INTERNAL = "internal"
PUBLIC = "public"
PROFILES = (INTERNAL, PUBLIC)
DRAFT = "draft"
PUBLISHED = "published"
KNOWN_THEN = "as known on"  # of an hour that is over: not an edition
RECORDED = "recorded"
NUMBERED = ("B-", "INC-")  # how the id of an incident begins: of a brief, of a mission


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

    `incident` is the id of the incident or pattern it belongs to, "" for none; `copy_of` the claim that it repeats. `state` is
    `recorded` where a person has recorded it, else `proposed` or `deferred`: a machine's reading.
    """

    ref: Ref
    claim: Proposal
    before: str
    after: str
    incident: str = ""
    copy_of: Ref | None = None
    state: str = "proposed"


@dataclass(frozen=True, slots=True)
class Incident:
    group: Group
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Said:
    """`ref` (EXH-…#S1, "" in a brief and in public) and `state` as a claim has them; so below."""

    document: str
    statement: Statement
    ref: str = ""
    state: str = "proposed"


@dataclass(frozen=True, slots=True)
class Answered:
    document: str
    response: Response
    ref: str = ""
    state: str = "proposed"


@dataclass(frozen=True, slots=True)
class Asked:
    """An appeal and the numbers (from 0, into the edition's responses) of what an addressee of it did or said."""

    document: str
    appeal: Appeal
    answers: tuple[int, ...]
    ref: str = ""
    state: str = "proposed"


@dataclass(frozen=True, slots=True)
class Signed:
    document: str
    names: tuple[str, ...]
    ref: str = ""
    state: str = "proposed"


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
    parity: tuple[str, ...] = ()  # what the pack holds of each party, in words


@dataclass(frozen=True, slots=True)
class Base:
    """What the map stands on: lines with their origin, land and lakes, and the places that claims or labels need."""

    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """What lies on one side (a party's code, `none`) and how much the mission looked there: lowest and highest number, the same inside.
    `named`: of its places those that claims name, None where it is not told."""

    party: str
    places: int
    named: int | None
    patrols: tuple[int, int] = (0, 0)
    nil: tuple[int, int] = (0, 0)
    refused: tuple[int, int] = (0, 0)
    cameras_down: tuple[int, int] = (0, 0)
    observations: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Went:
    """Where the mission looked, or would have: on which sides and on which day. `nil`: a patrol that perceived nothing."""

    what: str  # patrol refused camera_down observation
    parties: tuple[str, ...]
    day: str
    nil: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What an account decided, of an incident or a claim (`subject`), and whom the claims of that blame."""

    account: str
    state: str
    subject: str
    initiators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Of an incident: when the first text of it was received, when it was first graded, when a person decided on it. ISO or ""."""

    incident: str
    received: str
    graded: str
    decided: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What the balance audit has to know beside the edition itself: how many sources of the pack each affiliation has, whose the names are
    that publish or speak here (name as it stands, affiliation, the pack's name of it or ""), and what the mission looked at and decided.

    `areas` None: there is no mission (a brief); `decided` None: not told. In public no patrol by itself, no hour and no account is told.
    """

    sources: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, str, str], ...]
    areas: tuple[Reached, ...] | None = None
    went: tuple[Went, ...] = ()
    hours: tuple[Hours, ...] = ()
    decided: tuple[Decided, ...] | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """How much is not shown, counted in claims and statements, never where or by whom."""

    captives: int = 0
    recent: int = 0
    told: int = 0
    coarsened: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The checkpoint at which an edition was frozen: the ledger's name, the number of its entries, their root (64 hex digits)."""

    origin: str
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Who took a step: the role that it takes, and the account ("" in public). Both are "" where nobody has taken it."""

    role: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a mission says of its edition. `title` is the mission's; `state` draft, published or as known on; `verifier` the key to check with.

    `as_of` is the hour of the checkpoint's last entry (UTC), or the one that was asked for, on the clock on which it was asked (ISO);
    `local` the same hour on the pack's clocks (zone, ISO). `people` counts the open accounts that may draft, approve or publish;
    `four_eyes` says that the publisher is another person than the drafter.
    """

    edition: str
    mission: str
    title: str
    state: str
    verifier: str
    as_of: str
    local: tuple[tuple[str, str], ...]
    drafted_by: Hand
    approved_by: Hand
    published_by: Hand
    four_eyes: bool
    people: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What an earlier edition said and this one does not. `what`: corrected, withdrawn (`claims`; `slots` that were altered), graded (`was`, `now`),
    merged (`incident` into `now`), rejected. `open`: the earlier edition showed it in public."""

    what: str
    incident: str = ""
    claims: tuple[Ref, ...] = ()
    slots: tuple[str, ...] = ()
    was: str = ""
    now: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Corrections:
    """Since the edition `since`, the last one published before."""

    since: str
    items: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A frozen set of claims and conclusions. A brief keeps no ledger: it has neither checkpoint nor standing.

    `basis` says on which entry what is shown rests: id of an exhibit, a claim or an incident, and the entry's position. `pack` is name and title; `parties` (code, name) in order of code; `sources` (name, kind) of the pack's sources and their
    aliases; `window` the --from and --to that were asked for, "" where none was. `aligned`: parties that are aligned with another (code,
    the other's code, why); `allies`: sources of no party that are (name, the party's code, why). `reach` None: frozen by a release that kept
    no balance. `agreements`: the pack's, as they were. `corrections` None: nothing was published before it.
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
    checkpoint: Head | None = None
    standing: Standing | None = None
    basis: tuple[tuple[str, int], ...] = ()
    aligned: tuple[tuple[str, str, str], ...] = ()
    allies: tuple[tuple[str, str, str], ...] = ()
    reach: Reach | None = None
    agreements: tuple[Agreement, ...] = ()
    corrections: Corrections | None = None
