"""What is said to have happened: the words that carry a kind, and the clause in which each stands.

A rule fires on words alone, never on who is blamed; negation, attempt and what is only asked for are read around it (law 2).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from merestone.extract.attribution import Attributions
from merestone.extract.choosing import choose
from merestone.extract.finder import Match
from merestone.extract.lexicon import KindRule, Lexicon
from merestone.extract.negation import HINDERED, asked_on, feared, forgone, negated_at, says_not
from merestone.extract.supposed import only_possible, supposed, unrealised, whether
from merestone.extract.together import told_together
from merestone.extract.tokens import Layout, Sentence, Token
from merestone.extract.voice import is_attribute, is_passive, not_back, of_themselves

LIST_ITEM = 5  # words after ", and" up to which it is the last of a list and no new clause
QUIET = "calm"
TAIL = 3  # words behind a noun that is joined to another one
FEARED = (
    "drone_flight",
    "detention",
    "ill_treatment",
    "property_damage",
    "arson",
    "theft",
    "heritage_damage",
    "water_or_land_fouled",
)  # what nobody announces as a pledge: of these what is to come is a plan or a fear
LEFT, STAYED = "withdrawal", "position_held"  # who refuses to leave stays
BEHIND = 2  # words between an act and what colours it from behind
DONE_TO = ("positions", "personnel", "civilians", "monitors", "settlement", "property", "infrastructure", "heritage", "territory")
WONDERED = 6  # words between the word that asks and what it asks about
LEAD = 3  # words with which a sentence may begin before the law that it tells
UTTERED = ("threat_with_weapon", "ceasefire_agreed")
BEFORE = 6  # words before a verb in which "not" or "tried to" still belong to it


@dataclass(frozen=True, slots=True)
class Act:
    """One kind in one clause. `verb` is where its words stand, `clause` the stretch that carries it.

    `passive`: what stands before is the one it was done to. `mood`: done attempted announced. `negated`: said not to be so.
    """

    rule: KindRule
    verb: tuple[int, int]
    clause: tuple[int, int]
    passive: bool
    negated: tuple[int, int] | None
    mood: str
    mood_at: tuple[int, int] | None
    repeated: tuple[int, int] | None


def find_acts(
    layout: Layout, sentence: Sentence, lex: Lexicon, attributions: Attributions, unreal: Sequence[tuple[int, int]]
) -> tuple[Act, ...]:
    """The acts of one sentence in text order. `unreal` are stretches that ask or imagine: nothing in them happened."""
    cues = lex.cues.find(layout, sentence.start, sentence.end)
    if asks(layout, sentence, lex) or any(c.tag == "elsewhere" for c in cues) or in_general(layout, sentence, cues):
        return ()

    def shut(position: int) -> bool:
        return attributions.masked(position) or any(a <= position < b for a, b in unreal)

    matches = [m for m in lex.kinds.find(layout, sentence.start, sentence.end) if not shut(m.start)]
    if not lex.morphology.free_order:  # "the loss of a drone but denied it had entered"
        said = [span for cue in attributions.cues[sentence.index] for span in cue.mask]
        matches = [m for m in matches if not any(m.start < a and b <= m.end for a, b in said)]
    matches = [m for m in matches if "alone" not in lex.kind_rules[m.tag].needs or not layout.within(m.end, sentence.end)]
    chosen = choose(layout, sentence, matches, lex)
    chosen = told_together(layout, sentence, chosen, lex, (lambda words: _clauses(layout, sentence, words, lex), shut))
    clauses = [
        _unattributed(layout, clause, attributions, lex) for clause in _clauses(layout, sentence, [(m.start, m.end) for m in chosen], lex)
    ]
    out: list[Act] = []
    for match, clause in zip(chosen, clauses, strict=True):
        rule = lex.kind_rules[match.tag]
        if forgone(layout, cues, match, lex):
            if rule.kind != LEFT:
                continue
            rule = replace(rule, kind=STAYED, voice="state")
        if _imagined(layout, cues, match, clause, lex) or is_attribute(layout, match, lex) or of_themselves(layout, match, rule, lex):
            continue
        mood, mood_at = _mood(layout, [c for c in cues if not _of_another(c, match, chosen, lex)], match, clause, lex)
        negated = negated_at(layout, cues, match, clause, lex)
        if negated and ((rule.voice == "noun" and feared(layout, match, lex)) or not_back(layout, match, rule, lex)):
            continue
        if mood == "announced" and rule.kind in (*lex.table("kinds")["families"]["harmful"], *FEARED):
            continue  # fire that is to come is an exercise or a threat, and "promised not to shell" is neither done nor denied
        repeated = next(((c.start, c.end) for c in cues if c.tag == "repeated" and sentence.start <= c.start), None)
        out.append(
            Act(
                rule,
                (match.start, match.end),
                clause,
                is_passive(layout, match, clause, rule, lex),
                negated,
                mood,
                mood_at,
                repeated,
            )
        )
    quiet = any(act.rule.kind == QUIET for act in out)
    return tuple(act for act in out if not (quiet and act.negated))  # "neither shelling nor overflights": that is the quiet itself


def _unattributed(layout: Layout, clause: tuple[int, int], attributions: Attributions, lex: Lexicon) -> tuple[int, int]:
    """The clause without "X said that" at its head or ", X said" at its tail."""
    start, end = clause
    for cue in attributions.cues[layout.sentence_at(start).index]:
        for a, b in cue.mask:
            if a <= start < b < end or (a - start <= 4 and start < a < b < end):
                start = b
                words = layout.within(start, end)[:1]
                if words and words[0].folded in lex.words["that"]:
                    start = words[0].end
            elif start < a < end <= b:
                end = a
    return _trim(layout.text, start, end)


_MARKS = re.compile(r"[;—]|:(?!\d)|\s[–-]\s")  # where the verb stands last, a clause goes on behind brackets
_ASIDE = re.compile(r"\([^().;]{0,12}\d[^();]{0,12}\)")  # "(15:00 in the capital)": a figure beside a figure cuts no clause
_HARD = re.compile(r"[;—]|:(?!\d)|\s[–-]\s|\)\s|\s\(")


def _clauses(
    layout: Layout, sentence: Sentence, verbs: Sequence[tuple[int, int]], lex: Lexicon, *, alone: bool = False
) -> list[tuple[int, int]]:
    """Cut the sentence at hard marks and at commas before a joining word; between two verbs also at the last comma or joint."""
    text = layout.text
    cuts = {sentence.start, sentence.end}
    hard = _MARKS if lex.morphology.finite is not None else _HARD
    asides = [m.span() for m in _ASIDE.finditer(text, sentence.start, sentence.end)]
    for match in hard.finditer(text, sentence.start, sentence.end):
        if not any(a < match.end() and match.start() < b for a, b in asides):
            cuts.add(match.end())
    for token in layout.within(sentence.start, sentence.end):
        if token.folded not in lex.words["clause_openers"]:
            continue
        start = token.start
        before = text[sentence.start : start].rstrip()
        last = layout.before(start, sentence.start, 1)
        if last and last[-1].folded in lex.words["bars"] and not before.endswith(","):
            start, before = last[-1].start, text[sentence.start : last[-1].start].rstrip()  # ", in which"
        joins = token.folded in lex.words["joints"]
        stop = min((p for p in (text.find(mark, start, sentence.end) for mark in ",;:.") if p > start), default=sentence.end)
        long = len(layout.within(start, stop)) > LIST_ITEM and not _joins_names(layout, sentence, token)
        if before.endswith(",") and (long or not joins):
            cuts.add(start)
    ends = _ends(layout, sentence, lex)
    cuts |= {cut for cut in ends if not alone or not any(end <= cut <= end + 2 for _, end in verbs)}
    for (_, left), (right, _) in itertools.pairwise(verbs):
        if not any(left <= c <= right for c in cuts) and left < right:
            cut = _joint(layout, left, right, lex)
            if cut:
                cuts.add(cut)
    ordered = sorted(cuts)
    out = []
    for start, end in verbs:
        a = max(c for c in ordered if c <= start)
        b = min((c for c in ordered if c >= end), default=sentence.end)
        out.append(_trim(text, a, b))
    return out


def _ends(layout: Layout, sentence: Sentence, lex: Lexicon) -> set[int]:
    """Behind the comma that follows a verb, where the verb stands last: another clause begins there."""
    finite, text = lex.morphology.finite, layout.text
    if finite is None:
        return set()
    words = layout.within(sentence.start, sentence.end)
    pairs = ((one, other) for one, other in itertools.pairwise(words) if text[one.end : other.start].lstrip('"”»’').startswith(","))
    return {other.start for one, other in pairs if finite.search(one.folded)}


def clause_of(
    layout: Layout,
    sentence: Sentence,
    words: tuple[int, int],
    lex: Lexicon,
    beside: Sequence[tuple[int, int]] = (),
    *,
    whole: bool = False,
) -> tuple[int, int]:
    """The clause of one stretch of words; cut off from the others `beside` it, in text order, that tell something else."""
    every = [w for w in beside if w == words or w[1] <= words[0] or words[1] <= w[0]] or [words]
    return _clauses(layout, sentence, every, lex, alone=whole)[every.index(words)]


def _joins_names(layout: Layout, sentence: Sentence, joint: Token) -> bool:
    """ "Xland, Yland, and Zland": a name on either side."""
    before, after = layout.before(joint.start, sentence.start, 1), layout.within(joint.end, sentence.end)[:1]
    return bool(before and after) and before[0].text[:1].isupper() and after[0].text[:1].isupper()


def _joint(layout: Layout, left: int, right: int, lex: Lexicon) -> int:
    comma = layout.text.rfind(",", left, right)
    joints = [t for t in layout.within(left, right) if t.folded in lex.words["joints"] or t.folded in lex.words["clause_openers"]]
    word = joints[-1].start if joints else -1
    return word if word > comma else comma + 1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;:—–-•"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:—–-.(։"):
        end -= 1
    return start, end


def _near_before(layout: Layout, cue: Match, match: Match, clause: tuple[int, int], reach: int = BEFORE) -> bool:
    return clause[0] <= cue.start and cue.end <= match.start + 1 and len(layout.within(cue.end, match.start)) <= reach


def asks(layout: Layout, sentence: Sentence, lex: Lexicon) -> bool:
    """Is it a question, by the mark at its end?"""
    return layout.text[sentence.end - 1 : sentence.end] in lex.words["question_marks"]


def in_general(layout: Layout, sentence: Sentence, cues: Sequence[Match]) -> bool:
    """ "Under international law the mining of fields is a crime": a sentence that begins with the law and has no figure tells what holds always."""
    leads = [c for c in cues if c.tag == "in_general" and len(layout.within(sentence.start, c.start)) < LEAD]
    return bool(leads) and not any(c.isdecimal() for c in layout.text[sentence.start : sentence.end])


def elsewhere(layout: Layout, sentence: Sentence, lex: Lexicon) -> bool:
    """Is it told of something else than a conflict: a match, a stage, the weather?"""
    return any(c.tag == "elsewhere" for c in lex.cues.find(layout, sentence.start, sentence.end))


def imagined(layout: Layout, sentence: Sentence, position: int, lex: Lexicon) -> bool:
    """Is what stands at `position` only asked for, doubted, imagined, or told of something else than a conflict?"""
    cues = lex.cues.find(layout, sentence.start, position)
    asked = wondered(layout, cues, position, sentence.start) or asked_on(layout, position, lex)
    if asked or elsewhere(layout, sentence, lex) or in_general(layout, sentence, cues):
        return True
    return any(c.tag == "unreal" and len(layout.within(c.end, position)) <= 12 for c in cues)


def wondered(layout: Layout, cues: Sequence[Match], position: int, start: int) -> bool:
    """Is what stands at `position` the content of an open question ("who fired could not be established")? From `start` on."""
    return any(c.tag == "asked" and start <= c.start < position and len(layout.within(c.end, position)) <= WONDERED for c in cues)


def _forsworn(layout: Layout, cues: Sequence[Match], match: Match, lex: Lexicon) -> bool:
    """ "To shoot not they-will": what somebody will not do, where what is announced stands before the word that announces it."""
    if not lex.morphology.free_order or lex.morphology.verb_last:
        return False
    behind = [c for c in cues if c.tag == "announced" and match.end <= c.start]
    between = [[t.folded for t in layout.within(match.end, c.start)] for c in behind]
    return any(words and all(word in lex.words["plain_not"] for word in words) for words in between)


def _bare(layout: Layout, match: Match, clause: tuple[int, int], lex: Lexicon) -> bool:
    """Does its clause name nothing else? "Who set fire to the barn is not known" takes it that the barn was set on fire."""
    nouns = [m for m in lex.heads.find(layout, *clause) if m.end <= match.start or match.end <= m.start]
    return not any(m.tag in DONE_TO for m in nouns) and not any(t.text[:1].isupper() for t in layout.within(*clause)[1:])


def _only_named(layout: Layout, cues: Sequence[Match], match: Match, clause: tuple[int, int], lex: Lexicon) -> bool:
    """ "Attacks on farmers are prohibited", "talks on shelling": a noun that law, judgement or talk is about names an act and tells none. A
    figure beside it (a day, a count) tells of one that was."""
    if any(c.isdecimal() for c in layout.text[slice(*clause)]):
        return False
    named = [c for c in cues if c.tag == "named" and clause[0] <= c.start < clause[1]]
    if any(c.tag.startswith("say:denies") and n.start - 2 <= c.end <= n.start for c in cues for n in named):
        return False  # "rejected reports of shelling"
    touching = any(len(layout.within(*sorted((c.end, match.start)))) <= 1 for c in named if c.end <= match.start)
    return touching or (bool(named) and _is_noun(layout, match, lex))


def _of_any(layout: Layout, cues: Sequence[Match], match: Match, clause: tuple[int, int], lex: Lexicon) -> bool:
    """ "Any attack will be answered", "the shelling would stop": a noun led by "any" that nobody denies, or whose verb is one of what is to
    come, tells no deed."""
    led = any(t.folded in lex.words["articles"] for t in layout.before(match.start, clause[0], 1))
    noun = led or _is_noun(layout, match, lex)
    if not noun or any(c.tag.startswith(("say:denies", "denial")) for c in cues):
        return False
    if any(t.folded in lex.words["any_of"] for t in layout.before(match.start, clause[0], 2)):
        return not any(t.folded in lex.words["negation"] for t in layout.within(clause[0], match.start))
    plain = not lex.morphology.bends and not lex.morphology.verb_last
    behind = (c for c in cues if c.tag in ("announced", "unreal") and match.end <= c.start < clause[1])
    return plain and any(len(layout.within(match.end, c.start)) <= BEHIND for c in behind)


def _is_noun(layout: Layout, match: Match, lex: Lexicon) -> bool:
    """ "An attack", "the shelling of": a noun by its row, by the "of" that it leads, or by its ending."""
    last = layout.within(match.start, match.end)[-1:]
    nominal = lex.morphology.nominals
    led = any(t.folded in lex.words["of"] or (nominal is not None and nominal.search(t.folded)) for t in last)
    return lex.kind_rules[match.tag].voice == "noun" or led


def _imagined(layout: Layout, cues: Sequence[Match], match: Match, clause: tuple[int, int], lex: Lexicon) -> bool:
    wanted = any(c.tag == "purpose" and match.start <= c.start < match.end for c in cues)  # "in order to cross"
    if wanted or asked_on(layout, match.start, lex) or supposed(layout, match, lex):
        return True
    if unrealised(layout, cues, match, lex) or whether(layout, match, lex) or only_possible(layout, match, lex):
        return True
    if _only_named(layout, cues, match, clause, lex) or _forsworn(layout, cues, match, lex) or _of_any(layout, cues, match, clause, lex):
        return True
    if (
        lex.kind_rules[match.tag].kind != "information_withheld"
        and wondered(layout, cues, match.start, clause[0])
        and _bare(layout, match, clause, lex)
    ):
        return True
    if lex.kind_rules[match.tag].voice == "noun" and _unsaid(layout, cues, match, clause, lex):
        return True
    order = lex.morphology.free_order and not lex.morphology.verb_last
    leads = [c for c in cues if c.tag == "unreal" and order and c.start < clause[0] <= c.end + 2]  # "they fear that …"
    if any(len(layout.within(c.end, match.start)) <= 12 for c in leads):
        return True
    unreal = [
        c for c in cues if c.tag == "unreal" and not _told_behind(layout, cues, c, match, lex)
    ]  # "to stop the fire called-on-them": there what asks for it stands behind
    if any(_near_behind(layout, c, match, clause, lex) and "," not in layout.text[match.start : c.start] for c in unreal):
        return True
    noun = lex.kind_rules[match.tag].voice in ("noun", "inner") or layout.within(match.start, match.end)[-1].folded in lex.words["of"]
    joined = layout.within(*clause)[:1] if noun else ()
    if joined and joined[0].folded in lex.words["joints"] and len(layout.within(match.end, clause[1])) <= TAIL:
        clause = layout.sentence_at(match.start).start, clause[1]  # "provides for an exchange and the withdrawal of troops"
    ahead = (c for c in unreal if _near_before(layout, c, match, clause, 12) and not _known_of(layout, c, match, lex))
    return next(ahead, None) is not None or any(match.start <= c.start < match.end for c in unreal)


def _known_of(layout: Layout, cue: Match, match: Match, lex: Lexicon) -> bool:
    """ "X demands the return of the fishermen, held by Y since May": what a participle behind a comma tells of somebody is not what is asked."""
    participles, words = lex.morphology.attributive, layout.within(cue.end, match.end)
    if participles is None:
        return False
    opens = (t for t in words[1:] if participles.search(t.folded) and t.folded not in lex.words["relative"] and t.start <= match.start)
    return any(layout.text[cue.end : t.start].rstrip().endswith(",") for t in opens)


def _told_behind(layout: Layout, cues: Sequence[Match], cue: Match, match: Match, lex: Lexicon) -> bool:
    """ "Condemned the attack and said that X had fired": what a second verb of saying tells is not what the first is about."""
    said = (c for c in cues if c.tag.startswith("say:asserts") and cue.end <= c.start and c.end <= match.start)
    return any(t.folded in lex.words["joints"] for c in said for t in layout.before(c.start, cue.end, 1))


def _unsaid(layout: Layout, cues: Sequence[Match], match: Match, clause: tuple[int, int], lex: Lexicon) -> bool:
    """ "Neither confirmed nor denied the shelling": what a verb of saying with its own "not" is about is neither told nor denied."""
    said = [c for c in cues if c.tag.startswith("say:") and _near_before(layout, c, match, clause)]
    return any(t.folded in lex.words["plain_not"] for c in said for t in layout.before(c.start, clause[0], 1))


def _of_another(cue: Match, match: Match, chosen: Sequence[Match], lex: Lexicon) -> bool:
    """Does what colours an act belong to another one, whose words hold it ("at an attempt to cross was detained")?"""
    return lex.morphology.bends and any(o is not match and o.start <= cue.start < o.end for o in chosen)


def _near_behind(layout: Layout, cue: Match, match: Match, clause: tuple[int, int], lex: Lexicon) -> bool:
    """In languages whose verb comes last, what colours an act stands behind it ("to cross tried")."""
    return (
        lex.morphology.verb_last and match.end <= cue.start and cue.end <= clause[1] and len(layout.within(match.end, cue.start)) <= BEHIND
    )


def _refuses(layout: Layout, cue: Match, match: Match, lex: Lexicon) -> bool:
    """Do the words of the kind say "will not", so that it is done?"""
    return not lex.morphology.bends and match.start <= cue.start < match.end and says_not(layout, match, lex)


def _uttered(cue: Match, match: Match, lex: Lexicon) -> bool:
    """A threat is done when it is uttered, a truce when it is agreed."""
    kind = lex.kind_rules[match.tag].kind
    return kind == UTTERED[0] or (kind in UTTERED and match.start <= cue.start < match.end)


def _mood(layout: Layout, cues: Sequence[Match], match: Match, clause: tuple[int, int], lex: Lexicon) -> tuple[str, tuple[int, int] | None]:
    for tag, mood in (("attempt", "attempted"), ("announced", "announced")):
        for cue in cues:
            before = not lex.morphology.verb_last and _near_before(layout, cue, match, clause)
            itself = (
                tag == "attempt" and lex.kind_rules[match.tag].kind in HINDERED
            )  # "were prevented from entering": that is what was done
            near = (before or match.start <= cue.start < match.end) and not (itself and match.start <= cue.start)
            if tag == "announced" and (_uttered(cue, match, lex) or _refuses(layout, cue, match, lex)):
                continue  # a threat is done when it is uttered; "would not let them pass"
            if cue.tag == tag and (near or _near_behind(layout, cue, match, clause, lex)):
                meant = tag == "attempt" and any(c.tag == "announced" and 0 <= cue.start - c.end <= 1 for c in cues)  # "plans to try to"
                return "announced" if meant else mood, (cue.start, cue.end)
    to_come = lex.morphology.future
    if to_come is not None:  # "fire will-be-opened", "the flying-will drones"
        behind = [t for t in layout.within(match.end, clause[1])[:1] if layout.text[match.end : t.start].isspace()]
        verb = next((t for t in (*layout.within(match.start, match.end), *behind) if to_come.search(t.folded)), None)
        if verb is not None:
            return "announced", (verb.start, verb.end)
    return "done", None
