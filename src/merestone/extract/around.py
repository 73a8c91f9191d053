"""What the arguments of an act are looked for in: the groups of a sentence, how far they may be, who speaks and which two sides there are.

The same for every party: a side is told from the other one by the words alone (law 2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from merestone.extract.acts import Act
from merestone.extract.groups import BOTH, OPPOSED, OWN, Group
from merestone.extract.harm import harm_rules
from merestone.extract.lexicon import Lexicon
from merestone.extract.names import Mention, Names
from merestone.extract.terms import Speaker
from merestone.extract.tokens import Layout

FROM_POSTS = ("threat_with_weapon", "minelaying")  # also done from somewhere
CLOSED = ("movement_restricted", "utility_cut")  # what things do not do
THINGS = ("infrastructure", "property", "territory", "settlement")
MOVED = ("withdrawal", "force_buildup", "position_held")  # whose troops are moved or stay, moves or keeps them


@dataclass(frozen=True, slots=True)
class Around:
    """What the arguments of an act are looked for in. `subject`: the party of the last subject, for "they" and "their";
    `speaker`: the party that speaks ("" if none); `parties`: the two sides that the text is about."""

    groups: tuple[Group, ...]
    limit: tuple[int, int]  # from the previous verb's end to the next verb's start
    sentence: tuple[int, int]
    subject: str
    speaker: str
    parties: tuple[str, ...]
    leading: frozenset[str] = frozenset()  # what leads a group that is neither the subject nor the side of people
    hit: Group | None = None  # what a relative word takes up as that which the act was done to
    home: str = ""  # whose houses or people fire hit that was told right before

    def opposite(self, code: str) -> str:
        others = [p for p in self.parties if p != code]
        return others[0] if code in self.parties and len(others) == 1 else "unknown"

    def party(self, group: Group) -> str:
        """The party behind own, opposed and possessive words; "" where that cannot be told."""
        if group.party == OWN:
            return self.speaker
        if group.party == OPPOSED:
            return self.opposite(self.speaker) if self.speaker else ""
        return self.subject if group.party.startswith("of:") else group.party


def can_act(group: Group, lex: Lexicon) -> bool:
    if group.cls == "pronoun" and group.word in lex.words["oblique"]:
        return False  # "him they beat"
    agents: Sequence[str] = lex.table("lexicon")["agents"]
    return group.cls in agents or group.cls in ("party", OPPOSED, BOTH) or group.cls in ("pronoun", "positions")


def sides_of(cut: Layout, mentions: Sequence[Mention], publisher: Sequence[Speaker], names: Names, lex: Lexicon) -> tuple[str, ...]:
    """The two sides of the text: the parties named in it, the two named most where there are more; where one is named and "the adversary"
    is spoken of, the two that hold places in the pack."""
    counts = Counter(code for m in mentions for code in m.parties)
    spoken = [names.sources[s].affiliation for m in mentions for s in m.sources] + [s.affiliation for s in publisher]
    spoken += [names.places[p].side for m in mentions for p in m.places[:1]]
    counts.update(code for code in spoken if code in names.parties)
    if len(names.parties) == 2:
        return tuple(sorted(names.parties))
    landed = {p.side for p in names.places.values()} & set(names.parties) if len(counts) == 1 else set()
    if len(landed) == 2 and landed >= set(counts) and any(m.tag == OPPOSED for m in lex.heads.find(cut, 0, len(cut.text))):
        return tuple(sorted(landed))
    return tuple(sorted(code for code, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:2]))


def accused(layout: Layout, at: int, around: Around, lex: Lexicon) -> Group | None:
    """ "accused the Xlandish army of shelling": in a language with cases, the one in the case of the accused."""
    blames = [c for c in lex.cues.find(layout, *around.sentence) if c.tag == "blame"] if lex.words["accused"] else []
    if not blames:
        return None
    lands = () if lex.morphology.verb_last else ("country",)  # "lays the blame on Xland"
    named = [g for g in around.groups if g.party and (can_act(g, lex) or g.cls in lands)]
    fits = [g for g in named if g.end <= at and g.before in lex.words["accused"]]
    # "blames Xland for": a name that shows no case, right behind the verb; "suspects of theft the Xlandish soldiers"
    beside = [g for g in named if g.end <= at and any(layout.text[c.end : g.start] == " " for c in blames)]
    if lex.morphology.verb_last:
        fits = [g for g in fits if g.cls != "positions"] or fits
        mutual = [g for g in fits[1:] if g.party != fits[0].party and "," in layout.text[fits[0].end : g.start]]
        if mutual:
            return replace(mutual[-1], cls=BOTH, party=BOTH)  # "X blames Y, Y blames X"
        return fits[0] if fits else None  # the one blamed, then what he is blamed for having hit
    behind = [g for g in named if g.start > at > blames[0].end and g.before in lex.words["of"] and g.cls in ("forces", "personnel")]
    chosen = fits or beside or behind
    return chosen[-1] if chosen else None


def charged_with(layout: Layout, at: int, around: Around, lex: Lexicon) -> Group | None:
    """ "Accused Xland of killing a man in a strike": in a language without cases, who stands between the verb of blame and "of" or "for"."""
    if lex.words["accused"] or lex.morphology.bends:
        return None
    for cue in lex.cues.find(layout, around.sentence[0], at):
        behind = [g for g in around.groups if g.start >= cue.end and g.party and len(layout.within(cue.end, g.start)) <= 1]
        if cue.tag == "blame" and behind and behind[0].end <= at:
            led = layout.within(behind[0].end, at)
            of = bool(led) and led[0].folded in lex.words["charged"] and _is_deed(layout, (led[0].end, at), lex)
            return behind[0] if of else None
    return None


def _is_deed(layout: Layout, span: tuple[int, int], lex: Lexicon) -> bool:
    """ "Of killing a man in", "of launching", not "of failing to investigate": is every verb behind "of" one of harm, of a kind or of doing?"""
    light = lex.morphology.light_verbs
    deeds = {m.start for m in (*lex.kinds.find(layout, *span), *harm_rules(lex.rules.language).finder.find(layout, *span))}
    verbs = (t for t in layout.within(*span) if any(t.folded.endswith(e) for e in lex.words["active_endings"]))
    return all(t.start in deeds or (light is not None and light.search(t.folded)) for t in verbs)


def whose(act: Act, around: Around, lex: Lexicon) -> Group | None:
    """Where the words name no doer: troops are moved by those whose they are; people are held by the side in whose land they are held."""
    near = [g for g in around.groups if act.clause[0] <= g.start < act.verb[1] and around.party(g)]
    if act.rule.kind in MOVED:
        return next((g for g in near if g.cls in ("equipment", "forces", "personnel", "positions") and not g.recalled), None)
    if act.rule.kind in CLOSED and not act.passive:  # "X road-the/its cut": of two readings the one in which somebody acts
        led = (g for g in near if g.party and g.cls in THINGS and g.before in lex.words["subject"] and g.start < g.head)
        return next(led, None)
    if act.rule.kind == "detention" and act.passive:
        return next((g for g in near if g.cls in ("country", "party") and g.before in lex.words["local"]), None)
    return None


def by_means(layout: Layout, end: int, group: Group, lex: Lexicon) -> bool:
    """ "as a result of the Xlandish shelling", "by the fire of the Xlandish side": the doer stands at what it was done with."""
    between = layout.within(end, group.end)
    return len(between) <= 10 and any(t.folded in lex.words["means"] for t in between)
