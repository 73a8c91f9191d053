"""What else a text names: the places near a mention, those of the whole text, and the tradition whose names it uses.

Asked only where namesakes have to be told apart. A place counts that can be understood without another one; a country never does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from merestone.capture.names import fold
from merestone.capture.terms import Place
from merestone.extract.terms import PlaceMention
from merestone.locate.gazetteer import Gazetteer
from merestone.locate.place_words import PlaceWords
from merestone.locate.scan import Scanner

_NEAR = 80  # characters to each side of a mention
_LEVELS = ("settlement", "district", "region", "feature")
_LEAST_VOTES = 2


class Context:
    """Of one text; goes through it when it is first asked."""

    def __init__(self, text: str, gazetteer: Gazetteer, scanner: Scanner, words: PlaceWords) -> None:
        self._text, self._gazetteer, self._scanner, self._words = text, gazetteer, scanner, words
        self._found: tuple[tuple[int, int, Place], ...] | None = None

    def named(self) -> tuple[tuple[int, int, Place], ...]:
        """Where places stand in the text that bear their names alone."""
        if self._found is None:
            seen = ((each.start, each.end, self._gazetteer.known(each.ids)) for each in self._scanner.scan(self._text))
            self._found = tuple((start, end, known[0]) for start, end, known in seen if len(known) == 1 and known[0].level in _LEVELS)
        return self._found

    def near(self, mention: PlaceMention, found: Sequence[Place]) -> tuple[Place, ...]:
        """Places in the sentence about a mention whose candidates are several."""
        if len(found) < 2 or self._text[mention.start : mention.end] != mention.text:
            return ()
        out: dict[str, Place] = {}
        for start, end, place in self.named():
            if end <= mention.start and mention.start - end <= _NEAR:
                between = self._text[end : mention.start]
            elif start >= mention.end and start - mention.end <= _NEAR:
                between = self._text[mention.end : start]
            else:
                continue
            if ". " not in between and "\n" not in between:
                out[place.id] = place
        return tuple(out.values())

    def around(self) -> tuple[Place, ...]:
        return tuple({place.id: place for _, _, place in self.named()}.values())

    def traditions(self) -> Counter[str]:
        """By the key of `names` under which a pack has it: how many names of the text stand under that key and no other."""
        votes: Counter[str] = Counter()
        for name in {(fold(self._text[start:end]), place.id): place for start, end, place in self.named()}.items():
            (written, _), place = name
            keys = [key for key, names in place.names.items() if any(fold(each) == written for each in names)]
            if len(keys) == 1 and keys[0]:
                votes[keys[0]] += 1
        return votes

    def named_so(self, left: Sequence[Place], name: str) -> tuple[Place, str] | None:
        """The one candidate that is called so in the tradition whose names this text uses, and that tradition."""
        votes, written = self.traditions(), fold(name)
        bearers = {
            key: [place for place in left if any(fold(each) == written for each in place.names.get(key, ()))]
            for key, number in votes.items()
            if number >= _LEAST_VOTES
        }
        told = {key: places for key, places in bearers.items() if places}
        if len(told) != 1:
            return None
        ((key, places),) = told.items()
        return (places[0], key) if len(places) == 1 else None
