"""Were people taken at all? "Our men seized two machine guns" detains nobody: what stands where the taken stand has to be people.

Asked of the words that take, by what stands as their object, or as the subject of their passive; the same for every party (law 2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from merestone.extract.acts import Act
from merestone.extract.figures import TAKEN
from merestone.extract.groups import OWN, Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.thread import Page
from merestone.extract.tokens import Token, starting

ARMS = ("equipment",)  # what nobody advances into
GROUND = ("infrastructure", "positions", "settlement", "territory")
GOODS = (*ARMS, "property", "heritage")
BY_KIND = {"detention": GOODS, "advance": ARMS}
ANYBODY = (*TAKEN, "forces", "monitors", "pronoun", "party", "opposed")
BESIDE = 6  # words between a verb and the noun that is its object


def _no_monitors(page: Page, act: Act, groups: Sequence[Group]) -> bool:
    """ "An X-ish patrol turned a cart back": a side's own patrol is nobody who watches over it."""
    if act.rule.kind != "monitors_obstructed" or not page.lex.morphology.free_order:
        return False
    inside = [g for g in groups if act.verb[0] <= g.head < act.verb[1]]
    return any(g.cls in ("forces", "personnel") and g.party and not g.recalled for g in inside) and not any(
        g.cls == "monitors" for g in groups
    )


def nobody_taken(page: Page, act: Act, groups: Sequence[Group]) -> bool:
    """Does the clause name a thing as what was taken, and nobody who was, or nothing that could be? Of an advance: arms, and no ground."""
    if _no_monitors(page, act, groups) or _of_no_people(page, act, groups) or _of_work(page, act, groups):
        return True
    if act.rule.kind not in BY_KIND or act.rule.voice not in ("verb", "passive", "inner"):
        return False
    if act.rule.kind == "detention" and _other_object(page, act, groups):
        return True
    end = _relative(page, act)
    inside = [g for g in groups if act.clause[0] <= g.head < end]
    if any(_may_be_taken(page.lex, act, g) or _joined(page, g) for g in inside):
        return False
    if act.rule.kind == "advance" and (any(_is_ground(page.lex, g) for g in inside) or not (act.passive or any(map(_acts, inside)))):
        return False
    return any(_is_object(page, act, span, groups) for span in _things(page, act, groups))


def _of_no_people(page: Page, act: Act, groups: Sequence[Group]) -> bool:
    """ "A service was held in the barracks": before a passive of taking stands nobody who could be taken, no name, number or pronoun."""
    if act.rule.kind != "detention" or not act.passive or act.rule.voice != "verb" or page.lex.morphology.free_order:
        return False
    start, end = act.clause[0], act.verb[1]
    people = (*TAKEN, "forces", "party", "pronoun", "monitors", "place", "country", "equipment")
    behind = page.lex.words["prepositions"] - page.lex.words["of"]
    if any(start <= g.start < end and g.cls in people and g.before not in behind for g in groups) or starting(page.numbers, start, end):
        return False
    words = page.layout.within(start, end)[1:]
    ahead = [t for t in page.layout.within(start, act.verb[0]) if t.folded not in page.lex.words["joints"] | page.lex.words["adverbs"]]
    return (
        bool(ahead)
        and not any(  # "… and was detained": the subject stands in the clause before
            t.text[:1].isupper() or t.folded in page.lex.words["who"] for t in words
        )
    )


def _other_object(page: Page, act: Act, groups: Sequence[Group]) -> bool:
    """ "Took away the register of residents": right behind an active verb stands, with its article, a noun that no list knows as people."""
    lex, layout = page.lex, page.layout
    if lex.morphology.free_order or lex.morphology.bends or act.rule.voice != "verb" or act.passive:
        return False
    lead, *noun = layout.within(act.verb[1], act.clause[1])[:2] or (None,)
    if lead is None or not noun or lead.folded not in lex.words["articles"] or not layout.text[act.verb[1] : lead.start].isspace():
        return False
    if any(g.start <= noun[0].start < g.end for g in groups) or noun[0].text[:1].isupper():
        return False
    behind = layout.within(noun[0].end, act.clause[1])[:1]
    return bool(behind) and behind[0].folded in lex.words["of"]


