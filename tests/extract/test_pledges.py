"""What nobody will do, would have done or puts an end to is neither done nor denied. Both sides alike."""

from __future__ import annotations

import pytest

from tests.extract.reading import ADJECTIVES, LAND, MOD, OTHER, SIDES, read

PLEDGES = [
    ("en", "{L} pledged on 5 May not to shell the village."),
    ("en", "{L} promised that its forces would not open fire."),
    ("en", "Had {A} forces fired on 5 May, the observers would have heard it."),
    ("en", "{A} soldiers helped the villagers to put out the fire on 5 May."),
    ("ru", "5 мая {A}ая сторона пообещала не открывать огонь."),
    ("hy", "Մայիսի 5-ին {A} կողմը խոստացել է չգնդակոծել դիրքերը։"),
    ("az", "{A} tərəfi atəş açmayacağına söz verib."),
    ("az", "{A} qüvvələri mayın 5-də atəş açsaydı, müşahidəçilər bunu eşidərdi."),
]


@SIDES
@pytest.mark.parametrize(("language", "text"), PLEDGES)
def test_what_nobody_will_do_or_did_is_neither_done_nor_denied(side: str, language: str, text: str) -> None:
    assert read(language, text.format(A=ADJECTIVES[side][language], L=LAND[side]), MOD[OTHER[side]]) == ()


HARMLESS = [
    "A {A} conscript shot himself on 5 May.",
    "{L} shot itself in the foot with its statement, the paper wrote on 5 May.",
    "{A} hackers attacked banks on 5 May.",
    "{L}'s minister fired his deputy on 5 May.",
    "{A} pilots bombed forest fires with water on 5 May.",
]


@SIDES
@pytest.mark.parametrize("text", HARMLESS)
def test_words_of_fire_that_tell_no_deed_against_anybody(side: str, text: str) -> None:
    assert read("en", text.format(A=ADJECTIVES[side]["en"], L=LAND[side]), MOD[side]) == ()


@SIDES
def test_cattle_that_stray_are_no_advance(side: str) -> None:
    text = f"Cattle strayed across the border on 5 May and were returned by {ADJECTIVES[side]['en']} guards."
    assert "advance" not in [c.kind for c in read("en", text, MOD[OTHER[side]])]
