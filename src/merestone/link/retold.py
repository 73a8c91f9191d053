"""What a text tells again in other words: what it ascribes to somebody a line further on, what it links to, what its source had from another.

The law it keeps: only what adds nothing is told again. Another figure, weapon, place or finer clock is content of one's own, and so
is what an outlet's own correspondent heard. Does not catch: free retellings that neither name nor link whom they repeat.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from merestone.link.chains import FIRST_HAND, Chain
from merestone.link.compare import gap, spots_apart
from merestone.link.copies import Copy
from merestone.link.levels import FIGHTING, relation
from merestone.link.terms import Dossier, Ref
from merestone.link.told import FINE, Told

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
_DAY = 1440


@dataclass(frozen=True, slots=True)
class Retold:
    """`later` tells what `earlier` tells. `how` is links_to or restates, or "" where the chain of `later` says it already."""

    later: Ref
    earlier: Ref
    how: str
    why: str


def linked_to(dossiers: Sequence[Dossier], told: Mapping[Ref, Told], chains: Mapping[Ref, Chain]) -> list[Retold]:
    """What stands in the paragraph of a link to a text that is held, or in the text whose link stands alone, and tells the same."""
    pages = {key: each for each in reversed(dossiers) if (key := _page(each.url))}
    found = []
    for dossier in dossiers:
        for match in _LINK.finditer(dossier.text) if pages else ():
            origin = pages.get(_page(match.group().rstrip(".,;:!?)]»”")))
            if origin is None or origin is dossier:
                continue
            theirs = [told[Ref(origin.reading.id, claim.id)] for claim in origin.reading.claims]
            for ref in _beside(dossier, match.start(), chains):
                best = _best(told[ref], theirs)
                if best is not None:
                    why = f"{ref.document} links at {match.start()}–{match.end()} to {origin.reading.id}, and adds nothing to {best.ref} there."
                    found.append(Retold(ref, best.ref, "links_to", why))
    return found


def _page(url: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().casefold()).partition("#")[0].rstrip("/")


def _beside(dossier: Dossier, at: int, chains: Mapping[Ref, Chain]) -> list[Ref]:
    begin, end = dossier.text.rfind("\n", 0, at) + 1, dossier.text.find("\n", at)
    end = len(dossier.text) if end < 0 else end
    near = [claim for claim in dossier.reading.claims if claim.start < end and begin < claim.end] or list(dossier.reading.claims)
    return [ref for claim in near if chains[ref := Ref(dossier.reading.id, claim.id)].plain]


def restated(
    dossiers: Iterable[Dossier],
    told: Mapping[Ref, Told],
    chains: Mapping[Ref, Chain],
    theirs: Callable[[Ref], bool],
    copied: Mapping[Ref, Copy],
) -> list[Retold]:
    """What an outlet tells without saying how it knows, where the same text gives it as somebody's word: a headline, a lead, a summary.

    `theirs` says whether a claim is, as far as is known, the word of somebody else than its publisher. Of a copied text the origin is
    looked at as well: a headline tells what was cut.
    """
    found = []
    held = {each.reading.id: each for each in dossiers}
    for dossier in held.values():
        refs = [Ref(dossier.reading.id, claim.id) for claim in dossier.reading.claims]
        plain = [ref for ref in refs if chains[ref].plain and not theirs(ref)]
        given = [ref for ref in refs if theirs(ref) and chains[ref].sayers[-1].kind not in FIRST_HAND] if plain else []
        behind = sorted({copied[each].nearest.document for each in refs if each in copied}) if plain else []
        wider = [
            ref for name in behind for claim in held[name].reading.claims if theirs(ref := Ref(name, claim.id)) or not chains[ref].plain
        ]
        for ref in plain:
            best = _best(told[ref], [told[each] for each in given]) or _best(told[ref], [told[each] for each in (*given, *wider)])
            if best is not None:
                why = f"{ref} adds nothing to {best.ref}, which the same text has from somebody else, and does not say how it would know."
                found.append(Retold(ref, best.ref, "restates", why))
    return found


def led_on(dossiers: Iterable[Dossier], told: Mapping[Ref, Told], chains: Mapping[Ref, Chain]) -> list[Retold]:
    """Whom a text cites may have it from another: what the cited outlet's own texts tell of the same leads on."""
    by_day: dict[tuple[str, int], list[Told]] = defaultdict(list)
    for dossier in dossiers:
        for claim in dossier.reading.claims:
            ref = Ref(dossier.reading.id, claim.id)
            moment = told[ref].moment
            if moment is not None and moment.tight and not claim.repeated:
                by_day[chains[ref].sayers[0].name, moment.start // _DAY].append(told[ref])
    found = []
    for ref in sorted(chains):
        cited, moment = chains[ref].sayers[-1], told[ref].moment
        if len(chains[ref].sayers) < 2 or cited.party or cited.kind in FIRST_HAND or moment is None or not moment.tight:
            continue
        day = moment.start // _DAY
        theirs = [each for n in (day - 1, day, day + 1) for each in by_day.get((cited.name, n), ()) if each.ref.document != ref.document]
        best = _best(told[ref], theirs)
        if best is not None:
            found.append(Retold(ref, best.ref, "", ""))
    return found


def _best(ours: Told, theirs: Sequence[Told]) -> Told | None:
    """The one that says most of the same; None where `ours` adds something to all of them."""
    same = [each for each in theirs if _of_one_thing(ours, each)]
    if not same or not _adds_nothing(ours, same):
        return None
    return min(same, key=lambda each: (-len(ours.figures & each.figures), each.kind != ours.kind, abs(each.start - ours.start), each.ref))


def _of_one_thing(a: Told, b: Told) -> bool:
    level = relation(a.kind, b.kind)
    hit = a.kind in FIGHTING and b.kind == "casualty"  # whoever was wounded there came under fire
    if level not in ("same", "same family") and not (level == "goes with" and (a.figures & b.figures or hit)):
        return False
    if a.moment is not None and b.moment is not None and gap(a.moment, b.moment) > 0:
        return False
    return a.repeated == b.repeated and spots_apart(a.spots, b.spots) not in ("another sector", "far")


def _adds_nothing(ours: Told, theirs: Sequence[Told]) -> bool:
    figures = {(each[0], each[2], each[3]) for told in theirs for each in told.figures}
    weapons = {each for told in theirs for each in told.weapons}
    places = {spot.place or spot.name for told in theirs for spot in told.spots}
    hours = any(told.moment is not None and told.moment.precision in FINE for told in theirs)
    finer = ours.moment is not None and ours.moment.precision in FINE and not hours
    return (
        not finer
        and {(each[0], each[2], each[3]) for each in ours.figures} <= figures
        and ours.weapons <= weapons
        and all(spot.wide or (spot.place or spot.name) in places for spot in ours.spots if places)
    )
