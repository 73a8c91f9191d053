"""Small editions of an invented conflict, made by hand so that no other room is needed, and a way to make many of them."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from merestone.assess.terms import Assessment, Contested, Figure, Reason, Version
from merestone.capture.terms import Exhibit, ExhibitText, Known, Line, Pack, Party, Place, Received, Shape, Source, Unknown
from merestone.extract.terms import (
    Appeal,
    Casualties,
    Citation,
    Evidence,
    Located,
    Person,
    Proposal,
    Reading,
    Response,
    Speaker,
    Statement,
    Target,
    When,
)
from merestone.ledger.terms import Refusal
from merestone.link.terms import Dossier, Edge, Group, Level, Link, Linked, Passage, Ref, Voice
from merestone.report import Edition, Findings, Particulars, assemble

NOW = datetime(2031, 6, 2, 9, 30, tzinfo=UTC)
SETTLEMENTS = ("Amberley", "Brockfen", "Caldmoor", "Dunwick", "Elmsett", "Farrowby")
DISTRICTS = ("Northfell District", "Southfell District")
SOURCES = {
    "Ministry of Defence of Veldar": ("ministry", "VE"),
    "Ministry of Defence of Orsay": ("ministry", "OR"),
    "Meridian Newswire": ("media", "none"),
}


def pack() -> Pack:
    places = [Place("veldar", "Veldar", {"": ("Veldar",)}, "country", 40.2, 45.0, 90_000.0)]
    places += [
        Place(f"d{n}", name, {"": (name,)}, "district", 40.0 + n * 0.6, 45.1, 14_000.0, "veldar") for n, name in enumerate(DISTRICTS)
    ]
    places += [
        Place(f"s{n}", name, {"": (name, f"Old {name}")}, "settlement", 40.01 + n * 0.11, 45.03 + 0.07 * (n % 2), 900.0, f"d{n // 3}")
        for n, name in enumerate(SETTLEMENTS)
    ]
    return Pack(
        name="invented",
        title="Veldar and Orsay",
        period=("2030-01-01", "2032-01-01"),
        timezones=("UTC",),
        parties=(Party("VE", "Veldar", {"": ("Veldar",)}), Party("OR", "Orsay", {"": ("Orsay",)})),
        sources=tuple(Source(name, {}, kind, side) for name, (kind, side) in SOURCES.items()),
        places=tuple(places),
        lines=(Line("l1", "Ceasefire line", "ceasefire", "annex to the statement", (((39.8, 45.06), (40.3, 45.08), (40.9, 45.05)),)),),
        shapes=(
            Shape("land", "", "drawn for this test", (((39.0, 44.0), (39.0, 46.0), (41.0, 46.0), (41.0, 44.0), (39.0, 44.0)),)),
            Shape("lake", "Lake", "drawn for this test", (((40.1, 45.1), (40.1, 45.2), (40.2, 45.2), (40.1, 45.1)),)),
        ),
        attribution=("Places and lines are invented",),
        digest="ab" * 32,
    )


@dataclass(frozen=True)
class Told:
    """One sentence that is one claim. `person` and `place` are words of it; `days` how long before NOW; None: no date."""

    words: str
    kind: str = "small_arms_fire"
    by: str = "Ministry of Defence of Veldar"
    speaker: str = "ministry"
    side: str = "VE"
    place: int | None = 0
    role: str = "target"
    what: str = "settlement"
    person: str = ""
    office: bool = False
    days: int | None = 16
    stance: str = "asserts"
    harm: tuple[Casualties, ...] = ()


@dataclass(frozen=True)
class Paper:
    id: str
    told: tuple[Told, ...]
    publisher: str = "Ministry of Defence of Veldar"
    url: str = "https://example.org/a"
    title: str = ""
    protected: bool = False
    joints: str = " "
    statements: tuple[tuple[str, str], ...] = ()  # by, quote
    appeals: tuple[str, ...] = ()
    responses: tuple[tuple[str, str], ...] = ()
    signed: tuple[str, ...] = ()


def text_of(paper: Paper) -> str:
    extra = [q for _, q in paper.statements] + list(paper.appeals) + [q for _, q in paper.responses]
    return paper.joints.join([t.words for t in paper.told] + extra)


def _when(told: Told) -> When:
    if told.days is None:
        return When("", "", "unknown")
    day = (NOW - timedelta(days=told.days)).date().isoformat()
    return When(day, day, "day", inferred=("year",) if told.days == 16 else ())


def _located(told: Told, text: str, start: int) -> tuple[Located, ...]:
    if told.place is None:
        return ()
    place = next(p for p in pack().places if p.id == f"s{told.place}")
    at = text.find(place.name, start, start + len(told.words))
    span = (at, at + len(place.name)) if at >= 0 else (0, 0)
    words = text[slice(*span)]
    return (Located(words, *span, told.role, place.name, "settlement", place.lat, place.lon, 900.0, place.id, "by name"),)


def proposal(told: Told, number: int, text: str, cursor: int) -> Proposal:
    start = text.index(told.words, cursor)
    quote = told.words.rstrip(".")
    persons = ()
    if told.person:
        at = text.index(told.person, start)
        persons = (Person(at, at + len(told.person), told.office, "a name"),)
    return Proposal(
        id=number,
        kind=told.kind,
        start=start,
        end=start + len(quote),
        quote=quote,
        said_by=(Speaker(told.by, told.speaker, told.side, told.speaker == "ministry", 0, 0),),
        realised="done",
        stance=told.stance,
        initiator={"VE": "OR", "OR": "VE"}.get(told.side, "unknown"),
        target=Target(told.side if told.side in ("VE", "OR") else "unknown", told.what),
        when=_when(told),
        places=(),
        where=_located(told, text, start),
        weapons=("mortar",),
        casualties=told.harm,
        repeated=told.days is None,
        persons=persons,
        rule=f"en.{told.kind}.1",
        confidence=0.75,
        evidence=(Evidence("kind", told.kind, start, start + 3, f"en.{told.kind}.1", f"“{quote}” says so"),),
        hit=("roof",),
    )


def reading(paper: Paper) -> tuple[Reading, str]:
    text = text_of(paper)
    claims, cursor = [], 0
    for number, told in enumerate(paper.told, 1):
        claims.append(proposal(told, number, text, cursor))
        cursor = text.index(told.words, cursor) + len(told.words)
    at = text.index
    return Reading(
        id=paper.id,
        language="en",
        rules="en 1a2b3c4d",
        claims=tuple(claims),
        statements=tuple(Statement("threat", by, "VE", at(q), at(q) + len(q), q, "en.statement.1") for by, q in paper.statements),
        appeals=tuple(Appeal(("Council",), ("Assembly",), f"ask: {q}", at(q), at(q) + len(q), q, "en.appeal.1") for q in paper.appeals),
        responses=tuple(Response(by, "pledged", "", at(q), at(q) + len(q), q, "en.response.1") for by, q in paper.responses),
        signatories=tuple((name, 0, 0) for name in paper.signed),
        citations=(Citation("a report that nobody holds", 0, min(9, len(text)), False),),
        persons=tuple(p for c in claims for p in c.persons),
    ), text


def _assessment(group: Group, claims: dict[Ref, Proposal], voices: dict[str, Voice]) -> Assessment:
    sides: dict[str, list[Ref]] = {}
    for ref in group.claims:
        side = claims[ref].said_by[0].affiliation
        sides.setdefault(side if side in ("VE", "OR") else "other", []).append(ref)
    names = [claims[ref].said_by[0].name for ref in group.claims]
    spots = ", ".join(located.name for ref in group.claims for located in claims[ref].where)
    return Assessment(
        incident=group.id,
        grade="reported by both" if len(sides) > 1 else "reported",
        reasons=(Reason(1, f"{' and '.join(names)} tell of it at {spots} (see {group.claims[0]})", group.claims, True),),
        contested=(Contested("where", tuple(Version(name, f"says {spots}", group.claims) for name in names)),),
        figures=(Figure("wounded", "VE", "military", 2, 5, tuple((name, 2, 5, group.claims) for name in names)),),
        versions=tuple((side, tuple(refs)) for side, refs in sorted(sides.items())),
        voices=tuple(voices[name].id for name in dict.fromkeys(names)),
    )


@dataclass(frozen=True)
class Bundle:
    papers: tuple[Paper, ...]
    groups: tuple[tuple[str, ...], ...] = ()  # refs as text; the rest of the dated claims stand alone
    refusals: tuple[Refusal, ...] = ()
    passages: tuple[Passage, ...] = field(default=())
    copies: tuple[tuple[str, str], ...] = ()  # later, earlier


def edition(bundle: Bundle) -> Edition:
    read = {paper.id: reading(paper) for paper in bundle.papers if not paper.protected}
    claims = {Ref(name, claim.id): claim for name, (each, _) in read.items() for claim in each.claims}
    grouped = [tuple(map(_ref, group)) for group in bundle.groups]
    loose = [(ref,) for ref in claims if not any(ref in group for group in grouped)]
    dated = [g for g in (*grouped, *loose) if not claims[g[0]].repeated]
    undated = [g for g in (*grouped, *loose) if claims[g[0]].repeated]
    incidents = tuple(_group(f"B-{n:03d}", g, claims, False) for n, g in enumerate(dated, 1))
    patterns = tuple(_group(f"P-{n:02d}", g, claims, True) for n, g in enumerate(undated, 1))
    voices = _voices(claims)
    assessments = tuple(_assessment(group, claims, voices) for group in incidents)
    linked = Linked(incidents, patterns, tuple(voices.values()), bundle.passages, tuple((_ref(a), _ref(b)) for a, b in bundle.copies))
    dossiers = tuple(Dossier(each, text, "", "", "en") for each, text in read.values())
    received = Received(
        tuple(_text(paper) for paper in bundle.papers), bundle.refusals, tuple(_text(paper).exhibit for paper in bundle.papers)
    )
    return assemble(Findings(received, dossiers, linked, assessments), pack(), Particulars("What the documents say", NOW, version="0.0"))


def _ref(written: str) -> Ref:
    document, _, number = written.rpartition("#")
    return Ref(document, int(number))


def _group(name: str, refs: tuple[Ref, ...], claims: dict[Ref, Proposal], pattern: bool) -> Group:
    first = claims[refs[0]]
    spots = "; ".join(located.name for ref in refs for located in claims[ref].where)
    links = tuple(Link(a, b, 4.5, (Level("place", "same place", 4.0, f"both name {spots}"),)) for a, b in itertools.pairwise(refs))
    return Group(
        name,
        pattern,
        first.kind,
        tuple({claims[r].kind: None for r in refs}),
        refs,
        links,
        first.when.start,
        first.when.end,
        first.when.precision,
    )


def _voices(claims: dict[Ref, Proposal]) -> dict[str, Voice]:
    said: dict[str, list[Ref]] = {}
    for ref, claim in claims.items():
        said.setdefault(claim.said_by[0].name, []).append(ref)
    return {
        name: Voice(
            f"V-{n:02d}", name, claims[refs[0]].said_by[0].affiliation, (name,),
            (Edge(f"publisher of {refs[0].document}", name, "according_to", f"{refs[0]} gives it as the word of {name}", tuple(refs)),), tuple(refs),
        )
        for n, (name, refs) in enumerate(said.items(), 1)
    }  # fmt: skip


def _text(paper: Paper) -> ExhibitText:
    text = text_of(paper)
    content = text.encode("utf-8", "surrogatepass")
    exhibit = Exhibit(f"{paper.id}.txt", "text/plain", len(content), hashlib.sha256(content).hexdigest())
    return ExhibitText(
        id=paper.id,
        exhibit=exhibit,
        text=text,
        pieces=(),
        language=Known("en", "text"),
        encoding="utf-8",
        published=Known("2031-05-20", "manifest"),
        publisher=Known(paper.publisher, "manifest") if paper.publisher else Unknown("none given"),
        title=Known(paper.title, "metadata") if paper.title else Unknown("none given"),
        url=Known(paper.url, "manifest") if paper.url else Unknown("none given"),
        protected=paper.protected,
    )


VE = "Ministry of Defence of Veldar"
OR = "Ministry of Defence of Orsay"
WIRE = "Meridian Newswire"

SMALL = Bundle(
    papers=(
        Paper(
            "ve-mod-1",
            (
                Told("Orsayan units fired at Amberley at night.", harm=(Casualties("wounded", "VE", "military", 2, 2, 0, 9),)),
                Told("Orsayan units hold a post above Brockfen.", kind="position_held", place=1, role="at", what="territory"),
            ),
            title="On the fire at Amberley",
            statements=((VE, "We shall answer in kind."),),
            signed=("Council of Amberley",),
        ),
        Paper(
            "or-mod-1",
            (Told("Veldarian units fired first, near Amberley.", by=OR, side="OR", what="military_positions"),
             Told("We did not fire at Amberley.", by=OR, side="OR", stance="denies")),
            publisher=OR,
            responses=(("Assembly", "The Assembly has asked for calm."),),
        ),
        Paper(
            "wire-1",
            (
                Told("A patrol heard forty bursts near Caldmoor.", by=WIRE, speaker="media", side="none", place=2, role="at"),
                Told("Shots are heard every week, said Tessa Marl of Dunwick.", by="resident of Dunwick", speaker="resident", side="VE", place=3,
                     person="Tessa Marl", days=None),
            ),
            publisher=WIRE,
            appeals=("We call on the Assembly to send observers.",),
        ),
    ),
    groups=(("ve-mod-1#1", "or-mod-1#1", "or-mod-1#2", "wire-1#1"),),
    refusals=(Refusal("empty", path="blank.txt"),),
)  # fmt: skip
