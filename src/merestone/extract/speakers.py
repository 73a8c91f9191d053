"""Who speaks: offices with the party named at them, sources of the pack, persons, residents, and what "the ministry" refers to.

The name of an office is made by one rule for every party ("Ministry of Defence of Xland"); nothing is adopted from what it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from merestone.capture.names import fold, romanised
from merestone.capture.terms import Source
from merestone.extract.finder import Finder
from merestone.extract.homes import Home, beside, home_of, written
from merestone.extract.lexicon import Lexicon
from merestone.extract.names import Mention, Names
from merestone.extract.terms import Speaker
from merestone.extract.tokens import Layout, Sentence, Token, lying

ALIKE = 0.7  # how far a name written in other letters has to sound like the pack's
HYPHENS = ("-", "֊")
HOLDER = "holder"  # the tag of words for who holds an office or speaks for it
OFFICIAL = frozenset(["government", "ministry", "armed_forces", "office_holder", "ombudsperson"])


@dataclass(frozen=True, slots=True)
class Office:
    name: str
    kind: str
    official: bool
    local: bool
    wide: bool  # of a district or a region, where a name may be a town's as well


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices of a language, compiled. Tags of `finder`: office:N, other:N, anaphora:KIND."""

    finder: Finder
    offices: Mapping[str, Office]
    pronouns: Mapping[str, str]  # folded word -> person | body
    seat: str
    sides: frozenset[str]  # "side", right behind the name of a party
    local: str  # what residents are called


def offices_of(lex: Lexicon) -> Offices:
    table = lex.table("offices")
    made: dict[str, Office] = {}
    rows: list[tuple[str, list[str]]] = []
    for sort in ("offices", "others"):
        for row in table[sort]:
            tag = f"{'office' if sort == 'offices' else 'other'}:{len(made)}"
            made[tag] = Office(row["name"], row["kind"], bool(row.get("official")), bool(row.get("local")), bool(row.get("wide")))
            rows.append((tag, row["words"]))
    rows += [(f"anaphora:{kind}", words) for kind, words in table["anaphora"].items()]
    rows += [(HOLDER, table["holders"])] if table.get("holders") else []
    return Offices(
        Finder(lex.patterns, rows),
        made,
        {fold(w): sort for sort, words in table["pronouns"].items() for w in words},
        table["seat"],
        frozenset(fold(w) for w in table.get("sides", ())),
        next((row["name"] for row in table["others"] if row["kind"] == "resident"), ""),
    )


def speaker_of_source(source: Source, start: int, end: int) -> Speaker:
    return Speaker(
        source.name, source.kind, source.affiliation, source.kind in OFFICIAL and source.affiliation not in ("none", "both"), start, end
    )


@dataclass(frozen=True, slots=True)
class Naming:
    """A phrase that names a speaker. `back`: it only points back ("pronoun:person", "kind:ministry", or the pattern of an office without a party); `bare`: a party or a place alone; `home`: the place of a local voice."""

    speaker: Speaker
    back: str = ""
    bare: bool = False
    home: Home | None = None
    person: str = ""  # who holds the office, where the name stands beside it


