"""Of two nouns that are joined the preposition of the first leads the second as well: "from Xland and Yland" names nobody who does anything.

Where nouns bend, their cases tell it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from merestone.capture.names import fold
from merestone.extract.groups import OPPOSED, THEIRS, Group
from merestone.extract.lexicon import Lexicon
from merestone.extract.tokens import Layout

OF_PLACES = ("civilians", "people")


def led_together(layout: Layout, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """ "From Xland and Yland": what leads the first of two that are joined leads the second as well."""
    if lex.morphology.bends:
        return list(groups)
    out: list[Group] = []
    for group in groups:
        first = out[-1] if out and group.before in lex.words["listing"] else None
        led = first is not None and first.before in lex.words["prepositions"]
        joined = led and layout.text[out[-1].end : group.start].split() == [group.before]
        out.append(replace(group, before=out[-1].before) if joined else group)
    return out


def of_places(layout: Layout, groups: Sequence[Group], lex: Lexicon) -> list[Group]:
    """ "Twelve farmers from X-town": people of no side right before whence they are, are of the side of the place."""
    out = list(groups)
    for at in range(len(out) - 1):
        people, place = out[at], out[at + 1]
        led = place.before in lex.words["of_party"] & lex.words["role_origin"] and place.cls == "place" and bool(place.party)
        if (
            led
            and people.cls in OF_PLACES
            and not people.party
            and layout.text[people.end : place.start].casefold().split() == [place.before]
        ):
            out[at] = replace(people, party=place.party)
    return [of_foes(g, lex) for g in out]


def of_foes(group: Group, lex: Lexicon) -> Group:
    """ "Saboteurs" of no side that is named are the other side's, whoever says so."""
    foes = tuple(lex.words["foes"])
    theirs = bool(foes) and not group.party and group.cls in THEIRS and fold(group.word).startswith(foes)
    return replace(group, party=OPPOSED) if theirs else group
