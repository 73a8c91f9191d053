"""Who signed: organisations in lines after the body of a statement, after "Signed by:", or the office whose statement it is.

Names are kept as written. Lines of a web page (newsletter, share, copyright) are known by their shape, their place and a list.
"""

from __future__ import annotations

import re

from merestone.extract.speech import Setting

Signatory = tuple[str, int, int]
LONGEST_NAME = 16  # words
_HEAD = 5  # words before the colon of a list in a line
_MARK = re.compile(r"^\s*(?:[•·▪◦‣*–—-]|\(?\d{1,3}[.)])\s+")
_DATE = re.compile(r"^\W*(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}.*|\d+)\W*$")
_LINK = re.compile(r"https?://|www\.|@|\bfile:|©|→|^[^«]*»\s*$|^\s*#|\|")


def find_signatories(setting: Setting) -> tuple[Signatory, ...]:
    """In text order, each line once. () where nobody signs."""
    for reader in (_headed, _closing_lines, _office):
        found = reader(setting)
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def signed_block(signatories: tuple[Signatory, ...]) -> tuple[int, int]:
    """The stretch that the signatories cover; (0, 0) where there are none."""
    if not signatories:
        return 0, 0
    return min(s[1] for s in signatories), max(s[2] for s in signatories)


# --- after a header -----------------------------------------------------------------------------------------------


def _headed(setting: Setting) -> list[Signatory]:
    """ "Signed by: A, B and C", or the header alone and a name on each line that follows."""
    text, paragraphs = setting.text, setting.layout.paragraphs
    for n in range(len(paragraphs) - 1, -1, -1):
        start, end = paragraphs[n]
        match = setting.rules.expression("signed_by").search(text, start, end)
        if match is None or text[start : match.start()].strip(" \t*•-–—_("):
            continue
        rest, stop = setting.trimmed(match.end(), end)
        if rest < stop:
            inline = [s for s in _inline(setting, rest, stop) if _is_name(setting, s[1], s[2])]
            return inline + (_lines(setting, n + 1, strict=False) if text[rest:stop].endswith((",", ";")) else [])
        found = _lines(setting, n + 1, strict=False)
        if found:
            return found
    return []


def _inline(setting: Setting, start: int, end: int) -> list[Signatory]:
    """A list in a line: cut at semicolons if it has any, else at commas; a comma within brackets or quotes does not count."""
    text = setting.text[start:end]
    mark = ";" if ";" in text else ","
    cuts, depth, quoted = [], 0, False
    for n, letter in enumerate(text):
        depth += (letter in "([“«") - (letter in ")]”»")
        quoted ^= letter == '"'
        if letter == mark and depth <= 0 and not quoted:
            cuts.append((n, n + 1))
    last = cuts[-1][1] if cuts else 0
    ands = [m for m in setting.rules.expression("last_and").finditer(text, last) if not _within_quotes(text, m.start())]
    joined = ands[-1] if ands else None
    if (
        joined is not None
        and (mark == "," or not text[last : joined.start()].strip())
        and not _organisation_goes_on(setting, start + joined.end(), end)
    ):
        cuts.append(joined.span())
    spans, begin = [], 0
    for left, right in [*cuts, (len(text), len(text))]:
        a, b = setting.trimmed(start + begin, start + left)
        first = setting.text[a:b].split(" ", 1)[0]
        if first in setting.rules.words("determiners") and len(first) < b - a:
            a, b = setting.trimmed(a + len(first), b)
        if a < b:
            spans.append((setting.text[a:b], a, b))
        begin = right
    return spans


def _within_quotes(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at) or text.count('"', 0, at) % 2 == 1


def _organisation_goes_on(setting: Setting, start: int, end: int) -> bool:
    """ "Centre for Law and Order": what follows the "and" is one bare word, no name of an organisation by itself."""
    rest = setting.text[start:end].strip(" .")
    return (
        len(rest.split()) <= 2 and not setting.rules.expression("organisation_words").search(rest) and not rest.startswith(("“", '"', "«"))
    )


# --- lines at the end ---------------------------------------------------------------------------------------------


def _closing_lines(setting: Setting) -> list[Signatory]:
    """Names in lines after the last sentence of a text in which "we" speak; half of them must look like organisations."""
    paragraphs = setting.layout.paragraphs
    if not any(setting.rules.expression("collective").search(setting.text, *p) for p in paragraphs):
        return []
    last_prose = -1
    for n, (start, end) in enumerate(paragraphs):
        if _is_prose(setting, start, end):
            last_prose = n
    for first in range(last_prose + 1, len(paragraphs)):
        found = _lines(setting, first, strict=True)
        if found:
            return found
    return []