def find_namings(
    layout: Layout, sentence: Sentence, mentions: Sequence[Mention], names: Names, kit: tuple[Lexicon, Offices]
) -> list[Naming]:
    """Every phrase of the sentence that could say who speaks, in text order, longest first, none inside another."""
    lex, offices = kit
    inside = lying(mentions, sentence.start, sentence.end)
    tokens = layout.tokens[sentence.first : sentence.last]
    found: list[Naming] = []
    holders: list[tuple[int, int]] = []
    for mention in inside:
        if mention.sources:
            found.append(Naming(_of_source(layout, names, mention, inside)))
        elif mention.parties:
            code = mention.parties[0]
            name = offices.seat.replace("{P}", names.parties[code].name)
            side = next((t for t in layout.within(mention.end, mention.end + 20)[:1] if t.folded in offices.sides), None)
            end = side.end if side is not None and layout.text[mention.end : side.start].isspace() else mention.end
            found.append(Naming(Speaker(name, "government", code, True, mention.start, end), bare=end == mention.end))
    for match in offices.finder.find(layout, sentence.start, sentence.end):
        if match.tag == HOLDER:
            holders.append((match.start, match.end))
        elif match.tag in offices.offices:
            office = offices.offices[match.tag]
            left, right, code = party_at(layout, tokens, inside, lex, (match.start, match.end))
            body = next((m for m in inside if m.sources and left < m.start < right <= m.end), None) if not code else None
            if body is not None and names.sources[body.sources[0]].affiliation in names.parties:  # "the head of X's ministry"
                right, code = body.end, names.sources[body.sources[0]].affiliation
            if body is not None and office.local:  # "the district administration of X-town", which the pack knows without "district"
                found.append(Naming(replace(_of_source(layout, names, body, inside), start=left)))
            elif office.local or office.kind == "resident":
                found.append(_local(layout, inside, names, lex, (office, Speaker("", office.kind, code, office.official, left, right))))
            elif office.kind in ("hospital", "media"):
                right, place = _whence(layout, inside, lex, right)
                of = f"of {names.parties[code].name}" if code and not place else place
                found.append(Naming(Speaker(f"{office.name} {of}".strip(), office.kind, code or "unknown", False, left, right)))
            elif "{P}" not in office.name:
                found.append(Naming(Speaker(office.name, office.kind, code or "unknown", office.official, left, right)))
            elif code:
                name = office.name.replace("{P}", names.parties[code].name)
                found.append(Naming(_known(name, names, left, right) or Speaker(name, office.kind, code, office.official, left, right)))
            else:
                found.append(Naming(Speaker(office.name, office.kind, "unknown", office.official, left, right), back=office.name))
        else:
            kind = match.tag.partition(":")[2]
            left, right, code = match.start, match.end, ""
            if lex.morphology.bends:  # "the Xlandish ministry" points back to one of that party
                left, right, code = party_at(layout, tokens, inside, lex, (left, right))
            found.append(Naming(Speaker(layout.text[left:right], kind, code or "unknown", False, left, right), back=f"kind:{kind}"))
    for token in tokens:
        if token.folded in offices.pronouns:
            sort = offices.pronouns[token.folded]
            found.append(Naming(Speaker(token.text, "other", "unknown", False, token.start, token.end), back=f"pronoun:{sort}"))
    found = [_held(layout, naming, holders, lex) for naming in found] + _villagers(layout, inside, names, lex)
    for person in _persons(layout, tokens, inside, found, (lex, names)):
        holder = next((at for at, n in enumerate(found) if _holds(layout, n, person, lex)), None)
        if holder is None:
            found.append(Naming(person))
        else:
            found[holder] = _with_person(found[holder], person)
    return _longest(found)


def _local(layout: Layout, mentions: Sequence[Mention], names: Names, lex: Lexicon, called: tuple[Office, Speaker]) -> Naming:
    """A local office or residents, by the place beside the words. The office of a place is of the side that the pack names for it."""
    office, words = called
    at = beside(layout, mentions, lex, (words.start, words.end))
    home = home_of(at, names, wide=office.wide) if at is not None else None
    code = words.affiliation or ("unknown" if home is None or office.kind == "resident" else home.side or "unknown")
    start, end = (min(words.start, at.start), max(words.end, at.end)) if at is not None else (words.start, words.end)
    name = f"{office.name} of {home.name}" if home is not None else office.name
    official = office.official and not (office.local and code == "unknown")
    back = "" if home is not None or office.kind == "resident" else f"local:{office.name}"
    return Naming(replace(words, name=name, affiliation=code, official=official, start=start, end=end), back=back, home=home)


