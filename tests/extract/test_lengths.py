"""Reading is linear in the length of the text, whatever stands in it, in every language: a text five times as long takes some five times the
work, never twenty-five times. The allowance is wide; what fails here runs away."""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from merestone.capture.terms import Exhibit, ExhibitText, Known, Unknown
from merestone.extract import Reader, languages_with_rules, read
from merestone.extract.terms import Reading
from merestone.locate import Gazetteer, gazetteer, resolve
from tests.extract.reading import PUBLISHED, pack

SHORT, TIMES, ALLOWED = 6_000, 5, 13.0
LEAST = 0.02  # seconds: what takes less is not compared
REPEATED = {
    "one word": "x",
    "one number": "1",
    "numbers": "1 ",
    "brackets": "(",
    "a place": "Keldholt ",
    "a month": "May ",
    "a verb": "shelled ",
    "capitals": "Aa Bb ",
    "initials": "A. ",
    "stops": ". ",
    "commas": "a, ",
    "marks of direction": "a\u200fb \u202e\u202c",
    "joiners": "a\u200d",
    "entities": "&#8217;&amp;",
    "signs of mail": "a@",
    "signs of telephones": "+0 (0) ",
    "apostrophes": "a'",
    "hyphens": "a-",
    "low lines": "a_",
    "colons": "a: ",
    "lines": "a\n",
    "asks": "We call on both sides to: ",
}
LANGUAGES = languages_with_rules()


@functools.cache
def kit(language: str) -> tuple[Reader, Gazetteer]:
    return Reader(pack(), language), gazetteer(pack())


def reading(text: str, language: str) -> Reading:
    nothing = Unknown("a test has none")
    exhibit = ExhibitText(
        "told", Exhibit("told.txt", "text/plain", len(text), "0" * 64), text, (), Known(language, "manifest"), "utf-8",
        published=Known(PUBLISHED, "manifest"), publisher=nothing, title=nothing, url=nothing,
    )  # fmt: skip
    reader, places = kit(language)
    found = resolve(read(exhibit, reader), places, text)
    assert all(claim.quote == text[claim.start : claim.end] for claim in found.claims)
    return found


def took(work: Callable[[], object]) -> float:
    """Seconds of the processor, not of the clock: others may be busy."""
    started = time.process_time()
    work()
    return time.process_time() - started


def runs_away(short: str, long: str, language: str) -> bool:
    def once() -> bool:
        return took(lambda: reading(long, language)) > ALLOWED * max(LEAST, took(lambda: reading(short, language)))

    return once() and once() and once()  # a machine may stumble twice


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    for language in LANGUAGES:
        reading("Keldholt 1 May shelled. " * 20, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", REPEATED.values(), ids=REPEATED.keys())
def test_work_grows_with_the_text_alone(part: str, language: str) -> None:
    short, long = ((part * (size // len(part) + 1))[:size] for size in (SHORT, SHORT * TIMES))
    assert not runs_away(short, long, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotations_inside_quotations(language: str) -> None:
    def nested(depth: int) -> str:
        return "“" * depth + "Veldarian forces shelled Keldholt" + "”" * depth

    assert not runs_away(nested(10_000 // TIMES), nested(10_000), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", ["x", "1"])
def test_a_million_of_one_sign(sign: str, language: str) -> None:
    assert reading(sign * 1_000_000, language).claims == ()


def test_prose_in_one_line() -> None:
    line = "On 18 May Veldarian forces shelled Keldholt and wounded two civilians, the Ministry of Defence of Orsay said. "
    claims = reading(line * (100_000 // len(line)), "en").claims
    assert {claim.kind for claim in claims} == {"shelling"}


COUNTED = {
    "en": "On {0} May shells hit a village: {1} soldiers were killed, {2} civilians and {0} children were wounded.\n\n",
    "ru": "{0} мая снаряды попали в село: погибли {1} солдат, ранены {2} мирных жителей и {0} детей.\n\n",
    "hy": "Մայիսի {0}-ին արկերը հարվածել են գյուղին. զոհվել է {1} զինվոր, վիրավորվել են {2} քաղաքացիական անձ և {0} երեխա։\n\n",
    "az": "Mayın {0}-də mərmilər kəndə düşüb: {1} əsgər həlak olub, {2} mülki şəxs və {0} uşaq yaralanıb.\n\n",
}


class Watched(tuple[Any, ...]):
    """Counts how many of it somebody took."""

    __slots__ = ()

    taken = 0

    def __iter__(self) -> Iterator[Any]:
        type(self).taken += len(self)
        return super().__iter__()

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        type(self).taken += len(found) if isinstance(at, slice) else 1
        return found


def watched(found: Any) -> Any:
    return Watched(found) if isinstance(found, list | tuple) else replace(found, times=Watched(found.times))


@pytest.mark.parametrize("step", ["find_numbers", "settings_of"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_times_are_looked_for_nearby(language: str, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the clock: a look through all of a long text's numbers for each of its nouns takes four minutes at 400 KB, and nothing at 30."""
    module = sys.modules["merestone.extract.read"]
    took_it = getattr(module, step)
    monkeypatch.setattr(module, step, lambda *given: watched(took_it(*given)))

    def taken(turns: int) -> int:
        Watched.taken = 0
        told = (COUNTED[language].format(turn % 28 + 1, turn % 7 + 2, turn % 11 + 3) for turn in range(turns))
        assert reading("".join(told), language).claims
        return Watched.taken

    assert 0 < taken(20 * TIMES) < 2 * TIMES * taken(20)
