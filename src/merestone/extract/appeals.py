"""Appeals: who asks whom for what. Finds performative verbs, modal demands, lists of asks and reported calls.

What is asked for is not said to have happened: `Asks.spans` are the stretches in which the reader of claims sees no deed (law 5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from merestone.capture.names import fold
from merestone.extract.appeal_lists import Ask, listed_asks, refused
from merestone.extract.appeals_behind import behind_asks
from merestone.extract.bodies import bodies, body, leading, pieces
from merestone.extract.speech import LONGEST_SENTENCE, Author, Setting
from merestone.extract.speech_rules import Row
from merestone.extract.terms import Appeal

MOST = 500  # asks of one text; a text with more is no appeal that anybody made
ALIKE = 0.6  # share of the shorter ask's content words that a repetition has in common


@dataclass(frozen=True, slots=True)
class Asks:
    """`spans`: half-open stretches of things asked for or imagined, in text order, none overlapping."""

    appeals: tuple[Appeal, ...]
    spans: tuple[tuple[int, int], ...]


def find_appeals(setting: Setting) -> Asks:
    """All appeals of the text, an ask that is made twice counted once."""
    raw: list[Ask] = []
    for reader in (listed_asks, _nouns, _directed, behind_asks, _passive, _modal, _open):
        for found in reader(setting):
            if len(raw) == MOST:
                break
            if not any(_overlap(found, other) for other in raw):
                raw.append(found)
    raw.sort(key=lambda r: r.start)
    copies = _copied_to(setting)
    appeals: list[Appeal] = []
    for one in raw:
        if one.kept:
            to = _widened(setting, one.to)
            if copies and one.first_person:
                to = tuple(dict.fromkeys((*to, *copies)))
            made = Appeal(
                (one.author.name,) if one.author.name else (),
                to,
                _ask(setting, one),
                one.start,
                one.end,
                setting.text[one.start : one.end],
                one.rule,
            )
            _put(setting, appeals, made)
    appeals.sort(key=lambda a: a.start)
    return Asks(tuple(appeals), _merged(_unreal(setting, raw)))


def _overlap(one: Ask, other: Ask) -> bool:
    return one.start < other.end and other.start < one.end


# --- the forms ----------------------------------------------------------------------------------------------------


def _directed(setting: Setting) -> Iterable[Ask]:
    """ "X urges Y to Z": the verb, whom, a link, what."""
    for row, match in setting.hits("appeals_directed"):
        links = setting.rules.expression(str(row.facts["links"]))
        sentence = setting.sentence(match.start())
        if match.end() >= sentence.end or refused(setting, match.start()):
            continue
        made = _addressed(setting, row, match, links, sentence.end)
        if made is not None:
            yield made


def _addressed(setting: Setting, row: Row, match: re.Match[str], links: re.Pattern[str], end: int) -> Ask | None:
    author = None
    for link in islice(links.finditer(setting.text, match.end(), min(end, match.end() + 420)), 6):
        between = setting.text[match.end() : link.start()]
        if re.search(r"[.;!?]\s|[–—]\s", between) or (row.facts.get("strict") and len(between) > 120):
            return None
        subject = row.facts.get("subject", "named")
        if author is None:
            author = _said(setting, match.start()) if subject == "speaker" else setting.author(match.start())
        reach = leading(setting, match.end(), link.start()) if setting.names.morphology.free_order else link.start()
        to = _pronoun(setting, match.end(), link.start(), author) or bodies(setting, match.end(), reach)
        if not to or not _at_once(setting, match.end(), reach, bool(row.facts.get("strict"))):
            continue
        if row.facts.get("strict") and (not author.name or author.name in to):
            return None
        start = author.start if author.start >= setting.sentence(match.start()).start else match.start()
        if match.start() - start > 90:
            start = match.start()
        stop = setting.clause_end(link.end(), end)
        if not re.search(r"\w", setting.text[link.end() : stop]) or setting.text[stop : stop + 1] == ":":
            return None
        return Ask(author, to, start, link.end(), stop, row.id)
    return None


def _at_once(setting: Setting, start: int, end: int, strict: bool) -> bool:
    """The bodies stand right after the verb: the first piece of the list is one, and every piece where the verb is used for much else."""
    if _pronoun_word(setting, start, end):
        return True
    good = [bool(body(setting, *piece)) for piece in pieces(setting, start, end)]
    return all(good) if strict else good[0]


def _pronoun_word(setting: Setting, start: int, end: int) -> bool:
    return fold(setting.text[start:end].strip()) in setting.rules.words("object_pronouns")


def _said(setting: Setting, position: int) -> Author:
    return setting.spoken(position, position)


def _pronoun(setting: Setting, start: int, end: int, author: Author) -> tuple[str, ...]:
    """ "told them to …": the party named last before, unless it is the speaker's own."""
    if not _pronoun_word(setting, start, end) or author.party not in setting.names.parties:
        return ()
    for mention in reversed(setting.mentions_in(max(0, start - LONGEST_SENTENCE), start)):
        code = setting.party_of(mention)
        if code and code != author.party:
            reach = setting.who.named(mention.start, _noun_end(setting, mention.end))
            return (reach.name if reach is not None else setting.names.parties[code].name,)
    return ()


