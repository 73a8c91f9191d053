"""Who did it where no words at the verb name a doer: the one named in the sentence before, the one whose act is denied, the other side
of those who tell what was done to them.

A wrong blame is worse than `unknown`: each step needs words that stand in the text, and none can see which party is which (law 2).
"""

from __future__ import annotations

from merestone.extract.acts import Act
from merestone.extract.around import Around, accused
from merestone.extract.attribution import DIALOGUE
from merestone.extract.groups import Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.roles import Said, doer, done_to
from merestone.extract.subjects import OF_NO_SIDE
from merestone.extract.terms import Speaker
from merestone.extract.thread import Page, Thread
from merestone.extract.tokens import Sentence

FIRE = ("small_arms_fire", "shelling", "air_attack")
FIGHTING = (*FIRE, "ground_attack", "advance", "armed_clash")
EFFECTS_OF_FIRE = ("property_damage", "heritage_damage")  # what is told right behind fire, fire did
EFFECTS = (*EFFECTS_OF_FIRE, "arson", "utility_cut", "water_or_land_fouled")
OF_TAKEN = ("release", "ill_treatment", "information_withheld")  # done to those who were taken, by those who took them
FOUND = (*EFFECTS, "movement_restricted", "drone_flight")  # what is found or seen before anybody knows whose it is
NO_SIDE = ("none", "both")
ONE_TOOK = "no words say who; one side's people taken, with two sides in the text"
NOBODY = ("unknown", "no words say who did it")

OF_PEOPLE = ("information_withheld", "release", "ill_treatment")  # the owner there is whose people it was done to
SIGHTED = ("force_buildup", "drone_flight")
AGENTS = ("forces", "personnel", "equipment", "party", "state")
BY_OFFICES = ("information_withheld", "detention", "release", "movement_restricted", "utility_cut", "monitors_obstructed")


def who(page: Page, sentence: Sentence, act: Act, around: Around, thread: Thread) -> Said:
    """The doer: named in the clause; else whose act the speaker denies or admits; else the one blamed just before."""
    said = doer(page.layout, act, around, page.lex)
    case = ruled(page, around, said) if said is not None and act.rule.voice != "inner" and not act.rule.agent else ""
    if said is not None and said[3] == OF_NO_SIDE:
        return said
    body = _body(page, act) if said is None or case else None
    if body is not None:
        return body
    owner = case and act.rule.kind in OF_PEOPLE and not _of_clause(page, act)
    if said is not None and said[0] not in ("", "unknown") and case != "never" and not owner:
        return said
    cue = page.attributions.cue_at(act.verb[0])
    own = page.lex.morphology.bends and _is_hit(page, act, around, around.subject)
    if cue is not None and cue.stance in ("denies", "admits") and cue.end <= act.verb[0] and around.subject and not own:
        return around.subject, cue.start, cue.end, "the one who speaks of it denies or admits an act of the own side"
    if cue is not None and cue.stance == "admits" and act.rule.voice == "verb" and not act.passive and page.lex.words["own_men"]:
        chain = page.attributions.at(act.verb[0])
        doing = [g for g in around.groups if around.limit[0] <= g.start and g.end <= act.verb[0] and g.cls in ("personnel", "forces")]
        if doing and not doing[-1].party and chain[-1].official and chain[-1].affiliation in page.parties:
            return chain[-1].affiliation, doing[-1].start, doing[-1].end, "those whom an official owns to without naming a side"
    if _undetermined(page, around):
        return NOBODY[0], act.verb[0], act.verb[0], "the words say that nobody knows"
    told = _from_thread(thread, page.attributions.at(act.verb[0]), act, sentence)
    everyone = frozenset().union(*thread.blamed_by.values())
    if told[0] == "unknown" and cue is not None and cue.rule == DIALOGUE and len(everyone) == 1:
        told = next(iter(everyone)), act.verb[0], act.verb[0], "in a talk, the only one whom the text names as doing anything"
    unnamed = (g for g in around.groups if g.cls in ("personnel", "forces") and not g.party)
    if page.lex.morphology.verb_last and (act.passive or any(act.clause[0] <= g.start < act.verb[1] for g in unnamed)):
        return "unknown", act.verb[0], act.verb[0], "nobody of a named side is said to have done it"
    if page.lex.morphology.bends and _is_hit(page, act, around, told[0]):
        return NOBODY[0], act.verb[0], act.verb[0], NOBODY[1]
    return told


