"""What third bodies did or said: statements, mediation, calls, bills and resolutions, sanctions, visits, missions.

A body of a party is no third body, whichever party it is (law 2). A response that was only asked for is an ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from merestone.capture.names import fold
from merestone.extract.speech import Setting
from merestone.extract.speech_rules import Row
from merestone.extract.terms import Appeal, Response
from merestone.extract.tokens import Token

DateOf = Callable[[int, int], str]  # the ISO date that the words start:end speak of; "" when unknown


def find_responses(setting: Setting, appeals: Sequence[Appeal], asks: Sequence[tuple[int, int]], date_of: DateOf) -> tuple[Response, ...]:
    """In text order. A body that only speaks is counted once a document; a call, a bill, a mediation each time it is told."""
    found: list[Response] = []
    for row, match in setting.hits("responses"):
        sentence = setting.sentence(match.start())
        if match.end() > sentence.end or any(a <= match.start() < b for a, b in asks) or _undone(setting, match):
            continue
        by, start = _who(setting, row, match)
        if not by:
            continue
        _keep(found, _made(setting, row, match, (by, start), date_of))
    for appeal in appeals:
        third = [by for by in appeal.by if _is_third_name(setting, by, appeal.start)]
        if third:
            sentence = setting.sentence(appeal.start)
            _keep(
                found,
                Response(
                    third[0],
                    "statement",
                    date_of(sentence.start, sentence.end),
                    appeal.start,
                    appeal.end,
                    appeal.quote,
                    "en.response.appeal",
                ),
            )
    return tuple(sorted(found, key=lambda r: (r.start, r.end)))


def _keep(found: list[Response], made: Response) -> None:
    for other in found:
        near = other.start < made.end and made.start < other.end
        if near or (made.type == other.type == "statement" and fold(made.by) == fold(other.by)):
            return
    found.append(made)


def _undone(setting: Setting, match: re.Match[str]) -> bool:
    sentence = setting.sentence(match.start())
    before = setting.text[max(sentence.start, match.start() - 50) : match.start()]
    return bool(setting.rules.expression("no_response").search(" ".join(before.split()[-5:])))


def _dated(setting: Setting, position: int, date_of: DateOf) -> str:
    """When the body did it: the words of the sentence up to what it did it about ("… acknowledging that on 12 May …")."""
    sentence = setting.sentence(position)
    about = setting.rules.expression("subordinate").search(setting.text, position, sentence.end)
    return date_of(sentence.start, about.start() if about else sentence.end)


def _made(setting: Setting, row: Row, match: re.Match[str], who: tuple[str, int], date_of: DateOf) -> Response:
    sentence = setting.sentence(match.start())
    end = max(match.end(), setting.clause_end(match.end(), sentence.end))
    start = who[1] if sentence.start <= who[1] < match.start() else match.start()
    if row.facts["who"] == "near":
        start = sentence.start
    elif setting.layout.within(start, match.start()) and setting.layout.within(start, match.start())[0].folded in setting.rules.words(
        "third_person"
    ):
        named = [s.start for s in setting.who.at(match.start())[-1:] if sentence.start <= s.start < start]
        start = named[0] if named else start
    for cut in setting.rules.expression("clause_opens").finditer(setting.text, start, min(who[1], match.start())):
        start = cut.end()
    start, end = setting.trimmed(start, end)
    end = max(end, match.end())
    return Response(who[0], str(row.facts["type"]), _dated(setting, match.start(), date_of), start, end, setting.text[start:end], row.id)


# --- which third body ---------------------------------------------------------------------------------------------


def third_bodies(setting: Setting, start: int, end: int) -> list[tuple[str, int, int]]:
    """Bodies of no party that are named in start:end: of the pack, of the language's list, or by the head of the name."""
    found: list[tuple[str, int, int]] = []
    for mention in setting.mentions_in(start, end):
        for key in mention.sources:
            source = setting.names.sources[key]
            if source.affiliation == "none" and source.kind in _kinds(setting):
                found.append((source.name, mention.start, mention.end))
                break
    for match in setting.rules.expression("third_side").finditer(setting.text, start, end):
        capital = setting.text[match.start()].isupper() or setting.names.morphology.bends  # adjectives of lands are small there
        if _free(setting, found, match.start(), match.end()) and capital:
            found.append((_state_of(setting, match), match.start(), match.end()))
    for key in ("third_bodies", "countries"):
        for match in setting.rules.expression(key).finditer(setting.text, start, end):
            if _free(setting, found, match.start(), match.end()) and setting.text[match.start()].isupper():
                speaker = setting.who.named(*match.span())
                fits = (
                    speaker is not None and speaker.affiliation == "none" and speaker.start <= match.start() and match.end() <= speaker.end
                )
                found.append((speaker.name if speaker is not None and fits else match.group(), match.start(), match.end()))
    for begin, stop in _headed(setting, start, end):
        if _free(setting, found, begin, stop):
            found.append((setting.text[begin:stop], begin, stop))
    return sorted(found, key=lambda f: f[1])


def _state_of(setting: Setting, match: re.Match[str]) -> str:
    """ "the Xlandish side" is Xland's where the language lists such a state, else it is called as written."""
    stem = fold(match.group(1))[:4]
    fitting = [name for name in setting.rules.plain("countries") if fold(name)[:4] == stem and " " not in name]
    return fitting[0] if len(fitting) == 1 else match.group()


def _kinds(setting: Setting) -> tuple[str, ...]:
    return setting.rules.plain("third_kinds")


