"""Does what stands before the verb do it, or was it done to it: the voice of the words that carry a kind.

Read from their row, from the forms of the language and from what stands beside them; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Sequence

from merestone.extract.finder import Match
from merestone.extract.lexicon import KindRule, Lexicon
from merestone.extract.terms import Casualties
from merestone.extract.tokens import Layout, Token

OF_PEOPLE = ("detention", "release", "ill_treatment")  # kinds that are done to people
MOVES = ("withdrawal",)
PEOPLE = ("personnel", "civilians", "people", "forces")


def is_passive(layout: Layout, match: Match, clause: tuple[int, int], rule: KindRule, lex: Lexicon) -> bool:
    """Is what stands before the words of `match` what it was done to ("was taken", "taken by")? `clause`: from where to where it reaches."""
    if rule.voice in ("passive", "neutral"):
        return True
    if rule.voice != "verb":
        return False
    words = list(layout.within(match.start, match.end))
    turned = lex.morphology.reflexive
    if turned is not None and rule.kind == "release" and words and any(turned.search(w.folded) for w in (words[0], words[-1])):
        return True  # "the soldiers returned home": those who come back let nobody go
    if words and lex.morphology.passives is not None and lex.morphology.passives.search(words[-1].folded):
        return True
    full, told = lex.morphology.full_passives, lex.morphology.told_verbs
    if (
        full is not None
        and words
        and full.search(words[0].folded)
        and not any(told is not None and told.search(t.folded) for t in words[1:])
    ):
        return True  # "fishermen led-away (by an X-ish boat)"
    if words and words[0].folded in lex.words["be"]:
        return not any(words[-1].folded.endswith(e) for e in lex.words["active_endings"])
    for token in reversed(list(layout.within(layout.sentence_at(match.start).start, match.start))[-8:]):
        if token.folded in lex.words["be"]:
            return not (words and any(words[0].folded.endswith(e) for e in lex.words["active_endings"]))
        small = token.folded in lex.words["adverbs"] or any(token.folded.endswith(e) for e in lex.words["adverb_endings"])
        beside = token.folded in lex.words["joints"] or any(token.folded.endswith(e) for e in lex.words["participle_endings"])
        if not small and not beside:
            break
    if _counted_participle(layout, words, (clause[0], match.start), lex):
        return True
    if len(words) > 1 and words[-1].folded in lex.words["agent_by"] and not lex.morphology.free_order:
        return True  # "mines laid by"
    if _without_object(layout, match, words, clause, lex) or _shares_be(layout, match, lex):
        return True
    if any(t.folded in lex.words["infinitive"] for t in layout.before(match.start, clause[0], 1)):
        return False  # "promised to free them by Friday"
    after = list(layout.within(match.end, clause[1]))[:2]
    means = len(after) > 1 and after[1].folded in lex.words["no_agents"]  # "crossed the line by mistake"
    return bool(after) and after[0].folded in lex.words["agent_by"] and not means


def _counted_participle(layout: Layout, words: Sequence[Token], before: tuple[int, int], lex: Lexicon) -> bool:
    """ "Ten wounded and 13 captured": a participle right behind a number tells what was done to those who are counted."""
    said = [*layout.before(before[1], before[0], 1), *words] if len(words) == 1 else list(words)
    if len(said) != 2 or lex.morphology.free_order or not any(said[1].folded.endswith(e) for e in lex.words["participle_endings"]):
        return False
    return said[0].text.isdigit() or said[0].folded in lex.words["number_words"] - lex.words["adverbs"]


def _without_object(layout: Layout, match: Match, words: Sequence[Token], clause: tuple[int, int], lex: Lexicon) -> bool:
    """ "Two soldiers captured in March": a participle right behind people and with nobody behind it tells what was done to them."""
    rule = lex.kind_rules[match.tag]
    if rule.kind not in OF_PEOPLE or len(words) != 1 or lex.morphology.free_order or not _is_participle(words[0], lex):
        return False
    people = [m for m in lex.heads.find(layout, clause[0], match.start) if m.tag in PEOPLE]
    if not (people and layout.text[people[-1].end : match.start].isspace()):
        return False
    return _stands_alone(layout, match.end, clause[1], lex) and not any(
        not any(t.folded in lex.words["prepositions"] for t in layout.before(m.start, match.end, 2))
        for m in lex.heads.find(layout, match.end, clause[1])
        if m.tag in PEOPLE
    )


def _stands_alone(layout: Layout, end: int, until: int, lex: Lexicon) -> bool:
    """Does no object follow: a preposition, a mark, a word that opens a clause, an adverb, or nothing?"""
    behind = layout.within(end, until)[:1]
    if not behind or not layout.text[end : behind[0].start].isspace():
        return True
    small = lex.words["prepositions"] | lex.words["subordinators"] | lex.words["joints"] | lex.words["adverbs"]
    return behind[0].folded in small or any(behind[0].folded.endswith(e) for e in lex.words["adverb_endings"])


def _is_participle(token: Token, lex: Lexicon) -> bool:
    return any(token.folded.endswith(e) for e in lex.words["participle_endings"])


def _shares_be(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "They were stopped on the road, questioned for an hour and let go": a participle that is joined to others without an object of their own
    shares their form of "to be"."""
    itself = layout.within(match.start, match.end)[:1]
    if lex.morphology.free_order or not itself or not _stands_alone(layout, itself[0].end, layout.sentence_at(match.start).end, lex):
        return False
    tokens = layout.within(layout.sentence_at(match.start).start, match.start)
    joints = lex.words["joints"]
    starts = [n for n, t in enumerate(tokens) if n == 0 or t.folded in joints or layout.text[tokens[n - 1].end : t.start].strip() == ","]
    last = tokens[starts[-1] :] if starts else ()
    if len(last) == 1 and last[0].folded in joints:
        starts = starts[:-1]  # "… and let go"
    elif not tokens or layout.text[tokens[-1].end : match.start].strip() != ",":
        return False
    ends = [*starts[1:], len(tokens) - (len(last) == 1 and last[0].folded in joints)]
    for first, end in reversed(list(zip(starts, ends, strict=True))):
        if tokens[first].folded in lex.words["subordinators"]:
            continue  # "while they were fishing"
        part = tokens[first + (tokens[first].folded in joints) : end]
        be = [n for n, t in enumerate(part[:-1]) if t.folded in lex.words["be"]]
        at = be[-1] + 1 if be else 0
        verb = part[at] if at < len(part) else None
        if verb is None or not _is_participle(verb, lex) or not _stands_alone(layout, verb.end, part[-1].end, lex):
            return False
        if be:
            return True
    return False


