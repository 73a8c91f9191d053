"""Reads what was not read yet, and joins what is claimed: proposals, until somebody records them.

The law it keeps: the machine proposes a difference and never rewrites. Protected and erased exhibits are neither read nor linked, what a
captive says joins nothing, and a run that finds nothing new writes nothing.
Reading and linking are slow, so they are done before the writing; the writing then looks whether what they were made from still stands.
If we stop anywhere, the portions before it are whole, and proposing again does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from merestone.capture.terms import Known, Pack
from merestone.extract import Reader, languages_with_rules, load_rules, read
from merestone.extract.terms import Reading
from merestone.ledger.terms import Refusal
from merestone.locate import gazetteer, resolve
from merestone.register import packs, people, queries, vault
from merestone.register.desk import Desk
from merestone.register.join import Joined, join
from merestone.register.place import place
from merestone.register.proposals import loaded, made
from merestone.register.record import writing
from merestone.register.standing import Kept, is_open, open_exhibit, text_of
from merestone.register.terms import Act, ExhibitRow, Mission

_AT_ONCE = 25  # exhibits in one writing
BESIDE = " model "  # in the name of what read: the rules, and behind it the act that set the model which read beside them


def silent(step: str, done: int, whole: int) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was read now, how many claims and other things (statements, appeals, responses, lists of signatories) that proposed, what
    could not be read, and what linking found; `joined.position` is None where it found nothing new."""

    read: tuple[str, ...]
    claims: int
    others: int
    refusals: tuple[Refusal, ...]
    joined: Joined


@dataclass(frozen=True, slots=True)
class Fresh:
    """A reading that is not in the record yet; `row` is its exhibit when it was read, `beside` what else is kept with the reading."""

    row: ExhibitRow
    reading: Reading
    beside: Mapping[str, Any] = field(default_factory=dict)


def propose(
    mission: Mission, actor: str, exhibits: Sequence[str] = (), progress: Callable[[str, int, int], None] = silent, whole: bool = True
) -> Proposed:
    """Reads every open exhibit that has no reading by the present rules, pack and description (or of those asked for), then links: all
    that stands, or where it is not the `whole`, what was read or asked for alone, claim by claim beside what stands.

    Refuses exhibits that were asked for and are not there, protected or erased; what has no rules is told and the rest is done.
    """
    by = people.who(mission, actor).id
    pack = packs.of(mission)
    asked, refusals = _unread(mission, pack, tuple(exhibits))
    done: list[str] = []
    claims = others = 0
    for portion in _portions(_readings(mission, pack, asked)):
        with writing(mission) as desk:
            for each in portion:
                counts = add(desk, by, pack, each)
                if counts is not None:
                    done.append(each.row.id)
                    claims, others = claims + counts[""], others + sum(counts.values()) - counts[""]
        progress("read", len(done), len(asked))
    progress("link", 0, 1)
    joined = join(mission, by, pack) if whole else _beside(mission, by, exhibits or done)
    return Proposed(tuple(done), claims, others, tuple(refusals), joined)


def _beside(mission: Mission, actor: str, exhibits: Sequence[str]) -> Joined:
    """What `join` would say of it."""
    placed = place(mission, actor, exhibits)
    fresh = tuple(each.incident for each in placed if each.fresh)
    moved = tuple((each.claim, "", each.incident) for each in placed)
    count = len({*fresh, *(each.incident for each in placed)})
    return Joined(count, fresh, moved, (), placed[-1].position if placed else None)


def _unread(mission: Mission, pack: Pack, asked: tuple[str, ...]) -> tuple[list[ExhibitRow], list[Refusal]]:
    rows = [open_exhibit(mission, each) for each in asked] if asked else [row for row in queries.exhibits(mission) if is_open(row)]
    wanted: list[ExhibitRow] = []
    refusals: list[Refusal] = []
    known = languages_with_rules()
    for row in rows:
        if not row.text:
            if asked:
                refusals.append(Refusal("exhibit_unread", id=row.id, found=row.unread or "it only carries others"))
        elif row.language not in known:
            refusals.append(_no_rules(mission, row, known))
        elif _stale(mission, row, pack):
            wanted.append(row)
    return wanted, refusals


def _no_rules(mission: Mission, row: ExhibitRow, known: tuple[str, ...]) -> Refusal:
    said, languages = text_of(mission, row).language, ", ".join(known)
    if isinstance(said, Known):
        return Refusal("language_without_rules", id=row.id, language=said.value, origin=said.origin, languages=languages)
    return Refusal("language_unknown", id=row.id, found=said.reason, languages=languages)


def _stale(mission: Mission, row: ExhibitRow, pack: Pack) -> bool:
    if not row.reading or rules_of(row) != load_rules(row.language).name:
        return True
    told = loaded(vault.read(mission, row.reading), row.id)
    return told.get("about") != row.about or told.get("pack_digest") != pack.digest


def rules_of(row: ExhibitRow) -> str:
    """The rules that read it, whatever model read beside them."""
    return row.rules.partition(BESIDE)[0]


def _readings(mission: Mission, pack: Pack, rows: Sequence[ExhibitRow]) -> Iterator[Fresh]:
    """Of exhibits that are open and have a text in a language with rules."""
    if not rows:
        return
    places = gazetteer(pack)
    received = {row.publisher for row in queries.exhibits(mission) if is_open(row) and row.publisher}
    readers: dict[str, Reader] = {}
    for row in rows:
        if row.language not in readers:
            readers[row.language] = Reader(pack, row.language, received)
        text = text_of(mission, row)
        yield Fresh(row, resolve(read(text, readers[row.language]), places, text.text))


def _portions(readings: Iterator[Fresh]) -> Iterator[list[Fresh]]:
    portion: list[Fresh] = []
    for each in readings:
        portion.append(each)
        if len(portion) == _AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion


def add(desk: Desk, actor: str, pack: Pack, each: Fresh) -> dict[str, int] | None:
    """Adds the reading, if its exhibit is what it was when it was read; else the next run finds it. Counts of each part."""
    mission, row = desk.mission, queries.exhibit(desk.mission, each.row.id)
    if (row.text, row.about, row.reading, row.protected, row.erased) != (each.row.text, each.row.about, each.row.reading, False, False):
        return None
    claims = queries.claims(mission, exhibit=row.id)
    after = max((claim.number for claim in claims), default=0)
    decided = Kept(mission, row, claims).decided() if claims else frozenset()
    kept = made(each.reading, after, decided, {"about": row.about, "pack_digest": pack.digest, **each.beside})
    item = vault.item(mission, "reading", row.id, kept.data)
    counts = dict(kept.counts)
    body = {"exhibit": row.id, "rules": each.reading.rules, "pack_digest": pack.digest, "reading": item.commitment, "after": after}
    others = {part.lower(): count for part, count in counts.items() if part}
    desk.add(Act("proposed", actor, {**body, "claims": counts[""], "others": others}, items=(item,)))
    return counts
