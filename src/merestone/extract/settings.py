"""The setting of an act: when, where, with what; from its clause first, then its sentence, then what was said last.

A place or a time that is carried over says so in its evidence (empty words): nothing is guessed silently.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from merestone.extract.acts import Act
from merestone.extract.lexicon import Lexicon, level_words_of
from merestone.extract.names import Mention, Names
from merestone.extract.terms import Evidence, PlaceMention, When
from merestone.extract.time_resolve import Anchor, explain
from merestone.extract.time_terms import TimeMention
from merestone.extract.times import combine, sets_context
from merestone.extract.tokens import Layout, Sentence, lying

SCALE = ("minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown")


@dataclass(slots=True)
class Settings:
    """Times and places of one text, and what was said last (it changes while the text is read in order)."""

    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    anchor: Anchor
    wide: frozenset[str]  # ids of countries: no place of an act where a finer one is known
    headline: tuple[PlaceMention, ...] = ()
    last_when: When | None = None
    context: str = ""  # the date that "the day before" counts from
    last_places: tuple[PlaceMention, ...] = ()


def time_of(settings: Settings, clause: tuple[int, int], sentence: Sentence, carries: bool) -> tuple[When, bool, Evidence]:
    """When it was, whether it is said of repeated acts, and the evidence. `carries`: what follows may be of the same time."""
    inside = [t for t in lying(settings.times, *clause) if not t.label]
    around = [t for t in lying(settings.times, sentence.start, sentence.end) if not t.label]
    repeated = any(t.repeated or t.kind == "repeated" for t in inside)
    anchor = replace(settings.anchor, context=settings.context)
    best, context = _best(inside, around, anchor)
    if carries:
        settings.context = context
    if best is not None:
        when, why = best
        words = when.span or clause
        if carries:
            settings.last_when = when
        return when, repeated, Evidence("when", f"{when.start}/{when.end} {when.precision}", words[0], words[1], "time", why or "said here")
    if settings.last_when is not None:
        said = f"{settings.last_when.start}/{settings.last_when.end}"
        return settings.last_when, repeated, Evidence("when", said, clause[0], clause[0], "carried", "said of what was told just before")
    when = _about_publication(settings.anchor.published)
    return (
        when,
        repeated,
        Evidence(
            "when", f"{when.start}/{when.end}", clause[0], clause[0], "publication", "no time is said: the days up to the publication"
        ),
    )


def pass_time(settings: Settings, sentence: Sentence) -> None:
    """A sentence that tells no act may still say when what follows was ("they followed up on reports of the evening of the 18th")."""
    around = [t for t in lying(settings.times, sentence.start, sentence.end) if not t.label]
    best, context = _best(around, around, replace(settings.anchor, context=settings.context))
    settings.context = context
    if best is not None and SCALE.index(best[0].precision) <= SCALE.index("day"):
        settings.last_when = best[0]


def _best(inside: Sequence[TimeMention], around: Sequence[TimeMention], anchor: Anchor) -> tuple[tuple[When, str] | None, str]:
    """The finest time of the clause, else of the sentence. What is said earlier in the sentence is what "the day before" counts from."""
    resolved: list[tuple[When, str]] = []
    for mention in combine(around):
        if mention.kind in ("duration", "repeated"):
            continue
        when, why = explain(mention, anchor)
        if when.precision != "unknown":
            resolved.append((when, why))
            if sets_context(mention):
                anchor = replace(anchor, context=when.start[:10])
    spans = [(t.start, t.end) for t in inside]
    own = [r for r in resolved if r[0].span and any(r[0].span[0] < b and a < r[0].span[1] for a, b in spans)]
    for found in (own, resolved):
        if found:
            return min(found, key=lambda f: (SCALE.index(f[0].precision), f[0].span or (0, 0))), anchor.context
    return None, anchor.context


def _about_publication(published: str) -> When:
    if not published:
        return When("", "", "unknown")
    last = date.fromisoformat(published[:10])
    return When((last - timedelta(days=7)).isoformat(), last.isoformat(), "week", inferred=("date",))


def find_places(layout: Layout, mentions: Sequence[Mention], lex: Lexicon) -> tuple[PlaceMention, ...]:
    """The places that the text names, with the part that the words in front give them."""
    out: list[PlaceMention] = []
    levels, level_words = level_words_of(lex)
    for mention in mentions:
        if not mention.places:
            continue
        tokens = layout.tokens
        before = [t.folded for t in tokens[max(0, mention.first - 7) : mention.first]]
        start, end, level = mention.start, mention.end, ""
        for name, forms in levels.items():
            follower = tokens[mention.last].folded if mention.last < len(tokens) else ""
            if follower in forms and layout.text[mention.end : tokens[mention.last].start].strip() == "":
                end, level = tokens[mention.last].end, level or name
        local = mention.case in lex.words["place_before"] if mention.case else False
        if mention.parties and not local and not (before and before[-1] in lex.words["place_before"]):
            continue  # a capital that stands for its authorities
        if len(before) > 1 and before[-1] in lex.words["agent_from"] and before[-2] in lex.words["telling"]:
            continue  # "the claim from X-town": who tells, not where
        role = "at"
        plain = [w for w in before if w not in lex.words["determiners"]]
        near = (" " + " ".join(plain), " " + " ".join(w for w in plain if w not in level_words))
        for part in ("target", "origin"):
            if any(words.endswith(" " + phrase) for words in near for phrase in lex.words[f"role_{part}"]):
                role = part
        behind = {t.folded for t in tokens[mention.last : mention.last + 3]} if mention.last < len(tokens) else set()
        if role == "at" and lex.morphology.bends:
            origin = bool(behind & lex.words["after_origin"]) or mention.case in lex.words["role_origin"]
            target = bool(behind & lex.words["after_target"]) or mention.case in lex.words["role_target"]
            role = "origin" if origin else "target" if target else role
        out.append(PlaceMention(layout.text[start:end], start, end, role, mention.places, level))
    return tuple(out)


def places_of(settings: Settings, clause: tuple[int, int], sentence: Sentence) -> tuple[tuple[PlaceMention, ...], Evidence]:
    """Where it was: the places of the clause, else of the sentence, else the last ones said, else the headline's."""
    inside = lying(settings.places, *clause)
    around = lying(settings.places, sentence.start, sentence.end)
    for found in (inside, around):
        fine = [p for p in found if not set(p.ids) <= settings.wide or not p.ids]
        if fine:
            settings.last_places = tuple(fine)
            return tuple(fine), Evidence("where", ", ".join(p.text for p in fine), fine[0].start, fine[0].end, "place", "said here")
    last = tuple(p for p in settings.last_places if p.role != "origin")
    for carried, why in ((last, "said of what was told just before"), (settings.headline, "the place of the whole text")):
        if carried:
            return carried, Evidence("where", ", ".join(p.text for p in carried), clause[0], clause[0], "carried", why)
    wide = tuple(inside)
    return wide, Evidence(
        "where",
        ", ".join(p.text for p in wide),
        wide[0].start if wide else clause[0],
        wide[0].end if wide else clause[0],
        "place",
        "only a country is named" if wide else "no words say where",
    )


def weapons_of(layout: Layout, act: Act, lex: Lexicon) -> tuple[str, tuple[str, ...], list[Evidence]]:
    """The weapons named in the clause, and the kind that they make of plain fire (shelling by mortar, artillery, rockets, tank)."""
    table = lex.table("lexicon")
    every = lex.weapons.find(layout, *act.clause)
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
    layout: Layout, mentions: Sequence[Mention], anchor: Anchor, kit: tuple[Lexicon, Names], times: tuple[TimeMention, ...]
) -> Settings:
    """The times and places of a text. `mentions` are those that do not say who speaks; the first place near the head is the text's own."""
    lex, names = kit
    places = find_places(layout, mentions, lex)
    wide = names.countries
    head = layout.sentences[min(2, len(layout.sentences) - 1)].end if layout.sentences else 0
    opening = [p for p in places if p.start < head and not set(p.ids) <= wide]
    return Settings(times, places, anchor, wide, headline=tuple(opening[:1]))


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
