"""The casualty figures of a claim: whose people, and of which group, where the words beside the number do not say.

A figure keeps its range; a party that cannot be told is `unknown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.extract.acts import Act
from merestone.extract.around import Around
from merestone.extract.groups import BOTH, Group
from merestone.extract.hanging import carried, sort_of, sort_of_spared
from merestone.extract.harm import Harm
from merestone.extract.headcount import roll
from merestone.extract.lexicon import Lexicon
from merestone.extract.numbers import Number
from merestone.extract.terms import Casualties, Proposal, Target
from merestone.extract.thread import Page
from merestone.extract.tokens import Layout, starting

TAKEN = ("personnel", "civilians", "people")
FOUGHT = ("military_personnel", "military_positions")
JOINED = 6  # letters between two names with no more than an "and" between them
COUNTED_AT = 24  # letters from a number to the noun that it counts
LOSERS = ("party", "forces", "state", "opposed")  # sides that may be told to have losses


def figures_of(around: Around, harms: Sequence[Harm], initiator: str, target: Target, speaker: str) -> tuple[Casualties, ...]:
    out: dict[tuple[str, str, str], Casualties] = {}
    for harm in harms:
        figure = harm.figure
        party = _party_of_harm(harm, around)
        if not party:
            known = target.party in around.parties or target.party == "both"
            home = around.home if figure.group != "military" else ""  # "our guns hit their village. Three villagers died"
            own = "" if figure.max == 0 and harm.group is None else home or around.speaker  # "nobody was harmed": whom the act before hit
            party = _on_both(around, initiator) or (target.party if known else _losing(around, harm) or own or "unknown")
        recalled = harm.group is not None and harm.group.recalled
        if party == initiator and party in around.parties and (recalled or not harm.figure.party):
            party = around.opposite(initiator)
        group = figure.group
        of_army = bool(around.speaker) and speaker in ("ministry", "armed_forces")
        if group == "unspecified" and figure.max == 0:
            at_home = harm.group is not None and harm.group.cls == "people" and target.what not in FOUGHT
            group = "civilian" if at_home else sort_of_spared(target.what, group)
        elif group == "unspecified" and (harm.group is None or harm.group.cls == "people" or of_army):
            group = sort_of(target.what, group, of_army)
        made = replace(figure, party=party, group=group)
        out.setdefault((made.outcome, made.party, made.group), made)
    return tuple(out.values())


def _on_both(around: Around, initiator: str) -> str:
    """ "On both sides eleven people died": the harm of a clause that is told of both."""
    if initiator in around.parties:
        return ""
    start, end = around.limit
    return BOTH if any(g.cls == BOTH and start <= g.start < end for g in around.groups) else ""


def _losing(around: Around, harm: Harm) -> str:
    """ "Xland has lost two killed", "the Xlandish side counts three wounded": the side of whom the clause is told; "" where none is."""
    start, end = around.limit
    told = [g for g in around.groups if start <= g.start < end and g.cls in LOSERS and g.before not in around.leading]
    before = [g for g in told if g.end <= harm.word[0]]
    named = [g for g in before[::-1] if around.party(g) in around.parties]
    parties = [around.party(g) for g in named]
    if len(set(parties[:2])) > 1 and named[0].start - named[1].end <= JOINED:
        return BOTH  # "between units of X and Y": of neither alone
    return parties[0] if parties else ""


def _party_of_harm(harm: Harm, around: Around) -> str:
    """The party of the people harmed: at the people, or in words beside the harm."""
    given = harm.figure.party
    if not given and harm.group is not None and harm.group.places:
        return ""
    if given in ("own", "opposed") or given.startswith("of:"):
        stand_in = harm.group if harm.group is not None else None
        return around.party(replace(stand_in, party=given)) if stand_in else ""
    return given


def taken_people(act: Act, around: Around, lex: Lexicon, group: Group | None) -> Group | None:
    """Who was taken, where the verb's own place tells nobody of a party: the people of the clause, else the side of whose losses the
    sentence tells ("on the Xlandish side two died, five were captured")."""
    start, end = act.clause
    people = [
        g
        for g in around.groups
        if start <= g.start < end and g.cls in TAKEN and g.before not in lex.words["agent_from"] | lex.words["agent_by"]
    ]
    named = [g for g in people if around.party(g) in around.parties]
    if named:
        return min(named, key=lambda g: abs(g.head - act.verb[0]))
    if not act.passive:
        return group
    of_side = lex.words["people_of"] | lex.words["people_from"]
    sides = [g for g in around.groups if g.end <= act.verb[0] and g.before in of_side and around.party(g) in around.parties]
    if not lex.morphology.bends:  # "found themselves on the Xlandish side": where they were
        told = [g for g in people if g.end <= act.verb[0]]
        sides = [g for g in sides if not told or g.start < told[-1].start or g.start - told[-1].end <= COUNTED_AT]
    one = len({around.party(g) for g in sides}) == 1  # "reports from Xland and Yland" are of neither side's people
    return sides[-1] if one and sides[-1].cls not in ("place", "country") else group


def seized(act: Act, around: Around, numbers: Sequence[Number], initiator: str, lex: Lexicon) -> Group | None:
    """The people of the clause who were taken, where the verb's own place names nobody: the object, else those next to the verb; of a
    passive also the people told before it in the sentence ("six soldiers were surrounded and captured")."""
    start, end = act.clause
    led = lex.words["agent_by"] | lex.words["agent_from"] | lex.words["subset"]
    people = [g for g in around.groups if g.cls in TAKEN and g.before not in led]
    people = [g for g in people if not g.party or around.party(g) != initiator or initiator not in around.parties]
    inside = [g for g in people if start <= g.head < end]
    marked = [g for g in inside if g.before in lex.words["patient"] or _counted_object(g, numbers, lex)]
    behind = [g for g in inside if g.head >= act.verb[1] and g.before not in lex.words["prepositions"]]
    ahead = [g for g in inside if g.end <= act.verb[0] and g.before not in lex.words["prepositions"]]
    order = (marked, ahead, behind) if lex.morphology.verb_last or act.passive else (marked, behind, ahead)
    for fits in order:
        if fits:
            return min(fits, key=lambda g: abs(g.head - act.verb[0]))
    before = [g for g in people if around.sentence[0] <= g.start and g.end <= start and g.before not in lex.words["prepositions"]]
    counted = any(not n.unit and not n.ordinal for n in starting(numbers, start, end))
    return before[-1] if act.passive and before and not counted else None


def _counted_object(group: Group, numbers: Sequence[Number], lex: Lexicon) -> bool:
    """ "Four fisherman('s) they took": of counted people the form of the owner is that of the object, where no other case is its own."""
    if group.before not in lex.words["of"] or lex.morphology.verb_last or not lex.morphology.free_order:
        return False
    return any(0 <= group.head - n.end <= COUNTED_AT and not n.unit for n in numbers) or any(
        group.start <= n.start < group.head for n in numbers
    )


def target_of(people: Group, around: Around, target: Target, lex: Lexicon) -> Target:
    """The target of a taking whose people are found: what they are, and their party where words tell it."""
    party = around.party(people) if around.party(people) in around.parties else target.party
    return Target(party, lex.table("lexicon")["what"].get(people.cls, target.what))


def taken(
    layout: Layout, numbers: Sequence[Number], act: Act, seen: tuple[Group | None, Sequence[Group]], target: Target, lex: Lexicon
) -> tuple[Casualties, ...]:
    """How many were taken: the number at the people and those told beside them, else the one nearest to the verb; a bare plural is at
    least two."""
    nearest = lex.morphology.bends
    group, groups = seen
    people = group if group is not None and group.cls in (*TAKEN, "forces") else None
    if nearest and people is not None and people.cls == "forces" and not people.start <= act.verb[0] <= people.end:
        people = None  # the side of which people were taken
    a, b = act.clause
    near = [
        n for n in starting(numbers, a, b) if not (n.unit or n.ordinal or n.article or n.max == 0) and not _of_things(layout, n, groups)
    ]
    kind = {"civilians": "civilian", "military_personnel": "military"}.get(target.what, "unspecified")
    if people is not None and people.cls in TAKEN and not (near and people.end <= a):  # "one died, 13 were captured"
        plain = [n for n in numbers if not n.unit and not n.ordinal]
        listed = roll(layout, people, groups, plain, lex, ahead=people.head >= act.verb[1])
        if len(listed) > 1 or any(each.number for each in listed):
            tops = [each.high for each in listed]
            high = None if None in tops else sum(top or 0 for top in tops)
            first, last = min(each.group.start for each in listed), max(each.group.end for each in listed)
            low = sum(each.low for each in listed)
            return (Casualties("detained", target.party, kind, low, high, min(act.verb[0], first), max(act.verb[1], last)),)
    inside = [n for n in near if people is not None and n.start < people.head and people.start <= n.end + 1] or [
        n for n in near if layout.steps(n.end, act.verb[0]) <= 4
    ]
    if people is None and not inside:
        return ()
    if nearest and people is None:
        inside = sorted(inside, key=lambda n: layout.steps(n.end, act.verb[0]))
    if act.rule.voice == "inner" and people is not None:
        inside = []
    low, high = (inside[0].min or 0, inside[0].max) if inside else ((2, None) if people and people.plural else (1, 1))
    words = (act.verb, *((number.start, number.end) for number in inside[:1]))
    return (Casualties("detained", target.party, kind, low, high, min(start for start, _ in words), max(end for _, end in words)),)


def _of_things(layout: Layout, number: Number, groups: Sequence[Group]) -> bool:
    """ "They searched several yards and led the elder away": does the number count what is no people?"""
    return any(
        g.cls not in (*TAKEN, "forces", "party") and (g.start <= number.start < g.head or 0 <= layout.steps(number.end, g.start) <= 0)
        for g in groups
        if g.head >= number.end
    )


def where_it_was(page: Page, claim: Proposal) -> Proposal:
    """What was hit in X-town by nobody knows whom is of the side that the pack names for the town, and so are the people harmed there."""
    if (
        claim.target.party != "unknown"
        or claim.initiator not in ("unknown", "none")
        or claim.kind not in page.lex.table("kinds").get("at_home", ())
    ):
        return claim
    if claim.kind == "casualty" and (carried(claim, "where") or all(c.max == 0 for c in claim.casualties)):
        return claim  # that nobody was hurt is said of an act told before, wherever that was
    sides = {page.names.places[key].side for place in claim.places if place.role != "origin" for key in place.ids}
    if len(sides) != 1 or not sides <= set(page.parties):
        return claim
    side = sides.pop()
    harmed = tuple(replace(c, party=side) if c.party == "unknown" else c for c in claim.casualties)
    return replace(claim, target=replace(claim.target, party=side), casualties=harmed)


def hit_by(page: Page, target: Target) -> Target:
    """Of a clash, whose people were harmed is not told by the target: the speaker's own, where no words say it."""
    return replace(target, party="unknown") if page.lex.morphology.bends and target.party == "both" else target


def of_clash(page: Page, kind: str, target: Target, figures: tuple[Casualties, ...]) -> tuple[Casualties, ...]:
    """Among forces the dead of one side are its soldiers; of both sides are those of whom no words say whose they are."""
    if page.lex.morphology.bends and kind in page.lex.table("kinds").get("among_forces", ()):
        figures = tuple(replace(f, group="military") if f.group == "unspecified" and f.party in page.parties else f for f in figures)
    if target.party == BOTH:
        figures = tuple(replace(f, party=BOTH) if f.party == "unknown" else f for f in figures)
    return figures