def _villagers(layout: Layout, mentions: Sequence[Mention], names: Names, lex: Lexicon) -> list[Naming]:
    """People called by their village, where a language makes such a noun of the name of any place."""
    endings = lex.morphology.villagers
    if endings is None:
        return []
    out: list[Naming] = []
    for mention in mentions:
        home = home_of(mention, names) if mention.places and not mention.parties and not mention.sources else None
        if home is not None and mention.last - mention.first == 1 and endings.search(layout.tokens[mention.first].folded):
            speaker = Speaker(f"residents of {home.name}", "resident", "unknown", False, mention.start, mention.end)
            out.append(Naming(speaker, home=home))
    return out


def _holds(layout: Layout, naming: Naming, person: Speaker, lex: Lexicon) -> bool:
    """Does a person stand right beside an office as the one who holds it, or who speaks for it ("the ministry's press secretary X Y")?"""
    speaker = naming.speaker
    if naming.bare or naming.back.startswith(("kind:", "pronoun:")) or speaker.kind in ("office_holder", "media", "hospital", "other"):
        return False
    if naming.person or not (naming.home or speaker.kind in (*OFFICIAL, "resident")):
        return False
    if person.start >= speaker.end:
        between, gap = layout.within(speaker.end, person.start), layout.text[speaker.end : person.start]
        if _told_it(layout, speaker.end, person, lex):
            return False
    else:
        between, gap = layout.within(person.end, speaker.start), layout.text[person.end : speaker.start]
        if gap.strip() not in ("", ",", "—", "–", "-"):
            return False
    local = naming.home is not None or speaker.kind == "resident"
    reach = 1 if local or person.start < speaker.end else 3
    return len(between) <= reach and all(c.isalnum() or c.isspace() or c in "-–,—" for c in gap) and not _breaks(between, lex)


def _told_it(layout: Layout, end: int, person: Speaker, lex: Lexicon) -> bool:
    """ "The ministry told X Y", "residents X Y-to told": behind a verb of saying, or with an ending of its own, a name is the one who hears."""
    return hung(layout, person.end) in lex.words["silent"] or any(
        m.tag.startswith("say:") for m in lex.cues.find(layout, end, person.start)
    )


def hung(layout: Layout, end: int) -> str:
    """The ending that hangs on a name by a hyphen, as on one in other letters; "" where none does."""
    behind = layout.within(end, end + 8)[:1] if layout.text[end : end + 1] in HYPHENS else ()
    return behind[0].folded if behind and behind[0].start == end + 1 else ""


def _breaks(between: Sequence[Token], lex: Lexicon) -> bool:
    return any(t.folded in lex.words["stops"] or t.folded in lex.words["postpositions"] for t in between)


def _held(layout: Layout, naming: Naming, holders: Sequence[tuple[int, int]], lex: Lexicon) -> Naming:
    """ "The ministry's spokesman": where a case says whose somebody is, the words for that person belong to the office; what they are in
    the sentence, their own case says."""
    speaker, office = naming.speaker, layout.within(naming.speaker.start, naming.speaker.end)
    ending = hung(layout, speaker.end)
    if naming.bare or not office or not (ending in lex.words["silent"] or lex.morphology.case_of(office[-1].folded) in lex.words["of"]):
        return naming
    left = speaker.end + len(ending) + 1 if ending else speaker.end
    for start, end in holders:
        if left <= start and len(layout.within(left, start)) <= 1 and _plain(layout.text[left:start]):
            return replace(naming, speaker=replace(speaker, end=end))
    return naming


def _with_person(naming: Naming, person: Speaker) -> Naming:
    """An office of a place is called by who holds it; that of a party speaks itself, whoever lends it the voice."""
    speaker = naming.speaker
    span = (min(speaker.start, person.start), max(speaker.end, person.end))
    local = naming.home is not None or speaker.kind == "resident" or naming.back.startswith("local:")
    name = f"{speaker.name} {person.name}" if local else speaker.name
    back = "" if naming.back.startswith("local:") else naming.back
    return replace(naming, speaker=replace(speaker, name=name, start=span[0], end=span[1]), back=back, person=person.name)


