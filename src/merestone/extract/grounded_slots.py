"""One claim of a model's answer, and its slots that are lists: deed, speakers, places, weapons, casualties.

`Given` reads a value of any shape without ever failing: what is of the wrong kind is absent or dropped, never guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from merestone.extract.model_page import Page, Span, default_speakers
from merestone.extract.terms import GROUPS, KINDS, OUTCOMES, WEAPONS, Casualties, Evidence, PlaceMention, Speaker
from merestone.extract.tokens import lying

WORDS = 400  # letters of the words of one value
MOST = 20  # entries of a list
SHOWN = 60  # letters of a dropped value that are told


@dataclass(slots=True)
class Given:
    """One object of the answer with what was kept of it and what was dropped. A `part` shares both with the whole."""

    value: object
    page: Page
    quote: Span = (0, 0)
    around: Span = (0, 0)
    evidence: list[Evidence] = field(default_factory=list)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)

    # --- reading what may be anything ---------------------------------------------------------------------------

    def is_object(self) -> bool:
        return isinstance(self.value, dict)

    def raw(self, key: str) -> object:
        return self.value.get(key) if isinstance(self.value, dict) else None

    def others(self, known: Collection[str]) -> list[str]:
        return [key for key in self.value if key not in known][:MOST] if isinstance(self.value, dict) else []

    def has(self, key: str) -> bool:
        return self.raw(key) is not None

    def words(self, key: str) -> str:
        value = self.raw(key)
        return value if isinstance(value, str) and value.strip() else ""

    def text(self, key: str, allowed: Collection[str] | None = None) -> str:
        """A word, of those allowed; anything else is dropped and ""."""
        value = self.words(key)
        if allowed is not None and value not in allowed:
            if self.has(key):
                self.drop(key, self.raw(key), "not in the vocabulary")
            return ""
        return value

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """The `value` of a slot that is {"value", "words"}; a bare word stands for one without words."""
        inner = self.part(key)
        return inner.text("value", allowed) if inner.is_object() else self.text(key, allowed)

    def span(self, key: str) -> Span | None:
        return self.part(key).span_of("words")

    def span_of(self, key: str) -> Span | None:
        """Where the words of a value stand, in the quote or else in its sentence."""
        words = self.words(key)
        return self.page.find(words, self.quote, self.around) if words and len(words) <= WORDS else None

    def part(self, key: str) -> Given:
        return Given(self.raw(key), self.page, self.quote, self.around, self.evidence, self.dropped)

    def listed(self, key: str) -> list[Given]:
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.drop(key, value, "no list")
            return []
        if len(value) > MOST:
            self.drop(key, f"{len(value) - MOST} more", f"more than {MOST}")
        parts = [Given(each, self.page, self.quote, self.around, self.evidence, self.dropped) for each in value[:MOST]]
        for each in parts:
            if not each.is_object():
                self.drop(key, each.value, "no object")
        return [each for each in parts if each.is_object()]

    def number(self, key: str) -> int | None:
        value = self.raw(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    # --- keeping and dropping -----------------------------------------------------------------------------------

    def keep(self, slot: str, value: str, span: Span, why: str) -> str:
        self.evidence.append(Evidence(slot, value, *span, "model", why))
        return value

    def drop(self, slot: str, value: object, why: str) -> None:
        self.dropped.append((_told(slot), _told(value), why))

    def lost(self, slot: str, why: str, value: object = None) -> None:
        """The whole claim is dropped for this slot."""
        shown = value if value is not None else self.raw(slot) if self.is_object() else self.value
        self.drop(slot, shown, f"the claim is dropped: {why}")

    def share(self) -> float:
        """The share of the values that were grounded."""
        return len(self.evidence) / (len(self.evidence) + len(self.dropped)) if self.evidence else 0.0


def _told(value: object) -> str:
    """A value of a stranger as words that can be shown: short, on one line, and of letters that can be written."""
    if isinstance(value, str):
        flat = " ".join(value[: SHOWN * 2].encode("utf-8", "replace").decode().split())
        return flat[:SHOWN]
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    return str(value)[:SHOWN] if isinstance(value, (bool, float)) or value is None else "a number"


def deed(given: Given) -> tuple[str, Span] | None:
    """The kind and the words that carry it: words that the tables know for it, or words that they do not know at all."""
    page = given.page
    kind = given.choice("kind", KINDS)
    span = given.span("kind")
    if not kind:
        given.lost("kind", "no kind of the vocabulary")
        return None
    if span is None or not (given.quote[0] <= span[0] and span[1] <= given.quote[1]):
        given.lost("kind", "no words of the quote", kind)
        return None
    if not page.content(span) or page.only_loaded(span):
        given.lost("kind", "names, numbers and words of blame carry no kind", kind)
        return None
    known = page.kinds(span)
    shelled = kind == "shelling" and "small_arms_fire" in known
    if shelled and set(page.weapons(given.around)) & set(page.lex.table("lexicon")["shelling_weapons"]):
        return given.keep("kind", kind, span, "fire, with the weapons that the sentence names"), span
    if known and kind not in known:
        given.lost("kind", "the tables read these words as " + ", ".join(sorted(known)), kind)
        return None
    if known:
        return given.keep("kind", kind, span, f"the words of rule {known[kind].tag}"), span
    return given.keep("kind", kind, span, "words that no table knows: judge them yourself"), span


def speakers(given: Given) -> tuple[Speaker, ...]:
    """The chain that the text names; where the model names nobody and no words of the sentence do, whose text it is."""
    found: list[Speaker] = []
    rows = given.listed("said_by")
    for row in rows[:4]:
        span = row.span_of("words")
        speaker = given.page.speaker(span) if span is not None else None
        if span is None or speaker is None:
            given.drop("said_by", row.raw("words"), "no words of the sentence that name who can speak")
        elif speaker.name not in [s.name for s in found]:
            given.keep(
                "said_by", speaker.name, (speaker.start, speaker.end) if speaker.end > speaker.start else span, "named by these words"
            )
            found.append(speaker)
    return tuple(found) if found or rows else tuple(default_speakers(given.page, given.quote))


def places(given: Given) -> tuple[PlaceMention, ...]:
    """The places of the pack that the words name, with the part that the words in front give them."""
    out: list[PlaceMention] = []
    for row in given.listed("places"):
        for key in row.others(("words",)):
            given.drop(f"places.{key}", row.raw(key), "not asked for and never taken")
        span = row.span_of("words")
        found: Iterable[PlaceMention] = lying(given.page.places, *span) if span is not None else ()
        fresh = [place for place in found if place not in out]
        if span is None or not fresh:
            given.drop("places", row.raw("words"), "no words of the sentence that name a place of the pack")
            continue
        for place in fresh:
            given.keep("where", place.text, (place.start, place.end), "said here")
        out += fresh
    return tuple(out)


def weapons(given: Given, kind: str) -> tuple[str, ...]:
    out: list[str] = []
    for row in given.listed("weapons"):
        value = row.text("value", WEAPONS)
        span = row.span_of("words")
        known = given.page.weapons(span) if span is not None else {}
        if not value or value in out:
            continue
        if kind in given.page.lex.table("lexicon")["unarmed"]:
            given.drop("weapons", value, "a kind of act that is not done with weapons")
        elif span is not None and value in known:
            out.append(given.keep("weapons", value, (known[value].start, known[value].end), "the words say so"))
        else:
            given.drop("weapons", value, "no words of the sentence that the tables know for it")
    return tuple(out)


def casualties(given: Given, last: Speaker | None, kind: str) -> tuple[Casualties, ...]:
    out: list[Casualties] = []
    for row in given.listed("casualties"):
        outcome, span = row.text("outcome", OUTCOMES), row.span_of("words")
        if not outcome or span is None:
            given.drop("casualties", row.raw("words"), "no outcome of the vocabulary, or no words of the sentence")
            continue
        figure = _figure(row, outcome, span, kind)
        if figure is None:
            continue
        group, party = _group(row, span), _party(row, last)
        low, high = figure
        given.keep("casualties", f"{outcome} {_shown(low)}–{_shown(high)}", span, "the words and their number")
        out.append(Casualties(outcome, party, group, low, high, *span))
    return tuple(out)


def _figure(row: Given, outcome: str, span: Span, kind: str) -> tuple[int | None, int | None] | None:
    """How many the words say, if they say this outcome and the model says no other number. None: the row is dropped."""
    page = row.page
    known, none = page.outcomes(span)
    taken = kind == "detention" and outcome == "detained"
    if outcome not in known and not (taken and not known):
        row.drop("casualties", outcome, "the tables know no words for it here")
        return None
    numbers = [n for n in lying(page.numbers, *span) if not n.unit and not n.ordinal]
    if len(numbers) > 1:
        row.drop("casualties", outcome, "several numbers in its words")
        return None
    said: tuple[int | None, int | None] = (0, 0) if none else (numbers[0].min, numbers[0].max) if numbers else (None, None)
    for key, value in zip(("min", "max"), said, strict=True):
        if row.has(key) and row.number(key) != value:
            row.drop(f"casualties.{key}", row.raw(key), f"the words read as {_shown(value)}")
            if numbers or none:
                return None
    return said


def _group(row: Given, span: Span) -> str:
    group = row.text("group", GROUPS)
    if group in ("", "unspecified"):
        return "unspecified"
    if row.page.classes(span, "groups") == {group}:
        return row.keep("casualties.group", group, span, "the words say so")
    row.drop("casualties.group", group, "the words do not say so")
    return "unspecified"


def _party(row: Given, last: Speaker | None) -> str:
    value = row.text("party", (*row.page.names.parties, "both", "none", "unknown"))
    if value in ("", "none", "unknown"):
        return "unknown"
    span = row.span_of("party_words")
    found = row.page.party(span, last) if span is not None else set()
    if span is not None and value != "both" and found == {value}:
        return row.keep("casualties.party", value, span, "named by these words")
    row.drop("casualties.party", value, "no words of the sentence name this party")
    return "unknown"


def _shown(value: int | None) -> str:
    return "not said" if value is None else str(value)
