"""Where people are from is not where something was, and "the same section" is the one told of before. In every language, for both sides."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest

from merestone.capture.terms import Known
from merestone.extract.read import Reader
from merestone.extract.terms import Proposal
from tests.extract.reading import exhibit, pack

FROM = (  # of people from Keldholt at Hollin
    ("en", "Soldiers seized a shepherd from Keldholt at Hollin."),
    ("en", "Soldiers seized a villager of Keldholt at Hollin."),
    ("ru", "Военные задержали у Холлина пастуха из Келдхолта."),
    ("ru", "Военные задержали у Холлина 52-летнего жителя Келдхолта."),
    ("az", "Hərbçilər Hollin yaxınlığında Keldholtdan çobanı saxlayıblar."),
)
SAME = (
    (
        "en",
        "On Monday soldiers opened fire on the Hollin section. On Tuesday cattle were stolen at Keldholt. On Friday fighting broke out on that section.",
    ),
    (
        "ru",
        "В понедельник солдаты открыли огонь на участке у Холлина. Во вторник у Келдхолта угнали скот. В пятницу на этом же участке шли бои.",
    ),
)


@functools.cache
def reader(language: str) -> Reader:
    return Reader(pack(), language)


def claims(language: str, text: str) -> tuple[Proposal, ...]:
    return reader(language).read(replace(exhibit(text), language=Known(language, "manifest"))).claims


def places(claim: Proposal) -> list[tuple[str, str]]:
    return [(p.ids[0], p.role) for p in claim.places]


@pytest.mark.parametrize(("language", "text"), FROM)
def test_where_people_are_from_is_not_where_they_were_taken(language: str, text: str) -> None:
    (claim,) = claims(language, text)
    assert [key for key, _ in places(claim)] == ["hollin"]


def test_what_was_driven_off_from_somewhere_was_there() -> None:
    (claim,) = claims("en", "Soldiers drove away 80 head of cattle from Keldholt.")
    assert [key for key, _ in places(claim)] == ["keldholt"]


def test_villagers_are_at_home_where_no_other_place_is_told() -> None:
    (claim,) = claims("ru", "Военные обстреляли жителей Келдхолта.")
    assert [key for key, _ in places(claim)] == ["keldholt"]


@pytest.mark.parametrize(("language", "text"), SAME)
def test_the_same_direction_is_that_told_of_before(language: str, text: str) -> None:
    told = {c.kind: places(c) for c in claims(language, text)}
    assert told["small_arms_fire"][0][0] == told["armed_clash"][0][0] != told["theft"][0][0]


@pytest.mark.parametrize(("people", "side"), [("орсейского", "OR"), ("велдарского", "VE")])
def test_a_post_near_a_town_is_where_its_fire_came_from(people: str, side: str) -> None:
    (claim,) = claims("ru", f"С {people} поста под Холлином выпустили пулемётную очередь.")
    assert (claim.initiator, places(claim)) == (side, [("hollin", "origin")])


def test_where_fire_came_from_is_no_origin_of_what_is_told_without_a_place() -> None:
    told = claims("ru", "Во вторник из Холлина обстреляли лодку. В пятницу ремонтную бригаду обстреляли с того берега.")
    assert [role for claim in told for _, role in places(claim)] == ["origin", "at"]


@pytest.mark.parametrize(("people", "side"), [("орсейских", "OR"), ("велдарских", "VE")])
@pytest.mark.parametrize("many", ["Два десятка", "Десятка полтора", "Дюжина"])
def test_dozens_of_soldiers_do_what_they_do(many: str, people: str, side: str) -> None:
    (claim,) = claims("ru", f"{many} {people} солдат обстреляли хутор у Холлина.")
    assert claim.initiator == side