def _whence(layout: Layout, mentions: Sequence[Mention], lex: Lexicon, end: int) -> tuple[int, str]:
    """ "a resident of Xtown": where the phrase ends, and the words with the place ("of Xtown")."""
    for mention in mentions:
        if mention.places and mention.start >= end:
            words = layout.within(end, mention.start)
            if len(words) == 1 and words[0].folded in lex.words["of_party"] and _plain(layout.text[end : mention.start]):
                return mention.end, layout.text[words[0].start : mention.end]
    return end, ""


def _of_source(layout: Layout, names: Names, mention: Mention, inside: Sequence[Mention]) -> Speaker:
    """A person who holds an office is called as written, so that two holders are not one; in another script as the pack writes the name.
    Where the office stands right beside the name, that is what the person is called."""
    source = names.sources[mention.sources[0]]
    speaker = speaker_of_source(source, mention.start, mention.end)
    if source.kind != "office_holder":
        return speaker
    office = set(fold(source.name).split())
    words = layout.text[mention.start : mention.end].removesuffix("'s").removesuffix("’s").split()
    while words and (fold(words[0]) in office or len(words) > 2):
        words = words[1:]
    person = " ".join(words)
    capitals = not names.morphology.bends or all(word[:1].isupper() for word in words)
    if len(words) != 2 or not capitals or office & set(fold(person).split()) or _beside_office(layout, mention, inside):
        return speaker
    return replace(speaker, name=_holder(source, person, names) if names.morphology.bends else person)


def _beside_office(layout: Layout, mention: Mention, inside: Sequence[Mention]) -> bool:
    """Does another name of the same source, its office, stand right before or behind?"""
    for other in inside:
        gap = layout.text[min(mention.end, other.end) : max(mention.start, other.start)]
        if other is not mention and other.sources == mention.sources and gap.strip() in ("", ","):
            return True
    return False


def _holder(source: Source, person: str, names: Names) -> str:
    """The name of the holder in the letters in which the pack names the office; the office where the pack has none."""
    heard = fold(" ".join(romanised(names.morphology.root(fold(word)), names.language) for word in person.split()))
    given = [name for listed in source.aliases.values() for name in listed if name.isascii() and name.count(" ") == 1]
    ranked = sorted(((SequenceMatcher(None, heard, fold(name)).ratio(), name) for name in given), reverse=True)
    return ranked[0][1] if ranked and ranked[0][0] >= ALIKE else source.name


def _known(name: str, names: Names, start: int, end: int) -> Speaker | None:
    entry = names.table.get(fold(name))
    for kind, key, _ in entry or ():
        if kind == "source":
            return speaker_of_source(names.sources[key], start, end)
    return None


def party_at(
    layout: Layout, tokens: Sequence[Token], mentions: Sequence[Mention], lex: Lexicon, at: tuple[int, int]
) -> tuple[int, int, str]:
    """The party named at a phrase: "Xlandish defence ministry", "Xland's …", "… of (the Republic of) Xland", "… in X-town". Gives the span with it."""
    start, end = at
    for mention in mentions:
        if mention.parties and mention.start < end and start < mention.end:  # also within it: "commander of an Xlandish battalion"
            return min(start, mention.start), max(end, mention.end), mention.parties[0]
    before = [m for m in mentions if m.parties and m.end <= start][-1:]
    for mention in before:
        words = [t for t in tokens if mention.end <= t.start < start]
        verbs = lex.morphology.told_verbs  # "the Xlandish side accused the army"
        apart = any(w.folded in lex.words["stops"] or (verbs is not None and verbs.search(w.folded)) for w in words)
        apart = apart or any(c.tag.startswith("say:") and c.end <= start for c in lex.cues.find(layout, mention.end, start))
        if len(words) <= 2 and not apart and _plain(layout.text[mention.end : start]):
            return mention.start, end, mention.parties[0]
    for mention in mentions:
        if mention.parties and mention.start >= end:
            words = [t for t in tokens if end <= t.start < mention.start]
            led = bool(words) and words[0].folded in lex.words["of_party"] and not _another(words[1:], mentions, lex)
            if len(words) <= 4 and led and _plain(layout.text[end : mention.start], ")("):
                return start, mention.end, mention.parties[0]
            if not words and lex.morphology.head_first and layout.text[end : mention.start].isspace():
                return start, mention.end, mention.parties[0]
    return start, end, ""


