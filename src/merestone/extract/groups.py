"""Noun groups: who and what stands in a sentence, of which party, and how many.

A group is a head from the lexicon with the party named at it ("Xland's border posts", "posts of the Xlandish army"),
a bare party, a pronoun or a place. The same rules for every party (law 2).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from merestone.capture.names import fold
from merestone.extract.finder import Match
from merestone.extract.leading import PARTING, leads_to, word_before
from merestone.extract.lexicon import Lexicon
from merestone.extract.names import Mention, Names, by_itself
from merestone.extract.tokens import Layout, Sentence, Token, lying

BESIDE = ("civilians", "people")
OWN, OPPOSED, BOTH = "own", "opposed", "both"
OWNED = ("forces", "personnel", "equipment", "positions", "civilians", "settlement", "property", "territory", "infrastructure", "heritage")
THEIRS = ("personnel", "forces", "equipment")
APART = ("personnel", "civilians", "people", "opposed")  # of the owner and the owned side by side each is a group of its own
FORCED = ("forces", "personnel", "equipment", "positions")  # of the army too: "the army's units"
OBJECT = frozenset(["@acc"])
WORN = ("people", "personnel", "civilians", "forces")
REACH = 5  # words that an adjective may stand before its head


@dataclass(frozen=True, slots=True)
class Group:
    """`cls`: a class of the lexicon, or party, country, place, pronoun, opposed, both. `party`: a code, own, opposed, both or "".

    `start:end` covers modifiers, `head` is where the head begins. `before` is the folded word in front of the group.
    """

    start: int
    end: int
    head: int
    cls: str
    party: str
    before: str
    places: tuple[str, ...] = ()
    plural: bool = False
    word: str = ""
    recalled: bool = False  # the party is that of the same people named before


def find_groups(layout: Layout, sentence: Sentence, mentions: Sequence[Mention], names: Names, lex: Lexicon) -> tuple[Group, ...]:
    """The groups of one sentence in text order."""
    tokens = layout.tokens[sentence.first : sentence.last]
    inside = lying(mentions, sentence.start, sentence.end)
    heads = _heads(layout, sentence, inside, lex)
    acts = itertools.chain(*(finder.find(layout, sentence.start, sentence.end) for finder in (lex.kinds, lex.together)))
    verbs = frozenset(m.start for m in acts if lex.kind_rules[m.tag].voice == "verb")
    if lex.words["closes"]:
        verbs = frozenset()  # where the ends of nouns tell how far a group goes; what acts stand in may begin with a noun
    if lex.morphology.head_first or not lex.morphology.bends:  # a noun stands before its genitive and is no adjective of it
        verbs |= {t.start for start, end, _ in heads for t in layout.within(start, end)}
    if lex.morphology.bare_owned is not None:  # what a name owns is the noun behind it, not the one behind that
        verbs |= {t.start for start, end, cls in heads for t in layout.within(start, end) if cls in APART}
    groups = [_of_head(layout, tokens, head, (inside, verbs), lex) for head in heads]
    taken = [(g.start, g.end) for g in groups]
    free = [m for m in inside if not any(a <= m.start and m.end <= b for a, b in taken)]
    groups += [_as_people(layout, _of_mention(layout, tokens, mention, names, lex), sentence, lex) for mention in free]
    groups += [
        Group(t.start, t.end, t.start, "pronoun", "", word_before(layout, tokens, t.start, lex), word=t.folded)
        for t in tokens
        if t.folded in lex.words["pronouns"]
    ]
    groups += [Group(t.start, t.end, t.start, "party", OWN, "@nom", word=t.folded) for t in tokens if t.folded in lex.words["we"]]
    ordered = sorted(groups, key=lambda g: (g.start, g.end))
    if lex.morphology.head_first:
        ordered = _called(layout, ordered)
    return tuple(_counted(layout, _owned(layout, _join_of(layout, ordered, lex), lex), lex))


def _counted(layout: Layout, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """ "Detained four fishermen-'s": people that are counted stand in the case of owners where something is done to them, unless what they
    own stands right behind."""
    if not (mark := lex.morphology.counted_object):
        return list(groups)
    out = []
    for group, behind in itertools.zip_longest(groups, groups[1:]):
        before = (*layout.before(group.start, max(group.start - 24, 0), 1), *layout.within(group.start, group.head))
        number = any(t.folded in lex.words["number_words"] or t.text.isdigit() for t in before)
        owned = behind is not None and layout.text[group.end : behind.start].isspace()
        people = group.cls in WORN or group.cls == "party"
        out.append(replace(group, before=mark) if number and people and not owned and group.before in lex.words["of"] else group)
    return out


def _called(layout: Layout, groups: Sequence[Group]) -> list[Group]:
    """ "near the village X": what leads the noun leads the name as well."""
    pairs = zip((None, *groups), groups, strict=False)
    return [
        replace(g, before=noun.before)
        if noun is not None and g.cls == "place" and noun.cls == "settlement" and layout.text[noun.end : g.start] == " "
        else g
        for noun, g in pairs
    ]


def _heads(layout: Layout, sentence: Sentence, mentions: Sequence[Mention], lex: Lexicon) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for match in lex.heads.find(layout, sentence.start, sentence.end):
        if any(m.start < match.end and match.start < m.end and (m.places or m.sources) and not m.parties for m in mentions):
            continue  # part of a name
        if found and match.start < found[-1][1]:
            continue
        tail = bool(found) and lex.morphology.owned_endings is not None
        apart = (tail and (found[-1][2] in APART or _apart(layout, found[-1], match, lex))) or (
            bool(found) and (_closed(layout, found[-1], lex) or (found[-1][2] == OPPOSED and match.tag not in (OPPOSED, BOTH)))
        )
        if found and not apart and not lex.morphology.head_first and layout.text[found[-1][1] : match.start].strip("-– ") == "":
            found[-1] = (found[-1][0], match.end, match.tag)  # "army positions": the last noun is the head
            continue
        counted = lex.morphology.head_first and bool(found) and found[-1][2] == "people" and match.tag in WORN
        if counted and layout.text[found[-1][1] : match.start] == " ":
            found[-1] = (found[-1][0], match.end, match.tag)  # "wounded soldiers": the first only tells how they are
            continue
        found.append((match.start, match.end, match.tag))
    return found


def _apart(layout: Layout, first: tuple[int, int, str], second: Match, lex: Lexicon) -> bool:
    """Where a bare name is the owner of the noun behind it: "X's army", the subject, stands before what it does something to."""
    owned = lex.morphology.bare_owned
    if owned is None:
        return False
    one, other = layout.within(*first[:2])[-1], layout.within(second.start, second.end)[-1]
    if lex.morphology.case_of(one.folded) not in (lex.morphology.bare_subject, *lex.words["of"]):
        return True  # "from the post at the teachers": a noun with a case of its own is no part of the next
    if lex.morphology.case_of(one.folded) in lex.words["of"] and not owned.search(other.folded):
        return True  # "of the group into the land (the coming)": what an owner owns bears its mark
    if first[2] not in lex.table("lexicon")["agents"]:
        return False
    joined = second.tag in FORCED and owned.search(other.folded)
    return bool(owned.search(one.folded)) and not joined and lex.morphology.case_of(one.folded) == lex.morphology.bare_subject


def _closed(layout: Layout, head: tuple[int, int, str], lex: Lexicon) -> bool:
    """Does a noun stand in a case that ends its group ("the soldiers the car (did not let pass)")?"""
    last = layout.within(head[0], head[1])[-1:] if lex.words["closes"] else ()
    return bool(last) and lex.morphology.case_of(last[0].folded) in lex.words["closes"]


def _case_of(word: str, modifier: str, of_party: bool, lex: Lexicon) -> str:
    """The mark of a noun's case; behind a party's adjective it may be that of an object, where the language says so."""
    case = lex.morphology.case_of(word, modifier=modifier)
    object_like = lex.morphology.adjective_objects
    if object_like is not None and of_party and object_like.search(f"{modifier} {word}"):
        return next(iter(sorted(lex.words["patient"] & OBJECT)), case)
    return case


def _of_head(
    layout: Layout,
    tokens: Sequence[Token],
    head: tuple[int, int, str],
    around: tuple[Sequence[Mention], frozenset[int]],
    lex: Lexicon,
) -> Group:
    """`around`: the names of the sentence, and where its verbs begin, over which no group reaches back."""
    start, end, cls = head
    mentions, verbs = around
    at = next((i for i, t in enumerate(tokens) if t.start >= start), 0)
    party, left = "", start
    own = next((m for m in mentions if m.parties and m.start <= start < m.end), None)
    if own:  # the head is part of a party's name ("government forces")
        party, left = own.parties[0], own.start
        end = max(end, own.end) if lex.morphology.bends else end
    for step in range(1, 0 if own else REACH + 1):
        i = at - step
        if i < 0 or tokens[i].start in verbs or not _loose(layout.text[tokens[i].end : tokens[i + 1].start]):
            break
        token = tokens[i]
        mention = next((m for m in mentions if m.start <= token.start < m.end), None)
        if mention and mention.parties and not by_itself(mention, lex.words["closes"], lex.words["set_apart"]):
            belongs = (mention.owns < 0 or start <= mention.owns < end) and not _apart_from(token, step, lex)
            party, left = (mention.parties[0], mention.start) if belongs else (party, left)
            break
        if token.folded in lex.words["own"]:
            party, left = OWN, token.start
            break
        if token.folded in lex.words["possessives"]:
            party, left = f"of:{token.folded}", token.start
            break
        bare = token.folded not in lex.words["determiners"]
        plain = bare and (lex.morphology.number_rules_case or token.folded not in lex.words["number_words"])
        closed = (modifiers := lex.morphology.modifiers) is not None and not modifiers.search(token.folded) and plain
        if closed or mention or token.folded in lex.words["stops"] or (step > 1 and _takes_object(token, tokens[i + 1], lex)):
            break
        left = token.start
        if not bare and not (modifiers is not None and _names_party(mentions, tokens, i)):
            break
    last = layout.within(start, end)[-1:]
    if last and (ours := lex.morphology.own_endings) is not None and ours.search(last[0].folded):
        party = OWN
    if cls == "both" or (cls == "opposed" and (party in ("", OWN) or party.startswith("of:"))):
        party = BOTH if cls == "both" else OPPOSED
    word = layout.text[start:end]
    if not party and (behind := _of_ours(layout, end, lex)):
        party, end = OWN, behind  # "a patrol boat of ours"
    modifier = tokens[at - 1].folded if at and left <= tokens[at - 1].start and left < start else ""
    case = _case_of(last[0].folded, modifier, _names_party(mentions, tokens, at), lex) if last else ""
    return Group(
        left,
        end,
        start,
        cls,
        party,
        leads_to(layout, tokens, (left, end), case, lex),
        plural=any(_ends(part, e) for part in _heads_words(word.casefold(), lex) for e in lex.words["plural_endings"]),
        word=word.casefold(),
    )


def _takes_object(token: Token, behind: Token, lex: Lexicon) -> bool:
    """ "Wounding four passengers": is it a verb, whose object begins with a number or an article?"""
    opens = lex.words["number_words"] | lex.words["determiners"] | lex.words["possessives"] | lex.words["own"]
    return any(token.folded.endswith(e) for e in lex.words["active_endings"]) and (behind.text[0].isdigit() or behind.folded in opens)


def _of_ours(layout: Layout, end: int, lex: Lexicon) -> int:
    """Where "of ours" right behind a noun ends; 0 where it does not stand there."""
    behind = layout.within(end, end + 16)[:2] if not lex.words["closes"] else ()
    led = len(behind) == 2 and behind[0].folded in lex.words["of"] and behind[1].folded in lex.words["own"]
    return behind[1].end if led and _loose(layout.text[end : behind[0].start]) else 0


def _apart_from(token: Token, step: int, lex: Lexicon) -> bool:
    """Is it the name of a people ("the Xlanders warned women") or of a side ("handed to Xland two soldiers"), no adjective of a noun behind?"""
    return (step > 1 and token.text.casefold().endswith(tuple(lex.words["peoples"]))) or lex.morphology.no_adjective(token.folded)


def _names_party(mentions: Sequence[Mention], tokens: Sequence[Token], at: int) -> bool:
    """Is the word before `at` (part of) the name of a party?"""
    return at > 0 and any(m.parties and m.start <= tokens[at - 1].start < m.end for m in mentions)


def _heads_words(word: str, lex: Lexicon) -> list[str]:
    return word.split()[:1] if lex.morphology.head_first else word.split()


def _ends(word: str, ending: str) -> bool:
    """Word lists are folded; of an ending of one letter the letter itself must stand there, for folding makes letters alike."""
    return (word if len(ending) == 1 else fold(word)).endswith(ending)


def _loose(gap: str) -> bool:
    return all(c.isspace() or c in "-–'’\"“”«»" for c in gap)


def _of_mention(layout: Layout, tokens: Sequence[Token], mention: Mention, names: Names, lex: Lexicon) -> Group:
    before = leads_to(layout, tokens, (mention.start, mention.end), mention.case, lex)
    if mention.parties:
        cls = "country" if mention.places and before in lex.words["local"] else "party"
        return Group(mention.start, mention.end, mention.start, cls, mention.parties[0], before, mention.places)
    if mention.places:
        sides = {names.places[p].side for p in mention.places}
        return Group(mention.start, mention.end, mention.start, "place", sides.pop() if len(sides) == 1 else "", before, mention.places)
    bodies = [names.sources[key] for key in mention.sources]
    if len(bodies) == 1 and bodies[0].kind == "armed_forces" and bodies[0].affiliation in names.parties:
        return Group(mention.start, mention.end, mention.start, "forces", bodies[0].affiliation, before)  # a body that can do an act itself
    if len(bodies) == 1 and bodies[0].kind == "hospital" and bodies[0].affiliation in names.parties:
        return Group(mention.start, mention.end, mention.start, "infrastructure", bodies[0].affiliation, before)  # a house that is hit
    return Group(mention.start, mention.end, mention.start, "source", "", before)


def _as_people(layout: Layout, group: Group, sentence: Sentence, lex: Lexicon) -> Group:
    """ "Two X-ish border guards": a body of armed people that a number counts is so many of them."""
    before = layout.before(group.start, sentence.start, 1) if group.cls == "forces" else ()
    counted = bool(before) and (before[0].folded in lex.words["number_words"] or before[0].text.isdigit())
    if not counted or not layout.text[before[0].end : group.start].isspace():
        return group
    return replace(group, cls="personnel", plural=True, word=layout.text[group.start : group.end].casefold())


def _bends_freely(lex: Lexicon) -> bool:
    return lex.morphology.free_order and not lex.morphology.verb_last


def _join_of(layout: Layout, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """ "posts of the Xlandish army" is one group, with the head's class and the party of what follows."""
    out: list[Group] = []
    owned = ("civilians", "property", "infrastructure", "heritage") if lex.morphology.bends else ()
    for bare in reversed(groups):
        group = bare
        if out and group.cls not in ("pronoun", "place", "country", "source"):
            follower = out[-1]
            gap = layout.text[group.end : follower.start].casefold().split()
            of = bool(gap) and gap[0] in lex.words["of"] and all(word in lex.words["determiners"] for word in gap[1:])
            led = (
                bool(gap)
                and len(gap) == 1
                and gap[0] in lex.words["of_party"]
                and follower.cls in ("country", "party")
                and bool(follower.party)
            )
            if led and group.cls in ("forces", "personnel") and not group.party and _opens(group, lex):
                out[-1] = replace(group, end=follower.end, party=follower.party)  # "gunmen from Xland"
                continue
            if follower.cls == "uniform" and len(gap) <= 2 and bool(gap) and gap[0] in lex.words["of_party"] and group.cls in WORN:
                out[-1] = replace(
                    group, end=follower.end, cls="personnel", party=follower.party or group.party
                )  # "men in Xlandish uniform"
                continue
            if not gap and group.cls == "forces" and not group.party and follower.cls in BESIDE and _bends_freely(lex):
                out[-1] = replace(follower, start=group.start, before=group.before)  # "a group farmers-of": the farmers
                continue
            of = of or (not gap and lex.morphology.head_first and _is_genitive(follower, lex) and not stands_alone(layout, follower, lex))
            if of and follower.cls not in ("place", "source", "pronoun") and group.end <= follower.start:
                group = replace(
                    group,
                    end=follower.end,
                    party=group.party or follower.party,
                    word=group.word if group.party or follower.party else follower.word,
                )
                out.pop()
            elif of and follower.cls == "place" and group.cls in (*owned, "settlement", "territory", "positions") and not group.party:
                group = replace(group, party=follower.party)
        out.append(group)
    return out[::-1]


