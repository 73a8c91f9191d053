"""Exchanges two parties in documents, reads both, and tells every difference: the second law, tried on any text in any language.

Three readings are compared: of the text as it is, with every name replaced by its twin of the same side (what differs hangs on a
name), and by its twin of the other side (what differs hangs on a side). `twins.py` says how, and the handbook what it does not see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from merestone.assess import assess
from merestone.capture.terms import ExhibitText, Known, Pack
from merestone.ledger.terms import Refusal
from merestone.link import group
from merestone.link.dossiers import dossier_of, readings_of
from merestone.report.symmetry_compare import Difference, Run, conclusions, readings
from merestone.report.twins import Twins, twins_of


@dataclass(frozen=True, slots=True)
class Audit:
    """`claims`: how many were read, by language; `plain`: names of parties and bodies that no word tells from the other's, with how often
    they stand in the texts: they change sides in the pack only. `by_side`: what differs with the parties exchanged, in readings,
    incidents, grades and voices; `by_name`: what differs in readings with the names replaced and the sides kept."""

    parties: tuple[str, str]
    documents: int
    claims: dict[str, int]
    plain: dict[str, int]
    by_side: tuple[Difference, ...]
    by_name: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        return not self.by_side and not self.by_name


def audit(texts: Sequence[ExhibitText], pack: Pack, between: Sequence[str] = ()) -> Audit:
    """Of texts that were received for reading. `between`: the codes of two parties; the pack's first two where it is empty.
    Refuses `bad_option` where the pack does not have them."""
    codes = [party.code for party in pack.parties]
    chosen = tuple(between) or tuple(codes[:2])
    if len(set(chosen)) != 2 or not set(chosen) <= set(codes):
        raise Refusal("bad_option", option="between", found=",".join(chosen) or "nothing")
    twins = twins_of(pack, *chosen)
    plain = Counter(name for text in texts for name in twins.text(text.text, _value(text.language), False)[1])
    before = whole_way(texts, pack)
    named = whole_way([_told(text, twins, False) for text in texts], twins.pack(False))
    exchanged = whole_way([_told(text, twins, True) for text in texts], twins.pack(True))
    claims = Counter[str]()
    for text in texts:
        claims[_value(text.language)] += len(before.readings[text.id].claims) if text.id in before.readings else 0
    return Audit(
        parties=(chosen[0], chosen[1]),
        documents=len(before.readings),
        claims=dict(sorted(claims.items())),
        plain=dict(sorted(plain.items())),
        by_side=(*readings(named, exchanged, _Exchanged(twins)), *conclusions(named, exchanged, _Exchanged(twins))),
        by_name=tuple(readings(before, named, _Named(twins))),
    )


def lines(found: Audit) -> Iterator[str]:
    """The same for people."""
    one, other = found.parties
    yield f"{found.documents} documents read with {one} and {other} exchanged"
    for language, number in found.claims.items():
        yield f"{language:10} {number} claims"
    for name, number in found.plain.items():
        yield f"plain      “{name}” ({number} times) changes sides in the pack only: no word of it is one party's alone"
    for title, differences in (("side", found.by_side), ("name", found.by_name)):
        for where, what, wanted, got in differences:
            yield f"by {title}    {where} {what}: {wanted} became {got}"
    yield f"{len(found.by_side)} differences hang on a side, {len(found.by_name)} on a name"


def whole_way(texts: Sequence[ExhibitText], pack: Pack) -> Run:
    """Read, located, linked, assessed."""
    read = list(readings_of(texts, pack))
    dossiers = [dossier_of(text, reading) for text, reading in read]
    linked = group(dossiers, (), pack)
    return Run({text.id: reading for text, reading in read}, linked, assess(linked, dossiers, pack))


class _Exchanged:
    """Twins of the one side become those of the other."""

    places: dict[str, str] = {}  # noqa: RUF012  (ids of places stay)

    def __init__(self, twins: Twins) -> None:
        self.swap, self.name = twins.swap, twins.turned


class _Named:
    """Names become their twins of the same side; codes and ids stay."""

    swap: dict[str, str] = {}  # noqa: RUF012
    places: dict[str, str] = {}  # noqa: RUF012

    def __init__(self, twins: Twins) -> None:
        self._twins = twins

    def name(self, name: str) -> str:
        return self._twins.called(name, False)


def _told(text: ExhibitText, twins: Twins, exchanged: bool) -> ExhibitText:
    by = text.publisher
    publisher = replace(by, value=twins.called(by.value, exchanged)) if isinstance(by, Known) else by
    url = replace(text.url, value=twins.addressed(text.url.value)) if exchanged and isinstance(text.url, Known) else text.url
    return replace(text, text=twins.text(text.text, _value(text.language), exchanged)[0], publisher=publisher, url=url)


def _value(given: object) -> str:
    return given.value if isinstance(given, Known) else ""
