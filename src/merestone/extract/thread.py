"""What a text carries from sentence to sentence: who was the subject, whose "the soldiers" are, who was blamed last.

Pronouns and definite nouns are read by where they stand, the same for every party (law 2).
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from merestone.extract.around import Around
from merestone.extract.attribution import Attributions
from merestone.extract.chained import first_subject, joined_verb
from merestone.extract.groups import OPPOSED, OWN, Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.names import Mention, Names
from merestone.extract.numbers import Number
from merestone.extract.settings import Settings
from merestone.extract.tokens import Layout, Sentence
from merestone.extract.turns import Cue

SUBJECTS = ("forces", "personnel", "party", "equipment", "state")
PEOPLE = ("resident", "hospital", "media", "other")


@dataclass(frozen=True, slots=True)
class Page:
    """Everything of one text that reading its claims needs."""

    layout: Layout
    mentions: tuple[Mention, ...]
    names: Names
    lex: Lexicon
    attributions: Attributions
    numbers: tuple[Number, ...]
    settings: Settings
    parties: tuple[str, ...]  # the two sides that the text is about, or fewer
    unreal: tuple[tuple[int, int], ...]
    skip: tuple[tuple[int, int], ...]  # signatures and the like
    asked: tuple[tuple[int, int], ...] = ()  # whole appeals, with what they tell by the way


@dataclass(slots=True)
class Thread:
    """What one sentence leaves for the next: who was the subject, who was blamed, when and where it was."""

    subject: str = ""
    blamed: str = ""
    blamed_for: str = ""  # the kind of what was told last of the one who was blamed
    blamed_paragraph: int = -1
    speaker: str = ""
    blamed_by: dict[str, frozenset[str]] = field(default_factory=dict)  # side of the teller -> whom it named as doing something
    by_class: dict[str, str] = field(default_factory=dict)  # class of people -> the party last named with it
    by_word: dict[str, str] = field(default_factory=dict)  # "detachment" -> the same, by the word itself


def recalled(page: Page, groups: Sequence[Group], thread: Thread) -> tuple[Group, ...]:
    """ "the soldiers", "its servicemen": people without a party are those last spoken of, or the owner's."""
    out: list[Group] = []
    owner = ""
    for bare in groups:
        group = bare
        if group.word in page.lex.words["we"] and not _official(page, group.start):
            continue  # "we" of an official is the side, of a villager the village
        if group.cls == "monitors" and (group.party in page.names.parties or (group.party == OWN and _official(page, group.start))):
            group = replace(group, cls="forces")  # "the Xlandish patrol", "our patrol" in the word of a ministry: a side's own
        if group.cls == "civilians" and group.word in page.lex.words["own_men"] and (group.party == OWN or group.party.startswith("of:")):
            chain = page.attributions.at(group.start)
            if _official(page, group.start) and chain[-1].affiliation in page.names.parties:
                group = replace(group, cls="personnel")  # "our men" of a ministry
        if group.party.startswith("of:"):
            chain = page.attributions.at(group.start)
            cue = page.attributions.cue_at(group.start)
            speaker = chain[-1].affiliation if chain and chain[-1].affiliation in page.names.parties else ""
            told = cue is not None and cue.how == "say" and (cue.start <= group.start or _it(page, cue))  # "its guns, it said, …"
            party = (
                ("" if told and speaker and _hit(page, group) else owner) or (speaker if told else thread.subject) or speaker
            )  # nobody fires "at its posts" that are his own
            group = replace(group, party=party, recalled=True) if party else group
        elif not group.party and group.cls in ("personnel", "equipment", "forces") and not group.places:
            bends = page.lex.morphology.bends and not page.lex.morphology.recalls_people
            by = bends or group.before in page.lex.words["agent_by"]  # "a guard was wounded by a sniper": another's
            alike = "" if by else thread.by_class.get(group.cls, "")
            party = thread.by_word.get(_stem(group.word), "") or alike
            group = replace(group, party=party, recalled=True) if party else group
        if group.party in page.names.parties:
            if group.cls in ("personnel", "forces", "equipment") and not group.recalled:
                thread.by_class[group.cls] = thread.by_word[_stem(group.word)] = group.party
            if group.cls in SUBJECTS and group.before not in page.lex.words["prepositions"]:
                owner = group.party
        elif group.cls == OPPOSED and group.before not in page.lex.words["prepositions"]:
            owner = OPPOSED  # "the adversary laid smoke, and its infantry attacked"
        out.append(group)
    return tuple(out)


