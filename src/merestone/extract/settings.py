"""The setting of an act: when, where, with what; from its clause first, then its sentence, then what was said last.

A place or a time that is carried over says so in its evidence (empty words): nothing is guessed silently.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from merestone.capture.names import fold
from merestone.extract.acts import Act
from merestone.extract.lexicon import Lexicon, level_words_of
from merestone.extract.names import Mention, Names
from merestone.extract.terms import Evidence, PlaceMention, When
from merestone.extract.time_resolve import Anchor, explain
from merestone.extract.time_terms import TimeMention
from merestone.extract.tokens import Layout, Sentence, lying
from merestone.extract.whereabouts import from_elsewhere, launched_at, of_villagers, pointed_back

SCALE = ("minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown")

NO_ASIDE = (-1, When("", "", "unknown"))


@dataclass(slots=True)
class Settings:
    """Times and places of one text, and what was said last (it changes while the text is read in order)."""

    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    anchor: Anchor
    wide: frozenset[str]  # ids of countries: no place of an act where a finer one is known
    headline: tuple[PlaceMention, ...] = ()
    last_when: When | None = None
    headed: bool = False  # it is the time that stands at the head of an entry ("08:20. X-town."): of all that the entry tells
    context: str = ""  # the date that "the day before" counts from
    night: tuple[str, str] | None = None  # the night last told of, until another day is
    aside: tuple[int, When] = NO_ASIDE  # a paragraph that tells of background, and when that was
    eras: tuple[int, ...] = ()  # where "in the war" and the like stand: nobody can tell from the words when that was
    paragraph: int = -1  # where the text is
    opened: int = -1  # where the first sentence of that paragraph begins
    news: str = ""  # the day that the text reports on: the last one said that is near the publication
    last_places: tuple[PlaceMention, ...] = ()
    last_paragraph: int | None = None  # where they were said; None for the heading of an entry, which is of all that the entry tells
    entry: tuple[int, tuple[PlaceMention, ...]] = (-1, ())  # a paragraph that begins with the name of a place alone, and that place
    first: frozenset[str] = frozenset()  # ids of where the first act of the text was
    told_at: tuple[PlaceMention, ...] = ()  # where those who tell are from
    bare: frozenset[int] = frozenset()  # where "the border" stands without a name
    elsewhere: frozenset[int] = frozenset()  # where places stand that people are from
    villages: frozenset[int] = frozenset()  # where places stand whose people are told of
    pointed: tuple[tuple[int, PlaceMention], ...] = ()  # by where "the same section" stands, the place that it points back at
    stretches: bool = False  # such a border of the clause itself goes before what was said last

    def only_wide(self, place: PlaceMention) -> bool:
        return bool(place.ids) and set(place.ids) <= self.wide

    def a_land(self, place: PlaceMention) -> bool:
        """Is it "the territory of Xland"? A bare "in Xland" is no place of an act where a finer one is known."""
        return self.only_wide(place) and place.level_hint == "country"

    def names_one(self, place: PlaceMention) -> bool:
        """Is it finer than a country, and no "border" that may be anywhere along it?"""
        return not self.only_wide(place) and place.start not in self.bare


def find_places(layout: Layout, mentions: Sequence[Mention], lex: Lexicon, lands: Mapping[str, str]) -> tuple[PlaceMention, ...]:
    """The places that the text names, with the part that the words in front give them. `lands`: the country of a party, by its code."""
    found = (_place(layout, mention, lex) or _land(layout, mention, lex, lands) for mention in mentions)
    told = (place for place in found if place is not None)
    return tuple(_together(layout, [replace(p, role="origin") if launched_at(layout, p, lex) else p for p in told], lex))


def _place(layout: Layout, mention: Mention, lex: Lexicon) -> PlaceMention | None:
    if not mention.places:
        return None
    levels, level_words = level_words_of(lex)
    tokens = layout.tokens
    before = [t.folded for t in tokens[max(0, mention.first - 7) : mention.first]]
    start, end, level = mention.start, mention.end, ""
    follower = tokens[mention.last].folded if mention.last < len(tokens) else ""
    for name, forms in levels.items():
        if follower in forms and layout.text[mention.end : tokens[mention.last].start].strip() == "":
            end, level = tokens[mention.last].end, level or name
    if lex.lands.find(layout, start, end):
        level = "country"  # "territory of Xland", where the pack has that for a name
    if mention.adjective and layout.text[start].islower() and follower in lex.words["aim"] and not lex.morphology.bends:
        return None  # "Xland borders on": a verb
    local = mention.case in lex.words["place_before"] if mention.case else False
    if mention.parties and not local and not (before and before[-1] in lex.words["place_before"]):
        return None  # a capital that stands for its authorities
    if len(before) > 1 and before[-1] in lex.words["agent_from"] and before[-2] in lex.words["telling"]:
        return None  # "the claim from X-town": who tells, not where
    return PlaceMention(layout.text[start:end], start, end, _role(layout, mention, (before, level_words), lex), mention.places, level)


@functools.lru_cache(maxsize=64)
def _behind_space(phrases: frozenset[str]) -> tuple[str, ...]:
    return tuple(" " + phrase for phrase in sorted(phrases))


def _role(layout: Layout, mention: Mention, words: tuple[list[str], frozenset[str]], lex: Lexicon) -> str:
    before, level_words = words
    role = "at"
    plain = [w for w in before if w not in lex.words["determiners"]]
    near = (" " + " ".join(plain), " " + " ".join(w for w in plain if w not in level_words))
    for part in ("target", "origin"):
        endings = _behind_space(lex.words[f"role_{part}"])
        if any(said.endswith(endings) for said in near):
            role = part
    behind = {t.folded for t in layout.tokens[mention.last : mention.last + 3]} if mention.last < len(layout.tokens) else set()
    if role == "at" and lex.morphology.bends:
        origin = bool(behind & lex.words["after_origin"]) or mention.case in lex.words["role_origin"]
        target = bool(behind & lex.words["after_target"]) or mention.case in lex.words["role_target"]
        role = "origin" if origin else "target" if target else role
    return role


def _land(layout: Layout, mention: Mention, lex: Lexicon, lands: Mapping[str, str]) -> PlaceMention | None:
    """ "the sovereign territory of Xland", "Xlandish soil": the whole land is where it was."""
    land = lands.get(mention.parties[0]) if len(mention.parties) == 1 else None
    if land is None:
        return None
    sentence = layout.sentence_at(mention.start)
    for word in lex.lands.find(layout, sentence.start, sentence.end):
        gap = layout.text[word.end : mention.start] if word.end <= mention.start else layout.text[mention.end : word.start]
        between = [t.folded for t in layout.within(min(word.end, mention.end), max(word.start, mention.start))]
        of = word.end <= mention.start and all(w in lex.words["of"] or w in lex.words["determiners"] for w in between)
        if not set(gap) & set(",;:.()—") and (of or (mention.end <= word.start and len(between) <= 1)):
            start, end = min(mention.start, word.start), max(mention.end, word.end)
            return PlaceMention(layout.text[start:end], mention.start, mention.end, "at", (land,), "country")
    return None


def _together(layout: Layout, places: Sequence[PlaceMention], lex: Lexicon) -> list[PlaceMention]:
    """ "from X and Y", "towards X in the Y district": places that stand together have one part in the act."""
    small = (
        lex.words["of"]
        | (lex.words["of_party"] - lex.words["by"])
        | lex.words["joints"]
        | lex.words["determiners"]
        | level_words_of(lex)[1]
    )
    out: list[PlaceMention] = []
    for bare in places:
        place, last = bare, out[-1] if out else None
        if last is not None and last.role != place.role and "at" in (last.role, place.role):
            gap = layout.text[last.end : place.start]
            if not set(gap) & set(";:.()—") and all(t.folded in small for t in layout.within(last.end, place.start)):
                role = place.role if last.role == "at" else last.role
                out[-1], place = replace(last, role=role), replace(place, role=role)
        out.append(place)
    return out


def places_of(
    settings: Settings, clause: tuple[int, int], sentence: Sentence, moves: bool = True, stays: bool = True
) -> tuple[tuple[PlaceMention, ...], Evidence]:
    """Where it was: the places of the clause, a whole land that it names, the places of the sentence, those of the villager who tells
    it, the last ones said, the headline's. "The border" without a name is one only where no other is known. `moves`: such acts come
    from somewhere; of the others "from X" says where they were. `stays`: such acts may have been where what was told before was."""
    around = [p for p in lying(settings.places, sentence.start, sentence.end) if p.start not in settings.elsewhere]
    inside = lying(around, *clause)
    others = [p for p in inside if p.start not in settings.villages]
    inside = others if any(p.role != "origin" for p in others) else inside
    told = [replace(p, role="at") for p in lying(settings.told_at, sentence.start, sentence.end) if settings.names_one(p)]
    lands = [p for p in inside if settings.a_land(p)]
    first = bisect_left(settings.pointed, clause[0], key=itemgetter(0))
    back = [replace(place, role="at") for at, place in settings.pointed[first : first + 1] if at < clause[1]]
    bare = [p for p in around if not settings.only_wide(p)]
    for found in ([p for p in inside if settings.names_one(p)], back, lands, [p for p in around if settings.names_one(p)], told):
        if found:
            fine = tuple(p if moves or p.role != "origin" else replace(p, role="at") for p in found)
            if found is not lands:
                _said_last(settings, fine, sentence)
            return fine, Evidence("where", ", ".join(p.text for p in fine), fine[0].start, fine[0].end, "place", "said here")
    stretch = tuple(p for p in inside if not settings.only_wide(p))
    if stretch and settings.stretches:
        return stretch, Evidence(
            "where", ", ".join(p.text for p in stretch), stretch[0].start, stretch[0].end, "place", "a border without a name"
        )
    carried, why = _carried(settings, sentence) if stays else ((), "")
    if carried:
        return carried, Evidence("where", ", ".join(p.text for p in carried), clause[0], clause[0], "carried", why)
    wide = tuple(bare or around)
    if bare:
        _said_last(settings, tuple(bare), sentence)
    return wide, Evidence(
        "where",
        ", ".join(p.text for p in wide),
        wide[0].start if wide else clause[0],
        wide[0].end if wide else clause[0],
        "place",
        ("only a country is named" if settings.only_wide(wide[0]) else "a border without a name") if wide else "no words say where",
    )


def _said_last(settings: Settings, places: tuple[PlaceMention, ...], sentence: Sentence) -> None:
    settings.last_places, settings.last_paragraph = places, sentence.paragraph
    settings.first = settings.first or frozenset(key for place in places for key in place.ids)


def _carried(settings: Settings, sentence: Sentence) -> tuple[tuple[PlaceMention, ...], str]:
    """The places said last. Into another paragraph only those of the first act of the text are carried, which all of it is about: others were
    right there 22 times and wrong 156."""
    paragraph, heads = settings.entry
    if paragraph == sentence.paragraph:
        return heads, "the place at the head of the entry"
    last = tuple(p for p in settings.last_places if p.role != "origin")
    if not last:
        return settings.headline, "the place of the whole text"
    near = settings.last_paragraph in (None, sentence.paragraph) or any(settings.first.intersection(p.ids) for p in last)
    return (last if near else ()), "said of what was told just before"


def weapons_of(
    layout: Layout, act: Act, lex: Lexicon, around: tuple[int, int] | None = None
) -> tuple[str, tuple[str, ...], list[Evidence]]:
    """The weapons named in the clause, else `around` it where no other act stands, and the kind that they make of plain fire (shelling by
    mortar, artillery, rockets, tank)."""
    table = lex.table("lexicon")
    every = lex.weapons.find(layout, *act.clause) or (lex.weapons.find(layout, *around) if around else ())
    found = [m for m in every if not any(o.start <= m.start and m.end <= o.end and (o.start, o.end) != (m.start, m.end) for o in every)]
    names: list[str] = []
    for match in found:
        names += [n for n in table["weapon_means"].get(match.tag, [match.tag]) if n not in names]
    kind = act.rule.kind
    if (
        kind == "small_arms_fire"
        and set(names) & set(table["shelling_weapons"])
        and not set(names) & {"small_arms", "sniper", "machine_gun"}
    ):
        kind = "shelling"
    names += [w for w in act.rule.weapons if w not in names]
    if kind == "shelling":
        names = [n for n in names if n != "mine"]  # what a mortar throws may bear the same name
    if kind in table["unarmed"]:
        names = []
    evidence = [
        Evidence("weapons", n, m.start, m.end, f"weapon.{m.tag}", f"“{layout.text[m.start : m.end]}”")
        for m in found
        for n in table["weapon_means"].get(m.tag, [m.tag])
        if n in names
    ]
    return kind, tuple(names), evidence


def hit_words(layout: Layout, clause: tuple[int, int], lex: Lexicon) -> tuple[str, ...]:
    """Things that were hit, as lower-case words, for linking."""
    kinds = ("property", "infrastructure", "heritage", "equipment")
    found = {layout.text[m.start : m.end].casefold() for m in lex.heads.find(layout, *clause) if m.tag in kinds}
    return tuple(sorted(found))


def settings_of(
    layout: Layout,
    mentions: Sequence[Mention],
    anchor: Anchor,
    kit: tuple[Lexicon, Names],
    times: tuple[TimeMention, ...],
    tellers: Sequence[Mention],
) -> Settings:
    """The times and places of a text. `mentions` are those that do not say who speaks, `tellers` those that do; the first place near
    the head is the text's own."""
    lex, names = kit
    wide = names.countries
    lands = {
        code: key
        for key in sorted(wide)
        for code, party in names.parties.items()
        if names.places[key].side == code or fold(names.places[key].name) == fold(party.name)
    }
    places = find_places(layout, mentions, lex, lands)
    told_at = find_places(layout, [m for m in tellers if not m.parties], lex, lands)
    head = layout.sentences[min(2, len(layout.sentences) - 1)].end if layout.sentences else 0
    bare = frozenset(p.start for p in places if _is_bare(layout, p, mentions, lex))
    elsewhere = from_elsewhere(layout, places, lex)
    opening = [p for p in places if p.start < head and not set(p.ids) <= wide and p.start not in elsewhere]
    opening = [p for p in opening if p.start not in bare] or opening
    return Settings(
        times,
        places,
        anchor,
        wide,
        headline=tuple(replace(p, role="at") if p.role == "origin" else p for p in opening[:1]),
        told_at=told_at,
        bare=bare,
        elsewhere=elsewhere,
        villages=of_villagers(layout, places, lex),
        pointed=pointed_back(layout, [p for p in places if not set(p.ids) <= wide], lex),
        eras=tuple(c.start for s in layout.sentences for c in lex.cues.find(layout, s.start, s.end) if c.tag == "eras"),
        stretches=bool(lex.table("lexicon").get("border_first")),
    )


def _is_bare(layout: Layout, place: PlaceMention, mentions: Sequence[Mention], lex: Lexicon) -> bool:
    """ "The border", and not "its eastern part", "the border with Xland", "the Xlandish border": a common noun that names no stretch of it."""
    if not place.text.islower():
        return False
    before, behind = layout.before(place.start, layout.sentence_at(place.start).start, 3), layout.within(place.end, place.end + 60)[:3]
    if any(t.text[:1].isupper() and not set(layout.text[place.end : t.start]) & set(",;:.()—") for t in behind):
        return False
    party = bool(before) and any(m.start <= before[-1].start < m.end and m.parties for m in lying(mentions, before[0].start, place.start))
    return not party and not lex.sections.find(layout, before[0].start if before else place.start, place.end)


def date_of(settings: Settings) -> Callable[[int, int], str]:
    """A finder of the ISO date that a stretch of the text speaks of; the publication's where it speaks of none, "" where that is unknown."""

    def found(start: int, end: int) -> str:
        for mention in lying(settings.times, start, end):
            if mention.kind == "point" and not mention.label:
                when = explain(mention, settings.anchor)[0]
                if when.precision in SCALE[:4]:
                    return when.start[:10]
        return settings.anchor.published[:10]

    return found
