"""What can be concluded. The grade is of the happening; who began is never graded."""

from __future__ import annotations

from dataclasses import dataclass

from merestone.link.terms import Ref

GRADES = ("observed", "acknowledged", "corroborated", "reported by both", "reported")
POINTS = ("that", "who", "where", "when", "how_many")


@dataclass(frozen=True, slots=True)
class Reason:
    """One numbered reason, with the claims behind it. `supports` says whether it speaks for or against the grade above."""

    number: int
    text: str
    claims: tuple[Ref, ...]
    supports: bool


@dataclass(frozen=True, slots=True)
class Version:
    """What one voice says on a contested point."""

    voice: str
    says: str
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    point: str  # POINTS
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What a voice said of a figure from `since` on: the time of publication, as far as it is known ("" where it is not)."""

    voice: str
    since: str
    min: int | None
    max: int | None
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """The range of one figure: lowest and highest number said, and by which voice (name, min, max, claims), each at its latest word.

    `changed`: every word of the voices that said something else before, the earlier ones first; none of them is in the range.
    """

    outcome: str
    party: str
    group: str
    min: int | None
    max: int | None
    voices: tuple[tuple[str, int | None, int | None, tuple[Ref, ...]], ...]
    changed: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The conclusion on one incident. `versions` maps a party's code or `other` to the claims said on its side."""

    incident: str
    grade: str
    reasons: tuple[Reason, ...]
    contested: tuple[Contested, ...]
    figures: tuple[Figure, ...]
    versions: tuple[tuple[str, tuple[Ref, ...]], ...]
    voices: tuple[str, ...]  # ids of Voice
    state: str = "proposed"
