"""Names of persons and what singles one person out: titles, initials, age with role and village, telephone, identity numbers, mail.

To miss a person is worse than to mask a word too many (law 4); names of places and bodies stay, and so do office holders of the pack.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from merestone.capture.names import fold
from merestone.extract.names import Mention
from merestone.extract.speech import Setting
from merestone.extract.terms import Person
from merestone.extract.tokens import Token

Found = tuple[int, int, str]
# What has to stand before a match is asked behind its first sign: so the machine finds that sign without trying at every letter.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,80}@[\w-]{1,80}(?:\.[\w-]{1,80})+")
_HANDLE = re.compile(r"@(?<![\w@.]@)[A-Za-z0-9_.]{3,}")
_PHONE = re.compile(
    r"\+(?<![\w.]\+)\d[\d ()./-]{6,18}\d(?!\w)|00(?<![\w.]00)\d[\d ()./-]{6,18}\d(?!\w)"
    r"|\((?<![\w.:/-]\()0\d{2,4}\)?[ /-]\d[\d -]{4,12}\d(?!\w)|0(?<![\w.:/-]0)\d{2,4}\)?[ /-]\d[\d -]{4,12}\d(?!\w)"
)
_CAPITAL = r"[^\W\d_a-z](?<![\w.].)"
_INITIALS = re.compile(
    rf"{_CAPITAL}\.[ \u00a0]?(?:(?:[^\W\d_a-z]\.[ \u00a0]?){{1,2}}(?:[ \u00a0]?[^\W\d_][^\W\d_]+)?|[^\W\d_][^\W\d_]{{2,}}(?:-[^\W\d_]+)?)"
)
_DOTTED = re.compile(r" [^\W\d_a-z]\.")
_SURNAME_INITIAL = re.compile(r"(?<!\w)([^\W\d_][^\W\d_]{2,}) ((?:[^\W\d_a-z]\.[ \u00a0]?){1,2})(?=[\s,;:)]|$)")


def find_persons(setting: Setting, spared: Sequence[tuple[int, int]] = ()) -> tuple[Person, ...]:
    """In text order, none overlapping. Nothing in `spared` (the signatory block) is read."""
    found = [*_contacts(setting), *_described(setting)]
    named = [*_names(setting), *_initials(setting)]
    found += named
    found += _again(setting, named)
    offices = [
        Person(m.start, m.end, True, "holds an office named in the pack")
        for m in setting.mentions
        if any(setting.names.sources[key].kind == "office_holder" for key in m.sources)
    ]
    out: list[Person] = [p for p in offices if not _inside(p.start, p.end, spared)]  # in text order, none overlapping
    for start, end, why in sorted(found, key=lambda f: (f[0] - f[1], f[0])):
        at = bisect_left(out, end, key=lambda p: p.start)
        if not _inside(start, end, spared) and (not at or out[at - 1].end <= start):
            out.insert(at, Person(start, end, False, why))
    return tuple(out)


def _inside(start: int, end: int, spared: Sequence[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in spared)


# --- what singles one person out without a name -------------------------------------------------------------------


def _contacts(setting: Setting) -> Iterable[Found]:
    sought = ((_MAIL, "an e-mail address"), (_HANDLE, "an account name"), (_PHONE, "a telephone number"))
    for expression, why in sought if "@" in setting.text else sought[2:]:
        for match in expression.finditer(setting.text):
            yield match.start(), match.end(), why
    for match in setting.rules.expression("identity").finditer(setting.text):
        yield match.start(), match.end(), "a number or date that identifies one person"


def _described(setting: Setting) -> Iterable[Found]:
    """One person by age, kin, role and place. A place must be named where the rule says so; many people are not one."""
    for row, match in setting.hits("persons"):
        start, end = match.span()
        if row.facts.get("place"):
            after = setting.mentions_in(match.end(), match.end() + 60)
            place = next(
                (m for m in after if _small(setting, m) and m.start <= match.end() + 25 and _near(setting, match.end(), m.start)), None
            )
            if place is None:
                capital = re.compile(r"\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?[^\W\d_a-z][^\W\d_]+").match(setting.text, match.end())
                if capital is None or setting.text[capital.end() - 1] == "\n":
                    continue
                end = capital.end()
            else:
                end = place.end
        yield start, end, str(row.facts["why"])


def _small(setting: Setting, mention: Mention) -> bool:
    """A place where few people live or work, as far as the pack tells."""
    return any(setting.names.places[key].level in ("settlement", "feature") for key in mention.places)


def _near(setting: Setting, start: int, end: int) -> bool:
    return not re.search(r"[.,;:\n]", setting.text[start:end])


# --- names --------------------------------------------------------------------------------------------------------


def _initials(setting: Setting) -> Iterable[Found]:
    for match in _INITIALS.finditer(setting.text):
        words = match.group().strip()
        last = re.split(r"[.\s]+", words)[-1]
        dotted = words[: words.rfind(".") + 1]
        if fold(dotted).replace(" ", "") in setting.rules.words("not_initials") or _mentioned(setting, *match.span()):
            continue
        if not last or (last[:1].isupper() and last.casefold() not in setting.rules.vocabulary):
            yield match.start(), match.start() + len(match.group().rstrip()), "initials of a person"
        elif len(words.split(".")) > 2 and last[:1].islower():
            yield match.start(), match.start() + words.rfind(".") + 1, "initials of a person"
    for match in _SURNAME_INITIAL.finditer(setting.text) if _DOTTED.search(setting.text) else ():
        if (
            match.group(1)[:1].isupper()
            and match.group(1).casefold() not in setting.rules.vocabulary
            and not _mentioned(setting, *match.span(1))
        ):
            yield match.start(), match.end(2) if not match.group(2).endswith(" ") else match.end(2) - 1, "a surname with initials"


def _mentioned(setting: Setting, start: int, end: int) -> bool:
    return setting.mention_over(start, end) is not None


def _names(setting: Setting) -> list[Found]:
    """Capitalised words in a row that are no name of the pack and no body; one word alone where a title stands before it."""
    out: list[Found] = []
    small = {t.folded for t in setting.layout.tokens if t.text[:1].islower()}
    for sentence in setting.layout.sentences:
        tokens = setting.layout.tokens[sentence.first : sentence.last]
        shouted = (sentence.line or setting.text[sentence.start : sentence.end].isupper()) and _shouted(tokens)
        for run in _runs(setting, tokens):
            out += _judge(setting, run, shouted, small)
    return out


def _shouted(tokens: Sequence[Token]) -> bool:
    """A headline with a capital on nearly every word says nothing by its capitals."""
    words = [t for t in tokens if t.text[:1].isalpha()]
    large = [t for t in words if t.text[:1].isupper()]
    return len(words) >= 3 and len(large) * 10 >= len(words) * 6


def _runs(setting: Setting, tokens: Sequence[Token]) -> list[list[Token]]:
    """Stretches of capitalised words with at most a particle between them, cut where a name of the pack stands."""
    particles = setting.rules.words("particles")
    runs: list[list[Token]] = []
    run: list[Token] = []
    for n, token in enumerate(tokens):
        if not run and not token.text[:1].isupper():
            continue
        joined = (
            bool(run)
            and setting.text[run[-1].end : token.start].strip(" -\u2011\u00a0’'") == ""
            and "\n" not in setting.text[run[-1].end : token.start]
        )
        after = tokens[n + 1] if n + 1 < len(tokens) else None
        particle = bool(run) and joined and token.folded in particles and after is not None and after.text[:1].isupper()
        taken = _mentioned(setting, token.start, token.end) and not _given_name(setting, tokens, n)
        if taken or not (token.text[:1].isupper() or particle):
            if run:
                runs.append(run)
            run = []
            continue
        if run and not joined:
            runs.append(run)
            run = []
        run.append(token)
    if run:
        runs.append(run)
    return runs


def _given_name(setting: Setting, tokens: Sequence[Token], n: int) -> bool:
    """A word that is also a place of the pack, in the middle of a name: a surname that nobody knows follows it at once."""
    token = tokens[n]
    mention = setting.mention_over(token.start, token.end)
    if (
        mention is None
        or mention.parties
        or mention.sources
        or mention.end != token.end
        or mention.start != token.start
        or n + 1 >= len(tokens)
    ):
        return False
    after = tokens[n + 1]
    if after.folded in setting.rules.words("particles") and n + 2 < len(tokens):
        after = tokens[n + 2]  # "… Brask oghlu Alen": what stands before a patronymic's particle is a name
        return after.text[:1].isupper() and "," not in setting.text[token.end : after.start]
    if (
        setting.text[token.end : after.start] != " "
        or not after.text[:1].isupper()
        or after.text.isupper()
        or _mentioned(setting, after.start, after.end)
    ):
        return False
    if after.folded in setting.rules.no_names or after.folded in setting.rules.words("name_stops"):
        return False
    return not setting.rules.expression("place_before").search(setting.text[max(0, token.start - 30) : token.start])


def _judge(setting: Setting, run: list[Token], shouted: bool, small: set[str]) -> list[Found]:
    rules = setting.rules
    titles = rules.words("titles")
    if any(t.folded in rules.words("name_stops") for t in run):
        return _around(setting, run, shouted, small)
    titled = _titled(setting, run[0].start)
    first = 0
    known = rules.no_names
    while first < len(run) and (run[first].folded in titles or (shouted and _plain_word(setting, run[first], known, small))):
        titled, first = titled or run[first].folded in titles, first + 1
    rest = run[first:]
    if not first and len(rest) > 2 and _title_of(setting, rest[0].start):
        rest, titled = rest[1:], True  # "minister of Trade A. B."
    while (
        len(rest) > 2
        and not titled
        and (rest[0].folded in known or rest[0].folded in small)
        and rest[1].folded not in rules.words("particles")
    ):
        rest = rest[1:]
    rest = [t for t in rest if t.text[:1].isalpha()]
    while rest and _plain_word(setting, rest[-1], known, small) and (len(rest) < 2 or rest[-2].folded not in rules.words("particles")):
        rest = rest[:-1]
    unknown = [t for t in rest if not _plain_word(setting, t, known, small)]
    if not rest or not unknown:
        return []
    start, end = rest[0].start, rest[-1].end
    if end > start and setting.text[start:end].endswith(("'s", "’s")):
        end -= 2
    if titled:
        return [(start, end, "a name after a title, a rank or a role")]
    if len(rest) < 2 or len(rest) > 5 or _place_like(setting, start, end) or _quoted(setting, start, end) or _the_before(setting, start):
        return []
    if (shouted or rest[0].start == setting.sentence(start).start) and len(unknown) < len(
        [t for t in rest if t.folded not in rules.words("particles")]
    ):
        return []
    mixed = any(t.text.isupper() and len(t.text) > 1 for t in rest) and not all(t.text.isupper() for t in rest)
    if mixed and not shouted and (not rest[-1].text.isupper() or len(rest[-1].text) < 4):
        return []  # an abbreviation among the words; "Arno VELL" is a name
    return [(start, end, "capitalised names in a row that are no place and no body")]


def _around(setting: Setting, run: list[Token], shouted: bool, small: set[str]) -> list[Found]:
    """A run with a word of a body in it: a name may still stand after its last one, where a title does ("Council Chair A. B.")."""
    stops, titles = setting.rules.words("name_stops"), setting.rules.words("titles")
    last = max(n for n, t in enumerate(run) if t.folded in stops)
    tail = run[last + 1 :]
    if tail and any(t.folded in titles for t in tail[:2]) and tail[-1].folded not in titles:
        return _judge(setting, tail, shouted, small)
    return []


def _plain_word(setting: Setting, token: Token, known: frozenset[str], small: set[str]) -> bool:
    word = token.folded.removesuffix("'s").removesuffix("’s")
    if word in setting.rules.words("particles"):
        return False
    if word in known or word in small or token.folded in known:
        return True
    return len(word) >= 6 and bool(setting.rules.expression("common_endings").search(word))


def _titled(setting: Setting, start: int) -> bool:
    """Does a title, rank or role in small letters stand right before: "shepherd Arno", "Mr. Vell"."""
    before = setting.text[max(0, start - 24) : start]
    if not before.endswith((" ", "\u00a0", ". ")) or re.search(r"[,;:\n)]\s*$", before):
        return False
    words = re.findall(r"[^\W\d_]+", before)
    if not words:
        return False
    if before.rstrip().endswith("."):
        return words[-1].casefold() in setting.rules.words("dotted_titles")
    return words[-1].casefold() in setting.rules.words("titles")


def _title_of(setting: Setting, start: int) -> bool:
    """ "minister of" right before a run."""
    before = setting.layout.within(max(0, start - 24), start)
    return len(before) > 1 and before[-1].folded in setting.rules.words("of") and before[-2].folded in setting.rules.words("titles")


def _place_like(setting: Setting, start: int, end: int) -> bool:
    before, after = setting.text[max(0, start - 30) : start], setting.text[end : end + 30]
    return bool(setting.rules.expression("place_before").search(before)) or bool(setting.rules.expression("place_after").match(after))


def _quoted(setting: Setting, start: int, end: int) -> bool:
    return setting.text[max(0, start - 1) : start] in ("“", '"', "«", "‘") and setting.text[end : end + 1] in ("”", '"', "»", "’", ",")


def _the_before(setting: Setting, start: int) -> bool:
    """ "the Blue Lantern" is no person."""
    before = setting.layout.within(max(0, start - 8), start)
    return bool(before) and before[-1].folded in setting.rules.words("articles") and not setting.text[before[-1].end : start].strip(" ")


def _again(setting: Setting, named: Sequence[Found]) -> list[Found]:
    """A surname or a given name that was found once is found wherever it stands with a capital."""
    parts: set[str] = set()
    for start, end, _ in named:
        for token in setting.layout.within(start, end):
            word = token.folded.removesuffix("'s")
            if (
                len(word) >= 3
                and token.text[:1].isupper()
                and word not in setting.rules.vocabulary
                and word not in setting.rules.words("particles")
            ):
                parts.add(word)
    out: list[Found] = []
    if parts:
        for token in setting.layout.tokens:
            if token.text[:1].isupper() and token.folded.removesuffix("'s") in parts and not _mentioned(setting, token.start, token.end):
                cut = 2 if token.text.endswith(("'s", "’s")) else 0
                out.append((token.start, token.end - cut, "a name found elsewhere in the text"))
    return out
