"""What the tests of the claims reader share: short texts about Veldar and Orsay, read whole or as far as one step goes.

Everything is the product's own: nothing is read here in another way than `Reader.read` does it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import pytest

from merestone.capture.pack import load_pack
from merestone.capture.terms import Exhibit, ExhibitText, Known, Pack, Unknown
from merestone.extract.acts import Act, find_acts
from merestone.extract.attribution import Attributions, attribute
from merestone.extract.groups import Group, find_groups
from merestone.extract.harm import Harm, find_harms
from merestone.extract.names import Mention, find_names
from merestone.extract.numbers import find_numbers
from merestone.extract.publisher import publisher_of
from merestone.extract.read import Reader
from merestone.extract.terms import Proposal, Reading
from merestone.extract.tokens import Layout, layout

NEUTRAL = "Meridian Newswire"
VE_MOD = "Ministry of Defence of Veldar"
OR_MOD = "Ministry of Defence of Orsay"
PUBLISHED = "2031-05-20"
OTHER = {"VE": "OR", "OR": "VE"}
LAND = {"VE": "Veldar", "OR": "Orsay"}
PEOPLE = {"VE": "Veldarian", "OR": "Orsayan"}
MOD = {"VE": VE_MOD, "OR": OR_MOD}
ADJECTIVES = {  # by language; of `ru` without its ending
    "VE": {"en": "Veldarian", "ru": "велдарск", "hy": "վելդարական", "az": "Veldar"},
    "OR": {"en": "Orsayan", "ru": "орсейск", "hy": "օրսեյական", "az": "Orsey"},
}
SIDES = pytest.mark.parametrize("side", ["VE", "OR"])


@functools.cache
def pack() -> Pack:
    return load_pack("teaching")


def reader(language: str = "en") -> Reader:
    return _reader(language)


@functools.cache
def _reader(language: str) -> Reader:
    return Reader(pack(), language)


def exhibit(text: str, publisher: str = NEUTRAL, published: str = PUBLISHED, language: str = "en") -> ExhibitText:
    """An exhibit of `text`; an empty publisher or date is unknown."""
    nothing = Unknown("a test has none")
    file = Exhibit("told.txt", "text/plain", len(text.encode()), "0" * 64)
    return ExhibitText(
        id="told",
        exhibit=file,
        text=text,
        pieces=(),
        language=Known(language, "manifest"),
        encoding="utf-8",
        published=Known(published, "manifest") if published else nothing,
        publisher=Known(publisher, "manifest") if publisher else nothing,
        title=nothing,
        url=nothing,
    )


def reading(text: str, publisher: str = NEUTRAL, published: str = PUBLISHED, language: str = "en") -> Reading:
    return reader(language).read(exhibit(text, publisher, published, language))


def claims(text: str, publisher: str = NEUTRAL, published: str = PUBLISHED, language: str = "en") -> tuple[Proposal, ...]:
    return reading(text, publisher, published, language).claims


def read(language: str, text: str, publisher: str = NEUTRAL) -> tuple[Proposal, ...]:
    """The claims of a text in a language."""
    return claims(text, publisher, language=language)


def only(text: str, publisher: str = NEUTRAL, published: str = PUBLISHED) -> Proposal:
    """The one claim of a text that has just one."""
    (claim,) = claims(text, publisher, published)
    return claim


def cut(text: str) -> Layout:
    return layout(text, reader().lex.abbreviations)


@dataclass(frozen=True, slots=True)
class Steps:
    """How far the reader has come before it looks for claims."""

    layout: Layout
    mentions: tuple[Mention, ...]
    who: Attributions

    def groups(self, sentence: int = 0) -> tuple[Group, ...]:
        return find_groups(self.layout, self.layout.sentences[sentence], self.mentions, reader().names, reader().lex)

    def acts(self, sentence: int = 0) -> tuple[Act, ...]:
        return find_acts(self.layout, self.layout.sentences[sentence], reader().lex, self.who, ())

    def harms(self, sentence: int = 0) -> list[Harm]:
        at = self.layout.sentences[sentence]
        numbers = find_numbers(self.layout.text, reader().numbers, [])
        return find_harms(self.layout, (at.start, at.end), self.groups(sentence), numbers, reader().lex)

    def voices(self, words: str) -> list[str]:
        """The names of the chain at the first place where `words` stand."""
        return [speaker.name for speaker in self.who.at(self.layout.text.index(words))]


def steps(text: str, publisher: str = NEUTRAL) -> Steps:
    kit = reader()
    done = cut(text)
    mentions = find_names(done, kit.names)
    default = publisher_of(exhibit(text, publisher).publisher, kit.names, kit.lex, kit.offices)
    return Steps(done, mentions, attribute(done, mentions, kit.names, (kit.lex, kit.offices), default))
