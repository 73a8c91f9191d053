"""How many of the kinds that marked texts tell are found: by the rules, by weights learned from such texts, and by both.

`marked/documents/<language>/<hand>-NN.txt` holds documents by hands that have seen no rule, a sentence a line (`=== type | publisher | day` begins one, a headline follows, a blank line
ends a paragraph), `marked/sentences/<language>-<hand>.txt` passages. The words of each claim are marked: `{kind|words}`, `{kind-|words}` where it is denied, `{kind~|words}` where it was
tried or announced. `marked/<language>.senses.txt` files words by what they mean, with the same senses in every language. Weights are learned from two thirds of the files, for documents
from all passages too, and tried on the rest, in turn.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src")]

from merestone.capture import Options, load_pack, receive  # noqa: E402
from merestone.capture.names import fold  # noqa: E402
from merestone.extract import languages_with_rules  # noqa: E402
from merestone.extract.tokens import WORD  # noqa: E402
from merestone.link.dossiers import readings_of  # noqa: E402

MARKED = HERE / "marked"
MARK = re.compile(r"\{(\w+)([-~]?)\|([^{}|]+)\}")
HEAD = re.compile(r"=== .*\| *(\d{4}-\d\d-\d\d)")
DAY = "2031-05-01"  # of a passage
NAME, NUMBER = "^", "#"  # how a word is seen that is a name or a number
NEAR = 4  # words from one sense to another that are seen as a pair
PARTS = 30  # stretches of a hand's passages; every third is left out in turn
FOLDS = 3


class Text(NamedTuple):
    """A document or passage: the file it stands in, its day, its lines with their marks."""

    part: str
    day: str
    lines: list[str]


class Sentence(NamedTuple):
    """`part`: what is left out with it; `words` folded, names and numbers masked; what it tells and what the rules read in it."""

    part: str
    words: list[str]
    kinds: frozenset[str]
    read: frozenset[str]


def senses_of(language: str) -> dict[str, list[str]]:
    """By entry, its senses: `abc` is this form, `abc%` whatever begins so."""
    out: dict[str, list[str]] = {}
    for line in (MARKED / f"{language}.senses.txt").read_text(encoding="utf-8").splitlines():
        sense, _, entries = line.partition(":")
        for entry in entries.split():
            out.setdefault(fold(entry.removesuffix("%")) + "%" * entry.endswith("%"), []).append(sense)
    return out


def meant(word: str, senses: dict[str, list[str]]) -> list[str]:
    """The senses of the longest entry that fits: the form itself, or its beginning."""
    begun = (senses[f"{word[:size]}%"] for size in range(len(word), 1, -1) if f"{word[:size]}%" in senses)
    return senses.get(word) or next(begun, [])


def features(words: Sequence[str], senses: dict[str, list[str]]) -> Iterator[tuple[str, float]]:
    """What is seen of a sentence, and how much of it: words, their beginnings, beginnings of neighbours, senses, senses near each other."""
    stems = [word[: 5 if len(word) <= 8 else 6] for word in words]
    told = [[word] if word in (NAME, NUMBER) else meant(word, senses) for word in words]
    for i, word in enumerate(words):
        yield f"w {word}", 0.7
        yield f"b {stems[i]}", 0.7
        if len(word) > 5:
            yield f"a {word[:4]}", 0.4
        for j in range(i + 1, min(i + 3, len(words))):
            yield f"t {stems[i]} {stems[j]}", 0.5
        for sense in told[i]:
            yield f"s {sense}", 1.0
            for j in range(i + 1, min(i + 1 + NEAR, len(words))):
                yield from ((f"n {' '.join(sorted((sense, other)))}", 0.7) for other in told[j])


def seen_words(text: str) -> list[str]:
    """Folded; a number, and a word with a capital that does not begin the sentence, are masked."""
    out: list[str] = []
    for number, found in enumerate(WORD.finditer(text)):
        word = found.group()
        name = number > 0 and word[0].isupper() and not (len(word) > 1 and word.isupper())
        out.append(NUMBER if word[0].isdecimal() else NAME if name else fold(word))
    return out


def passages(language: str) -> list[Text]:
    """Passages of the same stretch of a hand are left out together."""
    out: list[Text] = []
    for path in sorted((MARKED / "sentences").glob(f"{language}-*.txt")):
        blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
        out += [Text(f"{path.stem} {number * PARTS // len(blocks):02}", DAY, block.split("\n")) for number, block in enumerate(blocks)]
    return out


def documents(language: str) -> list[Text]:
    out: list[Text] = []
    for path in sorted((MARKED / "documents" / language).glob("*.txt")):
        for block in re.split(r"^(?==== )", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            head, *lines = [line.strip() for line in block.split("\n") if line.strip()] or [""]
            found = HEAD.match(head)
            if found and lines:
                out.append(Text(path.stem, found[1], lines))
    return out


def read_by_rules(language: str, texts: Sequence[Text]) -> list[list[set[str]]]:
    """The kinds that the rules read, by text and line."""
    handed_in = [
        {
            "id": f"{number:05}",
            "text": "\n".join(map(plain, text.lines)),
            "published": text.day,
            "language": language,
            "publisher": "Quay Gazette",
        }
        for number, text in enumerate(texts)
    ]
    out: list[list[set[str]]] = [[set() for _ in text.lines] for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in handed_in), encoding="utf-8")
        received = receive((path,), Options(languages_with_rules=languages_with_rules())).texts
    for exhibit, reading in readings_of(received, load_pack("teaching")):
        for claim in () if isinstance(reading, Exception) else reading.claims:
            out[int(exhibit.id)][exhibit.text.count("\n", 0, claim.start)].add(claim.kind)
    return out


def plain(line: str) -> str:
    return MARK.sub(r"\3", line)


def sentences_of(language: str, texts: Sequence[Text]) -> list[Sentence]:
    return [
        Sentence(text.part, seen_words(plain(line)), frozenset(found[1] for found in MARK.finditer(line)), frozenset(kinds))
        for text, read in zip(texts, read_by_rules(language, texts), strict=True)
        for line, kinds in zip(text.lines, read, strict=True)
    ]


def learned(
    sentences: Sequence[Sentence], more: Sequence[Sentence], senses: dict[str, list[str]], kinds: Sequence[str]
) -> np.ndarray[Any, Any]:
    """How sure each kind is in each sentence, 0 to 1, by weights of the other parts and of `more`: logistic regression, one kind against the rest."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    told: list[dict[str, float]] = []
    for sentence in (*sentences, *more):
        each: Counter[str] = Counter()
        for name, value in features(sentence.words, senses):
            each[name] += value  # type: ignore[assignment]
        told.append(dict(each))
    parts = sorted({s.part for s in sentences})
    turn = np.array([parts.index(s.part) % FOLDS for s in sentences] + [FOLDS] * len(more))
    told_kinds = [s.kinds for s in (*sentences, *more)]
    sure = np.zeros((len(sentences), len(kinds)))
    for number in range(FOLDS):
        vectors = DictVectorizer(dtype=np.float32)
        x = normalize(vectors.fit_transform([each for each, at in zip(told, turn, strict=True) if at != number]))
        y = normalize(vectors.transform([each for each, at in zip(told, turn, strict=True) if at == number]))
        for column, kind in enumerate(kinds):
            model = LogisticRegression(C=20, solver="liblinear", class_weight={True: 4, False: 1}, tol=0.02, random_state=1)
            model.fit(x, np.array([kind in each for each, at in zip(told_kinds, turn, strict=True) if at != number]))
            sure[turn[: len(sentences)] == number, column] = model.predict_proba(y)[:, 1]
    return sure