def in_passing(layout: Layout, rule: KindRule, verb: tuple[int, int], figures: Sequence[Casualties], lex: Lexicon) -> bool:
    """ "In the shooting one died": is the deed only named beside the harm that is told? Not where it has a verb of its own ("came under fire",
    "the sniper killed"), nor where nobody was harmed."""
    if lex.morphology.bends:
        return True
    words = layout.within(*verb)
    if all(f.max == 0 for f in figures):
        return False
    if rule.voice == "noun":
        return not _is_participle(words[-1], lex)
    before = layout.before(verb[0], layout.sentence_at(verb[0]).start, 1)
    passive = any(t.folded in lex.words["be"] for t in (*before, *words))
    return not passive and not any(t.folded in lex.words["prepositions"] for t in words)


def of_themselves(layout: Layout, match: Match, rule: KindRule, lex: Lexicon) -> bool:
    """ "The patrol stopped by itself", "the monitors came back": nobody held them up."""
    turned, last = lex.morphology.reflexive, layout.within(match.start, match.end)[-1:]
    return turned is not None and rule.kind == "monitors_obstructed" and bool(last) and turned.search(last[0].folded) is not None


def not_back(layout: Layout, match: Match, rule: KindRule, lex: Lexicon) -> bool:
    """ "Two shepherds have not come back": who is missing was not refused to be let go."""
    turned = lex.morphology.reflexive
    return turned is not None and rule.kind == "release" and any(turned.search(t.folded) for t in layout.within(match.start, match.end))


def is_attribute(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "Three detained persons", "the besieged town": a participle between what leads a noun and the noun tells how it is, and no act. "The
    detained" are people."""
    words = layout.within(match.start, match.end)
    moving = len(words) == 1 and lex.kind_rules[match.tag].kind in MOVES  # "blown up by retreating Xlandish troops"
    endings = lex.words["participle_endings"] | (lex.words["active_endings"] if moving else frozenset())
    if not words or lex.morphology.free_order or not any(words[0].folded.endswith(e) for e in endings):
        return False
    if len(words) > 1 and lex.kind_rules[match.tag].kind not in OF_PEOPLE:
        return False
    before = [t for t in layout.before(match.start, 0, 1) if layout.text[t.end : match.start].isspace()]
    leads = lex.words["determiners"] | lex.words["own"] | lex.words["possessives"] | lex.words["prepositions"] | lex.words["number_words"]
    led = bool(before) and (before[0].text.isdigit() or before[0].folded in leads)
    behind = layout.within(words[0].end, words[0].end + 40)[:2]
    if len(words) == 1 and before and before[0].folded in lex.words["articles"]:
        alone = not behind or not layout.text[words[0].end : behind[0].start].isspace()
        if alone or behind[0].folded in lex.words["be"] | lex.words["prepositions"] - lex.words["agent_by"]:
            return True
    noun = next((t for t in behind if not t.text[:1].isupper()), None)  # "three captured Xlandish soldiers"
    return led and noun is not None and any(h.start <= noun.start < h.end for h in lex.heads.find(layout, words[0].end, noun.end))