def _of_clause(page: Page, act: Act) -> bool:
    """Where the verb stands last, in a clause that is no sentence ("their having beaten him"): its owner is the one who did it."""
    nominals, last = page.lex.morphology.nominals, page.layout.within(*act.verb)[-1:]
    active = page.lex.morphology.verb_last and act.rule.voice == "verb" and not act.passive
    return active and nominals is not None and bool(last) and nominals.search(last[0].folded) is not None


def _undetermined(page: Page, around: Around) -> bool:
    return any(c.tag == "undetermined" for c in page.lex.cues.find(page.layout, *around.sentence))


def ruled(page: Page, around: Around, said: Said) -> str:
    """Where cases tell: `never` of one in a case that no doer stands in, `perhaps` of an owner, "" of any other."""
    group = next((g for g in around.groups if (g.start, g.end) == said[1:3]), None)
    words = page.lex.words
    if group is None or not page.lex.morphology.bends or group.cls == "pronoun":
        return ""
    last = page.layout.within(group.start, group.end)[-1:]
    ending = page.lex.morphology.case_of(last[0].folded) if last else ""
    bare = group.cls == "party" and page.layout.text[group.start].isupper()
    case = group.before if group.before.startswith("@") and not (bare and ending in words["subject"]) else ending
    if case in words["of"]:
        return "perhaps"
    if case in words["accused"] and accused(page.layout, said[2], around, page.lex) is not None:
        return ""  # "X blames Y's army-acc"
    return "never" if case in words["silent"] - words["agent_from"] else ""


def _body(page: Page, act: Act) -> Said | None:
    """ "the government of X-land does not say where they are held": an office or a service that acts, and is not the one who tells."""
    if act.rule.kind not in BY_OFFICES or act.rule.voice != "verb" or act.passive:
        return None
    until = act.verb[0] if page.lex.morphology.verb_last else act.clause[1]
    for mention in page.mentions:
        if not (mention.sources and act.clause[0] <= mention.start and mention.end <= until) or page.attributions.masked(mention.start):
            continue
        party = page.names.sources[mention.sources[0]].affiliation
        last = page.layout.within(mention.start, mention.end)[-1:]
        before = page.layout.before(mention.start, act.clause[0], 1)
        led = bool(before) and before[0].folded in page.lex.words["prepositions"] - page.lex.words["postpositions"]
        case = page.lex.morphology.case_of(last[0].folded) if last and not last[0].text.isupper() else ""
        if party in page.parties and not led and case not in page.lex.words["silent"]:
            return party, mention.start, mention.end, f"“{page.layout.text[mention.start : mention.end]}” is named as doing it"
    return None


def _is_hit(page: Page, act: Act, around: Around, party: str) -> bool:
    """Do the words name people or things of this party as hit? Nobody does it to the own side."""
    hit = done_to(page.layout, act, around, "unknown", page.lex)[1] if party in page.parties else None
    return hit is not None and around.party(hit) == party


