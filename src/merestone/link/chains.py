"""Who says a claim, from the publisher inwards, with what the pack and the readings know of each.

The law it keeps: an outlet's own correspondent is the outlet, a source line at the end of a text is a citation, and a name that
nobody explains stays as it is, of no known side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from merestone.capture.terms import Pack
from merestone.extract.terms import OWN, Proposal, Speaker
from merestone.link.terms import Dossier
from merestone.link.told import words_of

FIRST_HAND = ("resident", "hospital")  # kinds whose own words are first-hand content, even where they live on one side
OUTLETS = ("media", "state_media", "other")  # kinds that report what others say; all others speak for themselves
NOT_A_PARTY = ("none", "both", "unknown", "")
ALONE = "nobody says who published it, and no other party speaks in it"
LAST_LINES, BESIDE = 2, 4  # a source line stands among the last lines, with so few words beside the name


@dataclass(frozen=True, slots=True)
class Sayer:
    """One source in the chain of a claim."""

    name: str
    kind: str
    affiliation: str
    received: bool
    publisher: bool = False
    credited: bool = False

    @property
    def party(self) -> str:
        return "" if self.affiliation in NOT_A_PARTY else self.affiliation


@dataclass(frozen=True, slots=True)
class Chain:
    """From the publisher to the innermost speaker. `own`: the outlet says that its own correspondent heard or saw it."""

    sayers: tuple[Sayer, ...]
    own: bool = False

    @property
    def plain(self) -> bool:
        """An outlet of no party tells it in its own words and does not say how it knows."""
        teller = self.sayers[0]
        return len(self.sayers) == 1 and not self.own and not teller.party and teller.kind in OUTLETS


class Sources:
    """What is known of sources: from the pack, and from the readings' own speakers where the pack is silent."""

    def __init__(self, dossiers: Sequence[Dossier], pack: Pack | None) -> None:
        self._parties = {each.code: each.name for each in pack.parties} if pack else {}
        self._why: dict[str, str] = {}
        self._known: dict[str, Sayer] = {}
        for source in pack.sources if pack else ():
            said = Sayer(source.name, source.kind, source.affiliation, received=True)
            self._why[source.name] = source.why
            for name in (source.name, *(alias for names in source.aliases.values() for alias in names)):
                self._known.setdefault(name.casefold(), said)
        spoken = sorted(
            (speaker.name, speaker.kind, speaker.affiliation) for d in dossiers for claim in d.reading.claims for speaker in claim.said_by
        )
        for name, kind, affiliation in spoken:
            if affiliation not in {"unknown", ""}:
                self._known.setdefault(name.casefold(), Sayer(name, kind, affiliation, received=True))
        publishers = {each.publisher.strip() for each in dossiers} - {""}
        self._named: dict[tuple[str, ...], Sayer] = {}
        for name in sorted(publishers):
            self._named[words_of(name)] = self._known.get(name.casefold(), Sayer(name, "other", "unknown", received=True))
        for folded, said in self._known.items():
            self._named.setdefault(words_of(folded), said)
        self._longest = max(map(len, self._named), default=0)

    def party(self, code: str) -> str:
        return self._parties.get(code, code)

    def why(self, name: str) -> str:
        return self._why.get(name, "")

    def publisher(self, dossier: Dossier) -> Sayer:
        """Where nobody says who published a text, and one party alone speaks in it, the text is that party's."""
        name = dossier.publisher.strip()
        if not name:
            name = f"publisher of {dossier.reading.id}"
            speaking = {claim.said_by[0].affiliation for claim in dossier.reading.claims if claim.said_by} - {*NOT_A_PARTY}
            code = next(iter(speaking)) if len(speaking) == 1 else "unknown"
            self._why[name] = ALONE
            return Sayer(name, "other", code, received=True, publisher=True)
        known = self._known.get(name.casefold())
        if known is None:
            return Sayer(name, "other", "unknown", received=True, publisher=True)
        return Sayer(known.name, known.kind, known.affiliation, received=True, publisher=True)

    def chains(self, dossier: Dossier) -> list[tuple[Proposal, Chain]]:
        """Each claim with its chain; a source line counts for what the text tells without saying how it knows."""
        publisher = self.publisher(dossier)
        credited = self._credited(dossier, publisher)
        made = []
        for claim in dossier.reading.claims:
            chain = self._chain(publisher, claim)
            if credited is not None and chain.plain:
                chain = replace(chain, sayers=(*chain.sayers, credited))
            made.append((claim, chain))
        return made

    def _chain(self, publisher: Sayer, claim: Proposal) -> Chain:
        """Without naming one source twice in a row."""
        sayers, own = [publisher], False
        for speaker in claim.said_by:
            if speaker.name.startswith(OWN):
                own = True
                continue
            each = self._speaker(speaker)
            if each.name.casefold() != sayers[-1].name.casefold():
                sayers.append(each)
        return Chain(tuple(sayers), own)

    def _speaker(self, speaker: Speaker) -> Sayer:
        known = self._known.get(speaker.name.casefold())
        if known is None or speaker.affiliation not in {"unknown", ""}:
            return Sayer(known.name if known else speaker.name, speaker.kind, speaker.affiliation, speaker.received)
        return Sayer(known.name, speaker.kind, known.affiliation, speaker.received)

    def _credited(self, dossier: Dossier, publisher: Sayer) -> Sayer | None:
        """The one source that a line at the end names with hardly a word beside it, where no claim stands in that line."""
        end = len(dossier.text.rstrip())
        for _ in range(LAST_LINES):
            start = dossier.text.rfind("\n", 0, end) + 1
            words = words_of(dossier.text[start:end])
            if start and words and not any(claim.start < end and start < claim.end for claim in dossier.reading.claims):
                named, length = self._named_in(words)
                if len({each.name for each in named}) == 1 and len(words) - length <= BESIDE and named[0].name != publisher.name:
                    return replace(named[0], credited=True)
            end = len(dossier.text[:start].rstrip())
            if end <= 0:
                break
        return None

    def _named_in(self, words: Sequence[str]) -> tuple[list[Sayer], int]:
        """The sources named in a line, the longest name at each place, and how many words name them."""
        found, length, at = [], 0, 0
        while at < len(words):
            size = next((n for n in range(min(self._longest, len(words) - at), 0, -1) if tuple(words[at : at + n]) in self._named), 0)
            if size:
                found.append(self._named[tuple(words[at : at + size])])
                length += size
            at += size or 1
        return found, length


def leading(dossiers: Sequence[Dossier], known: Sources) -> dict[str, int]:
    """Documents that stand before others where the times do not tell: 2 where the publisher speaks for itself, 1 where others cite it."""
    named: dict[str, set[str]] = {}
    publishers = {}
    for dossier in dossiers:
        publishers[dossier.reading.id] = known.publisher(dossier)
        for _, chain in known.chains(dossier):
            for each in chain.sayers[1:]:
                named.setdefault(each.name, set()).add(dossier.reading.id)
    ranks = {name: 2 if each.kind not in OUTLETS else int(bool(named.get(each.name, set()) - {name})) for name, each in publishers.items()}
    return {name: rank for name, rank in ranks.items() if rank}