def _noun_end(setting: Setting, end: int) -> int:
    match = re.compile(r"(?:[ \t]+[^\W\d_]+){1,2}").match(setting.text, end)
    return match.end() if match else end


def _passive(setting: Setting) -> Iterable[Ask]:
    """ "X is called upon to Z": whom, the verb, what."""
    for row, match in setting.hits("appeals_passive"):
        made = _subject_first(setting, row, match)
        if made is not None:
            yield made


def _modal(setting: Setting) -> Iterable[Ask]:
    """ "X must Z", where X is a party, both, or a body."""
    for row, match in setting.hits("appeals_modal"):
        if setting.rules.expression("no_demand").match(setting.text, match.end()):
            continue
        made = _subject_first(setting, row, match)
        if made is not None:
            yield made


def _subject_first(setting: Setting, row: Row, match: re.Match[str]) -> Ask | None:
    sentence = setting.sentence(match.start())
    if match.end() >= sentence.end or refused(setting, match.start()):
        return None
    phrase = _phrase_before(setting, match.start())
    if phrase is None:
        return None
    to = bodies(setting, *phrase)
    if not to or (row.facts.get("agents") and not _agent(setting, phrase)):
        return None
    stop = setting.clause_end(match.end(), sentence.end)
    if stop <= match.end():
        return None
    return Ask(_said(setting, match.start()), to, phrase[0], match.end(), stop, row.id)


def _agent(setting: Setting, phrase: tuple[int, int]) -> bool:
    """For a bare "must" or "should" a name of the pack or a body is needed; a minister or a newspaper is not called upon so."""
    inside = setting.mentions_in(*phrase)
    return bool(inside) or bool(setting.rules.expression("modal_bodies").search(setting.text, *phrase))


def _phrase_before(setting: Setting, position: int) -> tuple[int, int] | None:
    """The noun phrase right before a verb, its adverbs taken off."""
    tokens = setting.segment(setting.sentence(position).start, position)
    if not tokens:
        return None
    if re.search(r"[,;:]", setting.text[tokens[-1].end : position]):
        return None
    for token in tokens:
        if token.text[:1].isupper() or token.folded in setting.rules.words("determiners"):
            return token.start, tokens[-1].end
    return tokens[0].start, tokens[-1].end