def inferred(page: Page, act: Act, around: Around, read: tuple[Group | None, tuple[int, int] | None], thread: Thread) -> Said:
    """What two sides leave open to nobody else. `read`: whom or what the words name as hit, and where they deny."""
    group, denied = read
    at = act.verb[0]
    hit = around.party(group) if group is not None else ""
    if act.rule.kind in ("detention", "release") and hit in page.parties:
        return around.opposite(hit), at, at, ONE_TOOK
    chain = page.attributions.at(at)
    teller = chain[-1].affiliation if chain else ""
    local = bool(chain) and chain[-1].name in page.attributions.homes
    if denied and local and page.lex.morphology.verb_last:  # the head of a village denies what others said of the other side
        others = frozenset().union(*thread.blamed_by.values())
        return (
            (next(iter(others)), at, at, "a local voice denies what one side was blamed for")
            if len(others) == 1
            else (*NOBODY[:1], at, at, NOBODY[1])
        )
    told_of_other = thread.blamed == around.opposite(teller) and thread.blamed_paragraph == page.layout.sentence_at(at).paragraph
    if act.negated and page.lex.morphology.verb_last and told_of_other and chain and thread.speaker == chain[-1].name:
        return NOBODY[0], at, at, NOBODY[1]  # "they took aim, but no fire was opened": of the other side
    if denied and chain and chain[-1].official and chain[-1].affiliation in page.parties:
        return chain[-1].affiliation, at, at, "an official denies what the own side was blamed for"
    if act.rule.kind == "withdrawal" and teller in page.parties and not denied and _leaves_land_of(act, around, teller, page.lex):
        return around.opposite(teller), at, at, "a side tells who left its own land, with two sides in the text"
    if (
        act.rule.kind in SIGHTED
        and page.lex.morphology.verb_last
        and chain
        and chain[-1].official
        and teller in page.parties
        and not denied
        and not _undetermined(page, around)
        and not _own_named(act, around, teller)
    ):
        return around.opposite(teller), at, at, "officials tell what they have seen of the other of two sides"
    default = page.lex.table("kinds")["targets"][act.rule.kind]
    if default["party"] != "opposite" or denied or _undetermined(page, around) or not chain or chain[-1].kind == "hospital":
        return NOBODY[0], at, at, NOBODY[1]
    at_home = page.lex.morphology.free_order and act.rule.kind in FIRE and chain[-1].official
    if at_home and not hit and group is not None and _at_home(page, around, group, chain[-1].affiliation):
        hit = chain[-1].affiliation
    other = around.opposite(hit)
    if hit in page.parties and teller == hit and other in page.parties:
        return other, at, at, "a side tells what was done to its own, with two sides in the text"
    return NOBODY[0], at, at, NOBODY[1]


def _leaves_land_of(act: Act, around: Around, party: str, lex: Lexicon) -> bool:
    """ "Withdrew from our territory": the land that is left, in its case or behind its preposition."""
    lands = (g for g in around.groups if g.cls == "territory" and act.clause[0] <= g.start < act.clause[1] and around.party(g) == party)
    return any(g.before in lex.words["role_origin"] | lex.words["launched"] for g in lands)


def _own_named(act: Act, around: Around, party: str) -> bool:
    return any(around.party(g) == party for g in around.groups if act.clause[0] <= g.start < act.clause[1] and g.cls in AGENTS)


def _at_home(page: Page, around: Around, group: Group, teller: str) -> bool:
    """Officials of a side who tell of fire at "a village", "houses", "positions" of nobody in words tell of their own land, unless a place
    of the other side stands beside it."""
    if group.cls not in ("settlement", "property", "civilians", "positions", "infrastructure") or teller not in page.parties:
        return False
    return not any(g.party == around.opposite(teller) for g in around.groups if around.sentence[0] <= g.start < around.sentence[1])


def blamed(thread: Thread, chain: tuple[Speaker, ...], party: str, sentence: Sentence, kind: str) -> None:
    """Remember who was named as doing something, what, and by whom."""
    thread.blamed_for = kind
    thread.blamed, thread.blamed_paragraph, thread.speaker = party, sentence.paragraph, chain[-1].name if chain else ""
    teller = chain[-1].affiliation if chain else ""
    thread.blamed_by[teller] = thread.blamed_by.get(teller, frozenset()) | {party}


def _from_thread(thread: Thread, chain: tuple[Speaker, ...], act: Act, sentence: Sentence) -> tuple[str, int, int, str]:
    """Nobody is named: the one blamed just before in the same paragraph by the same speaker, else unknown."""
    same = thread.speaker == (chain[-1].name if chain else "")
    near = thread.blamed_paragraph == sentence.paragraph or act.rule.kind == "position_held"
    goes_on = act.rule.kind in OF_TAKEN or (act.rule.kind in EFFECTS_OF_FIRE and thread.blamed_for in (*FIRE, *EFFECTS_OF_FIRE))
    if act.rule.voice == "noun" and act.rule.kind in FIRE and thread.blamed_for not in FIGHTING:
        near = False  # "shells fell": not for that of whoever took somebody captive before
    if not goes_on and (act.passive or act.rule.kind in FOUND or (chain and chain[-1].affiliation in NO_SIDE)):
        near = False  # who did one thing is not said to have done the next, least of all by those who tell of both sides
    if thread.blamed and same and near and (act.rule.voice != "passive" or goes_on):
        return thread.blamed, act.verb[0], act.verb[0], "named in the sentence before, by the same speaker"
    return NOBODY[0], act.verb[0], act.verb[0], NOBODY[1]
