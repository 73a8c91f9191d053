"""Coverage by construction, without any document: frames (sentences with gaps for an act) crossed with words, each frame with both parties.

`frames/<language>.yaml` holds
  floor     the share of the sentences below that must be read exactly
  parties   code -> what the gaps {A.key} and {B.key} stand for; both parties have the same keys. A does it, B has it done to it
  gaps      the names of the forms of a word, in the order in which a row lists them
  words     kind -> rows. A row is a list of forms in that order (null: it has no such form), in which party gaps may stand
  frames    {id, text, gives, by, kinds, not_kinds}: `text` with gaps {form}, {A.key}, {B.key}. A word fits where it has all the forms that
            the text needs. `gives`: slots of the one claim of the word's kind that must be read (initiator, target, stance, realised, voice:
            the party of whose word it is); A and B stand for the parties. `gives: nothing`: no claim of that kind. `by: A`: the publisher is
            A's ministry. Where a kind has no side as target or doer, say so under `kinds_give: {kind: {target: none}}`
  nothing   texts in which nothing at all is to be read
A sample by a fixed stride is tested: `python tests/extract/test_frames.py en` prints what of it is read otherwise, `--all` of the whole crossing.
"""

from __future__ import annotations

import functools
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from merestone.extract.terms import Proposal
from tests.extract.reading import NEUTRAL, OR_MOD, OTHER, VE_MOD, claims

TABLES = Path(__file__).with_name("frames")
LANGUAGES = tuple(sorted(path.stem for path in TABLES.glob("*.yaml")))
MOST = 300  # crossings of a language that are tested, each with both parties
PUBLISHERS = {"VE": VE_MOD, "OR": OR_MOD}
GAP = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Crossing:
    """One frame with one word: the text with party gaps left, and what it must give."""

    frame: str
    kind: str
    text: str
    by: str
    gives: tuple[tuple[str, str], ...] | None  # None: nothing of the kind


@functools.cache
def table(language: str) -> Table:
    loaded: Table = yaml.safe_load((TABLES / f"{language}.yaml").read_text(encoding="utf-8"))
    return loaded


def crossings(language: str) -> Iterator[Crossing]:
    given = table(language)
    for frame in given["frames"]:
        for kind, rows in given["words"].items():
            if kind not in frame.get("kinds", [kind]) or kind in frame.get("not_kinds", []):
                continue
            for row in rows:
                if (text := _with_word(frame["text"], dict(zip(given["gaps"], row, strict=True)))) is not None:
                    yield Crossing(frame["id"], kind, text, frame.get("by", ""), _gives(frame, given["kinds_give"].get(kind, {})))


def _with_word(text: str, forms: dict[str, str | None]) -> str | None:
    needed = [form for form, key in GAP.findall(text) if not key]
    if any(forms[form] is None for form in needed):
        return None
    return GAP.sub(lambda gap: gap[0] if gap[2] else str(forms[gap[1]]), text)


def _gives(frame: Table, kinds_give: Table) -> tuple[tuple[str, str], ...] | None:
    if frame["gives"] == "nothing":
        return None
    return tuple((slot, str(kinds_give.get(slot, value))) for slot, value in frame["gives"].items())