def _another(words: Sequence[Token], mentions: Sequence[Mention], lex: Lexicon) -> bool:
    """ "A resident of Xtown said that Xland …": do the words before the party name a place of their own, or a verb?"""
    small = lex.words["stops"] - lex.words["of_party"] - lex.words["determiners"]
    return any(w.folded in small or any(m.start <= w.start < m.end for m in mentions) for w in words)


def _plain(gap: str, also: str = "") -> bool:
    return all(c.isalnum() or c.isspace() or c in "-–'’\"“”«»" + also for c in gap)


def _persons(
    layout: Layout, tokens: Sequence[Token], mentions: Sequence[Mention], found: Sequence[Naming], kit: tuple[Lexicon, Names]
) -> list[Speaker]:
    """Two or three words with capitals in a row that are no name of the pack: a person, of the office named just before or after."""
    lex, names = kit
    out: list[Speaker] = []
    at = 0
    while at < len(tokens) - 1:
        if not tokens[at].text[0].isupper():
            at += 1
            continue
        size = 0
        while size < 3 and at + size < len(tokens) and _is_name(layout, tokens, at + size, mentions, lex, first=size == 0):
            size += 1
        if size < 2:
            at += 1
            continue
        start, end = tokens[at].start, tokens[at + size - 1].end
        near = [n.speaker for n in found if n.speaker.official and _belongs(layout, n, (start, end), lex)]
        code = near[0].affiliation if near else "unknown"
        name = written(layout, tokens[at : at + size], names)
        out.append(Speaker(name, "other", code, bool(near) and near[0].kind in OFFICIAL, start, end))
        at += size
    return out


def _belongs(layout: Layout, naming: Naming, person: tuple[int, int], lex: Lexicon) -> bool:
    """Is it the office of a person ("Colonel N.N. of the ministry", "X's minister N.N.")? A land or its people that stand in what the person
    tells ("N.N. said X-ish soldiers had …"), or that do something to him, are none: of a bare name no more than "of" stands between."""
    (start, end), speaker = person, naming.speaker
    ahead = speaker.end <= start
    gap = (speaker.end, start) if ahead else (end, speaker.start)
    words = [t.folded for t in layout.within(*gap)]
    if len(words) > (6 if ahead else 4) or (not ahead and any(word in lex.words["that"] for word in words)):
        return False
    small = lex.words["of"] | lex.words["of_party"] | lex.words["determiners"]
    called = len(words) <= 1 if ahead else bool(words) and all(word in small for word in words)
    return not naming.bare or (called and not lex.morphology.verb_last and not set(layout.text[slice(*gap)]) & set(",;:—()"))


def _is_name(layout: Layout, tokens: Sequence[Token], i: int, mentions: Sequence[Mention], lex: Lexicon, first: bool) -> bool:
    token = tokens[i]
    if not token.text[:1].isupper() or token.text.isupper() or len(token.text) < 2 or token.folded in lex.words["titles"]:
        return False
    if (
        any(m.start <= token.start < m.end for m in mentions)
        or token.folded in lex.words["stops"]
        or token.folded in lex.words["determiners"]
    ):
        return False
    return first or _only_space(layout.text[tokens[i - 1].end : token.start])


def _only_space(gap: str) -> bool:
    return gap.strip(" .-") == ""


def _longest(found: Sequence[Naming]) -> list[Naming]:
    out: list[Naming] = []
    for naming in sorted(found, key=lambda n: (n.bare, -(n.speaker.end - n.speaker.start), n.speaker.start)):
        if not any(o.speaker.start < naming.speaker.end and naming.speaker.start < o.speaker.end for o in out):
            out.append(naming)
    return sorted(out, key=lambda n: n.speaker.start)