def _nouns(setting: Setting) -> Iterable[Ask]:
    """ "Norland's appeal to the Lake Union", "new international calls on both sides to …"; none without somebody who asks."""
    text = setting.text
    for row, match in setting.hits("appeals_nouns"):
        sentence = setting.sentence(match.start())
        if match.end() >= sentence.end:
            continue
        author = _owner(setting, match.start())
        limit = min(sentence.end, match.end() + 300)
        link = next((m for m in setting.rules.expression("noun_links").finditer(text, match.end(), limit)), None)
        stop = setting.clause_end(match.end(), link.start() if link else limit)
        to = _leading_body(setting, match.end(), stop)
        if not to:
            continue
        dismissed = bool(setting.rules.expression("dismissals").search(text, match.end(), sentence.end))
        end = setting.clause_end(link.end(), sentence.end) if link is not None else to[1]
        if author is None and not _is_noun(setting, match.start()):
            continue
        if author is None or dismissed:
            if link is not None:
                yield Ask(_said(setting, match.start()), to[0], match.start(), link.end(), end, row.id, kept=False)
            continue
        yield Ask(author, to[0], author.start, link.end() if link else match.start(), end, row.id)


def _is_noun(setting: Setting, position: int) -> bool:
    """ "Calls to …" at the head of a sentence, "the call on …"; not "we call on"."""
    sentence = setting.sentence(position)
    if position == sentence.start:
        return setting.text[position].isupper()
    before = setting.tokens_before(sentence.start, position)
    return bool(before) and before[-1].folded in setting.rules.words("determiners")


def _owner(setting: Setting, position: int) -> Author | None:
    """Whose call it is: the name right before it ("Norland's", "the Union's") or an adjective that stands for a body."""
    start = setting.sentence(position).start
    before = setting.mentions_in(start, position)
    gap = setting.text[before[-1].end : position] if before else ""
    if before and re.fullmatch(r"(?:['’]s?)?(?:\s+\w+)?\s+", gap):
        mention = before[-1]
        code = setting.party_of(mention)
        if mention.sources:
            source = setting.names.sources[mention.sources[0]]
            return Author(source.name, source.affiliation, source.kind, mention.start)
        if code:
            return Author(setting.names.parties[code].name, code, "party", mention.start)
    match = next((m for m in setting.rules.expression("own_possessives").finditer(setting.text, max(start, position - 40), position)), None)
    if match is not None:
        said = setting.spoken(position, match.start())
        return Author(said.name, said.party, said.kind, match.start(), True)
    for row in setting.rules.rows("author_adjectives"):
        for found in row.find.finditer(setting.text, max(start, position - 40), position):
            return Author(str(row.facts["name"]), "none", "international", found.start())
    return None


def _leading_body(setting: Setting, start: int, end: int) -> tuple[tuple[str, ...], int] | None:
    """The bodies named first in a stretch, and where they end."""
    to = bodies(setting, start, end)
    if to:
        return to, end
    for mention in setting.mentions_in(start, end)[:1]:
        if not setting.text[start : mention.start].strip(" \tthe"):
            to = bodies(setting, mention.start, mention.end)
            return (to, mention.end) if to else None
    return None


def _open(setting: Setting) -> Iterable[Ask]:
    """ "X demands the return of Z", "called for Z": to whom is said elsewhere in the sentence, or nowhere."""
    for row, match in setting.hits("appeals_open"):
        sentence = setting.sentence(match.start())
        if match.end() >= sentence.end - 3 or refused(setting, match.start()):
            continue
        author = setting.author(match.start())
        if not author.name or (author.kind in ("resident", "person") and not row.facts.get("anybody")):
            continue
        stop = match.end() if row.facts.get("whole") else setting.clause_end(match.end(), sentence.end)
        if stop <= match.end() - bool(row.facts.get("whole")) or setting.text[stop : sentence.end].lstrip().startswith(":"):
            continue
        to = _others(setting, sentence.start, match.start(), stop, author)
        if not to and not author.first_person and author.kind in ("", "media", "state_media", "civil_society"):
            continue
        start = author.start if 0 <= match.start() - author.start <= 90 else match.start()
        yield Ask(author, to, start, match.start() if row.facts.get("whole") else match.end(), stop, row.id)


