"""Which claims are about the same happening, and who repeats whom.

Neither the initiator nor the target party of a claim is ever looked at here (law 2).
"""

from __future__ import annotations

from dataclasses import dataclass

from merestone.extract.terms import Reading


@dataclass(frozen=True, slots=True)
class Dossier:
    """A reading with what linking must know of its document. `published` is ISO or ""; `publisher` is "" when unknown."""

    reading: Reading
    text: str
    published: str
    publisher: str
    language: str
    url: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """DOC_ID#N."""

    document: str
    claim: int

    def __str__(self) -> str:
        return f"{self.document}#{self.claim}"


@dataclass(frozen=True, slots=True)
class Level:
    """One comparison of a pair: feature, the named level it fell into, its weight in bits, and a sentence."""

    feature: str  # time place kind hit weapons figures wording
    level: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two claims joined (or held apart) and why, level by level."""

    a: Ref
    b: Ref
    score: float
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An incident (dated) or a pattern (repeated, undated: no number, no grade) as linking found it."""

    id: str  # B-001 …; P-01 … for a pattern
    pattern: bool
    kind: str  # the leading kind
    kinds: tuple[str, ...]
    claims: tuple[Ref, ...]
    links: tuple[Link, ...]
    start: str
    end: str
    precision: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two documents: `earlier` has them at start:end, `later` at later_start:later_end.

    `ordered` is False where the times of publication do not tell which of the two came first.
    """

    earlier: str
    later: str
    start: int
    end: int
    later_start: int
    later_end: int
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """`repeater` repeats `origin`. `how`: speaks_for according_to shared_passage reprint; `why` in a sentence; `claims` concerned."""

    repeater: str
    origin: str
    how: str
    why: str
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """A source with all that repeat it. `affiliation`: a party's code, `both`, `none` or `unknown`. `members` are source names."""

    id: str  # V-01 …
    name: str
    affiliation: str
    members: tuple[str, ...]
    edges: tuple[Edge, ...]
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What a linking run found. `copy_of` maps a claim to the claim that it repeats; `weights`: what levels weighed where they were learned
    from these claims (levels.Weights.kept), "" where the table decided."""

    incidents: tuple[Group, ...]
    patterns: tuple[Group, ...]
    voices: tuple[Voice, ...]
    passages: tuple[Passage, ...]
    copy_of: tuple[tuple[Ref, Ref], ...]
    weights: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a pair: `verdict` is same, different or unsure. It overrides the machine and is kept."""

    a: Ref
    b: Ref
    verdict: str
    actor: str = ""
    reason: str = ""