def line(title: str, sentences: Sequence[Sentence], found: Sequence[frozenset[str]]) -> str:
    right = sum(len(s.kinds & f) for s, f in zip(sentences, found, strict=True))
    told, wanted = sum(map(len, found)), sum(len(s.kinds) for s in sentences)
    return f"  {title}: {right / max(told, 1):.3f} / {right / max(wanted, 1):.3f} / {2 * right / max(told + wanted, 1):.3f}"


def beside(
    sentences: Sequence[Sentence], sure: np.ndarray[Any, Any], kinds: Sequence[str], bounds: tuple[float, float]
) -> list[frozenset[str]]:
    """What the rules read, without kinds that are less sure than the first bound, and where nothing is left, the surest kind that is surer
    than the second."""
    least, most = bounds
    out = []
    for sentence, row in zip(sentences, sure, strict=True):
        left = frozenset(kind for kind in sentence.read if kind not in kinds or row[kinds.index(kind)] >= least)
        best = frozenset({kinds[int(row.argmax())]}) if row.max() >= most else frozenset[str]()
        out.append(left or best)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("languages", nargs="*", default=[])
    parser.add_argument("--rules-only", action="store_true", help="needs no scikit-learn")
    args = parser.parse_args()
    for language in args.languages or languages_with_rules():
        whole, short = sentences_of(language, documents(language)), sentences_of(language, passages(language))
        for title, sentences, more in (("passages", short, ()), ("documents", whole, short)):
            marks = sum(len(s.kinds) for s in sentences)
            print(f"{language}, {title}: {len(sentences)} sentences, {marks} kinds told; precision / recall / F1 by sentence and kind")
            print(line("rules", sentences, [s.read for s in sentences]))
            if args.rules_only:
                continue
            kinds = sorted({kind for s in sentences for kind in s.kinds})
            sure = learned(sentences, more, senses_of(language), kinds)
            for most in (0.3, 0.5, 0.8):
                alone = [frozenset({kinds[int(row.argmax())]}) if row.max() >= most else frozenset[str]() for row in sure]
                print(line(f"learned, at least {most}", sentences, alone))
                for least in (0.0, 0.002, 0.02):
                    told = beside(sentences, sure, kinds, (least, most))
                    print(line(f"  beside the rules, without what is less sure than {least}", sentences, told))


if __name__ == "__main__":
    main()