def _opens(group: Group, lex: Lexicon) -> bool:
    """Is it the subject, or the one led by "by"? Of others "from X" may tell whence they were moved."""
    return group.before in ("", *lex.words["agent_by"], *lex.words["subordinators"], *lex.words["that"])


def _owned(layout: Layout, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """ "X's, at the edge of the village standing, posts-its": a noun with the ending of the owned is of the owner named before it."""
    endings = lex.morphology.owned_endings
    if endings is None:
        return _of_opposed(layout, groups, lex)
    out: list[Group] = []
    for bare in groups:
        group = bare
        owner = next((g for g in reversed(out) if g.before in lex.words["of"] and g.party and not _of_account(layout, g, group, lex)), None)
        between = [g for g in out if owner and g.start >= owner.end and g.party and g.cls not in ("place", "country")]
        last = layout.within(group.head, group.end)[-1:]
        if not group.party and out and out[-1].cls == OPPOSED and layout.text[out[-1].end : group.head].isspace():
            group = replace(group, party=OPPOSED)
        if owner and not between and not group.party and group.cls in OWNED and last and endings.search(last[0].folded):
            group = replace(group, party=owner.party)
        theirs = lex.morphology.their_endings
        if not group.party and group.cls in THEIRS and theirs is not None and last and theirs.search(last[0].folded):
            group = replace(group, party="of:its")  # no owner stands before it: of the one who acts or speaks
        out.append(group)
    return out


def _of_account(layout: Layout, owner: Group, group: Group, lex: Lexicon) -> bool:
    """ "X's charges rejecting, its troops": the owner of what was said owns nothing behind it, where a verb stands between."""
    behind = [t for t in layout.within(owner.end, group.start)[:1] if layout.text[owner.end : t.start].isspace()]
    told = tuple(word for word in lex.words["version"] if len(word) > REACH)
    return lex.morphology.verb_last and any(t.folded.startswith(told) for t in behind)


def _of_opposed(layout: Layout, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """ "The adversary's column", "the adversary's reconnaissance group" is the adversary's."""
    out: list[Group] = []
    for bare in groups:
        group, owner = bare, out[-1] if out else None
        if owner is not None and owner.cls == OPPOSED and not group.party and group.word:
            gap = layout.text[owner.end : group.head]
            if gap in ("'s ", "’s "):
                group = replace(group, party=OPPOSED)
            elif not lex.morphology.head_first and _owns(layout, owner, group, lex):
                out[-1] = replace(group, start=owner.start, party=OPPOSED)
                continue
        out.append(group)
    return out


def _owns(layout: Layout, owner: Group, group: Group, lex: Lexicon) -> bool:
    """Does the adversary, in the case of owners where there are cases, stand at a noun, with no more than modifiers of it between?"""
    if lex.morphology.bends and owner.before not in lex.words["of"]:
        return False
    gap = layout.text[owner.end : group.head]
    reached = lex.morphology.modifiers is not None and group.start <= owner.end + 1 and PARTING.isdisjoint(gap)
    return gap.isspace() or reached


def stands_alone(layout: Layout, group: Group, lex: Lexicon) -> bool:
    """Does the adjective of a party show by its form that the noun before it is not the group's ("the fisherman (the) X-ish guards beat")?"""
    first = layout.within(group.start, group.end)[:1]
    return lex.morphology.no_owners is not None and bool(first) and lex.morphology.no_owners.search(first[0].folded) is not None


def _is_genitive(group: Group, lex: Lexicon) -> bool:
    """Does a group right behind a noun belong to it? By its case, or, of a name that shows none, by its place."""
    if group.before in lex.words["of"]:
        return True
    names = group.cls in ("party", "country") or not group.word  # a noun of a party's shows none where it is what something is done to
    return bool(group.party) and names and group.before not in lex.words["prepositions"] | lex.words["subject"]