def _others(setting: Setting, first: int, verb: int, stop: int, author: Author) -> tuple[str, ...]:
    """The parties that a demand points at: those named inside it, else those named before it in the sentence."""
    both = setting.rules.expression("both_sides_anywhere")
    if both.search(setting.text, verb, stop):
        return setting.both
    for begin, end in ((verb, stop), (first, verb)):
        codes = []
        for mention in setting.mentions_in(begin, end):
            code = setting.party_of(mention)
            if code and code != author.party and code not in codes:
                codes.append(code)
        if codes:
            return tuple(sorted(setting.names.parties[c].name for c in codes))
    return ()


# --- what comes of them -------------------------------------------------------------------------------------------


def _copied_to(setting: Setting) -> tuple[str, ...]:
    """The bodies of a line "Sent to: …"."""
    for start, end in setting.layout.paragraphs:
        match = setting.rules.expression("sent_to").match(
            setting.text, start + len(setting.text[start:end]) - len(setting.text[start:end].lstrip()), end
        )
        if match and setting.text[match.end() : end].lstrip().startswith(":"):
            return bodies(setting, setting.text.index(":", match.end()) + 1, end)
    return ()


def _widened(setting: Setting, to: tuple[str, ...]) -> tuple[str, ...]:
    """ "the international community", where the text has said before which bodies that includes."""
    if len(to) != 1:
        return to
    known = setting.layout.found
    if ("widened", to[0]) not in known:  # the whole text is looked through, once for a body
        pattern = re.compile(re.escape(to[0]) + r",?\s+(?:" + setting.rules.expression("including").pattern + r")", re.IGNORECASE)
        known[("widened", to[0])] = pattern.search(setting.text)
    match = known[("widened", to[0])]
    if match is None:
        return to
    stop = setting.sentence(match.start()).end
    link = setting.rules.expression("to_do").search(setting.text, match.end(), stop)
    more = bodies(setting, match.end(), link.start() if link else setting.clause_end(match.end(), stop))
    return tuple(dict.fromkeys((*to, *more)))


def _ask(setting: Setting, one: Ask) -> str:
    """A short summary in the text's own words: the verb phrase without its by-clauses, 30 words at most."""
    start, end = setting.trimmed(one.ask_start, one.until)
    cut = setting.rules.expression("ask_cuts").search(setting.text, start + 12, end) if end - start > 24 else None
    if cut is not None:
        end = setting.trimmed(start, cut.start())[1]
    words = setting.text[start:end].split()
    return " ".join(words[:30]) + (" …" if len(words) > 30 else "")


def _content(setting: Setting, ask: str) -> frozenset[str]:
    light = setting.rules.words("light")
    return frozenset(w[:6] for w in fold(ask).split() if len(w) > 2 and w not in light)


def _put(setting: Setting, appeals: list[Appeal], made: Appeal) -> None:
    """Adds an appeal, or joins it to the one that asks the same of the same: the longer ask is kept, the addressees of both."""
    words = _content(setting, made.ask)
    for n, other in enumerate(appeals):
        theirs = _content(setting, other.ask)
        shorter = min(len(words), len(theirs))
        same_to = set(made.to) & set(other.to) or not made.to or not other.to
        if shorter >= 2 and same_to and made.by == other.by and len(words & theirs) >= ALIKE * shorter:
            longer = made if made.end - made.start >= other.end - other.start or len(words) > len(theirs) else other
            appeals[n] = replace(longer, to=tuple(dict.fromkeys((*other.to, *made.to))))
            return
    appeals.append(made)


def _unreal(setting: Setting, raw: Iterable[Ask]) -> Iterable[tuple[int, int]]:
    for one in raw:
        relative = setting.rules.expression("relative").search(setting.text, one.ask_start, one.until)
        yield one.ask_start, relative.start() if relative else one.until
    for match in setting.rules.expression("imagined").finditer(setting.text):
        sentence = setting.sentence(match.start())
        comma = setting.text.find(", ", match.end(), sentence.end)
        opens = match.start() == sentence.start or bool(re.search(r"[“”\"«:,;(—–]\s*$", setting.text[sentence.start : match.start()]))
        yield match.start(), comma if opens and comma > 0 else max(match.end(), setting.clause_end(match.end(), sentence.end))


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