def _of_work(page: Page, act: Act, groups: Sequence[Group]) -> bool:
    """ "The soldiers repairs carried-out": where the verb stands last, a bare noun right before it is its object, and the people before that
    are those who carry it out. What is said of people (captive, hostage) is no such noun."""
    layout, lex, finite = page.layout, page.lex, page.lex.morphology.finite
    if not lex.morphology.verb_last or finite is None or act.rule.kind != "detention" or act.rule.voice != "verb":
        return False
    words = layout.within(act.verb[0], act.verb[1])
    before = layout.before(words[-1].start, act.clause[0], 2)
    if not before or not finite.search(words[-1].folded):
        return False
    word, counts = before[-1], lex.words["number_words"]
    if any(t.text[0].isdigit() or t.folded in counts for t in before[:-1]):
        return False  # "two poachers took"
    small = lex.words["stops"] | lex.words["adverbs"] | lex.words["postpositions"] | lex.words["with_taking"] | lex.words["pronouns"]
    if not word.text[0].islower() or word.folded in small or word.folded in counts or finite.search(word.folded):
        return False
    covered = [(g.start, g.end) for g in groups] + [(t.start, t.end) for t in page.settings.times]
    bare = lex.morphology.case_of(word.folded) in ("", *lex.words["subject"])
    return bare and not any(a <= word.start < b for a, b in covered)


def _acts(group: Group) -> bool:
    """Somebody who took the arms: without one, "two tanks broke through" tells who went forward."""
    return group.cls in ("personnel", "forces", "party", "pronoun")


def _is_ground(lex: Lexicon, group: Group) -> bool:
    """Positions, or a place that is no mere scene: "they took Xville and two tanks" goes forward."""
    marks = lex.words["patient"] if lex.morphology.bends else frozenset[str]()
    return group.cls in GROUND or (group.cls == "place" and group.before not in lex.words["prepositions"] - marks)


def _may_be_taken(lex: Lexicon, act: Act, group: Group) -> bool:
    """People who are not the ones that take: behind an active verb, where words stand in their order; else by case and by what leads them."""
    if group.cls not in ANYBODY or group.before in lex.words["agent_from"] | lex.words["agent_by"] | lex.words["people_of"]:
        return False
    if not lex.morphology.bends:
        return group.before not in lex.words["of"] and (act.passive or group.start >= act.verb[0])
    if lex.morphology.verb_last and act.verb[0] <= group.head < act.verb[1] and group.party != OWN:
        return True  # right before the verb
    if group.cls in ("party", "opposed") or group.party == OWN or group.before in lex.words["subject"]:
        return False
    if group.before == "@dat" and group.before not in lex.words["patient"]:
        return False  # to whom it was shown
    return act.passive or group.before in lex.words["prepositions"] or group.start > act.verb[0]


def _joined(page: Page, group: Group) -> bool:
    """ "A lorry was seized by soldiers and its crew led away": people behind "and" are not those that the preposition led to."""
    before = page.layout.before(group.start, page.layout.sentence_at(group.start).start, 1)
    joined = bool(before) and before[0].folded in page.lex.words["joints"] and before[0].folded != group.before
    return joined and group.cls in TAKEN and not page.lex.morphology.bends


def _relative(page: Page, act: Act) -> int:
    """Where a relative word behind the verb begins to tell of what was taken ("the weapons that they had left"), or the end of the clause."""
    leads = page.lex.words["relative"] | page.lex.words["who"]
    behind = page.layout.within(act.verb[1], act.clause[1])
    return next((t.start for t in behind if t.folded in leads), act.clause[1])