def sample(language: str) -> list[Crossing]:
    """By a stride that has no common factor with the number of crossings, so that no row and no frame is always stepped over."""
    every = list(crossings(language))
    stride = next(step for step in range(len(every) // MOST or 1, len(every) + 1) if step == 1 or len(every) % step)
    return every[::stride][:MOST]


# --- reading ------------------------------------------------------------------------------------------------------


def written(crossing: Crossing, language: str, a: str) -> str:
    parties, roles = table(language)["parties"], {"A": a, "B": OTHER[a]}
    text = GAP.sub(lambda gap: str(parties[roles[gap[1]]][gap[2]]), crossing.text)
    return text[:1].upper() + text[1:]


def read(text: str, language: str, publisher: str) -> tuple[Proposal, ...]:
    return claims(text, publisher, language=language)


def wrong(crossing: Crossing, language: str, a: str) -> list[str]:
    """What differs; the roles A and B in it, so that both parties are told in the same words."""
    names = {a: "A", OTHER[a]: "B"}
    claims = read(written(crossing, language, a), language, PUBLISHERS.get({"A": a, "B": OTHER[a]}.get(crossing.by, ""), NEUTRAL))
    mine = [c for c in claims if c.kind == crossing.kind]
    if crossing.gives is None:
        return [f"read {_shown(c, names)}" for c in mine]
    if not mine:
        return ["missed" + "".join(f", read {_shown(c, names)}" for c in claims)]
    beside = [c for c in claims if c is not mine[0] and c.kind != "casualty"]
    got = _slots(mine[0], names)
    return [f"{slot} {got[slot]} for {want}" for slot, want in crossing.gives if got[slot] != want] + [
        f"beside {_shown(c, names)}" for c in beside
    ]


def _slots(claim: Proposal, names: dict[str, str]) -> dict[str, str]:
    voice = claim.said_by[-1].affiliation if claim.said_by else "none"
    parties = {"initiator": claim.initiator, "target": claim.target.party, "voice": voice}
    return {slot: names.get(code, code) for slot, code in parties.items()} | {"stance": claim.stance, "realised": claim.realised}


def _shown(claim: Proposal, names: dict[str, str]) -> str:
    return f"{claim.kind} {claim.stance} by {names.get(claim.initiator, claim.initiator)} [{claim.rule}]"


def nothing_read(language: str) -> list[str]:
    """The texts without anything relevant in which something is read, with what."""
    told = ((text, read(text, language, NEUTRAL)) for text in table(language)["nothing"])
    return [f"{text}: {', '.join(_shown(c, {}) for c in claims)}" for text, claims in told if claims]


# --- what must hold -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_frames_are_read(language: str) -> None:
    every = sample(language)
    right = sum(not wrong(each, language, a) for each in every for a in OTHER)
    assert right / (len(every) * len(OTHER)) >= table(language)["floor"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_parties_exchanged_are_read_alike(language: str) -> None:
    """Law 2, on every third crossing of the sample."""
    for each in sample(language)[::3]:
        assert wrong(each, language, "VE") == wrong(each, language, "OR"), written(each, language, "VE")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_read_where_nothing_is_told(language: str) -> None:
    assert nothing_read(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_whole(language: str) -> None:
    given = table(language)
    keys = {frozenset(row) for row in given["parties"].values()}
    assert given["parties"].keys() == OTHER.keys()
    assert len(keys) == 1
    used = {(role, key) for each in crossings(language) for role, key in GAP.findall(each.text)}
    assert used <= {(role, key) for role in "AB" for key in next(iter(keys))}
    assert {each.frame for each in crossings(language)} == {frame["id"] for frame in given["frames"]}


# --- a listing for whoever mends the rules ------------------------------------------------------------------------


def main() -> None:
    languages = [each for each in sys.argv[1:] if each in LANGUAGES] or LANGUAGES
    for language in languages:
        every = list(crossings(language)) if "--all" in sys.argv else sample(language)
        by_frame, by_kind, right = Counter[str](), Counter[str](), 0
        for each in every:
            told = wrong(each, language, "VE")
            right += not told
            if told:
                by_frame[each.frame] += 1
                by_kind[each.kind] += 1
                print(f"{each.frame:14} {each.kind}: {written(each, language, 'VE')}\n{'':15}{'; '.join(told)}")
        print(*nothing_read(language), sep="\n")
        print(
            f"{language}: {right} of {len(every)} right, {right / len(every):.3f}\n  by frame {dict(by_frame)}\n  by kind {dict(by_kind)}"
        )


if __name__ == "__main__":
    main()
