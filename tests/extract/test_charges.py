"""Who is blamed did it, by the word of the one who blames; who is accused admits nothing, and who rejects a charge is the one it is about. Both sides."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, LAND, MOD, OTHER, SIDES, read

NAMES = {"VE": {"ru": "Велдар", "hy": "Վելդար", "az": "Veldar"}, "OR": {"ru": "Орсей", "hy": "Օրսեյ", "az": "Orsey"}}
ACCUSATIVE = {"Veldar": "Veldarı", "Orsey": "Orseyi"}
CHARGES = [  # A accuses B
    ("en", "{A} accused {B} of shelling {a} positions on 5 May."),
    ("en", "The Ministry of Defence of {A} accused {b} forces of opening fire on {a} positions."),
    ("ru", "{A} обвинил {B} в обстреле {a}их позиций 5 мая."),
    ("ru", "{A} обвинил {b}ие войска в обстреле своих позиций."),
    ("hy", "{A}ը մեղադրել է {B}ին {a} դիրքերը գնդակոծելու մեջ։"),
    ("az", "{A} {Bacc} {a} mövqelərini atəşə tutmaqda ittiham edib."),
    ("az", "{A} MN {b} ordusunu {a} bölmələrini atəşə tutmaqda ittiham edib."),
]
ACCUSED = [  # of B, told by B's own ministry
    ("en", "{B} was accused of shelling {a} positions on 5 May."),
    ("en", "{A} held {B} responsible for the shelling of {a} positions on 5 May."),
    ("ru", "{B} обвиняется в обстреле {a}их позиций 5 мая."),
    ("hy", "{B}ը մեղադրվում է {a} դիրքերը գնդակոծելու մեջ։"),
    ("az", "{B} {a} mövqelərini atəşə tutmaqda ittiham olunur."),
]


def _written(text: str, language: str, accuser: str) -> str:
    names = {side: NAMES[side].get(language, LAND[side]) for side in NAMES}
    accused = names[OTHER[accuser]]
    a, b = ADJECTIVES[accuser][language], ADJECTIVES[OTHER[accuser]][language]
    return text.format(A=names[accuser], B=accused, a=a, b=b, Bacc=ACCUSATIVE.get(accused, accused))


@SIDES
@pytest.mark.parametrize(("language", "text"), CHARGES)
def test_whom_a_side_accuses_did_it_by_its_word(side: str, language: str, text: str) -> None:
    told = read(language, _written(text, language, side))
    assert [(c.initiator, c.stance, c.said_by[-1].affiliation) for c in told] == [(OTHER[side], "asserts", side)]


@SIDES
@pytest.mark.parametrize(("language", "text"), ACCUSED)
def test_who_is_accused_admits_nothing(side: str, language: str, text: str) -> None:
    told = read(language, _written(text, language, side), MOD[OTHER[side]])
    assert told
    assert not [c for c in told if c.stance == "admits" or c.initiator in (side, "both")]


@SIDES
def test_who_rejects_a_charge_is_the_one_it_is_about(side: str) -> None:
    text = f"{LAND[side]} rejected {LAND[OTHER[side]]}'s accusation that it had shelled the village on 5 May."
    assert [(c.initiator, c.stance) for c in read("en", text)] == [(side, "denies")]
