"""Political speech acts: threats, territorial claims, admissions, denials, accusations, condemnations, welcomes.

A statement says what somebody said, never that it is so; the label in it ("provocation") is the speaker's word (law 1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from merestone.extract.speech import Author, Setting
from merestone.extract.speech_rules import Row
from merestone.extract.terms import Statement

LONGEST = 70  # words: a longer quote is cut to the clause of its cue. Not letters: a side with a long name would lose its statements


def find_statements(setting: Setting, asks: Sequence[tuple[int, int]] = ()) -> tuple[Statement, ...]:
    """In text order; one of a type in a sentence. Nothing inside `asks` (what is asked for or imagined) is a statement."""
    found: list[Statement] = []
    taken: set[tuple[str, int]] = set()
    for row, match in setting.hits("statements"):
        sentence = setting.sentence(match.start())
        key = (str(row.facts["type"]), sentence.index)
        if key in taken or match.end() > sentence.end or any(a <= match.start() < b for a, b in asks):
            continue
        made = _statement(setting, row, match)
        if made is None or any(
            o.start < made.end and made.start < o.end and o.rule.rsplit(".", 1)[0] == made.rule.rsplit(".", 1)[0] for o in found
        ):
            continue
        taken.add(key)
        found.append(made)
    return tuple(sorted(found, key=lambda s: (s.start, s.end)))


def _statement(setting: Setting, row: Row, match: re.Match[str]) -> Statement | None:
    facts = row.facts
    sentence = setting.sentence(match.start())
    if setting.rules.expression("not_said").search(setting.text[max(sentence.start, match.start() - 30) : match.start()]):
        return None
    start, end = _span(setting, match, facts["by"] == "subject")
    author = setting.author(match.start()) if facts["by"] == "subject" else setting.voice(match.start())
    if not author.name or setting.unofficial(author):
        return None
    if facts.get("party") and not _names_another(setting, start, end, author):
        return None
    if facts.get("official") and author.party not in setting.names.parties:
        return None
    if facts.get("own") and not _own_deed(setting, match.end(), end, author):
        return None
    if facts.get("ours") and not _ours(setting, start, end, author):
        return None
    if facts["type"] == "welcome" and setting.rules.expression("welcome_guard").search(
        setting.text[max(0, match.start() - 12) : match.start()].rstrip() + " "
    ):
        return None
    return Statement(str(facts["type"]), author.name, author.party, start, end, setting.text[start:end], row.id)


def _span(setting: Setting, match: re.Match[str], from_subject: bool) -> tuple[int, int]:
    """The clause around the cue: from its subject (or the beginning of the sentence) to its end."""
    sentence = setting.sentence(match.start())
    end = setting.clause_end(match.end(), sentence.end)
    end = max(end, match.end())
    start = sentence.start
    opening = None
    for cut in setting.rules.expression("clause_opens").finditer(setting.text, sentence.start, match.start()):
        opening = cut.end()
    if opening is not None:
        start = opening
    if from_subject:
        subject = setting.author(match.start())
        if (
            subject.start == match.start() and not setting.names.morphology.free_order
        ):  # named further off: the words between are about something else
            start = match.start()
        elif sentence.start <= subject.start < match.start() and not setting.names.morphology.free_order:
            start = subject.start
    for stop in setting.rules.expression("head_stop").finditer(setting.text, match.end(), end):
        end = stop.start()
        break
    if len(setting.layout.within(start, end)) > LONGEST:
        start = match.start()
        rest = setting.layout.within(match.end(), end)[:LONGEST]
        end = min(end, setting.clause_end(match.end(), rest[-1].end if rest else end))
    start, end = setting.trimmed(start, end)
    return start, max(end, match.end())


def _names_another(setting: Setting, start: int, end: int, author: Author) -> bool:
    """Somebody is accused: a party other than the speaker's own, by name or as the other side."""
    codes = {setting.party_of(m) for m in setting.mentions_in(start, end)} - {""}
    if codes - {author.party}:
        return True
    return bool(setting.rules.expression("other_side").search(setting.text, start, end))


def _ours(setting: Setting, start: int, end: int, author: Author) -> bool:
    """The words are about the speaker's own party: by name, or as "our"."""
    if any(setting.party_of(m) == author.party for m in setting.mentions_in(start, end)):
        return True
    return bool(setting.rules.expression("own_forces").search(setting.text, start, end))


def _own_deed(setting: Setting, start: int, end: int, author: Author) -> bool:
    """An admission concerns one's own forces and what they do; one's own losses are conceded, not admitted."""
    if setting.rules.expression("losses").search(setting.text, start, end):
        return False
    own = any(setting.party_of(m) == author.party for m in setting.mentions_in(start, end))
    return own or bool(setting.rules.expression("own_forces").search(setting.text, start, end))