def _is_prose(setting: Setting, start: int, end: int) -> bool:
    line = setting.text[start:end].strip()
    return len(line.split()) > LONGEST_NAME or (
        line.endswith((".", "!", "?", ":", ";")) and len(line.split()) > 4 and not _MARK.match(line + " ")
    )


def _lines(setting: Setting, first: int, strict: bool) -> list[Signatory]:
    """The names in consecutive lines from paragraph `first` on, until a line that is none or a gap wider than those of the list."""
    text, paragraphs = setting.text, setting.layout.paragraphs
    found: list[Signatory] = []
    gap = 0
    for n in range(first, len(paragraphs)):
        start, end = paragraphs[n]
        blank = text[paragraphs[n - 1][1] : start].count("\n") if n else 1
        if found and gap and blank > max(2, gap + 1):
            break
        mark = _MARK.match(text[start:end])
        begin, stop = setting.trimmed(start + (mark.end() if mark else 0), end)
        of_one_side = _side_by_side(setting, begin, stop)
        if of_one_side:
            found += of_one_side
            gap = max(gap, blank)
            continue
        stop = _with_stop(setting, begin, stop, end)
        if begin >= stop or not _is_name(setting, begin, stop):
            break
        if found:
            gap = max(gap, blank)
        found.append((text[begin:stop], begin, stop))
    if strict:
        organisations = sum(bool(setting.rules.expression("organisation_words").search(name)) for name, _, _ in found)
        known = sum(any(m.sources for m in setting.mentions_in(a, b)) for _, a, b in found)
        if len(found) < 2 or (organisations + known) * 2 < len(found):
            return []
    return found


def _side_by_side(setting: Setting, begin: int, stop: int) -> list[Signatory]:
    """ "Xlandish organisations: A; B; C" in one line: the names behind the colon."""
    head, colon, rest = setting.text[begin:stop].partition(":")
    if not colon or ";" not in rest or len(head.split()) > _HEAD or not setting.rules.expression("organisation_words").search(head):
        return []
    return [s for s in _inline(setting, begin + len(head) + 1, stop) if _is_name(setting, s[1], s[2])]


def _with_stop(setting: Setting, begin: int, stop: int, end: int) -> int:
    """A name may end with a stop of its own ("Rights Inc."): kept where the word before it is an abbreviation."""
    word = setting.text[begin:stop].rsplit(" ", 1)[-1]
    return stop + 1 if stop < end and setting.text[stop] == "." and word in setting.rules.plain("dotted") else stop


def _is_name(setting: Setting, start: int, end: int) -> bool:
    """A line that could be a signatory's name: short, begins with a capital, a quotation mark or a digit, and is no boilerplate."""
    line = setting.text[start:end]
    words = line.split()
    if not words or len(words) > LONGEST_NAME or _DATE.match(line) or _LINK.search(line):
        return False
    if setting.rules.expression("boilerplate").search(line):
        return False
    letters = line.lstrip("“”«\"'‘(„")
    if not letters[:1].isalnum() or letters[:1].islower():
        return False
    if line.endswith(("?", "!", ":", ".")) and words[-1] not in setting.rules.plain("dotted"):
        return False
    joining = setting.rules.plain("name_connectors")
    small = [w for w in words if w[:1].islower() and w not in joining]
    return not joining or len(small) * 3 <= len(words)  # a language without such words writes the words of names small


# --- one office ---------------------------------------------------------------------------------------------------


def _office(setting: Setting) -> list[Signatory]:
    """A statement in the first person under a headline "Statement of the …", or a name line with its office at the end."""
    text, paragraphs = setting.text, setting.layout.paragraphs
    if len(paragraphs) < 2 or not setting.rules.expression("singular").search(text):
        return []
    for n in range(len(paragraphs) - 1, max(0, len(paragraphs) - 5), -1):
        start, end = setting.trimmed(*paragraphs[n])
        if len(text[start:end].split()) > LONGEST_NAME or _is_prose(setting, *paragraphs[n]):
            continue
        if setting.rules.expression("office_words").search(text, start, end) and _is_name(setting, start, end):
            return [(text[start:end], start, end)]
    start, end = paragraphs[0]
    match = setting.rules.expression("statement_of").match(text, start, end)
    if match is None:
        return []
    stop = setting.rules.expression("headline_stops").search(text, match.end(), end)
    begin, finish = setting.trimmed(match.end(), stop.start() if stop else end)
    if begin < finish and setting.rules.expression("office_words").search(text, begin, finish):
        return [(text[begin:finish], begin, finish)]
    return []