def _free(setting: Setting, found: Sequence[tuple[str, int, int]], start: int, end: int) -> bool:
    if any(a < end and start < b for _, a, b in found):
        return False
    over = setting.mention_over(start, end)
    return over is None or not (over.parties or over.sources or over.end - over.start > end - start)


def _headed(setting: Setting, start: int, end: int) -> list[tuple[int, int]]:
    """Capitalised names whose last word (or first, before "of") says that it is a body: "Lake Union", "Assembly of Isles"."""
    heads, connectors = setting.rules.words("third_heads"), setting.rules.words("connectors")
    out: list[tuple[int, int]] = []
    tokens = list(setting.layout.within(start, end))
    at = 0
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and (tokens[stop].text[:1].isupper() or (stop > at and tokens[stop].folded in connectors | {"the"})):
            if stop > at and setting.text[tokens[stop - 1].end : tokens[stop].start].strip(" -\u2011") != "":
                break
            stop += 1
        run = tokens[at:stop]
        while run and not run[-1].text[:1].isupper():
            run.pop()
        while run and run[0].folded in setting.rules.words("determiners") | setting.rules.words("calendar"):
            run.pop(0)
        if len(run) > 1 and any(t.folded in heads for t in run):
            out.append((run[0].start, run[-1].end))
        at = max(stop, at + 1)
    return out


def _is_third_name(setting: Setting, name: str, position: int) -> bool:
    source = setting.names.sources.get(name)
    if source is not None:
        return source.affiliation == "none" and source.kind in _kinds(setting)
    if any(p.name == name for p in setting.names.parties.values()) or any(
        row.facts["name"] == name for row in setting.rules.rows("author_adjectives")
    ):
        return False
    chain = setting.who.at(position)
    if chain and chain[-1].name == name:
        return chain[-1].affiliation == "none" and chain[-1].kind in _kinds(setting)
    whole = setting.rules.expression("third_bodies").search(name) or setting.rules.expression("countries").search(name)
    return bool(whole) or any(fold(w) in setting.rules.words("third_heads") and w[:1].isupper() for w in name.split())


def _who(setting: Setting, row: Row, match: re.Match[str]) -> tuple[str, int]:
    sentence = setting.sentence(match.start())
    where = row.facts["who"]
    inside = third_bodies(setting, sentence.start, sentence.end)
    if where == "after":
        return _after(setting, match, [b for b in inside if b[1] >= match.end()])
    if where == "owner":
        near = [b for b in inside if b[2] <= match.start() and match.start() - b[2] <= 4]
        return (near[-1][0], near[-1][1]) if near else ("", 0)
    if where == "near":
        before = [b for b in inside if b[2] <= match.start()]
        after = [b for b in inside if b[1] >= match.end()]
        chosen = before[-1:] or after[:1]
        return (chosen[0][0], chosen[0][1]) if chosen else ("", 0)
    tokens = setting.segment(sentence.start, match.start())
    doing = [b for b in inside if tokens and tokens[0].start <= b[1] and b[2] <= tokens[-1].end]
    default = setting.who.default
    third = bool(default) and default[-1].affiliation == "none" and default[-1].kind in _kinds(setting)
    itself = third and (bool(doing) or _ours(setting, tokens)) and setting.spoken(match.start(), match.start()).name == default[-1].name
    if row.facts["type"] == "statement" and itself:
        return default[-1].name, tokens[0].start  # a body speaks of itself: "the Union is concerned", "we urge"
    if doing and _only_names(setting, tokens[0].start, match.start()):
        return doing[-1][0], doing[-1][1]
    author = setting.author(match.start())
    if not author.name:
        return "", 0
    if author.kind in _kinds(setting) and author.party == "none":
        return author.name, author.start
    if author.party in setting.names.parties or author.party == "both":
        return "", 0
    subject = [b for b in inside if author.start <= b[1] and b[2] <= match.start()]
    if subject and _only_names(setting, author.start, match.start()):
        return subject[0][0], author.start
    return "", 0


def _ours(setting: Setting, tokens: Sequence[Token]) -> bool:
    return bool(tokens) and tokens[-1].folded in setting.rules.words("first_person")


def _after(setting: Setting, match: re.Match[str], bodies: Sequence[tuple[str, int, int]]) -> tuple[str, int]:
    """The bodies that follow "by": one of a party among them makes the act no third body's."""
    if not bodies:
        return "", 0
    stop = setting.rules.expression("ask_cuts").search(setting.text, match.end() + 1, setting.sentence(match.start()).end)
    limit = min(setting.sentence(match.start()).end, match.end() + 400)
    direct = bodies[0]
    if direct[1] - match.end() > 120 or any(c in setting.text[match.end() : direct[1]] for c in ".;:"):
        return "", 0
    reach = stop.start() if stop is not None and stop.start() > direct[2] else direct[2]
    for mention in setting.mentions_in(match.end(), min(limit, max(reach, direct[2]))):
        sources = [setting.names.sources[key] for key in mention.sources]
        if any(s.affiliation in setting.names.parties for s in sources) or (
            mention.parties and not mention.sources and mention.start < direct[1]
        ):
            return "", 0
    return direct[0], match.start()


def _only_names(setting: Setting, start: int, end: int) -> bool:
    """Is there no party's body between the subject and the verb (then the third body is not what acts)."""
    return not any(setting.party_of(m) for m in setting.mentions_in(start, end)) and not setting.rules.expression(
        "both_sides_anywhere"
    ).search(setting.text, start, end)