def _hit(page: Page, group: Group) -> bool:
    """ "X said Y's men fired at its posts", "shelled its posts": nobody fires at what is his own, so that "its" is of those who tell."""
    lex, layout = page.lex, page.layout
    if lex.morphology.bends or group.before in lex.words["aim"]:
        return not lex.morphology.bends
    aimed = (*lex.table("kinds")["families"]["aimed"], "ground_attack")
    verbs = lex.kinds.find(layout, layout.sentence_at(group.start).start, group.end)
    beside = (m for m in verbs if m.start < group.start and (group.start < m.end or not layout.within(m.end, group.start)))
    return any(lex.kind_rules[m.tag].kind in aimed for m in beside)


def _it(page: Page, cue: Cue) -> bool:
    """Is it a pronoun that says who speaks?"""
    named = page.layout.within(cue.speaker.start, cue.speaker.end)
    return len(named) == 1 and named[0].folded in page.lex.words["pronouns"]


def _official(page: Page, position: int) -> bool:
    chain = page.attributions.at(position)
    return bool(chain) and chain[-1].official


def _stem(word: str) -> str:
    return word.rsplit(maxsplit=1)[-1][:6] if word else ""


def around_of(page: Page, sentence: Sentence, thread: Thread, groups: tuple[Group, ...], limit: tuple[int, int], position: int) -> Around:
    """`subject` for a pronoun: the subject of the sentence before, else of this one before it, else of the main clause after it."""
    chain = page.attributions.at(position)
    speaker = chain[-1].affiliation if chain and chain[-1].affiliation in page.names.parties else ""
    if not speaker and chain and chain[-1].kind == "resident" and (home := page.attributions.homes.get(chain[-1].name)):
        speaker = home.side  # "our own soldiers" of a villager are those of the side of the village
    told = page.attributions.default[:1]
    tells = bool(told) and told[0].official and told[0].affiliation in page.names.parties
    if tells and not page.attributions.quoted(position):
        speaker = told[0].affiliation  # "our units" in what the other side is said to say is still the teller's
    quoter = page.attributions.retold(position)
    if quoter is not False:  # "X says that we fired": "we" are those who are quoted, and not X
        speaker = quoter.affiliation if quoter is not None and quoter.affiliation in page.names.parties else ""
    mine = [g for g in groups if g.party in page.names.parties and g.cls in SUBJECTS and g.before not in page.lex.words["prepositions"]]
    before = [g for g in mine if g.end <= position and not subordinate(page, g)]
    if joined_verb(page.layout, position, page.lex):  # "they stopped X's patrol and opened fire"
        first = first_subject(page.layout, groups, position, page.lex)
        before = [g for g in before if first is None or g.end <= first.end]
    subject = before[-1].party if before else thread.subject
    cue = page.attributions.cue_at(position)
    spoke = (
        cue is not None
        and cue.how == "say"
        and cue.end <= position
        and cue.speaker.affiliation in page.names.parties
        and cue.speaker.kind not in PEOPLE
    )
    opened = _opened_again(page, cue.end, position) if spoke and cue is not None else 0
    if spoke and cue is not None and not [g for g in before if g.start >= max(cue.end, opened)]:
        subject = cue.speaker.affiliation  # "the ministry said that it …"
    if not before and mine and mine[0].start > position and _subordinate_at(page, sentence.start, position):
        subject = mine[0].party
    return Around(groups, limit, (sentence.start, sentence.end), subject, speaker, page.parties, _leading(page.lex))


def _opened_again(page: Page, start: int, position: int) -> int:
    """ "X said that two of Y's had died and that it …": where the last clause of several that are told begins."""
    joints, that = page.lex.words["joints"], page.lex.words["that"]
    pairs = itertools.pairwise(page.layout.within(start, position))
    return max((other.end for one, other in pairs if one.folded in joints and other.folded in that), default=0)


@functools.lru_cache(maxsize=64)
def _leading(lex: Lexicon) -> frozenset[str]:
    """Prepositions behind which nobody acts."""
    return lex.words["prepositions"] - lex.words["people_of"] - lex.words["people_from"] | lex.words["agent_from"]


def subordinate(page: Page, group: Group) -> bool:
    return group.before in page.lex.words["subordinators"]


def _subordinate_at(page: Page, start: int, position: int) -> bool:
    return any(t.folded in page.lex.words["subordinators"] for t in page.layout.within(start, position))
