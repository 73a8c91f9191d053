"""Which bodies a list of addressees names: parties, sources of the pack, and bodies as the text calls them.

What is no body is left out: villagers are not called upon, and half a sentence is nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from merestone.capture.names import fold
from merestone.extract.speech import Setting
from merestone.extract.tokens import Token

MOST_WORDS = 16  # of a list of addressees behind its verb


def bodies(setting: Setting, start: int, end: int) -> tuple[str, ...]:
    """The bodies that a list of addressees names, as the pack calls them or as written. What is no body is left out."""
    out: list[str] = []
    for begin, stop in pieces(setting, start, end):
        for name in body(setting, begin, stop):
            if name not in out:
                out.append(name)
    return tuple(out)


def pieces(setting: Setting, start: int, end: int) -> list[tuple[int, int]]:
    """A list cut at its commas and its "and"s, but not inside a name."""
    cuts = [(start, start)]
    for match in setting.rules.expression("list_marks").finditer(setting.text, start, end):
        over = setting.mention_over(*match.span())
        if over is not None and over.start < match.start() and match.end() < over.end:
            continue
        if match.group().strip(" ,").casefold() in setting.rules.words("and") and _inside_name(setting, start, match):
            continue
        cuts.append(match.span())
    cuts.append((end, end))
    found = []
    for (_, left), (right, _) in pairwise(cuts):
        begin, stop = setting.trimmed(left, right)
        if begin < stop:
            found.append((begin, stop))
    return found


def leading(setting: Setting, start: int, end: int) -> int:
    """Where the list of addressees that begins a stretch ends ("the Mission without delay to …"); `start` where none begins it."""
    for token in setting.tokens_before(start, end)[MOST_WORDS - 1 :: -1]:
        found = pieces(setting, start, token.end)
        if found and all(body(setting, *piece) for piece in found):
            return token.end
    return start


def _inside_name(setting: Setting, start: int, match: re.Match[str]) -> bool:
    """ "Committee for Peace and Trade": a head with its connector before the "and", no determiner and a capital after it."""
    after = setting.text[match.end() : match.end() + 40].lstrip()
    before = setting.text[start : match.start()]
    return after[:1].isupper() and bool(setting.rules.expression("open_heads").search(before.rsplit(",", 1)[-1]))


def body(setting: Setting, start: int, end: int) -> tuple[str, ...]:
    """One piece of a list of addressees: () where it names no body."""
    tokens = list(setting.layout.within(start, end))
    skip = setting.rules.words("determiners") | setting.rules.words("body_adjectives") | setting.rules.words("body_prepositions")
    while tokens and tokens[0].folded in skip and fold(setting.text[tokens[0].start : end]) not in setting.rules.words("both_sides"):
        tokens = tokens[1:]
    if not tokens:
        return ()
    begin = tokens[0].start
    words = fold(setting.text[begin:end])
    if words in setting.rules.words("both_sides"):
        return setting.both
    exact = [m for m in setting.mentions_in(begin, end) if m.start == begin and m.end == end]
    for mention in exact:
        if mention.parties and not mention.adjective:
            return (setting.names.parties[mention.parties[0]].name,)
        if mention.sources:
            return (mention.sources[0],)
    speaker = setting.named(start, end)
    if speaker is not None and speaker.kind != "resident" and speaker.start <= begin + 1:
        return (setting.office(speaker),)
    if _headed(setting, tokens, begin, end) or _capital_name(setting, tokens):
        return (setting.text[begin:end],)
    return ()


def _headed(setting: Setting, tokens: Sequence[Token], begin: int, end: int) -> bool:
    """A short phrase whose head is a word for a body: "donor states", "the commander of the fleet"; no verb in it."""
    if len(tokens) > 9 or any(
        t.folded in setting.rules.words("breakers") or t.folded in setting.rules.words("auxiliaries") for t in tokens
    ):
        return False
    if tokens[0].folded in setting.rules.words("connectors") | setting.rules.words("prepositions"):
        return False
    for match in setting.rules.expression("body_heads").finditer(setting.text, begin, end):
        rest = fold(setting.text[match.end() : end]).split()
        if not rest or rest[0] in setting.rules.words("connectors") | setting.rules.words("prepositions"):
            return True
    return False


def _capital_name(setting: Setting, tokens: Sequence[Token]) -> bool:
    connectors = setting.rules.words("connectors") | setting.rules.words("determiners")
    calendar = setting.rules.words("calendar")
    return (
        tokens[0].text[:1].isupper()
        and all(t.text[:1].isupper() or t.folded in connectors for t in tokens)
        and not all(t.folded in calendar for t in tokens)
    )