def _things(page: Page, act: Act, groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Nouns of things in the clause, and in front of the relative word with which it begins ("the guns that our men had seized")."""
    layout, lex = page.layout, page.lex
    start, end = act.clause
    opening = layout.within(start, end)[:1]
    sentence = layout.sentence_at(start)
    if opening and opening[0].folded in lex.words["relative"] | lex.words["who"]:
        before = layout.before(start, sentence.start, 1)
        ending = next((g.head for g in groups if before and g.end == before[0].end), start)
        start = min(ending, before[0].start if before else start)
    kinds = BY_KIND[act.rule.kind]
    people = [(g.start, g.end) for g in groups if g.cls in (*ANYBODY, "forces")]
    spans = [(g.head, g.end) for g in groups if g.cls in kinds]
    spans += [(m.start, m.end) for finder in (lex.weapons, lex.things) for m in finder.find(layout, sentence.start, sentence.end)]
    for a, b in sorted(set(spans)):
        if start <= a < end and not any(x < b and a < y for x, y in people):
            yield a, b


def _is_object(page: Page, act: Act, span: tuple[int, int], groups: Sequence[Group]) -> bool:
    """Does the noun stand where what was taken stands, led by nothing, and is it no owner of another noun?"""
    layout, lex = page.layout, page.lex
    (start, end), ahead = span, span[1] <= act.verb[0]
    if end <= act.clause[0]:
        return True
    if _goes_on(page, act, end):
        return False
    if ahead and any(t.folded in lex.words["relative"] | lex.words["who"] for t in layout.within(end, act.verb[0])[:1]):
        return True
    if lex.morphology.bends:
        case = lex.morphology.case_of(layout.within(start, end)[-1].folded)
        if case and (case in lex.words["of"] or case not in lex.words["subject"] | lex.words["patient"]):
            return False
    if (lex.morphology.verb_last and not ahead) or (not lex.morphology.bends and ahead != act.passive):
        return False
    if ahead:
        led = [t for t in layout.before(start, act.clause[0], BESIDE) if t.folded in lex.words["stops"] | lex.words["prepositions"]]
        return _joins(page, (end, act.verb[0]), groups) and not (led and led[-1].folded in lex.words["prepositions"])
    who = next((g.end for g in groups if g.head <= act.verb[0] < g.end < start), 0)  # "guards detained a lorry": the words name who took
    between = layout.within(who or act.verb[0], start)[1:]
    return len(between) <= BESIDE and "," not in layout.text[act.verb[0] : start] and all(_belongs(token, lex) for token in between)


def _joins(page: Page, gap: tuple[int, int], groups: Sequence[Group]) -> bool:
    """May what stands in `gap` lie between a thing and the verb behind it, with nobody among it whom no word list knows?"""
    words, covered = page.lex.words, [(g.start, g.end) for g in groups] + [(t.start, t.end) for t in page.settings.times]
    small = (
        words["stops"]
        | words["prepositions"]
        | words["joints"]
        | words["adverbs"]
        | words["determiners"]
        | words["number_words"]
        | words["be"]
    )
    between = page.layout.within(*gap)
    counted = between and (between[-1].text[0].isdigit() or between[-1].folded in words["number_words"] - words["adverbs"])
    return (
        not counted
        and len(between) <= BESIDE
        and all(
            t.folded in small
            or not t.text[0].islower()
            or any(a <= t.start < b for a, b in covered)
            or any(t.folded.endswith(e) for e in words["participle_endings"])
            for t in between
        )
    )


def _belongs(token: Token, lex: Lexicon) -> bool:
    """May the word stand between a verb and the noun that is its object? Where the first of two nouns is the head, only what bends with it."""
    small = (
        lex.words["determiners"]
        | lex.words["own"]
        | lex.words["possessives"]
        | lex.words["number_words"]
        | lex.words["be"]
        | lex.words["adverbs"]
    )
    if token.folded in small or token.text[0].isdigit():
        return True
    if lex.morphology.head_first:
        return lex.morphology.modifiers is not None and bool(lex.morphology.modifiers.search(token.folded))
    return token.folded not in lex.words["stops"] | lex.words["prepositions"] | lex.words["joints"]


def _goes_on(page: Page, act: Act, end: int) -> bool:
    """ "The boat's owner", "a lorry dealer": is the noun that ends here part of another one, which may be people?"""
    layout, lex = page.layout, page.lex
    behind = layout.within(end, act.clause[1])[:1]
    if layout.text[end : end + 2] in ("'s", "’s"):
        return True
    if not behind or not layout.text[end : behind[0].start].isspace() or act.verb[0] <= behind[0].start < act.verb[1]:
        return False
    word = behind[0]
    if any(t.start <= word.start < t.end for t in page.settings.times) or not word.text[0].islower():
        return False
    if lex.morphology.bends:
        return lex.morphology.owned_endings is not None and bool(lex.morphology.owned_endings.search(word.folded))
    plain = lex.words["stops"] | lex.words["prepositions"] | lex.words["joints"] | lex.words["adverbs"] | lex.words["be"]
    endings = lex.words["participle_endings"] | lex.words["active_endings"] | lex.words["adverb_endings"]
    return word.folded not in plain and not any(word.folded.endswith(e) for e in endings)
